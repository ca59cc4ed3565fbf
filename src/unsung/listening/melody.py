"""The leading line: what a listener would sing back, one note at a time.

The base is the skyline (Uitdenbogerd and Zobel, "Melodic matching techniques for large music
databases", ACM Multimedia 1999): of all that sounds, the highest. A skyline heard in sound jumps
to every overtone, echo and inner note left standing for a moment, so here the line is the best
path through the notes (a Viterbi search, as Salamon and Gómez choose contours by pitch salience,
height and continuity, "Melody extraction from polyphonic music signals", IEEE TASLP 2012): high
and clear notes earn, leaps and notes entered late or left early cost, and so does a change of
part where the parts are known. The weights were chosen on the development part of
`bench/melody.py`.
"""

import numpy as np
from attrs import frozen
from jaxtyping import Bool, Float64, Int64

from unsung.model.notes import Notes

_GRID_S = 0.02
_CANDIDATES = 4

# Earned or lost in each second of a state.
_EARNED_BY_SALIENCE = 0.5
_LOST_PER_OCTAVE_BELOW_TOP = 1.7
_LOST_IN_ECHO = 0.3
_LOST_PER_GHOSTLINESS = 5.0
_LOST_IN_REST = 1.0

# Lost at a change of state.
_LOST_PER_SEMITONE = 0.003
_LOST_PER_SEMITONE_BEYOND_FIFTH = 0.02
_LOST_AT_NEW_PART = 0.1
_LOST_LEAVING_EARLY = 0.03
_LOST_ENTERING_LATE = 0.1
_LOST_AT_REST = 0.1

_ECHO_S = 0.3
_GHOST_RATIO = 0.5
_OVERTONES_SEMITONES = (12, 19, 24)


@frozen(eq=False)
class _Choices:
    """Between two changes the music stands: what may lead there, the best first; -1 is none.

    The last state of every stretch is a rest (no candidate, but a reward of its own).
    """

    ticks: Int64[np.ndarray, " boundaries"]
    candidate: Int64[np.ndarray, "stretches states"]
    reward: Float64[np.ndarray, "stretches states"]


def melody(notes: Notes) -> Notes:
    """The leading line of many-voiced notes; never two at once; rests where nothing leads."""
    if not len(notes):
        return Notes.none(("melody",))
    begins, ends = _ticks(notes)
    choices = _choices(notes, begins, ends)
    path = _best_path(choices.reward, _losses(notes, begins, ends, choices))
    chosen = np.take_along_axis(choices.candidate, path[:, None], axis=1)[:, 0]
    return _line(notes, begins, ends, choices.ticks, chosen)


def _ticks(notes: Notes) -> tuple[Int64[np.ndarray, " notes"], Int64[np.ndarray, " notes"]]:
    """First and last tick of each note; changes closer than a tick count as one."""
    begins = np.rint(notes.onset_s / _GRID_S).astype(np.int64)
    ends = np.rint(notes.end_s / _GRID_S).astype(np.int64)
    return begins, np.maximum(ends, begins + 1)


def _choices(
    notes: Notes, begins: Int64[np.ndarray, " notes"], ends: Int64[np.ndarray, " notes"]
) -> _Choices:
    ticks = np.unique(np.concatenate([begins, ends]))
    note, stretch = _sounding(np.searchsorted(ticks, begins), np.searchsorted(ticks, ends))
    remaining_s = (ends[note] - ticks[stretch]) * _GRID_S
    echoing = (remaining_s < _ECHO_S) & (ticks[stretch] > begins[note])
    merit = _merit(notes, note, stretch) - _LOST_IN_ECHO * echoing
    order = np.lexsort((-merit, stretch))
    note, stretch, merit = note[order], stretch[order], merit[order]
    rank = np.arange(stretch.size) - np.searchsorted(stretch, stretch)
    best = rank < _CANDIDATES
    shape = (ticks.size - 1, _CANDIDATES + 1)
    candidate, reward = np.full(shape, -1), np.full(shape, -np.inf)
    candidate[stretch[best], rank[best]] = note[best]
    reward[stretch[best], rank[best]] = merit[best]
    reward[:, -1] = -_LOST_IN_REST
    return _Choices(ticks, candidate, reward * np.diff(ticks)[:, None] * _GRID_S)


def _sounding(
    first: Int64[np.ndarray, " notes"], last: Int64[np.ndarray, " notes"]
) -> tuple[Int64[np.ndarray, " pairs"], Int64[np.ndarray, " pairs"]]:
    """Every pair of a note and a stretch in which it sounds."""
    count = last - first
    note = np.repeat(np.arange(first.size), count)
    within = np.arange(note.size) - np.repeat(np.cumsum(count) - count, count)
    return note, first[note] + within


def _merit(
    notes: Notes, note: Int64[np.ndarray, " pairs"], stretch: Int64[np.ndarray, " pairs"]
) -> Float64[np.ndarray, " pairs"]:
    """What a second of each note earns: clear, near the top, and no mere overtone."""
    pitch, salience = notes.midi_pitch[note].astype(float), notes.salience[note].astype(float)
    ghostliness = _ghostliness(pitch, salience, stretch)
    real = ghostliness == 0
    top = np.zeros(stretch.max() + 1)
    np.maximum.at(top, stretch[real], pitch[real])
    octaves_below = np.maximum(0, top[stretch] - pitch) / 12
    earned = _EARNED_BY_SALIENCE * salience - _LOST_PER_OCTAVE_BELOW_TOP * octaves_below
    merit: np.ndarray = earned - _LOST_PER_GHOSTLINESS * ghostliness
    return merit


def _ghostliness(
    pitch: Float64[np.ndarray, " pairs"],
    salience: Float64[np.ndarray, " pairs"],
    stretch: Int64[np.ndarray, " pairs"],
) -> Float64[np.ndarray, " pairs"]:
    """How far a note is outshone by another whose overtone it would be; 0 where it is not."""
    place = stretch * 256 + np.rint(pitch).astype(np.int64)
    order = np.argsort(place)
    ghostliness = np.zeros(pitch.size)
    for interval in _OVERTONES_SEMITONES:
        found = np.minimum(np.searchsorted(place[order], place - interval), place.size - 1)
        below = np.where(place[order][found] == place - interval, salience[order][found], 0.0)
        ghostliness = np.maximum(ghostliness, _GHOST_RATIO * below - salience)
    return ghostliness


def _losses(
    notes: Notes,
    begins: Int64[np.ndarray, " notes"],
    ends: Int64[np.ndarray, " notes"],
    choices: _Choices,
) -> Float64[np.ndarray, "changes before after"]:
    """What each change of state costs, from every stretch to the next."""
    before, after = choices.candidate[:-1], choices.candidate[1:]
    at = choices.ticks[1:-1, None]
    leaving = _LOST_LEAVING_EARLY * ((ends[before] - at) * _GRID_S >= _ECHO_S)
    entering = _LOST_ENTERING_LATE * (begins[after] != at)
    rests = np.arange(before.shape[1]) == _CANDIDATES
    leaving, entering = np.where(rests, 0, leaving), np.where(rests, 0, entering)
    either_rests = rests[:, None] | rests[None, :]
    moving = np.where(either_rests, _LOST_AT_REST, _moving(notes, before, after))
    losses = leaving[:, :, None] + entering[:, None, :] + moving
    kept: np.ndarray = np.where(_same_state(before, after, rests), 0.0, losses)
    return kept


def _moving(
    notes: Notes,
    before: Int64[np.ndarray, "changes states"],
    after: Int64[np.ndarray, "changes states"],
) -> Float64[np.ndarray, "changes before after"]:
    pitch, part = notes.midi_pitch.astype(float), notes.part
    semitones = np.abs(pitch[before][:, :, None] - pitch[after][:, None, :])
    leap = _LOST_PER_SEMITONE_BEYOND_FIFTH * np.maximum(0, semitones - 7)
    new_part = part[before][:, :, None] != part[after][:, None, :]
    moving: np.ndarray = _LOST_PER_SEMITONE * semitones + leap + _LOST_AT_NEW_PART * new_part
    return moving


def _same_state(
    before: Int64[np.ndarray, "changes states"],
    after: Int64[np.ndarray, "changes states"],
    rests: Bool[np.ndarray, " states"],
) -> Bool[np.ndarray, "changes before after"]:
    both_rest = rests[:, None] & rests[None, :]
    same: np.ndarray = (before[:, :, None] == after[:, None, :]) & (before >= 0)[:, :, None]
    kept: np.ndarray = same | both_rest
    return kept


def _best_path(
    reward: Float64[np.ndarray, "stretches states"],
    losses: Float64[np.ndarray, "changes before after"],
) -> Int64[np.ndarray, " stretches"]:
    """The states that earn most in all (Viterbi)."""
    total, came_from = reward[0], np.zeros(reward.shape, np.int64)
    for k, loss in enumerate(losses, start=1):
        arriving = total[:, None] - loss
        came_from[k] = arriving.argmax(axis=0)
        total = arriving.max(axis=0) + reward[k]
    path = np.zeros(len(reward), np.int64)
    path[-1] = total.argmax()
    for k in range(len(reward) - 1, 0, -1):
        path[k - 1] = came_from[k, path[k]]
    return path


def _line(
    notes: Notes,
    begins: Int64[np.ndarray, " notes"],
    ends: Int64[np.ndarray, " notes"],
    ticks: Int64[np.ndarray, " boundaries"],
    chosen: Int64[np.ndarray, " stretches"],
) -> Notes:
    """The chosen notes, each cut to where it leads."""
    changes = np.flatnonzero(np.diff(chosen, prepend=-2, append=-2))
    first, last = changes[:-1], changes[1:]
    note = chosen[first]
    first, last, note = first[note >= 0], last[note >= 0], note[note >= 0]
    whole_start, whole_end = begins[note] == ticks[first], ends[note] == ticks[last]
    onset_s = np.where(whole_start, notes.onset_s[note], ticks[first] * _GRID_S)
    end_s = np.where(whole_end, notes.end_s[note], ticks[last] * _GRID_S)
    duration_s = np.minimum(end_s, np.append(onset_s[1:], np.inf)) - onset_s
    lasting = duration_s > 0
    return Notes.sorted(
        onset_s[lasting],
        duration_s[lasting],
        notes.midi_pitch[note[lasting]],
        notes.salience[note[lasting]],
        part_names=("melody",),
    )
