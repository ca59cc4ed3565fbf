"""Where a number stands among its peers, in percent and in normal scores.

Peers are the works of the same decade and medium. Where fewer than `LEAST_PEERS` of them are known,
the peers are the medium, then all works. Numbers of one voice count once.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Float64

from unsung.model.reference import ReferenceWork
from unsung.model.world import INDICATORS

LEAST_PEERS = 20
_NOBODY = np.empty(0)
_Group = tuple[str, str, int | str | None]
_EDGE = 0.5


@frozen
class Peers:
    """The known values of one indicator among works that may be compared, in order."""

    values: Float64[np.ndarray, " peers"]
    among: str


def percentile(value: float, among: Float64[np.ndarray, " peers"]) -> float:
    """The share below, and half of what is equal, in percent; 50 where there is nobody."""
    return float(percentiles(np.array([value]), among)[0]) if len(among) else 50.0


def percentiles(
    values: Float64[np.ndarray, "*shape"], among: Float64[np.ndarray, " peers"]
) -> Float64[np.ndarray, "*shape"]:
    """The percentile of each of these among peers that are in order."""
    below = np.searchsorted(among, values, "left") + np.searchsorted(among, values, "right")
    places: np.ndarray = 50.0 * below / len(among)
    return places


class Groups:
    """Works by decade and medium, with the known values of every indicator in order."""

    def __init__(self, works: Sequence[ReferenceWork]) -> None:
        found: dict[_Group, list[float]] = defaultdict(list)
        for work in works:
            for name, value in work.numbers.items():
                for group in _groups(work, name):
                    found[group].append(value)
        self._values = {group: np.sort(values) for group, values in found.items()}

    def peers(self, work: ReferenceWork, indicator: str) -> Peers:
        """The narrowest group around `work` in which the indicator is known often enough."""
        decade, medium, every = _groups(work, indicator)
        for group, name in (
            (decade, f"{work.medium} works of the {work.decade}s"),
            (medium, f"{work.medium} works"),
        ):
            known = self._values.get(group, _NOBODY)
            if len(known) >= LEAST_PEERS and None not in group:
                return Peers(known, name)
        return Peers(self._values.get(every, _NOBODY), "works of any kind")


def voice_percentiles(work: ReferenceWork, groups: Groups) -> Mapping[str, float]:
    """By voice, the mean percentile of its indicators; a voice without numbers is not there."""
    by_voice: dict[str, list[float]] = {}
    for name in sorted(work.numbers):
        indicator = INDICATORS.get(name)
        if indicator and indicator.bearing == "recognition":
            among = groups.peers(work, name).values
            if len(among) >= LEAST_PEERS:
                place = percentile(work.numbers[name], among)
                voice = work.voices.get(name, indicator.voice)
                by_voice.setdefault(voice, []).append(place)
    return {voice: float(np.mean(places)) for voice, places in by_voice.items()}


def normal_score(percent: float) -> float:
    """The percentile as standard deviations of a bell curve, so that effects may be added."""
    return float(normal_scores(np.array(percent)))


def normal_scores(percents: Float64[np.ndarray, "*shape"]) -> Float64[np.ndarray, "*shape"]:
    """The normal score of each percentile; the outermost half percent counts as its edge."""
    scores: np.ndarray = scipy.special.ndtri(np.clip(percents, _EDGE, 100 - _EDGE) / 100)
    return scores


def percent_of(score: float) -> float:
    """The percentile that a normal score stands for."""
    return float(100 * scipy.special.ndtr(score))


def _groups(work: ReferenceWork, indicator: str) -> tuple[_Group, _Group, _Group]:
    """Its decade and medium, its medium, everything."""
    medium = work.medium
    return (indicator, medium, work.decade), (indicator, medium, "any"), (indicator, "any", "any")
