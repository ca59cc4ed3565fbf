"""From what was heard to what is written: passages of recordings, of scores, and beside another."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from attrs import evolve, frozen

from unsung.model.motif import NotePair
from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.model.score import Score
from unsung.pages.notation.grid import PER_QUARTER, is_third
from unsung.pages.notation.metre import metre
from unsung.pages.notation.passage import Chord, Metre, Passage, Written, clef
from unsung.pages.notation.rhythm import UNMEASURED, Rhythm, Unmeasured, rhythm, rhythm_like
from unsung.pages.notation.spelling import Spelling, fifths, signature, spelled

_TOGETHER_S = 0.045
_UNMEASURED_BPM = 120.0
_LONGEST = 4 * PER_QUARTER
_SHORTEST_REST = PER_QUARTER // 2
_FINEST = 24
_EXACT_QL = 1 / 400
_SAME_S = 1e-6


@frozen
class _Onset:
    """Notes that begin together, by index, the lowest first; and how long the longest sounds."""

    start_s: float
    end_s: float
    members: tuple[int, ...]


def heard_passage(
    notes: Notes, key: Key | None = None, tempo_bpm: float | None = None
) -> Passage:
    """Notes from sound, written down: the rhythm that fits best, or heads without values."""
    onsets = _onsets(notes, _TOGETHER_S)
    found = rhythm([one.start_s for one in onsets], tempo_bpm)
    return _passage(notes, key, onsets, found)


def score_passage(score: Score, notes: Notes, key: Key | None = None) -> Passage:
    """Notes from a score, with the values, the metre and the signature of the page.

    Where the page is a performance, off every grid, its rhythm is found as from sound.
    """
    places = score_places(score, notes)
    exact = _exact(places)
    if exact is None:
        onsets = _onsets(notes, _SAME_S)
        first = [places[one.members[0]][0] for one in onsets]
        return _passage(notes, key, onsets, rhythm(first, 60.0, certain=True))
    chords = _score_chords(notes, exact, key)
    tempo_bpm = _in_force(score.tempo_marks, exact[0][0], "tempo_bpm", _UNMEASURED_BPM)
    written = _written_passage(notes, key, chords, tempo_bpm)
    marked = _signature_there(score, exact[0][0])
    if marked is not None:
        written = _respelled(written, marked)
    return evolve(written, metre=_metre_there(score, exact[0][0]))


def score_places(score: Score, notes: Notes) -> list[tuple[float, float]]:
    """Onset and length of each note in quarters, as the page has them."""
    known = {
        (round(onset_s, 6), round(pitch, 3)): (onset_ql, duration_ql)
        for onset_s, pitch, onset_ql, duration_ql in zip(
            score.notes.onset_s.tolist(),
            score.notes.midi_pitch.tolist(),
            score.onset_ql.tolist(),
            score.duration_ql.tolist(),
            strict=True,
        )
    }
    columns = (notes.onset_s.tolist(), notes.end_s.tolist(), notes.midi_pitch.tolist())
    return [
        known.get((round(onset_s, 6), round(pitch, 3)))
        or _between(quarters(score, onset_s), quarters(score, end_s))
        for onset_s, end_s, pitch in zip(*columns, strict=True)
    ]


def _between(start_ql: float, end_ql: float) -> tuple[float, float]:
    return start_ql, max(end_ql - start_ql, 1 / _FINEST)


def quarters(score: Score, time_s: float) -> float:
    """The quarter that sounds at an instant, read off the notes around it."""
    if not len(score.notes):
        return time_s * 2
    times_s = np.concatenate([score.notes.onset_s, score.notes.end_s])
    places = np.concatenate([score.onset_ql, score.onset_ql + score.duration_ql])
    order = np.lexsort((places, times_s))
    return float(np.interp(time_s, times_s[order], places[order]))


def beside(
    prototype: Passage, notes: Notes, pairs: tuple[NotePair, ...], tempo_ratio: float,
    key: Key | None = None,
) -> tuple[Passage, Passage]:
    """The prototype and an occurrence as two staves, note under note.

    The occurrence is written in the prototype's own note values: what is only faster looks the
    same. Where either has no rhythm that fits, both are heads in columns.
    """  # fmt: skip
    onsets = _onsets(notes, _TOGETHER_S)
    answers = _answers(prototype, onsets, pairs)
    found: Rhythm | Unmeasured = UNMEASURED
    if prototype.is_measured and answers:
        places = {
            ours: _twelfths(prototype.chords[theirs].onset_ql) for ours, theirs in answers.items()
        }
        starts_s = [one.start_s for one in onsets]
        found = rhythm_like(starts_s, places, 60 / prototype.tempo_bpm / tempo_ratio)
    if found is UNMEASURED:
        upper, columns = _columns(prototype, len(onsets), answers)
        lower = _heads(notes, key, onsets, columns)
    else:
        upper = prototype
        lower = evolve(_passage(notes, key, onsets, found), metre=prototype.metre)
    return upper, _marked(lower, prototype, notes, pairs)


def _onsets(notes: Notes, together_s: float) -> list[_Onset]:
    found: list[_Onset] = []
    starts, ends = notes.onset_s.tolist(), notes.end_s.tolist()
    for k, (start_s, end_s) in enumerate(zip(starts, ends, strict=True)):
        if found and start_s - found[-1].start_s <= together_s:
            last = found.pop()
            found.append(_Onset(last.start_s, max(last.end_s, end_s), (*last.members, k)))
        else:
            found.append(_Onset(start_s, end_s, (k,)))
    return found


def _passage(
    notes: Notes, key: Key | None, onsets: list[_Onset], found: Rhythm | Unmeasured
) -> Passage:
    if found is UNMEASURED:
        return _heads(notes, key, onsets, range(len(onsets)))
    spelling = _spellings(notes, key)
    lengths = _lengths(onsets, found)
    chords = tuple(
        _chord(notes, spelling, one, Fraction(place, PER_QUARTER), Fraction(length, PER_QUARTER))
        for one, place, length in zip(onsets, found.places, lengths, strict=True)
    )
    written = _written_passage(notes, key, chords, 60 / found.quarter_s)
    return evolve(written, metre=metre(chords))


def _heads(
    notes: Notes, key: Key | None, onsets: list[_Onset], columns: Sequence[int]
) -> Passage:
    spelling = _spellings(notes, key)
    chords = tuple(
        _chord(notes, spelling, one, Fraction(column), Fraction(1))
        for one, column in zip(onsets, columns, strict=True)
    )
    return evolve(_written_passage(notes, key, chords, _UNMEASURED_BPM), is_measured=False)


def _written_passage(
    notes: Notes, key: Key | None, chords: tuple[Chord, ...], tempo_bpm: float
) -> Passage:
    pitches = _pitches(notes)
    return Passage(chords, signature(pitches, key), clef(pitches), tempo_bpm)


def _pitches(notes: Notes) -> list[int]:
    rounded: list[int] = np.rint(notes.midi_pitch).astype(int).tolist()
    return rounded


def _spellings(notes: Notes, key: Key | None) -> list[Spelling]:
    pitches = _pitches(notes)
    return spelled(pitches, signature(pitches, key), key.mode if key else "major")


def _chord(
    notes: Notes, spelling: list[Spelling], one: _Onset, onset_ql: Fraction, length_ql: Fraction
) -> Chord:
    distinct = {spelling[k].midi_pitch: k for k in reversed(one.members)}
    written = (
        Written(k, spelling[k], float(notes.onset_s[k]), float(notes.end_s[k]))
        for _, k in sorted(distinct.items())
    )
    return Chord(onset_ql, length_ql, tuple(written))


def _lengths(onsets: list[_Onset], found: Rhythm) -> list[int]:
    """How long each is written: to the next, unless a rest is plainly heard."""
    per_s = PER_QUARTER / found.quarter_s
    following = [*found.places[1:], found.places[-1] + _LONGEST] if onsets else []
    return [
        _length(place, (one.end_s - one.start_s) * per_s, after - place, is_last=k == len(onsets) - 1)
        for k, (one, place, after) in enumerate(zip(onsets, found.places, following, strict=True))
    ]


def _length(place: int, sounds: float, room: int, *, is_last: bool) -> int:
    step = 4 if is_third(place) or is_third(place + room) else 3
    simple = [length for length in (3, 4, 6, 8, 9, 12, 18, 24, 36, 48) if length % step == 0]
    if is_last:
        return min(simple, key=lambda length: abs(length - sounds))
    until = max(step, step * round(sounds / step))
    rest = room - until
    return room if rest < _SHORTEST_REST or sounds >= 0.6 * room else until


def _exact(places: list[tuple[float, float]]) -> list[tuple[Fraction, Fraction]] | None:
    """The places as fractions, if the onsets lie on thirty-seconds or sixths of a quarter."""
    found = [
        (Fraction(round(onset * _FINEST), _FINEST), Fraction(max(1, round(length * _FINEST)), _FINEST))
        for onset, length in places
    ]
    off = [abs(float(exact) - onset) for (exact, _), (onset, _) in zip(found, places, strict=True)]
    return found if found and max(off) <= _EXACT_QL else None


def _score_chords(
    notes: Notes, exact: list[tuple[Fraction, Fraction]], key: Key | None
) -> tuple[Chord, ...]:
    """Notes of one onset together, as long as the longest but no longer than to the next."""
    spelling = _spellings(notes, key)
    onsets = sorted({onset for onset, _ in exact})
    chords = []
    for onset, following in zip(onsets, [*onsets[1:], None], strict=True):
        members = tuple(k for k, place in enumerate(exact) if place[0] == onset)
        longest = max(exact[k][1] for k in members)
        length = longest if following is None else min(longest, following - onset)
        chords.append(_chord(notes, spelling, _Onset(0, 0, members), onset, length))
    return tuple(chords)


def _in_force(marks: Sequence[object], at_ql: Fraction, answer: str, otherwise: float) -> float:
    said = [mark for mark in marks if getattr(mark, "onset_ql", 0) <= float(at_ql) + _EXACT_QL]
    return float(getattr(said[-1], answer)) if said else otherwise


def _metre_there(score: Score, at_ql: Fraction) -> Metre | None:
    said = [mark for mark in score.metre_marks if mark.onset_ql <= float(at_ql) + _EXACT_QL]
    if not said:
        return None
    mark = said[-1]
    return Metre(mark.beats, mark.beat_type, Fraction(mark.onset_ql).limit_denominator(_FINEST))


def _signature_there(score: Score, at_ql: Fraction) -> int | None:
    said = [mark for mark in score.key_marks if mark.onset_ql <= float(at_ql) + _EXACT_QL]
    return said[-1].fifths if said else None


def _respelled(passage: Passage, of_fifths: int) -> Passage:
    """The same under the signature that the page states."""
    pitches = [note.spelling.midi_pitch for note in passage.notes]
    spelling = iter(spelled(pitches, of_fifths))
    chords = tuple(
        evolve(chord, notes=tuple(evolve(note, spelling=next(spelling)) for note in chord.notes))
        for chord in passage.chords
    )
    return evolve(passage, chords=chords, fifths=of_fifths)


def _twelfths(time_ql: Fraction) -> int:
    return round(time_ql * PER_QUARTER)


def _answers(
    prototype: Passage, onsets: list[_Onset], pairs: tuple[NotePair, ...]
) -> dict[int, int]:
    """Which chord of the prototype each onset answers to; both only ever go on."""
    chord_of = {note.index: k for k, chord in enumerate(prototype.chords) for note in chord.notes}
    onset_of = {index: k for k, one in enumerate(onsets) for index in one.members}
    found: dict[int, int] = {}
    for theirs, ours in sorted(pairs):
        if theirs in chord_of and ours in onset_of:
            onset, chord = onset_of[ours], chord_of[theirs]
            if all(onset > k and chord > c for k, c in found.items()):
                found[onset] = chord
    return found


def _columns(
    prototype: Passage, count: int, answers: Mapping[int, int]
) -> tuple[Passage, list[int]]:
    """Both as heads in columns: what answers stands below, the rest between."""
    at: list[int] = []
    upper: list[int] = []
    now = 0
    for onset in range(count):
        until = answers.get(onset)
        if until is not None:
            gap = until - len(upper)
            upper += [now + k for k in range(gap + 1)]
            now += gap
        at.append(now)
        now += 1
    upper += [now + k for k in range(len(prototype.chords) - len(upper))]
    chords = tuple(
        evolve(chord, onset_ql=Fraction(column), length_ql=Fraction(1))
        for chord, column in zip(prototype.chords, upper, strict=True)
    )
    return evolve(prototype, chords=chords, metre=None, is_measured=False), at


def _marked(
    lower: Passage, prototype: Passage, notes: Notes, pairs: tuple[NotePair, ...]
) -> Passage:
    """Notes that answer to none are `added`; those whose interval changed are `moved`."""
    answers = {ours: theirs for theirs, ours in pairs}
    theirs = {note.index: note.spelling.midi_pitch for note in prototype.notes}
    pitches = _pitches(notes)
    steps = [pitches[o] - theirs[t] for o, t in answers.items() if t in theirs and o < len(pitches)]
    usual = max(sorted(set(steps)), key=steps.count) if steps else 0
    def look(index: int) -> str:
        if index not in answers:
            return "added"
        step = pitches[index] - theirs.get(answers[index], pitches[index] - usual)
        return "" if (step - usual) % 12 == 0 else "moved"
    chords = tuple(
        evolve(chord, notes=tuple(evolve(note, look=look(note.index)) for note in chord.notes))
        for chord in lower.chords
    )
    return evolve(lower, chords=chords)
