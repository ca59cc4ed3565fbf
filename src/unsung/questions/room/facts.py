"""What room the music leaves, second by second: sparse, out of the voice's pitch, soft."""

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen

from unsung.model.hearing import Heard, Hearing
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.sound import Feature
from unsung.questions.facts import LEAST_NOTES
from unsung.questions.places import sounding_seconds

SPARSE_PER_S = 4.0
"""Notes a second, all parts together: about as many as the syllables of unhurried speech."""

LOWEST_VOICE, HIGHEST_VOICE = 40.0, 59.5
"""MIDI pitch of the fundamentals of speaking voices, E2 to B3."""

SOFT_LU = -6.0
"""Under the loudness of the album's median track: two dynamic marks below its norm."""

_LEAST_DURATION_S = 20.0


@frozen
class Room:
    """A track, second by second where it sounds: sparse, clear, soft; and how much room in all."""

    heard: Heard
    sounding: np.ndarray
    sparse: np.ndarray
    clear: np.ndarray
    soft: np.ndarray

    @property
    def leaves_room(self) -> np.ndarray:
        """The seconds that sound, are sparse, and clear or soft."""
        found: np.ndarray = self.sounding & self.sparse & (self.clear | self.soft)
        return found

    def share(self, row: np.ndarray) -> float:
        """The share of the sounding time in which a row holds."""
        return float(row[self.sounding].mean())


def rooms_of(heard: Sequence[Heard]) -> tuple[Room, ...]:
    """One for each track of music that sounds for twenty seconds or more; a score has none."""
    middle = _middle_lufs(heard)
    music = (one for one in heard if len(one.hearing.notes) >= LEAST_NOTES)
    return tuple(room for one in music for room in _room(one, middle))


def _middle_lufs(heard: Sequence[Heard]) -> float:
    levels = [one for one in (_integrated(each.hearing) for each in heard) if one is not None]
    return float(np.median(levels)) if levels else 0.0


def _integrated(hearing: Hearing) -> float | None:
    loudness = hearing.loudness
    if isinstance(loudness, NotHeard) or isinstance(loudness.integrated_lufs, Outcome):
        return None
    return float(loudness.integrated_lufs)


def _room(one: Heard, middle_lufs: float) -> Iterator[Room]:
    """Nothing for a score, or where less than twenty seconds sound."""
    hearing = one.hearing
    count = hearing.density.values.shape[1]
    sounding = sounding_seconds(hearing, count)
    if isinstance(hearing.loudness, NotHeard) or sounding.sum() < _LEAST_DURATION_S:
        return
    level = _a_second(hearing.loudness.short_term, count)
    sparse = hearing.density.values[0] < SPARSE_PER_S
    yield Room(one, sounding, sparse, ~_voiced(hearing, count), level <= middle_lufs + SOFT_LU)


def _a_second(curve: Feature, count: int) -> np.ndarray:
    """The value at the middle of each second."""
    columns = [curve.frames.index_at(second + 0.5) for second in range(count)]
    last = curve.values.shape[1] - 1
    row: np.ndarray = curve.values[0][np.clip(columns, 0, last)].astype(float)
    return row


def _voiced(hearing: Hearing, count: int) -> np.ndarray:
    """The seconds in which a note of the leading line lies where voices do."""
    notes, voiced = hearing.melody, np.zeros(count, bool)
    inside = (notes.midi_pitch >= LOWEST_VOICE) & (notes.midi_pitch <= HIGHEST_VOICE)
    for start_s, end_s in zip(notes.onset_s[inside], notes.end_s[inside], strict=True):
        voiced[int(start_s) : int(np.ceil(end_s))] = True
    return voiced
