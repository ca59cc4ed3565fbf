"""Musical outcomes that are not numbers, as named values.

A track can be silent, a passage can lack a pulse, a key can be undecided. Each is an honest
answer with a name; none is written as NaN, None or -1.
"""

from enum import Enum
from typing import Literal

from attrs import frozen


class Outcome(Enum):
    """Answers that stand where a number or a name would."""

    SILENT = "silent"
    UNDECIDED = "undecided"
    NO_CLEAR_PULSE = "no clear pulse"
    NO_CHORD = "no chord"

    def __str__(self) -> str:
        return self.value


Silent = Literal[Outcome.SILENT]
Undecided = Literal[Outcome.UNDECIDED]
NoClearPulse = Literal[Outcome.NO_CLEAR_PULSE]
NoChord = Literal[Outcome.NO_CHORD]

SILENT: Silent = Outcome.SILENT
UNDECIDED: Undecided = Outcome.UNDECIDED
NO_CLEAR_PULSE: NoClearPulse = Outcome.NO_CLEAR_PULSE
NO_CHORD: NoChord = Outcome.NO_CHORD


@frozen
class NotHeard:
    """Stands where an answer would, and says why there is none ("a score has no sound")."""

    reason: str
