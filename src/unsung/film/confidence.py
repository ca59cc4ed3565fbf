"""How sure a placement is.

The curves were fitted (logistic regression) to placements in films that are made to mislead, the
development part of `bench/film_confidence.py`: music far beneath speech, cues of seconds, music
put together of shared samples, other takes, and albums that share samples with the film and
nothing else. Ordinary films mislead far less, so there confidence is on the low side.
"""

import math

from unsung.film.choosing import Stretch
from unsung.model.outcomes import UNDECIDED, Undecided

_NOTHING, _PER_E_FOLD, _WHOLLY_PRESENT = -9.80, 2.51, 3.07
"""Of 154 placements; where none of the track's sound could be told, `present` counts as 0."""
_OTHER_TAKE = 0.98
"""What only peaks prove was right 79 times out of 80."""


def confidence(one: Stretch, present: float | Undecided) -> float:
    """0..1, from the evidence of the whole stretch and how much of the track's sound is there."""
    if one.line.sameness != "same recording":
        return _OTHER_TAKE
    there = 0.0 if present is UNDECIDED else present
    odds = _NOTHING + _PER_E_FOLD * math.log(one.sigmas) + _WHOLLY_PRESENT * there
    return 1 / (1 + math.exp(-odds))
