"""Music against dialogue: how much lies under speech, how far beneath, whether it steps back."""

from collections.abc import Iterator

from unsung.model.balance import Balance, SpokenBalance, Step
from unsung.model.film_case import FilmCase
from unsung.model.finding import Finding, Quantity
from unsung.model.outcomes import Outcome
from unsung.model.time import Span
from unsung.questions.facts import instant, percent, title_of
from unsung.questions.film.placed import (
    QUESTION,
    Placed,
    during,
    film_place,
    film_title,
    heard_at,
)
from unsung.questions.film.sources import FITTED, LOUDNESS, PASSAGES, PREFERRED

_PREFERRED_LU = 10.0
_LEAST_LINES = 3
_EFFECTS = "What sounds while somebody speaks counts as speech, effects included."


def beside_speech(film: FilmCase, where: tuple[Placed, ...]) -> Iterator[Finding]:
    """What the balance tells; nothing without speech."""
    found = film.balance
    if found is None:
        return
    yield from _under_speech(film, found, where)
    yield from _against(film, found, where)
    yield from _ducking(film, found.ducking.down, where)
    yield from _alone(film, found, where)


def _source(film: FilmCase) -> str:
    """How it is known when somebody speaks."""
    by_ear = film.speech is None or film.speech.source == "detector"
    return "as a detector hears it" if by_ear else "by its subtitles"


def _under_speech(film: FilmCase, found: Balance, where: tuple[Placed, ...]) -> Iterator[Finding]:
    if isinstance(found.under_speech_share, Outcome) or not found.spoken:
        return
    longest = max(found.spoken, key=lambda one: _music_s(one.spoken.span, where))
    span = longest.spoken.span
    here = during(where, span)
    if not here:
        return
    yield Finding(
        slug="film-under-speech",
        question=QUESTION,
        kind="under speech",
        claim=(
            "Music of the album sounds in {music} of {film}, and {under} of that lies under"
            " speech, {source}."
        ),
        facts={
            "film": film_title(film),
            "music": percent(found.music_share),
            "under": percent(found.under_speech_share),
            "source": _source(film),
        },
        verdict="supported",
        method="Time with placed music, and the part of it in which somebody speaks.",
        weight=0.8,
        places=heard_at(here[0], span, "music that lies under speech in the film"),
        readings=(film_place(film, span, _said(longest)),),
        against=_EFFECTS,
    )


def _music_s(span: Span, where: tuple[Placed, ...]) -> float:
    return sum(one.at.film_span.overlap_s(span) for one in where)


def _said(one: SpokenBalance) -> str:
    """Who speaks; not what is said, for articles are passed on and the film's words are its own."""
    line = one.spoken.line
    return f"{line.speaker} speaks" if line and line.speaker else "somebody speaks"


def _against(film: FilmCase, found: Balance, where: tuple[Placed, ...]) -> Iterator[Finding]:
    """How far speech lies above the music, and where they come closest."""
    known = [
        (float(one.apart_lu), one)
        for one in found.spoken
        if not isinstance(one.apart_lu, Outcome) and during(where, one.spoken.span)
    ]
    if len(known) < _LEAST_LINES or isinstance(found.apart_lu, Outcome):
        return
    nearest_lu, nearest = min(known, key=lambda pair: pair[0])
    span = nearest.spoken.span
    least = during(where, span)[0]
    near = sum(apart < _PREFERRED_LU for apart, _ in known)
    yield Finding(
        slug="film-music-against-dialogue",
        question=QUESTION,
        kind="music against dialogue",
        claim=(
            "Where somebody speaks over it, speech lies {apart} above the music at the median of"
            " {lines} stretches; in "
            + ("{near}" if near else "none")
            + " of them by less than the {preferred} that listeners prefer at least. The least is"
            " {nearest}, at {at} of the film over {track}."
        ),
        facts={
            "apart": Quantity(found.apart_lu, "LU", 1),
            "lines": Quantity(len(known)),
            "near": Quantity(near),
            "preferred": Quantity(_PREFERRED_LU, "LU"),
            "at": instant(span.start_s),
            "nearest": Quantity(nearest_lu, "LU", 1),
            "track": title_of(least.heard),
        },
        verdict="supported",
        method=(
            "The album's recording is fitted into the film and taken away; what is left while"
            " somebody speaks is held against what was taken, in integrated loudness."
        ),
        compared_with="what listeners of television preferred",
        weight=0.9,
        places=heard_at(least, span, "the music that comes closest to the voice"),
        readings=(film_place(film, span, _said(nearest)),),
        cites=(LOUDNESS, FITTED, PREFERRED),
        against=_EFFECTS,
    )


def _ducking(film: FilmCase, step: Step, where: tuple[Placed, ...]) -> Iterator[Finding]:
    """Whether music steps back; undecided with few beginnings of speech, or where it is unclear."""
    if isinstance(step.change_db, Outcome) or isinstance(step.chance, Outcome):
        return
    spoken = film.speech.spoken if film.speech else ()
    first = next((one.span for one in spoken if during(where, one.span)), None)
    if first is None:
        return
    is_met = step.verdict == "met"
    claims = {
        "met": (
            "When somebody begins to speak the mix turns the music down: by {change} on the average"
            " of {events} beginnings."
        ),
        "not met": (
            "The mix leaves the music where it is when somebody begins to speak: it changes by"
            " {change} on the average of {events} beginnings. What room there is, was composed."
        ),
        "undecided": (
            "Whether the mix turns music down for a voice is not clear: it changes by {change} on"
            " the average of {events} beginnings of speech."
        ),
    }
    yield Finding(
        slug="film-ducking",
        question=QUESTION,
        kind="ducking",
        claim=claims[step.verdict],
        facts={
            "change": Quantity(abs(step.change_db) if is_met else step.change_db, "dB", 1),
            "events": Quantity(step.events),
        },
        verdict="undecided" if step.verdict == "undecided" else "supported",
        method=(
            "The gain of the album in the film half a second to a second and a half after speech"
            " begins, less that before; an answer needs a limit of a decibel to be clear."
        ),
        compared_with="the same at moments put elsewhere in the music",
        chance=step.chance,
        weight=0.7,
        places=heard_at(during(where, first)[0], first, "the music as a voice comes in"),
        cites=(FITTED,),
        against="A mix may step back earlier, or for a whole scene; that is not seen here.",
    )


def _alone(film: FilmCase, found: Balance, where: tuple[Placed, ...]) -> Iterator[Finding]:
    """The longest passage in which nothing else is heard."""
    if not found.alone:
        return
    longest = max(found.alone, key=lambda span: span.duration_s)
    here = during(where, longest)
    if not here:
        return
    yield Finding(
        slug="film-music-alone",
        question=QUESTION,
        kind="alone in the film",
        claim=(
            "The music carries {film} alone for {all} in all, the longest time from {at} to {until}"
            " of the film, where {track} sounds."
        ),
        facts={
            "film": film_title(film),
            "all": Quantity(sum(one.duration_s for one in found.alone), "clock"),
            "at": instant(longest.start_s),
            "until": instant(longest.end_s),
            "track": title_of(here[0].heard),
        },
        verdict="supported",
        method="Five seconds or more in which all else lies far beneath and nobody speaks.",
        weight=0.6,
        places=heard_at(here[0], longest, "music that carries the scene alone"),
        readings=(film_place(film, longest, "only music is heard"),),
        cites=(PASSAGES,),
    )
