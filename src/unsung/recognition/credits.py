"""Who may be printed as composer, orchestrator or director.

Wrong credits are the commonest error of this field. A name is stated only where the user says it,
where two independent voices agree on it, or where one voice that was reached by identifier alone
names it and no other voice names somebody else. Tags are a weak voice, and so is everything found
by searching for a name.
"""

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from unsung.model.corrections import Corrections
from unsung.model.recognition import Credit
from unsung.model.world import Row
from unsung.recognition.names import same_person

ROLES = ("composer", "orchestrator", "conductor", "director")
_TAGS = "tags"
_USER = "you"


@frozen
class Said:
    """One voice naming one person in one role. `strong`: it was reached by identifier alone."""

    role: str
    name: str
    voice: str
    strong: bool
    identifier: str = ""
    rows: tuple[Row, ...] = ()


def said_by_rows(rows: Iterable[Row], weak_sources: frozenset[str]) -> tuple[Said, ...]:
    """The credits in the rows; `weak_sources` were reached by searching for a name."""
    return tuple(
        Said(row.indicator, str(row.value), row.answer.source,
             row.answer.source not in weak_sources, row.identifier, (row,))
        for row in rows
        if row.indicator in ROLES and row.value
    )  # fmt: skip


def said_by_tags(role: str, names: Iterable[str]) -> tuple[Said, ...]:
    """What the tags of the files say: somebody typed it once."""
    return tuple(Said(role, name, _TAGS, strong=False) for name in dict.fromkeys(names))


def weighed_credits(said: Sequence[Said], corrections: Corrections) -> tuple[Credit, ...]:
    """Everyone who was named, role by role, each stated or not, and why."""
    own = {
        "composer": corrections.composers,
        "director": corrections.directors,
        "orchestrator": corrections.orchestrators,
    }
    return tuple(
        credit
        for role in ROLES
        for credit in (_own(role, own[role], said) if own.get(role) else _weighed(role, said))
    )


def _own(role: str, names: Sequence[str], said: Sequence[Said]) -> list[Credit]:
    """The user's word; a source that agrees lends its identifiers and rows."""
    return [
        evolve(
            _credit([Said(role, name, _USER, strong=True), *_of(said, role, name)]),
            name=name,
            stated=True,
            because="you say so in recognition.toml",
        )
        for name in names
    ]


def _weighed(role: str, said: Sequence[Said]) -> list[Credit]:
    people = _people([one for one in said if one.role == role])
    everyone = [_credit(group) for group in people]
    return [_judged(one, group, everyone) for one, group in zip(everyone, people, strict=True)]


def _judged(one: Credit, group: Sequence[Said], everyone: Sequence[Credit]) -> Credit:
    if len(one.voices) > 1:
        return evolve(one, stated=True, because=f"{len(one.voices)} voices agree")
    if not any(said.strong for said in group):
        return evolve(one, because=f"only {one.voices[0]} says so, which is weak")
    rivals = {
        voice
        for other in everyone
        if other is not one
        for voice in other.voices
        if voice != one.voices[0]
    }
    if rivals:
        return evolve(one, because=f"{', '.join(sorted(rivals))} name somebody else")
    return evolve(
        one, stated=True, because=f"{one.voices[0]}, reached by identifier; no other voice"
    )


def _people(said: Iterable[Said]) -> list[list[Said]]:
    """Statements about the same person, in order of first mention."""
    people: list[list[Said]] = []
    for one in said:
        for group in people:
            if any(_same(one, other) for other in group):
                group.append(one)
                break
        else:
            people.append([one])
    return people


def _same(one: Said, other: Said) -> bool:
    """By identifier where both voices use the same kind, by name otherwise."""
    kinds = one.identifier.partition(":")[0], other.identifier.partition(":")[0]
    if kinds[0] and kinds[0] == kinds[1]:
        return one.identifier == other.identifier
    return same_person(one.name, other.name)


def _of(said: Iterable[Said], role: str, name: str) -> list[Said]:
    return [one for one in said if one.role == role and same_person(one.name, name)]


def _credit(group: Sequence[Said]) -> Credit:
    return Credit(
        name=group[0].name,
        role=group[0].role,
        voices=tuple(dict.fromkeys(one.voice for one in group)),
        identifiers=tuple(sorted({one.identifier for one in group} - {""})),
        stated=False,
        because="",
        rows=tuple(row for one in group for row in one.rows),
    )
