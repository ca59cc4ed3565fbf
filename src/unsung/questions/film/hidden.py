"""Hidden in the film: tracks that nobody there could notice, unused, cut short or buried."""

from collections.abc import Iterator, Sequence

from unsung.model.balance import Grade
from unsung.model.film_case import FilmCase
from unsung.model.finding import Finding, Quantity
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.time import Span
from unsung.questions.facts import percent, slug_of, title_of
from unsung.questions.film.placed import QUESTION, Placed, film_place, film_title, heard_at
from unsung.questions.film.sources import FITTED, PASSAGES
from unsung.questions.places import first_part, place

_LEAST_S = 20.0
_WHOLE = 0.95
_FEW = 3
_SHORT = 0.5
_MOSTLY = 0.6
_SOFT: tuple[Grade, ...] = ("low background", "inaudible")
_UNFOUND = "Music in another take, far beneath other sound, may be there and go unfound."


def hidden(film: FilmCase, where: tuple[Placed, ...], soundtrack: Soundtrack) -> Iterator[Finding]:
    """What the film leaves out, or lets nobody hear, of tracks that last twenty seconds or more."""
    long = [
        one
        for one in soundtrack.heard
        if one.hearing.duration_s >= _LEAST_S and one.track.kind == "recording"
    ]
    for heard in long:
        own = [one for one in where if one.heard is heard]
        if own:
            yield from _short(film, heard, own, _left(film, heard))
            yield from _buried(film, heard, own)
    unused = [one for one in long if _is_unused(film, one)]
    if len(unused) > _FEW:
        yield _many_unused(film, unused, len(long))
    else:
        yield from (_unused(film, one) for one in unused)


def _left(film: FilmCase, heard: Heard) -> list[Span]:
    return [one.span for one in film.placements.unused if one.track_file == heard.track.file]


def _is_unused(film: FilmCase, heard: Heard) -> bool:
    """Whether it was not found, nor anything that sounds the same."""
    left_s = sum(one.duration_s for one in _left(film, heard))
    return left_s >= _WHOLE * heard.hearing.duration_s


def _many_unused(film: FilmCase, unused: Sequence[Heard], tracks: int) -> Finding:
    longest = sorted(unused, key=lambda one: -one.hearing.duration_s)
    whole_s = sum(one.hearing.duration_s for one in unused)
    return Finding(
        slug="film-many-unused",
        question=QUESTION,
        kind="unused in the film",
        claim=(
            "{count} of the album’s {tracks} longer tracks were found nowhere in {film}: {whole} of"
            " music, of which {track} is the longest piece."
        ),
        facts={
            "count": Quantity(len(unused)),
            "tracks": Quantity(tracks),
            "film": film_title(film),
            "whole": Quantity(whole_s, "clock"),
            "track": title_of(longest[0]),
        },
        verdict="supported",
        method="Every track of twenty seconds or more was sought in the whole film.",
        compared_with="the album's other tracks, which were found",
        weight=0.7,
        places=tuple(
            found
            for one in longest[:_FEW]
            for found in place(
                one, first_part(Span(0, one.hearing.duration_s)), "music that the film leaves out"
            )
        ),
        readings=(film_place(film, Span(0, film.duration_s), "the tracks were not found"),),
        against=_UNFOUND,
    )


def _unused(film: FilmCase, heard: Heard) -> Finding:
    """A track that was not found, nor anything that sounds the same."""
    lasts_s = heard.hearing.duration_s
    return Finding(
        slug=slug_of("film-unused", heard.track.file),
        question=QUESTION,
        kind="unused in the film",
        claim="{track}, {length} long, was found nowhere in {film}.",
        facts={
            "track": title_of(heard),
            "length": Quantity(lasts_s, "clock"),
            "film": film_title(film),
        },
        verdict="supported",
        method="The whole track was sought in the whole film.",
        compared_with="the album's other tracks, which were found",
        weight=0.7,
        places=place(heard, first_part(Span(0, lasts_s)), "music that the film leaves out"),
        readings=(film_place(film, Span(0, film.duration_s), "the track was not found"),),
        against=_UNFOUND,
    )


def _short(
    film: FilmCase, heard: Heard, own: Sequence[Placed], left: Sequence[Span]
) -> Iterator[Finding]:
    """A track of which the film uses less than half."""
    lasts_s = heard.hearing.duration_s
    unheard_s = min(lasts_s, sum(one.duration_s for one in left))
    if not left or unheard_s < _SHORT * lasts_s:
        return
    longest = max(left, key=lambda one: one.duration_s)
    share = unheard_s / lasts_s
    yield Finding(
        slug=slug_of("film-cut-short", heard.track.file),
        question=QUESTION,
        kind="cut short",
        claim="Of {track} {film} leaves out {share}: {unheard} that only the album has.",
        facts={
            "track": title_of(heard),
            "film": film_title(film),
            "share": percent(share),
            "unheard": Quantity(unheard_s, "clock"),
        },
        verdict="supported",
        method="What of the track was found nowhere in the film, nor anything that sounds like it.",
        compared_with="the whole track",
        weight=0.6 * share,
        places=place(heard, first_part(longest), "music that the film leaves out"),
        readings=tuple(film_place(film, one.at.film_span, "part of it sounds") for one in own[:3]),
        against=_UNFOUND,
    )


def _buried(film: FilmCase, heard: Heard, own: Sequence[Placed]) -> Iterator[Finding]:
    """A track that for most of its time in the film lies far beneath all else."""
    passages = film.balance.passages if film.balance else ()
    soft = [
        (one.at.film_span.overlap_s(each.span), one, each.span)
        for one in own
        for each in passages
        if each.grade in _SOFT
    ]
    placed_s = sum(one.at.film_span.duration_s for one in own)
    buried_s = sum(lasts_s for lasts_s, _, _ in soft)
    if buried_s < max(_MOSTLY * placed_s, _LEAST_S):
        return
    _, longest, span = max(soft, key=lambda row: row[0])
    yield Finding(
        slug=slug_of("film-buried", heard.track.file),
        question=QUESTION,
        kind="buried under speech",
        claim=(
            "{track} is in {film} for {length}, and for {share} of that lies so far beneath voices"
            " and effects that an audience could hardly notice it."
        ),
        facts={
            "track": title_of(heard),
            "film": film_title(film),
            "length": Quantity(placed_s, "clock"),
            "share": percent(min(1.0, buried_s / placed_s)),
        },
        verdict="supported",
        method=(
            "Second by second, short-term loudness of the music against all else: fifteen LU or"
            " more beneath, or with no part of its spectrum near."
        ),
        compared_with="all else that sounds meanwhile",
        weight=0.8 * min(1.0, buried_s / placed_s),
        places=heard_at(longest, span, "what the film covers up"),
        readings=(film_place(film, span, "the music lies far beneath the rest"),),
        cites=(PASSAGES, FITTED),
    )
