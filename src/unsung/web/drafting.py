"""What the article of an open album stands on, made behind; and texts while they are written."""

import threading
import time
from collections import OrderedDict
from concurrent.futures import Future
from typing import TYPE_CHECKING

from attrs import frozen

from unsung import pipeline
from unsung.library.article_file import text_digest
from unsung.session.own_words import Ground

if TYPE_CHECKING:
    from unsung.web.opened import OpenAlbum

_MOST_TEXTS = 50
_PATIENCE_S = 0.5


@frozen
class Making:
    """The article is not there yet: what is being done for it, and for how long already."""

    stage: str
    spent_s: float


class Drafting:
    """The writing of one album's article, by as many pages as are open."""

    def __init__(self, opened: "OpenAlbum") -> None:
        self._opened, self._lock = opened, threading.Lock()
        self._made: Ground | None = None
        self._making: Future[Ground] | None = None
        self._began_s = 0.0
        self._texts: OrderedDict[str, str] = OrderedDict()

    def ground(self, patience_s: float = _PATIENCE_S) -> Ground | Making:
        """What the article stands on; where it is still being made, how far that is.

        The one before holds while a new one is made, because something was said meanwhile. What
        goes wrong is told once, and tried again when somebody asks again.
        """
        before, making = self._made, self._under_way()
        try:
            if before is None and making is not None:
                return making.result(patience_s)
        except TimeoutError:
            return Making(self._stage(), time.monotonic() - self._began_s)
        finally:
            self._let_go(making)
        return self._made or Making(self._stage(), 0.0)

    def keep(self, text: str) -> str:
        """Remember a text that is being written; by what it is known."""
        digest = text_digest(text)
        with self._lock:
            self._texts[digest] = text
            self._texts.move_to_end(digest)
            while len(self._texts) > _MOST_TEXTS:
                self._texts.popitem(last=False)
        return digest

    def text(self, digest: str) -> str | None:
        """The text that is known so, if it was brought lately."""
        return self._texts.get(digest)

    def _under_way(self) -> "Future[Ground] | None":
        """The making that is under way, begun where it must be; None where what is made holds."""
        soundtrack = self._opened.soundtrack
        with self._lock:
            if self._made is not None and self._made.soundtrack is soundtrack:
                return None
            self._making = self._making or self._begun()
            return self._making

    def _let_go(self, making: "Future[Ground] | None") -> None:
        """A making that has ended is forgotten once its end was told."""
        with self._lock:
            if making is not None and making.done() and self._making is making:
                self._making = None

    def _begun(self) -> "Future[Ground]":
        making: Future[Ground] = Future()
        self._began_s = time.monotonic()
        threading.Thread(target=self._make, args=(making,), daemon=True).start()
        return making

    def _make(self, making: "Future[Ground]") -> None:
        try:
            soundtrack, findings = self._opened.told()
            self._made = pipeline.article_ground(soundtrack, findings, self._opened.entry.home)
        except BaseException as error:  # noqa: BLE001 (raised again where it is awaited)
            making.set_exception(error)
        else:
            making.set_result(self._made)

    def _stage(self) -> str:
        if self._opened.findings_so_far:
            return "The text is being written and its figures drawn"
        return "All questions are being asked of what was heard"
