"""A person's own collection of known melodies, to look for likeness and quotation.

A collection is an ABC file (`X:` begins each tune; `T:` its name; `C:`, `O:`, `S:` by whom, from
where, out of which source), a CSV file with the columns `name` and `notes` (written as everywhere
in Unsung: `G4 G4 G4 Eb4:4`) and, if wanted, `by`, `dated`, `tradition` and `source`, a MIDI or
MusicXML file (its highest line), or a folder of any of these.
"""

import csv
import io
from pathlib import Path

import numpy as np
from attrs import evolve

from unsung.library.kinds import SCORE_SUFFIXES
from unsung.library.note_words import melody_in
from unsung.library.scores import score_at
from unsung.model.errors import LibraryError
from unsung.model.iconic import Incipit
from unsung.model.notes import Notes
from unsung.motifs.iconic.abc import abc_tunes
from unsung.motifs.iconic.catalogue import incipit

FEWEST_NOTES = 5
MOST_NOTES = 40
"""Of a longer melody the beginning counts: that is what it is known by."""
_SUFFIXES = {"abc", "csv", "xml"} | SCORE_SUFFIXES
_COLUMNS = ("name", "notes", "by", "dated", "tradition", "source")
_LONGEST_BYTES = 16 * 2**20
_AT_ONCE_S = 1e-3


def own_incipits(place: Path) -> tuple[Incipit, ...]:
    """The melodies of a file, or of all files of a folder, in the order of their names."""
    if not place.exists():
        raise LibraryError(f"{place} does not exist; give an ABC or CSV file, a score or a folder")
    files = sorted(one for one in place.iterdir() if _fits(one)) if place.is_dir() else [place]
    if not files:
        raise LibraryError(f"{place} holds no ABC, CSV, MIDI or MusicXML file")
    return tuple(one for file in files for one in _collected(file))


def _fits(file: Path) -> bool:
    return file.is_file() and _suffix(file) in _SUFFIXES


def _suffix(file: Path) -> str:
    return file.suffix[1:].lower()


def _collected(file: Path) -> tuple[Incipit, ...]:
    if _suffix(file) not in _SUFFIXES:
        raise LibraryError(f"{file} is no ABC, CSV, MIDI or MusicXML file")
    try:
        found = _READERS.get(_suffix(file), _from_score)(file)
    except LibraryError as error:
        raise LibraryError(f"{file}: {error}") from error
    short = [one.name for one in found if len(one.notes) < FEWEST_NOTES]
    if short or not found:
        what = f"{short[0]} has" if short else "it holds"
        raise LibraryError(f"{file}: {what} fewer than {FEWEST_NOTES} notes; add more or leave out")
    return tuple(evolve(one, notes=_beginning(one.notes)) for one in found)


def _from_abc(file: Path) -> list[Incipit]:
    return [evolve(incipit(tune), kind="own") for tune in abc_tunes(_text(file))]


def _from_csv(file: Path) -> list[Incipit]:
    rows = csv.DictReader(io.StringIO(_text(file)), restkey="")
    columns = tuple(rows.fieldnames or ())
    unknown = [one for one in columns if one not in _COLUMNS]
    if unknown or not {"name", "notes"} <= set(columns):
        raise LibraryError(
            f"its columns are {', '.join(columns) or 'none'}; it needs name and notes, and may have"
            f" {', '.join(_COLUMNS[2:])}"
        )
    return [_from_row(row, rows.line_num) for row in rows]


def _from_row(row: dict[str, str], number: int) -> Incipit:
    said = {key: (row.get(key) or "").strip() for key in _COLUMNS}
    if "" in row or not said["name"]:
        raise LibraryError(f"line {number} has no name, or more cells than columns")
    try:
        notes = melody_in(said.pop("notes"))
    except LibraryError as error:
        raise LibraryError(f"line {number}: {error}") from error
    return Incipit(name=said.pop("name"), notes=notes, kind="own", **said)


def _from_score(file: Path) -> list[Incipit]:
    notes = _highest_line(score_at(file).notes)
    return [Incipit(name=file.stem, notes=notes, kind="own", source=file.name)]


def _highest_line(notes: Notes) -> Notes:
    """Of notes struck at once the highest."""
    last = np.append(np.diff(notes.onset_s) > _AT_ONCE_S, [True] * bool(len(notes)))
    return notes.where(last.astype(bool))


def _beginning(notes: Notes) -> Notes:
    return notes.where(np.arange(len(notes)) < MOST_NOTES)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _LONGEST_BYTES:
            raise LibraryError("it is larger than any collection of melodies; divide it")
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LibraryError(f"it could not be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LibraryError("it is not UTF-8 text; save it as such") from error


_READERS = {"abc": _from_abc, "csv": _from_csv}
