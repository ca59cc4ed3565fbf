"""A score from what its page or its MIDI events say in quarters."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from attrs import frozen
from jaxtyping import Float64

from unsung.model.errors import LibraryError
from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.model.score import KeyMark, MetreMark, Score, TempoMark

MOST_NOTES = 500_000
MOST_PARTS = 1_000
DEFAULT_TEMPO_BPM = 120.0
"""What MIDI plays, and what is assumed of a page, where nothing is said."""

SLOWEST_BPM, FASTEST_BPM = 5.0, 1_000.0
Note = tuple[float, float, float, int]
"""Onset and duration in quarters, MIDI pitch, and the index of the part."""

T = TypeVar("T")
_LONGEST_S = 24 * 3600
_SHORTEST_NOTE_S = 0.001


@frozen
class Marks:
    """Tempo, metre and key from their onsets in quarters on, and where the score ends."""

    end_ql: float
    tempi: Sequence[tuple[float, float]] = ()
    metres: Sequence[tuple[float, tuple[int, int]]] = ()
    keys: Sequence[tuple[float, tuple[int, str]]] = ()


def written_score(notes: Sequence[Note], part_names: Sequence[str], marks: Marks) -> Score:
    """The score of these notes, in any order, and marks.

    Tempi are held within 5..1,000 quarters a minute, the first counts from the beginning, and
    every note lasts at least a millisecond. `LibraryError` where there is more than music has.
    """
    _refuse_absurd(notes, part_names)
    tempo_marks = _tempo_marks(marks.tempi)
    onset_ql, duration_ql, pitch, part = np.array(notes, np.float64).reshape(-1, 4).T
    onset_s = seconds_at(onset_ql, tempo_marks)
    duration_s = seconds_at(onset_ql + duration_ql, tempo_marks) - onset_s
    length_s = float(seconds_at(np.array([marks.end_ql]), tempo_marks)[0])
    order = np.lexsort((part, pitch, onset_s))
    sounding = Notes(
        onset_s[order],
        np.maximum(duration_s, _SHORTEST_NOTE_S)[order],
        pitch[order],
        np.ones(len(order)),
        part[order],
        tuple(distinct_names(part_names)) or ("",),
    )
    score = Score(
        sounding,
        onset_ql[order],
        duration_ql[order],
        max(length_s, float(sounding.end_s.max(initial=0.0))),
        tempo_marks,
        tuple(MetreMark(at, *metre) for at, metre in news(marks.metres)),
        tuple(key_mark(at, *key) for at, key in news(marks.keys)),
    )
    return _bounded(score)


def seconds_at(
    onset_ql: Float64[np.ndarray, " times"], tempo_marks: Sequence[TempoMark]
) -> Float64[np.ndarray, " times"]:
    """When these moments of the score sound, by its tempo marks."""
    knots = np.array([mark.onset_ql for mark in tempo_marks])
    knots_s = np.array([mark.onset_s for mark in tempo_marks])
    quarters_s = 60 / np.array([mark.tempo_bpm for mark in tempo_marks])
    at = np.maximum(np.searchsorted(knots, onset_ql, side="right") - 1, 0)
    times: np.ndarray = knots_s[at] + (onset_ql - knots[at]) * quarters_s[at]
    return times


def news(marks: Iterable[tuple[float, T]]) -> list[tuple[float, T]]:
    """The marks in order of time that say something new; of several at once the last counts."""
    latest = dict(sorted(marks, key=lambda mark: mark[0]))
    told = list(latest.items())
    return [mark for at, mark in enumerate(told) if at == 0 or told[at - 1][1] != mark[1]]


def key_mark(onset_ql: float, fifths: int, mode: str) -> KeyMark:
    """A key signature; with its key where the mode is said to be major or minor."""
    tonic = 7 * fifths % 12
    if mode == "major":
        return KeyMark(onset_ql, fifths, Key(tonic, "major"))
    if mode == "minor":
        return KeyMark(onset_ql, fifths, Key((tonic + 9) % 12, "minor"))
    return KeyMark(onset_ql, fifths)


def distinct_names(names: Iterable[str]) -> list[str]:
    """The names, the second of a kind numbered: Violin, Violin 2."""
    taken: dict[str, int] = {}
    distinct = []
    for name in names:
        taken[name] = taken.get(name, 0) + 1
        distinct.append(name if taken[name] == 1 else f"{name} {taken[name]}")
    return distinct


def _refuse_absurd(notes: Sequence[Note], part_names: Sequence[str]) -> None:
    if len(notes) > MOST_NOTES:
        raise LibraryError(f"it holds more than {MOST_NOTES} notes; divide it into tracks")
    if len(part_names) > MOST_PARTS:
        raise LibraryError(f"it holds more than {MOST_PARTS} parts; divide it into tracks")


def _tempo_marks(tempi: Iterable[tuple[float, float]]) -> tuple[TempoMark, ...]:
    """The marks on the clock; where the page says nothing at first, its first tempo counts."""
    held = news((at, min(max(bpm, SLOWEST_BPM), FASTEST_BPM)) for at, bpm in tempi)
    (_, first_bpm), *later = held or [(0.0, DEFAULT_TEMPO_BPM)]
    marks = [TempoMark(0.0, 0.0, first_bpm)]
    for onset_ql, tempo_bpm in later:
        last = marks[-1]
        onset_s = last.onset_s + (onset_ql - last.onset_ql) * 60 / last.tempo_bpm
        marks.append(TempoMark(onset_s, onset_ql, tempo_bpm))
    return tuple(marks)


def _bounded(score: Score) -> Score:
    if score.duration_s > _LONGEST_S:
        days = score.duration_s / _LONGEST_S
        raise LibraryError(f"it would last {days:.1f} days; its timing is damaged, fetch it again")
    return score
