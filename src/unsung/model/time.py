"""Stretches of time and the clocks of arrays. Seconds throughout; bounds are half-open."""

import math

import numpy as np
from attrs import field, frozen
from jaxtyping import Float64

_TOLERANCE_S = 1e-9


@frozen(order=True)
class Span:
    """From `start_s` up to, not including, `end_s`; 0 <= start < end."""

    start_s: float = field(converter=float)
    end_s: float = field(converter=float)

    def __attrs_post_init__(self) -> None:
        if not (math.isfinite(self.end_s) and 0 <= self.start_s < self.end_s):
            raise ValueError(f"a span needs 0 <= start < end, not {self.start_s}, {self.end_s}")

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return self.end_s - self.start_s

    def overlap_s(self, other: "Span") -> float:
        """Seconds the two share; 0 where they only touch."""
        return max(0.0, min(self.end_s, other.end_s) - max(self.start_s, other.start_s))


@frozen
class Frames:
    """The clock of an array: column k stands for the instant `first_s + k / rate_hz`."""

    rate_hz: float = field(converter=float)
    first_s: float = field(default=0.0, converter=float)

    def __attrs_post_init__(self) -> None:
        if not (math.isfinite(self.rate_hz) and self.rate_hz > 0):
            raise ValueError(f"a clock needs a positive rate, not {self.rate_hz} Hz")
        if not math.isfinite(self.first_s):
            raise ValueError(f"a clock needs a finite start, not {self.first_s} s")

    def times_s(self, count: int) -> Float64[np.ndarray, " frames"]:
        """The instants of the first `count` columns."""
        return self.first_s + np.arange(count) / self.rate_hz

    def index_at(self, time_s: float) -> int:
        """The column nearest to `time_s`; may lie outside the array."""
        return round((time_s - self.first_s) * self.rate_hz)

    def slice_of(self, span: Span, count: int) -> slice:
        """The columns, out of `count`, whose instants lie in `span`."""
        start = math.ceil((span.start_s - self.first_s - _TOLERANCE_S) * self.rate_hz)
        end = math.ceil((span.end_s - self.first_s - _TOLERANCE_S) * self.rate_hz)
        return slice(min(max(start, 0), count), min(max(end, 0), count))
