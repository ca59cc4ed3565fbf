"""Worlds whose truth is known: planted merit and exposure, and luck by cumulative advantage.

After Salganik, Dodds & Watts (2006): the same works are released into several worlds that do not
know of each other. In each, listeners come in growing batches. The first see what happens to be
shown to them; later most choose what others chose, in proportion, and the rest by appeal alone; so
success is a noisy function of merit, and luck compounds. What a work gets in the median world is
what it deserves; a planted gem has merit in the top fifth and got less than half of that in the
world that is looked at.

Everything made here is synthetic, and every page that shows it says so.
"""

import numpy as np
from attrs import field, frozen
from jaxtyping import Bool, Float64

from unsung.model.reference import ReferenceSet, ReferenceWork
from unsung.recognition.merit import UNITS

GEM_MERIT_SHARE = 0.2
GEM_LISTENERS_SHARE = 0.5
SYNTHETIC_NAME = "synthetic works (made up by a program; no real film or music)"

Column = Float64[np.ndarray, " works"]


@frozen
class Nature:
    """How the planted world works. Effects are on log appeal, for one standard deviation."""

    works: int = 600
    merit_effect: float = 0.5
    exposure_effect: float = 0.8
    social: float = 0.97
    first_luck: float = 1.5
    batches: int = 60
    first_batch: int = 6000
    growth: float = 1.06
    worlds: int = 24
    merit_noise: float = 0.7
    exposure_noise: float = 0.4
    voice_noise: float = 0.35
    unknown_share: float = 0.15


@frozen
class PlantedWorld:
    """The truth of every work, and the reference that a stranger would see of it."""

    merit: Column = field(eq=False)
    exposure: Column = field(eq=False)
    listeners: Column = field(eq=False)
    deserved: Column = field(eq=False)
    heard_parts: tuple[dict[str, float], ...] = field(eq=False)
    reference: ReferenceSet

    @property
    def gems(self) -> Bool[np.ndarray, " works"]:
        """High merit, and less than half of what the same work gets in the median world."""
        high = self.merit >= np.quantile(self.merit, 1 - GEM_MERIT_SHARE)
        missed = self.listeners < GEM_LISTENERS_SHARE * self.deserved
        gems: np.ndarray = high & missed
        return gems


def planted_world(seed: int, nature: Nature | None = None) -> PlantedWorld:
    """One world, with all that would be known of it and all that is true of it."""
    nature, dice = nature or Nature(), np.random.default_rng(seed)
    merit, exposure = dice.standard_normal((2, nature.works))
    appeal = nature.merit_effect * merit + nature.exposure_effect * exposure
    every = np.array([listeners(appeal, nature, dice) for _ in range(nature.worlds)])
    parts = _heard(merit, nature, dice)
    return PlantedWorld(
        merit=merit,
        exposure=exposure,
        listeners=every[0],
        deserved=np.median(every[1:], axis=0),
        heard_parts=parts,
        reference=_seen(every[0], exposure, parts, nature, dice),
    )


def listeners(appeal: Column, nature: Nature, dice: np.random.Generator) -> Column:
    """How many chose each work, each batch drawn to what those before it chose."""
    chosen = np.zeros(len(appeal))
    own = np.exp(appeal) / np.exp(appeal).sum()
    first = own * np.exp(nature.first_luck * dice.standard_normal(len(appeal)))
    for batch in range(nature.batches):
        shown = chosen / chosen.sum() if batch else first / first.sum()
        chances = (1 - nature.social) * own + nature.social * shown
        chosen += dice.multinomial(round(nature.first_batch * nature.growth**batch), chances)
    return chosen


def _heard(
    merit: Column, nature: Nature, dice: np.random.Generator
) -> tuple[dict[str, float], ...]:
    """What a listener would measure: parts that follow merit, each with noise of its own."""
    spread = nature.merit_noise * np.sqrt(len(UNITS))
    columns = {
        name: np.exp(0.5 + 0.3 * (merit + spread * dice.standard_normal(len(merit))))
        for name in UNITS
    }
    return tuple(
        {name: float(column[at]) for name, column in columns.items()} for at in range(len(merit))
    )


def _seen(
    heard: Column, exposure: Column, parts: tuple[dict[str, float], ...], nature: Nature,
    dice: np.random.Generator,
) -> ReferenceSet:  # fmt: skip
    """Counts as services would give them: noisy, on their own scales, some unknown."""

    def noisy(values: Column, noise: float) -> Column:
        counts: np.ndarray = np.exp(values + noise * dice.standard_normal(len(values)))
        return counts

    log_heard = np.log1p(heard)
    counts = {
        "listenbrainz_listeners": noisy(log_heard - 1, nature.voice_noise),
        "lastfm_listeners": noisy(log_heard + 1, nature.voice_noise),
        "discogs_have": noisy(0.8 * log_heard - 2, nature.voice_noise),
        "imdb_votes": noisy(9 + 1.5 * exposure, 1.5 * nature.exposure_noise),
        "work_page_views": noisy(7 + exposure, nature.exposure_noise),
        "composer_prior_works": noisy(1 + 0.3 * exposure, 0.8),
    }
    known = {name: dice.random(len(heard)) > nature.unknown_share for name in counts}
    years = dice.integers(1980, 2024, len(heard))
    return ReferenceSet(
        SYNTHETIC_NAME,
        tuple(
            ReferenceWork(
                identifier=f"synthetic:{at}",
                title=f"Synthetic work {at + 1}",
                medium="film",
                year=int(years[at]),
                language="en",
                numbers={
                    name: float(np.round(count[at]))
                    for name, count in counts.items()
                    if known[name][at]
                },
                merit_parts=parts[at],
                composers=(f"Synthetic composer {at % 97 + 1}",),
                directors=(f"Synthetic director {(at * at) % 61 + 1}",),
            )
            for at in range(len(heard))
        ),
        source="made up by unsung.recognition.planted",
        licence="none needed",
        synthetic=True,
    )
