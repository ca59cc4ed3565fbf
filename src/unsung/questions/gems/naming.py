"""Findings on merit: the tracks that stand out, those that come near, or that none does."""

from attrs import frozen

from unsung.model.finding import Citation, Fact, Finding, HeardPlace, Quantity
from unsung.model.hearing import Heard
from unsung.questions.facts import listed, title_of
from unsung.questions.gems.exposure import Exposure
from unsung.questions.gems.standing_out import FAMILY_LEVEL, LEAST_TRACKS, Standing
from unsung.questions.gems.window import Window
from unsung.questions.gems.wording import PHRASES, slug_of

QUESTION = "hidden-gems"
METHOD = (
    "Parts of merit are heard in the sound alone; what place on the album and length bring is taken"
    " off by a line fitted without the track. Six sides (expression, harmony, melody, form,"
    " motif, contrast) are summed as normal scores and set against the best of 2999 deals in which"
    " each side is shuffled among the tracks; the chance is that of naming any track of an album of"
    " nothing but luck."
)
CITES = (
    Citation(
        "Westfall & Young 1993",
        "P. H. Westfall and S. S. Young, Resampling-Based Multiple Testing, Wiley, 1993,"
        " sections 2.3 and 2.8 (maximum statistic, step-down)",
    ),
    Citation(
        "Kendall & Babington Smith 1939",
        "M. G. Kendall and B. Babington Smith, The problem of m rankings, Annals of Mathematical"
        " Statistics 10(3), 1939, 275–287",
    ),
)
_A_CHOICE = (
    "What counts as merit is a choice: varied, moving and unlike its neighbours, not beautiful."
)
_PARTS_NAMED = 3
_WORTH_NAMING = 0.25


@frozen
class Judged:
    """A track, where it stands, how exposed it is, and where to listen."""

    heard: Heard
    standing: Standing
    exposure: Exposure
    window: Window


def gem(one: Judged, count: int) -> Finding:
    """The track stands out beyond luck: a gem where it is hidden as well."""
    named, parts = _ranked_parts(one.standing, count)
    hidden = one.exposure.is_hidden
    where = "in the less exposed half" if hidden else "in the more exposed half, so no hidden gem"
    return Finding(
        slug=slug_of("gem" if hidden else "stands-out", one.heard.track),
        question=QUESTION,
        kind="gem" if hidden else "stands out",
        claim=f"{{track}} stands out beyond luck among {{tracks}} tracks: number {named};"
        f" by {{kinds}} it lies {where} of the album",
        facts={**_facts(one, count), **parts},
        verdict="supported",
        chance=one.standing.chance,
        weight=1 - 0.4 * one.standing.chance / FAMILY_LEVEL - (0.0 if hidden else 0.3),
        against=f"{_A_CHOICE} {_unknown(one.exposure)}",
        method=METHOD,
        cites=CITES,
        compared_with=_compared(count),
        places=_places(one),
    )


def candidate(one: Judged, count: int) -> Finding:
    """The track is high and hidden, but luck would do as well too often."""
    named, parts = _ranked_parts(one.standing, count)
    return Finding(
        slug=slug_of("candidate", one.heard.track),
        question=QUESTION,
        kind="candidate",
        claim=f"{{track}} is number {named} of {{tracks}} tracks, and in the less exposed half by"
        " {kinds}; but merit dealt at random puts some track as high in {chance} of deals",
        facts={
            **_facts(one, count),
            **parts,
            "chance": Quantity(100 * one.standing.chance, "%"),
        },
        verdict="undecided",
        chance=one.standing.chance,
        weight=0.4 * (1 - one.standing.chance),
        against=f"That it leads is within luck. {_A_CHOICE}",
        method=METHOD,
        cites=CITES,
        compared_with=_compared(count),
        places=_places(one),
    )


def no_gem(first: Judged, count: int) -> Finding:
    """No track stands out; how often luck reaches the first."""
    named, parts = _ranked_parts(first.standing, count)
    return Finding(
        slug="no-track-stands-out",
        question=QUESTION,
        kind="no gem",
        claim=f"Of {{tracks}} tracks none stands out beyond luck: the first, {{track}}, is number"
        f" {named}, but merit dealt at random puts some track as high in {{chance}} of deals,"
        " where at most {level} would do",
        facts={
            **_facts(first, count),
            **parts,
            "chance": Quantity(100 * first.standing.chance, "%"),
            "level": Quantity(100 * FAMILY_LEVEL, "%"),
        },
        verdict="undecided",
        chance=first.standing.chance,
        weight=0.2,
        method=METHOD,
        cites=CITES,
        compared_with="the same album with each side of merit shuffled among its tracks",
        places=_places(first),
        against=_A_CHOICE,
    )


def too_few(count: int) -> Finding:
    """The album is too small to say what stands out in it."""
    return Finding(
        slug="too-few-tracks",
        question=QUESTION,
        kind="no gem",
        claim="Which tracks stand out is not asked of {tracks} tracks that can be judged;"
        " {least} are needed",
        facts={"tracks": Quantity(count), "least": Quantity(LEAST_TRACKS)},
        verdict="undecided",
        weight=0.1,
        method=METHOD,
        cites=CITES,
    )


def _facts(one: Judged, count: int) -> dict[str, Fact]:
    return {
        "track": title_of(one.heard),
        "tracks": Quantity(count),
        "kinds": listed(list(one.exposure.kinds)),
        "exposure": Quantity(one.exposure.percentile, "%"),
        "merit": Quantity(one.standing.merit, "standard deviations", 1),
    }


def _ranked_parts(standing: Standing, count: int) -> tuple[str, dict[str, Fact]]:
    """The parts in which the track ranks highest, in words, and the ranks as facts."""
    highest = sorted(standing.part_ranks.items(), key=lambda part: part[1])[:_PARTS_NAMED]
    telling = [part for part in highest if part[1] <= max(1, _WORTH_NAMING * count)] or highest[:1]
    facts: dict[str, Fact] = {
        f"rank_{at}": Quantity(rank) for at, (_, rank) in enumerate(telling, 1)
    }
    said = [f"{{rank_{at}}} in {PHRASES[part]}" for at, (part, _) in enumerate(telling, 1)]
    return listed(said), facts


def _unknown(exposure: Exposure) -> str:
    if "listeners" in exposure.kinds:
        return ""
    return "How many people listen to it is not known; `unsung recognise` would ask."


def _compared(count: int) -> str:
    return f"the {count} tracks of the album that can be judged, of equal place and length"


def _places(one: Judged) -> tuple[HeardPlace, ...]:
    file = one.heard.track.file
    return (HeardPlace(file, one.window.span, "where its expression turns most"),)
