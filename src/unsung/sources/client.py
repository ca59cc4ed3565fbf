"""One polite client for every service.

It names itself and a contact, keeps each service's interval, waits as long as it is told to
(Retry-After, rate-limit headers), backs off with jitter (exponential, half of it drawn), follows
redirects on the same host only, reads no more than it can hold, and keeps every answer as the exact
bytes. What was kept is not asked again for a week, so a run that was stopped goes on where it was.
Keys travel in headers or in `secret` parameters and are never kept.
"""

import hashlib
import json
import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol, Self
from urllib.parse import urlencode, urlsplit

import httpx
from attrs import field, frozen

from unsung.model.errors import SourceError
from unsung.model.world import Answer
from unsung.sources.service import Service, kept_too_long
from unsung.sources.waiting import Waits, asked_wait_s, backoff_s

_AGAIN = {429, 500, 502, 503, 504}
_ANSWERS = {200, 204, 404}
_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_REDIRECTS = 3


def is_json(content: bytes) -> bool:
    """Whether it is JSON as RFC 8259 has it, without NaN, and not nested beyond reading."""
    try:
        json.loads(content, parse_constant=_not_json)
    except (ValueError, RecursionError):
        return False
    return True


class Keeper(Protocol):
    """Where answers are kept."""

    def kept(self, key: str) -> tuple[Answer, bytes] | None:
        """The answer kept under `key`, if its bytes are whole."""

    def keep(self, key: str, answer: Answer, content: bytes) -> None:
        """Keep `answer` and its bytes under `key`."""


@frozen
class Question:
    """What is asked: an address, and what goes along. `secret` parameters are never kept."""

    path: str
    parameters: Mapping[str, str] = field(factory=dict)
    body: bytes = b""
    headers: Mapping[str, str] = field(factory=dict)
    secret: Mapping[str, str] = field(factory=dict)
    is_whole: Callable[[bytes], bool] = is_json

    def address(self, service: Service) -> str:
        """Where it is asked, without what is secret."""
        query = f"?{urlencode(self.parameters)}" if self.parameters else ""
        return f"{service.base_url}/{self.path.lstrip('/')}{query}"


@frozen
class Terms:
    """How patient the client is."""

    most_tries: int = 4
    first_wait_s: float = 1.0
    longest_wait_s: float = 90.0
    timeout_s: float = 30.0
    most_bytes: int = 32_000_000
    fresh_for: timedelta = timedelta(days=7)


@frozen
class Surroundings:
    """Clock, calendar, patience and dice, so that a test can bring its own."""

    clock_s: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    dice: random.Random = field(factory=random.SystemRandom)


class Client:
    """Asks, or with `online` false only recalls what was asked before."""

    def __init__(
        self,
        keeper: Keeper,
        user_agent: str,
        *,
        online: bool = True,
        terms: Terms | None = None,
        around: Surroundings | None = None,
    ) -> None:
        self._keeper, self._online = keeper, online
        self._terms, self._around = terms or Terms(), around or Surroundings()
        self._waits = Waits(self._around.clock_s, self._around.sleep)
        self._down: dict[str, str] = {}
        self._http = httpx.Client(
            headers={"User-Agent": user_agent, "Accept": "application/json"},
            timeout=self._terms.timeout_s,
            follow_redirects=False,
            trust_env=True,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def answer(self, service: Service, question: Question) -> tuple[Answer, bytes]:
        """The answer and its bytes: kept, if it is fresh or nothing may be asked; else asked."""
        key = _key(service, question)
        kept = self._kept(key)
        if kept and (not self._online or self._is_fresh(kept[0])):
            return kept
        if not self._online:
            raise SourceError(f"{service.name} was not asked: that needs --online")
        try:
            status, content = self._asked(service, question)
        except SourceError:
            if kept:
                return kept
            raise
        answer = self._answer(service, question, status, content)
        self._keeper.keep(key, answer, content)
        return answer, content

    def _kept(self, key: str) -> tuple[Answer, bytes] | None:
        """What is kept and may still be."""
        kept = self._keeper.kept(key)
        return None if kept and kept_too_long(kept[0], self._around.now()) else kept

    def _is_fresh(self, answer: Answer) -> bool:
        asked = datetime.fromisoformat(answer.retrieved_at)
        return self._around.now() - asked < self._terms.fresh_for

    def _answer(self, service: Service, question: Question, status: int, content: bytes) -> Answer:
        return Answer(
            source=service.name,
            address=question.address(service),
            retrieved_at=self._around.now().isoformat(timespec="seconds"),
            digest=_digest(content),
            licence=service.licence,
            status=status,
        )

    def _asked(self, service: Service, question: Question) -> tuple[int, bytes]:
        """Status and bytes, after as many tries as the terms allow."""
        if service.name in self._down:
            raise SourceError(self._down[service.name])
        reason = ""
        for attempt in range(self._terms.most_tries):
            self._waits.until_allowed(service)
            status, content, reason, wait_s = self._tried(service, question)
            if status in _ANSWERS:
                return status, content
            if status and status not in _AGAIN:
                raise SourceError(f"{service.name} refused: {reason} at {question.path}")
            wait_s = max(wait_s, self._backoff_s(attempt))
            if wait_s > self._terms.longest_wait_s:
                reason = f"{reason}; it asks to wait {wait_s:.0f} s"
                break
            self._waits.pause(service, wait_s)
        self._down[service.name] = (
            f"{service.name} did not answer ({reason}); run it again later, what was kept stays"
        )
        raise SourceError(self._down[service.name])

    def _backoff_s(self, attempt: int) -> float:
        return backoff_s(attempt, self._terms.first_wait_s, self._around.dice)

    def _tried(self, service: Service, question: Question) -> tuple[int, bytes, str, float]:
        """One try: status (0 where there was none), bytes, what went wrong, how long to wait."""
        try:
            status, headers, content = self._sent(service, question)
        except httpx.InvalidURL as error:
            raise SourceError(f"{service.name} cannot be asked that: {error}") from error
        except httpx.HTTPError as error:
            return 0, b"", type(error).__name__, 0.0
        self._waits.heed(service, headers)
        wait_s = asked_wait_s(headers, self._around.now())
        if status == 200 and not question.is_whole(content):
            return 0, b"", "an answer that makes no sense", wait_s
        return status, content, f"status {status}", wait_s

    def _sent(self, service: Service, question: Question) -> tuple[int, Mapping[str, str], bytes]:
        """The last answer of a chain of redirects that stays on the service's host."""
        url = httpx.URL(question.address(service)).copy_merge_params(dict(question.secret))
        method, body = ("POST", question.body) if question.body else ("GET", b"")
        headers = dict(question.headers)
        if body:
            headers.setdefault("Content-Type", "application/json")
        for _ in range(_MOST_REDIRECTS + 1):
            with self._http.stream(method, url, content=body or None, headers=headers) as answer:
                if answer.status_code not in _REDIRECTS:
                    return answer.status_code, answer.headers, self._bytes(service, answer)
                url = _same_host(service, url, answer.headers.get("location", ""))
                if answer.status_code == 303:
                    method, body = "GET", b""
        raise SourceError(f"{service.name} redirects in a circle at {question.path}")

    def _bytes(self, service: Service, answer: httpx.Response) -> bytes:
        """The body, up to what can be held, within the time one answer may take."""
        chunks, held = [], 0
        ends_s = self._around.clock_s() + 4 * self._terms.timeout_s
        for chunk in answer.iter_bytes():
            held += len(chunk)
            chunks.append(chunk)
            if held > self._terms.most_bytes:
                raise SourceError(
                    f"{service.name} sent more than {self._terms.most_bytes} bytes; left unread"
                )
            if self._around.clock_s() > ends_s:
                raise httpx.ReadTimeout("the answer never ended", request=answer.request)
        return b"".join(chunks)


def _same_host(service: Service, asked: httpx.URL, location: str) -> httpx.URL:
    target = asked.join(location)
    here, there = urlsplit(str(asked)), urlsplit(str(target))
    if not location or (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise SourceError(
            f"{service.name} redirects to another host, {there.netloc!r}; not followed"
        )
    return target


def _key(service: Service, question: Question) -> str:
    said = "\n".join((question.address(service), _digest(question.body)))
    return _digest(said.encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _not_json(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
