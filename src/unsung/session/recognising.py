"""One recognising of an album: the world asked or recalled, imports read, the page written."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import attrs
from attrs import evolve, frozen

from unsung import __version__
from unsung.library.recognition_file import corrections_beside
from unsung.model.album import Album
from unsung.model.corrections import Corrections
from unsung.model.errors import SettingsError, SourceError
from unsung.model.hearing import Soundtrack
from unsung.model.recognition import Case
from unsung.model.reference import ReferenceSet
from unsung.model.world import ALBUM, Unknown, World
from unsung.pages.recognition import RecognitionContext, recognition_page
from unsung.recognition.case import NO_REFERENCE, Matter, case
from unsung.recognition.planted import Nature, planted_world
from unsung.session.asking import Asking, Keys
from unsung.session.world import world_of
from unsung.sources.client import Client
from unsung.sources.counts import counts
from unsung.sources.dumps import Dumps
from unsung.sources.imdb import ImdbFiles
from unsung.sources.reference_file import reference_in
from unsung.sources.service import ATTRIBUTIONS, SERVICES_BY_NAME, Service, kept_too_long
from unsung.store import Index, Memory, Project
from unsung.store.evidence import Evidence
from unsung.store.files import write_whole

SYNTHETIC = "synthetic"
CASE_NAME = "recognition.json"
_WORD = "case"
_DEMO_SEED, _DEMO_WORKS = 2006, 240


@frozen
class Wishes:
    """What the person asked for on the command line."""

    online: bool = False
    contact: str = ""
    imports: tuple[Path, ...] = ()
    imdb: Path | None = None
    dumps: Path | None = None
    reference: str = ""
    tell: Callable[[str], None] = lambda _said: None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    services: Mapping[str, Service] = SERVICES_BY_NAME


def recognised(soundtrack: Soundtrack, place: Path, project: Project, wishes: Wishes) -> Case:
    """The case of an album, from what is kept, what was imported and, if wished, from the world."""
    own = corrections_beside(place)
    evidence = Evidence(project.folder)
    world = _dropped(evidence, wishes) + _imported(soundtrack.album, place, own, wishes, evidence)
    with client(evidence, wishes.contact or own.contact, online=wishes.online) as asked:
        world += _asked(soundtrack.album, own, asked, wishes)
    return case(Matter(soundtrack, own, world, _reference(wishes.reference)))


def client(evidence: Evidence, contact: str, *, online: bool) -> Client:
    """A client that names the person who asks; nothing is asked of the world without a contact."""
    if online and "@" not in contact and "://" not in contact:
        raise SettingsError(
            "--online needs a contact for the services it asks: your address or page, with"
            " --contact or as `contact` in recognition.toml"
        )
    if any(not one.isprintable() for one in contact) or not contact.isascii():
        raise SettingsError("the contact must be plain text, such as me@example.org")
    return Client(evidence, f"Unsung/{__version__} ( {contact} )", online=online)


def keep_case(project: Project, index: Index, found: Case, place: Path) -> Path:
    """Remember the case, write its page and its JSON; where the page lies."""
    index.keep_word(_WORD, Memory(project.folder).plain(found))
    page = recognition_page(RecognitionContext(found, __version__, place.name, ATTRIBUTIONS))
    path = project.recognition_path
    write_whole(path, page.encode())
    write_whole(project.folder / CASE_NAME, as_json(found).encode())
    return path


def kept_case(project: Project, index: Index) -> Case | None:
    """The case as it was last made; None if recognition was never asked for, or by an older way."""
    plain = index.word(_WORD)
    try:
        found: Case | None = plain and Memory(project.folder).noun(plain, Case)
    except (ValueError, TypeError, KeyError):
        return None
    return found


def as_json(found: Case) -> str:
    """The case with all its rows, as JSON."""
    return json.dumps(attrs.asdict(found), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _asked(album: Album, own: Corrections, asked: Client, wishes: Wishes) -> World:
    keys = Keys(*(os.environ.get(f"UNSUNG_{name}", "") for name in ("TMDB", "LASTFM", "DISCOGS")))
    today = wishes.now().date()
    with (
        ImdbFiles(wishes.imdb) if wishes.imdb else nullcontext() as files,
        Dumps(wishes.dumps, wishes.tell) if wishes.dumps else nullcontext() as dumps,
    ):
        asking = Asking(asked, today, keys, files, dumps, wishes.services)
        if wishes.online:
            asking = evolve(asking, tell=wishes.tell)
        return world_of(album, own, asking)


def _dropped(evidence: Evidence, wishes: Wishes) -> World:
    """Answers that a service's terms no longer let be kept are dropped, and it is said."""
    now = wishes.now()
    counted = Counter(one.source for one in evidence.forget(lambda one: kept_too_long(one, now)))
    lost = []
    for source, count in sorted(counted.items()):
        reason = f"{count} kept answers were dropped: its terms let them be kept for six months"
        wishes.tell(f"{source}: {reason}")
        lost.append(Unknown(ALBUM, "", source, reason))
    return World(unknown=tuple(lost))


def _imported(
    album: Album, place: Path, own: Corrections, wishes: Wishes, evidence: Evidence
) -> World:
    """The counts in the files that the person named, kept as evidence."""
    folder = place if place.is_dir() else place.parent
    world, tracks = World(), dict(_named(album))
    for path in (*(folder / name for name in own.imports), *wishes.imports):
        content = _content(path)
        world += counts(content, path.name, tracks)
        evidence.keep_bytes(content)
    return world


def _named(album: Album) -> Iterator[tuple[str, str]]:
    """Every way to name a track; a title that two tracks bear names neither."""
    titles = [track.title for track in album.tracks]
    for track in album.tracks:
        if titles.count(track.title) == 1:
            yield track.title, track.file
    for track in album.tracks:
        yield str(track.position), track.file
        yield track.file, track.file


def _reference(wished: str) -> ReferenceSet:
    """None, the synthetic one, or that of a file."""
    if not wished:
        return NO_REFERENCE
    if wished == SYNTHETIC:
        return planted_world(_DEMO_SEED, Nature(works=_DEMO_WORKS)).reference
    return reference_in(_content(Path(wished)), wished)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} could not be read: {error.strerror}") from error
