"""The rows that numbers are cited from, each with its place in the list at the foot of the page."""

from collections.abc import Iterable, Sequence

from attrs import frozen
from markupsafe import Markup

from unsung.model.recognition import Unresolved
from unsung.model.world import INDICATORS, Row, Unknown
from unsung.pages.figures.svg import element
from unsung.pages.report.wording import listed


@frozen
class Cited:
    """A row as the list shows it."""

    number: int
    about: str
    says: str
    value: str
    source: str
    date: str
    licence: str
    address: str
    pointer: str
    digest: str
    synthetic: bool


class Citations:
    """Numbers rows in the order they are first cited or listed."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._numbers = {row: at + 1 for at, row in enumerate(dict.fromkeys(rows))}

    def mark(self, rows: Sequence[Row]) -> Markup:
        """Links to these rows, such as `[3] [7]`."""
        links = [
            element("a", {"class": "cite", "href": f"#row-{number}"}, f"[{number}]")
            for row in rows
            if (number := self._numbers.get(row))
        ]
        return Markup(" ").join(links)

    @property
    def listed(self) -> tuple[Cited, ...]:
        """Every row, in order."""
        return tuple(_cited(row, number) for row, number in self._numbers.items())


def unknowns(unknown: Iterable[Unknown]) -> tuple[tuple[str, str, str], ...]:
    """Source, question and reason of what stayed unknown; tracks are counted, not listed."""
    counted: dict[tuple[str, str, str], int] = {}
    for one in unknown:
        key = (one.source, one.indicator, one.reason)
        counted[key] = counted.get(key, 0) + 1
    return tuple(
        (
            source,
            indicator.replace("_", " ") + (f" ({count} times)" if count > 1 else ""),
            reason.removeprefix(f"{source} "),
        )
        for (source, indicator, reason), count in counted.items()
    )


def unresolved(open_: Iterable[Unresolved]) -> tuple[tuple[str, str, str], ...]:
    """Who, what and why of all that could not be told; what has one reason is told once."""
    grouped: dict[tuple[str, str], list[Unresolved]] = {}
    for one in open_:
        grouped.setdefault((one.subject.kind, one.because), []).append(one)
    return tuple(
        (_who(kind, some), listed(_kinds(some)), because)
        for (kind, because), some in grouped.items()
    )


def _who(kind: str, some: Sequence[Unresolved]) -> str:
    """The one it is about, or how many."""
    names = dict.fromkeys(one.subject.name for one in some)
    return next(iter(names)) or kind if len(names) == 1 else f"{len(names)} {kind}s"


def _kinds(some: Sequence[Unresolved]) -> list[str]:
    return [kind.replace("_", " ") for kind in dict.fromkeys(one.kind for one in some)]


def _cited(row: Row, number: int) -> Cited:
    answer = row.answer
    about = row.subject.name if row.subject.kind == "track" else row.subject.kind
    return Cited(
        number, about, meaning(row.indicator), shown(row.value), answer.source,
        answer.retrieved_at[:10], answer.licence, answer.address, row.pointer,
        answer.digest[:16], answer.synthetic,
    )  # fmt: skip


def feature(name: str) -> str:
    """A kind of exposure in words: what is counted, and by whom."""
    indicator = INDICATORS.get(name)
    return f"{indicator.meaning} ({indicator.voice})" if indicator else _PLAIN.get(name, name)


_PLAIN = {"year": "the year it came out", "English": "its language"}


def meaning(name: str) -> str:
    """What an indicator counts."""
    return INDICATORS[name].meaning if name in INDICATORS else name.replace("_", " ")


def shown(value: float | str) -> str:
    """Counts with thin spaces, means with one decimal, texts as they are."""
    if isinstance(value, str):
        return value
    return f"{value:,.0f}".replace(",", "\u2009") if value == int(value) else f"{value:.2f}"
