"""What listeners prefer and what houses ask, held against the film. All have their citations.

A rule says what one body wants of its own programmes; that a film breaks it is no fault. Films for
cinemas follow none of them.
"""

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


@frozen
class Measured:
    """What the rules look at."""

    film: Loudness
    speech_lufs: float | Silent | Undecided
    apart_lu: float | Undecided
    speech_share: float


def rules(measured: Measured) -> tuple[RuleOutcome, ...]:
    """Each rule with the film's own value; undecided where that could not be measured."""
    film, apart = measured.film, measured.apart_lu
    return (
        _within("music under speech", "speech at least 10 LU above the music", apart, "LU", 10, 99, _TORCOLI),
        _within("music under speech, for listeners who are no experts", "4 LU more, so at least 14 LU", apart, "LU", 14, 99, _TORCOLI),
        _netflix(measured),
        _within("Netflix, true peak", "at most -2 dBTP", film.true_peak_dbtp, "dBTP", -999, -2, _NETFLIX),
        _within("EBU R 128", "-23.0 LUFS ±0.5", film.integrated_lufs, "LUFS", -23.5, -22.5, _EBU),
        RuleOutcome("loudness to dialogue (LDR)", "programme less dialogue; no limit is applied here", _apart(film.integrated_lufs, measured.speech_lufs), "LU", "undecided", _EBU_S4),
    )  # fmt: skip


def _netflix(measured: Measured) -> RuleOutcome:
    """By dialogue, or by the whole where less than 15 % of it is dialogue."""
    if measured.speech_share < _LEAST_SPEECH_SHARE:
        value = measured.film.integrated_lufs
        return _within("Netflix, programme", "-24 LKFS ±2 where there is under 15 % dialogue", value, "LUFS", -26, -22, _NETFLIX)  # fmt: skip
    return _within("Netflix, dialogue", "dialogue at -27 LKFS ±2", measured.speech_lufs, "LUFS", -29, -25, _NETFLIX)  # fmt: skip


def _within(
    rule: str, asks: str, value: float | Silent | Undecided, unit: str, low: float, high: float, cites: str
) -> RuleOutcome:
    return RuleOutcome(rule, asks, value, unit, _verdict(value, low, high), cites)


def _verdict(value: float | Silent | Undecided, low: float, high: float) -> Verdict:
    if isinstance(value, Outcome):
        return "undecided"
    return "met" if low <= value <= high else "not met"


def _apart(
    one: float | Silent | Undecided, other: float | Silent | Undecided
) -> float | Undecided:
    return UNDECIDED if isinstance(one, Outcome) or isinstance(other, Outcome) else one - other
