"""The outline of a recording: how far the sound swings to either side, twenty times a second."""

import numpy as np
from jaxtyping import Float32

from unsung.model.sound import Audio

OUTLINE_RATE_HZ = 20
_LOUDEST = 127


class Outline:
    """Grows by each block of sound; the same however the sound was cut into blocks."""

    def __init__(self, sample_rate_hz: int) -> None:
        self._rate_hz, self._taken = sample_rate_hz, 0
        self._low: list[float] = []
        self._high: list[float] = []

    def add(self, audio: Audio) -> None:
        """Take the next block; all its channels are drawn as one."""
        low, high = audio.samples.min(axis=0), audio.samples.max(axis=0)
        columns = (self._taken + np.arange(len(low))) * OUTLINE_RATE_HZ // self._rate_hz
        starts = np.flatnonzero(np.diff(columns, prepend=-1))
        if len(starts):
            self._join(np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts), columns)
        self._taken += len(low)

    def plain(self) -> dict[str, object]:
        """As JSON has it: whole numbers -127..127, full scale at the ends."""
        low, high = (_in_steps(side) for side in (self._low, self._high))
        return {"rate_hz": OUTLINE_RATE_HZ, "low": low, "high": high}

    def _join(
        self,
        low: Float32[np.ndarray, " columns"],
        high: Float32[np.ndarray, " columns"],
        columns: np.ndarray,
    ) -> None:
        """The first column may go on from the block before."""
        if columns[0] < len(self._low):
            self._low[-1] = min(self._low[-1], float(low[0]))
            self._high[-1] = max(self._high[-1], float(high[0]))
            low, high = low[1:], high[1:]
        self._low.extend(low.tolist())
        self._high.extend(high.tolist())


def _in_steps(side: list[float]) -> list[int]:
    steps = np.rint(np.clip(np.array(side), -1.0, 1.0) * _LOUDEST)
    return [int(step) for step in steps]
