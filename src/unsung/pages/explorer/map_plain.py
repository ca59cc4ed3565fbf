"""The motif map as plain rows for the script that draws it: short, for there may be thousands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from unsung.listening.character import characters
from unsung.model.film import PLAYED_SHARE
from unsung.model.hearing import Soundtrack
from unsung.model.instruments import Character, Playing
from unsung.model.motif import Motif, Occurrence, Statement
from unsung.model.time import Span
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.map_lanes import map_lanes
from unsung.pages.explorer.orders import Order, orders, people
from unsung.pages.explorer.trail import positions, trail
from unsung.pages.report.expression import Arc, Turn
from unsung.pages.report.places import title, title_of
from unsung.pages.report.scales import AlbumScales
from unsung.pages.report.statements import statement_of, verdict

_VERDICTS = ("", "confirmed", "rejected")
_SOUNDS_AT_LEAST = 0.25


def map_plain(
    context: ExplorerContext, scales: AlbumScales, arc: Arc | None = None
) -> dict[str, Any]:
    """Tracks, motifs, words to choose by, all occurrences, and the orders they can be drawn in.

    A row of `occurrences` is motif, track (both counted from 0), start and end in seconds,
    confidence in percent, verdict (0 none, 1 confirmed, 2 rejected), its number in album order,
    and the instruments that play there. A stretch of an order is track, start and end in it, where
    it begins on the order's axis, and how long it lasts there; a presence is its stretch, start and
    end in the track, and who is there.
    """
    soundtrack = context.soundtrack
    names = _instrument_names(soundtrack)
    moods = _moods(soundtrack)
    found = orders(soundtrack, context.story)
    there = people(found)
    return {
        "tracks": [
            {
                "n": one.track.position,
                "title": title_of(one),
                "durationS": round(one.hearing.duration_s, 2),
                "moods": mood,
                "page": context.urls.track(one.track.position),
            }
            for one, mood in zip(soundtrack.heard, moods, strict=True)
        ],
        "motifs": [
            {"label": one.label, "title": title(one), "page": context.urls.motif(one.label)}
            for one in soundtrack.motifs
        ],
        "instruments": names,
        "moods": sorted({word for mood in moods for word in mood}),
        "characters": list(there),
        "orders": [_order(one, there) for one in found],
        "playedShare": PLAYED_SHARE,
        "lanes": map_lanes(soundtrack, scales),
        "turns": _turns(soundtrack, arc.turns if arc else ()),
        "occurrences": list(_rows(soundtrack, {name: k for k, name in enumerate(names)})),
    }


def _turns(soundtrack: Soundtrack, turns: Sequence[Turn]) -> list[list[Any]]:
    """Track, second, and the number that the list of turning points gives it."""
    tracks = {one.track.position: at for at, one in enumerate(soundtrack.heard)}
    return [[tracks[one.spot.position], round(one.at_s, 1), one.number] for one in turns]


def _order(one: Order, there: Sequence[str]) -> dict[str, Any]:
    places = {name.casefold(): place for place, name in enumerate(there)}
    return {
        "name": one.name,
        "title": one.title,
        "inside": one.inside,
        "apartS": round(one.apart_s, 2),
        "wholeS": round(one.whole_s, 2),
        "isClock": one.is_clock,
        "chapters": [[it.title, *_rounded(it.span)] for it in one.chapters],
        "stretches": [
            [it.track, *_rounded(it.span), round(it.at_s, 2), round(it.lasts_s, 2)]
            for it in one.stretches
        ],
        "presences": [
            [at, *_rounded(it.span), sorted({places[name.casefold()] for name in it.names})]
            for at, stretch in enumerate(one.stretches)
            for it in stretch.presences
        ],
    }


def _rounded(span: Span) -> tuple[float, float]:
    return round(span.start_s, 2), round(span.end_s, 2)


def _instrument_names(soundtrack: Soundtrack) -> list[str]:
    every = (one for heard in soundtrack.heard for one in heard.hearing.instruments.playing)
    return sorted({one.instrument for one in every})


def _moods(soundtrack: Soundtrack) -> list[list[str]]:
    """The moods in which each track stands out from the others."""
    known = characters([one.hearing.likeness for one in soundtrack.heard])
    return [
        [leaning.word for leaning in one.moods if leaning.strength > 0]
        if isinstance(one, Character)
        else []
        for one in known
    ]


def _rows(soundtrack: Soundtrack, names: Mapping[str, int]) -> Iterator[list[Any]]:
    tracks = {file: k for k, file in enumerate(positions(soundtrack))}
    playing = {one.track.file: one.hearing.instruments.playing for one in soundtrack.heard}
    for place, motif in enumerate(soundtrack.motifs):
        for number, one in enumerate(trail(motif, soundtrack), start=1):
            confidence, said = _standing(motif, one, soundtrack)
            yield [
                place,
                tracks[one.track_file],
                round(one.span.start_s, 2),
                round(one.span.end_s, 2),
                confidence,
                _VERDICTS.index(said),
                number,
                sorted({names[name] for name in _players(playing[one.track_file], one.span)}),
            ]


def _standing(motif: Motif, one: Occurrence | Statement, soundtrack: Soundtrack) -> tuple[int, str]:
    """How sure it is in percent, and what was said of it."""
    if isinstance(one, Statement):
        return 100, verdict(one)
    said = verdict(statement_of(motif, one, soundtrack.testimony.statements))
    return round(100 * one.confidence), said


def _players(playing: Sequence[Playing], span: Span) -> Iterator[str]:
    """Who is heard for a quarter of the stretch at least."""
    for one in playing:
        shared_s = min(one.span.end_s, span.end_s) - max(one.span.start_s, span.start_s)
        if shared_s >= _SOUNDS_AT_LEAST * span.duration_s:
            yield one.instrument
