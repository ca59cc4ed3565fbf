"""What the findings on memorable themes share: their question, and chances as prose says them."""

from unsung.model.finding import Quantity

QUESTION = "memorable-themes"


def chance_percent(chance: float) -> Quantity:
    """A chance as per cent; near its ends with a digit more, which is not rounded to certainty."""
    at_an_end = not 0.01 <= chance <= 0.99
    return Quantity(min(100 * chance, 99.9), "%", int(at_an_end))
