"""Facts as findings carry them: names that stay, titles, instants, counts, and words for intervals.

Words hold no digits: every number is a `Quantity`, so that it can be traced.
"""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from attrs import evolve

from unsung.model.finding import Fact, Finding, Quantity, Title
from unsung.model.hearing import Heard, Soundtrack

LEAST_NOTES = 16
"""Fewer are no music of which anything could be told; noise has hardly any."""
_INTERVALS = (
    "", "a minor second", "a major second", "a minor third", "a major third", "a perfect fourth",
    "a tritone", "a perfect fifth", "a minor sixth", "a major sixth", "a minor seventh",
    "a major seventh",
)  # fmt: skip


def slug_of(*parts: str) -> str:
    """The parts as one slug; a part that loses letters gets a mark, so that no two fall together.

    `01 The Sea.ogg` becomes `01-the-sea-ogg`.
    """
    return "-".join(_safe(part) for part in parts)


def title_of(heard: Heard) -> Title:
    """The track's title; its file where it has none."""
    return Title(heard.track.title or heard.track.file, heard.track.file)


def told_apart(findings: Iterable[Finding], soundtrack: Soundtrack) -> tuple[Finding, ...]:
    """The findings, with its file behind every title that several tracks of the album bear."""
    count = Counter(title_of(one).text for one in soundtrack.heard)
    return tuple(
        evolve(one, facts={name: _apart(fact, count) for name, fact in one.facts.items()})
        for one in findings
    )


def _apart(fact: Fact, count: Counter[str]) -> Fact:
    if not isinstance(fact, Title) or count[fact.text] < 2:
        return fact
    return evolve(fact, text=f"{fact.text} ({PurePosixPath(fact.track_file).stem})")


def instant(time_s: float) -> Quantity:
    """An instant of a track."""
    return Quantity(time_s, "clock")


def percent(share: float) -> Quantity:
    """A share 0..1 as per cent."""
    return Quantity(100 * share, "%")


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def interval(semitones: int) -> str:
    """`a perfect fourth`, `an octave and a major third`; empty for none."""
    octaves, rest = divmod(abs(semitones), 12)
    whole = ("", "an octave", "two octaves", "three octaves")[min(octaves, 3)]
    return listed([part for part in (whole, _INTERVALS[rest]) if part])


def _safe(part: str) -> str:
    plain = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    is_readable = re.fullmatch(r"[A-Za-z0-9 ._'’&!(),♯♭-]*", part) is not None and slug
    return slug if is_readable else f"{slug}-{zlib.crc32(part.encode()):08x}".strip("-")
