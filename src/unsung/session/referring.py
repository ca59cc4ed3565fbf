"""One building of a reference set, from files and, if wished, from the world."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from attrs import evolve, frozen

from unsung.library.recognition_file import corrections_beside
from unsung.model.errors import SettingsError, SourceError
from unsung.model.hearing import Soundtrack
from unsung.model.reference import ReferenceSet
from unsung.model.world import INDICATORS
from unsung.recognition.merit import Parts, album_parts
from unsung.session.recognising import CASE_NAME, client
from unsung.sources.dumped import with_dumped
from unsung.sources.dumps import Dumps
from unsung.sources.imdb import ImdbFiles
from unsung.sources.reference_file import reference_in, reference_text
from unsung.sources.reference_set import (
    LEAST_VOTES,
    imdb_works,
    with_counts,
    with_listeners,
    with_merit,
)
from unsung.store import project_folder
from unsung.store.evidence import Evidence
from unsung.store.files import write_whole


@frozen
class Built:
    """What a reference set is built from, and where it goes.

    `known` is a set that was built before; `heard` are albums that were listened to, which
    `remember` recalls one at a time.
    """

    out: Path
    remember: Callable[[Path], Soundtrack]
    imdb: Path | None = None
    known: Path | None = None
    years: range = range(1980, 2026)
    least_votes: int = LEAST_VOTES
    dumps: Path | None = None
    counts: tuple[Path, ...] = ()
    heard: tuple[Path, ...] = ()
    online: bool = False
    contact: str = ""
    tell: Callable[[str], None] = lambda _said: None


def built_reference(wished: Built) -> ReferenceSet:
    """The set, built and written."""
    found = _works(wished)
    if wished.dumps:
        with Dumps(wished.dumps, wished.tell) as dumps:
            found = with_dumped(found, dumps)
    if wished.online:
        evidence = Evidence(wished.out.with_suffix(".evidence"))
        with client(evidence, wished.contact, online=True) as asked:
            found = with_listeners(found, asked, wished.years)
    for path in wished.counts:
        found = with_counts(found, _counts(path), path.name)
    found = with_merit(found, dict(_merits(wished, found)))
    found = evolve(found, built_at=datetime.now(UTC).isoformat(timespec="seconds"))
    write_whole(wished.out, reference_text(found).encode())
    return found


def _works(wished: Built) -> ReferenceSet:
    """The works of IMDb's files, or of a set that was built before."""
    if wished.known is not None:
        return reference_in(wished.known.read_bytes(), wished.known.name)
    if wished.imdb is None:
        raise SettingsError("a reference set is built from IMDb's files (--imdb) or --from another")
    with ImdbFiles(wished.imdb) as files:
        return imdb_works(files, wished.years, wished.least_votes)


def _merits(wished: Built, found: ReferenceSet) -> Iterator[tuple[str, Parts]]:
    """What was heard in each album, by its work; an album without a place in the set is told."""
    known = {work.identifier for work in found.works}
    for place in wished.heard:
        imdb = imdb_of(place)
        if imdb in known:
            yield imdb, album_parts([one.hearing for one in wished.remember(place).heard])
        else:
            why = f"{imdb} is not in this set" if imdb else _UNRESOLVED
            wished.tell(f"{place}: left out, {why}")


def imdb_of(place: Path) -> str:
    """The IMDb identifier of an album's work: the user's word, else what was recognised."""
    if own := dict(corrections_beside(place).identifiers).get("imdb"):
        return own
    try:
        said = json.loads((project_folder(place) / CASE_NAME).read_bytes())
        matches = said["identity"]["matches"]
        return next((str(one["identifier"]) for one in matches if one["kind"] == "imdb"), "")
    except (OSError, ValueError, KeyError, TypeError):
        return ""


_UNRESOLVED = (
    "its work is not known; run `unsung recognise` first or write its `imdb` in recognition.toml"
)


def _counts(path: Path) -> Iterator[tuple[str, str, float]]:
    """Lines `identifier,indicator,value`; an empty value is unknown."""
    try:
        lines = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True)
        for line in lines:
            if line["value"]:
                yield line["identifier"], INDICATORS[line["indicator"]].name, float(line["value"])
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise SourceError(f"{path} is not a CSV of identifier,indicator,value: {error}") from error
