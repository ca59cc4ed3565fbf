"""How often somebody may ask: a bucket of tokens each, filled again as time passes."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_CLIENTS = 1_000


class Allowance:
    """`per_s` requests a second for each client, and up to `at_once` in a row after a pause."""

    def __init__(
        self, per_s: float, at_once: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_s, self._at_once, self._clock = per_s, at_once, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def is_left(self, client: str) -> bool:
        """Whether the client may ask once more."""
        with self._lock:
            return self._now(client)[0] >= 1

    def has_left(self, client: str) -> bool:
        """The same, and it counts as asked."""
        with self._lock:
            left, now_s = self._now(client)
            allowed = left >= 1
            self._left[client] = (left - allowed, now_s)
            self._left.move_to_end(client)
            while len(self._left) > _MOST_CLIENTS:
                self._left.popitem(last=False)
            return allowed

    def _now(self, client: str) -> tuple[float, float]:
        now_s = self._clock()
        left, since_s = self._left.get(client, (self._at_once, now_s))
        return min(self._at_once, left + (now_s - since_s) * self._per_s), now_s
