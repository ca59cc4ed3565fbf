"""How loud the music is, as the broadcasting standards measure it.

Sound is weighted as ears weight it (K), its power averaged over windows of 400 ms (momentary)
and 3 s (short-term); what lies under the gates does not count for the whole. Curves run ten a
second. Silence has no loudness: its curves rest on the floor and its numbers are `SILENT`.

References: ITU-R BS.1770-5 (2023), Annex 1 (loudness) and Annex 2 (true peak); EBU Tech 3341
(2023), windows; EBU Tech 3342 (2023), loudness range.

pyloudnorm measures the whole alone and from an array in memory; curves, range, true peak and
streaming are ours, and the tests hold them against it.
"""

import numpy as np
import scipy
from jaxtyping import Float64

from unsung.listening.true_peak import TruePeakMeter
from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Loudness
from unsung.model.outcomes import SILENT, Silent
from unsung.model.sound import Audio, Feature
from unsung.model.time import Frames
from unsung.model.weighting import k_weighting

_HOPS_PER_S = 10
_MOMENTARY_HOPS, _SHORT_TERM_HOPS = 4, 30
_FLOOR_POWER = 10 ** ((LOUDNESS_FLOOR_LUFS + 0.691) / 10)

_SURROUND = 1.41
_CHANNEL_WEIGHTS = {
    4: (1, 1, _SURROUND, _SURROUND),
    5: (1, 1, 1, _SURROUND, _SURROUND),
    6: (1, 1, 1, 0, _SURROUND, _SURROUND),
    7: (1, 1, 1, 0, 1, _SURROUND, _SURROUND),
    8: (1, 1, 1, 0, 1, 1, _SURROUND, _SURROUND),
}
"""Channels in WAV order; BS.1770-5, Table 4: sides weigh more, the back does not, LFE is mute."""


def loudness(audio: Audio) -> Loudness:
    """Loudness of a whole recording held in memory."""
    meter = LoudnessMeter(audio.sample_rate_hz, audio.samples.shape[0])
    meter.add(audio)
    return meter.loudness()


def metered_loudness(meter: "LoudnessMeter") -> Loudness:
    """The loudness of all that `meter` has heard."""
    return meter.loudness()


class LoudnessMeter:
    """Loudness of sound that arrives in blocks; where it is cut changes nothing, to the bit.

    Keeps ten numbers a second of sound: two hours take a few megabytes.
    """

    def __init__(self, sample_rate_hz: int, channels: int) -> None:
        self._sample_rate_hz = sample_rate_hz
        self._sos = k_weighting(sample_rate_hz)
        self._filter_state = np.zeros((len(self._sos), channels, 2))
        self._weights = np.array(_CHANNEL_WEIGHTS.get(channels, (1,) * channels), float)
        self._hop_starts = np.arange(_HOPS_PER_S) * sample_rate_hz // _HOPS_PER_S
        self._waiting = np.zeros((channels, 0), np.float32)
        self._powers: list[Float64[np.ndarray, " hops"]] = []
        self._true_peak = TruePeakMeter(sample_rate_hz, channels)

    def add(self, audio: Audio) -> None:
        """Listen to the next block."""
        given = (audio.sample_rate_hz, audio.samples.shape[0])
        if given != (self._sample_rate_hz, len(self._weights)):
            raise ValueError(f"one meter, one format: not {given[0]} Hz, {given[1]} channels")
        samples = np.concatenate([self._waiting, audio.samples], axis=1)
        whole = samples.shape[1] // self._sample_rate_hz * self._sample_rate_hz
        for start in range(0, whole, self._sample_rate_hz):
            self._hear_second(samples[:, start : start + self._sample_rate_hz])
        self._waiting = samples[:, whole:].copy()

    def loudness(self) -> Loudness:
        """Loudness of all that was added so far."""
        powers = self._all_powers()
        momentary = _window_powers(powers, _MOMENTARY_HOPS)
        short_term = _window_powers(powers, _SHORT_TERM_HOPS)
        return Loudness(
            _integrated_lufs(momentary),
            _range_lu(short_term),
            self._true_peak.true_peak_dbtp(self._waiting),
            _curve(momentary, _MOMENTARY_HOPS),
            _curve(short_term, _SHORT_TERM_HOPS),
        )

    def _hear_second(self, samples: np.ndarray) -> None:
        weighted, self._filter_state = scipy.signal.sosfilt(
            self._sos, samples.astype(np.float64), zi=self._filter_state
        )
        self._powers.append(self._hop_powers(weighted))
        self._true_peak.add(samples)

    def _hop_powers(self, weighted: np.ndarray) -> Float64[np.ndarray, " hops"]:
        energy = np.add.reduceat(self._weights @ weighted**2, self._hop_starts)
        hop_samples = np.diff(self._hop_starts, append=self._sample_rate_hz)
        powers: np.ndarray = energy / np.maximum(hop_samples, 1)
        return powers

    def _all_powers(self) -> Float64[np.ndarray, " hops"]:
        """Powers so far; of the last second, the hops that are whole.

        What is shorter than a gating block is followed by silence, as a meter would hear it.
        """
        last = np.pad(
            self._waiting, ((0, 0), (0, self._sample_rate_hz - self._waiting.shape[1]))
        ).astype(np.float64)
        weighted, _ = scipy.signal.sosfilt(self._sos, last, zi=self._filter_state)
        whole_hops = self._waiting.shape[1] * _HOPS_PER_S // self._sample_rate_hz
        if not self._powers:
            whole_hops = max(whole_hops, _MOMENTARY_HOPS)
        return np.concatenate([*self._powers, self._hop_powers(weighted)[:whole_hops]])


def _window_powers(
    powers: Float64[np.ndarray, " hops"], hops: int
) -> Float64[np.ndarray, " windows"]:
    """Mean power of every window of `hops`; what is shorter is followed by silence."""
    padded = np.pad(powers, (0, max(0, hops - len(powers))))
    means: np.ndarray = np.lib.stride_tricks.sliding_window_view(padded, hops).mean(axis=1)
    return means


def _integrated_lufs(momentary: Float64[np.ndarray, " windows"]) -> float | Silent:
    """BS.1770-5 Annex 1, equations 3 to 7: the mean over what passes both gates."""
    heard = _above_gates(momentary, relative_gate_lu=-10.0)
    return float(_lufs(heard.mean(keepdims=True))[0]) if len(heard) else SILENT


def _range_lu(short_term: Float64[np.ndarray, " windows"]) -> float | Silent:
    """EBU Tech 3342, section 4: from the 10th to the 95th percentile of the gated short-term."""
    heard = np.sort(_lufs(_above_gates(short_term, relative_gate_lu=-20.0)))
    if not len(heard):
        return SILENT
    low, high = (round((len(heard) - 1) * share) for share in (0.10, 0.95))
    return float(heard[high] - heard[low])


def _above_gates(powers: np.ndarray, relative_gate_lu: float) -> Float64[np.ndarray, " heard"]:
    heard: np.ndarray = powers[powers > _FLOOR_POWER]
    if len(heard):
        heard = heard[heard > heard.mean() * 10 ** (relative_gate_lu / 10)]
    return heard


def _curve(powers: Float64[np.ndarray, " windows"], window_hops: int) -> Feature:
    lufs = _lufs(np.maximum(powers, _FLOOR_POWER))
    return Feature(lufs[np.newaxis], Frames(_HOPS_PER_S, window_hops / 2 / _HOPS_PER_S))


def _lufs(power: Float64[np.ndarray, " windows"]) -> Float64[np.ndarray, " windows"]:
    lufs: np.ndarray = -0.691 + 10 * np.log10(power)
    return lufs
