"""Beams and accidentals for symbols that stand in their bars."""

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from unsung.pages.notation.spelling import signs
from unsung.pages.notation.symbols import Bar, Group, Symbol


def beamed(groups: list[Group], beat: Fraction, origin: Fraction) -> Iterator[Group]:
    """Shorter than a quarter and within one beat: under one beam."""
    beam, last = 0, None
    for group in groups:
        symbols = []
        for symbol in group.symbols:
            here = (symbol.onset_ql - origin) // beat if _has_flag(symbol) else None
            beam += here is None or here != last
            last = here
            symbols.append(evolve(symbol, beam=beam if here is not None else -1))
        beam, last = beam + 1, None
        yield evolve(group, symbols=_unbeamed_loners(symbols))


def _has_flag(symbol: Symbol) -> bool:
    return bool(symbol.notes) and symbol.type_ql < 1


def _unbeamed_loners(symbols: list[Symbol]) -> tuple[Symbol, ...]:
    beams = [symbol.beam for symbol in symbols]
    return tuple(
        symbol if beams.count(symbol.beam) > 1 else evolve(symbol, beam=-1) for symbol in symbols
    )


def with_signs(bar: Bar, fifths: int) -> Bar:
    """Accidentals where a note differs from the signature, or from the bar so far."""
    known: dict[tuple[str, int], int] = {}
    return evolve(bar, groups=tuple(_signed(group, known, signs(fifths)) for group in bar.groups))


def _signed(group: Group, known: dict[tuple[str, int], int], of_key: dict[str, int]) -> Group:
    return evolve(group, symbols=tuple(_sign(one, known, of_key) for one in group.symbols))


def _sign(symbol: Symbol, known: dict[tuple[str, int], int], of_key: dict[str, int]) -> Symbol:
    printed: list[int | None] = []
    for note in symbol.notes:
        place = (note.spelling.letter, note.spelling.octave)
        holds = known.get(place, of_key.get(place[0], 0))
        differs = holds != note.spelling.alter and not symbol.is_tied_back
        printed.append(note.spelling.alter if differs else None)
        known[place] = note.spelling.alter if differs else holds
    return evolve(symbol, signs=tuple(printed))
