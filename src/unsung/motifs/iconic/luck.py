"""How likely a melody that quotes nothing agrees so well with any of a catalogue."""

import numpy as np

LEVEL, PER_STEP, PER_BIT = 0.0, 1.0, 0.3


def chance_of(bits: float, steps: int, steps_known: int) -> float:
    """The chance (0..1) of at least so many bits."""
    expected = LEVEL + PER_STEP * np.log(max(steps, 1) * max(steps_known, 1)) - PER_BIT * bits
    return float(-np.expm1(-np.exp(min(expected, 30.0))))
