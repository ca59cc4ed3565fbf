"""How voices move beside each other, second by second: what texture is told from.

Huron ("Characterizing Musical Textures", Proc. ICMC 1989, pp. 131-134) places music by two
measures: how far voices begin together (onset synchronization) and how far they move alike
(semblant motion). The first is measured here as he describes it; the second needs voices that are
known, so instead it is asked how notes outside the leading line go on: by step, as voices do, or
back to a pitch that has just sounded, as the figures of an accompaniment do.
"""

import numpy as np
import scipy
from jaxtyping import Bool, Float64, Int64

from unsung.model.notes import Notes

MEASURES = ("many", "voices", "synchrony", "beneath", "motion", "return", "activity", "salience")

_WINDOW_S = 9
_TOGETHER_S = 0.1
_RING_SHARE, _RING_S = 0.3, 0.25
"""What of a note's end may be its ringing on into the next."""
_NEXT_S = 0.15
_RETURN_S = 2.5
_KEY_S = 1e6
"""Wider than any track: pitches, so far apart, sort times within each pitch."""


def voice_measures(
    notes: Notes, leads: Bool[np.ndarray, " notes"], count: int
) -> tuple[Float64[np.ndarray, "8 seconds"], Bool[np.ndarray, " seconds"]]:
    """The `MEASURES` around each of `count` seconds, and where anything sounds at all.

    *many*: share of the sounding time in which two pitch classes or more sound; *voices*: how many
    pitches sound; *synchrony*: of the other notes that sound when one begins, the share that
    begins with it; *beneath*: the same among the notes outside the leading line; *motion* and
    *return*: the share of those that step on from a note just ended, and that go back to a pitch
    begun within 2.5 s; *activity*: their beginnings against all, 0..1; *salience*: how
    surely the notes that begin were heard. All 0 where nothing is.
    """
    if not len(notes):
        return np.zeros((len(MEASURES), count)), np.zeros(count, bool)
    rest = notes.where(~leads)
    sounds_s, many_s, voices_s = (_around(row) for row in _sounding(notes, count))
    begins, instants = _per_second(rest, count), _instants(rest)
    all_instants = _instants(notes)
    line = _counted(_instants(notes.where(leads))[0], count)
    beside = _counted(instants[0], count)
    rows = (
        _ratio(many_s, sounds_s),
        _ratio(voices_s, sounds_s),
        _together(notes, all_instants, count),
        _together(rest, instants, count),
        _ratio(_per_second(rest, count, _steps(rest, notes)), begins),
        _ratio(_per_second(rest, count, _returns(rest)), begins),
        _ratio(beside, beside + line),
        _ratio(
            _per_second(notes, count, notes.duration_s * notes.salience),
            _per_second(notes, count, notes.duration_s),
        ),
    )
    return np.stack(rows), sounds_s > 0


def _sounding(notes: Notes, count: int) -> tuple[Float64[np.ndarray, " seconds"], ...]:
    """In each second: time that sounds, time with many pitch classes, pitches times time.

    Notes that ring on are not many: a bound line in a hall is still one voice.
    """
    classes = np.rint(notes.midi_pitch).astype(np.int64) % 12
    of_class = classes == np.arange(12)[:, None]
    shorter = _turns(notes.onset_s, _stop_s(notes), of_class)
    every = _turns(notes.onset_s, notes.end_s, np.ones((1, len(notes)), bool))
    many = (shorter[1] > 0).sum(axis=0) > 1
    sounds_s = _time(every[0], every[1][0] > 0, count)
    return sounds_s, _time(shorter[0], many, count), _time(every[0], every[1][0], count)


def _stop_s(notes: Notes) -> Float64[np.ndarray, " notes"]:
    """When each note stops at the latest, should its end be no more than its ringing."""
    stops: np.ndarray = notes.end_s - np.minimum(_RING_S, _RING_SHARE * notes.duration_s)
    return stops


def _turns(
    start_s: np.ndarray, end_s: np.ndarray, groups: Bool[np.ndarray, "groups notes"]
) -> tuple[Float64[np.ndarray, " turns"], Int64[np.ndarray, "groups turns"]]:
    """When anything begins or ends, and how many notes of each group sound from then on."""
    times_s = np.concatenate([start_s, end_s])
    order = np.argsort(times_s, kind="stable")
    change = np.concatenate([groups, -1 * groups], axis=1)[:, order]
    return times_s[order], np.cumsum(change, axis=1)


def _time(
    turns_s: Float64[np.ndarray, " turns"], weight: np.ndarray, count: int
) -> Float64[np.ndarray, " seconds"]:
    """How much of each second there is of what has this weight from each turn on."""
    grown = np.cumsum(np.append(0.0, weight[:-1] * np.diff(turns_s)))
    seconds_s = np.append(np.arange(count, dtype=float), max(float(count), turns_s[-1]))
    return np.diff(np.interp(seconds_s, turns_s, grown))


def _instants(
    notes: Notes,
) -> tuple[Float64[np.ndarray, " instants"], Int64[np.ndarray, " instants"]]:
    """When something begins, and how many notes begin within a tenth of a second."""
    starts, first = notes.onset_s, -np.inf
    begins: list[int] = []
    for k, start_s in enumerate(starts.tolist()):
        if start_s - first > _TOGETHER_S:
            begins.append(k)
            first = start_s
    counts = np.diff(np.append(np.array(begins, np.int64), len(notes)))
    return starts[np.array(begins, np.int64)], counts


def _together(
    notes: Notes, instants: tuple[np.ndarray, np.ndarray], count: int
) -> Float64[np.ndarray, " seconds"]:
    """Of the other notes that sound when one begins, the share that begins with it."""
    at_s, begins = instants
    when_s = at_s + _TOGETHER_S
    started = np.searchsorted(notes.onset_s, when_s, side="right")
    ended = np.searchsorted(np.sort(_stop_s(notes)), at_s, side="right")
    others = np.maximum(started - ended, begins) - 1
    with_it = _counted(at_s, count, (begins - 1).astype(float))
    return _ratio(with_it, _counted(at_s, count, others.astype(float)))


def _steps(rest: Notes, notes: Notes) -> Bool[np.ndarray, " rest"]:
    """Which notes follow one a step away that ends as they begin."""
    ends = np.sort(_keyed(notes, notes.end_s))
    found = np.zeros(len(rest), bool)
    for step in (-2, -1, 1, 2):
        at = _keyed(rest, rest.onset_s) + step * _KEY_S
        found |= np.searchsorted(ends, at + _NEXT_S) > np.searchsorted(ends, at - _NEXT_S)
    return found


def _returns(rest: Notes) -> Bool[np.ndarray, " rest"]:
    """Which notes sound a pitch that began a little before."""
    begins = np.sort(_keyed(rest, rest.onset_s))
    at = _keyed(rest, rest.onset_s)
    before = np.searchsorted(begins, at - _TOGETHER_S) - np.searchsorted(begins, at - _RETURN_S)
    found: np.ndarray = before > 0
    return found


def _keyed(notes: Notes, times_s: np.ndarray) -> Float64[np.ndarray, " notes"]:
    keyed: np.ndarray = np.rint(notes.midi_pitch.astype(float)) * _KEY_S + times_s
    return keyed


def _per_second(
    notes: Notes, count: int, weights: np.ndarray | None = None
) -> Float64[np.ndarray, " seconds"]:
    return _counted(notes.onset_s, count, weights)


def _counted(
    at_s: np.ndarray, count: int, weights: np.ndarray | None = None
) -> Float64[np.ndarray, " seconds"]:
    column = np.minimum(at_s.astype(np.int64), count - 1)
    table = np.bincount(column, weights, minlength=count).astype(np.float64)
    return _around(table)


def _around(row: np.ndarray) -> Float64[np.ndarray, " seconds"]:
    window = np.hanning(_WINDOW_S + 2)[1:-1]
    summed: np.ndarray = np.maximum(scipy.ndimage.convolve1d(row, window, mode="constant"), 0.0)
    return summed


def _ratio(part: np.ndarray, whole: np.ndarray) -> Float64[np.ndarray, " seconds"]:
    shares: np.ndarray = np.where(whole > 1e-9, part / np.where(whole > 1e-9, whole, 1), 0.0)
    return shares
