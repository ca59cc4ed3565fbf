"""Who plays and in which key, along the album: a row for each family, and a strip of keys."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from markupsafe import Markup

from unsung.model.article import Figure
from unsung.model.finding import Quantity
from unsung.model.hearing import Soundtrack
from unsung.model.instruments import FAMILIES, Instruments
from unsung.model.outcomes import Outcome
from unsung.model.pitch import Key
from unsung.model.time import Span
from unsung.pages.article.figures.along import (
    LEFT,
    NUMBERS_HEIGHT,
    Along,
    along,
    track_bands,
    track_numbers,
)
from unsung.pages.article.figures.colours import painted
from unsung.pages.article.figures.facts import Named, caption, counted
from unsung.pages.article.figures.keys import STRIP, Keys, key_strip, keys_along
from unsung.pages.article.figures.sheet import (
    SMALL,
    hatched,
    hatching,
    length,
    rectangle,
    sheet,
    text_width,
    words,
)
from unsung.pages.figures.svg import element
from unsung.pages.report.keys import key_shares
from unsung.pages.report.places import title_of
from unsung.pages.report.wording import listed, number

MOST_FAMILIES = 8
_SLUG = "tapestry"
_TOP, _ROW, _THREAD = 8, 30, 20
_GAP = 14
_LEVELS = (0.35, 0.6, 0.85)
_STEP = 2.0
_LEAST_SHARE = 0.02
_MOST_KEYS_SAID = 4


@frozen
class Row:
    """A family: how long it is heard, and by track (counted from 0) how likely in each second."""

    name: str
    heard_s: float
    likely: tuple[tuple[int, Instruments], ...]

    @property
    def place(self) -> int:
        """Its row in `FAMILIES`."""
        return FAMILIES.index(self.name)


def tapestry(soundtrack: Soundtrack, rests_on: Sequence[str] = ()) -> Figure | None:
    """Families and keys over the album; nothing where neither can be told."""
    album, rows = along(soundtrack), families(soundtrack)
    keys = keys_along(soundtrack, album) if album else None
    if not (album and keys) or not (rows or any(isinstance(one.key, Key) for one in keys.blocks)):
        return None
    untold = _untold(soundtrack)
    threads_end = _TOP + _ROW * (len(rows) + bool(untold))
    bottom = threads_end + _GAP + STRIP
    description = _description(rows, soundtrack)
    drawn = sheet(
        _SLUG,
        "Families of instruments and keys along the album",
        description,
        bottom + NUMBERS_HEIGHT,
        hatching(_SLUG),
        track_bands(album, _TOP, bottom),
        *(_thread(row, _TOP + _ROW * k, album) for k, row in enumerate(rows)),
        _untold_row(untold, threads_end - _ROW, album),
        key_strip(_SLUG, keys.blocks, threads_end + _GAP, album),
        track_numbers(album, [one.track.position for one in soundtrack.heard], bottom),
    )
    return Figure(_SLUG, drawn, caption(_said(rows, keys, soundtrack), rests_on), description)


def families(soundtrack: Soundtrack) -> tuple[Row, ...]:
    """The families heard for longest, in the order of a page of score."""
    found = [_row(place, name, soundtrack) for place, name in enumerate(FAMILIES)]
    longest = sorted(found, key=lambda one: -one.heard_s)[:MOST_FAMILIES]
    return tuple(
        one for one in found
        if one in longest and one.heard_s > _LEAST_SHARE * _lasts_s(soundtrack)
    )  # fmt: skip


def _row(place: int, name: str, soundtrack: Soundtrack) -> Row:
    likely = tuple((k, one.hearing.instruments) for k, one in enumerate(soundtrack.heard))
    seconds = (
        float((one.families.values[place] >= _LEVELS[1]).sum()) / one.families.frames.rate_hz
        for _, one in likely
    )
    return Row(name, sum(seconds), likely)


def _lasts_s(soundtrack: Soundtrack) -> float:
    return sum(one.hearing.duration_s for one in soundtrack.heard)


def _untold(soundtrack: Soundtrack) -> list[tuple[int, Span]]:
    """Where it sounds and nobody can be told, if that is more than a little."""
    found = [
        (track, span)
        for track, one in enumerate(soundtrack.heard)
        for span in one.hearing.instruments.undetermined
    ]
    long_s = sum(span.duration_s for _, span in found)
    return found if long_s > _LEAST_SHARE * _lasts_s(soundtrack) else []


def _thread(row: Row, top: float, album: Along) -> Markup:
    """A third, two thirds or all of the thread thick: the thicker, the surer."""
    strands = (_strand(row, level, top, album) for level in range(len(_LEVELS)))
    return Markup("").join([_name(row.name, top), *strands])


def _name(name: str, top: float) -> Markup:
    """On one line where it has room, else on two."""
    lines = [name] if text_width(name, SMALL) <= LEFT - 10 else name.split(" ", 1)
    first = top + _ROW / 2 + 5 - 7.5 * (len(lines) - 1)
    return Markup("").join(
        words(line, LEFT - 10, first + 15 * k, anchor="end") for k, line in enumerate(lines)
    )


def _strand(row: Row, level: int, top: float, album: Along) -> Markup:
    tall = _THREAD * (level + 1) / len(_LEVELS)
    y = top + (_ROW - tall) / 2
    drawn = "".join(
        f"M{length(a)} {length(y)}H{length(b)}v{length(tall)}H{length(a)}z"
        for track, one in row.likely
        for a, b in _stretches(one, row.place, _LEVELS[level], track, album)
    )
    if not drawn:
        return Markup("")
    sure = {"fill-opacity": ("0.45", "0.7", "1")[level], "d": drawn}
    return element("path", painted(f"family-{row.place}") | sure)


def _stretches(
    one: Instruments, place: int, least: float, track: int, album: Along
) -> list[tuple[float, float]]:
    """Where a family reaches a level, from and to; a mean for each step of the width."""
    values, rate_hz = one.families.values[place].astype(float), one.families.frames.rate_hz
    if not len(values):
        return []
    begins = album.columns(track, np.arange(len(values) + 1) / rate_hz)
    starts = np.flatnonzero(np.diff(begins[:-1] // _STEP, prepend=-1.0))
    means = np.add.reduceat(values, starts) / np.diff(starts, append=len(values))
    edges = np.r_[begins[starts], begins[-1]]
    there = np.flatnonzero(np.diff((means >= least).astype(np.int8), prepend=0, append=0))
    found: list[tuple[float, float]] = [(a, b) for a, b in edges[there].reshape(-1, 2).tolist()]
    return found


def _untold_row(untold: Sequence[tuple[int, Span]], top: float, album: Along) -> Markup:
    if not untold:
        return Markup("")
    places = [album.stretch(track, span, 1.0) for track, span in untold]
    y = top + (_ROW - _THREAD) / 2
    blocks = [rectangle(x, y, wide, _THREAD, hatched(_SLUG)) for x, wide in places]
    return Markup("").join([_name("not told", top), *blocks])


def _said(rows: Sequence[Row], keys: Keys, soundtrack: Soundtrack) -> list[Named]:
    said: list[Named] = []
    if rows:
        number_of, facts = counted("families", len(rows), "family")
        many = number_of if len(rows) == 1 else number_of.replace("familys", "families")
        said.append((f"Who plays: {many} of instruments, a thread each, the thicker the surer.",
                     facts))  # fmt: skip
    longest = next(iter(key_shares(one.hearing for one in soundtrack.heard)), None)
    if longest and isinstance(longest[0], Key):
        facts = {"key": longest[0].name, "share": Quantity(100 * longest[1], "%")}
        which = "the key that each track keeps longest" if keys.is_by_track else "the keys"
        said.append((f"Beneath, {which}, hatched where it could not be decided;", {}))
        said.append(("in all, {key} holds for {share} of the time.", facts))
    return said


def _description(rows: Sequence[Row], soundtrack: Soundtrack) -> str:
    lasts_s = _lasts_s(soundtrack)
    by_length = sorted(rows, key=lambda one: -one.heard_s)
    told = [
        f"{one.name} for {number(100 * one.heard_s / lasts_s, 0)} % of the time"
        f"{_most(one, soundtrack)}"
        for one in by_length
    ]
    who = [f"Heard most: {'; '.join(told)}."] if told else ["Who plays could not be told."]
    keys = list(key_shares(one.hearing for one in soundtrack.heard))
    named = [pair for pair in keys if isinstance(pair[0], Key)][:_MOST_KEYS_SAID]
    said = [
        f"{key.name} {number(100 * share, 0)} %" for key, share in named if isinstance(key, Key)
    ]
    open_share = sum(share for key, share in keys if isinstance(key, Outcome))
    undecided = f"; undecided {number(100 * open_share, 0)} %" if open_share else ""
    return " ".join([*who, f"The longest keys: {listed(said) or 'none'}{undecided}."])


def _most(row: Row, soundtrack: Soundtrack) -> str:
    """The track that is fullest of a family, where there are several."""
    if len(row.likely) < 2:
        return ""
    shares = [float(one.families.values[row.place].mean()) if one.families.values.size else 0.0
              for _, one in row.likely]  # fmt: skip
    return f", most of all in {title_of(soundtrack.heard[int(np.argmax(shares))])}"
