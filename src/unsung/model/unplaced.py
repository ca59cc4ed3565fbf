"""Music in a film that the album was not found to have: music with no source."""

import math

from attrs import field, frozen

from unsung.model.film import AlbumPlace
from unsung.model.time import Span


def _chance(_instance: object, _attribute: object, value: float) -> None:
    if not (math.isfinite(value) and 0 <= value <= 1):
        raise ValueError(f"a confidence lies in 0..1, not {value}")


@frozen
class UnplacedStretch:
    """A stretch of the film in which music sounds that no placement explains.

    `confidence` 0..1 says how sure it is that this is music. `resembles` is a place of the album
    whose course of harmony is alike, so that it may be that music in another take; None where no
    place is. `goes_on` says that this place is where a placement beside the stretch would go on.
    """

    span: Span
    confidence: float = field(validator=_chance)
    resembles: AlbumPlace | None = None
    goes_on: bool = False


@frozen
class Unplaced:
    """All music with no source, in film order, and where it could not be told whether there is.

    Over music of the album nothing is asked. `undecided` are mostly stretches in which speech or
    effects are so loud that soft music might lie beneath them.
    """

    stretches: tuple[UnplacedStretch, ...] = ()
    undecided: tuple[Span, ...] = ()

    @property
    def music_s(self) -> float:
        """How long such music sounds; stretches do not overlap."""
        return sum((one.span.duration_s for one in self.stretches), 0.0)

    @property
    def undecided_s(self) -> float:
        """For how long nobody can tell."""
        return sum((span.duration_s for span in self.undecided), 0.0)
