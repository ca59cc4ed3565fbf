"""The notes of one voice alone: sung, hummed or whistled.

A voice glides, wavers and drifts, so that notes are not there to be read off its pitch. First each
instant says which pitches it may have, and how purely (YIN: de Cheveigné and Kawahara, "YIN, a
fundamental frequency estimator for speech and music", JASA 2002, sections II.B, C and E, many dips
of its function being kept, as in Mauch and Dixon, "pYIN", ICASSP 2014). Then the best row of level
notes and rests is laid through them (Viterbi): a note must hold against vibrato and slips of an
octave, and pays for beginning. It is the note model of Mauch et al., "Computer-aided melody note
transcription using the Tony software", TENOR 2015, with one state a note instead of three.

Nobody sings at 440 Hz, nor in the same tuning to the end: levels become semitones against a tuning
that moves with the singer (McNab et al., "Towards the digital music library: tune retrieval from
acoustic input", ACM Digital Libraries 1996), here the one that moves least. The prices were chosen
on the development part of `bench/singing.py`.
"""

from itertools import pairwise

import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Bool, Float64, Int64

from unsung.model.notes import Notes
from unsung.model.sound import Audio

_HOP_S = 0.01
_WINDOW_S = 0.045
_LOWEST_HZ, _HIGHEST_HZ = 62.0, 4200.0
_DIPS = 6
_LEAN = 0.02
_BLOCK = 256

_QUIETEST_DB = -60.0
_BELOW_LOUDEST_DB = 32.0
_STRUCK_AGAIN_DB, _APART_S = 8.0, 0.2

_LEVELS_A_SEMITONE = 4
_LOWEST_PITCH, _HIGHEST_PITCH = 34, 104
_PRICE_OF_SEMITONE, _FARTHEST_SEMITONES = 0.3, 3.0
_PRICE_OF_OCTAVE_LOWER = 0.15
_AS_PURE = 0.1
_PRICE_OF_REST = 0.4
_PRICE_OF_CHANGE = 1.6
_SHORTEST_S = 0.07
_NEAR_SEMITONES = 1.5

_TUNINGS = 20
_PRICE_OF_RETUNING = 0.25


@frozen(eq=False)
class _Instants:
    """What the voice may sing at each instant: pitches (MIDI), how impure each, and how loud."""

    pitch: Float64[np.ndarray, "instants dips"]
    impurity: Float64[np.ndarray, "instants dips"]
    level_db: Float64[np.ndarray, " instants"]


def sung_notes(audio: Audio) -> Notes:
    """The notes of a mono recording of one voice; none in silence or where nothing has a pitch.

    Pitches are whole semitones, kept where they were sung (whistling lies octaves up). Salience
    0..1 says how purely each note sounded.
    """
    heard = _instants(audio)
    if not len(heard.level_db):
        return Notes.none(("voice",))
    levels = _levels(heard)
    stretches = _stretches(levels, heard)
    pitch = np.array([_centre(heard, one, int(levels[one.start])) for one in stretches])
    salience = [_purity(heard, one) for one in stretches]
    begins_s, ends_s = (
        np.array([(one.start, one.stop) for one in stretches]).reshape(-1, 2) * _HOP_S
    ).T
    return Notes.sorted(
        begins_s, ends_s - begins_s, _in_tune(pitch), salience, part_names=("voice",)
    )


def _instants(audio: Audio) -> _Instants:
    rate_hz = audio.sample_rate_hz
    hop, window = round(_HOP_S * rate_hz), round(_WINDOW_S * rate_hz)
    longest = int(rate_hz / _LOWEST_HZ) + 2
    samples = np.pad(audio.samples[0].astype(np.float64), (window // 2, 0))
    count = max(0, 1 + (samples.size - window - longest) // hop)
    if not count:
        none = np.zeros((0, _DIPS))
        return _Instants(none, none, np.zeros(0))
    frames = np.lib.stride_tricks.sliding_window_view(samples, window + longest)[::hop][:count]
    rows = [_dips(frames[k : k + _BLOCK], window, rate_hz) for k in range(0, count, _BLOCK)]
    lag, impurity = (np.concatenate(column) for column in zip(*rows, strict=True))
    power = scipy.ndimage.uniform_filter1d(samples**2, 2 * hop)[window // 2 :: hop][:count]
    pitch = 69 + 12 * np.log2(rate_hz / lag / 440)
    return _Instants(pitch, impurity, 10 * np.log10(np.maximum(power, 1e-12)))


def _dips(
    frames: Float64[np.ndarray, "instants samples"], window: int, rate_hz: int
) -> tuple[Float64[np.ndarray, "instants dips"], Float64[np.ndarray, "instants dips"]]:
    """The lags of the deepest dips of YIN's function, and how deep they are (0: pure)."""
    difference = _differences(frames, window)
    lags = np.arange(difference.shape[1])
    mean = np.cumsum(difference, axis=1) / np.maximum(lags, 1)
    with_mean = np.divide(difference, mean, out=np.ones_like(difference), where=mean > 1e-12)
    shortest = max(2, int(rate_hz / _HIGHEST_HZ))
    here, before, after = with_mean[:, 1:-1], with_mean[:, :-2], with_mean[:, 2:]
    is_dip = (here < before) & (here <= after)
    is_dip[:, : shortest - 1] = False
    depth = np.where(is_dip, here, 1.0)
    chosen = np.argpartition(depth + _LEAN * np.log2(lags[1:-1]), _DIPS, axis=1)[:, :_DIPS]
    left, at, right = (np.take_along_axis(side, chosen, axis=1) for side in (before, here, after))
    bend = left - 2 * at + right
    offset = np.divide(left - right, 2 * bend, out=np.zeros_like(bend), where=np.abs(bend) > 1e-12)
    offset = np.clip(offset, -0.5, 0.5)
    bottom = np.where(at < 1, at - (left - right) * offset / 4, 1.0)
    is_none = np.take_along_axis(depth, chosen, axis=1) >= 1
    return chosen + 1 + offset, np.where(is_none, 1.0, np.clip(bottom, 0, 1))


def _differences(
    frames: Float64[np.ndarray, "instants samples"], window: int
) -> Float64[np.ndarray, "instants lags"]:
    """YIN, equation 7, by the Fourier transform: what is left of a window less itself, later."""
    size = scipy.fft.next_fast_len(frames.shape[1] + window, real=True)
    whole, opening = scipy.fft.rfft(frames, size), scipy.fft.rfft(frames[:, :window], size)
    lags = frames.shape[1] - window
    product = scipy.fft.irfft(whole * opening.conj(), size)[:, : lags + 1]
    energy = np.cumsum(np.pad(frames**2, ((0, 0), (1, 0))), axis=1)
    at_lag = energy[:, window:] - energy[:, : lags + 1]
    difference: np.ndarray = np.maximum(at_lag[:, :1] + at_lag - 2 * product, 0)
    return difference


def _levels(heard: _Instants) -> Int64[np.ndarray, " instants"]:
    """The best row of notes and rests: the grid's level at each instant, -1 in a rest."""
    price = _prices(heard)
    instants, states = price.shape
    stays = np.zeros((instants, states), bool)
    best_before = np.zeros(instants, np.int64)
    total = price[0].copy()
    for at in range(1, instants):
        best = int(total.argmin())
        change = total[best] + _PRICE_OF_CHANGE
        stays[at], best_before[at] = total <= change, best
        total = np.minimum(total, change) + price[at]
    path = np.empty(instants, np.int64)
    path[-1] = total.argmin()
    for at in range(instants - 1, 0, -1):
        path[at - 1] = path[at] if stays[at, path[at]] else best_before[at]
    return np.where(path == states - 1, -1, path)


def _prices(heard: _Instants) -> Float64[np.ndarray, "instants states"]:
    """What each level costs at each instant; the last state is a rest."""
    grid = np.arange(_LOWEST_PITCH, _HIGHEST_PITCH, 1 / _LEVELS_A_SEMITONE)
    price = np.ones((len(heard.level_db), len(grid) + 1))
    pure = heard.impurity < heard.impurity.min(axis=1, keepdims=True) + _AS_PURE
    top = np.where(pure, heard.pitch, 0.0).max(axis=1, keepdims=True)
    lower = _PRICE_OF_OCTAVE_LOWER * np.maximum(top - heard.pitch, 0) / 12
    for dip in range(_DIPS):
        aside = np.minimum(np.abs(heard.pitch[:, dip, None] - grid), _FARTHEST_SEMITONES)
        cost = (heard.impurity + lower)[:, dip, None] + _PRICE_OF_SEMITONE * aside
        np.minimum(price[:, :-1], cost, out=price[:, :-1])
    quiet = _quiet(heard.level_db)
    price[quiet, :-1] = 1.0
    price[:, -1] = np.where(quiet, 0.0, _PRICE_OF_REST)
    return price


def _quiet(level_db: Float64[np.ndarray, " instants"]) -> Bool[np.ndarray, " instants"]:
    """Where nobody sings."""
    below: np.ndarray = level_db < max(_QUIETEST_DB, float(level_db.max()) - _BELOW_LOUDEST_DB)
    return below


def _stretches(levels: Int64[np.ndarray, " instants"], heard: _Instants) -> list[slice]:
    """The instants of each note, cut where it is struck again; what is too short is none."""
    struck, _ = scipy.signal.find_peaks(-heard.level_db, prominence=_STRUCK_AGAIN_DB)
    changed = np.flatnonzero(np.diff(levels, prepend=-2, append=-2))
    apart = np.abs(struck[:, None] - changed).min(axis=1, initial=len(levels))
    edges = np.union1d(changed, struck[apart >= round(_APART_S / _HOP_S)]).tolist()
    shortest = round(_SHORTEST_S / _HOP_S)
    return [slice(a, b) for a, b in pairwise(edges) if levels[a] >= 0 and b - a >= shortest]


def _centre(heard: _Instants, note: slice, level: int) -> float:
    """The pitch of a note: the middle of what was sung near its level, its ends left out."""
    about = _LOWEST_PITCH + level / _LEVELS_A_SEMITONE
    edge = (note.stop - note.start) // 5
    pitch = heard.pitch[note.start + edge : note.stop - edge]
    near = np.abs(pitch - about) < _NEAR_SEMITONES
    return float(np.median(pitch[near])) if near.any() else about


def _purity(heard: _Instants, note: slice) -> float:
    return float(np.clip(1 - heard.impurity[note].min(axis=1).mean(), 0, 1))


def _in_tune(pitch: Float64[np.ndarray, " notes"]) -> Float64[np.ndarray, " notes"]:
    """Whole semitones, in the tuning that lets the notes fit best and changes least."""
    if not len(pitch):
        return pitch
    tunings = np.arange(_TUNINGS) / _TUNINGS
    off = (pitch[:, None] - tunings + 0.5) % 1 - 0.5
    turn = np.abs((tunings[:, None] - tunings + 0.5) % 1 - 0.5)
    total, came = off[0] ** 2, []
    for misfit in off[1:] ** 2:
        through = total[:, None] + _PRICE_OF_RETUNING * turn
        came.append(through.argmin(axis=0))
        total = through.min(axis=0) + misfit
    path = [int(total.argmin())]
    for back in reversed(came):
        path.append(int(back[path[-1]]))
    tuning = np.unwrap(tunings[path[::-1]], period=1)
    in_tune: np.ndarray = np.clip(np.round(pitch - tuning + np.round(tuning[0])), 0, 127)
    return in_tune
