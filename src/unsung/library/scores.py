"""Scores on the shelf: MIDI and MusicXML, known by the digest of what they say."""

import hashlib
from pathlib import Path

from unsung.library.files import opened_file
from unsung.library.kinds import HEAD_BYTES, is_midi
from unsung.library.midi import midi_score
from unsung.library.musicxml import musicxml_score
from unsung.model.album import Track
from unsung.model.errors import LibraryError
from unsung.model.score import Score

_LONGEST_BYTES = 256 * 2**20


def score(place: Path, track: Track) -> Score:
    """The score of a track; `LibraryError` names the file and a remedy."""
    with opened_file(place, track.file) as stream:
        content = stream.read(_LONGEST_BYTES + 1)
    try:
        return _read(content)
    except LibraryError as error:
        raise LibraryError(f"{track.file}: {error}") from error


def score_at(path: Path) -> Score:
    """The score in a file that belongs to no album."""
    return score(path.parent, Track(position=1, file=path.name, kind="score", title=path.stem))


def score_digest(written: Score) -> str:
    """The digest of a score's notes, parts and marks, in 40 hexadecimal digits."""
    notes = written.notes
    marks = (written.tempo_marks, written.metre_marks, written.key_marks, notes.part_names)
    digest = hashlib.blake2b(f"{written.duration_s} {marks}".encode(), digest_size=20)
    columns = (notes.onset_s, notes.duration_s, notes.midi_pitch, notes.part)
    for column in (*columns, written.onset_ql, written.duration_ql):
        digest.update(column.astype(column.dtype.newbyteorder("<")).data)
    return digest.hexdigest()


def _read(content: bytes) -> Score:
    if len(content) > _LONGEST_BYTES:
        raise LibraryError("it is larger than any score; divide it")
    return midi_score(content) if is_midi(content[:HEAD_BYTES]) else musicxml_score(content)
