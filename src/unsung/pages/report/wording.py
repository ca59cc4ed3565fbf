"""Numbers and outcomes as a reader meets them."""

from unsung.model.harmony import Chord
from unsung.model.hearing import LOUDNESS_FLOOR_LUFS
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.pitch import Key, pitch_name

Answer = float | str | Key | Outcome | NotHeard
"""A number, a name, or the named outcome that stands in its place."""


def clock(time_s: float) -> str:
    """An instant in minutes and seconds: `0:00`, `3:24`, `1:02:03`."""
    hours, rest = divmod(round(time_s), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def length(time_s: float) -> str:
    """How long a track is: like an instant, but tenths under a second: `0.3 s`."""
    return f"{time_s:.1f} s" if 0 < time_s < 1 else clock(time_s)


def lasting(time_s: float) -> str:
    """A length in words: `2 hours 8 minutes`, `4 minutes`, `40 seconds`."""
    if time_s < 120:
        return count(round(time_s), "second")
    hours, minutes = divmod(round(time_s / 60), 60)
    spoken = [count(hours, "hour")] * (hours > 0) + [count(minutes, "minute")] * (minutes > 0)
    return " ".join(spoken)


def count(number: int, thing: str) -> str:
    """`1 track`, `2 tracks`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def number(value: float, digits: int = 1) -> str:
    """With a true minus sign, and never a minus zero."""
    rounded = round(float(value), digits) + 0.0
    return f"{rounded:.{digits}f}".replace("-", "−")


def answer(value: Answer, unit: str = "", digits: int = 1) -> str:
    """The number with its unit, the key's name, or the outcome in words."""
    if isinstance(value, NotHeard):
        return "not heard"
    if isinstance(value, Key):
        return value.name
    if isinstance(value, Outcome | str):
        return str(value)
    return f"{number(value, digits)} {unit}".strip()


def chord_word(chord: Chord | Outcome) -> str:
    """The chord's name, or the outcome in words."""
    return chord.name if isinstance(chord, Chord) else str(chord)


def level(loudness_lufs: float) -> str:
    """A loudness of a curve, which rests at the floor where there is nothing to measure."""
    return "silent" if loudness_lufs <= LOUDNESS_FLOOR_LUFS else number(loudness_lufs)


def pitches(low: float, high: float) -> str:
    """From the lowest to the highest note: `E2–C6`."""
    return f"{pitch_name(low)}–{pitch_name(high)}"


def listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
