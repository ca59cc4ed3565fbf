"""The library as scripts ask for it: albums, folders to choose from, and listening to one."""

import os
from pathlib import Path
from typing import Any

import attrs
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from unsung.library.kinds import MUSIC_SUFFIXES, suffix_of
from unsung.web.albums import shelved
from unsung.web.answers import Refusal, answer
from unsung.web.asked import object_of
from unsung.web.desk import desk, entry, only_from_here

_MOST_FOLDERS = 2_000
_MOST_LOOKED_AT = 2_000
_LONGEST_PATH = 4_000


async def albums(request: Request) -> Response:
    """All albums that are known here."""
    at = desk(request)
    plain = [attrs.asdict(shelved(one)) for one in at.known.entries()]
    return answer({"albums": plain, "listening": at.listening.slug})


async def add(request: Request) -> Response:
    """Remember the album in a folder of this machine."""
    only_from_here(request)
    place = _folder((await object_of(request)).get("path"))
    if not place.is_dir():
        raise Refusal(404, f"{place} is no folder on this machine")
    new = await desk(request).hands.do(desk(request).known.add, place)
    return answer(attrs.asdict(shelved(new)), 201)


async def forget(request: Request) -> Response:
    """Take an album out of the library; its folder is not touched."""
    only_from_here(request)
    gone = entry(request)
    desk(request).known.forget(gone.slug)
    return answer({"forgotten": gone.slug})


async def folders(request: Request) -> Response:
    """The folders in a folder, to choose an album from; asked as a write is, with the token."""
    only_from_here(request)
    asked = (await object_of(request)).get("path")
    at = _folder(asked) if asked else Path.home()
    return answer(await desk(request).hands.do(_listing, at))


async def listen(request: Request) -> Response:
    """Begin to listen to an album."""
    album = entry(request)
    await desk(request).hands.do(desk(request).listening.start, album)
    return answer({"listening": album.slug}, 202)


async def stop(request: Request) -> Response:
    """Stop listening to an album; what was heard is kept."""
    album = entry(request)
    await desk(request).hands.do(desk(request).listening.stop, album.slug)
    return answer({"stopping": album.slug})


async def events(request: Request) -> Response:
    """How the listening goes, as it goes; a page that comes back hears what it missed."""
    last = request.headers.get("last-event-id", "0")
    after = int(last) if last.isdecimal() and len(last) < 10 else 0
    told = await desk(request).listening.told(entry(request).slug, after)
    return StreamingResponse(told, media_type="text/event-stream")


def _folder(path: object) -> Path:
    """A path as it was typed, `~` for one's own folder; it may hold anything but a zero byte."""
    if not isinstance(path, str) or "\0" in path or len(path) > _LONGEST_PATH:
        raise Refusal(400, "give the whole path of a folder")
    folder = Path(path.strip()).expanduser()
    if not folder.is_absolute():
        raise Refusal(400, "give the whole path of a folder, from its root")
    return folder


def _listing(at: Path) -> dict[str, Any]:
    try:
        with os.scandir(at) as found:
            inside = sorted(
                (one.name for one in found if not one.name.startswith(".") and one.is_dir()),
                key=str.casefold,
            )
    except OSError as error:
        raise Refusal(404, f"{at} could not be read ({error.strerror})") from error
    shown = [
        {"name": name, "path": str(at / name), "has_music": _has_music(at / name)}
        for name in inside[:_MOST_FOLDERS]
        if name.isprintable()
    ]
    return {"path": str(at), "above": str(at.parent), "folders": shown, "has_music": _has_music(at)}


def _has_music(folder: Path) -> bool:
    """Whether music lies right in the folder, among the first files looked at."""
    try:
        with os.scandir(folder) as found:
            names = (one.name for one, _ in zip(found, range(_MOST_LOOKED_AT), strict=False))
            return any(suffix_of(name) in MUSIC_SUFFIXES for name in names)
    except OSError:
        return False
