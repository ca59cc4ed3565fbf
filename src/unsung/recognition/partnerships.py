"""Who works with whom: composers and directors of the reference and of this work.

Fame is what had been released before this work and nothing later: no look ahead. The composer to
compare with is chosen by a stated rule, never by hand.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from unsung.model.recognition import DataTooThin, Partnership, People
from unsung.model.reference import ReferenceWork
from unsung.recognition.names import folded

REPEATED = 2
LEAST_FREELANCE = 3
NEAR_YEARS = 5
MOST_SHOWN = 24
RULE = (
    "of those who had a work out in the same medium within five years, the composer in the top"
    " tenth of earlier works whose nearest work had an audience closest to this one's"
)


def people(work: ReferenceWork, works: Sequence[ReferenceWork]) -> People | DataTooThin:
    """The partnerships around the makers of `work`, their fame, and whom to compare with."""
    if not work.composers:
        return DataTooThin("no composer could be stated, so there is nobody to look up")
    every = [one for one in works if one.identifier != work.identifier]
    compared, why = comparison(work, every)
    return People(
        partnerships=around(work, partnerships([*every, work])),
        freelancers=tuple(name for name in freelancers([*every, work]) if _among(name, work)),
        fame=tuple((name, fame(name, work.year, every)) for name in work.composers),
        comparison=compared,
        comparison_because=why,
    )


def partnerships(works: Sequence[ReferenceWork]) -> tuple[Partnership, ...]:
    """Every composer and director who made works together, the longest partnership first."""
    together: dict[tuple[str, str], list[ReferenceWork]] = defaultdict(list)
    directed = Counter(folded(name) for work in works for name in set(work.directors))
    names: dict[str, str] = {}
    for work in works:
        for composer in dict.fromkeys(work.composers):
            for director in dict.fromkeys(work.directors):
                names.setdefault(folded(composer), composer)
                names.setdefault(folded(director), director)
                together[folded(composer), folded(director)].append(work)
    found = [
        Partnership(
            names[composer],
            names[director],
            tuple(one.title for one in sorted(shared, key=lambda one: (one.year or 0, one.title))),
            len(shared) / directed[director],
        )
        for (composer, director), shared in together.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.works), one.composer, one.director)))


def around(work: ReferenceWork, every: Sequence[Partnership]) -> tuple[Partnership, ...]:
    """Those of this work's makers, then their partners' own; of each the longest first."""
    makers = {folded(name) for name in (*work.composers, *work.directors)}
    near = [one for one in every if _people(one) & makers]
    partners = {name for one in near for name in _people(one)}
    further = [one for one in every if _people(one) & partners and one not in near]
    return tuple((near + further)[:MOST_SHOWN])


def _people(one: Partnership) -> set[str]:
    return {folded(one.composer), folded(one.director)}


def freelancers(works: Sequence[ReferenceWork]) -> tuple[str, ...]:
    """Composers of three works or more who never worked with the same director twice."""
    counts: Mapping[str, int] = Counter(name for work in works for name in set(work.composers))
    loyal = {one.composer for one in partnerships(works) if len(one.works) >= REPEATED}
    return tuple(
        sorted(name for name, count in counts.items()
               if count >= LEAST_FREELANCE and name not in loyal)
    )  # fmt: skip


def fame(composer: str, year: int | None, works: Sequence[ReferenceWork]) -> int:
    """How many works of the composer were out before `year`."""
    if year is None:
        return 0
    return sum(_among(composer, one) and one.year is not None and one.year < year for one in works)


def comparison(work: ReferenceWork, works: Sequence[ReferenceWork]) -> tuple[str, str]:
    """The famous composer to compare with, and why; empty where the rule finds nobody."""
    if work.year is None:
        return "", "the year of this work is not known"
    near = [
        one
        for one in works
        if one.medium == work.medium
        and one.year is not None
        and abs(one.year - work.year) <= NEAR_YEARS
    ]
    known = {name: fame(name, work.year, works) for one in near for name in one.composers}
    own = {folded(name) for name in work.composers}
    rivals = {name: count for name, count in known.items() if folded(name) not in own and count}
    if not rivals:
        return "", "the reference holds no composer with earlier works in this medium and time"
    least = sorted(rivals.values(), reverse=True)[(len(rivals) - 1) // 10]
    famous = [name for name, count in rivals.items() if count >= least]
    chosen = min(famous, key=lambda name: (_distance(name, work, near), -rivals[name], name))
    return chosen, RULE


def _distance(name: str, work: ReferenceWork, near: Sequence[ReferenceWork]) -> float:
    """How far the audiences lie apart, as a ratio; far where either is unknown."""
    own = work.numbers.get("imdb_votes")
    votes = [one.numbers.get("imdb_votes") for one in near if name in one.composers]
    known = [count for count in votes if count is not None]
    if own is None or not known:
        return float("inf")
    return min(max(count + 1, own + 1) / min(count + 1, own + 1) for count in known)


def _among(name: str, work: ReferenceWork) -> bool:
    return any(folded(name) == folded(composer) for composer in work.composers)
