"""Who may ask, for what, how much and how often.

The server listens on the loopback alone unless a password is set. Other pages that the same browser
shows are kept out by the names in `Host` (DNS rebinding), by `Origin` and `Sec-Fetch-Site`
(requests forged elsewhere), and by a token that writes must carry; the pages' own policy lets no
script run but the explorer's file.
"""

import base64
import binascii
import hmac
import ipaddress
import secrets
import socket
from urllib.parse import urlsplit

from attrs import field, frozen
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from unsung.model.errors import SettingsError
from unsung.web.allowance import Allowance
from unsung.web.answers import refusal

TOKEN_HEADER = "x-unsung-token"  # noqa: S105 - a header's name
LEAST_PASSWORD = 8
MOST_BODY_BYTES = 64 * 2**10
MOST_IMPORT_BYTES = 8 * 2**20
MOST_SUNG_BYTES = 4 * 2**20
MOST_ARTICLE_BYTES = 2**20
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE = frozenset({"GET", "HEAD"})
_ELSEWHERE = frozenset({"cross-site", "same-site"})

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; media-src 'self' blob:; connect-src 'self'; frame-src 'self';"
    " frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(self)",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
}


def _new_token() -> str:
    return secrets.token_urlsafe(32)


@frozen
class Guard:
    """Where the server listens, the password if others may reach it, and the token of writes."""

    host: str = "127.0.0.1"
    password: str = field(default="", repr=False)
    token: str = field(factory=_new_token, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.is_private and len(self.password) < LEAST_PASSWORD:
            raise SettingsError(
                f"{self.host} can be reached by others; set a password of at least"
                f" {LEAST_PASSWORD} signs, or leave out --host"
            )

    @property
    def is_private(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in _LOOPBACK_NAMES


class Guarded:
    """The application behind the guard: what is not allowed is refused before it is read."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app, self._guard = app, guard
        self._asking, self._writing = Allowance(100, 600), Allowance(10, 60)
        self._wrong_passwords = Allowance(1 / 12, 10)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse in one line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused:
            answer = refusal(*refused)
            if refused[0] == 401:
                answer.headers["www-authenticate"] = 'Basic realm="unsung", charset="UTF-8"'
            await answer(scope, receive, _with_headers(send))
            return
        await self._app(scope, _bounded(receive, _most_bytes(scope)), _with_headers(send))

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers, method = Headers(scope=scope), scope["method"]
        client = scope["client"][0] if scope.get("client") else ""
        if not self._asking.has_left(client):
            return 429, "too many requests; wait a moment"
        if not _is_own_name(headers.get("host", ""), self._guard):
            return 421, "this address is not served here; open the address that unsung printed"
        if not self._knows_password(headers, client):
            return 401, "a password is needed"
        if _is_from_elsewhere(headers):
            return 403, "requests from other sites are not answered"
        if method in _SAFE:
            return None
        return self._refused_write(headers, client, _most_bytes(scope))

    def _refused_write(self, headers: Headers, client: str, most: int) -> tuple[int, str] | None:
        origin = urlsplit(headers.get("origin", ""))
        if origin.scheme not in ("http", "https") or origin.netloc != headers.get("host"):
            return 403, "writing is allowed only from the explorer's own pages"
        if not _are_same(headers.get(TOKEN_HEADER, ""), self._guard.token):
            return 403, "the page is from before the server was started again; reload it"
        if not self._writing.has_left(client):
            return 429, "too many changes at once; wait a moment"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:12]) > most:
            return 413, f"at most {most // 1024} kB can be sent at once"
        return None

    def _knows_password(self, headers: Headers, client: str) -> bool:
        if not self._guard.password:
            return True
        given = _password_in(headers.get("authorization", ""))
        if given is None or not self._wrong_passwords.is_left(client):
            return False
        right = _are_same(given, self._guard.password)
        if not right:
            self._wrong_passwords.has_left(client)
        return right


def _is_own_name(host: str, guard: Guard) -> bool:
    """Whether `Host` is a name of this server, and not one that was pointed at it."""
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if name in _LOOPBACK_NAMES:
        return True
    own = socket.gethostname().lower()
    return not guard.is_private and (
        name in {guard.host.lower(), own, f"{own}.local"} or _is_number(name)
    )


def _is_number(name: str) -> bool:
    """Whether a name is an address in numbers: those no one can point elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _password_in(authorization: str) -> str | None:
    kind, _, coded = authorization.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        return base64.b64decode(coded, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return None


def _are_same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _is_from_elsewhere(headers: Headers) -> bool:
    """Whether another site's page asks for more than to be left for a page of ours."""
    follows_link = headers.get("sec-fetch-mode") == "navigate"
    framed = headers.get("sec-fetch-dest") not in (None, "document")
    return headers.get("sec-fetch-site") in _ELSEWHERE and (not follows_link or framed)


def _most_bytes(scope: Scope) -> int:
    if scope["path"].endswith(("/api/article", "/api/article/draft")):
        return MOST_ARTICLE_BYTES
    more = {"import": MOST_IMPORT_BYTES, "sung": MOST_SUNG_BYTES}
    return more.get(scope["path"].rpartition("/")[2], MOST_BODY_BYTES)


def _bounded(receive: Receive, most: int) -> Receive:
    """The body, as long as it is no longer than `most` bytes."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413, f"at most {most // 1024} kB can be sent at once")
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return guarded
