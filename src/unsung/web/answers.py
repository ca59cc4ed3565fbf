"""Answers in JSON, and refusals in one line."""

import json
from typing import Any

from starlette.responses import Response


class Refusal(Exception):  # noqa: N818 - it refuses, nothing went wrong
    """What was asked for cannot be given: a status of HTTP, and why in one line."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


def answer(plain: Any, status: int = 200) -> Response:
    """JSON in UTF-8 that no browser takes for a page."""
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(
        text.encode("utf-8", "replace"), status, media_type="application/json; charset=utf-8"
    )


def html(text: str, status: int = 200, policy: str = "") -> Response:
    """A page; `policy` where it has another than all others."""
    headers = {"content-security-policy": policy} if policy else None
    encoded = text.encode("utf-8", "replace")
    return Response(encoded, status, headers, media_type="text/html; charset=utf-8")


def refusal(status: int, words: str) -> Response:
    """`{"error": "one line"}`."""
    return answer({"error": " ".join(words.split())[:500]}, status)
