"""The shelf: files on disk become albums, tracks, sound and scores."""

from unsung.library.decoding import Stream, opened, sound_at
from unsung.library.digest import SoundDigest
from unsung.library.mono import MonoReduction
from unsung.library.note_words import is_melody, melody_in
from unsung.library.scores import score, score_at, score_digest
from unsung.library.shelf import Shelf, shelf, stamp

__all__ = [
    "MonoReduction",
    "Shelf",
    "SoundDigest",
    "Stream",
    "is_melody",
    "melody_in",
    "opened",
    "score",
    "score_at",
    "score_digest",
    "shelf",
    "sound_at",
    "stamp",
]
