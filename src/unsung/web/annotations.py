"""Annotations: what people write at a time, as W3C Web Annotations."""

import secrets
import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from unsung.library.annotation_file import (
    Entry,
    annotations_path,
    entries,
    keep_entries,
    missing,
)
from unsung.library.web_annotation import (
    annotation_of,
    collection_of,
    instant,
    items_of,
    later,
    w3c_of,
)
from unsung.model.annotation import MOST_TEXT, MOTIVATIONS, Annotation, Target, newest, standing
from unsung.model.errors import LibraryError
from unsung.session.person import person
from unsung.web.answers import Refusal, answer
from unsung.web.asked import Json, json_of, number, object_of, text, whole
from unsung.web.desk import album
from unsung.web.opened import OpenAlbum

MOST_IMPORTED = 5_000
MOST_KEPT = 50_000
_AHEAD = timedelta(days=1)
_SOUND = "urn:unsung:sound:"


def listed(request: Request) -> Response:
    """All that is written, or what is written about one track and in answer to it."""
    opened = album(request)
    held, wanted = _held(opened), request.query_params.get("track")
    every = [_with_place(one, opened, held) for one in standing(held.values())]
    page = collection_of(())
    shown = [one for one in every if wanted in (None, str(one["unsung"]["track"]))]
    return answer(page | {"total": len(shown), "first": page["first"] | {"items": shown}})


async def written(request: Request) -> Response:
    """A person writes something."""
    plain = await object_of(request)
    return answer(await run_in_threadpool(_write, plain, album(request)), 201)


async def changed(request: Request) -> Response:
    """A person changes the words, or the time, of what was written."""
    plain, id_ = await object_of(request), request.path_params["id"]
    return answer(await run_in_threadpool(_change, plain, id_, album(request)))


def removed(request: Request) -> Response:
    """A person takes away what was written; undo brings it back."""
    opened = album(request)
    before = _meant(request.path_params["id"], _held(opened))
    now = later(before.modified, datetime.now(UTC))
    _keep(opened, evolve(before, text="", is_removed=True, modified=now))
    return answer({"removed": before.id})


async def imported(request: Request) -> Response:
    """Another person's annotations join: what is newer here, or there, holds."""
    every = items_of(await json_of(request))
    if len(every) > MOST_IMPORTED:
        raise Refusal(413, f"at most {MOST_IMPORTED} annotations can be imported at once")
    return answer(await run_in_threadpool(_import, every, album(request)))


def exported(request: Request) -> Response:
    """All versions that hold, those taken away included, so that merging knows of them."""
    page = answer(collection_of(_held(album(request)).values()))
    page.headers["content-disposition"] = 'attachment; filename="annotations.json"'
    return page


def standing_in(opened: OpenAlbum) -> tuple[Annotation, ...]:
    """What is written about an album and was not taken away."""
    return standing(one.annotation for one in _entries(opened))


def track_of(one: Annotation, opened: OpenAlbum) -> int:
    """The position of the track that is meant: by its sound, else by its title; 0 for none."""
    for heard in opened.soundtrack.heard:
        if one.target.source == _SOUND + opened.source(heard.track.file):
            return heard.track.position
    named = [
        heard.track.position
        for heard in opened.soundtrack.heard
        if one.target.title and heard.track.title.casefold() == one.target.title.casefold()
    ]
    return named[0] if len(named) == 1 else 0


def _entries(opened: OpenAlbum) -> tuple[Entry, ...]:
    return entries(annotations_path(opened.project.folder))


def _held(opened: OpenAlbum) -> dict[str, Annotation]:
    return newest(one.annotation for one in _entries(opened))


def _write(plain: Json, opened: OpenAlbum) -> Json:
    new = _new(plain, opened)
    _keep(opened, new)
    return _with_place(new, opened, _held(opened))


def _change(plain: Json, id_: str, opened: OpenAlbum) -> Json:
    before = _meant(id_, _held(opened))
    words = text(plain, "text", most=MOST_TEXT, default=before.text)
    if not words:
        raise Refusal(400, "text is empty")
    times_s = _times(plain) if "from_s" in plain else before.target.times_s
    target, now = evolve(before.target, times_s=times_s), datetime.now(UTC)
    new = evolve(before, text=words, target=target, modified=later(before.modified, now))
    _keep(opened, new)
    return _with_place(new, opened, _held(opened))


def _import(every: list[Any], opened: OpenAlbum) -> Json:
    read, refused = _read(every)
    with opened.saying:
        new = missing(_entries(opened), read)
        _add(opened, new)
    return {"imported": len(new), "known_already": len(read) - len(new), "refused": refused}


def _with_place(one: Annotation, opened: OpenAlbum, held: dict[str, Annotation]) -> Json:
    """With what a page needs: track and times; an answer is where its question is."""
    about, steps = one, 0
    while about.target.source in held and steps < 50:
        about, steps = held[about.target.source], steps + 1
    times_s = about.target.times_s
    place = {
        "track": track_of(about, opened),
        "from_s": times_s[0] if times_s else None,
        "to_s": times_s[1] if len(times_s) > 1 else None,
        "reply_to": one.target.source if about is not one else None,
        "text": one.text,
        "creator": one.creator,
    }
    return w3c_of(one) | {"unsung": place}


def _new(plain: Json, opened: OpenAlbum) -> Annotation:
    now = instant(datetime.now(UTC))
    answers = "reply_to" in plain
    motivation: Any = "replying" if answers else plain.get("motivation", "commenting")
    if motivation not in MOTIVATIONS:
        raise Refusal(400, f"a motivation is one of {', '.join(MOTIVATIONS)}")
    return Annotation(
        id=_new_id(),
        target=_answered(plain, opened) if answers else _target(plain, opened),
        text=text(plain, "text", most=MOST_TEXT),
        creator=text(plain, "by", most=100, default="") or person(),
        created=now,
        modified=now,
        motivation=motivation,
    )


def _target(plain: Json, opened: OpenAlbum) -> Target:
    heard = opened.at(whole(plain, "track"))
    source = _SOUND + opened.source(heard.track.file)
    return Target(source, heard.track.title[:200], _times(plain))


def _times(plain: Json) -> tuple[float, ...]:
    """A stretch, a moment, or neither."""
    given = [number(plain, key) for key in ("from_s", "to_s") if plain.get(key) is not None]
    if len(given) == 2 and not round(given[0], 3) < round(given[1], 3):
        raise Refusal(400, "from_s comes before to_s")
    return tuple(given)


def _answered(plain: Json, opened: OpenAlbum) -> Target:
    known = _held(opened).get(text(plain, "reply_to", most=60))
    if known is None or known.is_removed:
        raise Refusal(404, "what is answered is not there any more")
    return Target(known.id)


def _meant(id_: str, known: dict[str, Annotation]) -> Annotation:
    found = known.get(id_)
    if found is None or found.is_removed:
        raise Refusal(404, "this annotation is not there any more")
    return found


def _keep(opened: OpenAlbum, new: Annotation) -> None:
    with opened.saying:
        _add(opened, [Entry(new)])


def _add(opened: OpenAlbum, new: Sequence[Entry]) -> None:
    if len(_entries(opened)) + len(new) > MOST_KEPT:
        raise Refusal(409, f"an album keeps at most {MOST_KEPT} versions of annotations")
    if new:
        keep_entries(annotations_path(opened.project.folder), new)


def _read(every: list[Any]) -> tuple[list[Annotation], list[str]]:
    """Those that can be read, and why the others cannot, in a line each."""
    latest = instant(datetime.now(UTC) + _AHEAD)
    read, refused = list[Annotation](), list[str]()
    for at, plain in enumerate(every, start=1):
        try:
            one = annotation_of(plain)
        except LibraryError as error:
            refused.append(f"{at}: {error}")
            continue
        if one.modified > latest:
            refused.append(f"{at}: it is dated in the future")
        else:
            read.append(one)
    return read, refused[:20]


def _new_id() -> str:
    """A UUID of version 7 (RFC 9562, 5.7): sorted by the time it was made."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return f"urn:uuid:{uuid.UUID(int=value | 0b10 << 62 | secrets.randbits(62))}"
