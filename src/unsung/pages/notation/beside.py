"""An occurrence under its prototype: two staves in which note stands under note."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import evolve

from unsung.model.motif import NotePair
from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.pages.notation.bars import bars
from unsung.pages.notation.grid import PER_QUARTER
from unsung.pages.notation.passage import Passage
from unsung.pages.notation.rhythm import UNMEASURED, Rhythm, Unmeasured, rhythm_like
from unsung.pages.notation.setting import Onset, gathered, heads, measured, set_at, whole_pitches

_SIXTEENTH = Fraction(1, 4)


def beside(
    prototype: Passage,
    notes: Notes,
    pairs: tuple[NotePair, ...],
    tempo_ratio: float,
    key: Key | None = None,
) -> tuple[Passage, Passage]:
    """The prototype, and an occurrence set so that what answers stands beneath.

    The occurrence takes the prototype's note values: what is only faster looks the same. Where its
    rhythm fits none, it is heads beneath what they answer; where the prototype has no rhythm, or
    there is no room for notes that were added, both are heads in columns.
    """
    onsets = gathered(notes)
    answers = _answers(prototype, onsets, pairs)
    found = _rhythm(prototype, onsets, answers, tempo_ratio)
    if found is UNMEASURED:
        upper, lower = _as_heads(prototype, notes, key, onsets, answers)
    else:
        upper = prototype
        lower = evolve(measured(notes, key, onsets, found), metre=prototype.metre)
    return upper, _marked(lower, prototype, notes, pairs)


def _as_heads(
    prototype: Passage,
    notes: Notes,
    key: Key | None,
    onsets: Sequence[Onset],
    answers: Mapping[int, int],
) -> tuple[Passage, Passage]:
    if prototype.is_measured and answers:
        places = _places_beneath(prototype, len(onsets), answers)
        if all(before < after for before, after in pairwise(places)):
            lower = _heads_beneath(prototype, notes, key, onsets, places)
            if _has_plain_values(lower, prototype):
                return prototype, lower
    upper, columns = _columns(prototype, len(onsets), answers)
    return upper, heads(notes, key, onsets, columns)


def _places_beneath(prototype: Passage, count: int, answers: Mapping[int, int]) -> list[Fraction]:
    """Where what it answers stands; added notes in between, on sixteenths, or at a distance."""
    known = {onset: prototype.chords[chord].onset_ql for onset, chord in answers.items()}
    first, last = min(known), max(known)
    places = []
    for onset in range(count):
        before = max((k for k in known if k <= onset), default=first)
        after = min((k for k in known if k >= onset), default=last)
        share = Fraction(onset - before, max(1, after - before))
        between = known[before] + (known[after] - known[before]) * share // _SIXTEENTH * _SIXTEENTH
        beyond = Fraction(onset - max(first, min(onset, last)), 2)
        places.append(between if first <= onset <= last else known[before] + beyond)
    return places


def _heads_beneath(
    prototype: Passage,
    notes: Notes,
    key: Key | None,
    onsets: Sequence[Onset],
    places: Sequence[Fraction],
) -> Passage:
    """Heads as short as a quarter or less, so that all are filled alike."""
    rooms = [after - before for before, after in pairwise(places)]
    lengths = [min(room, Fraction(1)) for room in [*rooms, Fraction(1, 2)]]
    members = [one.members for one in onsets]
    together = list(zip(places, lengths, strict=True))
    passage = set_at(notes, key, members, together, prototype.tempo_bpm)
    return evolve(passage, metre=prototype.metre, is_measured=False, is_beneath=True)


def _has_plain_values(lower: Passage, upper: Passage) -> bool:
    start, end = min(lower.start_ql, upper.start_ql), max(lower.end_ql, upper.end_ql)
    symbols = [symbol for bar in bars(lower, start, end) for symbol in bar.symbols]
    return all(one.value_ql in (one.type_ql, one.type_ql * Fraction(3, 2)) for one in symbols)


def _answers(
    prototype: Passage, onsets: Sequence[Onset], pairs: tuple[NotePair, ...]
) -> dict[int, int]:
    """Which chord of the prototype each onset answers to; both only ever go on."""
    chord_of = {note.index: k for k, chord in enumerate(prototype.chords) for note in chord.notes}
    onset_of = {index: k for k, one in enumerate(onsets) for index in one.members}
    found: dict[int, int] = {}
    for theirs, ours in sorted(pairs):
        onset, chord = onset_of.get(ours, -1), chord_of.get(theirs, -1)
        if onset > max(found, default=-1) and chord > max(found.values(), default=-1):
            found[onset] = chord
    return found


def _rhythm(
    prototype: Passage, onsets: Sequence[Onset], answers: Mapping[int, int], tempo_ratio: float
) -> Rhythm | Unmeasured:
    if not (prototype.is_measured and answers):
        return UNMEASURED
    places = {
        onset: round(prototype.chords[chord].onset_ql * PER_QUARTER)
        for onset, chord in answers.items()
    }
    starts_s = [one.start_s for one in onsets]
    return rhythm_like(starts_s, places, 60 / prototype.tempo_bpm / tempo_ratio)


def _columns(
    prototype: Passage, count: int, answers: Mapping[int, int]
) -> tuple[Passage, list[int]]:
    """Both as heads: what answers stands in one column, the rest between."""
    upper: list[int] = []
    lower: list[int] = []
    column = 0
    for onset in range(count):
        passed_over = answers.get(onset, len(upper) - 1) - len(upper)
        upper += range(column, column + passed_over + 1)
        column += max(passed_over, 0)
        lower.append(column)
        column += 1
    upper += range(column, column + len(prototype.chords) - len(upper))
    chords = tuple(
        evolve(chord, onset_ql=Fraction(place), length_ql=Fraction(1))
        for chord, place in zip(prototype.chords, upper, strict=True)
    )
    return evolve(prototype, chords=chords, metre=None, is_measured=False), lower


def _marked(
    lower: Passage, prototype: Passage, notes: Notes, pairs: tuple[NotePair, ...]
) -> Passage:
    """Notes that answer to none look `added`; those that moved against the rest look `moved`."""
    looks = _looks(prototype, whole_pitches(notes), pairs)
    chords = tuple(
        evolve(
            chord,
            notes=tuple(evolve(note, look=looks.get(note.index, "added")) for note in chord.notes),
        )
        for chord in lower.chords
    )
    return evolve(lower, chords=chords)


def _looks(prototype: Passage, pitches: list[int], pairs: tuple[NotePair, ...]) -> dict[int, str]:
    """For each note that answers, nothing or `moved`; octaves do not count as moved."""
    written = {note.index: note.spelling.midi_pitch for note in prototype.notes}
    steps = {
        ours: pitches[ours] - written[theirs]
        for theirs, ours in pairs
        if theirs in written and ours < len(pitches)
    }
    common = list(steps.values())
    usual = max(sorted(set(common)), key=common.count, default=0)
    return {ours: "moved" if (step - usual) % 12 else "" for ours, step in steps.items()}
