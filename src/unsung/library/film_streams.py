"""The streams of a film: which sounds it holds, and which of them is meant.

A film often holds its sound several times: languages, commentaries, mixes. One is taken: the one
that is named by its number or its language, else the one that the file marks as its default.
"""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from unsung.library.ffmpeg import have_ffmpeg
from unsung.library.languages import language_name, same_language
from unsung.model.errors import LibraryError

LOCAL_ONLY = ("-protocol_whitelist", "file,pipe")  # a playlist in disguise must not reach out
_PROBE_S = 60
_LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}


@frozen
class FilmStream:
    """One of the sound streams of a film: its place among them, channels, language and title.

    Language (as in ISO 639, "eng") and title are empty where the file does not say; `is_default`
    where the file marks it so.
    """

    number: int
    channels: int
    language: str = ""
    title: str = ""
    is_default: bool = False

    @property
    def words(self) -> str:
        """`1 (German, Director’s commentary, stereo)`."""
        channels = _LAYOUTS.get(self.channels, f"{self.channels} channels")
        said = (language_name(self.language) or "no language said", self.title, channels)
        return f"{self.number} ({', '.join(filter(None, said))})"


def film_streams(path: Path) -> tuple[FilmStream, ...]:
    """The sound streams of the film at `path`; `LibraryError` where there is none."""
    asked = "stream=channels:stream_tags=language,title:stream_disposition=default"
    rows = probed_streams(path, "a", asked)
    found = tuple(_stream(number, row) for number, row in enumerate(rows))
    if not found:
        raise LibraryError(f"{path.name}: this film has no sound; give one that has")
    return found


def film_stream(path: Path, number: int = 0) -> FilmStream:
    """One of the sound streams; `LibraryError` where there are not so many."""
    streams = film_streams(path)
    if not 0 <= number < len(streams):
        raise LibraryError(
            f"{path.name}: there is no sound stream {number}; it has {listed(streams)}"
        )
    return streams[number]


def meant_stream(path: Path, language: str = "") -> FilmStream:
    """The stream in this language, where one is asked for; of several the default of the file."""
    return preferred(in_language(path, film_streams(path), language))


def in_language(path: Path, streams: Sequence[FilmStream], language: str) -> tuple[FilmStream, ...]:
    """The streams in a language, all of them where none is asked for."""
    found = tuple(one for one in streams if not language or same_language(one.language, language))
    if not found:
        raise LibraryError(
            f"{path.name}: no sound in {language_name(language) or repr(language)} is marked;"
            f" it has {listed(streams)}: take one with --stream"
        )
    return found


def preferred(streams: Sequence[FilmStream]) -> FilmStream:
    """The first that the file marks as its default, else the first."""
    return next((one for one in streams if one.is_default), streams[0])


def listed(streams: Sequence[FilmStream]) -> str:
    """All of them in words."""
    return ", ".join(one.words for one in streams)


def probed_streams(path: Path, kind: str, fields: str) -> list[dict[str, Any]]:
    """What FFmpeg tells of the streams of a kind (`a`, `V`, `s`); `LibraryError` if nothing."""
    return list(probed_file(path, fields, "-select_streams", kind).get("streams", []))


def probed_file(path: Path, fields: str, *more: str) -> dict[str, Any]:
    """What FFmpeg tells of a film; `LibraryError` where it cannot read it."""
    check_film(path)
    asked = ["ffprobe", "-v", "error", *LOCAL_ONLY, *more, "-show_entries", fields]
    try:
        answer = subprocess.run(  # noqa: S603 - a list, never a shell
            [*asked, "-of", "json", source_of(path)],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=_PROBE_S, check=True,
        )  # fmt: skip
        told: dict[str, Any] = json.loads(answer.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise LibraryError(f"{path.name}: FFmpeg cannot read it; fetch it again") from error
    return told


def check_film(path: Path) -> None:
    """`LibraryError` where there is no FFmpeg, or no such file."""
    if not have_ffmpeg():
        raise LibraryError(f"{path.name}: it takes FFmpeg to hear a film; install ffmpeg")
    if not path.is_file():
        raise LibraryError(f"{path.name}: there is no such film; check the path")


def source_of(path: Path) -> str:
    """The file as FFmpeg is told of it: never taken for an option or a protocol."""
    return f"file:{path.absolute()}"


def _stream(number: int, row: dict[str, Any]) -> FilmStream:
    tags, marks = row.get("tags"), row.get("disposition")
    words = tags if isinstance(tags, dict) else {}
    channels = row.get("channels")
    return FilmStream(
        number,
        channels if isinstance(channels, int) else 0,
        str(words.get("language", "")),
        str(words.get("title", "")),
        isinstance(marks, dict) and bool(marks.get("default")),
    )
