"""Instruments that are rare on the album, and stretches that one has to itself."""

from collections.abc import Iterator, Sequence

from unsung.model.finding import Citation, Finding, Quantity
from unsung.model.hearing import Heard
from unsung.model.instruments import FAMILY_OF, OF_MANY, Playing
from unsung.model.time import Span
from unsung.questions.facts import instant, percent, slug_of, title_of
from unsung.questions.instruments.facts import (
    FAIRLY_SURE,
    LEAST_HEARD_S,
    LEAST_TRACKS,
    QUESTION,
    RIGHT_SO_OFTEN,
    SUSPICION,
    Player,
    with_article,
)
from unsung.questions.places import first_part, mean_during, place

ADLER = Citation(
    "Adler 2016",
    "S. Adler: The Study of Orchestration, 4th edition, 2016, chapters 3 to 16",
)
_MOST_RARE, _MOST_UNDECIDED, _MOST_ALONE = 3, 2, 2
_RARE_SHARE = 0.1
_LEAST_SHARE = 0.05
_NEVER_ALONE = {
    *("string section", "pizzicato strings", "brass section"),
    *("synth pad", "synth lead", "synth bass"),
}
"""Where these are told alone, others are rather drowned in them."""

_LEAST_ALONE_S = 10.0
_SURE_ALONE = 0.7
_NOTES_PER_S = 1.0
_METHOD = (
    "Every second a network says how likely each of forty-four instruments is heard; one counts as"
    " present where its four surest seconds in a row are more likely than not."
)


def rare_instruments(tracks: Sequence[Heard], told: Sequence[Player]) -> Iterator[Finding]:
    """What is heard in one track, or in a tenth of the album at most; the rest is no comparison."""
    if len(tracks) < LEAST_TRACKS:
        return
    rare = sorted(_rare(tracks, told), key=lambda pair: -_rarity(pair[0]))
    sure = [pair for pair in rare if pair[0].is_sure]
    doubted = [pair for pair in rare if not pair[0].is_sure and not pair[0].is_suspect]
    for one, having in (*sure[:_MOST_RARE], *doubted[:_MOST_UNDECIDED]):
        yield _told(one, having, len(tracks))


def _rare(tracks: Sequence[Heard], told: Sequence[Player]) -> Iterator[tuple[Player, int]]:
    """The surest of each instrument that few tracks have, even in doubt; and how many have it."""
    for name in dict.fromkeys(one.name for one in told):
        own = [one for one in told if one.name == name]
        telling = [one for one in own if one.presence.share >= _LEAST_SHARE]
        if not telling or len(own) > max(1, _RARE_SHARE * len(tracks)):
            continue
        surest = max(telling, key=lambda one: one.presence.confidence)
        if surest.presence.confidence >= FAIRLY_SURE and surest.lasting_s >= LEAST_HEARD_S:
            yield surest, len(own)


def _rarity(one: Player) -> float:
    """`weight`: confidence × share of the track × (1 beyond the orchestra, else 0.6)."""
    return float(
        one.presence.confidence
        * (0.4 + 0.6 * one.presence.share)
        * (0.6 if one.is_orchestral else 1.0)
    )


def _told(one: Player, having: int, tracks: int) -> Finding:
    beyond = "" if one.is_orchestral else ", which no symphony orchestra has at hand,"
    has = "is likely to have" if one.is_sure else "may have"
    others = (
        "no other of {tracks} tracks does"
        if having == 1
        else "at most {having} of {tracks} tracks do"
    )
    return Finding(
        slug=slug_of("rare-instrument", one.name, one.heard.track.file),
        question=QUESTION,
        kind="rare instrument",
        claim=f"{{track}} {has} {{instrument}}{beyond} for {{share}} of its time; {others}.",
        facts={
            "track": title_of(one.heard),
            "instrument": with_article(one.name),
            "share": percent(one.presence.share),
            "confidence": Quantity(one.presence.confidence, "", 2),
            "tracks": Quantity(tracks),
            "having": Quantity(having),
        },
        verdict="supported" if one.is_sure else "undecided",
        method=_METHOD,
        compared_with="the album's other tracks, and the instruments of the symphony orchestra",
        weight=_rarity(one) * (1.0 if one.is_sure else 0.4),
        places=place(one.heard, first_part(one.longest.span), f"the {one.name}"),
        cites=(ADLER,),
        against=SUSPICION if one.is_suspect else RIGHT_SO_OFTEN,
    )


def alone(tracks: Sequence[Heard]) -> Iterator[Finding]:
    """The longest stretches that one instrument has to itself, one a track."""
    stretches = [
        (each, one)
        for one in tracks
        for each in one.hearing.instruments.playing
        if each.is_alone
        and each.span.duration_s >= _LEAST_ALONE_S
        and each.instrument not in _NEVER_ALONE
        and not (FAMILY_OF[each.instrument] == "drums" and _has_notes(one, each.span))
    ]
    longest = sorted(stretches, key=lambda pair: -pair[0].span.duration_s * pair[0].confidence)
    seen: set[str] = set()
    for each, one in longest:
        if one.track.file not in seen and len(seen) < _MOST_ALONE:
            seen.add(one.track.file)
            yield _alone(each, one, len(longest))


def _who(each: Playing) -> str:
    solo = "" if each.instrument in OF_MANY else "solo "
    return with_article(f"{solo}{each.instrument}")


def _has_notes(one: Heard, span: Span) -> bool:
    """Whether notes begin there: drums that are alone have none to speak of."""
    density = mean_during(one.hearing.density, span)
    return density is not None and density >= _NOTES_PER_S


def _alone(each: Playing, one: Heard, stretches: int) -> Finding:
    is_sure = each.confidence >= _SURE_ALONE
    heard = "the listening tells {who} and nothing else" if is_sure else "{who} may be all there is"
    return Finding(
        slug=slug_of("alone", each.instrument, one.track.file, f"{each.span.start_s:.0f}"),
        question=QUESTION,
        kind="alone",
        claim=f"From {{at}} to {{until}} of {{track}} {heard}.",
        facts={
            "track": title_of(one),
            "who": _who(each),
            "at": instant(each.span.start_s),
            "until": instant(each.span.end_s),
            "confidence": Quantity(each.confidence, "", 2),
            "stretches": Quantity(stretches),
        },
        verdict="supported" if is_sure else "undecided",
        method=_METHOD + " It is alone where no other instrument or family is told.",
        compared_with="the album's other stretches of one instrument",
        weight=min(1.0, each.span.duration_s / 60) ** 0.5
        * each.confidence
        * (0.8 if is_sure else 0.3),
        places=place(one, first_part(each.span), each.in_words),
        against=RIGHT_SO_OFTEN,
    )
