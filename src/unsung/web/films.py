"""The film beside the album: whether it can be shown, its sound and picture, stills, the copy.

It is shown at the machine itself only, never to others on the network.
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from unsung.web.answers import Refusal, answer
from unsung.web.desk import album, desk, only_from_here
from unsung.web.shown_film import STILL_PX, ShownFilm, shown_film

_KEPT = {"cache-control": "private, no-cache"}
_KEPT_LONG = {"cache-control": "private, max-age=86400"}


async def state(request: Request) -> Response:
    """Whether the film can be shown, and how far its copy is."""
    try:
        film = await _film(request)
    except Refusal as refused:
        return answer({"shown": False, "words": refused.words})
    return answer(_told(request, film))


async def media(request: Request) -> Response:
    """The film, as it is or as the copy that was made of it; ranges are answered."""
    file = (await _film(request)).file
    if file is None:
        raise Refusal(404, "browsers do not play this film as it is, and no copy was made yet")
    return FileResponse(file[0], media_type=file[1], headers=_KEPT)


async def picture(request: Request) -> Response:
    """A still of the strip."""
    film = await _film(request)
    seen = await desk(request).eyes.do(film.still, int(request.path_params["number"]))
    if not seen:
        raise Refusal(404, "the film shows nothing there")
    return Response(seen, media_type="image/jpeg", headers=_KEPT_LONG)


async def copy(request: Request) -> Response:
    """Begin to make a copy that browsers play, or go on with one."""
    film = await _film(request)
    await desk(request).hands.do(desk(request).projection.start, film.copying)
    return answer(_told(request, film), 202)


async def stop(request: Request) -> Response:
    """Stop making it; what is there is used the next time."""
    film = await _film(request)
    await desk(request).hands.do(desk(request).projection.stop, film.copying)
    return answer(_told(request, film))


async def _film(request: Request) -> ShownFilm:
    only_from_here(request)
    return await desk(request).hands.do(shown_film, album(request))


def _told(request: Request, film: ShownFilm) -> dict[str, Any]:
    made, here = (
        desk(request).projection.made(film.copying),
        f"/a/{request.path_params['album']}/film",
    )
    return {
        "shown": True,
        "media": f"{here}/media" if film.file else "",
        "is_copy": film.copying.whole.exists(),
        "has_picture": film.playable.has_picture,
        "stills": f"{here}/picture/" if film.playable.has_picture else "",
        "step_s": film.step_s,
        "still_px": STILL_PX,
        "needs": film.playable.needs,
        "making": made.making,
        "share": round(made.share, 3),
        "at_most_mb": round(film.copying.at_most_bytes / 2**20),
        "words": made.wrong,
    }
