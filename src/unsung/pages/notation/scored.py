"""Notes of a score, written as the page has them."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from attrs import evolve

from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.model.score import Score
from unsung.pages.notation.passage import Metre, Passage
from unsung.pages.notation.rhythm import rhythm
from unsung.pages.notation.setting import UNMEASURED_BPM, Onset, measured, set_at
from unsung.pages.notation.spelling import spelled

_FINEST = 24
_PLAIN = (Fraction(1, 8), Fraction(3, 8), Fraction(1, 3), Fraction(2, 3))
_EXACT_QL = 1 / 400
_SAME_S, _SAME_SEMITONES = 1e-6, 1e-3

Place = tuple[Fraction, Fraction]


def score_passage(score: Score, notes: Notes, key: Key | None = None) -> Passage:
    """Notes from a score, with the values, the metre and the signature of the page.

    Where the page is a performance, off every grid, its rhythm is found as from sound.
    """
    played = score_places(score, notes)
    places = _exact(played)
    if not _is_on_grid(played, places):
        return _performed(notes, key, played)
    members, together = _chords(places)
    together = [_readable(together, k) for k in range(len(together))]
    begins = min((onset for onset, _ in places), default=Fraction(0))
    passage = set_at(notes, key, members, together, _tempo_bpm(score, begins))
    return evolve(_as_signed(passage, score, begins), metre=_metre(score, begins))


def score_places(score: Score, notes: Notes) -> list[tuple[float, float]]:
    """Onset and length of each note in quarters, as the page has them."""
    columns = (notes.onset_s.tolist(), notes.end_s.tolist(), notes.midi_pitch.tolist())
    return [
        _on_the_page(score, onset_s, pitch) or _between(score, onset_s, end_s)
        for onset_s, end_s, pitch in zip(*columns, strict=True)
    ]


def _on_the_page(score: Score, onset_s: float, pitch: float) -> tuple[float, float] | None:
    """Where this very note stands; None where the page has no such note."""
    written = score.notes
    first, last = np.searchsorted(written.onset_s, (onset_s - _SAME_S, onset_s + _SAME_S))
    for k in range(int(first), int(last)):
        if abs(written.midi_pitch[k] - pitch) < _SAME_SEMITONES:
            return float(score.onset_ql[k]), float(score.duration_ql[k])
    return None


def quarters(score: Score, time_s: float) -> float:
    """The quarter that sounds at an instant, read off the notes around it."""
    notes = score.notes
    if not len(notes):
        return time_s * UNMEASURED_BPM / 60
    last = int(notes.end_s.argmax())
    times_s = np.append(notes.onset_s, notes.end_s[last])
    places = np.append(score.onset_ql, score.onset_ql[last] + score.duration_ql[last])
    return float(np.interp(time_s, times_s, places))


def _between(score: Score, start_s: float, end_s: float) -> tuple[float, float]:
    start_ql = quarters(score, start_s)
    return start_ql, max(quarters(score, end_s) - start_ql, 1 / _FINEST)


def _exact(played: list[tuple[float, float]]) -> list[Place]:
    """The nearest thirty-seconds or sixths of a quarter."""
    return [
        (
            Fraction(round(onset_ql * _FINEST), _FINEST),
            Fraction(max(1, round(length_ql * _FINEST)), _FINEST),
        )
        for onset_ql, length_ql in played
    ]


def _is_on_grid(played: list[tuple[float, float]], places: list[Place]) -> bool:
    pairs = zip(played, places, strict=True)
    return all(abs(onset - float(exact)) <= _EXACT_QL for (onset, _), (exact, _) in pairs)


def _performed(notes: Notes, key: Key | None, played: list[tuple[float, float]]) -> Passage:
    """A quarter of the page lasts a second here: its tempo is certain, its rhythm is not."""
    order = sorted(range(len(notes)), key=lambda k: played[k][0])
    onsets = [Onset(played[k][0], sum(played[k]), (k,)) for k in order]
    distinct = [one for k, one in enumerate(onsets) if not k or one.start_s > onsets[k - 1].start_s]
    found = rhythm([one.start_s for one in distinct], 60.0, certain=True)
    return measured(notes, key, distinct, found)


def _chords(places: list[Place]) -> tuple[list[tuple[int, ...]], list[Place]]:
    """Notes of one onset together, as long as the longest but no longer than to the next."""
    starts = sorted({onset for onset, _ in places})
    members, together = [], []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        here = tuple(k for k, (onset, _) in enumerate(places) if onset == start)
        longest = max(places[k][1] for k in here)
        members.append(here)
        together.append((start, longest if following is None else min(longest, following - start)))
    return members, together


def _readable(places: list[Place], k: int) -> Place:
    """Its length as a copyist writes it: a note that ends a little early is only played so."""
    onset, length = places[k]
    following = places[k + 1][0] if k + 1 < len(places) else onset
    is_in_thirds = onset.denominator % 3 == 0 or following.denominator % 3 == 0
    if _is_plain(length, is_in_thirds=is_in_thirds):
        return onset, length
    step = Fraction(1, 3 if onset.denominator % 3 == 0 else 4)
    nearest = max(step, step * round(length / step))
    room = following - onset or nearest
    return onset, room if room - nearest <= max(step, room / 4) else nearest


def _is_plain(length: Fraction, *, is_in_thirds: bool) -> bool:
    """Sixteenths, thirty-seconds and, among triplets, sixths; the rest is a hand on a key."""
    is_in_sixths = is_in_thirds and (length * 6).denominator == 1
    return length in _PLAIN or is_in_sixths or (length * 4).denominator == 1


def _tempo_bpm(score: Score, at_ql: Fraction) -> float:
    said = [mark.tempo_bpm for mark in score.tempo_marks if _holds(mark.onset_ql, at_ql)]
    return said[-1] if said else UNMEASURED_BPM


def _metre(score: Score, at_ql: Fraction) -> Metre | None:
    said = [mark for mark in score.metre_marks if _holds(mark.onset_ql, at_ql)]
    if not said:
        return None
    begins = Fraction(said[-1].onset_ql).limit_denominator(_FINEST)
    return Metre(said[-1].beats, said[-1].beat_type, begins)


def _as_signed(passage: Passage, score: Score, at_ql: Fraction) -> Passage:
    """Under the signature that the page states, if it states one."""
    said = [mark for mark in score.key_marks if _holds(mark.onset_ql, at_ql)]
    return _respelled(passage, said[-1].fifths) if said else passage


def _holds(onset_ql: float, at_ql: Fraction) -> bool:
    return onset_ql <= float(at_ql) + _EXACT_QL


def _respelled(passage: Passage, of_fifths: int) -> Passage:
    in_order: Sequence[int] = [note.spelling.midi_pitch for note in passage.notes]
    spelling = iter(spelled(in_order, of_fifths))
    chords = tuple(
        evolve(chord, notes=tuple(evolve(note, spelling=next(spelling)) for note in chord.notes))
        for chord in passage.chords
    )
    return evolve(passage, chords=chords, fifths=of_fifths)
