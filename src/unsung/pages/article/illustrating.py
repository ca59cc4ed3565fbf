"""Which figures stand in which section."""

from collections.abc import Iterable, Mapping, Sequence

from unsung.model.article import Figure
from unsung.model.finding import Finding, Quantity, Title
from unsung.model.hearing import Soundtrack
from unsung.pages.article.figures import (
    ChartPoint,
    GemChart,
    emotional_arc,
    gem_chart,
    motif_map,
    tapestry,
    transformations,
)

_MOST_MOTIFS = 2
_LEAST_POINTS = 3


def figures(
    soundtrack: Soundtrack, findings: Sequence[Finding]
) -> Mapping[str, tuple[Figure, ...]]:
    """The figures of each section by its slug; none for what cannot be drawn."""
    told = [one for one in findings if one.verdict == "supported"]
    shown = (transformations(soundtrack, one, ()) for one in soundtrack.motifs[:_MOST_MOTIFS])
    drawn = {
        "emotional-depth": (motif_map(soundtrack, ()), *shown, emotional_arc(soundtrack, ())),
        "instruments": (tapestry(soundtrack, ()),),
        "hidden-gems": (_chart(findings),),
    }
    return {slug: tuple(one for one in row if one) for slug, row in drawn.items()} if told else {}


def _chart(findings: Iterable[Finding]) -> Figure | None:
    """Merit against exposure, of the tracks that findings judge."""
    judged = [one for one in findings if {"merit", "exposure"} <= one.facts.keys()]
    if len(judged) < _LEAST_POINTS:
        return None
    points = tuple(_point(one) for one in judged)
    slugs = tuple(one.slug for one in judged)
    return gem_chart(GemChart(points), slugs)


def _point(one: Finding) -> ChartPoint:
    merit, exposure, track = (one.facts[name] for name in ("merit", "exposure", "track"))
    if not (isinstance(merit, Quantity) and isinstance(exposure, Quantity)):
        raise TypeError(f"{one.slug}: merit and exposure are numbers")
    name = track.text if isinstance(track, Title) else str(track)
    return ChartPoint(
        name, exposure.value, merit.value, merit.low, merit.high, is_gem=one.kind == "gem"
    )
