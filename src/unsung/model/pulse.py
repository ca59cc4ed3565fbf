"""The pulse of a track: its beats, how they group into bars, and where it hurries, waits, rests."""

from typing import Literal

import numpy as np
from attrs import field, frozen
from jaxtyping import Float64, Int16

from unsung.model.outcomes import NoClearPulse, Undecided
from unsung.model.sound import Feature, float64, int16, same_array
from unsung.model.time import Span

BeatsABar = int | Undecided | NoClearPulse
"""Beats to the bar; undecided where beats are felt but nothing tells the first of them."""


@frozen
class Beats:
    """The instants one would tap at, in order; none where no pulse is clear.

    `place` counts them within the bar: 1 is the downbeat, 0 where the bar is undecided.
    """

    time_s: Float64[np.ndarray, " beats"] = field(converter=float64, eq=same_array)
    place: Int16[np.ndarray, " beats"] = field(converter=int16, eq=same_array)

    def __attrs_post_init__(self) -> None:
        if self.time_s.ndim != 1 or self.time_s.shape != self.place.shape:
            raise ValueError("beats need one time and one place in the bar each")
        if len(self.time_s) and not (self.time_s[0] >= 0 and (np.diff(self.time_s) > 0).all()):
            raise ValueError("beats need rising times >= 0")

    def __len__(self) -> int:
        return len(self.time_s)

    @property
    def downbeats_s(self) -> Float64[np.ndarray, " downbeats"]:
        """Where bars begin."""
        first: np.ndarray = self.time_s[self.place == 1]
        return first


@frozen
class MetreSpan:
    """A stretch of one metre. `confidence` 0..1; 0 where there is none to be told, 1 if written."""

    span: Span
    beats_a_bar: BeatsABar
    confidence: float


@frozen
class PulseChange:
    """Where the pulse hurries, broadens, waits or rests.

    `tempo_ratio` is the speed at its end relative to its beginning: above 1 in an accelerando,
    below in a ritardando, 1 in a fermata (a sound held beyond its beats) and in silence.
    """

    span: Span
    kind: Literal["accelerando", "ritardando", "fermata", "silence"]
    tempo_ratio: float = 1.0


@frozen
class Pulse:
    """What can be tapped along with.

    `tempo` (bpm) and `clarity` (0..1) are one-row curves on one clock, twice a second; where the
    pulse is not clear the tempo is the best guess. `metres` cover the track without gaps.
    """

    beats: Beats
    tempo: Feature
    clarity: Feature
    metres: tuple[MetreSpan, ...]
    changes: tuple[PulseChange, ...]
