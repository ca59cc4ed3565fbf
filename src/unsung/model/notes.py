"""Notes: what sounds, when, how high. Exact from a score, with a salience from sound."""

import numpy as np
from attrs import field, frozen
from jaxtyping import Bool, Float32, Float64, Int16

from unsung.model.sound import float32, float64, int16, same_array
from unsung.model.time import Span


@frozen
class Notes:
    """Parallel arrays, one entry a note, sorted by onset, then pitch.

    `midi_pitch` is in semitones (60 is middle C; from sound it may carry a fraction),
    `salience` 0..1 says how surely and strongly the note was heard (1 in a score), `part`
    indexes `part_names`: one nameless part where the parts are not known.
    """

    onset_s: Float64[np.ndarray, " notes"] = field(converter=float64, eq=same_array)
    duration_s: Float64[np.ndarray, " notes"] = field(converter=float64, eq=same_array)
    midi_pitch: Float32[np.ndarray, " notes"] = field(converter=float32, eq=same_array)
    salience: Float32[np.ndarray, " notes"] = field(converter=float32, eq=same_array)
    part: Int16[np.ndarray, " notes"] = field(converter=int16, eq=same_array)
    part_names: tuple[str, ...] = ("",)

    def __attrs_post_init__(self) -> None:
        columns = (self.duration_s, self.midi_pitch, self.salience, self.part)
        if any(column.shape != self.onset_s.shape for column in columns) or self.onset_s.ndim != 1:
            raise ValueError("notes need parallel columns of one length")
        if len(self) and not self._is_valid():
            raise ValueError(
                "notes need sorted onsets >= 0, durations > 0, pitches 0..127, salience 0..1"
                " and parts that have a name"
            )

    def _is_valid(self) -> bool:
        return bool(
            self.onset_s[0] >= 0
            and (np.diff(self.onset_s) >= 0).all()
            and (self.duration_s > 0).all()
            and np.isfinite(self.onset_s[-1])
            and np.isfinite(self.duration_s).all()
            and ((self.midi_pitch >= 0) & (self.midi_pitch <= 127)).all()
            and ((self.salience >= 0) & (self.salience <= 1)).all()
            and ((self.part >= 0) & (self.part < len(self.part_names))).all()
        )

    def __len__(self) -> int:
        return len(self.onset_s)

    @property
    def end_s(self) -> Float64[np.ndarray, " notes"]:
        """When each note stops."""
        ends: np.ndarray = self.onset_s + self.duration_s
        return ends

    @classmethod
    def sorted(
        cls,
        onset_s: object,
        duration_s: object,
        midi_pitch: object,
        salience: object = 1.0,
        part: object = 0,
        part_names: tuple[str, ...] = ("",),
    ) -> "Notes":
        """Notes from columns in any order; a single salience or part stands for all."""
        onset, pitch = np.asarray(onset_s, float), np.asarray(midi_pitch, np.float32)
        order = np.lexsort((pitch, onset))
        return cls(
            onset[order],
            np.broadcast_to(np.asarray(duration_s, float), onset.shape)[order],
            pitch[order],
            np.broadcast_to(np.asarray(salience, np.float32), onset.shape)[order],
            np.broadcast_to(np.asarray(part, np.int16), onset.shape)[order],
            part_names,
        )

    @classmethod
    def none(cls, part_names: tuple[str, ...] = ("",)) -> "Notes":
        """No notes at all: silence, or nothing that has a pitch."""
        return cls([], [], [], [], [], part_names)

    def where(self, chosen: Bool[np.ndarray, " notes"]) -> "Notes":
        """The notes for which `chosen` is true."""
        columns = (self.onset_s, self.duration_s, self.midi_pitch, self.salience, self.part)
        onset, duration, pitch, salience, part = (column[chosen] for column in columns)
        return Notes(onset, duration, pitch, salience, part, self.part_names)

    def starting_in(self, span: Span) -> "Notes":
        """The notes whose onset lies in `span`."""
        return self.where((self.onset_s >= span.start_s) & (self.onset_s < span.end_s))
