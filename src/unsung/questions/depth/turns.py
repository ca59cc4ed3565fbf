"""The sides of a turning point compared: what changed, from what to what, and how much of a change.

Sizes make unlike aspects addable: 1 is a change that nobody overlooks (six LU, a quarter faster,
twice as many notes, half an octave up or brighter, another key or player).
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import frozen

from unsung.model.emotion import Difference, TurningPoint
from unsung.model.finding import Fact, Quantity
from unsung.model.hearing import Heard, Hearing, KeySpan
from unsung.model.instruments import FAMILIES
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.pitch import Key, pitch_name
from unsung.model.time import Span
from unsung.questions.facts import listed
from unsung.questions.places import around, mean_during

SIDE_S = 15.0
_FAMILY_SIDE_S = 10.0
_CLOSE_S, _CLOSE = 18.0, 0.1
_CLEAR_KEY = 0.1
_LEAST_DENSITY_PER_S = 1.0
_CAME, _GONE = 0.75, 0.15
_TEMPO_LEVELS = (0.5, 2 / 3, 3 / 4, 4 / 3, 3 / 2, 2.0)
_SAME_LEVEL = 0.06
_SUSPECT = "synth"
"""Strings in a wide hall are heard as synthesisers, so this family tells nothing here."""

_NAMED_AS = {
    "voice": "voices",
    "keyboard": "keyboards",
    "guitar": "guitars",
    "plucked": "plucked strings",
    "organ": "an organ or accordion",
    "bass": "a bass guitar or synth bass",
}


@frozen
class Step:
    """One aspect of a turn: how large, in words, and the facts that the words name."""

    aspect: str
    size: float
    words: str
    facts: Mapping[str, Fact]


@frozen
class Turn:
    """A turning point with all that changed in the music there, the largest first."""

    heard: Heard
    point: TurningPoint
    steps: tuple[Step, ...]

    @property
    def size(self) -> float:
        """The sum over its aspects."""
        return sum(step.size for step in self.steps)

    def step(self, aspect: str) -> Step | None:
        """What changed in one respect, if anything."""
        return next((step for step in self.steps if step.aspect == aspect), None)


def turns(heard: Sequence[Heard]) -> tuple[Turn, ...]:
    """All turning points of the album but those of a close: a last fade is no turn."""
    return tuple(
        Turn(one, point, tuple(sorted(_steps(one.hearing, point), key=lambda step: -step.size)))
        for one in heard
        if not isinstance(one.hearing.turning_points, NotHeard)
        for point in one.hearing.turning_points.points
        if point.at_s + max(_CLOSE_S, _CLOSE * one.hearing.duration_s) < one.hearing.duration_s
    )


def _steps(hearing: Hearing, point: TurningPoint) -> Iterator[Step]:
    for difference in point.differences:
        if difference.aspect == "tempo":
            yield from _tempo(hearing, point, difference)
        elif difference.aspect != "register" or _has_notes(hearing, point.at_s):
            yield from _measured(difference)
    yield from _key(hearing, point.at_s)
    yield from _players(hearing, point.at_s)


def _has_notes(hearing: Hearing, at_s: float) -> bool:
    """Whether notes enough sound on both sides for their height to mean anything."""
    sides = [mean_during(hearing.density, _side(at_s, side, SIDE_S)) for side in (-1, 1)]
    return all(density is not None and density >= _LEAST_DENSITY_PER_S for density in sides)


def _measured(one: Difference) -> Iterator[Step]:
    if not (isinstance(one.before, float) and isinstance(one.after, float)):
        return
    before, after = one.before, one.after
    up, down, unit, digits = _WORDS[one.aspect]
    way = up if after > before else down
    size = _size(one.aspect, before, after)
    if one.aspect == "register":
        ends: tuple[Fact, Fact] = (pitch_name(before), pitch_name(after))
    else:
        ends = Quantity(before, "", digits), Quantity(after, unit, digits)
    names = f"{one.aspect}_before", f"{one.aspect}_after"
    said = f"{way} ({{{names[0]}}} to {{{names[1]}}})"
    if one.aspect == "register":
        said = f"{way} (around {{{names[1]}}} after {{{names[0]}}})"
    yield Step(one.aspect, size, said, dict(zip(names, ends, strict=True)))


_WORDS = {
    "loudness": ("louder", "softer", "LUFS", 1),
    "density": ("busier", "sparser", "notes a second", 1),
    "brightness": ("brighter", "darker", "Hz", 0),
    "register": ("higher", "lower", "", 0),
}


def _size(aspect: str, before: float, after: float) -> float:
    if aspect == "loudness":
        return min(2.0, abs(after - before) / 6)
    if aspect == "register":
        return min(2.0, abs(after - before) / 6)
    octaves = abs(float(np.log2(max(after, 0.5) / max(before, 0.5))))
    return min(2.0, octaves if aspect == "density" else 2 * octaves)


def _tempo(hearing: Hearing, point: TurningPoint, one: Difference) -> Iterator[Step]:
    """A change of speed; not one that only counts other beats as the beat."""
    before, after = one.before, one.after
    if isinstance(before, float) and isinstance(after, float):
        if any(abs(after / before / level - 1) < _SAME_LEVEL for level in _TEMPO_LEVELS):
            return
        way = "faster" if after > before else "slower"
        facts = {"tempo_before": Quantity(before), "tempo_after": Quantity(after, "bpm")}
        size = min(2.0, abs(float(np.log2(after / before))) / 0.32)
        yield Step("tempo", size, f"{way} ({{tempo_before}} to {{tempo_after}})", facts)
    elif isinstance(after, float) and _is_clear(hearing, point.at_s, 1):
        bpm = {"tempo_after": Quantity(after, "bpm")}
        yield Step("tempo", 0.8, "with a steady pulse from here ({tempo_after})", bpm)
    elif isinstance(before, float) and _is_clear(hearing, point.at_s, -1):
        bpm = {"tempo_before": Quantity(before, "bpm")}
        yield Step("tempo", 0.8, "without the steady pulse before it ({tempo_before})", bpm)


def _is_clear(hearing: Hearing, at_s: float, side: int) -> bool:
    """Whether the pulse of one side is so clear that nobody could miss it."""
    span = _side(at_s, side, SIDE_S)
    longest = max(hearing.tempo.spans, key=lambda one: one.span.overlap_s(span))
    return longest.clarity >= 0.4 and longest.span.overlap_s(span) >= SIDE_S / 2


def _key(hearing: Hearing, at_s: float) -> Iterator[Step]:
    """Another key, both of them clear; relatives share their notes and are not told apart."""
    before, after = (_longest(hearing, _side(at_s, side, SIDE_S)) for side in (-1, 1))
    if before is None or after is None or before == after or _are_relatives(before, after):
        return
    facts = {"key_before": before.name, "key_after": after.name}
    yield Step("key", 1.0, "in {key_after} after {key_before}", facts)


def _longest(hearing: Hearing, side: Span) -> Key | None:
    spans: tuple[KeySpan, ...] = hearing.key.spans
    one = max(spans, key=lambda each: each.span.overlap_s(side), default=None)
    if one is None or isinstance(one.key, Outcome) or one.clarity < _CLEAR_KEY:
        return None
    return one.key if one.span.overlap_s(side) >= side.duration_s / 2 else None


def _are_relatives(one: Key, other: Key) -> bool:
    return one.mode != other.mode and _major(one) == _major(other)


def _major(key: Key) -> int:
    """The pitch class of the major key with the same notes."""
    return (key.tonic_pitch_class + 3 * (key.mode == "minor")) % 12


def _players(hearing: Hearing, at_s: float) -> Iterator[Step]:
    """Families that come or go; nothing is said of those in doubt."""
    rows = hearing.instruments.families
    sides = [rows.during(_side(at_s, side, _FAMILY_SIDE_S)) for side in (-1, 1)]
    if not all(side.shape[1] for side in sides):
        return
    before, after = (side.mean(axis=1) for side in sides)
    came = _names((before <= _GONE) & (after >= _CAME))
    gone = _names((after <= _GONE) & (before >= _CAME))
    if came:
        yield Step(
            "players", 1.0, "with {came}, by the sound of it, from here", {"came": listed(came)}
        )
    if gone:
        yield Step(
            "players gone", 1.0, "without {gone}, by the sound of it", {"gone": listed(gone)}
        )


def _names(chosen: np.ndarray) -> list[str]:
    names = [FAMILIES[row] for row in np.flatnonzero(chosen)]
    return [_NAMED_AS.get(name, name) for name in names if name != _SUSPECT]


def _side(at_s: float, side: int, lasting_s: float) -> Span:
    """The time before (-1) or after (1) an instant."""
    return around(at_s, lasting_s, 0.0) if side < 0 else Span(at_s, at_s + lasting_s)
