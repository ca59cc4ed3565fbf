"""Instants in twelfths of a quarter: fine enough for sixteenths and for triplets."""

PER_QUARTER = 12

_SIMPLE_LENGTHS = frozenset((3, 4, 6, 8, 9, 12, 16, 18, 24, 36, 48))
_PLACE_COST = {0: 0.0, 6: 0.6, 3: 2.0, 9: 2.0, 4: 1.8, 8: 1.8}
_ODD_LENGTH_COST = 1.5


def is_written(place: int) -> bool:
    """Whether a note can begin there: on a sixteenth, or on a third of a quarter."""
    return place % PER_QUARTER in _PLACE_COST


def is_third(place: int) -> bool:
    """Whether only a triplet reaches it."""
    return place % PER_QUARTER in (4, 8)


def can_follow(before: int, place: int) -> bool:
    """Whether a note can begin there after one that began `before`: no beat mixes the two."""
    parts = {before % PER_QUARTER, place % PER_QUARTER}
    mixed = bool(parts & {4, 8}) and bool(parts & {3, 6, 9})
    return is_written(place) and not (mixed and before // PER_QUARTER == place // PER_QUARTER)


def step_cost(before: int, place: int) -> float:
    """How much a reader must work to go on from one place to the next, in nats.

    The beat costs nothing, its half little, its quarters and thirds more; a length that needs a
    tie costs something.
    """
    return place_cost(place) + _ODD_LENGTH_COST * (place - before not in _SIMPLE_LENGTHS)


def place_cost(place: int) -> float:
    """How far from the beat a place feels."""
    return _PLACE_COST[place % PER_QUARTER]
