"""A line of notes that is looked for, and the lines it may have become."""

import numpy as np
from attrs import field, frozen
from jaxtyping import Float64, Int64

from unsung.model.notes import Notes
from unsung.model.sound import float64, int64, same_array

_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
_LOWERED = {4: -1, 9: -1, 11: -1}
_RAISED = {3: 1, 8: 1, 10: 1}


@frozen
class Query:
    """Notes in order: when each begins, how long until the next, and its pitch in semitones.

    `surely` 0..1 says how far each note is to be trusted: a note in doubt counts for less.
    """

    onset_s: Float64[np.ndarray, " notes"] = field(converter=float64, eq=same_array)
    lasts_s: Float64[np.ndarray, " notes"] = field(converter=float64, eq=same_array)
    pitch: Int64[np.ndarray, " notes"] = field(converter=int64, eq=same_array)
    surely: Float64[np.ndarray, " notes"] = field(converter=float64, eq=same_array)

    def __len__(self) -> int:
        return len(self.pitch)


def query(line: Notes) -> Query:
    """The query that a line of notes makes; each note lasts until the next begins.

    A pitch class struck again counts as one longer note: what is sung is compared by how long
    each pitch class leads, and a line must not gain by saying the same thing twice.
    """
    pitch = np.round(line.midi_pitch).astype(int)
    new = np.flatnonzero(np.diff(pitch % 12, prepend=-1))
    ends = np.append(line.onset_s[1:], line.end_s[-1:])
    lasts = np.append(line.onset_s[new[1:]], ends[-1:]) - line.onset_s[new]
    counts = np.diff(np.append(new, len(pitch)))
    surely = np.add.reduceat(line.salience, new) / counts if len(new) else line.salience
    return Query(line.onset_s[new], np.maximum(lasts, 0.04), pitch[new], surely)


def in_the_other_mode(asked: Query) -> Query:
    """Major with the third, sixth and seventh lowered; minor with them raised.

    The key is the one whose profile fits the notes best (Krumhansl 1990, ch. 4).
    """
    tonic, is_major = _key(asked)
    moved = _LOWERED if is_major else _RAISED
    steps = [moved.get(int(degree), 0) for degree in (asked.pitch - tonic) % 12]
    return Query(
        asked.onset_s, asked.lasts_s, asked.pitch + np.array(steps, np.int64), asked.surely
    )


def _key(asked: Query) -> tuple[int, bool]:
    present = np.zeros(12)
    np.add.at(present, asked.pitch % 12, asked.lasts_s)
    present -= present.mean()
    profiles = np.array([np.roll(p, k) for p in (_MAJOR, _MINOR) for k in range(12)])
    fit = (profiles - profiles.mean(axis=1, keepdims=True)) @ present
    fit /= profiles.std(axis=1)
    best = int(fit.argmax())
    return best % 12, best < 12
