"""Notation: what was heard, written down so that a musician can read and sing it.

From sound, note values, bar lines and spelling are a reading of what was heard, the simplest that
fits; where none fits, heads without values are shown and nothing is made up. From a score they are
those of the page. Engraving is by Verovio, which is loaded only when something is engraved.
"""

from unsung.pages.notation.beside import beside
from unsung.pages.notation.engraving import pae, svg
from unsung.pages.notation.hearing import (
    exact_notes,
    occurrence_key,
    occurrence_passage,
    readable_notes,
    sounds_there,
)
from unsung.pages.notation.mei import Stave, mei, note_id
from unsung.pages.notation.melodies import WrittenMelody, lines_of, written_melodies
from unsung.pages.notation.midi import midi
from unsung.pages.notation.musicxml import musicxml
from unsung.pages.notation.passage import Passage
from unsung.pages.notation.picture import Picture, Sound, glyph_definitions, picture, timemap
from unsung.pages.notation.scored import quarters, score_passage, score_places
from unsung.pages.notation.setting import spelled_notes

__all__ = [
    "Passage",
    "Picture",
    "Sound",
    "Stave",
    "WrittenMelody",
    "beside",
    "exact_notes",
    "glyph_definitions",
    "lines_of",
    "mei",
    "midi",
    "musicxml",
    "note_id",
    "occurrence_key",
    "occurrence_passage",
    "pae",
    "picture",
    "quarters",
    "readable_notes",
    "score_passage",
    "score_places",
    "sounds_there",
    "spelled_notes",
    "svg",
    "timemap",
    "written_melodies",
]
