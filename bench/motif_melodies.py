"""Folk melodies from music21's corpus, as plain rows, for planting and for counting what is common.

The collections are kept apart by purpose: what a planted album is made of is never in the
background that says how common a turn of melody is, and the part that is reported is never in
the part that was tuned on.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

COLLECTIONS = {
    "development": ("essenFolksong/boehme10", "essenFolksong/erk20"),
    "report": ("essenFolksong/fink0", "essenFolksong/erk30"),
    "background": (
        "essenFolksong/altdeu10",
        "essenFolksong/ballad10",
        "essenFolksong/ballad50",
        "essenFolksong/kinder0",
        "essenFolksong/zuccal0",
        "essenFolksong/lux",
        "essenFolksong/lot",
        "essenFolksong/irl",
        "oneills1850/0001-0050",
        "oneills1850/0101-0200",
        "airdsAirs/book1",
        "airdsAirs/book2",
    ),
}


class Tune(NamedTuple):
    """A melody: rows of onset and duration in quarters and MIDI pitch; its key and metre."""

    source: str
    rows: list[tuple[float, float, int]]
    tonic_pitch_class: int
    mode: str
    bar_ql: float


def tunes(purpose: str, shelf: Path) -> list[Tune]:
    """All tunes of a purpose; parsed once, then read from `shelf`."""
    return [tune for source in COLLECTIONS[purpose] for tune in _collection(source, shelf)]


def _collection(source: str, shelf: Path) -> list[Tune]:
    kept = shelf / f"{source.replace('/', '_')}.json"
    if not kept.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_parsed(source)))
    return [Tune(*row) for row in json.loads(kept.read_text())]


def _parsed(source: str) -> list[Tune]:
    from music21 import corpus  # noqa: PLC0415  (slow to import; only when parsing)

    opus = corpus.parse(source)
    scores = list(getattr(opus, "scores", [])) or [opus]
    read = (_tune(f"{source}/{number}", score) for number, score in enumerate(scores))
    return [tune for tune in read if tune is not None]


def _tune(name: str, score: Any) -> Tune | None:
    flat = score.flatten()
    metres = list(flat.getElementsByClass("TimeSignature"))
    rows = [
        (float(note.offset), float(note.quarterLength), int(note.pitch.midi))
        for note in flat.notes
        if note.isNote and note.quarterLength > 0
    ]
    if len(rows) < 8 or not metres:
        return None
    key = flat.analyze("key")
    bar_ql = float(metres[0].barDuration.quarterLength)
    return Tune(name, rows, int(key.tonic.pitchClass), str(key.mode), bar_ql)
