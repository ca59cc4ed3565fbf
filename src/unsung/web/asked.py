"""What a request asks for, read with care: every value has a kind, a range and a length."""

import json
import math
from typing import Any

from starlette.requests import Request

from unsung.library.web_annotation import plain_text
from unsung.model.time import Span
from unsung.web.answers import Refusal

Json = dict[str, Any]

LATEST_S = 1e6


async def json_of(request: Request) -> Any:
    """The JSON that was sent."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/json", "application/ld+json"):
        raise Refusal(415, "send JSON, as application/json")
    try:
        return json.loads(await request.body(), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "what was sent is not valid JSON") from error


async def object_of(request: Request) -> Json:
    """The JSON object that was sent."""
    plain = await json_of(request)
    if not isinstance(plain, dict):
        raise Refusal(400, "a JSON object is needed")
    return plain


def text(plain: Json, name: str, *, most: int = 200, default: str | None = None) -> str:
    """A text of at most `most` signs on one line, or more for long ones."""
    value = plain.get(name, default)
    if not isinstance(value, str):
        raise Refusal(400, f"{name} is needed, as a text")
    cleaned = plain_text(value)
    if len(cleaned) > most:
        raise Refusal(400, f"{name} has at most {most} signs")
    if not cleaned and default is None:
        raise Refusal(400, f"{name} is empty")
    return cleaned if most > 200 else " ".join(cleaned.split())


def number(plain: Json, name: str, *, most: float = LATEST_S) -> float:
    """A number 0..`most`."""
    value = plain.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refusal(400, f"{name} is needed, as a number")
    if not (math.isfinite(value) and 0 <= value <= most):
        raise Refusal(400, f"{name} lies in 0..{most:g}")
    return float(value)


def whole(plain: Json, name: str) -> int:
    """A whole number from 0 on."""
    value = number(plain, name)
    if value != int(value):
        raise Refusal(400, f"{name} is a whole number")
    return int(value)


def truth(plain: Json, name: str) -> bool:
    """True or false."""
    value = plain.get(name)
    if not isinstance(value, bool):
        raise Refusal(400, f"{name} is true or false")
    return value


def span(plain: Json, longest_s: float = LATEST_S) -> Span:
    """The stretch between `from_s` and `to_s`."""
    start_s, end_s = number(plain, "from_s"), number(plain, "to_s")
    if not start_s < end_s <= start_s + longest_s:
        raise Refusal(400, f"a stretch needs from_s before to_s, at most {longest_s:g} s apart")
    return Span(start_s, end_s)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no JSON")
