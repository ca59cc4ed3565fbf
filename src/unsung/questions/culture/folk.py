"""Whether a motif, or what leads in a track, is near a folk tune."""

from collections.abc import Iterator

from unsung.model.dossier import Dossier
from unsung.model.finding import Finding, Quantity
from unsung.questions.culture.wording import QUESTION
from unsung.questions.memorable.known import Near, Search, folk, kinships
from unsung.questions.memorable.telling import (
    CITES,
    METHOD,
    Wording,
    item,
    moved,
    neighbours,
    told,
)

_MOST = 3


def folk_neighbours(dossier: Dossier) -> Iterator[Finding]:
    """Each folk tune that is near beyond luck; else that none is."""
    tunes = folk(dossier)
    search = kinships(dossier.soundtrack, tunes)
    kin = [one for one in search.near if one.likeness.kinship in {"quotation", "likeness"}]
    for one in neighbours(kin)[:_MOST]:
        yield told(one, Wording(QUESTION, "folk neighbour", _claim(one.best), _weight(one.best)))
    if search.lines and not kin:
        yield _nothing(search, len(tunes))


def _claim(one: Near) -> str:
    tradition = " of {tradition} tradition" if one.likeness.incipit.tradition else ""
    how = "note for note" if one.likeness.kinship == "quotation" else "though not note for note"
    return (
        f"From {{at}} in {{track}} {item(one)} has a folk tune for neighbour: {{notes}} of the"
        f" {{all}} notes that the catalogue holds of {{melody}}{tradition} answer in their order,"
        f" {how}, {moved(one)}."
    )


def _weight(one: Near) -> float:
    return 0.8 if one.likeness.kinship == "quotation" else 0.6


def _nothing(search: Search, tunes: int) -> Finding:
    return Finding(
        slug="no-folk-neighbour",
        question=QUESTION,
        kind="no folk neighbour",
        claim=(
            "No folk tune was found that the melodies are near: of {lines} lines, the motifs and"
            " what leads in each track, none comes near any of {tunes} known ones beyond luck."
        ),
        facts={"lines": Quantity(search.lines), "tunes": Quantity(tunes)},
        verdict="undecided",
        weight=0.25,
        method=METHOD,
        compared_with="known folk tunes, and luck in as many lines",
        cites=CITES,
        against="The folk tunes are few and mostly European; give a collection with `--melodies`.",
    )
