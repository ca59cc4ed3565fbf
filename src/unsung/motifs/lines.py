"""The leading lines of an album, laid end to end so that they can be compared at once."""

import numpy as np
from attrs import frozen
from jaxtyping import Float64, Int64

from unsung.model.notes import Notes

_SURE = 0.6
"""A note that leads with this chance counts in full."""
_FASTEST_S = 0.04


@frozen(eq=False)
class Lines:
    """Notes of all lines one after the other; `line` says which line each belongs to."""

    onset_s: Float64[np.ndarray, " notes"]
    end_s: Float64[np.ndarray, " notes"]
    pitch: Float64[np.ndarray, " notes"]
    surely: Float64[np.ndarray, " notes"]
    line: Int64[np.ndarray, " notes"]

    def __len__(self) -> int:
        return len(self.pitch)

    def notes(self, first: int, last: int) -> Notes:
        """The notes from `first` to `last`, both included, as one line."""
        chosen = slice(first, last + 1)
        onset_s, salience = self.onset_s[chosen], np.clip(self.surely[chosen], 0, 1)
        lasts_s = self.end_s[chosen] - onset_s
        return Notes.sorted(onset_s, lasts_s, self.pitch[chosen], salience)


def lines(leading: tuple[Notes, ...]) -> Lines:
    """The lines of tracks in order; of notes that begin together, only the last is kept."""
    kept = [_one_at_a_time(line) for line in leading]
    return Lines(
        _joined([line.onset_s for line in kept]),
        _joined([line.end_s for line in kept]),
        _joined([np.round(line.midi_pitch) for line in kept]),
        np.minimum(_joined([line.salience for line in kept]) / _SURE, 1),
        np.repeat(np.arange(len(kept)), [len(line) for line in kept]),
    )


def _joined(columns: list[np.ndarray]) -> Float64[np.ndarray, " notes"]:
    joined: np.ndarray = np.concatenate([np.zeros(0), *columns]).astype(np.float64)
    return joined


def _one_at_a_time(line: Notes) -> Notes:
    """At most one note an instant of 40 ms, the highest: nothing faster is heard as a line."""
    instant = np.floor(line.onset_s / _FASTEST_S)
    return line.where(np.diff(instant, append=np.inf) > 0)
