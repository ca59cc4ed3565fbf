"""Genres that a track leans towards, against the album; said only where something else agrees.

The words of the network for genres are unreliable on scores, and many of them rise together. So a
leaning counts where it is strong and among the first of its track, and is supported only where a
tag, the title or an instrument of that genre agrees; a track that leans to everything leans
nowhere.
"""

import re
from collections.abc import Iterator, Sequence

from unsung.listening.character import characters
from unsung.model.finding import Finding, Quantity, Verdict
from unsung.model.hearing import Heard
from unsung.model.instruments import Character, Leaning
from unsung.model.time import Span
from unsung.questions.facts import listed, slug_of, title_of
from unsung.questions.instruments.facts import QUESTION, Player
from unsung.questions.instruments.voices import YAMNET
from unsung.questions.places import SHOWN_S, place

_STRONG, _VERY_STRONG = 2.0, 2.5
_NEAR_FIRST = 0.7
_MOST_STRONG = 8
_MOST_UNDECIDED, _MOST_SUPPORTED = 1, 3
_ROCK = frozenset({"distorted guitar", "electric guitar"})
_STRINGS_OF_FOLK = frozenset({"accordion", "acoustic guitar", "banjo", "bagpipe"})
_MACHINES = frozenset({"synth lead", "synth bass"})
_SPEAKS_FOR = {
    "rock": _ROCK,
    "heavy metal": _ROCK,
    "punk rock": _ROCK,
    "progressive rock": _ROCK,
    "folk": _STRINGS_OF_FOLK,
    "country": frozenset({"banjo", "acoustic guitar"}),
    "bluegrass": frozenset({"banjo", "acoustic guitar"}),
    "flamenco": frozenset({"acoustic guitar"}),
    "jazz": frozenset({"saxophone", "vibraphone"}),
    "swing": frozenset({"saxophone"}),
    "Indian": frozenset({"sitar"}),
    "Asian": frozenset({"koto"}),
    "opera": frozenset({"choir"}),
    "electronic": _MACHINES,
    "techno": _MACHINES,
    "trance": _MACHINES,
}
_ADJECTIVES = {
    *("progressive", "Middle Eastern", "classical", "electronic", "ambient", "Latin American"),
    *("new-age", "African", "Asian", "Christian", "Indian", "traditional", "Christmas"),
    *("dance", "video game"),
}
_TAGS = "its tags or title"
_FEW = 2
_Found = tuple[Leaning, Heard, str]
_METHOD = (
    "How far the network's words for genres fit a track better than the album's others, in standard"
    " deviations over the album; a leaning of two or more counts."
)


def genre_leanings(tracks: Sequence[Heard], told: Sequence[Player]) -> Iterator[Finding]:
    """Leanings that something else agrees with, and the strongest that nothing does."""
    known = characters([one.hearing.likeness for one in tracks])
    leanings = [
        (leaning, one, _agreement(leaning.word, one, told))
        for one, character in zip(tracks, known, strict=True)
        if isinstance(character, Character)
        for leaning in _strong(character)
    ]
    agreed = _one_a_track([each for each in leanings if each[2]])
    doubted = _one_a_track(
        [each for each in leanings if not each[2] and each[0].strength >= _VERY_STRONG]
    )
    for each in agreed[:_MOST_SUPPORTED]:
        yield _leans(*each, len(tracks), "supported" if _is_told(each, leanings) else "undecided")
    for each in doubted[:_MOST_UNDECIDED]:
        yield _leans(*each, len(tracks), "undecided")


def _is_told(found: _Found, leanings: Sequence[_Found]) -> bool:
    """A tag is enough; an instrument only where the track leans to few genres."""
    own = [each for each in leanings if each[1] is found[1]]
    return found[2] == _TAGS or len(own) <= _FEW


def _strong(character: Character) -> list[Leaning]:
    strong = [one for one in character.genres if one.strength >= _STRONG]
    if not strong or len(strong) > _MOST_STRONG:
        return []
    return [one for one in strong if one.strength >= strong[0].strength - _NEAR_FIRST]


def _agreement(word: str, one: Heard, told: Sequence[Player]) -> str:
    """What else speaks for it: the tags or title, or an instrument that is surely heard there."""
    tags = f"{one.track.title} {one.track.genre} {one.track.comment}".casefold()
    if re.search(rf"\b{re.escape(word.casefold())}\b", tags):
        return _TAGS
    speaking = _SPEAKS_FOR.get(word, frozenset())
    players = [each for each in told if each.heard is one and each.is_sure]
    named = [f"the {each.name}" for each in players if each.name in speaking]
    return listed(named)


def _one_a_track(found: list[_Found]) -> list[_Found]:
    ordered = sorted(found, key=lambda each: (each[2] != _TAGS, -each[0].strength))
    files = [one.track.file for _, one, _ in ordered]
    return [each for k, each in enumerate(ordered) if files[k] not in files[:k]]


def _named(word: str) -> str:
    return f"{word} music" if word in _ADJECTIVES else word


def _leans(leaning: Leaning, one: Heard, agrees: str, tracks: int, verdict: Verdict) -> Finding:
    claim = (
        "Beside the album's other tracks {track} leans towards {genre}, and {agrees} say so too."
        if agrees == _TAGS
        else "Beside the album's other tracks {track} may lean towards {genre}; {agrees}, heard in"
        " it, would fit."
    )
    undecided = (
        "Beside the album's other tracks {track} may lean towards {genre}, though no instrument and"
        " no tag confirms it."
    )
    return Finding(
        slug=slug_of("genre", leaning.word, one.track.file),
        question=QUESTION,
        kind="genre leaning",
        claim=claim if agrees else undecided,
        facts={
            "track": title_of(one),
            "genre": _named(leaning.word),
            "agrees": agrees,
            "strength": Quantity(leaning.strength, "standard deviations", 1),
            "tracks": Quantity(tracks),
        },
        verdict=verdict,
        method=_METHOD,
        compared_with="the album's other tracks, never music at large",
        weight=min(1.0, leaning.strength / 4) * (0.7 if agrees else 0.2),
        places=place(one, Span(0.0, min(SHOWN_S, one.hearing.duration_s)), leaning.word),
        cites=(YAMNET,),
        against="The network's words for genres are unreliable on scores; they compare only here.",
    )
