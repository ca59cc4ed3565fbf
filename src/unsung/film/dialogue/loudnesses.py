"""Loudness of stretches from powers that the K filter has weighed: BS.1770-5 with its gates."""

import numpy as np
from jaxtyping import Bool, Float64

from unsung.model.balance import Part
from unsung.model.hearing import LOUDNESS_FLOOR_LUFS
from unsung.model.outcomes import SILENT, Silent

_GATING_FRAMES = 4
_SHORT_TERM_FRAMES = 30
_RELATIVE_GATE = 10 ** (-10 / 10)
_FLOOR_POWER = 10 ** ((LOUDNESS_FLOOR_LUFS + 0.691) / 10)


def integrated_lufs(part: Part, during: Bool[np.ndarray, " frames"]) -> float | Silent:
    """The loudness over the frames in `during`: blocks of 400 ms within, through both gates.

    What is shorter than a block counts as it is; silence, or no frame at all, is `SILENT`.
    """
    power = part.weighted.values[0].astype(np.float64)
    blocks = _blocks(power, during) if during.any() else power[:0]
    heard = blocks[blocks > _FLOOR_POWER]
    if not len(heard):
        return SILENT
    heard = heard[heard > heard.mean() * _RELATIVE_GATE]
    return float(lufs(heard.mean(keepdims=True))[0])


def short_term_lufs(part: Part) -> Float64[np.ndarray, " frames"]:
    """The loudness of the three seconds around every frame, never below the floor."""
    power = part.weighted.values[0].astype(np.float64)
    summed = np.concatenate([[0.0], np.cumsum(power)])
    at = np.arange(len(power))
    low = np.maximum(at - _SHORT_TERM_FRAMES // 2, 0)
    high = np.minimum(at + _SHORT_TERM_FRAMES // 2, len(power))
    return lufs((summed[high] - summed[low]) / _SHORT_TERM_FRAMES)


def lufs(power: Float64[np.ndarray, " values"]) -> Float64[np.ndarray, " values"]:
    """Weighted power as loudness, never below the floor."""
    values: np.ndarray = -0.691 + 10 * np.log10(np.maximum(power, _FLOOR_POWER))
    return values


def _blocks(
    power: Float64[np.ndarray, " frames"], during: Bool[np.ndarray, " frames"]
) -> Float64[np.ndarray, " blocks"]:
    if len(power) < _GATING_FRAMES:
        return _mean(power[during])
    windows = np.lib.stride_tricks.sliding_window_view
    inside = windows(during, _GATING_FRAMES).all(axis=1)
    if not inside.any():
        return _mean(power[during])
    blocks: np.ndarray = windows(power, _GATING_FRAMES)[inside].mean(axis=1)
    return blocks


def _mean(power: Float64[np.ndarray, " frames"]) -> Float64[np.ndarray, "1"]:
    mean: np.ndarray = power.mean(keepdims=True)
    return mean
