"""Nouns to JSON and back; arrays go to their own files and leave their digest behind.

Short rows of numbers stay in the JSON: a motif has hundreds of them.
"""

import types
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import Any, Literal, Union, get_args, get_origin

import attrs
import cattrs
import numpy as np
from jaxtyping import AbstractArray

from unsung.model.outcomes import Outcome

_SHORT = 64
"""A row with up to so many entries stays in the JSON."""


class Codec:
    """Plain values for nouns and nouns for plain values.

    `keep` stores an array and gives its digest, `array` brings it back.
    """

    def __init__(
        self, keep: Callable[[np.ndarray], str], array: Callable[[str], np.ndarray]
    ) -> None:
        converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=False)
        self._keep, self._array = keep, array
        converter.register_unstructure_hook_func(_is_array, self._put_away)
        converter.register_structure_hook_func(_is_array, self._brought)
        converter.register_structure_hook_func(_is_choice, self._chosen)
        converter.register_unstructure_hook(Enum, lambda value: value.value)
        converter.register_unstructure_hook(Fraction, str)
        converter.register_structure_hook(Fraction, lambda plain, _kind: Fraction(plain))
        self._converter = converter

    def plain(self, noun: Any) -> Any:
        """The noun in lists, dictionaries, texts and numbers."""
        return self._converter.unstructure(noun)

    def noun(self, plain: Any, kind: Any) -> Any:
        """The noun of `kind` that `plain` was made from."""
        return self._converter.structure(plain, kind)

    def _put_away(self, row: np.ndarray) -> dict[str, Any]:
        if row.ndim == 1 and row.size <= _SHORT and row.dtype.kind in "iuf":
            return {"row": row.tolist(), "dtype": row.dtype.str}
        return {"array": self._keep(row)}

    def _brought(self, plain: dict[str, Any], _kind: Any) -> np.ndarray:
        if "row" in plain:
            return np.array(plain["row"], np.dtype(plain["dtype"]))
        return self._array(plain["array"])

    def _chosen(self, plain: Any, kind: Any) -> Any:
        """The member of the union that `plain` belongs to: an outcome, a number, a noun."""
        members = get_args(kind)
        if plain is None:
            return None
        if isinstance(plain, str) and any(get_origin(member) is Literal for member in members):
            return plain if plain in _words(members) else Outcome(plain)
        if isinstance(plain, dict):
            return self._converter.structure(plain, _class_of(plain, members))
        if isinstance(plain, list | tuple):
            several = next(member for member in members if get_origin(member) is tuple)
            return self._converter.structure(plain, several)
        if isinstance(plain, str | bool):
            return plain
        return next(member for member in members if member in (int, float))(plain)


def _is_array(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, AbstractArray | np.ndarray)


def _is_choice(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _words(members: tuple[Any, ...]) -> set[Any]:
    """What the literal members may be."""
    return {
        word for member in members if get_origin(member) is Literal for word in get_args(member)
    }


def _class_of(plain: dict[str, Any], members: tuple[Any, ...]) -> type:
    """The noun whose fields are exactly those of `plain`."""
    for member in members:
        if attrs.has(member) and {field.name for field in attrs.fields(member)} == set(plain):
            return member
    raise ValueError(f"no noun has the fields {sorted(plain)}")
