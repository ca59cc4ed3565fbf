"""Each composer's track that stands highest by what the sound shows, as surely as that can be said.

Among three tracks one is the first by luck alone; so it is called outstanding only where it stands
out on the whole album (`gems.standing_out`), and else the finding is undecided.
"""

from collections.abc import Iterator, Mapping, Sequence

from unsung.model.finding import Finding, HeardPlace, Quantity, Title
from unsung.model.hearing import Heard, Soundtrack
from unsung.questions.gems.naming import CITES, METHOD
from unsung.questions.gems.shows import what_tracks_show
from unsung.questions.gems.standing_out import Standing, standings
from unsung.questions.gems.window import window
from unsung.questions.people.world import QUESTION

_FEWEST, _MOST = 3, 6
_WORTH_NAMING = 0.25


def their_best(
    soundtrack: Soundtrack, composers: Mapping[str, Sequence[Heard]]
) -> Iterator[Finding]:
    """For composers of three tracks or more, where one is in the album’s first quarter."""
    if len(composers) < 2:
        return
    by_file = _by_file(soundtrack)
    merits = sorted((one.merit for one in by_file.values()), reverse=True)
    for at, (name, tracks) in enumerate(list(composers.items())[:_MOST], 1):
        able = [one for one in tracks if one.track.file in by_file and window(one.hearing)]
        if len(able) < _FEWEST:
            continue
        best = max(able, key=lambda one: by_file[one.track.file].merit)
        rank = 1 + merits.index(by_file[best.track.file].merit)
        if rank <= _WORTH_NAMING * len(merits):
            yield _best(name, best, able, by_file[best.track.file], (rank, len(merits)), at)


def _by_file(soundtrack: Soundtrack) -> dict[str, Standing]:
    heard = soundtrack.heard
    found = standings(
        what_tracks_show(soundtrack),
        [one.track.position for one in heard],
        [one.hearing.duration_s for one in heard],
    )
    return {heard[at].track.file: one for at, one in found.items()}


def _best(
    name: str,
    best: Heard,
    tracks: Sequence[Heard],
    standing: Standing,
    place: tuple[int, int],
    at: int,
) -> Finding:
    rank, count = place
    heard = window(best.hearing)
    beyond = "" if standing.stands_out else ", no further than luck may put a track"
    return Finding(
        slug=f"composer-{at}-best",
        question=QUESTION,
        kind="composer’s highest track",
        claim="Of {person}’s {tracks} tracks {track} shows the most for its place and length:"
        f" number {{rank}} of the album’s {{all}}{beyond}",
        facts={
            "person": name,
            "tracks": Quantity(len(tracks)),
            "track": Title(best.track.title or best.track.file, best.track.file),
            "rank": Quantity(rank),
            "all": Quantity(count),
            "merit": Quantity(standing.merit, "standard deviations", 1),
        },
        verdict="supported" if standing.stands_out else "undecided",
        method=METHOD,
        chance=standing.chance,
        compared_with=f"the {count} tracks of the album that can be judged",
        weight=0.6 if standing.stands_out else 0.25 * (1 - rank / count),
        places=(HeardPlace(best.track.file, heard.span),) if heard else (),
        cites=CITES,
        against="Merit here is varied, moving and unlike its neighbours; it is not beauty.",
    )
