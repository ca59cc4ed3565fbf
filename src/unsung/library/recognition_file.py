"""`recognition.toml`: what a person says of the album's identity, beside the music.

Unsung reads this file and never writes it. What it says outranks every source. Unknown keys are
refused, never ignored.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from unsung.model.corrections import Corrections, TrackCorrection
from unsung.model.errors import SettingsError
from unsung.model.reference import MEDIA

RECOGNITION_NAME = "recognition.toml"
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_IDENTIFIERS = {
    "musicbrainz_release_group": _UUID,
    "musicbrainz_release": _UUID,
    "musicbrainz_recording": _UUID,
    "imdb": r"tt\d{5,10}",
    "wikidata": r"Q\d+",
    "discogs_master": r"\d+",
    "isrc": r"[A-Z]{2}[A-Z0-9]{3}\d{7}",
}
_ALBUM_IDS = tuple(set(_IDENTIFIERS) - {"musicbrainz_recording", "isrc"})
_ALBUM_WORDS = {
    "work", "medium", "year", "language", "composers", "directors", "orchestrators",
    "not_identifiers",
}  # fmt: skip


def corrections_beside(place: Path) -> Corrections:
    """What the `recognition.toml` beside the music says; nothing without one."""
    path = (place if place.is_dir() else place.parent) / RECOGNITION_NAME
    if not path.exists():
        return Corrections()
    try:
        return _corrections(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(f"{path} could not be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from error


def _corrections(tables: dict[str, Any]) -> Corrections:
    _refuse_unknown(tables, {"contact", "imports", "album", "track"}, "key")
    album = _table(tables.get("album", {}), "[album]")
    _refuse_unknown(album, {*_ALBUM_WORDS, *_ALBUM_IDS}, "key in [album]")
    medium = _text(album, "medium")
    if medium and medium not in MEDIA:
        raise ValueError(f"medium is one of {', '.join(MEDIA)}, not {medium!r}")
    return Corrections(
        contact=_text(tables, "contact"),
        imports=_texts(tables, "imports"),
        identifiers=_identifiers(album, _ALBUM_IDS),
        year=_year(album),
        tracks=dict(map(_track, _list(tables, "track"))),
        work_title=_text(album, "work"),
        medium=medium,
        language=_text(album, "language"),
        composers=_texts(album, "composers"),
        directors=_texts(album, "directors"),
        orchestrators=_texts(album, "orchestrators"),
        not_identifiers=_texts(album, "not_identifiers"),
    )


def _track(said: Any) -> tuple[str, TrackCorrection]:
    table = _table(said, "[[track]]")
    known = {"file", "musicbrainz_recording", "isrc", "song"}
    _refuse_unknown(table, known, "key in [[track]]")
    song = table.get("song")
    if song is not None and not isinstance(song, bool):
        raise ValueError(f"song is true or false, not {song!r}")
    file = _text(table, "file")
    if not file:
        raise ValueError("a [[track]] names its file")
    return file, TrackCorrection(_identifiers(table, ("musicbrainz_recording", "isrc")), song)


def _identifiers(table: dict[str, Any], kinds: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found = [(kind, _text(table, kind)) for kind in sorted(kinds) if kind in table]
    for kind, value in found:
        if not re.fullmatch(_IDENTIFIERS[kind], value):
            raise ValueError(f"{value!r} is no {kind} identifier")
    return tuple(found)


def _year(table: dict[str, Any]) -> int | None:
    year = table.get("year")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise ValueError(f"year is a whole number, not {year!r}")
    return year


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key} is a text, not {value!r}")
    return value.strip()


def _texts(table: dict[str, Any], key: str) -> tuple[str, ...]:
    values = _list(table, key)
    if not all(isinstance(value, str) for value in values):
        raise ValueError(f"{key} is a list of texts")
    return tuple(values)


def _list(table: dict[str, Any], key: str) -> list[Any]:
    values = table.get(key, [])
    if not isinstance(values, list):
        raise ValueError(f"{key} is a list, not {values!r}")
    return values


def _table(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} is a table")
    return value


def _refuse_unknown(table: dict[str, Any], known: set[str], what: str) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise ValueError(f"unknown {what} {unknown[0]!r}; there are {', '.join(sorted(known))}")
