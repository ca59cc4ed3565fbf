"""What stands around the argument: title, head card, lead, conclusion, questions, tags."""

import re
from collections import Counter
from collections.abc import Sequence

from unsung.model.article import Paragraph, Section, Sentence
from unsung.model.finding import Fact, Finding, Quantity, Title
from unsung.model.hearing import Soundtrack
from unsung.pages.article.phrases import brief
from unsung.pages.article.wording import escaped
from unsung.pages.report.wording import count, lasting, listed

_MOST_TAGS = 12
_LEAD_CLAIMS = 3
_MOST_NAMES = 4


_RELEASE = re.compile(
    r"[\s:,(\[–-]*\b(?:the )?(?:official |original |complete |full )*"
    r"(?:motion picture |game |video game |film |television )?"
    r"(?:OST|soundtrack|(?<=original )score)(?: album| recording)?[)\]]*\s*$",
    re.IGNORECASE,
)
"""What an album's title adds to that of its work."""


def title(soundtrack: Soundtrack, *, argues: bool) -> str:
    """Why it deserves more recognition; or, where nothing is found, what was listened to."""
    name = work_title(soundtrack)
    if argues:
        return f"Why the soundtrack of {name} deserves more recognition"
    return f"The soundtrack of {name}: nothing to argue from"


def work_title(soundtrack: Soundtrack) -> str:
    """The work if it is known, else the album."""
    work = soundtrack.album.work
    named = work.title if work else _RELEASE.sub("", soundtrack.album.title)
    return named.strip() or "an untitled album"


def card(soundtrack: Soundtrack, findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """The lines of the head card; what is unknown has none."""
    heard, work = soundtrack.heard, soundtrack.album.work
    whole_s = sum(one.hearing.duration_s for one in heard)
    wrote = composers(soundtrack)
    more = len(wrote) - _MOST_NAMES
    names = [*wrote[:_MOST_NAMES], *([f"{more} more"] if more > 0 else [])]
    supported = sum(one.verdict == "supported" for one in findings)
    evidence = f"{count(supported, 'finding')}, {len(findings) - supported} undecided"
    lines = (
        ("Album", soundtrack.album.title),
        ("Work", work.title if work and work.title != soundtrack.album.title else ""),
        ("Music by", listed(names)),
        ("Heard", f"{count(len(heard), 'track')}, {lasting(whole_s)}" if heard else ""),
        ("Evidence", evidence if findings else ""),
    )
    return tuple((name, said) for name, said in lines if said.strip())


def composers(soundtrack: Soundtrack) -> list[str]:
    """Those whom the tags name, who wrote most tracks first."""
    tracks = Counter(
        name
        for track in soundtrack.album.tracks
        for name in {one.name for one in track.people if one.role == "composer"}
    )
    return sorted(tracks, key=lambda name: (-tracks[name], name))


_TELLING = (
    "company", "motif across makers", "motif returns", "gem", "never used in the work", "quotation",
    "motif changed", "odd one out", "gap", "sharpest turn", "choir", "motif of one track", "mode",
    "rare instrument", "widest crescendo", "greatest crescendo", "arousal contrast",
    "kind of moment",
)  # fmt: skip
"""What makes a reader read on, the most telling kind first."""


def lead(told: Sequence[Finding]) -> Section:
    """Three findings of three questions, to begin with."""
    opening = Sentence(
        "What makes a score worth a second hearing? Not fame, and not a feeling that cannot be"
        " shown. What follows was found by listening to every track from beginning to end; behind"
        " each claim is a mark, and behind the mark are the places where it can be heard."
    )
    claims = tuple(map(brief, headlines(told)))
    return Section("lead", "", (Paragraph((opening,)), Paragraph(claims)))


def headlines(told: Sequence[Finding]) -> tuple[Finding, ...]:
    """The most telling finding of each question, and of those at most three."""
    order = {kind: at for at, kind in enumerate(_TELLING)}
    ranked = sorted(told, key=lambda one: (order.get(one.kind, len(order)), -one.weight, one.slug))
    best: dict[str, Finding] = {}
    for one in ranked:
        best.setdefault(one.question, one)
    return tuple(best.values())[:_LEAD_CLAIMS]


def nothing_to_say(soundtrack: Soundtrack) -> Section:
    """The whole argument of a soundtrack in which nothing was found."""
    name = escaped(work_title(soundtrack))
    said = Sentence(
        f"There is nothing to say of *{name}*: nothing was found in it that a claim could rest on."
        " That is no verdict on the music; silence, noise and what cannot be told apart look alike"
        " to a method that only speaks where it has something to play."
    )
    return Section("lead", "", (Paragraph((said,)),))


def closing(told: Sequence[Finding]) -> tuple[Section, ...]:
    """The conclusion and what readers may discuss."""
    return (_conclusion(told), _discussion(told))


def _conclusion(told: Sequence[Finding]) -> Section:
    """What was and was not shown, and where to begin listening."""
    said = Sentence(
        "None of this says that the music is beautiful; that is for ears to decide. It says that"
        " there is more in it than a first hearing gives away, and where."
    )
    starts = tuple(_start(at, one) for at, one in enumerate(_first_heard(told)))
    return Section("conclusion", "Conclusion", (Paragraph((said, *starts)),))


_STARTS = (
    "Begin with {track} at {at}, and listen for {listen_for}.",
    "Go on to {track} at {at}: {listen_for}.",
    "Then put on {track} at {at} for {listen_for}, and hear for yourself whether it holds.",
)


def _first_heard(told: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings with a place in a track that the ones before do not send to."""
    by_track: dict[str, Finding] = {}
    for one in (*headlines(told), *sorted(told, key=lambda one: (-one.weight, one.slug))):
        if one.places and one.places[0].listen_for:
            by_track.setdefault(one.places[0].track_file, one)
    return tuple(by_track.values())[: len(_STARTS)]


def _start(at: int, one: Finding) -> Sentence:
    place = one.places[0]
    titles = (fact for fact in one.facts.values() if isinstance(fact, Title))
    title = next((fact for fact in titles if fact.track_file == place.track_file), None)
    facts: dict[str, Fact] = {
        "track": title or Title(place.track_file, place.track_file),
        "at": Quantity(place.span.start_s, "clock"),
        "listen_for": place.listen_for,
    }
    return Sentence(_STARTS[at], facts, (one.slug,))


_QUESTIONS = {
    "emotional-depth": "Which return of a theme did you notice without being told, and which not?",
    "instruments-and-genres": "Which of its sounds would you miss if an orchestra played it all?",
    "memorable-themes": "Which melody can you still hum, and which one did the machine overrate?",
    "room-for-speech": "Where does the music step back for the story, and where should it have?",
    "film": "Did you notice the music in the film, and would the scene be the same without it?",
    "culture": "Which traditions do you hear in it that nobody has named?",
    "hidden-gems": "Which track would you have put on this list?",
    "people": "Whose name on this album deserves to be better known?",
}


def _discussion(told: Sequence[Finding]) -> Section:
    asked = {one.question for one in told}
    open_ones = [words for slug, words in _QUESTIONS.items() if slug in asked]
    paragraphs = tuple(Paragraph((Sentence(words),)) for words in open_ones)
    return Section("discussion", "For discussion", paragraphs)


_TOPICS = {
    "emotional-depth": "recurring motifs",
    "company": "music and story",
    "instruments-and-genres": "orchestration",
    "memorable-themes": "themes",
    "room-for-speech": "music and dialogue",
    "film": "music in the film",
    "culture": "modes and folk music",
    "hidden-gems": "hidden gems",
}


def tags(soundtrack: Soundtrack, told: Sequence[Finding]) -> tuple[str, ...]:
    """Words to find the article by: the work, what is argued, and who wrote the music."""
    asked = {one.question for one in told}
    topics = [word for slug, word in _TOPICS.items() if slug in asked]
    said = [work_title(soundtrack), "film and game music", *topics, *composers(soundtrack)]
    return tuple(dict.fromkeys(word for word in said if word.strip()))[:_MOST_TAGS]
