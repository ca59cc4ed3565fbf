"""Underrated composers and unsung talent: who made it, in what shares, and what came back to them.

Names are those of the tags, and of sources where they were asked; whoever is not named there is
unknown. What the world gave is said only where the world was asked (`unsung recognise`).

Weights: a composer .3 and half the share of the album's time; others that are named .2 to .5; a gap
with its distance from the middle; readings with the points that the regression gives them.
"""

from collections.abc import Iterator, Mapping, Sequence

from unsung.model.dossier import Dossier
from unsung.model.finding import Finding, Quantity, ReadPlace
from unsung.model.hearing import Heard, Soundtrack
from unsung.questions.facts import listed
from unsung.questions.people.standing import their_best
from unsung.questions.people.world import QUESTION, from_the_world
from unsung.questions.question import Question

_MOST = 6
_MOST_NAMED = 8
_METHOD = "Read in the files’ tags; minutes are those that were heard."
_AGAINST = "Tags are typed by hand: who orchestrated, played or mixed is seldom said."

Credits = Mapping[str, Sequence[Heard]]


def _answer(dossier: Dossier) -> tuple[Finding, ...]:
    soundtrack = dossier.soundtrack
    composers = credited(soundtrack, "composer")
    if not soundtrack.heard:
        return ()
    return (
        *_who_wrote(soundtrack, composers),
        *_other_roles(soundtrack),
        *_unnamed(soundtrack),
        *their_best(soundtrack, composers),
        *from_the_world(dossier.case, composers),
    )


def credited(soundtrack: Soundtrack, role: str) -> dict[str, list[Heard]]:
    """By name, the tracks whose tags name that person in this role; the most time first."""
    found: dict[str, list[Heard]] = {}
    for one in soundtrack.heard:
        for name in dict.fromkeys(p.name for p in one.track.people if p.role == role):
            found.setdefault(name, []).append(one)
    return dict(sorted(found.items(), key=lambda pair: (-_minutes(pair[1]), pair[0])))


def _who_wrote(soundtrack: Soundtrack, composers: Credits) -> Iterator[Finding]:
    """The sharing of the album's time, each of those with the most, and those with one track."""
    for at, (name, tracks) in enumerate(list(composers.items())[:_MOST], 1):
        yield _wrote(soundtrack, name, tracks, at, len(composers))
    once = [name for name, tracks in composers.items() if len(tracks) == 1]
    if len(composers) > 2 and once:
        yield _with_one_track(once, composers)


def _wrote(
    soundtrack: Soundtrack, name: str, tracks: Sequence[Heard], at: int, composers: int
) -> Finding:
    total = _minutes(soundtrack.heard)
    whole = len(tracks) == len(soundtrack.heard)
    return Finding(
        slug=f"composer-{at}",
        question=QUESTION,
        kind="composer",
        claim=(
            "The tags name {person} as composer of all {all} tracks, {total}"
            if whole
            else "The tags name {person} as composer of {tracks} of {all} tracks, {minutes} of"
            " {total}"
        )
        + ("; they name nobody else" if composers == 1 else ", one of {composers} composers"),
        facts={
            "person": name,
            "tracks": Quantity(len(tracks)),
            "all": Quantity(len(soundtrack.heard)),
            "minutes": Quantity(_minutes(tracks), "", 1),
            "total": Quantity(total, "minutes", 1),
            "share": Quantity(100 * _minutes(tracks) / total, "%"),
            "composers": Quantity(composers),
        },
        verdict="supported",
        method=_METHOD,
        compared_with="all tracks that were heard",
        weight=0.3 + 0.5 * _minutes(tracks) / total,
        readings=_read(tracks, "composer", name),
        against=_AGAINST,
    )


def _with_one_track(once: Sequence[str], composers: Credits) -> Finding:
    tracks = [one for name in once for one in composers[name]]
    more = len(once) > _MOST_NAMED
    return Finding(
        slug="composers-of-one-track",
        question=QUESTION,
        kind="composers of one track",
        claim="{count} of {composers} composers have a single track, {minutes} in all: {names}"
        + (" and others" if more else ""),
        facts={
            "count": Quantity(len(once)),
            "composers": Quantity(len(composers)),
            "minutes": Quantity(_minutes(tracks), "minutes", 1),
            "names": listed(once[:_MOST_NAMED]) if not more else ", ".join(once[:_MOST_NAMED]),
        },
        verdict="supported",
        method=_METHOD,
        compared_with="all composers that the tags name",
        weight=0.35,
        readings=tuple(
            ReadPlace(one.track.file, "tag: composer", name)
            for name in once[:_MOST_NAMED]
            for one in composers[name]
        ),
        against=_AGAINST,
    )


def _other_roles(soundtrack: Soundtrack) -> Iterator[Finding]:
    """Who is named in another role than composer, and did not write the same tracks."""
    for role in ("conductor", "arranger", "performer", "lyricist", "remixer", "artist"):
        for at, (name, tracks) in enumerate(list(credited(soundtrack, role).items())[:_MOST], 1):
            others = [one for one in tracks if not _is_composer(one, name)]
            if others:
                yield _in_role(soundtrack, role, name, others, at)


def _in_role(
    soundtrack: Soundtrack, role: str, name: str, tracks: Sequence[Heard], at: int
) -> Finding:
    unclear = role == "artist"
    beside = ", whether as composer or player they do not say" if unclear else ""
    return Finding(
        slug=f"{role}-{at}",
        question=QUESTION,
        kind=role,
        claim="The tags name {person} as {role} of {tracks} of {all} tracks ({titles})" + beside,
        facts={
            "person": name,
            "role": role,
            "tracks": Quantity(len(tracks)),
            "all": Quantity(len(soundtrack.heard)),
            "titles": ", ".join(one.track.title for one in tracks[:3])
            + (" …" if len(tracks) > 3 else ""),
        },
        verdict="supported",
        method=_METHOD,
        compared_with="all tracks that were heard",
        weight=0.2 if unclear else 0.45,
        readings=_read(tracks, role, name),
        against=_AGAINST,
    )


def _unnamed(soundtrack: Soundtrack) -> Iterator[Finding]:
    """How many tracks name no composer."""
    without = [
        one
        for one in soundtrack.heard
        if not any(person.role == "composer" for person in one.track.people)
    ]
    if without:
        yield Finding(
            slug="no-composer-named",
            question=QUESTION,
            kind="no composer named",
            claim="Who composed {tracks} of {all} tracks ({minutes}) their tags do not say",
            facts={
                "tracks": Quantity(len(without)),
                "all": Quantity(len(soundtrack.heard)),
                "minutes": Quantity(_minutes(without), "minutes", 1),
            },
            verdict="undecided",
            method=_METHOD,
            weight=0.1 + 0.3 * len(without) / len(soundtrack.heard),
            readings=tuple(
                ReadPlace(one.track.file, "tag: composer", "nothing") for one in without[:5]
            ),
        )


def _is_composer(one: Heard, name: str) -> bool:
    return any(person.name == name and person.role == "composer" for person in one.track.people)


def _read(tracks: Sequence[Heard], role: str, name: str) -> tuple[ReadPlace, ...]:
    return tuple(ReadPlace(one.track.file, f"tag: {role}", name) for one in tracks[:5])


def _minutes(tracks: Sequence[Heard]) -> float:
    return sum(one.hearing.duration_s for one in tracks) / 60


PEOPLE = Question(
    slug=QUESTION,
    asks="Who made this music, and who of them is unsung?",
    answer=_answer,
)
