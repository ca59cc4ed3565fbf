"""What the film has that the album lacks, and which of two alternates it plays."""

from collections.abc import Iterator

from unsung.model.film_case import FilmCase
from unsung.model.finding import Finding, HeardPlace, Quantity
from unsung.model.hearing import Soundtrack
from unsung.model.unplaced import Unplaced
from unsung.questions.film.placed import QUESTION, film_place, film_title
from unsung.questions.film.sources import NETWORK
from unsung.questions.places import first_part, place

_LEAST_S = 10.0
_FEW = 3
_UNHEARD = "Soft music beneath loud speech or effects goes unheard."


def lacking(film: FilmCase, soundtrack: Soundtrack) -> Iterator[Finding]:
    """Music with no source, if there are ten seconds of it; nothing where nobody listened."""
    found = film.unplaced
    if found is None or found.music_s < _LEAST_S:
        return
    longest = sorted(found.stretches, key=lambda one: -one.span.duration_s)[:_FEW]
    yield Finding(
        slug="film-music-without-a-source",
        question=QUESTION,
        kind="music with no source",
        claim=_claim(found),
        facts={
            "film": film_title(film),
            "music": Quantity(found.music_s, "clock", high=found.music_s + found.undecided_s),
            "times": Quantity(len(found.stretches)),
            "longest": Quantity(longest[0].span.duration_s, "clock"),
            "at": Quantity(longest[0].span.start_s, "clock"),
            **({"unclear": Quantity(found.undecided_s, "clock")} if found.undecided else {}),
        },
        verdict="supported",
        method=(
            "A network for everyday sound hears, second by second, whether there is music where no"
            " track of the album is placed."
        ),
        compared_with="the album, which was sought in the whole film",
        weight=0.65,
        places=tuple(_resembled(found, soundtrack)),
        readings=tuple(film_place(film, one.span, "music with no source") for one in longest),
        cites=(NETWORK,),
        against=f"{_UNHEARD} It may be music of the album in another take.",
    )


def _claim(found: Unplaced) -> str:
    several = len(found.stretches) > 1
    where = "in {times} places, the longest of {longest} at {at}" if several else "at {at}"
    unclear = "; of another {unclear} it cannot be told whether there is music" * bool(
        found.undecided
    )
    return (
        f"{{film}} has {{music}} of music that the album was not found to have, {where}{unclear}."
    )


def _resembled(found: Unplaced, soundtrack: Soundtrack) -> Iterator[HeardPlace]:
    """Places of the album that are alike, to compare by ear."""
    heard = {one.track.file: one for one in soundtrack.heard}
    for one in found.stretches:
        like = one.resembles
        if like and like.track_file in heard:
            yield from place(
                heard[like.track_file], first_part(like.span), "what it resembles on the album"
            )
