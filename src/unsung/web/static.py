"""The explorer's own files: a fixed few, held in memory, so that no name leads anywhere else."""

import hashlib
from collections.abc import Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from unsung.web.answers import Refusal

_TYPES = {
    "css": "text/css; charset=utf-8",
    "ico": "image/x-icon",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "woff2": "font/woff2",
}


class Static:
    """Files by name; each address changes with what the file holds."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(files)
        self._marks = {name: hashlib.sha256(held).hexdigest()[:12] for name, held in files.items()}

    def address(self, name: str) -> str:
        """Where a page finds the file."""
        return f"/static/{quote(name)}?v={self._marks.get(name, '')}"

    def file(self, request: Request) -> Response:
        """The file of this name."""
        name = request.path_params["name"]
        held = self._files.get(name)
        kind = _TYPES.get(name.rpartition(".")[2])
        if held is None or kind is None:
            raise Refusal(404, "there is no such file")
        fresh = request.query_params.get("v") == self._marks[name]
        kept = "public, max-age=31536000, immutable" if fresh else "no-cache"
        return Response(held, media_type=kind, headers={"cache-control": kept})
