"""A server that stands in for `unsung serve`: the same addresses, answers from memory."""

import io
import json
import threading
import uuid
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np
import soundfile
from attrs import evolve, field, frozen

from unsung.model.motif import Naming, Statement, Testimony
from unsung.model.time import Span
from unsung.pages import explorer
from unsung.pages.explorer import AlbumCard, ExplorerContext, LibraryContext

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
TOKEN = "a token"
KINDS = {"js": "text/javascript", "css": "text/css"}


@frozen
class Album:
    """What is served: a context, the sound of each track as (samples, rate), what was written."""

    context: ExplorerContext
    sounds: dict
    library: tuple = ()
    said: list = field(factory=list)
    kept: dict = field(factory=dict)
    found: list = field(factory=list)


def served(album):
    """A server on a free port, running; close it with `shutdown`."""
    handler = type("Handler", (_Handler,), {"album": album, "protocol_version": "HTTP/1.1"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class _Handler(BaseHTTPRequestHandler):
    album: Album

    def log_message(self, *_):
        pass

    def do_GET(self):
        address = urlsplit(self.path)
        parts = [unquote(part) for part in address.path.strip("/").split("/")]
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        try:
            self._answer(parts, query)
        except (KeyError, ValueError):
            self._html(explorer.error_page(404, "There is no such page."), 404)

    def _answer(self, parts, query):
        context = self._context()
        if parts == [""]:
            self._html(
                explorer.library_page(LibraryContext(self.album.library, "0.1.0", TOKEN))
            )
        elif parts[0] == "static":
            kind = KINDS[parts[1].split(".")[-1]]
            self._send(explorer.static_file(parts[1]), f"{kind}; charset=utf-8")
        elif parts[:2] == ["api", "albums"]:
            self._events()
        elif parts[2:3] == ["audio"]:
            self._audio(parts[3:], query)
        elif parts[2:3] == ["api"]:
            self._read(parts[3:], query)
        else:
            self._html(_page(context, parts[2:], query))

    def _context(self):
        statements, namings = [], []
        for one in self.album.said:
            (statements if isinstance(one, Statement) else namings).append(one)
        soundtrack = self.album.context.soundtrack
        before = soundtrack.testimony.statements
        names = {one.motif_name: one for one in namings}
        motifs = tuple(
            evolve(
                one,
                name=names[one.label].name,
                meaning=names[one.label].meaning,
                meaning_source=names[one.label].meaning_source,
            )
            if one.label in names
            else one
            for one in soundtrack.motifs
        )
        said = Testimony((*before, *statements))
        return evolve(
            self.album.context, soundtrack=evolve(soundtrack, testimony=said, motifs=motifs)
        )

    def _audio(self, parts, query):
        samples, rate_hz = self.album.sounds[int(parts[0])]
        if parts[1:] == ["excerpt"]:
            start, end = (round(float(query[name]) * rate_hz) for name in ("from", "to"))
            samples = samples[start:end]
        whole = io.BytesIO()
        soundfile.write(whole, samples, rate_hz, format="WAV")
        self._send(whole.getvalue(), "audio/wav")

    def _read(self, parts, query):
        if parts[0] == "tracks":
            rows = np.round(100 * np.abs(np.sin(np.arange(400) / 9))).astype(int)
            self._json({"rate_hz": 20, "low": (-rows).tolist(), "high": rows.tolist()})
        elif parts[0] == "annotations":
            wanted = query.get("track")
            items = [
                one
                for one in self.album.kept.values()
                if wanted is None or one.get("track") == int(wanted)
            ]
            self._json({"type": "AnnotationCollection", "first": {"items": items}})
        else:
            raise KeyError(parts[0])

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("X-Unsung-Token") != TOKEN:
            self._json({"error": "this write bears no token"}, 403)
            return
        parts = [unquote(part) for part in self.path.strip("/").split("/")]
        plain = json.loads(body or b"{}")
        self._json(*self._written(parts, plain))

    do_PUT = do_DELETE = do_POST

    def _written(self, parts, plain):
        if parts[:2] == ["api", "albums"]:
            wrong = plain.get("path") == "/nowhere"
            said = {"error": "/nowhere: there is no such folder"} if wrong else {"slug": "demo"}
            return said, 404 if wrong else 200
        name = parts[3]
        if name == "find":
            return {"places": self.album.found, "spent_s": 0.01}, 200
        if name == "statements":
            file = self.album.context.soundtrack[str(plain["track"])].track.file
            span = Span(plain["from_s"], plain["to_s"])
            self.album.said.append(
                Statement(file, span, "Ada", plain["motif"], holds=plain["holds"])
            )
        elif name == "names":
            self.album.said.append(
                Naming(plain["motif"], plain["name"], "Ada", plain["meaning"], plain["source"])
            )
        elif name == "undo":
            self.album.said.pop()
        elif name == "annotations":
            return self._annotated(parts[4:], plain), 200
        return {}, 200

    def _annotated(self, parts, plain):
        kept = self.album.kept
        if self.command == "DELETE":
            kept.pop(parts[0])
            return {}
        if self.command == "PUT":
            kept[parts[0]] |= {"body": plain["body"], "modified": "2027-01-01T00:00:00.000Z"}
            return kept[parts[0]]
        target = plain["target"]
        answered = kept.get(target) if isinstance(target, str) else None
        now = datetime.now(UTC).isoformat()
        one = plain | {
            "id": f"urn:uuid:{uuid.uuid4()}",
            "creator": {"name": "Ada"},
            "created": now,
            "modified": now,
            "track": answered["track"] if answered else int(target["source"].split(":")[1]),
        }
        kept[one["id"]] = one
        return one

    def _events(self):
        told = (
            {"done": 1, "of": 2, "track": "First Light", "stage": "notes"},
            {"done": 2, "of": 2, "finished": True},
        )
        text = "".join(f"data: {json.dumps(one)}\n\n" for one in told)
        self._send(text.encode(), "text/event-stream")

    def _html(self, text, status=200):
        self._send(text.encode(), "text/html; charset=utf-8", status)

    def _json(self, plain, status=200):
        self._send(json.dumps(plain).encode(), "application/json", status)

    def _send(self, content, kind, status=200):
        whole, asked = len(content), self.headers.get("Range", "")
        if asked.startswith("bytes=") and status == 200:
            first, _, last = asked.removeprefix("bytes=").partition("-")
            start, end = int(first), min(int(last or whole - 1), whole - 1)
            content, status = content[start : end + 1], 206
        self.send_response(status)
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{end}/{whole}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        try:
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            return


def _page(context, parts, query):
    if not parts:
        return explorer.album_page(context)
    if parts[0] == "track":
        return explorer.track_page(context, int(parts[1]))
    if parts[0] == "motif":
        return explorer.motif_page(context, parts[1], int(parts[2]) if parts[2:] else 0)
    if parts[0] == "search":
        return explorer.search_page(context, query.get("q", ""))
    return {
        "gems": explorer.gems_page,
        "findings": explorer.findings_page,
        "article": explorer.article_page,
    }[parts[0]](context)


def card(slug, title, **more):
    """An album on the shelf."""
    return AlbumCard(slug, title, f"/music/{title}", f"/a/{slug}/", **more)
