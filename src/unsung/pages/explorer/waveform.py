"""The waveform of a track, small enough to stand in its page, which may be read from disk."""

import base64
from collections.abc import Sequence

import numpy as np
from attrs import frozen

_MOST_COLUMNS = 1_400


@frozen
class Waveform:
    """How far a track swings to either side, in columns of equal length: -127..127."""

    low: tuple[int, ...]
    high: tuple[int, ...]

    def __attrs_post_init__(self) -> None:
        if len(self.low) != len(self.high):
            raise ValueError("a waveform has two sides of one length")


def waveform(low: Sequence[int], high: Sequence[int]) -> Waveform:
    """The waveform with at most so many columns that it takes less than 4 kB."""
    columns = min(len(low), _MOST_COLUMNS)
    starts = np.arange(columns) * len(low) // max(1, columns)
    lowest = np.minimum.reduceat(low, starts) if columns else np.zeros(0, int)
    highest = np.maximum.reduceat(high, starts) if columns else np.zeros(0, int)
    return Waveform(tuple(lowest.tolist()), tuple(highest.tolist()))


def in_page(drawn: Waveform) -> dict[str, str]:
    """As the page's script reads it: a signed byte a column, in base64."""
    sides = {"low": drawn.low, "high": drawn.high}
    return {
        name: base64.b64encode(np.array(side, np.int8).tobytes()).decode()
        for name, side in sides.items()
    }
