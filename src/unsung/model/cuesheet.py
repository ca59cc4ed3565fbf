"""A cue sheet: which music sounds where in the work, in the industry's fields.

What sound cannot tell (publishers, societies, shares, whether the music is seen to be played) stays
empty, for a person who knows.
"""

from typing import Literal

from attrs import field, frozen

from unsung.model.film import Placement
from unsung.model.picture import FrameRate, OnCut
from unsung.model.time import Span
from unsung.model.unplaced import UnplacedStretch

Usage = Literal["", "BI", "BV", "MT", "ET"]
"""Background instrumental or vocal, main title, end title; empty: left to the person."""


@frozen
class Cue:
    """One continuous piece in the film: a list of uncut stretches of one track, in film order.

    `usage` is proposed by rule, and is the person's to confirm. `confidence` 0..1 is that of the
    least certain stretch. Music with no source is a cue with one `unplaced` stretch instead: it is
    unknown, and title, composers and usage are the person's.
    """

    number: str
    title: str
    composers: tuple[str, ...]
    usage: Usage
    placements: tuple[Placement, ...]
    identifiers: tuple[tuple[str, str], ...] = ()
    unplaced: UnplacedStretch | None = None

    def __attrs_post_init__(self) -> None:
        if bool(self.placements) == (self.unplaced is not None):
            raise ValueError("a cue has placements, or a stretch of music with no source")

    @property
    def film_span(self) -> Span:
        """From when to when it sounds in the film."""
        if self.unplaced:
            return self.unplaced.span
        ends = (one.film_span.end_s for one in self.placements)
        return Span(self.placements[0].film_span.start_s, max(ends))

    @property
    def track_file(self) -> str:
        """The track that it is taken from; empty where there is none."""
        return self.placements[0].track_file if self.placements else ""

    @property
    def confidence(self) -> float:
        """How sure it is that this music sounds there."""
        if self.unplaced:
            return self.unplaced.confidence
        return min(one.confidence for one in self.placements)


@frozen
class CueSheet:
    """All cues of a work in film order; cues that sound at once stand apart.

    `rate` is None where the frames do not come evenly, or there is no picture: times are then told
    in thousandths. `first_label` is the timecode of the film's first frame. `on_cuts` are moments
    worth a marker.
    """

    title: str
    film_s: float = field(converter=float)
    cues: tuple[Cue, ...]
    rate: FrameRate | None = None
    drop_frame: bool = False
    first_label: str = "00:00:00:00"
    on_cuts: tuple[OnCut, ...] = ()

    @property
    def music_s(self) -> float:
        """How long there is music of the album; what overlaps counts once."""
        total_s, until_s = 0.0, 0.0
        for span in sorted(cue.film_span for cue in self.cues if cue.placements):
            total_s += max(0.0, span.end_s - max(span.start_s, until_s))
            until_s = max(until_s, span.end_s)
        return total_s

    @property
    def unknown_s(self) -> float:
        """How long there is music with no source."""
        return sum((cue.unplaced.span.duration_s for cue in self.cues if cue.unplaced), 0.0)
