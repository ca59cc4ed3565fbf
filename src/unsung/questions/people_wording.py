"""What findings on people share."""

from collections.abc import Sequence

QUESTION = "people"


def listed(phrases: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = phrases
    return f"{', '.join(most)} and {last}" if most else last
