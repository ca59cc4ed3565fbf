"""Hidden gems: the tracks most worth hearing that nobody mentions.

Merit is heard in the sound alone and named only where it is beyond luck; whether a track is hidden
is told by what is known of its exposure: place on the album, length, listeners, use in the work.
Each track that is named has fifteen seconds to listen to and the kind of moment it makes. That the
work never uses a track is a fact of the work, and is said whatever its merit.

Weights: a gem has 1 less up to .4 as its chance nears the level, what stands out without being
hidden .3 less; a candidate .4 times what is left of its chance; a track that is never used .5 to .9
with its length, a rare one up to .5 with its rarity, jingles .4; a kind of moment .3 and .15 for
each standard deviation of fit; a window .5; what is undecided .1 or .2.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from unsung.model.dossier import Dossier
from unsung.model.finding import Finding
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.outcomes import Outcome
from unsung.model.recognition import Case
from unsung.questions.gems import naming
from unsung.questions.gems.exposure import Exposure, Uses, exposures, uses_in
from unsung.questions.gems.listening_to import moment_of, window_of
from unsung.questions.gems.moments import Moment, moments
from unsung.questions.gems.naming import Judged
from unsung.questions.gems.shows import LEAST_DURATION_S, what_tracks_show
from unsung.questions.gems.standing_out import Standing, standings
from unsung.questions.gems.using import (
    is_rare,
    never_used,
    never_used_jingles,
    rarely_used,
)
from unsung.questions.gems.window import Window, window
from unsung.questions.question import Question

__all__ = ["GEMS", "Uses", "hidden_gems", "uses_in"]

_CANDIDATES, _NEAR = 3, 0.5


def hidden_gems(
    soundtrack: Soundtrack, case: Case | None = None, uses: Uses | None = None
) -> tuple[Finding, ...]:
    """What stands out, what the work leaves unused, and where to listen in each such track."""
    heard = soundtrack.heard
    shown = what_tracks_show(soundtrack)
    standing = standings(
        shown, [one.track.position for one in heard], [one.hearing.duration_s for one in heard]
    )
    windows = {at: found for at, one in enumerate(heard) if (found := window(one.hearing))}
    judged = _judged(heard, standing, exposures(soundtrack, case, uses), windows)
    named = (*_on_merit(judged, standing, sum(map(bool, shown))), *_on_use(heard, windows, uses))
    files = {place.track_file for one in named for place in one.places}
    chosen = [at for at, one in enumerate(heard) if one.track.file in files]
    return (*named, *_to_hear(soundtrack, chosen, windows))


def _judged(
    heard: tuple[Heard, ...],
    standing: Mapping[int, Standing],
    exposure: Mapping[str, Exposure],
    windows: Mapping[int, Window],
) -> list[Judged]:
    """The tracks that can be judged, those of the highest merit first."""
    able = [
        Judged(heard[at], found, exposure[heard[at].track.file], windows[at])
        for at, found in standing.items()
        if at in windows
    ]
    return sorted(able, key=lambda one: (not one.standing.stands_out, -one.standing.merit))


def _on_merit(
    judged: list[Judged], standing: Mapping[int, Standing], able: int
) -> Iterator[Finding]:
    if not judged:
        yield naming.too_few(able)
        return
    out = [one for one in judged if one.standing.stands_out]
    yield from (naming.gem(one, len(standing)) for one in out)
    if not out:
        yield naming.no_gem(judged[0], len(standing))
    near = [one for one in judged[not out :] if one.exposure.is_hidden and _is_near(one.standing)]
    yield from (naming.candidate(one, len(standing)) for one in near[:_CANDIDATES])


def _is_near(standing: Standing) -> bool:
    """Whether luck more often than not does less well."""
    return not standing.stands_out and standing.chance < _NEAR


def _on_use(
    heard: tuple[Heard, ...], windows: Mapping[int, Window], uses: Uses | None
) -> Iterator[Finding]:
    """What the work never or rarely uses, where all of it was read."""
    if uses is None or not uses.is_complete:
        return
    usual_s = float(np.median([one.hearing.duration_s for one in heard]))
    sounding = [(heard[at], found) for at, found in windows.items()]
    unused = [pair for pair in sounding if uses.counts.get(pair[0].track.file) == 0]
    whole = [pair for pair in unused if pair[0].hearing.duration_s >= LEAST_DURATION_S]
    yield from (never_used(one, found, uses, usual_s) for one, found in whole)
    if jingles := [pair for pair in unused if pair not in whole]:
        yield never_used_jingles(jingles, uses)
    rare = [pair for pair in sounding if is_rare(pair[0].track.file, uses)]
    yield from (rarely_used(one, found, uses) for one, found in rare)


def _to_hear(
    soundtrack: Soundtrack, chosen: list[int], windows: Mapping[int, Window]
) -> Iterator[Finding]:
    """Where to listen in each of these tracks, and what kind of moment it makes."""
    kinds = moments(soundtrack.heard)
    for at in chosen:
        heard, kind = soundtrack.heard[at], kinds[at]
        if heard.hearing.duration_s < LEAST_DURATION_S:
            continue
        yield window_of(heard, windows[at])
        if isinstance(kind, Moment) and not isinstance(kind, Outcome):
            yield moment_of(heard, kind, windows[at])


def _answer(dossier: Dossier) -> tuple[Finding, ...]:
    files = [one.track.file for one in dossier.soundtrack.heard]
    uses = uses_in(dossier.story, files) if dossier.story else None
    return hidden_gems(dossier.soundtrack, dossier.case, uses)


GEMS = Question(
    slug=naming.QUESTION,
    asks="Which tracks most worth hearing does nobody mention?",
    answer=_answer,
    cites=naming.CITES,
)
