"""An occurrence in a musician's words: how high, how fast, how altered, how sure."""

from unsung.model.hearing import Hearing
from unsung.model.motif import Change, Motif, Occurrence
from unsung.model.notes import Notes
from unsung.pages.notation import occurrence_key, readable_notes, spelled_notes
from unsung.pages.report.wording import count, listed, number

_INTERVALS = (
    "", "a minor second", "a major second", "a minor third", "a major third", "a perfect fourth",
    "a tritone", "a perfect fifth", "a minor sixth", "a major sixth", "a minor seventh",
    "a major seventh",
)  # fmt: skip
_CHANGES: dict[Change, str] = {
    "key": "in another key",
    "tempo": "at another tempo",
    "register": "in another register",
    "instrument": "on another instrument",
    "mode": "in the other mode",
    "harmony": "over other harmony",
    "rhythm": "in another rhythm",
    "ornament": "adorned",
    "left out": "with notes left out",
    "fragment": "as a fragment",
    "interval": "with single notes moved",
}
_TO = "\N{WORD JOINER}–\N{WORD JOINER}"
_SAID_ELSEWHERE = {"key", "tempo", "register"}
_SAME_TEMPO, _MARKED_TEMPO = 0.03, 0.1
_NEAR_A_RATIO = 0.04
_RATIOS = (
    (2.0, "twice as fast"),
    (0.5, "half as fast"),
    (3.0, "three times as fast"),
    (1 / 3, "a third as fast"),
    (4.0, "four times as fast"),
    (0.25, "a quarter as fast"),
)


def interval(semitones: int) -> str:
    """`a perfect fourth higher`, `two octaves lower`, `at the same pitch`."""
    if semitones == 0:
        return "at the same pitch"
    octaves, rest = divmod(abs(semitones), 12)
    spans = ["an octave" if octaves == 1 else f"{_small(octaves)} octaves"] * bool(octaves)
    way = "higher" if semitones > 0 else "lower"
    return f"{listed([*spans, *[_INTERVALS[rest]] * bool(rest)])} {way}"


def tempo(ratio: float) -> str:
    """`twice as fast`, `a little slower (0.93 times the tempo)`, `at the same tempo`."""
    if abs(ratio - 1) <= _SAME_TEMPO:
        return "at the same tempo"
    for simple, words in _RATIOS:
        if abs(ratio / simple - 1) <= _NEAR_A_RATIO:
            return words
    way = "faster" if ratio > 1 else "slower"
    little = "a little " if abs(ratio - 1) <= _MARKED_TEMPO else ""
    return f"{little}{way} ({number(ratio, 2)} times the tempo)"


def confidence(value: float) -> str:
    """`almost certain (0.97)`."""
    words = ((0.95, "almost certain"), (0.8, "likely"), (0.5, "possible"), (0.0, "doubtful"))
    said = next(word for least, word in words if value >= least)
    return f"{said} ({number(value, 2)})"


def changes(motif: Motif, occurrence: Occurrence) -> str:
    """What became of it, but for height and tempo: `adorned, in the other mode`."""
    counted = _counted(motif, occurrence)
    is_counted = any(said.endswith("left out") for said in counted)
    elsewhere = _SAID_ELSEWHERE | ({"left out"} if is_counted else set())
    named = [_CHANGES[one] for one in occurrence.changes if one not in elsewhere]
    return ", ".join([*named, *counted])


def compass(hearing: Hearing, occurrence: Occurrence, prototype: Notes) -> str:
    """From its lowest to its highest note, as its key spells them: `E♭4–C5`."""
    notes = readable_notes(hearing, occurrence, prototype)
    if not len(notes):
        return ""
    spelling = spelled_notes(notes, occurrence_key(hearing, occurrence.span))
    low, high = spelling[notes.midi_pitch.argmin()], spelling[notes.midi_pitch.argmax()]
    return f"{low.name}{_TO}{high.name}" if low != high else low.name


def home(hearing: Hearing, occurrence: Occurrence) -> str:
    """`in E♭ major`, or nothing where the key is undecided."""
    key = occurrence_key(hearing, occurrence.span)
    return f"in {key.name}" if key else ""


def parts(occurrence: Occurrence) -> str:
    """Who plays it, where the parts are known."""
    notes = occurrence.notes
    names = [notes.part_names[part] for part in dict.fromkeys(notes.part.tolist())]
    return listed([name for name in names if name.strip()])


def _counted(motif: Motif, occurrence: Occurrence) -> list[str]:
    """How many notes were added and left out, by the alignment."""
    if not occurrence.pairs:
        return []
    theirs, ours = ({pair[side] for pair in occurrence.pairs} for side in (0, 1))
    added = len(occurrence.notes) - len(ours)
    missing = len(motif.prototype.notes) - len(theirs)
    said = [f"{count(added, 'note')} added"] * (added > 0)
    return said + [f"{count(missing, 'note')} left out"] * (missing > 0)


def _small(value: int) -> str:
    return ("no", "one", "two", "three", "four", "five", "six")[value] if value < 7 else str(value)
