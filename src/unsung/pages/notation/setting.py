"""Notes set on a staff: gathered into onsets, spelled, given the note values that were found."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

import numpy as np
from attrs import evolve, frozen

from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.pages.notation.grid import PER_QUARTER, is_third
from unsung.pages.notation.metre import metre
from unsung.pages.notation.passage import Chord, Passage, Written, clef
from unsung.pages.notation.rhythm import UNMEASURED, Rhythm, Unmeasured
from unsung.pages.notation.spelling import Spelling, signature, spelled

TOGETHER_S = 0.045
"""Notes that begin within this of one another are a chord."""
UNMEASURED_BPM = 120.0
_SHORTEST_REST = PER_QUARTER // 2
_LONGEST = 4 * PER_QUARTER
_LENGTHS = (3, 6, 9, 12, 18, 24, 36, 48)


@frozen
class Onset:
    """Notes that begin together, by index, and how long the longest sounds."""

    start_s: float
    end_s: float
    members: tuple[int, ...]


def gathered(notes: Notes, together_s: float = TOGETHER_S) -> list[Onset]:
    """The onsets of notes, in order."""
    found: list[Onset] = []
    starts, ends = notes.onset_s.tolist(), notes.end_s.tolist()
    for k, (start_s, end_s) in enumerate(zip(starts, ends, strict=True)):
        if found and start_s - found[-1].start_s <= together_s:
            last = found.pop()
            found.append(Onset(last.start_s, max(last.end_s, end_s), (*last.members, k)))
        else:
            found.append(Onset(start_s, end_s, (k,)))
    return found


def measured(
    notes: Notes, key: Key | None, onsets: Sequence[Onset], found: Rhythm | Unmeasured
) -> Passage:
    """The notes with these note values; heads one after the other where there are none."""
    if found is UNMEASURED:
        return heads(notes, key, onsets, _columns(onsets))
    lengths = _lengths(onsets, found)
    places = [
        (Fraction(place, PER_QUARTER), Fraction(length, PER_QUARTER))
        for place, length in zip(found.places, lengths, strict=True)
    ]
    passage = set_at(notes, key, [one.members for one in onsets], places, 60 / found.quarter_s)
    return evolve(passage, metre=metre(passage.chords))


def _columns(onsets: Sequence[Onset]) -> list[int]:
    """One column on after a short step, two or three after long ones: wider is longer."""
    steps_s = [after.start_s - before.start_s for before, after in pairwise(onsets)]
    short_s = sorted(steps_s)[len(steps_s) // 4] if steps_s else 0.0
    columns = (1 + (step_s > 1.6 * short_s) + (step_s > 3.2 * short_s) for step_s in steps_s)
    return list(accumulate(columns, initial=0))[: len(onsets)]


def heads(
    notes: Notes, key: Key | None, onsets: Sequence[Onset], columns: Sequence[int]
) -> Passage:
    """Heads without note values, each onset in its column."""
    places = [(Fraction(column), Fraction(1)) for column in columns]
    passage = set_at(notes, key, [one.members for one in onsets], places, UNMEASURED_BPM)
    return evolve(passage, is_measured=False)


def set_at(
    notes: Notes,
    key: Key | None,
    members: Sequence[tuple[int, ...]],
    places: Sequence[tuple[Fraction, Fraction]],
    tempo_bpm: float,
) -> Passage:
    """Chords of these notes at these places (onset and length), in the key's spelling."""
    pitches = whole_pitches(notes)
    spelling = spelled_notes(notes, key)
    chords = tuple(
        Chord(onset_ql, length_ql, _written(notes, spelling, together))
        for together, (onset_ql, length_ql) in zip(members, places, strict=True)
    )
    return Passage(chords, signature(pitches, key), clef(pitches), tempo_bpm)


def spelled_notes(notes: Notes, key: Key | None) -> list[Spelling]:
    """How each note is written in that key."""
    pitches = whole_pitches(notes)
    return spelled(pitches, signature(pitches, key), key.mode if key else "major")


def whole_pitches(notes: Notes) -> list[int]:
    """The nearest key on the piano of each note."""
    nearest: list[int] = np.rint(notes.midi_pitch).astype(int).tolist()
    return nearest


def _written(
    notes: Notes, spelling: list[Spelling], together: tuple[int, ...]
) -> tuple[Written, ...]:
    """From the lowest to the highest; notes of one pitch are written once."""
    distinct = {spelling[k].midi_pitch: k for k in reversed(together)}
    return tuple(
        Written(k, spelling[k], float(notes.onset_s[k]), float(notes.end_s[k]))
        for _, k in sorted(distinct.items())
    )


def _lengths(onsets: Sequence[Onset], found: Rhythm) -> list[int]:
    """How long each is written, in twelfths: to the next, unless a rest is plainly heard."""
    sounds = [(one.end_s - one.start_s) * PER_QUARTER / found.quarter_s for one in onsets]
    places = found.places
    inner = [_length(places[k], places[k + 1], sounds[k]) for k in range(len(places) - 1)]
    return [*inner, _last_length(places[-1], sounds[-1])] if places else []


def _length(place: int, following: int, sounds: float) -> int:
    """Ends before the next onset fall on eighths, or on the beat where thirds are about."""
    room, step = following - place, PER_QUARTER if is_third(place) else _SHORTEST_REST
    nearest = step * round((place + sounds) / step)
    until = max(nearest, step * (place // step + 1)) - place
    return room if room - until < _SHORTEST_REST or sounds >= 0.6 * room else until


def _last_length(place: int, sounds: float) -> int:
    """The simple value nearest to how long it sounds; after a third of a beat, to the next beat."""
    if is_third(place):
        return PER_QUARTER - place % PER_QUARTER
    return min(_LENGTHS, key=lambda length: abs(length - sounds))
