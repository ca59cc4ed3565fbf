"""What listeners prefer and what houses ask, held against the film. All have their citations.

A rule says what one body wants of its own programmes; that a film breaks it is no fault. Films for
cinemas follow none of them.
"""

import math

from attrs import frozen

from unsung.model.balance import RuleOutcome, Verdict
from unsung.model.hearing import Loudness
from unsung.model.outcomes import UNDECIDED, Outcome, Silent, Undecided

_TORCOLI = (
    "Torcoli, Freke-Morin, Paulus, Simon, Shirley, Preferred Levels for Background Ducking to "
    "Produce Esthetically Pleasing Audio for TV with Clear Speech, JAES 67(12), 2019"
)
_NETFLIX = "Netflix Sound Mix Specifications & Best Practices"
_EBU = "EBU R 128, Loudness normalisation and permitted maximum level of audio signals, 2023"
_EBU_S4 = "EBU R 128 s4, Loudness normalisation of cinematic content, 2023"
_LEAST_SPEECH_SHARE = 0.15

Value = float | Silent | Undecided


@frozen
class Measured:
    """What the rules look at."""

    film: Loudness
    speech_lufs: Value
    apart_lu: float | Undecided
    speech_share: float


@frozen
class _Rule:
    """What is asked of a value, and the bounds within which it is given."""

    name: str
    asks: str
    unit: str
    low: float
    high: float
    cites: str

    def outcome(self, value: Value) -> RuleOutcome:
        verdict: Verdict = "undecided"
        if not isinstance(value, Outcome):
            verdict = "met" if self.low <= value <= self.high else "not met"
        return RuleOutcome(self.name, self.asks, value, self.unit, verdict, self.cites)


_PREFERRED = _Rule(
    "music under speech", "speech at least 10 LU above the music", "LU", 10, math.inf, _TORCOLI
)
_PREFERRED_BY_MOST = _Rule(
    "music under speech, listeners who are no experts",
    "4 LU more: speech at least 14 LU above the music",
    "LU", 14, math.inf, _TORCOLI,
)  # fmt: skip
_NETFLIX_SPEECH = _Rule("Netflix, dialogue", "dialogue at -27 LKFS ±2", "LUFS", -29, -25, _NETFLIX)
_NETFLIX_WHOLE = _Rule(
    "Netflix, programme", "-24 LKFS ±2 with under 15 % dialogue", "LUFS", -26, -22, _NETFLIX
)
_NETFLIX_PEAK = _Rule("Netflix, true peak", "at most -2 dBTP", "dBTP", -math.inf, -2, _NETFLIX)
_EBU_WHOLE = _Rule("EBU R 128", "-23.0 LUFS ±0.5", "LUFS", -23.5, -22.5, _EBU)


def rules(measured: Measured) -> tuple[RuleOutcome, ...]:
    """Each rule with the film's own value; undecided where that could not be measured."""
    film = measured.film
    return (
        _PREFERRED.outcome(measured.apart_lu),
        _PREFERRED_BY_MOST.outcome(measured.apart_lu),
        _netflix(measured),
        _NETFLIX_PEAK.outcome(film.true_peak_dbtp),
        _EBU_WHOLE.outcome(film.integrated_lufs),
        _loudness_to_dialogue(measured),
    )


def _netflix(measured: Measured) -> RuleOutcome:
    """By dialogue, or by the whole where there is little of it."""
    if measured.speech_share < _LEAST_SPEECH_SHARE:
        return _NETFLIX_WHOLE.outcome(measured.film.integrated_lufs)
    return _NETFLIX_SPEECH.outcome(measured.speech_lufs)


def _loudness_to_dialogue(measured: Measured) -> RuleOutcome:
    """The supplement defines the ratio; it is told, and no limit is held against it."""
    whole, speech = measured.film.integrated_lufs, measured.speech_lufs
    ratio: float | Undecided = UNDECIDED
    if not isinstance(whole, Outcome) and not isinstance(speech, Outcome):
        ratio = whole - speech
    asks = "programme less dialogue; no limit is applied"
    return RuleOutcome("loudness to dialogue (LDR)", asks, ratio, "LU", "undecided", _EBU_S4)
