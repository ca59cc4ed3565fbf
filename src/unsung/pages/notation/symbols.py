"""What stands in a bar: note values, rests and blanks, in groups that may be tuplets."""

from fractions import Fraction

from attrs import field, frozen

from unsung.pages.notation.passage import Written

VALUES = tuple(Fraction(4, 2**k) for k in range(8))
"""Note values without dots, from the whole note on."""


@frozen
class Symbol:
    """A chord, a rest (no notes), or a blank, as one note value.

    `length_ql` is its time; `value_ql` what is drawn, which in a tuplet is longer. `signs` are the
    accidentals to print, a note each (None: none). Beams join equal `beam` numbers.
    """

    onset_ql: Fraction
    length_ql: Fraction
    value_ql: Fraction
    notes: tuple[Written, ...] = ()
    signs: tuple[int | None, ...] = ()
    is_tied_on: bool = False
    is_tied_back: bool = False
    is_blank: bool = False
    beam: int = -1

    @property
    def type_ql(self) -> Fraction:
        """The undotted value: 4 is a whole note, 1/4 a sixteenth."""
        return max((one for one in VALUES if one <= self.value_ql), default=VALUES[-1])

    @property
    def dots(self) -> int:
        """0 or 1."""
        return int(self.value_ql > self.type_ql)


@frozen
class Group:
    """Symbols side by side; `count` in the time of `instead_of` where they are a tuplet."""

    symbols: tuple[Symbol, ...]
    count: int = 1
    instead_of: int = 1


@frozen
class Bar:
    """From bar line to bar line; the first and last may be cut short."""

    start_ql: Fraction
    end_ql: Fraction
    groups: tuple[Group, ...] = field(factory=tuple)

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """All its symbols in order."""
        return tuple(symbol for group in self.groups for symbol in group.symbols)
