"""What a file is: a recording, a score, an archive, or none of our business.

A known suffix decides; where it says nothing, the first bytes do.
"""

import re
from pathlib import PurePosixPath
from typing import Literal

Kind = Literal["recording", "score", "archive", "other"]

HEAD_BYTES = 4096
"""How much of a file's beginning `kind_of` wants to see."""


def _suffixes(words: str) -> frozenset[str]:
    return frozenset(words.split())


SOUNDFILE_SUFFIXES = _suffixes(
    "wav wave bwf rf64 w64 flac ogg oga opus mp3 mp2 aiff aif aifc au snd caf voc 8svx nist"
)
FFMPEG_SUFFIXES = _suffixes(
    "m4a m4b aac alac wma asf ape wv tta tak mka weba webm mp4 mpc ac3 eac3 dts amr spx ra"
)
SCORE_SUFFIXES = _suffixes("mid midi kar rmi musicxml mxl")
MUSIC_SUFFIXES = SOUNDFILE_SUFFIXES | FFMPEG_SUFFIXES | SCORE_SUFFIXES | {"xml"}
TAGLESS_SUFFIXES = _suffixes("w64 rf64 caf au snd voc 8svx nist ape wv tta tak mka webm")
_ARCHIVE_SUFFIXES = _suffixes("zip pk3 pk4")
_QUIET_SUFFIXES = _suffixes(
    "png jpg jpeg gif bmp webp tif tiff svg ico pdf txt md rtf html htm cue log nfo m3u m3u8 pls"
    " sfv md5 sha1 sha256 toml json jsonl csv ini db sqlite gz bz2 xz 7z rar tar jar docx xlsx odt"
    " epub py lua js css ttf otf woff srt vtt ass fountain avi mkv mov"
)
_PARTWISE = re.compile(r"<(?:\w+:)?score-(?:partwise|timewise)\b")
_RECORDING_MAGIC = (b"fLaC", b"OggS", b"ID3", b"caff", b".snd", b"riff", b"wvpk", b"MAC ")


def kind_of(file: str, head: bytes) -> Kind:
    """The kind of `file`, which begins with `head`."""
    suffix = suffix_of(file)
    if suffix in SOUNDFILE_SUFFIXES | FFMPEG_SUFFIXES:
        return "recording"
    if suffix in SCORE_SUFFIXES:
        return "score"
    if suffix == "xml":
        return "score" if is_musicxml(head) else "other"
    if suffix in _ARCHIVE_SUFFIXES:
        return "archive"
    return "other" if suffix in _QUIET_SUFFIXES else _kind_by_content(head)


def suffix_of(file: str) -> str:
    """The suffix without its dot, in lower case."""
    return PurePosixPath(file).suffix[1:].lower()


def is_musicxml(head: bytes) -> bool:
    """Whether a text that begins with `head` is MusicXML."""
    encoding = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    return bool(_PARTWISE.search(head.decode(encoding, "ignore")))


def is_midi(head: bytes) -> bool:
    """Whether bytes that begin with `head` are a MIDI file, bare or wrapped in RIFF."""
    return head[:4] == b"MThd" or (head[:4] == b"RIFF" and head[8:12] == b"RMID")


def _kind_by_content(head: bytes) -> Kind:
    if is_midi(head) or is_musicxml(head):
        return "score"
    if head[:4] == b"PK\x03\x04":
        return "archive"
    return "recording" if _is_recording(head) else "other"


def _is_recording(head: bytes) -> bool:
    wave = head[:4] == b"RIFF" and head[8:12] == b"WAVE"
    aiff = head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}
    return wave or aiff or head.startswith(_RECORDING_MAGIC)
