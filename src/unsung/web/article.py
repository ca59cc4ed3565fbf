"""The article from the page: read, written on, looked at before it stands, taken along.

Its text may be anybody's who may write here, so what is made of it is shown in a sandbox only: a
page with an origin of its own, from which nothing can be asked of this server.
"""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from unsung.library.article_file import MOST_BYTES, text_digest
from unsung.pages.article.checking import Unsupported
from unsung.pages.article.formats import FORMATS
from unsung.pages.explorer import waiting_page
from unsung.session.own_words import Ground, as_written, keep_text, own_text, to_edit
from unsung.web.answers import Refusal, answer, html
from unsung.web.asked import Json, object_of
from unsung.web.desk import Hands, album, desk
from unsung.web.drafting import Making
from unsung.web.opened import OpenAlbum
from unsung.web.versions import changes

SANDBOX = (
    "sandbox allow-scripts allow-popups allow-downloads; default-src 'none';"
    " style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:;"
    " media-src data: blob:; frame-ancestors 'self'; form-action 'none'; base-uri 'none'"
)
"""Of a page with an origin of its own: nothing in it can ask this server for anything."""
SUFFIXES = {"markdown": "md", "json": "json", "html": "html", "epub": "epub", "pdf": "pdf"}
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


async def whole(request: Request) -> Response:
    """The article as it stands, or how far it is with being written."""
    opened = album(request)
    return await _shown(own_text(opened.project), opened, desk(request).hands)


async def draft(request: Request) -> Response:
    """A text that is being written, as the article that it would be."""
    opened = album(request)
    text = opened.drafting.text(request.path_params["digest"])
    if text is None:
        raise Refusal(404, "this text was looked at too long ago; write on, and it is shown again")
    return await _shown(text, opened, desk(request).hands)


def own(request: Request) -> Response:
    """The text to edit: its author's, or ours to begin with."""
    opened = album(request)
    text = own_text(opened.project)
    if text is None:
        return _ours(opened)
    return answer({"text": text, "digest": text_digest(text), "is_own": True})


def found(request: Request) -> Response:
    """Our text, from what is found by now, whatever its author wrote."""
    return _ours(album(request))


async def kept(request: Request) -> Response:
    """Somebody's text, written on top of the one that was read; of another it is told."""
    plain, opened = await object_of(request), album(request)
    text, over = _text(plain), plain.get("over")
    if not isinstance(over, str):
        raise Refusal(400, "over is needed: the digest of the text that this was written on")
    now = await run_in_threadpool(keep_text, opened.project, text, over)
    if now.is_kept:
        return answer({"digest": now.digest, "is_own": True})
    said = "the article was changed elsewhere meanwhile; neither text is lost"
    differs = await desk(request).hands.do(changes, now.text or "", text)
    theirs = {"text": now.text, "digest": now.digest, "changes": differs}
    return answer({"error": said, **theirs}, 409)


async def drafted(request: Request) -> Response:
    """Where a text can be looked at, and what in it nothing supports."""
    text, opened = _text(await object_of(request)), album(request)
    ground = await run_in_threadpool(opened.drafting.ground)
    if isinstance(ground, Making):
        return answer(_told(ground), 202)
    said = await desk(request).hands.do(as_written, text, ground)
    address = f"/a/{opened.entry.slug}/article/draft/{opened.drafting.keep(text)}"
    return answer({"address": address, "unsupported": list(map(_fault, said.unsupported))})


async def exported(request: Request) -> Response:
    """The article in one of its formats, as `unsung article` writes it."""
    form, opened = request.path_params["form"], album(request)
    if form not in FORMATS:
        raise Refusal(404, f"an article is written as {', '.join(FORMATS)}")
    ground = await run_in_threadpool(opened.drafting.ground)
    if isinstance(ground, Making):
        raise Refusal(503, f"the article is not there yet; {ground.stage.lower()}")
    text = own_text(opened.project)
    content = await desk(request).hands.do(_formatted, form, text, ground)
    headers = {"content-disposition": f'attachment; filename="article.{SUFFIXES[form]}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


async def _shown(text: str | None, opened: OpenAlbum, hands: Hands) -> Response:
    ground = await run_in_threadpool(opened.drafting.ground)
    if isinstance(ground, Making):
        return html(waiting_page(ground.stage, ground.spent_s), 202)  # nobody's words, no sandbox
    return html(str(await hands.do(_formatted, "html", text, ground)), policy=SANDBOX)


def _formatted(form: str, text: str | None, ground: Ground) -> str | bytes:
    said = as_written(text, ground)
    return FORMATS[form](said.manuscript, said.context)


def _ours(opened: OpenAlbum) -> Response:
    ground = opened.drafting.ground()
    if isinstance(ground, Making):
        return answer(_told(ground), 202)
    return answer({"text": to_edit(ground.ours), "digest": "", "is_own": False})


def _told(making: Making) -> Json:
    return {"making": making.stage, "spent_s": round(making.spent_s, 1)}


def _fault(one: Unsupported) -> Json:
    start, end = one.signs
    return {"line": one.line, "from": start, "to": end, "because": one.because}


def _text(plain: Json) -> str:
    """A text as a file holds it: whole signs, lines that end in one way."""
    text = plain.get("text")
    if not isinstance(text, str):
        raise Refusal(400, "text is needed, as a text")
    cleaned = _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(cleaned.encode()) > MOST_BYTES:
        raise Refusal(413, f"an article holds at most {MOST_BYTES // 2**10} kB of text")
    return cleaned
