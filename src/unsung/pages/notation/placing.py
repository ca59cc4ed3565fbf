"""Notes of a leading line, put where the track's own notes begin and in one register.

A leading line that was followed through sound is sure of its pitch classes, less so of its
instants, which lie on a coarse clock, and least of its octaves, which single overtones can turn.
The notes that were written down around it know both better.
"""

import numpy as np
from attrs import evolve

from unsung.model.motif import NotePair
from unsung.model.notes import Notes

_NEAR_S = 0.12
_SHORTEST_S, _APART_S = 0.04, 0.06
_OCTAVE_S = 0.03
"""An octave counts as much as this much time when the nearest note is sought."""
_MOVED = 1.0
_TOO_WIDE = ((12, 2.0), (9, 0.6))
_SEMITONE = 0.01


def placed(notes: Notes, heard: Notes) -> Notes:
    """The same notes, each as the note of its pitch class that begins nearest, if one does.

    They end when they did, in the order they had: where two would meet or change places, the second
    is left as it was.
    """
    onsets, pitches = notes.onset_s.copy(), notes.midi_pitch.copy()
    for k in range(len(notes)):
        found = _nearest(float(onsets[k]), float(pitches[k]), heard)
        if found >= 0 and _keeps_order(k, float(heard.onset_s[found]), onsets):
            onsets[k], pitches[k] = heard.onset_s[found], heard.midi_pitch[found]
    lasting_s = np.maximum(notes.end_s - onsets, _SHORTEST_S)
    return evolve(notes, onset_s=onsets, duration_s=lasting_s, midi_pitch=pitches)


def _nearest(onset_s: float, pitch: float, heard: Notes) -> int:
    first, last = np.searchsorted(heard.onset_s, (onset_s - _NEAR_S, onset_s + _NEAR_S))
    semitones = np.abs(np.rint(heard.midi_pitch[first:last] - pitch))
    same = np.flatnonzero(semitones % 12 == 0)
    if not same.size:
        return -1
    away = np.abs(heard.onset_s[first + same] - onset_s) + _OCTAVE_S * semitones[same] / 12
    return int(first + same[away.argmin()])


def _keeps_order(k: int, onset_s: float, onsets: np.ndarray) -> bool:
    """Whether note `k` may begin then: as far from its neighbours as it was, or plainly apart."""
    after_s = onset_s - onsets[k - 1] if k else np.inf
    until_s = onsets[k + 1] - onset_s if k + 1 < len(onsets) else np.inf
    was_after_s = onsets[k] - onsets[k - 1] if k else 0.0
    was_until_s = onsets[k + 1] - onsets[k] if k + 1 < len(onsets) else 0.0
    return bool(after_s >= min(was_after_s, _APART_S) and until_s >= min(was_until_s, _APART_S))


def in_one_register(notes: Notes) -> Notes:
    """The same line with as few notes as may be put in another octave so that no leap is too wide.

    Leaps of more than an octave are as good as unsung; from a minor seventh on they are rare. A
    line that stays within them is left as it is. The cheapest choice of octaves is Viterbi's.
    """
    turns = np.array([0, -12, 12, -24, 24])
    choices = notes.midi_pitch[:, None].astype(float) + turns
    cost = _MOVED * np.abs(turns) / 12 * np.ones((len(notes), 1))
    cost[(choices < 0) | (choices > 127)] = np.inf
    came_from = np.zeros(choices.shape, int)
    for k in range(1, len(notes)):
        total = cost[k - 1] + _leap_cost(choices[k][:, None] - choices[k - 1])
        came_from[k] = total.argmin(axis=1)
        cost[k] += total.min(axis=1)
    best = int(cost[-1].argmin()) if len(notes) else 0
    pitches = notes.midi_pitch.copy()
    for k in range(len(notes) - 1, -1, -1):
        pitches[k] = choices[k, best]
        best = came_from[k, best]
    return evolve(notes, midi_pitch=pitches)


def in_octaves_of(
    notes: Notes, prototype: Notes, pairs: tuple[NotePair, ...], transposition_semitones: int
) -> Notes:
    """The same notes, those that answer the prototype's in the octaves of that transposition.

    Where another pitch class is usual, most notes say which octave. A note that answers to none
    stands in the octave that is nearest to the note before it.
    """
    pitches = notes.midi_pitch.copy()
    theirs, ours = (np.array(side, int) for side in zip(*pairs, strict=True))
    apart = np.rint(pitches[ours] - prototype.midi_pitch[theirs]).astype(int).tolist()
    usual = max(sorted(set(apart), key=abs), key=apart.count)
    if (usual - transposition_semitones) % 12 == 0:
        usual = transposition_semitones
    pitches[ours] = _nearest_octave(pitches[ours], prototype.midi_pitch[theirs] + usual)
    for k in sorted(set(range(1, len(notes))) - set(ours.tolist())):
        pitches[k] = _nearest_octave(pitches[k], pitches[k - 1])
    return evolve(notes, midi_pitch=pitches)


def _nearest_octave(pitch: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """In the octave nearest to what is wanted, as far as there are notes."""
    moved: np.ndarray = pitch + 12 * np.rint((wanted - pitch) / 12)
    return np.where((moved >= 0) & (moved <= 127), moved, pitch)


def _leap_cost(semitones: np.ndarray) -> np.ndarray:
    wide = np.abs(semitones)
    cost: np.ndarray = _SEMITONE * wide
    for limit, price in _TOO_WIDE[::-1]:
        cost = np.where(wide > limit, price + _SEMITONE * wide, cost)
    return cost
