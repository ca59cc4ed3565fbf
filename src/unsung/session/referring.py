"""One building of a reference set, from files and, if wished, from the world."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from attrs import evolve, frozen

from unsung.model.errors import SourceError
from unsung.model.reference import ReferenceSet
from unsung.model.world import INDICATORS
from unsung.session.recognising import client
from unsung.sources.dumped import with_dumped
from unsung.sources.dumps import Dumps
from unsung.sources.imdb import ImdbFiles
from unsung.sources.reference_file import reference_text
from unsung.sources.reference_set import imdb_works, with_counts, with_listeners
from unsung.store.evidence import Evidence
from unsung.store.files import write_whole


@frozen
class Built:
    """What a reference set is built from, and where it goes."""

    imdb: Path
    years: range
    least_votes: int
    counts: tuple[Path, ...]
    online: bool
    contact: str
    out: Path
    dumps: Path | None = None
    tell: Callable[[str], None] = lambda _said: None


def built_reference(wished: Built) -> ReferenceSet:
    """The set, built and written."""
    with ImdbFiles(wished.imdb) as files:
        found = imdb_works(files, wished.years, wished.least_votes)
    if wished.dumps:
        with Dumps(wished.dumps, wished.tell) as dumps:
            found = with_dumped(found, dumps)
    if wished.online:
        evidence = Evidence(wished.out.with_suffix(".evidence"))
        with client(evidence, wished.contact, online=True) as asked:
            found = with_listeners(found, asked, wished.years)
    for path in wished.counts:
        found = with_counts(found, _counts(path), path.name)
    found = evolve(found, built_at=datetime.now(UTC).isoformat(timespec="seconds"))
    write_whole(wished.out, reference_text(found).encode())
    return found


def _counts(path: Path) -> Iterator[tuple[str, str, float]]:
    """Lines `identifier,indicator,value`; an empty value is unknown."""
    try:
        lines = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True)
        for line in lines:
            if line["value"]:
                yield line["identifier"], INDICATORS[line["indicator"]].name, float(line["value"])
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise SourceError(f"{path} is not a CSV of identifier,indicator,value: {error}") from error
