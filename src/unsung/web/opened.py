"""An album while it is explored: what was heard stays in memory, what people say counts at once.

Whatever another program changes in the project folder is seen at the next request. What people say
is written at once; what follows from it for the motifs is worked out behind, and the pages show it
when it is there. What is slow to import is imported when it is first needed, so that the server is
there at once.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from unsung.library.testimony_file import testimony_path
from unsung.model.album import Recording
from unsung.model.errors import StoreError, UnsungError
from unsung.model.finding import Finding
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.motif import Motif, Occurrence, Testimony
from unsung.model.notes import Notes
from unsung.model.story import Story
from unsung.model.time import Span
from unsung.store import Index, Kept, Memory, Project, known
from unsung.web.albums import Entry
from unsung.web.answers import Refusal
from unsung.web.drafting import Drafting
from unsung.web.pages import Tell
from unsung.web.playing import Player, remove_unfinished

if TYPE_CHECKING:
    from unsung.motifs.soundtrack import Sought

_SETTLES_AFTER_S = 0.3
_REPORT_AFTER_S = 20.0
_MOST_ROUNDS = 20
_FIRST_VIEW_S = 2.0
Find = Callable[[Soundtrack, Path], tuple[Finding, ...]]


@frozen(eq=False)
class _Known:
    """What the project held when it was last looked at."""

    stamp: tuple[object, ...]
    kept: tuple[Kept, ...]
    soundtrack: Soundtrack
    is_settled: bool
    findings: list[tuple[Finding, ...]] = field(factory=list)
    """Empty until the questions were answered; then the answers."""
    stories: list[Story | None] = field(factory=list)
    """The same of what somebody told of the work."""


class OpenAlbum:
    """One album, opened; many requests ask at a time.

    `find` answers the questions, `tell` gives the story; `ready` is called once all is known.
    """

    def __init__(
        self, entry: Entry, find: Find, tell: Tell, ready: Callable[["OpenAlbum"], None]
    ) -> None:
        self.entry, self.player = entry, Player(entry.place, entry.home)
        self.saying = threading.RLock()
        self._find, self._tell, self._ready = find, tell, ready
        self._lock, self._seeking = threading.RLock(), threading.Lock()
        self._answering = threading.Lock()
        self._known: _Known | None = None
        self._sought: tuple[tuple[Heard, ...], Sought] | None = None
        self._settling: threading.Thread | None = None
        self._reporting: threading.Timer | None = None
        self.drafting = Drafting(self)
        remove_unfinished(entry.home)

    @property
    def project(self) -> Project:
        """The project folder; `StoreError` where nothing was heard yet."""
        return Project.found_at(self.entry.home)

    @property
    def is_ready(self) -> bool:
        """Whether all that pages show is in memory, so that nobody waits and nothing is missing."""
        looked = self._known
        return looked is not None and bool(looked.findings and looked.stories)

    @property
    def soundtrack(self) -> Soundtrack:
        """All that was heard, and the motifs as people say by now."""
        return self._looked().soundtrack

    @property
    def is_settled(self) -> bool:
        """Whether the motifs follow from all that people said; if not, that is being worked out."""
        return self._looked().is_settled

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What can be said of the soundtrack; asked the first time, which may take a while."""
        return self.told()[1]

    def told(self) -> tuple[Soundtrack, tuple[Finding, ...]]:
        """The soundtrack, and what can be said of this very one."""
        looked = self._looked()
        with self._answering:
            if not looked.findings:
                looked.findings.append(self._find(looked.soundtrack, self.entry.home))
        return looked.soundtrack, looked.findings[0]

    @property
    def findings_so_far(self) -> tuple[Finding, ...]:
        """The same for who cannot wait: none until they are there."""
        return next(iter(self._looked().findings), ())

    @property
    def story(self) -> Story | None:
        """What was told of the work; read the first time, which may take a while."""
        looked = self._looked()
        with self._answering:
            if not looked.stories:
                looked.stories.append(self._tell(looked.soundtrack, self.entry.home))
        return looked.stories[0]

    @property
    def story_so_far(self) -> Story | None:
        """The same for who cannot wait: none until it was read, now or at an earlier start."""
        looked = self._looked()
        if looked.stories:
            return looked.stories[0]
        recalled = self._tell(looked.soundtrack, self.entry.home, only_recall=True)
        if recalled is not None:
            looked.stories.append(recalled)
        return next(iter(looked.stories), None)

    def source(self, file: str) -> str:
        """The digest by which the sound, or the score, of a track is known."""
        for one in self._looked().kept:
            if one.file == file:
                return str(one.source["digest"] if isinstance(one.source, dict) else one.source)
        raise Refusal(404, f"{file} was not heard")

    def at(self, position: int) -> Heard:
        """The track at a position of the album."""
        for one in self.soundtrack.heard:
            if one.track.position == position:
                return one
        raise Refusal(404, f"there is no track {position} that was heard")

    def recorded(self, position: int) -> tuple[Heard, Recording]:
        """The track at a position, and its recording; a score has none."""
        heard = self.at(position)
        if not isinstance(heard.hearing.source, Recording):
            raise Refusal(404, "this track is a score and has no sound")
        return heard, heard.hearing.source

    def returns(self, asked: tuple[str, Span] | Notes) -> tuple[Occurrence, ...]:
        """Every place where a passage, or a line of notes, comes back; the surest first."""
        from unsung.motifs.soundtrack import passage_of, returns_of  # noqa: PLC0415

        sought = self.sought
        line = asked if isinstance(asked, Notes) else passage_of(sought, *asked)
        return returns_of(line, sought)

    @property
    def sought(self) -> "Sought":
        """The album made ready for seeking; kept until something else is heard."""
        from unsung.motifs.soundtrack import sought_in  # noqa: PLC0415

        heard = self.soundtrack.heard
        with self._seeking:
            if self._sought is None or self._sought[0] is not heard:
                self._sought = (heard, sought_in(heard))
            return self._sought[1]

    def warm(self) -> None:
        """Bring back all that a first visitor would have to wait for, the first page first."""
        with contextlib.suppress(UnsungError, Refusal):
            prototypes = [motif.prototype for motif in self.soundtrack.motifs[:1]]
            time.sleep(_FIRST_VIEW_S)
            _ = self.findings, self.story
            self._ready(self)
            for one in prototypes:
                self.returns((one.track_file, one.span))

    def say(self, said: Callable[[Project], Any]) -> Any:
        """Write down what a person says of the motifs; it counts from now on."""
        with self.saying:
            answer = said(self.project)
        self._looked()
        return answer

    def _looked(self) -> _Known:
        """What is known, looked at again where files have changed."""
        with self._lock:
            stamp = self._stamp()
            if self._known is None or self._known.stamp != stamp:
                self._known = self._brought_back(stamp)
                if not self._known.is_settled:
                    self._settle()
            return self._known

    def _stamp(self) -> tuple[object, ...]:
        project = self.project
        paths = (project.index_path, testimony_path(project.folder))
        return tuple(_stat(path) for path in paths)

    def _brought_back(self, stamp: tuple[object, ...]) -> _Known:
        from unsung import session  # noqa: PLC0415
        from unsung.session.filming import film_case  # noqa: PLC0415
        from unsung.session.returning import said_of  # noqa: PLC0415

        project, before = self.project, self._known
        testimony = said_of(project)
        with Index(project.index_path) as index:
            kept, said = index.heard(), index.word("said")
            if before is None or before.kept != kept:
                found = session.with_motifs(project, index)
            else:
                motifs = Memory(project.folder).noun(index.word("motifs") or [], tuple[Motif, ...])
                film = film_case(project, index)
                found = evolve(before.soundtrack, motifs=motifs, film=film)
        settled = said == known(testimony).digest or (said is None and testimony == Testimony())
        motifs = found.motifs if settled else _named(found.motifs, testimony)
        return _Known(stamp, kept, evolve(found, motifs=motifs, testimony=testimony), settled)

    def _settle(self) -> None:
        """Work out behind what follows from what people said, once they pause."""
        if self._settling is None or not self._settling.is_alive():
            self._settling = threading.Thread(target=self._settled, daemon=True)
            self._settling.start()

    def _settled(self) -> None:
        """A listening that holds the project meanwhile does the same when it ends."""
        from unsung import pipeline  # noqa: PLC0415

        with contextlib.suppress(UnsungError):
            for _ in range(_MOST_ROUNDS):
                time.sleep(_SETTLES_AFTER_S)
                pipeline.say(self.entry.home, lambda _project: None)
                if self._looked().is_settled:
                    break
        self._settling = None
        self._write_report_later()

    def _write_report_later(self) -> None:
        """It takes a while, so it waits until nobody has said anything for some time."""
        if self._reporting:
            self._reporting.cancel()
        self._reporting = threading.Timer(_REPORT_AFTER_S, self._write_report)
        self._reporting.daemon = True
        self._reporting.start()

    def _write_report(self) -> None:
        from unsung import pipeline  # noqa: PLC0415

        with contextlib.suppress(UnsungError, OSError):
            pipeline.keep_report(self.entry.home)


class OpenAlbums:
    """The albums that are open; the one longest unvisited is closed for a new one."""

    def __init__(
        self,
        find: Find,
        tell: Tell,
        ready: Callable[[OpenAlbum], None] = lambda _opened: None,
        most: int = 3,
    ) -> None:
        self._find, self._tell, self._ready = find, tell, ready
        self._most, self._lock = most, threading.Lock()
        self._open: dict[str, OpenAlbum] = {}

    def opened(self, entry: Entry) -> OpenAlbum:
        """The album of an entry, opened if it is not."""
        with self._lock:
            album = self._open.pop(entry.slug, None)
            if album is None or album.entry != entry:
                album = OpenAlbum(entry, self._find, self._tell, self._ready)
                threading.Thread(target=album.warm, daemon=True).start()
            self._open[entry.slug] = album
            for slug in list(self._open)[: -self._most]:
                del self._open[slug]
            return album


def _named(motifs: tuple[Motif, ...], testimony: Testimony) -> tuple[Motif, ...]:
    """The motifs under the names people give them by now; what else they said takes a moment."""
    from unsung.motifs.testimony import witnessed  # noqa: PLC0415

    named_so = {said.motif_name for said in testimony.statements}
    named_so |= {said.name for said in testimony.partings}
    bare = tuple(
        one if one.name in named_so else evolve(one, name="", meaning="", meaning_source="")
        for one in motifs
    )
    return witnessed(bare, Testimony(testimony.namings), _no_search)


def _no_search(_statement: object) -> tuple[Occurrence, ...]:
    return ()


def _stat(path: Path) -> object:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{path} could not be read ({error.strerror})") from error
    return found.st_mtime_ns, found.st_size, found.st_ino
