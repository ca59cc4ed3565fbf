"""What recognition should be expected from: how far the work, its makers and its album reached.

Counts enter as log(1 + count). An unknown count is the median of the reference and is marked as
unknown by a column of its own, so that being unknown may matter but is never taken for zero.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from jaxtyping import Float64

from unsung.model.reference import ReferenceWork
from unsung.model.world import INDICATORS

LEAST_KNOWN_SHARE = 0.2
UNKNOWN = " unknown"
_COUNTS = tuple(name for name, one in INDICATORS.items() if one.bearing == "exposure")


@frozen
class Columns:
    """Which kinds of exposure are used, with what they are centred and scaled by."""

    counts: tuple[str, ...]
    media: tuple[str, ...]
    centres: tuple[float, ...]
    scales: tuple[float, ...]
    marked: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What each column stands for."""
        unknown = tuple(name + UNKNOWN for name in self.marked)
        return (*self.counts, "year", "English", *self.media, *unknown)


def columns(works: Sequence[ReferenceWork]) -> Columns:
    """The kinds of exposure that are known for enough works to say anything."""
    least = LEAST_KNOWN_SHARE * len(works)
    known = {name: [w.numbers[name] for w in works if name in w.numbers] for name in _COUNTS}
    counts = tuple(
        name for name in _COUNTS if len(known[name]) >= least and len(set(known[name])) > 1
    )
    years = [float(work.year) for work in works if work.year is not None] or [0.0]
    raw = [np.log1p(known[name]) for name in counts] + [np.asarray(years)]
    return Columns(
        counts=counts,
        media=tuple(sorted({work.medium for work in works}))[1:],
        centres=tuple(float(np.median(column)) for column in raw),
        scales=tuple(float(np.std(column)) or 1.0 for column in raw),
        marked=tuple(name for name in counts if 0.05 < len(known[name]) / len(works) < 0.95),
    )


def design(works: Sequence[ReferenceWork], chosen: Columns) -> Float64[np.ndarray, "works columns"]:
    """One row a work, one column a kind of exposure, centred on what is usual."""
    return np.array([_row(work, chosen) for work in works])


def _row(work: ReferenceWork, chosen: Columns) -> list[float]:
    values = [
        None if name not in work.numbers else float(np.log1p(work.numbers[name]))
        for name in chosen.counts
    ]
    numbers = [*values, None if work.year is None else float(work.year)]
    scaled = [
        0.0 if value is None else (value - centre) / scale
        for value, centre, scale in zip(numbers, chosen.centres, chosen.scales, strict=True)
    ]
    english = 0.5 if not work.language else float(work.language in ("en", "eng"))
    media = [float(work.medium == medium) for medium in chosen.media]
    return [*scaled, english, *media, *(float(name not in work.numbers) for name in chosen.marked)]
