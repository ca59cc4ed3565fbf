"""Whether a file can be heard, from its header alone."""

from pathlib import Path
from typing import BinaryIO

from unsung.library.decoding import opened_sound
from unsung.library.ffmpeg import have_ffmpeg, probed
from unsung.library.files import file_on_disk, opened_file
from unsung.library.kinds import (
    FFMPEG_SUFFIXES,
    HEAD_BYTES,
    is_midi,
    is_musicxml,
    suffix_of,
)
from unsung.model.album import SourceKind

_MAGIC_AT = {
    "m4a": (4, b"ftyp"),
    "m4b": (4, b"ftyp"),
    "mp4": (4, b"ftyp"),
    "alac": (4, b"ftyp"),
    "wma": (0, b"\x30\x26\xb2\x75"),
    "ape": (0, b"MAC "),
    "wv": (0, b"wvpk"),
    "mka": (0, b"\x1a\x45\xdf\xa3"),
    "webm": (0, b"\x1a\x45\xdf\xa3"),
}
_DAMAGED = "it is damaged or not what its name says; fetch it again"


def fault(place: Path, file: str, kind: SourceKind, beginning: BinaryIO) -> str:
    """What is wrong with a file and what to do, in one line; empty where nothing seems to be.

    `beginning` is what it opens with, which is mostly enough to tell.
    """
    head = beginning.read(HEAD_BYTES)
    if not head:
        return "it is empty; fetch it again"
    if kind == "score":
        return "" if head[:2] == b"PK" or is_midi(head) or is_musicxml(head) else _DAMAGED
    if suffix_of(file) in FFMPEG_SUFFIXES:
        return _foreign_fault(file, head)
    beginning.seek(0)
    return "" if _sounds(beginning) else _fault_of_whole(place, file)


def _sounds(stream: BinaryIO) -> bool:
    sound = opened_sound(stream)
    if sound is None:
        return False
    with sound:
        return bool(sound.frames > 0)


def _fault_of_whole(place: Path, file: str) -> str:
    """A second look at the whole file, by FFmpeg too if it is there."""
    with opened_file(place, file) as stream:
        if sound := opened_sound(stream):
            with sound:
                return "" if sound.frames else "it holds no sound; fetch it again"
    if not have_ffmpeg():
        return _DAMAGED
    with file_on_disk(place, file) as path:
        probed(path)
    return ""


def _foreign_fault(file: str, head: bytes) -> str:
    """The fault of what FFmpeg will decode: asking it would take too long for a whole album."""
    if not have_ffmpeg():
        return "it takes FFmpeg to decode it; install ffmpeg"
    at, magic = _MAGIC_AT.get(suffix_of(file), (0, b""))
    return "" if head[at : at + len(magic)] == magic else _DAMAGED
