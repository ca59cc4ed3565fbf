"""The motifs of one track as parts that sound where they are heard: a voice a motif."""

import numpy as np

from unsung.model.hearing import Heard, Soundtrack
from unsung.model.notes import Notes
from unsung.pages.exports.motif_tables import notes_of


def motif_parts(soundtrack: Soundtrack, heard: Heard) -> Notes:
    """The notes of every occurrence in this track; each motif of the album is a part."""
    voices = [
        (part, notes_of(heard.hearing, one))
        for part, motif in enumerate(soundtrack.motifs)
        for one in motif.occurrences
        if one.track_file == heard.track.file and len(one.notes)
    ]
    names = tuple(f"{motif.label} {motif.name}".strip() for motif in soundtrack.motifs)
    if not voices:
        return Notes.none(names or ("",))
    onset_s, duration_s, midi_pitch, salience = (
        np.concatenate([getattr(notes, column) for _, notes in voices])
        for column in ("onset_s", "duration_s", "midi_pitch", "salience")
    )
    parts = np.concatenate([np.full(len(notes), part) for part, notes in voices])
    return Notes.sorted(onset_s, duration_s, midi_pitch, salience, parts, names)
