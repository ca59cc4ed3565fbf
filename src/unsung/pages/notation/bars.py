"""A passage cut into bars and symbols: note values, dots, ties, tuplets and accidentals."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, frozen

from unsung.pages.notation.dressing import beamed, with_signs
from unsung.pages.notation.passage import Chord, Metre, Passage
from unsung.pages.notation.symbols import VALUES, Bar, Group, Symbol

_PLAIN = frozenset(value * dots for value in VALUES for dots in (1, Fraction(3, 2)))


def bars(
    passage: Passage, start_ql: Fraction | None = None, end_ql: Fraction | None = None
) -> tuple[Bar, ...]:
    """The bars of a passage, which may be set wider than itself, beside a longer one."""
    start = passage.start_ql if start_ql is None else start_ql
    end = passage.end_ql if end_ql is None else end_ql
    if not passage.chords or not start < end:
        return ()
    if not (passage.is_measured or passage.is_beneath):
        return (with_signs(Bar(start, end, _heads(passage, start, end)), passage.fifths),)
    edges = _bar_lines(passage.metre, start, end)
    stretches = _stretches(passage, start, end)
    beat = passage.metre.beat_ql if passage.metre else Fraction(1)
    return tuple(
        with_signs(_bar(passage, stretches, begin, stop, beat), passage.fifths)
        for begin, stop in pairwise(edges)
    )


def _origin(passage: Passage) -> Fraction:
    return passage.metre.bar_ql if passage.metre else Fraction(0)


def _heads(passage: Passage, start: Fraction, end: Fraction) -> tuple[Group, ...]:
    """Heads one after the other; a gap is a blank, a quarter at a time."""
    symbols, now = [], start
    for chord in passage.chords:
        symbols += [_blank(now + k) for k in range(int(chord.onset_ql - now))]
        symbols.append(Symbol(chord.onset_ql, chord.length_ql, Fraction(1), chord.notes))
        now = chord.end_ql
    symbols += [_blank(now + k) for k in range(int(end - now))]
    return (Group(tuple(symbols)),)


def _blank(onset: Fraction) -> Symbol:
    return Symbol(onset, Fraction(1), Fraction(1), is_blank=True)


def _bar_lines(metre: Metre | None, start: Fraction, end: Fraction) -> list[Fraction]:
    if metre is None:
        return [start, end]
    first = metre.bar_ql + ((start - metre.bar_ql) // metre.length_ql + 1) * metre.length_ql
    inner, line = [], first
    while line < end:
        inner.append(line)
        line += metre.length_ql
    return [start, *inner, end]


@frozen
class _Stretch:
    """What sounds, or does not, from here to there."""

    start: Fraction
    end: Fraction
    chord: Chord | None
    is_blank: bool = False


def _stretches(passage: Passage, start: Fraction, end: Fraction) -> list[_Stretch]:
    """Chords and the gaps between them; before the first and after the last the page is blank."""
    found, now = [], start
    for place, chord in enumerate(passage.chords):
        if now < chord.onset_ql:
            is_blank = place == 0 or passage.is_beneath
            found.append(_Stretch(now, chord.onset_ql, None, is_blank=is_blank))
        found.append(_Stretch(chord.onset_ql, chord.end_ql, chord))
        now = chord.end_ql
    return [*found, _Stretch(now, end, None, is_blank=True)] if now < end else found


def _bar(
    passage: Passage, stretches: list[_Stretch], start: Fraction, end: Fraction, beat: Fraction
) -> Bar:
    inside, origin = _cut(stretches, start, end), _origin(passage)
    shown = beat if passage.metre else beat / 2  # without bars a tie over the beat shows nothing
    groups = list(_groups(inside, start, end, shown, origin))
    if passage.is_beneath:
        begins = {chord.onset_ql for chord in passage.chords}
        heads = [evolve(group, symbols=_bare(group.symbols, begins)) for group in groups]
        return Bar(start, end, tuple(heads))
    whole = {id(one.chord): one.chord for one in inside if one.chord}
    tied = [evolve(group, symbols=_tied(group.symbols, whole)) for group in groups]
    return Bar(start, end, tuple(beamed(tied, beat, origin)))


def _bare(symbols: tuple[Symbol, ...], begins: set[Fraction]) -> tuple[Symbol, ...]:
    """Each chord once, where it begins; what would be tied to it is blank."""
    return tuple(
        symbol if symbol.onset_ql in begins else evolve(symbol, notes=(), is_blank=True)
        for symbol in symbols
    )


def _groups(
    inside: list[_Stretch], start: Fraction, end: Fraction, beat: Fraction, origin: Fraction
) -> Iterator[Group]:
    """Tuplets where thirds or sixths of a beat are needed; runs of plain symbols between them."""
    plain_from = start
    for span_start, span_end, count, instead_of in _tuplets(inside, start, end, origin):
        yield from _plain(inside, plain_from, span_start, beat, origin)
        ratio = Fraction(count, instead_of)
        symbols = [
            symbol
            for one in _cut(inside, span_start, span_end)
            for symbol in _symbols(one, span_start, Fraction(1), ratio)
        ]
        yield Group(tuple(symbols), count, instead_of)
        plain_from = span_end
    yield from _plain(inside, plain_from, end, beat, origin)


def _plain(
    inside: list[_Stretch], start: Fraction, end: Fraction, beat: Fraction, origin: Fraction
) -> Iterator[Group]:
    if start < end:
        cut = _cut(inside, start, end)
        yield Group(tuple(symbol for one in cut for symbol in _symbols(one, origin, beat)))


def _cut(inside: list[_Stretch], start: Fraction, end: Fraction) -> list[_Stretch]:
    return [
        _Stretch(max(one.start, start), min(one.end, end), one.chord, one.is_blank)
        for one in inside
        if one.start < end and one.end > start
    ]


def _tuplets(
    inside: list[_Stretch], start: Fraction, end: Fraction, origin: Fraction
) -> Iterator[tuple[Fraction, Fraction, int, int]]:
    """Where thirds are needed: from, to, how many in the time of how many."""
    edges = {one.start for one in inside} | {one.end for one in inside}
    now = start
    while now < end:
        found = next(_tuplet_at(now, end, edges, origin), None)
        if found:
            yield found
        now = found[1] if found else origin + Fraction((now - origin) * 2 // 1 + 1, 2)


def _tuplet_at(
    now: Fraction, end: Fraction, edges: set[Fraction], origin: Fraction
) -> Iterator[tuple[Fraction, Fraction, int, int]]:
    """Three in a half note, a quarter or an eighth; else six sixteenths in a quarter."""
    for size, count in ((2, 3), (1, 3), (1, 6), (Fraction(1, 2), 3)):
        span_end = now + size
        inner = [edge - now for edge in edges if now < edge < span_end]
        needs = any(_is_third(edge) for edge in inner)
        fits = all((edge * count / size).denominator == 1 for edge in inner)
        if (now - origin) % size == 0 and span_end <= end and needs and fits:
            yield now, span_end, count, 2 if count == 3 else 4


def _is_third(time_ql: Fraction) -> bool:
    return time_ql.denominator % 3 == 0


def _symbols(
    one: _Stretch, origin: Fraction, beat: Fraction, ratio: Fraction = Fraction(1)
) -> Iterator[Symbol]:
    """A stretch as note values that show where the beats are, tied where it takes several."""
    notes = one.chord.notes if one.chord else ()
    for start, end in _pieces(one.start, one.end, origin, beat, ratio):
        length = end - start
        yield Symbol(start, length, length * ratio, notes, is_blank=one.is_blank)


def _pieces(
    start: Fraction, end: Fraction, origin: Fraction, beat: Fraction, ratio: Fraction
) -> Iterator[tuple[Fraction, Fraction]]:
    while start < end:
        piece_end = start + _piece(start - origin, end - start, beat, ratio)
        yield start, piece_end
        start = piece_end


def _piece(at: Fraction, length: Fraction, beat: Fraction, ratio: Fraction) -> Fraction:
    """The longest value that begins here and does not hide a beat."""
    to_beat = beat - at % beat
    on_beat, half = at % beat == 0, at % beat == beat / 2
    shows = [
        value / ratio
        for value in _PLAIN
        if value / ratio <= length
        and (on_beat or value / ratio <= to_beat or (half and value / ratio == beat))
    ]
    return max(shows, default=min(length, to_beat))


def _tied(symbols: tuple[Symbol, ...], whole: dict[int, Chord]) -> tuple[Symbol, ...]:
    """Ties to where the chord goes on, before and after."""
    by_notes = {chord.notes: chord for chord in whole.values()}
    return tuple(_tie(symbol, by_notes.get(symbol.notes)) for symbol in symbols)


def _tie(symbol: Symbol, chord: Chord | None) -> Symbol:
    if chord is None or not symbol.notes:
        return symbol
    ends = symbol.onset_ql + symbol.length_ql
    return evolve(
        symbol,
        is_tied_back=symbol.onset_ql > chord.onset_ql,
        is_tied_on=ends < chord.end_ql,
    )
