"""A score: exact notes and what the page says about key, metre and tempo."""

import numpy as np
from attrs import field, frozen
from jaxtyping import Float64

from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.model.sound import float64, same_array


@frozen
class TempoMark:
    """From `onset_s` (and `onset_ql`) on, `tempo_bpm` quarters a minute."""

    onset_s: float
    onset_ql: float
    tempo_bpm: float


@frozen
class MetreMark:
    """From `onset_ql` on, `beats` to the bar, each a 1/`beat_type` note."""

    onset_ql: float
    beats: int
    beat_type: int


@frozen
class KeyMark:
    """From `onset_ql` on, the key signature: fifths -7..7 (flats negative), and mode if said."""

    onset_ql: float
    fifths: int
    key: Key | None = None


@frozen
class Score:
    """Notes in seconds, and the same notes in quarters from the beginning (`onset_ql`)."""

    notes: Notes
    onset_ql: Float64[np.ndarray, " notes"] = field(converter=float64, eq=same_array)
    duration_ql: Float64[np.ndarray, " notes"] = field(converter=float64, eq=same_array)
    duration_s: float = field(converter=float)
    tempo_marks: tuple[TempoMark, ...] = ()
    metre_marks: tuple[MetreMark, ...] = ()
    key_marks: tuple[KeyMark, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not len(self.notes) == len(self.onset_ql) == len(self.duration_ql):
            raise ValueError("a score needs one onset and duration in quarters a note")
        if len(self.notes) and self.duration_s < self.notes.end_s.max() - 1e-6:
            raise ValueError("a score lasts at least until its last note ends")
