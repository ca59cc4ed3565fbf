"""The shelf: files on disk become albums, tracks, sound and scores."""

from unsung.library.decoding import Stream, opened
from unsung.library.digest import SoundDigest
from unsung.library.mono import MonoReduction
from unsung.library.scores import score, score_digest
from unsung.library.shelf import Shelf, shelf, stamp

__all__ = [
    "MonoReduction",
    "Shelf",
    "SoundDigest",
    "Stream",
    "opened",
    "score",
    "score_digest",
    "shelf",
    "stamp",
]
