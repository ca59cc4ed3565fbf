"""How well tonic and mode of a folk tune are found, from its notes alone.

    python bench/modes.py --part report [--renders FOLDER] [--json]

Irish and English tunes, one line each, from the ABC collections that ship with music21 (O'Neill,
Ryan, Nottingham); the truth is the key that the editor wrote down (`K:Ddor`). At most forty tunes
a mode; every second one is the `report` part. Shares of the time: `right` (tonic and scale; any
minor scale counts for minor), `tonic`, `undecided`. Peer: plain Krumhansl-Kessler correlation,
which knows major and minor only.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from music21 import converter, corpus

from key import plain_key, time_by_class
from rendered import PARTS, arguments, printed
from unsung.listening.key import key
from unsung.listening.modes import modes
from unsung.model.harmony import Mode
from unsung.model.notes import Notes
from unsung.model.settings import KeySettings

_COLLECTIONS = ("oneills1850", "nottingham-dataset", "ryansMammoth")
_MODES = {
    "": "major",
    "maj": "major",
    "m": "minor",
    "min": "minor",
    "aeo": "minor",
    "dor": "Dorian",
    "mix": "Mixolydian",
    "phr": "Phrygian",
    "lyd": "Lydian",
}
_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_KEY_FIELD = re.compile(r"^K: ?([A-G])([#b]?) ?([A-Za-z]*)", re.MULTILINE)
_MOST_TUNES, _FEWEST_NOTES, _EIGHTH_S = 40, 30, 0.25

_Tune = tuple[str, int, list[list[float]]]


def main() -> None:
    """Prints the table for one part."""
    asked = arguments(__doc__)
    tunes = _tunes(asked.renders)[PARTS.index(asked.part) :: 2]
    measured = [(mode, _measured(mode, tonic, rows)) for mode, tonic, rows in tunes]
    rows = [
        _row(name, [one for mode, one in measured if name in (mode, "all")])
        for name in ("major", "minor", "Mixolydian", "Dorian", "all")
    ]
    printed("modes", asked, rows)


def _tunes(renders: Path) -> list[_Tune]:
    kept = renders / "folk-tunes.json"
    if not kept.exists():
        renders.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(list(_parsed())))
    found: list[_Tune] = json.loads(kept.read_text())
    return found


def _parsed() -> Iterator[_Tune]:
    counts: Counter[str] = Counter()
    for path in (path for name in _COLLECTIONS for path in corpus.getComposer(name)):
        for text in re.split(r"\n(?=X:)", path.read_text(errors="ignore")):
            fields = _KEY_FIELD.findall(text)
            mode = _MODES.get(fields[0][2].lower()[:3]) if len(fields) == 1 else None
            if mode and counts[mode] < _MOST_TUNES and (rows := _rows(text)):
                counts[mode] += 1
                letter, accidental, _ = fields[0]
                tonic = _LETTERS[letter] + {"#": 1, "b": -1, "": 0}[accidental]
                yield mode, tonic % 12, rows


def _rows(text: str) -> list[list[float]]:
    """Onset, length and pitch of every note; none where the tune is short or cannot be read."""
    try:
        tune = converter.parse(text, format="abc")
    except Exception:  # noqa: BLE001 - whatever music21 makes of a tune that it cannot read
        return []
    rows = [
        [2 * _EIGHTH_S * float(one.offset), 2 * _EIGHTH_S * float(one.quarterLength), p.midi]
        for one in tune.flatten().notes
        for p in one.pitches
        if one.quarterLength > 0 and "Chord" not in type(one).__name__
    ]
    return rows if len(rows) >= _FEWEST_NOTES else []


def _measured(mode: str, tonic: int, rows: list[list[float]]) -> dict[str, float]:
    notes = Notes.sorted(*np.array(rows, float).T)
    duration_s = float(notes.end_s.max())
    shares = dict.fromkeys(("right", "tonic", "undecided"), 0.0)
    for one in modes(notes, key(notes, duration_s, KeySettings()), duration_s).spans:
        share = one.span.duration_s / duration_s
        if not isinstance(one.mode, Mode):
            shares["undecided"] += share
        elif one.mode.tonic_pitch_class == tonic:
            shares["tonic"] += share
            shares["right"] += share * (mode in one.mode.scale)
    plain = plain_key(time_by_class(notes))
    is_plain_right = plain.tonic_pitch_class == tonic
    return shares | {"plain tonic": float(is_plain_right)}


def _row(name: str, measured: list[dict[str, float]]) -> dict[str, object]:
    means = {one: float(np.mean([row[one] for row in measured])) for one in measured[0]}
    return {"who": "unsung", "on": name, **means, "tunes": len(measured)}


if __name__ == "__main__":
    main()
