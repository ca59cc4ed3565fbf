"""The kind of moment a track makes: reflection, farewell, threat …, from a table that can be read.

Each kind is a row of cues with the direction that listeners take for a sign of it. What research
established are cues of expressed emotions (Juslin & Laukka, "Communication of emotions in vocal
expression and music performance", Psychological Bulletin 129, 2003, on music performance: sadness
and tenderness slow, soft, legato; happiness and anger fast and loud; Gabrielsson & Lindström, "The
role of structure in the musical expression of emotions", in Juslin & Sloboda (eds.), *Handbook of
Music and Emotion*, Oxford 2010, on mode, pitch height, loudness, tempo, articulation and
dissonance). That brass and major make triumph, bells and high registers wonder, and a low held tone
threat, are topics of film and concert music (Monelle, *The Musical Topic*, 2006; Tagg & Clarida,
*Ten Little Title Tunes*, 2003). How cues are put together into kinds of moment is ours and was not
tested on listeners: the judgement says which row a track fits better than its album's others do.

A tempo is easily taken at half or double, so a kind must be the first without it as well. Valence
is left out: it is told too poorly. No network's word for a mood is used.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from attrs import frozen
from jaxtyping import Float64

from unsung.model.finding import Citation
from unsung.model.hearing import Heard
from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.questions.gems.cues import LEAST_TRACKS, SAYINGS, Cue, cue_percentiles
from unsung.recognition.percentiles import normal_score

Kind = Literal[
    "reflection",
    "farewell",
    "wonder",
    "threat",
    "struggle",
    "triumph",
    "celebration",
    "transition",
]

RULES: Mapping[Kind, Mapping[Cue, int]] = {
    "reflection": {
        "arousal": -1, "tempo": -1, "density": -1, "loudness": -1, "legato": 1, "alone": 1,
        "key changes": -1,
    },
    "farewell": {
        "arousal": -1, "tempo": -1, "minor": 1, "loudness": -1, "growth": -1, "lateness": 1,
    },
    "wonder": {
        "register": 1, "bells and harp": 1, "roughness": -1, "density": -1, "minor": -1,
        "drums": -1,
    },
    "threat": {
        "tension": 1, "register": -1, "atonality": 1, "drones": 1, "minor": 1, "brightness": -1,
    },
    "struggle": {
        "arousal": 1, "tension": 1, "tempo": 1, "density": 1, "minor": 1, "drums": 1,
    },
    "triumph": {
        "arousal": 1, "loudness": 1, "minor": -1, "brass": 1, "growth": 1, "atonality": -1,
    },
    "celebration": {
        "tempo": 1, "density": 1, "minor": -1, "legato": -1, "tension": -1, "atonality": -1,
    },
    "transition": {"length": -1, "key changes": 1, "departure": 1},
}  # fmt: skip

_NEEDED: Mapping[Kind, Cue] = {"transition": "length", "farewell": "arousal"}
"""What a kind cannot be without: a long track is no transition, an aroused one no farewell."""

LEAST_FIT = 1.0
LEAST_MARGIN = 0.3
_LEAST_CUES = 3
_TELLING = 66.0

CITES = (
    Citation(
        "Juslin & Laukka 2003",
        "P. N. Juslin and P. Laukka, Communication of emotions in vocal expression and music"
        " performance: different channels, same code?, Psychological Bulletin 129(5), 2003,"
        " 770–814",
    ),
    Citation(
        "Gabrielsson & Lindström 2010",
        "A. Gabrielsson and E. Lindström, The role of structure in the musical expression of"
        " emotions, in P. N. Juslin and J. A. Sloboda (eds.), Handbook of Music and Emotion,"
        " Oxford University Press, 2010, 367–400",
    ),
)


@frozen
class Sign:
    """A cue that speaks for a kind: what is said of it, and of how many of the others, percent."""

    cue: Cue
    says: str
    percent: float


@frozen
class Moment:
    """The kind that fits best, the runner-up, and how far apart; fits in standard deviations.

    `kind` is undecided where nothing fits well, or two fit about alike; `best` is then the nearest.
    """

    kind: Kind | Undecided
    best: Kind
    runner_up: Kind
    fit: float
    margin: float
    signs: tuple[Sign, ...]


def moments(heard: Sequence[Heard]) -> tuple[Moment | Undecided, ...]:
    """The kind of moment of each track among its album; undecided where nothing compares."""
    placed = cue_percentiles(heard)
    able = [at for at, row in enumerate(placed) if len(row) >= _LEAST_CUES]
    if len(able) < LEAST_TRACKS:
        return (UNDECIDED,) * len(heard)
    fits = _fits([placed[at] for at in able])
    without = _fits([_without_tempo(placed[at]) for at in able])
    told = {
        at: _moment(placed[at], fits[row], without[row], len(able)) for row, at in enumerate(able)
    }
    return tuple(told.get(at, UNDECIDED) for at in range(len(heard)))


def _fits(placed: Sequence[Mapping[Cue, float]]) -> Float64[np.ndarray, "tracks kinds"]:
    """How far each track fits each kind beyond what the album's tracks do, in deviations."""
    table = np.array([[_fit(row, rule) for rule in RULES.values()] for row in placed])
    spread = table.std(axis=0)
    fits: np.ndarray = (table - table.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return fits


def _fit(placed: Mapping[Cue, float], rule: Mapping[Cue, int]) -> float:
    heard = [sign * normal_score(placed[cue]) for cue, sign in rule.items() if cue in placed]
    return float(np.mean(heard)) if len(heard) >= _LEAST_CUES else 0.0


def _moment(
    placed: Mapping[Cue, float],
    fits: Float64[np.ndarray, " kinds"],
    without_tempo: Float64[np.ndarray, " kinds"],
    count: int,
) -> Moment:
    (best, fit), (second, next_fit) = _ordered(placed, fits)[:2]
    margin, anyhow = fit - next_fit, _ordered(placed, without_tempo)[0][0]
    signs = _signs(placed, RULES[best], count)
    clear = fit >= LEAST_FIT and margin >= LEAST_MARGIN and len(signs) >= _LEAST_CUES
    decided = clear and best == anyhow
    return Moment(best if decided else UNDECIDED, best, second, fit, margin, signs)


def _ordered(
    placed: Mapping[Cue, float], fits: Float64[np.ndarray, " kinds"]
) -> list[tuple[Kind, float]]:
    """The kinds that the track may be, and how well each fits, the best first."""
    able = [
        (kind, float(fit)) for kind, fit in zip(RULES, fits, strict=True) if _may_be(kind, placed)
    ]
    return sorted(able, key=lambda one: -one[1])


def _without_tempo(placed: Mapping[Cue, float]) -> dict[Cue, float]:
    """All cues but the tempo, which is easily taken at half or double."""
    return {cue: percent for cue, percent in placed.items() if cue != "tempo"}


def _may_be(kind: Kind, placed: Mapping[Cue, float]) -> bool:
    """Whether the track lies on the kind's side of what it cannot be without."""
    cue = _NEEDED.get(kind)
    return cue is None or cue not in placed or RULES[kind][cue] * (placed[cue] - 50) > 0


def _signs(placed: Mapping[Cue, float], rule: Mapping[Cue, int], count: int) -> tuple[Sign, ...]:
    """The cues of a rule that speak for it, the most telling first."""
    toward = {
        cue: placed[cue] if sign > 0 else 100 - placed[cue]
        for cue, sign in rule.items()
        if cue in placed
    }
    telling = sorted((one for one in toward.items() if one[1] >= _TELLING), key=lambda one: -one[1])
    return tuple(
        Sign(cue, SAYINGS[cue].more if rule[cue] > 0 else SAYINGS[cue].less,
             _of_the_others(percent, count))
        for cue, percent in telling
    )  # fmt: skip


def _of_the_others(percent: float, count: int) -> float:
    """A percentile among all as the share of the others that have less; equals count half."""
    return float(np.clip(100 * (percent * count / 100 - 0.5) / (count - 1), 0, 100))
