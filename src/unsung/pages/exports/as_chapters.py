"""Chapters, in the two forms that programs put into files.

`ffmetadata` is FFmpeg's own (its manual, "Metadata"): `ffmpeg -i track.m4a -i chapters.ffmetadata
-map 0 -map_chapters 1 -codec copy new.m4a`. Chapter tags are those of the Vorbis comment proposal
"Chapter Extension", which `metaflac --import-tags-from` puts into FLAC, `vorbiscomment -a -c` into
Ogg, and `mkvmerge --chapters` into Matroska; FFmpeg writes none into FLAC.
"""

import re
from collections.abc import Iterable

from unsung.pages.exports.succession import Piece

_SPECIAL = re.compile(r"([=;#\\\n])")
_NOTHING = "–"
"""The title of a chapter in which there is nothing to name: a chapter has to end somewhere."""


def ffmetadata(pieces: Iterable[Piece]) -> str:
    """One chapter a piece, in thousandths of a second."""
    return ";FFMETADATA1\n" + "".join(
        "[CHAPTER]\nTIMEBASE=1/1000\n"
        f"START={round(1000 * one.start_s)}\nEND={round(1000 * one.end_s)}\n"
        f"title={_escaped(one.text or _NOTHING)}\n"
        for one in pieces
    )


def chapter_tags(pieces: Iterable[Piece]) -> str:
    """Two lines a chapter: when it begins, and what it is called."""
    return "".join(
        f"CHAPTER{number:03d}={_clock(one.start_s)}\n"
        f"CHAPTER{number:03d}NAME={one.text or _NOTHING}\n"
        for number, one in enumerate(pieces)
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _clock(time_s: float) -> str:
    """`00:01:02.345`."""
    minutes, thousandths = divmod(round(1000 * time_s), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{thousandths / 1000:06.3f}"
