"""What the tags say about place and tradition: quoted, and kept apart from what was heard."""

import re
from collections.abc import Iterator, Sequence

from unsung.model.finding import Finding, Quantity, ReadPlace
from unsung.model.hearing import Heard, Soundtrack
from unsung.questions.culture.wording import QUESTION
from unsung.questions.facts import title_of

_NO_TRADITION = re.compile(
    r"(?:original |video )?(?:soundtracks?|scores?|ost|game|other|unknown|misc\w*|none|default)",
    re.IGNORECASE,
)
_OF_PLACE = re.compile(
    r"\b(?:folk\w*|tradition\w*|people|peoples|faction|clans?|trib\w+|native|ethnic|kingdoms?"
    r"|elv\w+|dwar\w+|orc\w*|celtic|irish|scottish|gaelic|nordic|norse|viking\w*|slavic|russian"
    r"|balkan|gypsy|romani|klezmer|jewish|arab\w*|persian|turkish|oriental|asian|chinese|japanese"
    r"|indian|african|latin|spanish|flamenco|andean|medi(?:a)?eval|renaissance|baroque|church"
    r"|gregorian|liturg\w+|underground|village\w*)\b",
    re.IGNORECASE,
)
_FORMS = re.compile(
    r"\b(?:waltz|tarantella|gavotte|minuet|polka|mazurka|polonaise|saraband\w*|pavane?|galliard"
    r"|jig|reel|hornpipe|strathspey|shanty|lullaby|berceuse|barcarolle|serenade|nocturne|lament"
    r"|elegy|dirge|requiem|hymn|anthem|psalm|chorale|carol|canticle|nunc dimittis|magnificat"
    r"|ave maria|kyrie|dies irae|minstrels?|troubadours?|ballad|tango|habanera|bolero|flamenco"
    r"|fanfare|madrigal|raga|gamelan|czardas)\b",
    re.IGNORECASE,
)
_MOST = 6
_LONGEST_QUOTE = 160
_METHOD = (
    "Read in the files’ tags, word for word; nobody checked them, and nothing was heard for it."
)
_AGAINST = "A tag says what somebody wrote into the file, not what the music is."


def said_in_tags(soundtrack: Soundtrack) -> tuple[Finding, ...]:
    """Genres, notes that name a people or a place, titles that name a form; or that none does."""
    heard = soundtrack.heard
    found = (*_genres(heard), *_notes(heard), *_titles(heard))
    return found or _nothing(heard)


def _genres(heard: Sequence[Heard]) -> Iterator[Finding]:
    named = sorted({one.track.genre for one in heard if _says_something(one.track.genre)})
    by_genre = {genre: [one for one in heard if one.track.genre == genre] for genre in named}
    for genre, tracks in sorted(by_genre.items(), key=lambda pair: -len(pair[1]))[:_MOST]:
        yield Finding(
            slug=f"tag-genre-{_plain(genre)}",
            question=QUESTION,
            kind="genre in the tags",
            claim="The tags of {tracks} of {all} tracks call the genre “{genre}”",
            facts={
                "genre": genre,
                "tracks": Quantity(len(tracks)),
                "all": Quantity(len(heard)),
            },
            verdict="supported",
            method=_METHOD,
            weight=0.1 + 0.2 * len(tracks) / len(heard),
            readings=tuple(ReadPlace(one.track.file, "tag: genre", genre) for one in tracks[:3]),
            against=_AGAINST,
        )


def _notes(heard: Sequence[Heard]) -> Iterator[Finding]:
    able = [one for one in heard if _OF_PLACE.search(one.track.comment)]
    for one in able[:_MOST]:
        says = _short(one.track.comment)
        yield Finding(
            slug=f"tag-note-{one.track.position}",
            question=QUESTION,
            kind="note in the tags",
            claim="A note in the tags of {track} says: “{says}”",
            facts={"track": title_of(one), "says": says},
            verdict="supported",
            method=_METHOD,
            weight=0.3,
            readings=(ReadPlace(one.track.file, "tag: comment", one.track.comment),),
            against=_AGAINST,
        )


def _titles(heard: Sequence[Heard]) -> Iterator[Finding]:
    able = [(one, named) for one in heard if (named := _FORMS.search(one.track.title))]
    for one, named in able[:_MOST]:
        yield Finding(
            slug=f"tag-title-{one.track.position}",
            question=QUESTION,
            kind="form in the title",
            claim="The title of {track} names a form or tradition: “{form}”",
            facts={"track": title_of(one), "form": named.group()},
            verdict="supported",
            method=_METHOD,
            weight=0.2,
            readings=(ReadPlace(one.track.file, "tag: title", named.group()),),
            against=_AGAINST,
        )


def _nothing(heard: Sequence[Heard]) -> tuple[Finding, ...]:
    if not heard:
        return ()
    silent = Finding(
        slug="tags-name-no-tradition",
        question=QUESTION,
        kind="nothing in the tags",
        claim="What place or tradition the music comes from the tags of its {all} tracks do not"
        " say",
        facts={"all": Quantity(len(heard))},
        verdict="undecided",
        method=_METHOD,
        weight=0.1,
    )
    return (silent,)


def _says_something(genre: str) -> bool:
    return any(one.isalpha() for one in genre) and not _NO_TRADITION.fullmatch(genre.strip())


def _short(says: str) -> str:
    """The note, cut at a word where it is long."""
    if len(says) <= _LONGEST_QUOTE:
        return says
    return says[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _plain(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return "-".join(words) or "unnamed"
