"""Whether music with no source has the course of harmony of a place on the album.

That is what another take of the album's music has, and a variation may have. Where the stretch
begins as a placement ends, or ends as one begins, and the place is where that track would go on,
the album's music most likely goes on there, in a take that the album lacks.
"""

from collections.abc import Sequence

from attrs import evolve

from unsung.film.likeness import alike
from unsung.film.pitch_classes import FRAMES_A_SECOND, Course, pitch_classes
from unsung.model.film import AlbumPlace, FilmSound, Placement, Placements
from unsung.model.sound import Audio
from unsung.model.time import Span
from unsung.model.unplaced import Unplaced, UnplacedStretch

_LEAST_SCORE, _LEAST_SCORE_A_SECOND = 2.0, 0.1
_BESIDE_S, _THERE_S = 6.0, 5.0

Album = tuple[tuple[str, Audio], ...]


def resembling(film: FilmSound, album: Album, found: Unplaced, placed: Placements) -> Unplaced:
    """The same stretches, with what each resembles; film and album are one channel at 8 kHz."""
    if not found.stretches or not album:
        return found
    courses = [(file, pitch_classes(audio.samples[0])) for file, audio in album]
    told = (_with_likeness(film.clearest, courses, one) for one in found.stretches)
    return evolve(found, stretches=tuple(_going_on(one, placed.placements) for one in told))


def _with_likeness(
    film: Audio, courses: Sequence[tuple[str, Course]], one: UnplacedStretch
) -> UnplacedStretch:
    rate = film.sample_rate_hz
    part = film.samples[0, round(one.span.start_s * rate) : round(one.span.end_s * rate)]
    asked = pitch_classes(part)
    every = [(alike(asked, course), file) for file, course in courses]
    best, file = max(every, key=lambda pair: pair[0].score)
    lasts_s = (best.one[1] - best.one[0]) / FRAMES_A_SECOND
    if best.score < max(_LEAST_SCORE, _LEAST_SCORE_A_SECOND * lasts_s):
        return one
    start_s, end_s = (frame / FRAMES_A_SECOND for frame in best.other)
    return evolve(one, resembles=AlbumPlace(file, Span(start_s, end_s)))


def _going_on(one: UnplacedStretch, placed: Sequence[Placement]) -> UnplacedStretch:
    like = one.resembles
    if like is None:
        return one
    return evolve(one, goes_on=any(_goes_on(one.span, like, each) for each in placed))


def _goes_on(span: Span, like: AlbumPlace, each: Placement) -> bool:
    """Whether the track lies, beside its placement, about where it is found in the stretch."""
    if like.track_file != each.track_file:
        return False
    follows_s = span.start_s - each.film_span.end_s
    leads_s = each.film_span.start_s - span.end_s
    beside = min(abs(follows_s), abs(leads_s)) <= _BESIDE_S
    shift_s = each.track_span.start_s - each.film_span.start_s * each.speed.tempo_ratio
    expected_s = span.start_s * each.speed.tempo_ratio + shift_s
    apart_s = like.span.start_s - expected_s
    return beside and -_THERE_S <= apart_s <= span.duration_s
