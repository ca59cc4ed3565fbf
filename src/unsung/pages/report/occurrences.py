"""Occurrences as rows of a list: where, in which words, how sure, and what people say of them."""

from collections.abc import Mapping, Sequence

from attrs import frozen
from markupsafe import Markup

from unsung.model.motif import Motif, Occurrence, Statement
from unsung.model.notes import Notes
from unsung.pages.report import motif_words as say
from unsung.pages.report.places import Places, Spot
from unsung.pages.report.statements import stated_besides, statement_of, verdict, words

MOST_SHOWN = 12
"""Rows of a motif that stand open; what else there is can be unfolded."""
SURE = 0.8
_NOTHING_DRAWN = Markup("")


@frozen
class OccurrenceRow:
    """An occurrence as a reader meets it; `compared` is its notation under the prototype's.

    `sure_percent` is empty where only a person says that it is here; `verdict` is `confirmed`,
    `rejected` or nothing, and `said` tells who says so.
    """

    spot: Spot
    is_prototype: bool
    words: tuple[str, ...]
    confidence: str = ""
    sure_percent: str = ""
    is_sure: bool = True
    verdict: str = ""
    said: str = ""
    compared: Markup = _NOTHING_DRAWN


def occurrence_rows(
    motif: Motif,
    prototype: Notes,
    places: Places,
    statements: Sequence[Statement],
    compared: Mapping[int, Markup],
) -> tuple[OccurrenceRow, ...]:
    """All that is known of a motif, in the order of the album; `compared` by its place there."""
    found = [
        _row(
            motif,
            one,
            row_words(motif, one, prototype, places),
            places.spot(one.track_file, one.span),
            statement_of(motif, one, statements),
            compared.get(k, _NOTHING_DRAWN),
        )
        for k, one in enumerate(motif.occurrences)
    ]
    besides = [
        _stated(one, places)
        for one in stated_besides(motif, statements)
        if one.track_file in places.heard
    ]
    return tuple(sorted([*found, *besides], key=lambda row: row.spot.order))


def row_words(motif: Motif, one: Occurrence, prototype: Notes, places: Places) -> tuple[str, ...]:
    """Height and key, tempo, what else became of it, its compass, who plays."""
    hearing, home = places.hearing(one), say.home(places.hearing(one), one)
    changed = [
        ", ".join(word for word in (say.interval(one.transposition_semitones), home) if word),
        say.tempo(one.tempo_ratio),
        say.changes(motif, one),
    ]
    itself = [say.compass(hearing, one, prototype), say.parts(one)]
    said = [home, *itself] if motif.is_prototype(one) else [*changed, *itself]
    return tuple(word for word in said if word)


def shown_and_folded(
    rows: Sequence[OccurrenceRow], most: int = MOST_SHOWN
) -> tuple[tuple[OccurrenceRow, ...], tuple[OccurrenceRow, ...]]:
    """Those that stand open, and the rest: first what has most to tell, then what comes first."""
    by_tale = sorted(range(len(rows)), key=lambda k: (not _has_a_tale(rows[k]), k))
    open_ones = set(by_tale[:most])
    shown = tuple(row for k, row in enumerate(rows) if k in open_ones)
    return shown, tuple(row for k, row in enumerate(rows) if k not in open_ones)


def _has_a_tale(row: OccurrenceRow) -> bool:
    return bool(row.compared or row.verdict) or row.is_prototype


def _row(
    motif: Motif,
    one: Occurrence,
    said_of_it: tuple[str, ...],
    spot: Spot,
    statement: Statement | None,
    compared: Markup,
) -> OccurrenceRow:
    return OccurrenceRow(
        spot=spot,
        is_prototype=motif.is_prototype(one),
        words=said_of_it,
        confidence=say.confidence(one.confidence),
        sure_percent=f"{100 * one.confidence:.0f}",
        is_sure=one.confidence >= SURE,
        verdict=verdict(statement),
        said=words(statement),
        compared=compared,
    )


def _stated(statement: Statement, places: Places) -> OccurrenceRow:
    """What only a person hears."""
    return OccurrenceRow(
        spot=places.spot(statement.track_file, statement.span),
        is_prototype=False,
        words=("not found by the machine",),
        verdict=verdict(statement),
        said=words(statement),
    )
