"""The columns of a table: what each is called, what it means, how its cells are written.

From these records come the tables and the data dictionary alike, so neither can drift.
"""

import re
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from attrs import field, frozen

from unsung.model.outcomes import NotHeard, Outcome

Cell = str | int | float | None
Values = Sequence[object] | np.ndarray

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


@frozen
class Column:
    """One column: its name carries its unit, its cells are rounded to `decimals`.

    `words` are the outcomes that may stand where a number or a name would. An empty cell means
    that there is no answer: the tag is missing, or this kind of track cannot be heard so.
    """

    name: str
    type: Literal["text", "whole number", "number"]
    meaning: str
    unit: str = field(default="", kw_only=True)
    range: str = field(default="", kw_only=True)
    decimals: int = field(default=3, kw_only=True)
    words: tuple[str, ...] = field(default=(), kw_only=True)

    def cells(self, values: Values) -> list[Cell]:
        """`values` as this column writes them."""
        if isinstance(values, np.ndarray) and self.type == "number" and values.dtype != object:
            rounded: list[Cell] = (np.round(values.astype(float), self.decimals) + 0.0).tolist()
            return rounded
        return [self._cell(value) for value in values]

    def _cell(self, value: Any) -> Cell:
        if value is None or value == "" or isinstance(value, NotHeard):
            return None
        if isinstance(value, Outcome):
            return str(value)
        if self.type == "number":
            return round(float(value), self.decimals) + 0.0
        return int(value) if self.type == "whole number" else encodable(str(value))


def encodable(text: str) -> str:
    """`text` with �, where a file name holds bytes that are no text at all."""
    return _LONE_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
