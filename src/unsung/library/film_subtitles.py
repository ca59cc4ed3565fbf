"""The subtitles inside a film: which of them say its lines, and what they say.

Those in the language of the sound are taken; without one, those that the file marks as its default.
Subtitles that are pictures, and those forced for signs and foreign words alone, say no lines.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from unsung.library.film_streams import LOCAL_ONLY, film_streams, probed_streams, source_of
from unsung.library.languages import language_name, same_language
from unsung.model.errors import LibraryError

_TEXTS = {"subrip", "ass", "ssa", "webvtt", "mov_text", "text"}
_FIELDS = "stream=codec_name:stream_tags=language:stream_disposition=default,forced"
_LONGEST_S = 900


@frozen
class InnerSubtitles:
    """Subtitles in a film: their place among all of them, and their language if it is said."""

    number: int
    language: str
    is_default: bool

    @property
    def words(self) -> str:
        """`1 (German)`."""
        return f"{self.number} ({language_name(self.language) or 'no language said'})"


def inner_subtitles(film: Path, sound: int, language: str = "") -> InnerSubtitles | None:
    """Those that go with the sound stream `sound`, or are in `language`; None where none do."""
    try:
        found = tuple(_inner(film))
        spoken = language or next(
            (one.language for one in film_streams(film) if one.number == sound), ""
        )
    except LibraryError:
        return None
    if language_name(spoken):
        found = tuple(one for one in found if same_language(one.language, spoken)) or tuple(
            one for one in found if not language_name(one.language)
        )
    return next((one for one in found if one.is_default), found[0] if found else None)


def subtitles_text(film: Path, number: int) -> str:
    """What they say, as SubRip; empty where FFmpeg cannot read them."""
    asked = ["ffmpeg", "-nostdin", "-v", "error", *LOCAL_ONLY, "-i", source_of(film)]
    try:
        told = subprocess.run(  # noqa: S603 - a list, never a shell
            [*asked, "-map", f"0:s:{number}", "-f", "srt", "-"],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=_LONGEST_S, check=False,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return told.stdout.decode("utf-8", "replace")


def _inner(film: Path) -> Iterator[InnerSubtitles]:
    for number, row in enumerate(probed_streams(film, "s", _FIELDS)):
        marks, tags = row.get("disposition", {}), row.get("tags", {})
        if row.get("codec_name") in _TEXTS and not marks.get("forced"):
            yield InnerSubtitles(number, str(tags.get("language", "")), bool(marks.get("default")))
