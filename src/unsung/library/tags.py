"""What a recording's tags say, believed only as far as it can be."""

import re
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from attrs import frozen
from tinytag import TinyTag
from tinytag.tinytag import TinyTagException

from unsung.library.clean import said
from unsung.model.album import Person

_ROLES = ("composer", "artist", "performer", "conductor", "lyricist", "arranger", "remixer")
_MOST_PEOPLE = 20
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_MUSICBRAINZ = {
    "trackid": "musicbrainz_recording",
    "recordingid": "musicbrainz_recording",
    "releasetrackid": "musicbrainz_track",
    "albumid": "musicbrainz_release",
    "artistid": "musicbrainz_artist",
    "albumartistid": "musicbrainz_release_artist",
    "releasegroupid": "musicbrainz_release_group",
    "workid": "musicbrainz_work",
}

Fields = Mapping[str, Sequence[str]]


@frozen
class Tags:
    """The tags of one file; empty or None where they say nothing that can be believed."""

    titles: tuple[str, ...] = ()
    album: str = ""
    disc: int | None = None
    number: int | None = None
    people: tuple[Person, ...] = ()
    year: int | None = None
    genre: str = ""
    comment: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


def tags(stream: BinaryIO) -> Tags:
    """The tags at the beginning (or end) of `stream`; none where they cannot be read."""
    try:
        tag = TinyTag.get(file_obj=stream, duration=False)
    except (TinyTagException, OSError, MemoryError, RecursionError):
        return Tags()
    return _believed({name: _texts(values) for name, values in tag.as_dict().items()})


def _texts(values: object) -> list[str]:
    many = values if isinstance(values, list) else [values]
    return list(dict.fromkeys(str(one) for one in many[:200]))


def _believed(fields: Fields) -> Tags:
    titles = _all_said(fields, "title")
    return Tags(
        titles=tuple(titles),
        album=_first_said(fields, "album"),
        disc=_only_number(fields, "disc"),
        number=_only_number(fields, "track"),
        people=_people(fields),
        year=_year(fields),
        genre=_first_said(fields, "genre"),
        comment=_first_said(fields, "comment"),
        identifiers=_identifiers(fields),
    )


def _all_said(fields: Fields, name: str) -> list[str]:
    return [text for value in fields.get(name, ()) if (text := said(value))]


def _first_said(fields: Fields, name: str) -> str:
    return next(iter(_all_said(fields, name)), "")


def _only_number(fields: Fields, name: str) -> int | None:
    """A number from 1; None where there are several: then none is this file's for sure."""
    numbers = {int(found.group(1)) for one in fields.get(name, ()) if (found := _count(one))}
    return numbers.pop() if len(numbers) == 1 else None


def _count(text: str) -> re.Match[str] | None:
    return re.match(r"\s*0*([1-9][0-9]{0,3})\b", text)


def _people(fields: Fields) -> tuple[Person, ...]:
    found = [Person(name, role) for role in _ROLES for name in _names(fields, role)]
    known = {person.name for person in found}
    releasers = [name for name in _names(fields, "albumartist") if name not in known]
    return tuple((*found, *(Person(name, "album artist") for name in releasers))[:_MOST_PEOPLE])


def _names(fields: Fields, role: str) -> list[str]:
    return [name for name in _all_said(fields, role) if any(one.isalpha() for one in name)]


def _year(fields: Fields) -> int | None:
    found = re.search(r"(?<!\d)(1[5-9]|2[01])\d\d(?!\d)", _first_said(fields, "year"))
    return int(found.group()) if found else None


def _identifiers(fields: Fields) -> tuple[tuple[str, str], ...]:
    found = {_identifier(name, value) for name, values in fields.items() for value in values}
    return tuple(sorted(one for one in found if one[0]))


def _identifier(name: str, value: str) -> tuple[str, str]:
    """The identifier's name and value; both empty where the field holds none."""
    key = re.sub(r"[\W_]+", "", name.lower().rpartition("other.")[2])
    code = value.strip().upper().replace("-", "")
    if key == "isrc":
        return ("isrc", code) if _ISRC.fullmatch(code) else ("", "")
    kind = _MUSICBRAINZ.get(key.removeprefix("musicbrainz")) if "musicbrainz" in key else None
    uuid = _UUID.search(value.lower())
    return (kind, uuid.group()) if kind and uuid else ("", "")
