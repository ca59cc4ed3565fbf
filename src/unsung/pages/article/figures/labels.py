"""Words that do not stand on one another."""

import math
from collections.abc import Iterator, Sequence

from attrs import frozen

Line = tuple[tuple[float, float], tuple[float, float]]
"""From a point to another."""
_BESIDE, _OVER = (12.0, 40.0, 80.0), (0.5, 0.3, 0.7, 0.1, 0.9)


@frozen
class Box:
    """A rectangle that something fills."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share any place."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_within(self, other: "Box") -> bool:
        """Whether all of it lies in the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Ascending places moved as little as needed to stand `gap` apart between `low` and `high`.

    Where there is no room for that, they stand as far apart as they can.
    """
    gap = min(gap, (high - low) / max(1, len(places) - 1))
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap if moved else low))
    ceiling = high
    for k in reversed(range(len(moved))):
        moved[k] = min(moved[k], ceiling)
        ceiling = moved[k] - gap
    return moved


@frozen
class Placed:
    """Words in a free place, and the line that leads to their point, if they stand apart."""

    box: Box
    line: Line | None

    @property
    def boxes(self) -> list[Box]:
        """All that is now taken: the words, and small boxes along the line."""
        return [self.box, *(Box(x - 2, y - 2, x + 2, y + 2) for x, y in along_line(self.line))]


def free_place(
    point: Box, size: tuple[float, float], within: Box, taken: Sequence[Box]
) -> Placed | None:
    """The nearest free place for words of that size beside a point, if there is one.

    The line from the point to the words crosses nothing that is `taken` either.
    """
    x, y = (point.left + point.right) / 2, (point.top + point.bottom) / 2
    others = [other for other in taken if other != point]
    nearest = sorted(_around(x, y, *size), key=lambda box: _distance(box, x, y))
    free = (
        Placed(box, line)
        for box in nearest
        if box.is_within(within) and not any(box.meets(other) for other in (point, *taken))
        for line in [_line(box, x, y)]
        if not any(_lies_in(place, other) for place in along_line(line) for other in others)
    )
    return next(free, None)


def along_line(
    line: Line | None,
) -> list[tuple[float, float]]:
    """Places along a line, a few units apart."""
    if line is None:
        return []
    (x, y), (to_x, to_y) = line
    steps = max(1, round(math.hypot(to_x - x, to_y - y) / 4))
    return [(x + (to_x - x) * k / steps, y + (to_y - y) * k / steps) for k in range(steps + 1)]


def _line(box: Box, x: float, y: float) -> Line | None:
    """To the nearest place of the box; none where it is plain which point is meant."""
    if _distance(box, x, y)[0] <= _BESIDE[0] and box.top <= y <= box.bottom:
        return None
    inset = min(6.0, (box.right - box.left) / 2)
    near = min(max(x, box.left + inset), box.right - inset)
    if box.top <= y <= box.bottom:
        return (x, y), (box.left if box.left > x else box.right, y)
    return (x, y), (near, box.bottom if box.bottom < y else box.top)


def _lies_in(place: tuple[float, float], box: Box) -> bool:
    x, y = place
    return box.left - 2 <= x <= box.right + 2 and box.top - 2 <= y <= box.bottom + 2


def _around(x: float, y: float, width: float, height: float) -> Iterator[Box]:
    """To its right and its left, above and below, and ever further away."""
    for step in range(-18, 19):
        away = step * height / 3
        over = _OVER if abs(away) > height / 2 + _BESIDE[0] else ()
        lefts = (*_BESIDE, *(-width - one for one in _BESIDE), *(-width * one for one in over))
        for left in lefts:
            top = y + away - height / 2
            yield Box(x + left, top, x + left + width, top + height)


def _distance(box: Box, x: float, y: float) -> tuple[float, float]:
    """How far a box lies from a point: its nearest place, then its middle."""
    across = max(box.left - x, x - box.right, 0.0)
    nearest = math.hypot(across, max(box.top - y, y - box.bottom, 0.0))
    return round(nearest, 6), round(abs((box.top + box.bottom) / 2 - y), 6)
