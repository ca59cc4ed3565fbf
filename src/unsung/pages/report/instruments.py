"""Who plays, in words and as a tapestry; what sets a track apart in mood and genre."""

from collections.abc import Iterator, Sequence

from unsung.model.hearing import Hearing
from unsung.model.instruments import (
    FAMILIES,
    FAMILY_OF,
    VOICES,
    Character,
    Instruments,
    Leaning,
    Playing,
)
from unsung.model.outcomes import NotHeard, Undecided
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.figures.tapestry import Thread, tapestry
from unsung.pages.report.lane import Lane
from unsung.pages.report.wording import clock, listed

_MOST_NAMED, _MOST_OF_A_FAMILY, _MOST_WORDS, _MOST_SPOKEN = 5, 2, 2, 12
_LEAST_SHARE = 0.05
_VOICE_HEARD = 0.5


def instruments_lane(hearing: Hearing, axis: TimeAxis) -> Lane | None:
    """The tapestry of a track; nothing where nothing sounds."""
    heard = hearing.instruments
    threads = tuple(_threads(heard))
    if not threads and not heard.undetermined:
        return None
    words = f"Who plays: {stretches_in_words(heard.playing) or 'undetermined'}"
    return Lane("Instruments", tapestry(words, threads, heard.undetermined, axis), "families")


def instruments_in_words(heard: Instruments) -> str:
    """Family by family, those of most of the track first; a family where no player is told."""
    families = [one.name for one in heard.present_families if one.share >= _LEAST_SHARE]
    told = [name for family in families for name in _told_of(heard, family)]
    return listed(told[:_MOST_NAMED]) or "undetermined"


def _told_of(heard: Instruments, family: str) -> list[str]:
    inside = [
        one.name
        for one in heard.present
        if FAMILY_OF[one.name] == family and one.share >= _LEAST_SHARE
    ]
    return inside[:_MOST_OF_A_FAMILY] or [family]


def character_in_words(character: Character | Undecided | NotHeard) -> str:
    """`more tender and sad, less angry; more like folk`; empty where nothing stands out."""
    if not isinstance(character, Character):
        return ""
    moods = [_degree("more", character.moods, 1), _degree("less", character.moods, -1)]
    genres = _degree("more like", character.genres, 1)
    return "; ".join(part for part in (", ".join(filter(None, moods)), genres) if part)


def stretches_in_words(playing: Sequence[Playing]) -> str:
    """At most a dozen, the surest: `solo flute 0:12–0:31; harp 0:31–0:48`."""
    surest = sorted(playing, key=lambda one: -one.confidence * one.span.duration_s)
    chosen = sorted(surest[:_MOST_SPOKEN], key=lambda one: one.span)
    said = [f"{one.in_words} {clock(one.span.start_s)}–{clock(one.span.end_s)}" for one in chosen]
    more = [f"and {len(playing) - len(said)} more"] * (len(playing) > len(said))
    return "; ".join([*said, *more])


def playing_at(heard: Instruments, time_s: float) -> str:
    """The instruments of one instant, the surest first."""
    now = [one for one in heard.playing if one.span.start_s <= time_s < one.span.end_s]
    surest = sorted(now, key=lambda one: -one.confidence)[:_MOST_NAMED]
    return ", ".join(one.instrument for one in surest) or "–"


def _threads(heard: Instruments) -> Iterator[Thread]:
    """The families that are present, in the order of a score, with the instruments told."""
    present = {one.name for one in heard.present_families}
    for row, family in enumerate(FAMILIES):
        if family in present:
            yield Thread(_family_name(heard, family), f"family-{row}", heard.families.values[row])
    for row, voice in enumerate(VOICES):
        likely = heard.voices.values[row]
        if likely.size and likely.max() >= _VOICE_HEARD:
            yield Thread(voice, "family-voice", likely)


def _family_name(heard: Instruments, family: str) -> str:
    inside = [one.name for one in heard.present if FAMILY_OF[one.name] == family]
    named = [name for name in inside if name != family][:_MOST_NAMED]
    return f"{family}: {', '.join(named)}" if named else family


def _degree(word: str, leanings: Sequence[Leaning], sign: int) -> str:
    strongest = sorted(leanings, key=lambda one: -one.strength * sign)
    words = [one.word for one in strongest if one.strength * sign > 0][:_MOST_WORDS]
    return f"{word} {listed(words)}" if words else ""
