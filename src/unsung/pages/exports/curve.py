"""A curve: features on one clock, and a column for each of their rows."""

from collections.abc import Callable

import numpy as np
from attrs import frozen

from unsung.model.hearing import Heard, Hearing
from unsung.model.outcomes import NotHeard
from unsung.model.sound import Feature
from unsung.pages.exports.columns import Column, Values
from unsung.pages.exports.kinds import Block, ExportKind, by_track

_CLOCK_DECIMALS = 6
_TIME = Column(
    "time_s",
    "number",
    "The instant that the row stands for.",
    unit="s",
    decimals=_CLOCK_DECIMALS,
)


@frozen
class Curve:
    """Features and a column for each of their bins, in order."""

    what: str
    meaning: str
    answer: str
    columns: tuple[Column, ...]
    features: Callable[[Hearing], tuple[Feature, ...] | NotHeard]

    @property
    def kind(self) -> ExportKind:
        """The same as a table over all tracks."""
        columns = (_TIME, *self.columns)
        return by_track(self.what, self.meaning, columns, self._block, self.answer)

    def _block(self, heard: Heard) -> Block:
        features = self.features(heard.hearing)
        if isinstance(features, NotHeard):
            return tuple([] for _ in range(1 + len(self.columns)))
        return _on_one_clock(features)


def _on_one_clock(features: tuple[Feature, ...]) -> Block:
    """All instants at which any feature has a value, each once; empty cells for the others."""
    times = [np.round(feature.times_s, _CLOCK_DECIMALS) for feature in features]
    if all(np.array_equal(one, times[0]) for one in times):
        return times[0], *(row for feature in features for row in feature.values)
    instants = np.unique(np.concatenate(times))
    rows = [
        _placed(row, np.searchsorted(instants, own), len(instants))
        for feature, own in zip(features, times, strict=True)
        for row in feature.values
    ]
    return instants, *rows


def _placed(row: np.ndarray, indices: np.ndarray, count: int) -> Values:
    placed = np.full(count, None, dtype=object)
    placed[indices] = row
    return placed
