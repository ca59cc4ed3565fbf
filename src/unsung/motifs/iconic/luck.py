"""How likely a melody that quotes nothing agrees so well with any of a catalogue.

The best of many local alignments follows an extreme-value law: how many would agree so well by
luck falls off as an exponential of their score, and grows with the length of what is compared
(Karlin and Altschul, PNAS 1990). Length and catalogue count nearly, not quite, as in theory, for
melodies are short and begin and end somewhere; so their powers were fitted with the rest, on folk
melodies that quote nothing (the development part of `bench/iconic_themes.py`), against the whole
catalogue and against parts of it.
"""

import numpy as np

LEVEL, PER_STEP, PER_KNOWN_STEP, PER_BIT = -2.44, 1.14, 0.85, 0.508
_MOST = 30.0


def chance_of(bits: float, steps: int, steps_known: int) -> float:
    """The chance (0..1) that some melody of the catalogue agrees by at least so many bits.

    `steps` is how many the melody has, `steps_known` how many the catalogue has in all.
    """
    expected = LEVEL + PER_STEP * np.log(max(steps, 1)) - PER_BIT * bits
    expected += PER_KNOWN_STEP * np.log(max(steps_known, 1))
    return float(-np.expm1(-np.exp(min(expected, _MOST))))
