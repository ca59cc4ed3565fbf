"""How sure a placement is."""

import math

from unsung.film.choosing import Stretch
from unsung.model.outcomes import Undecided

_MIDDLE = {"same recording": 6.0, "same music, other take": 10.0}
_SLOPE = {"same recording": 1.0, "same music, other take": 3.0}


def confidence(one: Stretch, present: float | Undecided) -> float:
    """0..1, from the evidence of the whole stretch; high for what was found at all."""
    over = (one.sigmas - _MIDDLE[one.line.sameness]) / _SLOPE[one.line.sameness]
    return 1 / (1 + math.exp(-over)) if over < 30 else 1.0
