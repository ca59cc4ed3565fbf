"""The gain and the colour that the mix gave to each cue, moment by moment.

Cells of the spectrum count by how little else sounds around them (iteratively re-weighted least
squares; Holland and Welsch, Comm. Statist. A6, 1977), so a voice far louder than the music costs
little. Cues that sound together are fitted together, each to what the others leave.
"""

from collections.abc import Sequence

import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Bool, Complex64, Float32, Float64, Int64

from unsung.film.dialogue.bands import band_of_bin

_ROUNDS = 6
_AROUND = (5, 5)
_OVERLAP = 1.5
"""Windows overlap by half, so the cells hold fewer independent values than they are."""
_WINDOWS = ((61, 3.0), (13, 3.0), (5, 20.0))
"""Frames over which the gain is fitted, and how many deviations it must stand clear of nothing:
the shorter the better, where that is sure enough."""
_COLOUR_DOUBT = 0.5
"""How far, before the film is heard, a band's gain may lie from the whole's (as a deviation)."""
_CLEAR, _BURIED = np.float32(0.25), np.float32(0.02)
_NOTHING = 1e-9


@frozen(eq=False)
class Fitted:
    """One cue in a chunk: its music, the gain of each frame, and where that is sure."""

    music: Complex64[np.ndarray, "frames bins"]
    gain: Float32[np.ndarray, " frames"]
    measured: Bool[np.ndarray, " frames"]


def fitted(
    heard: Complex64[np.ndarray, "frames bins"],
    known: Sequence[tuple[Complex64[np.ndarray, "frames bins"], Bool[np.ndarray, " frames"]]],
    rate_hz: int,
) -> list[Fitted]:
    """Each cue fitted to what the others leave, in rounds."""
    bands = band_of_bin(rate_hz)
    colours = [np.ones(bands.max() + 1, np.complex64) for _ in known]
    found = [
        Fitted(np.zeros_like(heard), np.zeros(len(heard), np.float32), sounds)
        for _, sounds in known
    ]
    for _ in range(_ROUNDS):
        for k, (album, sounds) in enumerate(known):
            left = heard - sum(
                (one.music for j, one in enumerate(found) if j != k), np.complex64(0)
            )
            weight = _weight(left - found[k].music, album, found[k].music)
            found[k] = _with_gain(left, album * colours[k][bands], weight, sounds)
            colours[k] = _colour(left, album * found[k].gain[:, None], weight, bands)
    return found


def _weight(
    rest: Complex64[np.ndarray, "frames bins"],
    album: Complex64[np.ndarray, "frames bins"],
    music: Complex64[np.ndarray, "frames bins"],
) -> Float32[np.ndarray, "frames bins"]:
    """How much each cell counts. A codec leaves out music that lies buried, so that counts less."""
    power = rest.real**2 + rest.imag**2
    around = scipy.ndimage.uniform_filter(power, _AROUND)
    floor = np.float32(1e-6) * float(np.mean(np.abs(album) ** 2)) + np.float32(_NOTHING) ** 2
    weight: np.ndarray = 1 / (around + floor)
    weight[music.real**2 + music.imag**2 < _CLEAR * around] *= _BURIED
    return weight


def _with_gain(
    left: Complex64[np.ndarray, "frames bins"],
    album: Complex64[np.ndarray, "frames bins"],
    weight: Float32[np.ndarray, "frames bins"],
    sounds: Bool[np.ndarray, " frames"],
) -> Fitted:
    """The gain over half a second where that is sure, else over 1.3 s or 6 s, else none."""
    shared = (weight * (album.real * left.real + album.imag * left.imag)).sum(axis=1)
    certainty = (weight * (album.real**2 + album.imag**2)).sum(axis=1)
    gain, measured = np.zeros(len(left), np.float32), np.zeros(len(left), bool)
    for frames, least_sigmas in _WINDOWS:
        value, deviation = _smoothed(shared, certainty, frames)
        sure = sounds & (value > least_sigmas * deviation)
        gain[sure], measured = value[sure], measured | sure
    return Fitted(album * gain[:, None], gain, measured)


def _smoothed(
    shared: Float32[np.ndarray, " frames"], certainty: Float32[np.ndarray, " frames"], frames: int
) -> tuple[Float64[np.ndarray, " frames"], Float64[np.ndarray, " frames"]]:
    window = np.hanning(frames + 2)[1:-1]
    n = scipy.ndimage.convolve1d(shared.astype(np.float64), window, mode="constant")
    d = scipy.ndimage.convolve1d(certainty.astype(np.float64), window, mode="constant")
    squares = scipy.ndimage.convolve1d(certainty.astype(np.float64), window**2, mode="constant")
    d = np.maximum(d, _NOTHING)
    return n / d, _OVERLAP * np.sqrt(squares / 2) / d + _NOTHING


def _colour(
    left: Complex64[np.ndarray, "frames bins"],
    music: Complex64[np.ndarray, "frames bins"],
    weight: Float32[np.ndarray, "frames bins"],
    bands: Int64[np.ndarray, " bins"],
) -> Complex64[np.ndarray, " bands"]:
    """The gain of each band relative to the whole's, held to 1 where the film does not tell."""
    shared = (weight * np.conj(music) * left).sum(axis=0)
    certainty = (weight * (music.real**2 + music.imag**2)).sum(axis=0)
    held = 1 / _COLOUR_DOUBT**2
    real, imag, sure = (np.bincount(bands, row) for row in (shared.real, shared.imag, certainty))
    colour: np.ndarray = (real + 1j * imag + held) / (sure + held)
    return colour.astype(np.complex64)
