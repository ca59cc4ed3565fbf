"""Bounds that fields of nouns keep."""

from collections.abc import Callable

from attrs import Attribute


def zero_to_one(what: str) -> "Callable[[object, Attribute[float], float], None]":
    """A validator that lets 0..1 through; `what` names the value where it does not."""

    def check(_instance: object, _attribute: "Attribute[float]", value: float) -> None:
        if not 0 <= value <= 1:
            raise ValueError(f"{what} lies in 0..1, not {value}")

    return check
