"""What the music expresses, as listeners rate it, along time; and where that turns."""

import math
from typing import Literal

from attrs import frozen

from unsung.model.outcomes import NoClearPulse, Undecided
from unsung.model.pitch import Key
from unsung.model.sound import Feature

Aspect = Literal["loudness", "tempo", "key", "density", "register", "brightness"]


@frozen
class Reliability:
    """How well listeners' ratings were foretold for films not learnt from: correlation, -1..1."""

    arousal: float
    tension: float
    valence: float


@frozen
class Emotion:
    """Arousal, tension and valence on the scale of the ratings, 1 (low) to 9 (high).

    One-row curves once a second, over fifteen seconds. In silence the last values are held and
    `sounding` is 0. They compare places of one album better than they say what anybody feels;
    `reliability` tells how far each can be trusted.
    """

    arousal: Feature
    tension: Feature
    valence: Feature
    sounding: Feature
    reliability: Reliability


@frozen
class Difference:
    """What was another before a turning point than after: LU, bpm, notes a second, MIDI, Hz."""

    aspect: Aspect
    before: float | Key | Undecided | NoClearPulse
    after: float | Key | Undecided | NoClearPulse


@frozen
class TurningPoint:
    """Where the expression turns: by how much of the scale, and what changed there."""

    at_s: float
    arousal_change: float
    tension_change: float
    differences: tuple[Difference, ...]

    @property
    def size(self) -> float:
        """How far expression moves, in scales: the way across both changes."""
        return math.hypot(self.arousal_change, self.tension_change)


@frozen
class TurningPoints:
    """The turning points of a track in order."""

    points: tuple[TurningPoint, ...]
