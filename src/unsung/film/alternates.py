"""Cues that an album has more than once: the same music in another mix, or in another take.

Tracks whose harmony runs alike for most of the shorter one are held against each other as a film is
against an album: where the waveform is shared it is one recording, and cell by cell of the spectrum
tells whether it is one mix; where it is not shared, it is another take.
"""

from itertools import combinations

from attrs import evolve

from unsung.film.likeness import Alike, alike
from unsung.film.mixes import mixes
from unsung.film.pitch_classes import FRAMES_A_SECOND, Course, pitch_classes
from unsung.film.placements import placements
from unsung.model.alternates import Alternate, Kind
from unsung.model.film import AlbumPlace, FilmSound, Placement, Speed
from unsung.model.sound import Audio
from unsung.model.time import Span

_LEAST_SCORE_A_SECOND = 0.1
_LEAST_S = 10.0
_LEAST_COVERED = 0.5
_MOSTLY = 0.5

Album = tuple[tuple[str, Audio], ...]


def alternates(album: Album) -> tuple[Alternate, ...]:
    """All pairs of tracks that are one cue, in album order; one channel at 8 kHz each."""
    courses = [pitch_classes(audio.samples[0]) for _, audio in album]
    pairs = combinations(range(len(album)), 2)
    found = ((one, other, alike(courses[one], courses[other])) for one, other in pairs)
    return tuple(
        _alternate(album[one], album[other], both, _covered(both, courses[one], courses[other]))
        for one, other, both in found
        if _is_sure(both) and _covered(both, courses[one], courses[other]) >= _LEAST_COVERED
    )


def _is_sure(found: Alike) -> bool:
    lasts_s = (found.one[1] - found.one[0]) / FRAMES_A_SECOND
    return lasts_s >= _LEAST_S and found.score >= _LEAST_SCORE_A_SECOND * lasts_s


def _covered(found: Alike, one: Course, other: Course) -> float:
    """How much of the shorter of the two is in the shared stretch, 0..1."""
    inside, whole = (
        (found.one, one.shape[1])
        if one.shape[1] <= other.shape[1]
        else (found.other, other.shape[1])
    )
    covered: float = (inside[1] - inside[0]) / max(1, whole)
    return covered


def _alternate(
    one: tuple[str, Audio], other: tuple[str, Audio], found: Alike, covers: float
) -> Alternate:
    places = (AlbumPlace(one[0], _span(found.one)), AlbumPlace(other[0], _span(found.other)))
    return Alternate(*places, _kind(one[1], other, places[0].span), covers)


def _span(frames: tuple[int, int]) -> Span:
    return Span(frames[0] / FRAMES_A_SECOND, frames[1] / FRAMES_A_SECOND)


def _kind(one: Audio, other: tuple[str, Audio], shared: Span) -> Kind:
    """What the two tracks share, as the second is found in the first."""
    found = placements(FilmSound(one, one), (other,)).placements
    same = [each for each in found if each.sameness == "same recording"]
    lasts_s = sum(each.film_span.overlap_s(shared) for each in same)
    if lasts_s < _MOSTLY * shared.duration_s:
        return "same music, other take"
    turned = [_turned(each) for each in same]
    told = zip(
        same,
        mixes(one, dict((other,)), same),
        mixes(other[1], {other[0]: one}, turned),
        strict=True,
    )
    another_s = sum(
        each.film_span.overlap_s(shared) for each, *both in told if "another mix" in both
    )
    return "same recording, another mix" if another_s > lasts_s / 2 else "same recording"


def _turned(one: Placement) -> Placement:
    """The first track as it sounds in the second: what only one has is missing in the other."""
    speed = Speed(1 / one.speed.tempo_ratio)
    return evolve(one, track_span=one.film_span, film_span=one.track_span, speed=speed)
