"""Readings of a gap, from a closed list, each with its condition and the rows that meet it.

A reading says that the numbers are *consistent with* it, never that it is the cause. It is given
only where recognition falls short at all: where the gap's interval lies above the middle. Each
kind of exposure in the regression belongs to one reading at most, and a reading carries what the
regression gives them. Where that alone lowers what was expected by five points, it is a reading
without further condition.
"""

from collections.abc import Callable, Iterator

from attrs import evolve, frozen

from unsung.model.recognition import (
    Contribution,
    DataTooThin,
    Explanation,
    ExplanationKind,
    Gap,
    Identity,
    People,
    Recognition,
)
from unsung.model.reference import ReferenceSet, ReferenceWork
from unsung.model.world import ALBUM, INDICATORS, WORK, Row, Subject, World
from unsung.recognition.names import same_person
from unsung.recognition.percentiles import LEAST_PEERS, Groups, percentile

SHADOW_POINTS = 40.0
FEW_VOTES_PERCENTILE = 33.0
HIGH_RATING = 7.0
FEWEST_RELEASES = 1
BIGGER = 10.0
EARLY = 2005
LEAST_POINTS = 5.0

_EXPOSURE: dict[ExplanationKind, tuple[str, ...]] = {
    "under-marketed": ("releases", "streaming_links", "budget"),
    "niche audience": ("imdb_votes", "tmdb_votes", "work_page_views", "work_sitelinks", "English"),
    "overshadowed by the visuals": ("visual_awards",),
    "overshadowed by bigger names": (
        "composer_prior_works", "composer_prior_votes", "composer_sitelinks", "composer_listeners",
        "composer_page_views",
    ),
    "time": ("year",),
}  # fmt: skip
_ROWS_OF = {"year": "released", "English": "language"}


@frozen
class Circumstances:
    """What the readings are read from."""

    identity: Identity
    world: World
    work: ReferenceWork
    reference: ReferenceSet
    recognition: Recognition | DataTooThin
    gap: Gap | DataTooThin
    people: People | DataTooThin


def explanations(around: Circumstances) -> tuple[Explanation, ...]:
    """Every reading whose condition the rows meet; none where nothing falls short."""
    if isinstance(around.gap, DataTooThin):
        return tuple(_time(around))
    if around.gap.percentile.low <= 50:
        return ()
    met = [reading for one in _READINGS for reading in one(around)]
    moved = {kind: _moved(around.gap, kind) for kind in _EXPOSURE}
    met = [evolve(one, points=sum(c.points for c in moved.get(one.kind, ()))) for one in met]
    kinds = {one.kind for one in met}
    more = [
        _by_the_regression(kind, moved[kind], around) for kind in _EXPOSURE if kind not in kinds
    ]
    return (*met, *(one for one in more if one.points <= -LEAST_POINTS))


def _moved(gap: Gap, kind: ExplanationKind) -> tuple[Contribution, ...]:
    """What the regression gives the known exposure that belongs to a reading."""
    return tuple(one for one in gap.contributions if one.known and one.feature in _EXPOSURE[kind])


def _by_the_regression(
    kind: ExplanationKind, moved: tuple[Contribution, ...], around: Circumstances
) -> Explanation:
    """The reading that what was expected is itself low for works like this one."""
    lowering = [one for one in moved if one.points < 0]
    said = ", ".join(_meaning(one.feature) for one in lowering)
    rows = (_first_of_either(around.world, one.feature) for one in lowering)
    return Explanation(
        kind,
        f"works like it in {said} were given less",
        tuple(row for row in rows if row),
        sum(one.points for one in moved),
    )


def _meaning(feature: str) -> str:
    if feature in INDICATORS:
        return INDICATORS[feature].meaning
    return {"year": "year", "English": "language"}.get(feature, feature)


def _first_of_either(world: World, feature: str) -> Row | None:
    name = _ROWS_OF.get(feature, feature)
    return _first(world, WORK, name) or _first(world, ALBUM, name)


def _under_marketed(around: Circumstances) -> Iterator[Explanation]:
    releases = _first(around.world, ALBUM, "releases")
    if releases and float(releases.value) <= FEWEST_RELEASES:
        yield Explanation(
            "under-marketed", "no more than one release of the album is known", (releases,)
        )
    have = _first(around.world, ALBUM, "discogs_have")
    want = _first(around.world, ALBUM, "discogs_want")
    if have and want and float(want.value) > float(have.value):
        yield Explanation("under-marketed", "more people look for it than own it", (want, have))


def _niche(around: Circumstances) -> Iterator[Explanation]:
    """Few saw the work, or it is not in English, and those who saw it rate it high."""
    rating = _first(around.world, WORK, "imdb_rating", "tmdb_rating")
    if not rating or float(rating.value) < HIGH_RATING:
        return
    votes = _first(around.world, WORK, "imdb_votes", "tmdb_votes")
    place = _exposure_percentile(around, votes)
    if votes and place is not None and place <= FEW_VOTES_PERCENTILE:
        yield Explanation(
            "niche audience",
            f"rated {HIGH_RATING:g} or more by fewer people than two thirds of its peers",
            (rating, votes),
        )
    language = _first(around.world, WORK, "language")
    if language and str(language.value) not in ("en", "eng"):
        yield Explanation(
            "niche audience",
            f"rated {HIGH_RATING:g} or more, and its language is not English",
            (rating, language),
        )


def _visuals(around: Circumstances) -> Iterator[Explanation]:
    votes = _first(around.world, WORK, "imdb_votes", "tmdb_votes")
    place = _exposure_percentile(around, votes)
    given = around.recognition
    shadowed = (
        place is not None
        and isinstance(given, Recognition)
        and place - given.percentile.value >= SHADOW_POINTS
    )
    if votes and isinstance(given, Recognition) and shadowed:
        yield Explanation(
            "overshadowed by the visuals",
            f"the work stands {SHADOW_POINTS:g} percentile points or more above its music",
            (votes, *(one.row for one in given.places)),
        )
    looks = _first(around.world, WORK, "visual_awards")
    if looks and not around.world.said(WORK, "score_awards"):
        yield Explanation(
            "overshadowed by the visuals",
            "awards or nominations for its pictures, none known for its music",
            (looks,),
        )


def _bigger_names(around: Circumstances) -> Iterator[Explanation]:
    composers = around.identity.stated("composer")
    rival = _bigger_work(around, composers)
    if rival is not None:
        votes = _first(around.world, WORK, "imdb_votes", "tmdb_votes")
        yield Explanation(
            "overshadowed by bigger names",
            f"{rival.title} ({rival.year}), by the same composer within a year, had"
            f" {BIGGER:g} times the audience or more",
            tuple(filter(None, (votes,))),
        )
    if len(composers) > 1:
        sharing = [one for one in around.identity.credits if one.role == "composer" and one.stated]
        rows = tuple(row for one in sharing for row in one.rows)
        yield Explanation("overshadowed by bigger names", "several composers share it", rows)


def _bigger_work(around: Circumstances, composers: tuple[str, ...]) -> ReferenceWork | None:
    """A far more seen work by the same composer, of the year before to the year after."""
    year, name = around.work.year, _votes(around.work)
    if year is None or name is None:
        return None
    for one in around.reference.works:
        near = one.year is not None and abs(one.year - year) <= 1
        shares = any(same_person(a, b) for a in one.composers for b in composers)
        if near and shares and one.numbers.get(name, 0) >= BIGGER * around.work.numbers[name] > 0:
            return one
    return None


def _awards(around: Circumstances) -> Iterator[Explanation]:
    nominated = _first(around.world, WORK, "score_nominations")
    won = _first(around.world, WORK, "score_wins")
    if nominated and not won:
        yield Explanation(
            "award crowding", "nominated for its music, and no win is known", (nominated,)
        )


def _time(around: Circumstances) -> Iterator[Explanation]:
    """Early and sparsely counted: the reason not to call it underrated."""
    thin = isinstance(around.gap, DataTooThin) or len(around.gap.contributions) == 0
    year = around.identity.year
    if thin and year is not None and year < EARLY:
        rows = (*around.world.said(WORK, "released"), *around.world.said(ALBUM, "released"))
        yield Explanation(
            "time", f"released before {EARLY}, and too few traces to measure a gap", rows
        )


_READINGS: tuple[Callable[[Circumstances], Iterator[Explanation]], ...] = (
    _under_marketed, _niche, _visuals, _bigger_names, _awards, _time,
)  # fmt: skip


def _first(world: World, subject: Subject, *indicators: str) -> Row | None:
    return next((row for name in indicators for row in world.said(subject, name)), None)


def _votes(work: ReferenceWork) -> str | None:
    return next((name for name in ("imdb_votes", "tmdb_votes") if name in work.numbers), None)


def _exposure_percentile(around: Circumstances, votes: Row | None) -> float | None:
    if votes is None:
        return None
    among = Groups(around.reference.works).peers(around.work, votes.indicator).values
    return percentile(float(votes.value), among) if len(among) >= LEAST_PEERS else None
