"""What people say of occurrences: that one holds, that one does not, or where another one is."""

from collections.abc import Sequence

from unsung.model.motif import Motif, Occurrence, Statement
from unsung.motifs.labels import place_of, same_place


def statement_of(
    motif: Motif, one: Occurrence, statements: Sequence[Statement]
) -> Statement | None:
    """What was last said of this occurrence, if anything was."""
    said = (
        statement
        for statement in reversed(statements)
        if _may_mean(statement, motif) and _is_of(statement, one)
    )
    return next(said, None)


def stated_besides(motif: Motif, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Where people hear this motif, by its name, and the machine does not."""
    return tuple(
        statement
        for statement in statements
        if statement.holds
        and _names(statement, motif)
        and not any(_is_of(statement, one) for one in motif.occurrences)
    )


def verdict(statement: Statement | None) -> str:
    """`confirmed`, `rejected`, or nothing where nobody said anything."""
    if statement is None:
        return ""
    return "confirmed" if statement.holds else "rejected"


def words(statement: Statement | None) -> str:
    """`confirmed by Ada Vale`."""
    by = f" by {statement.said_by}" if statement and statement.said_by.strip() else ""
    return f"{verdict(statement)}{by}"


def _may_mean(statement: Statement, motif: Motif) -> bool:
    return not statement.motif_name.strip() or _names(statement, motif)


def _names(statement: Statement, motif: Motif) -> bool:
    said = statement.motif_name.strip().casefold()
    return said in {name.strip().casefold() for name in motif.names} - {""}


def _is_of(statement: Statement, one: Occurrence) -> bool:
    return same_place((statement.track_file, statement.span), place_of(one))
