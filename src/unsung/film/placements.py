"""Every place where music of the album sounds in the film.

Peaks of the spectrum say where it may be; the whitened waveform proves it and gives the moment to
a fraction of a millisecond; a path through all lines chooses; the rest is measured along it.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
from jaxtyping import Bool, Float32

from unsung.film.audible import audible
from unsung.film.choosing import Stretch, followed
from unsung.film.confidence import confidence
from unsung.film.diagonals import Diagonal, diagonals
from unsung.film.edges import film_span, free_edges, of_its_track, refined, track_span
from unsung.film.explaining import beyond_peaks, beyond_waveform
from unsung.film.histogram import HOP_FRAMES, WINDOW_HOPS, agreements
from unsung.film.level import level
from unsung.film.lines import BLOCK_S, Line
from unsung.film.moment import sharpened
from unsung.film.peak_lines import between_blocks, peak_line, without
from unsung.film.peaks import RATE_HZ, Peaks, peaks
from unsung.film.repeats import same_elsewhere
from unsung.film.searched import SearchedAlbum, searched_album
from unsung.film.speeds import played_speeds
from unsung.film.timeline import Timeline
from unsung.film.together import meanwhile, standing
from unsung.film.unused import unused
from unsung.film.waveform_lines import track_of, waveform_lines
from unsung.model.film import (
    AlbumPlace,
    FilmSound,
    Placement,
    Placements,
    PlacementSettings,
)
from unsung.model.outcomes import UNDECIDED
from unsung.model.sound import Audio

_LEAST_SIGMAS = 6.0
_PEAKS_SIGMAS = 10.0
_MARGIN_BLOCKS = 10
_LAYERS = 3
_MOSTLY = 0.6
_DEFAULT = PlacementSettings()

Samples = Float32[np.ndarray, " samples"]


def placements(
    film: FilmSound, album: tuple[tuple[str, Audio], ...], settings: PlacementSettings = _DEFAULT
) -> Placements:
    """Where each track sounds in the film; film and album are one channel at 8 kHz.

    A film shorter than a cue, silence, or an album that is not in the film give no placements.
    """
    return placements_of(film, searched_album(album), settings)


def placements_of(
    film: FilmSound, album: SearchedAlbum, settings: PlacementSettings = _DEFAULT
) -> Placements:
    """As `placements`, of an album that is sought in several films."""
    if film.clearest.sample_rate_hz != RATE_HZ:
        raise ValueError(f"placements are sought at {RATE_HZ} Hz")
    clearest, heard = film.clearest.samples[0], film.whole.samples[0]
    every = _stretches(clearest, album, settings)
    edged = [_edged(clearest, album.place, one, every) for one in every]
    placed = sorted(
        (_placement(heard, album, one, meanwhile(one, edged)) for one in edged),
        key=lambda one: one.film_span,
    )
    return Placements(tuple(placed), unused(album.place, placed, settings.shortest_s))


def _stretches(
    film: Samples, album: SearchedAlbum, settings: PlacementSettings
) -> tuple[Stretch, ...]:
    """What the waveform proves, and where it proves nothing, what peaks do."""
    least_blocks = max(1, round(settings.shortest_s / BLOCK_S))
    found = peaks(film)
    speeds = played_speeds(found, album.index, settings.speeds)
    lines = [
        diagonals(agreements(found, album.index, speed, _LEAST_SIGMAS), speed) for speed in speeds
    ]
    same = _same_recording(film, album, lines, least_blocks)
    proved = standing(film, album.place, sharpened(film, album.place, same))
    return (*proved, *_other_takes(found, album, lines, proved, least_blocks))


def _same_recording(
    film: Samples,
    album: SearchedAlbum,
    found: Sequence[Sequence[Diagonal]],
    least_blocks: int,
) -> tuple[Stretch, ...]:
    lines = [line for group in found for line in waveform_lines(film, album, group)]
    unexplained = partial(beyond_waveform, album=album.white)
    return followed(lines, unexplained, least_blocks, _LAYERS)


def _other_takes(
    film: Peaks,
    album: SearchedAlbum,
    found: Sequence[Sequence[Diagonal]],
    proved: Sequence[Stretch],
    least_blocks: int,
) -> tuple[Stretch, ...]:
    """What only peaks prove, sought where no waveform is proved."""
    taken = np.zeros(len(film.frame), bool)
    for one in proved:
        low, high = one.first_block - _MARGIN_BLOCKS, one.end_block + _MARGIN_BLOCKS
        taken[between_blocks(film, max(0, low), high)] = True
    left = without(film, taken)
    strong = [one for group in found for one in group if _is_open(one, film, taken)]
    lines = [
        peak_line(left, album.keys, one, track_of(one, album.place), album.place) for one in strong
    ]
    return followed(lines, partial(beyond_peaks, film=left, album=album.keys), least_blocks)


def _is_open(one: Diagonal, film: Peaks, taken: Bool[np.ndarray, " peaks"]) -> bool:
    """Whether a strong agreement of the diagonal lies mostly where no peaks are taken."""
    strong = [found.hop for found in one.agreements if found.sigmas >= _PEAKS_SIGMAS]
    firsts = np.array(strong, np.int64) * HOP_FRAMES
    bounds = np.searchsorted(film.frame, (firsts, firsts + WINDOW_HOPS * HOP_FRAMES)).T
    return any(low < high and taken[low:high].mean() < _MOSTLY for low, high in bounds)


def _edged(film: Samples, place: Timeline, one: Stretch, others: Sequence[Stretch]) -> Stretch:
    """The stretch from where it can be heard to where it can be heard."""
    near = refined(one, free_edges(one, others))
    span = film_span(near, place)
    measured = level(film, place, near.line, meanwhile(near, others), span)
    if measured.level_db is UNDECIDED:
        return near
    free = free_edges(one, of_its_track(one, others))
    return audible(film, place, near, 10 ** (measured.level_db / 20), free)


def _placement(
    heard: Samples, album: SearchedAlbum, one: Stretch, others: Sequence[Line]
) -> Placement:
    span = film_span(one, album.place)
    taken = AlbumPlace(album.place.files[one.line.track], track_span(one, span, album.place))
    measured = level(heard, album.place, one.line, others, span)
    return Placement(
        taken.track_file,
        taken.span,
        span,
        one.line.speed,
        one.line.sameness,
        confidence(one, measured.present),
        measured.level_db,
        measured.above_rest_db,
        same_elsewhere(taken, album.place, album.peaks, album.index, album.white),
        one.line.inverted,
    )
