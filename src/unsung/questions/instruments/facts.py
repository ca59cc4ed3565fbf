"""Who plays on an album, track by track, and how far it may be believed.

The network was taught on sampled instruments and is right about six times in ten on what it has
never met, so `SURE` is high. What it calls a synth pad or lead is often strings or voices in a wide
hall: these need more, and are never the whole of a claim.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from unsung.model.hearing import Heard
from unsung.model.instruments import FAMILIES, FAMILY_OF, ORCHESTRAL, Playing, Presence
from unsung.model.time import Span
from unsung.questions.places import sounding_seconds

QUESTION = "instruments-and-genres"
SURE, FAIRLY_SURE = 0.85, 0.7
LEAST_TRACKS = 5
LEAST_HEARD_S = 8.0
_SUSPECTS = {"synth pad": 0.95, "synth lead": 0.9, "synth bass": 0.9, "electric organ": 0.9}
_HEARD = 0.5
_BRIDGED_S = 2
_LEAST_SOUNDING_S = 10
_MANY = {"deep drums", "pizzicato strings", "tubular bells"}

SUSPICION = (
    "Strings, voices and organs in a wide hall are often taken for this sound; trust your ears."
)
RIGHT_SO_OFTEN = (
    "On music it has never met the listening names the leading instrument among its first three"
    " about six times in ten."
)


@frozen
class Player:
    """An instrument of one track: how sure, how long, and where it is heard longest."""

    heard: Heard
    presence: Presence
    longest: Playing

    @property
    def name(self) -> str:
        """The instrument."""
        return self.presence.name

    @property
    def lasting_s(self) -> float:
        """How long it is heard in all."""
        seconds = sounding_seconds(self.heard.hearing, _seconds_of(self.heard))
        return float(self.presence.share * seconds.sum())

    @property
    def is_sure(self) -> bool:
        """Whether it and its family are told with high confidence, and for some time."""
        family = FAMILY_OF[self.name]
        present = self.heard.hearing.instruments.present_families
        is_family_sure = any(one.name == family and one.confidence >= SURE for one in present)
        needed = _SUSPECTS.get(self.name, SURE)
        is_long = self.lasting_s >= LEAST_HEARD_S
        return self.presence.confidence >= needed and is_family_sure and is_long

    @property
    def is_suspect(self) -> bool:
        """Whether other sounds are often taken for this one."""
        return self.name in _SUSPECTS

    @property
    def is_orchestral(self) -> bool:
        """Whether a symphony orchestra has it at hand, or drums that sound like it."""
        return self.name in ORCHESTRAL or FAMILY_OF[self.name] == "drums"


def with_article(instrument: str) -> str:
    """`an oboe`, `a celesta or bells`, `deep drums`."""
    name = instrument.replace(" and ", " or ")
    if name in _MANY:
        return name
    return f"an {name}" if name[0] in "aeio" else f"a {name}"


def players(heard: Sequence[Heard]) -> tuple[Player, ...]:
    """All that are told with some confidence, in album order, the surest of a track first."""
    return tuple(
        Player(one, presence, longest)
        for one in heard
        for presence in one.hearing.instruments.present
        for longest in _longest(one, presence.name)
    )


def sounding_tracks(heard: Sequence[Heard]) -> tuple[Heard, ...]:
    """Those of which something is heard, for ten seconds at least."""
    return tuple(
        one
        for one in heard
        if sounding_seconds(one.hearing, _seconds_of(one)).sum() >= _LEAST_SOUNDING_S
    )


def families_along(one: Heard) -> np.ndarray:
    """How likely each of `FAMILIES` is heard, a column a second that sounds."""
    rows = one.hearing.instruments.families.values
    chosen: np.ndarray = rows[:, sounding_seconds(one.hearing, rows.shape[1])].astype(float)
    return chosen


def family_shares(one: Heard) -> np.ndarray:
    """The share of the sounding time in which each family is heard, 0..1."""
    along = families_along(one)
    if not along.shape[1]:
        return np.zeros(len(FAMILIES))
    shares: np.ndarray = (along >= _HEARD).mean(axis=1)
    return shares


def longest_run(chosen: np.ndarray) -> Span | None:
    """The longest run of seconds that are chosen, gaps of two seconds bridged."""
    best: Span | None = None
    start: int | None = None
    last = -1
    for second in np.flatnonzero(chosen).tolist():
        if start is None or second - last - 1 > _BRIDGED_S:
            start = second
        last = second
        if best is None or last + 1 - start > best.duration_s:
            best = Span(start, last + 1)
    return best


def _longest(one: Heard, name: str) -> tuple[Playing, ...]:
    stretches = [each for each in one.hearing.instruments.playing if each.instrument == name]
    return (max(stretches, key=lambda each: each.span.duration_s),) if stretches else ()


def _seconds_of(one: Heard) -> int:
    return int(one.hearing.instruments.families.values.shape[1])
