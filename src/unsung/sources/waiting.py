"""How long to wait: between questions, when told to, and when something went wrong."""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from unsung.sources.service import Service

_REMAINING = ("x-ratelimit-remaining", "x-discogs-ratelimit-remaining")
_RESET_IN = "x-ratelimit-reset-in"
_WINDOW_S = 60.0
_LONGEST_HEEDED_S = 120.0


class Waits:
    """When each service may be asked next."""

    def __init__(self, clock_s: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock_s, self._sleep = clock_s, sleep
        self._next_s: dict[str, float] = {}

    def until_allowed(self, service: Service) -> None:
        """Wait until the service may be asked, and count the interval from then."""
        wait_s = self._next_s.get(service.name, 0.0) - self._clock_s()
        if wait_s > 0:
            self._sleep(wait_s)
        self._next_s[service.name] = self._clock_s() + service.least_interval_s

    def pause(self, service: Service, wait_s: float) -> None:
        """The service may not be asked for so long."""
        allowed_s = self._clock_s() + wait_s
        self._next_s[service.name] = max(self._next_s.get(service.name, 0.0), allowed_s)

    def heed(self, service: Service, headers: Mapping[str, str]) -> None:
        """Wait for the next window where the service says that this one is used up."""
        if any(headers.get(name, "").strip() == "0" for name in _REMAINING):
            reset_s = seconds(headers.get(_RESET_IN, ""), _WINDOW_S)
            self.pause(service, min(reset_s, _LONGEST_HEEDED_S))


def asked_wait_s(headers: Mapping[str, str], now: datetime) -> float:
    """What `Retry-After` asks for, as seconds or a date (RFC 9110, section 10.2.3); 0 without."""
    said = headers.get("retry-after", "").strip()
    try:
        return max((_utc(parsedate_to_datetime(said)) - now).total_seconds(), 0.0)
    except (TypeError, ValueError, OverflowError):
        return seconds(said, 0.0)


def backoff_s(attempt: int, first_wait_s: float, dice: random.Random) -> float:
    """Twice as long each time; half of it is drawn, so that clients do not come back together."""
    whole_s: float = first_wait_s * 2**attempt
    return whole_s / 2 + dice.random() * whole_s / 2


def seconds(said: str, otherwise: float) -> float:
    """A whole number of seconds as a header has it; `otherwise` where it is none."""
    return float(said) if said.isascii() and said.isdigit() and len(said) < 10 else otherwise


def _utc(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)
