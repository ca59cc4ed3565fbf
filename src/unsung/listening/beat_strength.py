"""How surely a beat, and a downbeat, falls at each instant, as a network trained on beats hears it.

BeatNet (Heydari, Cwitkowitz & Duan, "BeatNet: CRNN and particle filtering for online joint beat,
downbeat and meter tracking", ISMIR 2021, section 2.1; the first of its three published models). It
learnt from dance and pop music: where there are drums or a steady accompaniment it hardly errs;
of bowed strings and voices it is a hint. What follows decides with it and with other witnesses.

What the network sees are magnitudes in 136 bands, 24 an octave from 30 Hz, on a logarithmic scale,
and how far each rose since the last instant: the spectra of Böck & Schedl, "Enhanced beat tracking
with context-aware neural networks" (DAFx 2011), section 2.1. Fifty instants a second.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float32, Float64

from unsung.listening.networks import session
from unsung.listening.spectrum import Lens, magnitude_blocks
from unsung.model.sound import Audio, Feature

_LENS = Lens(window_samples=1411, hop_samples=441)
_BANDS_AN_OCTAVE = 24
_LOWEST_HZ, _HIGHEST_HZ, _CONCERT_HZ = 30.0, 17000.0, 440.0
_WINDOW_SUM = (_LENS.window_samples - 1) / 2
_BLOCK_FRAMES, _OVERLAP_FRAMES = 6000, 250


def beat_strength(audio: Audio) -> Feature:
    """Two rows, 0..1, fifty values a second (at 22,050 Hz): any beat, and the downbeat alone.

    Measured against the track's own peak: gain changes nothing. Silence is near 0.
    """
    seen = np.concatenate(list(_seen(audio)), axis=1)
    return Feature(_answers(seen), _LENS.frames(audio))


def _seen(audio: Audio) -> Iterator[Float32[np.ndarray, "272 frames"]]:
    bands = _bands(_LENS.frequencies_hz(audio)[:-1].astype(np.float64))
    bands *= np.float32(_WINDOW_SUM / 2 / _peak(audio))
    before = None
    for magnitudes in magnitude_blocks(audio, _LENS):
        levels = np.log10(1 + bands @ magnitudes[:-1])
        earlier = np.concatenate([levels[:, :1] if before is None else before, levels], axis=1)
        yield np.concatenate([levels, np.maximum(levels - earlier[:, :-1], 0)])
        before = levels[:, -1:]


def _peak(audio: Audio) -> float:
    """The largest absolute sample; of silence something far smaller than any sound."""
    samples = audio.samples[0]
    return max(float(samples.max(initial=0)), -float(samples.min(initial=0)), 1e-6)


def _bands(bins_hz: Float64[np.ndarray, " bins"]) -> Float32[np.ndarray, "136 bins"]:
    """Triangles between neighbouring bins of the scale, each of area 1; twins count once."""
    low, high = (np.log2(hz / _CONCERT_HZ) * _BANDS_AN_OCTAVE for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    scale_hz = _CONCERT_HZ * 2 ** (np.arange(np.floor(low), np.ceil(high)) / _BANDS_AN_OCTAVE)
    scale_hz = scale_hz[(scale_hz >= _LOWEST_HZ) & (scale_hz <= _HIGHEST_HZ)]
    above = np.clip(np.searchsorted(bins_hz, scale_hz), 1, len(bins_hz) - 1)
    nearest = above - (scale_hz - bins_hz[above - 1] < bins_hz[above] - scale_hz)
    edges = np.unique(nearest)
    bands = [_triangle(len(bins_hz), *edges[k : k + 3].tolist()) for k in range(len(edges) - 2)]
    return np.array(bands, np.float32)


def _triangle(count: int, start: int, centre: int, stop: int) -> Float64[np.ndarray, " bins"]:
    if stop - start < 2:
        centre, stop = start, start + 1
    band = np.zeros(count)
    band[start:centre] = np.arange(centre - start) / max(centre - start, 1)
    band[centre:stop] = 1 - np.arange(stop - centre) / max(stop - centre, 1)
    area: np.ndarray = band / band.sum()
    return area


def _answers(seen: Float32[np.ndarray, "272 frames"]) -> Float32[np.ndarray, "2 frames"]:
    """Stretches of two minutes, each with five seconds ahead of it for the network to settle."""
    network, parts = session("beatnet"), []
    for first in range(0, seen.shape[1], _BLOCK_FRAMES):
        ahead = min(first, _OVERLAP_FRAMES)
        stretch = np.ascontiguousarray(seen[:, first - ahead : first + _BLOCK_FRAMES].T)
        beat, downbeat, _ = np.asarray(network.run(None, {"f": stretch[None]})[0])[0].T
        parts.append(np.stack([beat + downbeat, downbeat])[:, ahead:])
    return np.concatenate(parts, axis=1)
