"""Words that do not stand on one another."""

import math
from collections.abc import Iterator, Sequence

from attrs import frozen


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


def free_place(
    x: float, y: float, size: tuple[float, float], within: Box, taken: Sequence[Box]
) -> Box | None:
    """The nearest free place for words of that size beside a point, if there is one."""
    nearest = sorted(_around(x, y, *size), key=lambda box: _away(box, x, y))
    free = (
        box
        for box in nearest
        if box.is_within(within) and not any(box.meets(other) for other in taken)
    )
    return next(free, None)


def _around(x: float, y: float, width: float, height: float) -> Iterator[Box]:
    """To its right and its left, above and below, and ever further away."""
    for step in range(-18, 19):
        middle = y + step * height / 3
        for shift in (0, -1, -0.5):
            left = x + shift * width + (12 if shift == 0 else -12 if shift == -1 else 0)
            yield Box(left, middle - height / 2, left + width, middle + height / 2)


def _away(box: Box, x: float, y: float) -> float:
    """How far the nearest of a box lies from a point."""
    across = max(box.left - x, x - box.right, 0.0)
    return math.hypot(across, max(box.top - y, y - box.bottom, 0.0))
