"""Every place where music of the album sounds in the film.

Peaks of the spectrum say where it may be; the whitened waveform proves it and gives the moment to
a fraction of a millisecond; a path through all lines chooses; the rest is measured along it.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
from attrs import frozen
from jaxtyping import Float32

from unsung.film.choosing import Stretch, followed
from unsung.film.diagonals import Diagonal, diagonals
from unsung.film.edges import film_span, refined, track_span
from unsung.film.explaining import beyond_peaks, beyond_waveform
from unsung.film.histogram import HOP_FRAMES, PeakIndex, agreements, peak_index
from unsung.film.level import level
from unsung.film.lines import BLOCK_S, Line, WhiteFilm, waveform_lag, waveform_line
from unsung.film.moment import sharpened
from unsung.film.peak_lines import Keys, between_blocks, peak_keys, peak_line, without
from unsung.film.peaks import HOP, RATE_HZ, Peaks, peaks
from unsung.film.repeats import same_elsewhere
from unsung.film.speeds import played_speeds
from unsung.film.tempo import tempo_ratio
from unsung.film.timeline import Timeline, timeline
from unsung.film.together import meanwhile, standing
from unsung.film.unused import unused
from unsung.film.whitened import WHITE_RATE_HZ, whitened
from unsung.model.film import (
    AlbumPlace,
    FilmSound,
    Placement,
    Placements,
    PlacementSettings,
    Speed,
)
from unsung.model.sound import Audio

_LEAST_SIGMAS = 6.0
_WAVEFORM_SIGMAS = 5.5
_PEAKS_SIGMAS = 10.0
_NEAR_SAMPLES = 0.02 * RATE_HZ
_MARGIN_BLOCKS = 10
_LAYERS = 3

AlbumTracks = tuple[tuple[str, Audio], ...]


@frozen(eq=False)
class _Sounds:
    """Film and album as they are compared."""

    film: Float32[np.ndarray, " samples"]
    film_peaks: Peaks
    place: Timeline
    album_peaks: Peaks
    index: PeakIndex
    keys: Keys
    white_album: Float32[np.ndarray, " white"]


def placements(
    film: FilmSound, album: AlbumTracks, settings: PlacementSettings = PlacementSettings()
) -> Placements:
    """Where each track sounds in the film; film and album are one channel at 8 kHz.

    A film shorter than a cue, silence, or an album that is not in the film give no placements.
    """
    sounds = _sounds(film.clearest, album)
    least_blocks = max(1, round(settings.shortest_s / BLOCK_S))
    speeds = played_speeds(sounds.film_peaks, sounds.index, settings.speeds)
    found = [_diagonals(sounds, speed) for speed in speeds]
    heard = film.whole.samples[0]
    proved = standing(heard, sounds.place, _same_recording(sounds, found, least_blocks))
    every = (*proved, *_other_takes(sounds, found, proved, least_blocks))
    stretches = [sharpened(heard, sounds.place, refined(one, every)) for one in every]
    placed = sorted(
        (_placement(sounds, heard, one, meanwhile(one, stretches)) for one in stretches),
        key=lambda one: one.film_span,
    )
    return Placements(tuple(placed), unused(sounds.place, placed, settings.shortest_s))


def _sounds(film: Audio, album: AlbumTracks) -> _Sounds:
    if film.sample_rate_hz != RATE_HZ:
        raise ValueError(f"placements are sought at {RATE_HZ} Hz, not {film.sample_rate_hz}")
    place, samples = timeline(album), film.samples[0]
    found = peaks(place.samples)
    return _Sounds(
        samples, peaks(samples), place, found, peak_index(found), peak_keys(found),
        whitened(place.samples),
    )  # fmt: skip


def _diagonals(sounds: _Sounds, speed: Speed) -> tuple[Diagonal, ...]:
    found = agreements(sounds.film_peaks, sounds.index, speed, _LEAST_SIGMAS)
    return diagonals(found, speed)


def _same_recording(
    sounds: _Sounds, found: Sequence[Sequence[Diagonal]], least_blocks: int
) -> tuple[Stretch, ...]:
    lines = [line for group in found for line in _waveform_lines(sounds, group)]
    unexplained = partial(beyond_waveform, album=sounds.white_album)
    return followed(lines, unexplained, least_blocks, _LAYERS)


def _waveform_lines(sounds: _Sounds, found: Sequence[Diagonal]) -> list[Line]:
    """One line for each lag at which a diagonal shares the album's waveform."""
    if not found or found[0].speed.pitch_kept:
        return []
    speed = Speed(tempo_ratio(sounds.film, sounds.white_album, found))
    film = WhiteFilm(speed, whitened(sounds.film, speed.tempo_ratio))
    lines: dict[tuple[int, int], Line] = {}
    for one in sorted(found, key=lambda one: -one.sigmas):
        lag = waveform_lag(film, sounds.white_album, one)
        track = _track(sounds.place, one)
        key = (track, round(lag.samples * RATE_HZ / WHITE_RATE_HZ / _NEAR_SAMPLES))
        if lag.sigmas >= _WAVEFORM_SIGMAS and not _is_known(lines, key):
            lines[key] = waveform_line(film, sounds.white_album, track, lag, sounds.place)
    return list(lines.values())


def _is_known(lines: dict[tuple[int, int], Line], key: tuple[int, int]) -> bool:
    track, at = key
    return any((track, near) in lines for near in (at - 1, at, at + 1))


def _track(place: Timeline, found: Diagonal) -> int:
    best = found.strongest
    middle = (best.hop + 1) * HOP_FRAMES * HOP
    return place.track_at(middle * found.speed.tempo_ratio + best.offset * HOP)


def _other_takes(
    sounds: _Sounds,
    found: Sequence[Sequence[Diagonal]],
    proved: Sequence[Stretch],
    least_blocks: int,
) -> tuple[Stretch, ...]:
    """What only peaks prove, sought where no waveform is proved."""
    taken = np.zeros(len(sounds.film_peaks.frame), bool)
    for one in proved:
        low, high = one.first_block - _MARGIN_BLOCKS, one.end_block + _MARGIN_BLOCKS
        taken |= between_blocks(sounds.film_peaks, low, high)
    left = without(sounds.film_peaks, taken)
    strong = [one for group in found for one in group if one.strongest.sigmas >= _PEAKS_SIGMAS]
    lines = [
        peak_line(left, sounds.keys, one, _track(sounds.place, one), sounds.place)
        for one in strong
    ]
    return followed(lines, partial(beyond_peaks, film=left, album=sounds.keys), least_blocks)


def _placement(
    sounds: _Sounds,
    heard: Float32[np.ndarray, " samples"],
    one: Stretch,
    others: Sequence[Line],
) -> Placement:
    place = sounds.place
    span = film_span(one, place)
    taken = AlbumPlace(place.files[one.line.track], track_span(one, span, place))
    measured = level(heard, place, one.line, others, span)
    return Placement(
        taken.track_file,
        taken.span,
        span,
        one.line.speed,
        one.line.sameness,
        _confidence(one),
        measured.level_db,
        measured.above_rest_db,
        same_elsewhere(taken, place, sounds.album_peaks, sounds.index, sounds.white_album),
    )


def _confidence(one: Stretch) -> float:
    return float(1 - np.exp(-one.sigmas / 5))
