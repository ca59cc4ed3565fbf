"""Music in a film that the album was not found to have: music with no source."""

from attrs import field, frozen

from unsung.model.bounds import zero_to_one
from unsung.model.film import AlbumPlace
from unsung.model.time import Span


@frozen
class UnplacedStretch:
    """A stretch of the film in which music sounds that no placement explains.

    `confidence` 0..1 says how sure it is that this is music. `resembles` is a place of the album
    whose course of harmony is alike, so that it may be that music in another take; None where no
    place is. `goes_on` says that this place is where a placement beside the stretch would go on.
    """

    span: Span
    confidence: float = field(validator=zero_to_one("a confidence"))
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
