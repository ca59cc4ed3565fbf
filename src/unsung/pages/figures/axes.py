"""Where an instant and a value stand on a figure."""

import math

import numpy as np
from attrs import field, frozen

PLOT_WIDTH = 600
"""Columns of the canvas that curves are drawn on."""

_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)


@frozen
class TimeAxis:
    """From the beginning of a track to its end."""

    duration_s: float = field(converter=float)

    @duration_s.validator
    def _lasts(self, _attribute: object, value: float) -> None:
        if not (math.isfinite(value) and value > 0):
            raise ValueError(f"a time axis needs a duration, not {value} s")

    def x(self, times_s: np.ndarray) -> np.ndarray:
        """Columns 0..PLOT_WIDTH of these instants; what lies outside rests at the edge."""
        columns: np.ndarray = np.clip(times_s / self.duration_s, 0, 1) * PLOT_WIDTH
        return columns

    def percent(self, time_s: float) -> str:
        """Where an instant stands, as a share of the width."""
        return f"{100 * min(max(time_s / self.duration_s, 0), 1):.4g}%"

    @property
    def ticks_s(self) -> tuple[int, ...]:
        """Round instants, at most seven of them, the beginning first and the end left free."""
        step = next((step for step in _STEPS_S if self.duration_s / step <= 7), 7200)
        last = math.ceil(self.duration_s * 0.96 / step)
        return tuple(step * tick for tick in range(max(last, 1)))


@frozen
class Scale:
    """From `low` at the bottom of a figure to `high` at its top."""

    low: float
    high: float
    height_px: int
    logarithmic: bool = False

    def __attrs_post_init__(self) -> None:
        if not self.low < self.high or (self.logarithmic and self.low <= 0):
            raise ValueError(f"a scale needs low < high, not {self.low}, {self.high}")

    def y(self, values: np.ndarray) -> np.ndarray:
        """Pixels from the top, 1 inside either edge; what lies outside rests at the edge."""
        within = np.clip(np.asarray(values, float), self.low, self.high)
        low, high = self.low, self.high
        if self.logarithmic:
            within, low, high = np.log(within), math.log(low), math.log(high)
        pixels: np.ndarray = 1 + (self.height_px - 2) * (high - within) / (high - low)
        return pixels
