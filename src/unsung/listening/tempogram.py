"""The path of the beat: which tempo the rhythm repeats at, instant by instant, and how clearly.

Onset strength is looked at through a window of some seconds: where it resembles itself one and
two beats later, that beat is a candidate (the autocorrelation tempogram of Grosche & Müller,
"Extracting predominant local pulse information from music recordings", IEEE TASLP 19, 2011,
section III-C). Of the many candidates one path is chosen that is strong and seldom jumps.

Twice and half the tempo resemble it too. Which of them a listener taps is a matter of taste; the
prior is the resonance of tapping, an octave wide around 120 beats a minute: Moelants, "Preferred
tempo reconsidered" (ICMPC 2002). A beat that would group two or three pulses quite alike, with
nothing to tell the first from the others, counts half.

Pulse clarity is the height of the autocorrelation at the beat: Lartillot, Eerola, Toiviainen &
Fornari, "Multi-feature modeling of pulse clarity" (ISMIR 2008). We take the mean over three
beats, so that a chance likeness counts less, and add a floor to the variance it is relative to, so
that the tremble of a held chord is no pulse.
"""

import numpy as np
import scipy
from jaxtyping import Float, Float32, Float64, Int

from unsung.model.settings import TempoSettings
from unsung.model.sound import Feature
from unsung.model.time import Frames

_RATE_HZ = 2.0
_BINS_AN_OCTAVE = 60
_PREFERRED_BPM = 120.0
_TREMBLE = 0.004
"""Standard deviation of onset strength that is hardly felt: drones and slow pads stay under it."""

_TOGETHER_S = 1 / 60
"""Standard deviation of the blur in which notes count as struck together, as players do."""

_ALIKE = 0.95
_LEAST_LIKENESS = 0.05

_BLOCK_WINDOWS = 512
_REACH_BINS = 3
_JUMP_COST = 1.0


def beat_path(
    onsets: Feature, settings: TempoSettings
) -> tuple[Float64[np.ndarray, " frames"], Float64[np.ndarray, " frames"], Frames]:
    """Tempo in beats a minute and pulse clarity 0..1, about twice a second, and their clock."""
    hop = max(1, round(onsets.frames.rate_hz / _RATE_HZ))
    tempos_bpm = _candidates_bpm(settings)
    likeness, clarity, grouping = _tempogram(onsets, hop, tempos_bpm, settings)
    path = _path(np.maximum(likeness, 0) * grouping * _preference(tempos_bpm))
    chosen = clarity[np.arange(len(path)), path].astype(np.float64)
    clock = Frames(onsets.frames.rate_hz / hop)
    return _refined_bpm(likeness, path, tempos_bpm), np.clip(chosen, 0, 1), clock


def _candidates_bpm(settings: TempoSettings) -> Float64[np.ndarray, " tempos"]:
    octaves = np.log2(settings.fastest_bpm / settings.slowest_bpm)
    count = max(3, 1 + int(np.ceil(octaves * _BINS_AN_OCTAVE)))
    tempos: np.ndarray = settings.slowest_bpm * 2 ** np.linspace(0, octaves, count)
    return tempos


def _preference(tempos_bpm: Float64[np.ndarray, " tempos"]) -> Float64[np.ndarray, " tempos"]:
    preference: np.ndarray = np.exp(-0.5 * np.log2(tempos_bpm / _PREFERRED_BPM) ** 2)
    return preference


def _tempogram(
    onsets: Feature,
    hop: int,
    tempos_bpm: Float64[np.ndarray, " tempos"],
    settings: TempoSettings,
) -> Float32[np.ndarray, "3 frames tempos"]:
    """How like itself the rhythm around each instant is over two beats, and over three, -1..1.

    And the weight of each beat: less where it groups pulses that are all alike.
    """
    rate_hz = onsets.frames.rate_hz
    width = round(rate_hz * max(settings.window_s, 4 * 60 / settings.slowest_bpm))
    beats = 60 / tempos_bpm * rate_hz
    windows = _windows(onsets, hop, width)
    blocks = [
        _beats_later(_autocorrelation(windows[first : first + _BLOCK_WINDOWS]), beats)
        for first in range(0, len(windows), _BLOCK_WINDOWS)
    ]
    return np.concatenate(blocks, axis=1)


def _windows(onsets: Feature, hop: int, width: int) -> Float32[np.ndarray, "frames width"]:
    """The onset strength around each instant; at the ends of the track the last whole window."""
    strength = scipy.ndimage.gaussian_filter1d(
        onsets.values[0], _TOGETHER_S * onsets.frames.rate_hz
    )
    starts = np.arange(0, len(strength), hop) - width // 2
    starts = np.clip(starts, 0, max(len(strength) - width, 0))
    padded = np.pad(strength, (0, max(width - len(strength), 0)))
    windows: np.ndarray = np.lib.stride_tricks.sliding_window_view(padded, width)[starts]
    return windows


def _autocorrelation(
    windows: Float32[np.ndarray, "frames width"],
) -> Float64[np.ndarray, "frames lags"]:
    """Unbiased, up to three quarters of the window, at lags of half frames (band-limited).

    1 at lag 0, less where there is hardly an onset.
    """
    width = windows.shape[1]
    centred = windows - windows.mean(axis=1, keepdims=True, dtype=np.float64)
    variance = np.square(centred).mean(axis=1, keepdims=True)
    length = scipy.fft.next_fast_len(2 * width, real=True)
    power = np.abs(scipy.fft.rfft(centred, length, axis=1)) ** 2
    lags = np.arange(2 * (3 * width // 4 + 2)) / 2
    sums = 2 * scipy.fft.irfft(power, 2 * length, axis=1)[:, : len(lags)]
    similar: np.ndarray = sums / (width - lags) / (variance + _TREMBLE**2)
    return similar


def _beats_later(
    similar: Float64[np.ndarray, "frames lags"], beats: Float64[np.ndarray, " tempos"]
) -> Float32[np.ndarray, "3 frames tempos"]:
    one, two, three, half, third = (
        _at_lag(similar, count * beats) for count in (1, 2, 3, 1 / 2, 1 / 3)
    )
    alike = np.maximum(half, third) / np.maximum(one, _LEAST_LIKENESS)
    grouping = 1 - 0.5 * np.clip((alike - _ALIKE) / (1 - _ALIKE), 0, 1)
    return np.array([(one + two) / 2, (one + two + three) / 3, grouping], np.float32)


def _at_lag(
    similar: Float64[np.ndarray, "frames lags"], lag: Float64[np.ndarray, " tempos"]
) -> Float64[np.ndarray, "frames tempos"]:
    below = np.minimum((2 * lag).astype(int), similar.shape[1] - 2)
    share = 2 * lag - below
    between: np.ndarray = similar[:, below] * (1 - share) + similar[:, below + 1] * share
    return between


def _path(strength: Float[np.ndarray, "frames tempos"]) -> Int[np.ndarray, " frames"]:
    """The strongest path; it may drift by 3.5 % from frame to frame, a jump has its cost."""
    total = strength[0]
    totals = [total]
    for now in strength[1:]:
        near = scipy.ndimage.maximum_filter1d(total, 2 * _REACH_BINS + 1)
        total = now + np.maximum(near, total.max() - _JUMP_COST)
        totals.append(total)
    path = [int(totals.pop().argmax())]
    while totals:
        path.append(_came_from(totals.pop(), path[-1]))
    return np.array(path[::-1])


def _came_from(total: Float[np.ndarray, " tempos"], here: int) -> int:
    low = max(here - _REACH_BINS, 0)
    near = low + int(total[low : here + _REACH_BINS + 1].argmax())
    far = int(total.argmax())
    return near if total[near] >= total[far] - _JUMP_COST else far


def _refined_bpm(
    likeness: Float32[np.ndarray, "frames tempos"],
    path: Int[np.ndarray, " frames"],
    tempos_bpm: Float64[np.ndarray, " tempos"],
) -> Float64[np.ndarray, " frames"]:
    """The tempo at the crest of the parabola through the chosen candidate and its neighbours."""
    middle = np.clip(path, 1, len(tempos_bpm) - 2)
    below, at, above = (likeness[np.arange(len(path)), middle + step] for step in (-1, 0, 1))
    curvature = below - 2 * at + above
    peaked = curvature < -np.finfo(np.float32).eps
    offset = np.where(peaked, (below - above) / 2 / np.where(peaked, curvature, 1), 0)
    place = np.where(np.abs(offset) <= 1, middle + offset, path)
    refined: np.ndarray = np.interp(place, np.arange(len(tempos_bpm)), tempos_bpm)
    return refined
