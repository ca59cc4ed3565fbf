"""A melody as a person types it: `G4 G4 G4 Eb4:4`, pitches with their length in quarters."""

import re

from unsung.model.errors import LibraryError
from unsung.model.notes import Notes

_NOTE = re.compile(r"([A-Ga-g])([#♯b♭]{0,2})(-?\d)(?::(\d+(?:\.\d+)?|\d+/\d+))?$")
_REST = re.compile(r"[rR](?::(\d+(?:\.\d+)?|\d+/\d+))?$")
_STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_BENDS = {"#": 1, "♯": 1, "b": -1, "♭": -1}
_QUARTER_S = 0.5


def is_melody(words: str) -> bool:
    """Whether a text looks like notes, not like the name of a file or a track."""
    parts = words.split()
    return len(parts) > 1 and all(_NOTE.match(part) or _REST.match(part) for part in parts)


def melody_in(words: str) -> Notes:
    """The notes of a line of text; a quarter lasts half a second, `r` is a rest."""
    at_s, rows = 0.0, []
    for word in words.split():
        note, rest = _NOTE.match(word), _REST.match(word)
        if not note and not rest:
            raise LibraryError(
                f"{word!r} is no note; write a letter, #, b or nothing, an octave, and after a"
                " colon its quarters: G4 G4 G4 Eb4:4"
            )
        lasts_s = _QUARTER_S * _quarters((note[4] if note else rest[1] if rest else "") or "1")
        if note:
            rows.append((at_s, lasts_s, _pitch(note, word)))
        at_s += lasts_s
    return Notes.sorted(*zip(*rows, strict=True)) if rows else Notes.none()


def _pitch(note: "re.Match[str]", word: str) -> int:
    bent = sum(_BENDS[sign] for sign in note[2])
    pitch = _STEPS[note[1].lower()] + bent + 12 * (int(note[3]) + 1)
    if not 0 <= pitch <= 127:
        raise LibraryError(f"{word} lies outside what can be written; use octaves 0 to 8")
    return pitch


def _quarters(said: str) -> float:
    over, _, under = said.partition("/")
    quarters = float(over) / float(under or 1) if float(under or 1) else 0.0
    if quarters <= 0:
        raise LibraryError(f"a note cannot last {said} quarters")
    return quarters
