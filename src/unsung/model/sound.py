"""Sound, and what was measured along it. An array never travels without its clock."""

import numpy as np
from attrs import cmp_using, field, frozen
from jaxtyping import Float32

from unsung.model.time import Frames, Span


def read_only(values: object, dtype: type) -> np.ndarray:
    """`values` as a contiguous array of `dtype` that nobody can write through."""
    array: np.ndarray = np.ascontiguousarray(values, dtype=dtype).view()
    array.flags.writeable = False
    return array


def float32(values: object) -> np.ndarray:
    """As `read_only`, in single precision."""
    return read_only(values, np.float32)


def float64(values: object) -> np.ndarray:
    """As `read_only`, in double precision."""
    return read_only(values, np.float64)


def int16(values: object) -> np.ndarray:
    """As `read_only`, in small whole numbers."""
    return read_only(values, np.int16)


def int64(values: object) -> np.ndarray:
    """As `read_only`, in whole numbers."""
    return read_only(values, np.int64)


same_array = cmp_using(eq=np.array_equal)


@frozen
class Audio:
    """Sound as numbers: float32, full scale ±1, `channels samples`."""

    samples: Float32[np.ndarray, "channels samples"] = field(converter=float32, eq=same_array)
    sample_rate_hz: int

    def __attrs_post_init__(self) -> None:
        if self.samples.ndim != 2 or self.samples.shape[0] < 1:
            raise ValueError(f"audio needs channels and samples, not {self.samples.shape}")
        if self.sample_rate_hz <= 0:
            raise ValueError(f"audio needs a positive rate, not {self.sample_rate_hz} Hz")

    @property
    def duration_s(self) -> float:
        """How long it lasts; 0 for no samples."""
        return float(self.samples.shape[1] / self.sample_rate_hz)


@frozen
class Feature:
    """Values along time: one row a bin, one column an instant of `frames`; always finite."""

    values: Float32[np.ndarray, "bins frames"] = field(converter=float32, eq=same_array)
    frames: Frames

    def __attrs_post_init__(self) -> None:
        if self.values.ndim != 2:
            raise ValueError(f"a feature needs bins and frames, not shape {self.values.shape}")
        if not np.isfinite(self.values).all():
            raise ValueError("a feature needs finite values; name the outcome instead")

    @property
    def times_s(self) -> np.ndarray:
        """The instant of each column."""
        return self.frames.times_s(self.values.shape[1])

    def during(self, span: Span) -> Float32[np.ndarray, "bins inside"]:
        """The columns whose instants lie in `span`; may be none."""
        return self.values[:, self.frames.slice_of(span, self.values.shape[1])]
