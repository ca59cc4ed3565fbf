"""The page itself: the template filled with the case, style inside it."""

from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from unsung.model.recognition import (
    Case,
    DataTooThin,
    Estimate,
    GemPlane,
    Merit,
    People,
    Recognition,
)
from unsung.model.world import Row
from unsung.pages.figures.bands import expected_band
from unsung.pages.figures.people import people_figure
from unsung.pages.figures.plane import gem_plane_figure
from unsung.pages.recognition.context import RecognitionContext
from unsung.pages.recognition.rows import (
    Citations,
    feature,
    meaning,
    shown,
    unknowns,
    unresolved,
)
from unsung.pages.report.wording import listed
from unsung.pages.self_contained import allowed, shipped
from unsung.recognition.gems import TOP_THIRD


def recognition_page(context: RecognitionContext) -> str:
    """The page. The same context gives the same page, byte for byte."""
    case = context.case
    cited = Citations(_cited_rows(case))
    style = shipped("unsung.pages.report", "report.css") + shipped(
        "unsung.pages.recognition", "recognition.css"
    )
    return _template().render(
        case=case,
        credits=_credits(case),
        reasons=_reasons(case),
        unresolved=unresolved(case.identity.unresolved),
        cite=cited.mark,
        rows=cited.listed,
        unknown=unknowns(case.unknown),
        attributions=[
            context.attributions[source]
            for source in sorted({row.answer.source for row in case.world.rows})
            if source in context.attributions
        ],
        band=_band(case),
        album_plane=_plane(case.album_plane, _own(case)),
        track_plane=_plane(case.track_plane, ""),
        track_merits=_track_merits(case),
        people=_people(case),
        folder=context.folder,
        version=context.version,
        style=Markup(style),  # noqa: S704 (our own, and without a closing tag)
        policy=_policy(style),
    )


def _cited_rows(case: Case) -> Iterable[Row]:
    """What is cited first, then all else."""
    if isinstance(case.recognition, Recognition):
        yield from (place.row for place in case.recognition.places)
    for one in case.explanations:
        yield from one.rows
    for credit in case.identity.credits:
        yield from credit.rows
    yield from case.world.rows


def _credits(case: Case) -> list[tuple[str, str, tuple[Row, ...], str]]:
    """Role, names as links may be printed, and the rows that say so."""
    found = []
    for role in ("composer", "orchestrator", "conductor", "director"):
        stated = [one for one in case.identity.credits if one.role == role and one.stated]
        if stated:
            rows = tuple(row for one in stated for row in one.rows)[:6]
            because = listed(list(dict.fromkeys(one.because for one in stated)))
            found.append((role, listed([one.name for one in stated]), rows, because))
    return found


def _reasons(case: Case) -> list[tuple[str, str]]:
    """Why these names may be printed: what has one reason is told once."""
    roles: dict[str, list[str]] = {}
    for role, _, _, because in _credits(case):
        roles.setdefault(because, []).append(role)
    return [(listed(some), because) for because, some in roles.items()]


def _band(case: Case) -> Markup | None:
    gap = case.gap
    return None if isinstance(gap, DataTooThin) else expected_band(gap.received, gap.expected)


def _own(case: Case) -> str:
    plane = case.album_plane
    return plane.points[0].name if isinstance(plane, GemPlane) and plane.points else ""


def _plane(plane: GemPlane | DataTooThin, own: str) -> Markup | None:
    if isinstance(plane, DataTooThin):
        return None
    return gem_plane_figure(plane, own, TOP_THIRD)


def _track_merits(case: Case) -> list[tuple[str, str, Merit]]:
    """The tracks whose merit could be told: file, title, merit, in album order."""
    return [
        (file, title or file, merit)
        for file, title, merit in case.track_merits
        if isinstance(merit, Merit)
    ]


def _people(case: Case) -> Markup | None:
    people = case.people
    if not isinstance(people, People) or not people.partnerships:
        return None
    makers = (*case.identity.stated("composer"), *case.identity.stated("director"))
    return people_figure(people.partnerships, makers)


def _estimate(one: Estimate) -> str:
    return f"{one.value:.0f} ({one.low:.0f} to {one.high:.0f})"


def _policy(style: str) -> str:
    """Nothing but this style."""
    return f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{allowed(style)}'"


def _points(value: float) -> str:
    """Percentile points with their sign, and a true minus."""
    return f"{value:+.0f}".replace("-", "−")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(_FILTERS)
    environment.tests["thin"] = lambda value: isinstance(value, DataTooThin)
    return environment.from_string(shipped("unsung.pages.recognition", "recognition.html.jinja"))


_FILTERS = {
    "estimate": _estimate,
    "shown": shown,
    "points": _points,
    "feature": feature,
    "meaning": meaning,
}
