"""The sound of a track, a cut of it, and its outline."""

from functools import partial

import numpy as np
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from unsung.model.hearing import Heard
from unsung.model.outcomes import NotHeard
from unsung.model.time import Span
from unsung.web.answers import Refusal
from unsung.web.asked import span
from unsung.web.desk import album, desk
from unsung.web.opened import OpenAlbum
from unsung.web.playing import LONGEST_EXCERPT_S, Excerpt, Sound

_NOTHING_DRAWN = b'{"rate_hz":20,"low":[],"high":[]}'


async def audio(request: Request) -> Response:
    """The whole track, in a format that every browser seeks exactly; ranges are answered."""
    sound = await desk(request).hands.do(_sound, album(request), _position(request))
    kept = {"cache-control": "private, no-cache"}
    return FileResponse(sound.path, media_type=sound.media_type, headers=kept)


async def excerpt(request: Request) -> Response:
    """A cut as WAV, exact to the sample; headers say where it begins and how loud it is."""
    between = span(
        {"from_s": _seconds(request, "from"), "to_s": _seconds(request, "to")}, LONGEST_EXCERPT_S
    )
    cut = partial(_cut, album(request), _position(request), between)
    heard, found = await desk(request).hands.do(cut)
    headers = {"x-unsung-start": f"{found.start_s:.6f}"}
    level_lufs = loudness_lufs(heard, between)
    if level_lufs is not None:
        headers["x-unsung-lufs"] = f"{level_lufs:.1f}"
    return Response(found.wav, media_type="audio/wav", headers=headers)


async def peaks(request: Request) -> Response:
    """The outline of a track; empty for a score."""
    plain = await desk(request).hands.do(_outline, album(request), _position(request))
    return Response(plain, media_type="application/json; charset=utf-8")


def loudness_lufs(heard: Heard, between: Span) -> float | None:
    """How loud a stretch is, from the mean energy of its momentary loudness; None for a score."""
    if isinstance(heard.hearing.loudness, NotHeard):
        return None
    levels = heard.hearing.loudness.momentary.during(between)
    if not levels.size:
        return None
    return float(10 * np.log10(np.mean(10 ** (levels.astype(float) / 10))))


def _sound(opened: OpenAlbum, position: int) -> Sound:
    heard, recording = opened.recorded(position)
    return opened.player.sound(heard.track, recording)


def _cut(opened: OpenAlbum, position: int, between: Span) -> tuple[Heard, Excerpt]:
    heard, recording = opened.recorded(position)
    return heard, opened.player.excerpt(heard.track, recording, between)


def _outline(opened: OpenAlbum, position: int) -> bytes:
    if opened.at(position).track.kind == "score":
        return _NOTHING_DRAWN
    heard, recording = opened.recorded(position)
    return opened.player.outline(heard.track, recording)


def _position(request: Request) -> int:
    return int(request.path_params["position"])


def _seconds(request: Request, name: str) -> float:
    try:
        return float(request.query_params.get(name, ""))
    except ValueError:
        raise Refusal(400, f"{name} is needed, in seconds") from None
