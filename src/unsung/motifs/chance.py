"""How sure one may be that a line was sung, and not merely something that luck makes alike.

Surrogates of the line are made of its own notes, so they fit key, register and accompaniment as
well, but are another melody: the line backwards, upside down, both, and with its notes in another
order. What they score in the same album is what luck scores. Beyond their best few dozen places
the scores of luck fall off as an exponential (Karlin and Altschul, PNAS 1990, for alignments of
sequences), so it can be said how many places luck alone would give at or above any score.
"""

import numpy as np
from attrs import frozen
from jaxtyping import Float64

from unsung.motifs.evidence import Evidence
from unsung.motifs.query import Query
from unsung.motifs.tracking import Sung, blocks, endings

_PLACES = 60
_TAIL = 40
_FEWEST = 4
_ORDINARY = 30
_LEAST_SPREAD = 0.3
_SEED = 1729
_CERTAINTY, _PER_FOLD = -0.58, 0.84
"""Log odds that a place is right where luck gives one such place, and for each factor e fewer.

Fitted by `bench/motif_confidence.py` on the development part.
"""


@frozen
class Luck:
    """What luck scores: `places` of an album reach `level`, e times fewer each `spread` above."""

    level: float
    spread: float
    places: float

    def log_expected(self, score: Float64[np.ndarray, " places"]) -> Float64[np.ndarray, " places"]:
        """The logarithm of how many places luck alone gives at or above each score."""
        expected: np.ndarray = np.log(self.places) - (score - self.level) / self.spread
        return expected


def luck(asked: Query, heard: Evidence, places: tuple[Sung, ...]) -> Luck:
    """What luck scores, told by surrogates of `asked`; in a long album each hears a part of it.

    Few of the `places` where the line itself is sung are statements of it: where the thirtieth
    best scores more than the thirtieth of the surrogates, luck is that much kinder to this line
    (an empirical null: Efron, JASA 2004).
    """
    parts = int(np.clip(blocks(heard) // _FEWEST, 1, 4))
    scores = [
        endings(surrogate, heard, _PLACES, (k % parts, parts)).score
        for k, surrogate in enumerate(_surrogates(asked))
    ]
    by_chance = np.sort(np.concatenate(scores).astype(float))[::-1]
    tail = min(_TAIL, by_chance.size - 1)
    if tail < 1:
        return Luck(0.0, _LEAST_SPREAD, 1.0)
    level = float(by_chance[tail])
    spread = max(float((by_chance[:tail] - level).mean()), _LEAST_SPREAD)
    kinder = _kinder(by_chance, places, len(scores) / parts)
    return Luck(level + kinder, spread, tail * parts / len(scores))


def _kinder(
    by_chance: Float64[np.ndarray, " scores"], places: tuple[Sung, ...], albums: float
) -> float:
    """By how much the line's own thirtieth place outdoes that of its surrogates."""
    answering = min(round(_ORDINARY * albums), by_chance.size) - 1
    if len(places) < _ORDINARY:
        return 0.0
    return max(0.0, places[_ORDINARY - 1].score - float(by_chance[answering]))


def confidences(places: tuple[Sung, ...], by_luck: Luck) -> Float64[np.ndarray, " places"]:
    """How sure (0..1) one may be of each place: of those with confidence q, about q are right."""
    score = np.array([place.score for place in places], float)
    odds = _CERTAINTY - _PER_FOLD * by_luck.log_expected(score)
    confidence: np.ndarray = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return confidence


def _surrogates(asked: Query) -> tuple[Query, ...]:
    dice = np.random.default_rng(_SEED)
    upside_down = asked.pitch.max(initial=0) + asked.pitch.min(initial=127) - asked.pitch
    melodies = (
        asked.pitch[::-1],
        upside_down,
        upside_down[::-1],
        asked.pitch[dice.permutation(len(asked))],
    )
    return tuple(Query(asked.onset_s, asked.lasts_s, pitch, asked.surely) for pitch in melodies)
