"""Whether a film plays the album's own mix of a recording, or another mix of it.

Once laid in, the album is a known signal. In each cell of the spectrum that is strong on the album,
the film is held against it as a ratio. Most ratios of one mix agree on one gain, with the colour
and the moves of level that a film gives to all its music; other sound scatters some of them, at any
phase. Another mix gives instruments gains of their own: in some cells the film has next to nothing
of the album's sound (an instrument is missing), or has it, in phase, at another gain (it is softer
or louder). What other sound does of that by chance is told by cells out of phase, and taken off.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Bool, Complex64, Float64, Int64

from unsung.film.dialogue.bands import CLOCK, band_of_bin, bands_hz, cells, hop_samples
from unsung.film.dialogue.laying import Laid, laid
from unsung.model.film import Mix, Placement
from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.model.sound import Audio
from unsung.model.time import Span

_BLOCK_FRAMES, _MOST_BLOCKS = 60, 12
_LOWEST_HZ, _HIGHEST_HZ = 150.0, 4000.0
_FEWEST_CELLS, _FEWEST_FRAMES, _FEWEST_VOTES = 20, 30, 20
_QUIET = 1e-3
_IN_PHASE = 0.3
_NEAR, _GONE = 0.1, 0.16
_OFF = float(np.log(1.5))
_CLEAR = 0.4
_CLEAREST = 80
_ANOTHER_OFF, _ANOTHER_GONE, _ANOTHER_GONE_IN_NOISE = 0.08, 0.02, 0.04
_CLEAR_OF_NOISE, _SAME_NEAR = 0.85, 0.97
_STEP, _LOWEST, _HIGHEST = 0.06, -8.0, 4.0
"""Logarithms of gain: one step is half a decibel, the lowest 70 dB down."""
_FRAMES_AROUND = 7


@frozen
class Agreement:
    """How a film agrees with a recording that is laid into it, in shares of the strong cells.

    `near`: the film is the album's sound at the common gain, in the clearest fifth of all moments.
    Over all moments in which two cells of five are near: `gone`, the film has next to nothing of
    the album's sound, and `off`, it has it at another gain; less what chance explains.
    """

    near: float
    gone: float
    off: float


@frozen(eq=False)
class _Counts:
    """Frame by frame: how many cells are strong, and how many of them are what."""

    strong: Float64[np.ndarray, " frames"]
    near: Float64[np.ndarray, " frames"]
    gone: Float64[np.ndarray, " frames"]
    off: Float64[np.ndarray, " frames"]


def mixes(
    film: Audio, album: Mapping[str, Audio], placements: Sequence[Placement]
) -> tuple[Mix | Undecided, ...]:
    """For each placement which mix it is; undecided for other takes, and under much other sound.

    Film and tracks have one channel and one sample rate, a multiple of 10 Hz.
    """
    return tuple(mix_of(agreement(film, album, one, placements)) for one in placements)


def mix_of(found: Agreement | Undecided) -> Mix | Undecided:
    """What an agreement proves."""
    if found is UNDECIDED:
        return UNDECIDED
    is_clear = found.near >= _CLEAR_OF_NOISE
    least_gone = _ANOTHER_GONE if is_clear else _ANOTHER_GONE_IN_NOISE
    if found.off >= _ANOTHER_OFF or found.gone >= least_gone:
        return "another mix"
    return "same mix" if found.near >= _SAME_NEAR else UNDECIDED


def agreement(
    film: Audio, album: Mapping[str, Audio], one: Placement, others: Sequence[Placement]
) -> Agreement | Undecided:
    """How film and track agree where nothing else of the album sounds."""
    track = album.get(one.track_file)
    if track is None or one.sameness != "same recording":
        return UNDECIDED
    found = laid(film, track, one)
    if found is UNDECIDED:
        return UNDECIDED
    alone = [first for first in _blocks(one.film_span) if not _is_shared(first, one, others)]
    told = [_counts(*_cells(film, found, first), film.sample_rate_hz) for first in alone]
    return _agreement(told) if told else UNDECIDED


def _agreement(told: Sequence[_Counts]) -> Agreement | Undecided:
    strong, near, gone, off = (
        np.concatenate([getattr(one, name) for one in told])
        for name in ("strong", "near", "gone", "off")
    )
    has = strong >= _FEWEST_CELLS
    clear = has & (near >= _CLEAR * strong)
    if clear.sum() < _FEWEST_FRAMES:
        return UNDECIDED
    every = strong[clear].sum()
    return Agreement(
        float(np.percentile(near[has] / strong[has], _CLEAREST)),
        float(gone[clear].sum() / every),
        float(off[clear].sum() / every),
    )


def _blocks(span: Span) -> list[int]:
    """First frames of up to twelve stretches of six seconds, spread over the placement."""
    first, end = (round(at_s * CLOCK.rate_hz) for at_s in (span.start_s, span.end_s))
    last = max(first, end - _BLOCK_FRAMES)
    count = int(np.clip((end - first) // _BLOCK_FRAMES, 1, _MOST_BLOCKS))
    return [round(at) for at in np.linspace(first, last, count).tolist()]


def _is_shared(first: int, one: Placement, others: Sequence[Placement]) -> bool:
    here = Span(first / CLOCK.rate_hz, (first + _BLOCK_FRAMES) / CLOCK.rate_hz)
    return any(other is not one and other.film_span.overlap_s(here) > 0 for other in others)


def _cells(
    film: Audio, found: Laid, first: int
) -> tuple[Complex64[np.ndarray, "frames bins"], Complex64[np.ndarray, "frames bins"]]:
    """Film and album in one block."""
    rate = film.sample_rate_hz
    low, count = first * hop_samples(rate), (_BLOCK_FRAMES + 1) * hop_samples(rate)
    taken = film.samples[0, low : low + count]
    heard = cells(np.pad(taken, (0, count - len(taken))), rate)
    return heard, cells(found.during(low, count), rate)


def _counts(
    heard: Complex64[np.ndarray, "frames bins"],
    music: Complex64[np.ndarray, "frames bins"],
    rate_hz: int,
) -> _Counts:
    """What the strong cells of each frame are.

    Other sound is at any phase, so cells that it puts at another gain lie as often beside the phase
    of the music as on it; and it undoes the music in few of the cells that it scatters.
    """
    power = music.real**2 + music.imag**2
    frame, column = np.nonzero(_strong(power, rate_hz))
    ratios = heard[frame, column] * np.conj(music[frame, column])
    ratios = ratios / power[frame, column]
    ratios = ratios / np.exp(_common_gain(ratios, frame, column, rate_hz, len(heard)))
    gain, phase = np.abs(ratios), np.abs(np.angle(ratios))
    near, gone = np.abs(ratios - 1) ** 2 < _NEAR, gain**2 < _GONE
    off = ~gone & (np.abs(np.log(np.maximum(gain, 1e-6))) > _OFF)
    beside = (phase >= _IN_PHASE) & (phase < 3 * _IN_PHASE)
    scattered = ~near & ~gone & (phase >= _IN_PHASE)
    each = (
        np.ones(len(frame)), near, gone - scattered * _GONE / np.e,
        off * ((phase < _IN_PHASE) - beside / 2),
    )  # fmt: skip
    return _Counts(*(np.bincount(frame, one, len(heard)) for one in each))


def _common_gain(
    ratios: Complex64[np.ndarray, " cells"],
    frame: Int64[np.ndarray, " cells"],
    column: Int64[np.ndarray, " cells"],
    rate_hz: int,
    frames: int,
) -> Float64[np.ndarray, " cells"]:
    """What most of the music is played at, as a logarithm: a colour, and a gain at each moment."""
    level: np.ndarray = np.log(np.maximum(np.abs(ratios), 1e-9)).astype(np.float64)
    votes = np.abs(np.angle(ratios)) < _IN_PHASE
    bands = band_of_bin(rate_hz)[column]
    colour, count = _commonest(level, votes, bands, len(bands_hz(rate_hz)), 0)
    known = count >= _FEWEST_VOTES
    if not known.any():
        return level
    octaves = np.log2(np.array(bands_hz(rate_hz)))
    coloured = np.interp(
        np.log2(np.maximum(column, 1) * CLOCK.rate_hz / 2), octaves[known], colour[known]
    )
    gain, _ = _commonest(level - coloured, votes, frame, frames, _FRAMES_AROUND)
    common: np.ndarray = coloured + gain[frame]
    return common


def _strong(power: np.ndarray, rate_hz: int) -> Bool[np.ndarray, "frames bins"]:
    """Cells louder than the mean of their third of an octave, over the block: its partials."""
    bands, bins_hz = band_of_bin(rate_hz), np.arange(power.shape[1]) * CLOCK.rate_hz / 2
    within = (bins_hz >= _LOWEST_HZ) & (bins_hz <= _HIGHEST_HZ)
    mean = np.bincount(bands, power.mean(axis=0)) / np.maximum(1, np.bincount(bands))
    least = np.maximum(mean[bands], max(1e-12, _QUIET * float(mean.max())))
    strong: np.ndarray = (power > least) & within
    return strong


def _commonest(
    level: Float64[np.ndarray, " cells"],
    votes: Bool[np.ndarray, " cells"],
    group: Int64[np.ndarray, " cells"],
    groups: int,
    around: int,
) -> tuple[Float64[np.ndarray, " groups"], Float64[np.ndarray, " groups"]]:
    """The commonest gain of each group, and how many votes it has; neighbours have a say."""
    steps = round((_HIGHEST - _LOWEST) / _STEP)
    at = np.clip(((level - _LOWEST) / _STEP).astype(int), 0, steps - 1)
    table = np.zeros((groups, steps))
    np.add.at(table, (group[votes], at[votes]), 1.0)
    count = table.sum(axis=1)
    table = scipy.ndimage.gaussian_filter1d(table, 2.0, axis=1)
    if around:
        table = scipy.ndimage.convolve1d(table, np.hanning(around + 2)[1:-1], axis=0)
    return _LOWEST + (table.argmax(axis=1) + 0.5) * _STEP, count
