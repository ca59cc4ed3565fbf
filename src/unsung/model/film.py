"""Where the music of an album sounds in the film."""

import math
from typing import Literal

from attrs import field, frozen

from unsung.model.bounds import zero_to_one
from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.model.sound import Audio
from unsung.model.time import Span

Sameness = Literal["same recording", "same music, other take"]
"""What the sound proves: the album's very waveform, or only the same notes at the same times.

A time-stretched recording (pitch kept) no longer has the album's waveform, so it counts as the
second.
"""

PLAYED_SHARE = 0.8
"""The least share of a motif's occurrence that must be played for the film to state the motif."""
Mix = Literal["same mix", "another mix"]
"""Of one recording: the album's own mix, or another (instruments missing, rebalanced, in another
room). Colour and level that a film gives the whole are no other mix."""


def _positive(_instance: object, _attribute: object, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"a tempo ratio is positive, not {value}")


@frozen
class Speed:
    """How a film may play its music: `tempo_ratio` 25/24 is 4 % faster than on the album.

    With `pitch_kept` the sound was stretched in time; without, its pitch moved with the speed.
    """

    tempo_ratio: float = field(default=1.0, converter=float, validator=_positive)
    pitch_kept: bool = False


@frozen
class FilmSound:
    """The sound of a film, one channel each.

    `whole` is the mix. `clearest` is what the music is sought in: the mix without its centre
    channel, where dialogue sits, if there are six channels or more; otherwise the mix itself.
    Both have the same clock and length.
    """

    whole: Audio
    clearest: Audio

    def __attrs_post_init__(self) -> None:
        if self.whole.samples.shape != self.clearest.samples.shape:
            raise ValueError("the two views of a film's sound last equally long")
        if self.whole.sample_rate_hz != self.clearest.sample_rate_hz:
            raise ValueError("the two views of a film's sound share a sample rate")


@frozen
class AlbumPlace:
    """A stretch of a track of the album."""

    track_file: str
    span: Span


@frozen
class Placement:
    """A place where a stretch of a track sounds in the film, uncut.

    `level_db` is how much the music was turned up (or down) from the album; `above_rest_db` how
    far it lies above all else that sounds meanwhile. Both are `UNDECIDED` where they cannot be
    told from the noise by three standard deviations: heard, but not measurable. `confidence`
    0..1 is fitted to films that are made to mislead (`unsung.film.confidence`), so that in others
    more of those with confidence q than q are right. `also_at` names places of the album that
    sound the same, so that nobody can tell which of them was taken. `inverted` music has its
    waveform upside down, which nobody hears. `mix` says whether the film has the
    album's mix of the recording; `UNDECIDED` for other takes.
    """

    track_file: str
    track_span: Span
    film_span: Span
    speed: Speed
    sameness: Sameness
    confidence: float = field(validator=zero_to_one("a confidence"))
    level_db: float | Undecided = UNDECIDED
    above_rest_db: float | Undecided = UNDECIDED
    also_at: tuple[AlbumPlace, ...] = ()
    inverted: bool = False
    mix: Mix | Undecided = UNDECIDED

    def plays(self, span: Span) -> bool:
        """Whether enough of a stretch of the track is played for it to be heard as itself."""
        return self.track_span.overlap_s(span) >= PLAYED_SHARE * span.duration_s

    def in_film(self, span: Span) -> Span:
        """When the played part of a stretch of the track sounds in the film; some part must be."""
        taken, ratio = self.track_span, self.speed.tempo_ratio
        start_s, end_s = max(span.start_s, taken.start_s), min(span.end_s, taken.end_s)
        at_s = self.film_span.start_s
        return Span(
            at_s + (start_s - taken.start_s) / ratio, at_s + (end_s - taken.start_s) / ratio
        )

    def in_track(self, span: Span) -> Span:
        """What of the track sounds during a stretch of the film that the placement reaches into."""
        film, ratio = self.film_span, self.speed.tempo_ratio
        start_s, end_s = max(span.start_s, film.start_s), min(span.end_s, film.end_s)
        at_s = self.track_span.start_s
        return Span(at_s + (start_s - film.start_s) * ratio, at_s + (end_s - film.start_s) * ratio)


@frozen
class Placements:
    """All placements of an album in a film, in film order; simultaneous cues overlap.

    `unused` are the stretches of the album that the film was not found to use, nor any place
    that sounds the same. A film without music of the album has no placements.
    """

    placements: tuple[Placement, ...] = ()
    unused: tuple[AlbumPlace, ...] = ()


@frozen
class PlacementSettings:
    """How placements are sought.

    `speeds` are the ways in which films play music: as it is, at European television's 25 frames
    for 24 (or for 23.976) with pitch up or kept, and the way back. Each covers ±0.2 %, and so
    the pull-down of 1000/1001.
    """

    speeds: tuple[Speed, ...] = (
        Speed(),
        Speed(25 / 24),
        Speed(24 / 25),
        Speed(25 / 24, pitch_kept=True),
        Speed(24 / 25, pitch_kept=True),
    )
    shortest_s: float = field(default=1.0, converter=float)
    """Cues shorter than this are not reported."""
