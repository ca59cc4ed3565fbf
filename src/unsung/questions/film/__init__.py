"""The film beside the album: how its music serves the scene, and what of it nobody could notice.

What is told rests on where tracks sound in the film. It is of the mix as it is in this file; other
cuts and dubs have others.
"""

from collections.abc import Iterator

from unsung.model.dossier import Dossier
from unsung.model.film_case import FilmCase
from unsung.model.finding import Finding
from unsung.questions.film.dialogue import beside_speech
from unsung.questions.film.hidden import hidden
from unsung.questions.film.lacking import lacking
from unsung.questions.film.picture import with_picture
from unsung.questions.film.placed import QUESTION, Placed, film_title, placed
from unsung.questions.film.sources import CITES
from unsung.questions.film.trail import trails
from unsung.questions.question import Question


def film(dossier: Dossier) -> tuple[Finding, ...]:
    """What can be said; nothing without a film."""
    found = dossier.film
    if found is None:
        return ()
    where = placed(found, dossier.soundtrack)
    beside = lacking(found, dossier.soundtrack)
    return tuple(_found(found, where, dossier)) if where else (_elsewhere(found), *beside)


def _found(found: FilmCase, where: tuple[Placed, ...], dossier: Dossier) -> Iterator[Finding]:
    yield from beside_speech(found, where)
    yield from with_picture(found, where)
    yield from hidden(found, where, dossier.soundtrack)
    yield from lacking(found, dossier.soundtrack)
    yield from trails(found, dossier.soundtrack)


def _elsewhere(found: FilmCase) -> Finding:
    return Finding(
        slug="film-without-the-album",
        question=QUESTION,
        kind="film without the album",
        claim=(
            "No music of the album was found in {film}: nothing can be said of how it serves the"
            " scene."
        ),
        facts={"film": film_title(found)},
        verdict="undecided",
        method="Every track was sought in the whole film, at the speeds at which films are shown.",
        weight=0.6,
        against="Music in another take, far beneath other sound, may be there and go unfound.",
    )


FILM = Question(QUESTION, "How does the music serve the film?", film, CITES)
