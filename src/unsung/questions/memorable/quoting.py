"""Whether a motif, or what leads in a track, quotes a famous melody or is like one."""

from collections.abc import Iterator

from unsung.model.finding import Finding, Quantity
from unsung.model.iconic import Incipit
from unsung.motifs.iconic.likeness import NEAR
from unsung.questions.memorable.known import Near, Search
from unsung.questions.memorable.telling import (
    CITES,
    METHOD,
    Wording,
    how_many,
    item,
    moved,
    neighbours,
    told,
)
from unsung.questions.memorable.wording import QUESTION

_MOST = 4


def quoting(search: Search, melodies: tuple[Incipit, ...]) -> Iterator[Finding]:
    """Each melody that is near; else that nothing was found, and what is alike by luck."""
    if not search.lines:
        return
    kin = [one for one in search.near if one.likeness.kinship in {"quotation", "likeness"}]
    for one in neighbours(kin)[:_MOST]:
        yield told(one, _wording(one.best))
    if not kin:
        yield _nothing(search, melodies)
    alike = [one for one in search.near if one not in kin and one.likeness.similarity >= NEAR]
    for one in neighbours(sorted(alike, key=lambda each: -each.likeness.similarity)[:1]):
        yield told(one, Wording(QUESTION, "alike by luck", _by_luck(one.best), 0.3))


def _wording(one: Near) -> Wording:
    """`weight` 0.9 for a quotation, 0.7 for a likeness."""
    melody = "{melody}" + " ({origin})" * bool(one.likeness.incipit.by)
    starts = f"From {{at}} in {{track}} {item(one)}"
    if one.likeness.kinship == "quotation":
        claim = (
            f"{starts} has {how_many(one)} notes noted down for {melody}, in their order,"
            f" {moved(one)}."
        )
        return Wording(QUESTION, "quotation", claim, 0.9)
    claim = (
        f"{starts} moves like {melody}: {{notes}} of the {{all}} notes noted down for it answer,"
        f" {moved(one)}, more than luck would bring, but not note for note."
    )
    return Wording(QUESTION, "likeness", claim, 0.7)


def _by_luck(one: Near) -> str:
    return (
        f"From {{at}} in {{track}} {item(one)} moves like {{melody}} for {{notes}} notes; but so"
        " short or so common is what agrees that, of albums with as many lines, {luck} come as"
        " near to a famous melody by luck."
    )


def _nothing(search: Search, melodies: tuple[Incipit, ...]) -> Finding:
    """That a catalogue holds no such melody does not say that there is none."""
    checked = sum(bool(one.verified_against) for one in melodies)
    own = sum(one.kind == "own" for one in melodies)
    from_user = " {own} of them are the user's own." if own else ""
    return Finding(
        slug="no-quotation",
        question=QUESTION,
        kind="no quotation",
        claim=(
            "Whether any theme quotes a melody that the world knows stays open: the motifs and what"
            " leads in each track ({lines} in all) were compared with {melodies} famous melodies,"
            " and none comes near one beyond luck." + from_user
        ),
        facts={
            "lines": Quantity(search.lines),
            "melodies": Quantity(len(melodies)),
            "checked": Quantity(checked),
            "own": Quantity(own),
        },
        verdict="undecided",
        weight=0.35,
        method=METHOD,
        compared_with="known melodies, and luck in as many lines",
        cites=CITES,
        against=(
            "The catalogue is small; a quotation hidden in an inner voice, or much ornamented, is"
            " missed."
        ),
    )
