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
    how_many,
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
        wording = Wording(QUESTION, "folk neighbour", _claim(one.best), _weight(one.best))
        yield from (found for found in [told(one, wording)] if found.places)
    if search.lines and not kin:
        yield _nothing(search, len(tunes))


def _claim(one: Near) -> str:
    tune = "the {tradition} tune {melody}" if one.likeness.incipit.tradition else "{melody}"
    loosely = "" if one.likeness.kinship == "quotation" else ", though not note for note"
    return (
        f"From {{at}} in {{track}} {item(one)} has a folk tune for neighbour: {how_many(one)} notes"
        f" noted down for {tune} answer in their order, {moved(one)}{loosely}."
    )


def _weight(one: Near) -> float:
    return 0.8 if one.likeness.kinship == "quotation" else 0.6


def _nothing(search: Search, tunes: int) -> Finding:
    return Finding(
        slug="no-folk-neighbour",
        question=QUESTION,
        kind="no folk neighbour",
        claim=(
            "No folk tune was found that the melodies are near: of the motifs and what leads in"
            " each track ({lines} in all) none comes near any of {tunes} known ones beyond luck."
        ),
        facts={"lines": Quantity(search.lines), "tunes": Quantity(tunes)},
        verdict="undecided",
        weight=0.25,
        method=METHOD,
        compared_with="known folk tunes, and luck in as many lines",
        cites=CITES,
        against="The folk tunes are few and mostly European; give a collection with `--melodies`.",
    )
