"""Instruments that are rare on the album, alone, or together with whom they seldom meet."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from unsung.model.finding import Citation, Fact, Finding, Quantity
from unsung.model.hearing import Heard
from unsung.model.instruments import FAMILIES, FAMILY_OF, Playing
from unsung.model.time import Span
from unsung.questions.facts import instant, listed, percent, slug_of, title_of
from unsung.questions.instruments_facts import (
    FAIRLY_SURE,
    LEAST_HEARD_S,
    LEAST_TRACKS,
    RIGHT_SO_OFTEN,
    SURE,
    SUSPICION,
    Player,
    families_along,
    family_shares,
    longest_run,
)
from unsung.questions.places import mean_during, place

QUESTION = "instruments-and-genres"
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
_TOGETHER, _ABSENT = 0.7, 0.5
_SHOWN_S = 30.0
_SUSPECT_FAMILIES = {"synth", "organ", "bass"}
_USUAL_COMPANY = (
    {"strings", "woodwind", "brass", "voice", "plucked", "tuned percussion", "drums"},
    {"guitar", "drums", "keyboard", "bass", "voice"},
)
"""The orchestra and the band: that their families meet is nothing to remark on."""

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
            "instrument": one.with_article,
            "share": percent(one.presence.share),
            "confidence": Quantity(one.presence.confidence, "", 2),
            "tracks": Quantity(tracks),
            "having": Quantity(having),
        },
        verdict="supported" if one.is_sure else "undecided",
        method=_METHOD,
        compared_with="the album's other tracks, and the instruments of the symphony orchestra",
        weight=_rarity(one) * (1.0 if one.is_sure else 0.4),
        places=place(one.heard, _first_part(one.longest.span), f"the {one.name}"),
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


def _has_notes(one: Heard, span: Span) -> bool:
    """Whether notes begin there: drums that are alone have none to speak of."""
    density = mean_during(one.hearing.density, span)
    return density is not None and density >= _NOTES_PER_S


def _alone(each: Playing, one: Heard, stretches: int) -> Finding:
    is_sure = each.confidence >= _SURE_ALONE
    heard = "is likely to be what is heard" if is_sure else "may be what is heard"
    return Finding(
        slug=slug_of("alone", each.instrument, one.track.file, f"{each.span.start_s:.0f}"),
        question=QUESTION,
        kind="alone",
        claim=f"From {{at}} to {{until}} of {{track}} {{who}} {heard}, with nothing else told.",
        facts={
            "track": title_of(one),
            "who": each.in_words,
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
        places=place(one, _first_part(each.span), each.in_words),
        against=RIGHT_SO_OFTEN,
    )


def rare_meetings(tracks: Sequence[Heard]) -> Iterator[Finding]:
    """Two families that sound together in one track only, though both are heard in others."""
    if len(tracks) < LEAST_TRACKS:
        return
    found = [
        meeting
        for pair in combinations([name for name in FAMILIES if name not in _SUSPECT_FAMILIES], 2)
        if not any(usual.issuperset(pair) for usual in _USUAL_COMPANY)
        for meeting in _only_meeting(tracks, pair)
    ]
    if found:
        yield max(found, key=lambda one: one.weight)


def _only_meeting(tracks: Sequence[Heard], pair: tuple[str, str]) -> Iterator[Finding]:
    rows = [FAMILIES.index(name) for name in pair]
    usual = [(families_along(one)[rows] >= _ABSENT).all(axis=0).sum() for one in tracks]
    shares = np.array([family_shares(one)[rows] for one in tracks])
    met = np.flatnonzero(np.array(usual) > 1)
    both_elsewhere = ((shares >= _LEAST_SHARE).sum(axis=0) >= 2).all()
    if len(met) != 1 or not both_elsewhere:
        return
    one = tracks[int(met[0])]
    along = one.hearing.instruments.families.values[rows]
    together = (along >= _TOGETHER).all(axis=0)
    run = longest_run(together)
    if together.sum() >= LEAST_HEARD_S and run is not None:
        yield _meeting(one, pair, int(together.sum()), run, len(tracks))


def _meeting(one: Heard, pair: tuple[str, str], seconds: int, run: Span, tracks: int) -> Finding:
    present = {each.name: each.confidence for each in one.hearing.instruments.present_families}
    confidence = min(present.get(name, 0.0) for name in pair)
    is_sure = confidence >= SURE
    heard = "are likely to be heard" if is_sure else "may be heard"
    facts: dict[str, Fact] = {
        "track": title_of(one),
        "first": pair[0],
        "second": pair[1],
        "seconds": Quantity(seconds, "s"),
        "tracks": Quantity(tracks),
        "confidence": Quantity(confidence, "", 2),
    }
    return Finding(
        slug=slug_of("meeting", *pair, one.track.file),
        question=QUESTION,
        kind="rare meeting",
        claim=(
            f"In {{track}} {{first}} and {{second}} {heard} together, {{seconds}} in all, and in no"
            " other of the album's {tracks} tracks."
        ),
        facts=facts,
        verdict="supported" if is_sure else "undecided",
        method="Families of instruments, once a second; together where both are likely (0.7).",
        compared_with="the album's other tracks",
        weight=0.7 * confidence * min(1.0, seconds / 40) * (1.0 if is_sure else 0.4),
        places=place(one, _first_part(run), listed(list(pair))),
        against=RIGHT_SO_OFTEN,
    )


def unlike_the_rest(tracks: Sequence[Heard]) -> Iterator[Finding]:
    """The track whose families of instruments lie farthest from those of the others."""
    if len(tracks) < LEAST_TRACKS:
        return
    shares = np.array([family_shares(one) for one in tracks])
    far = np.array([_distance(shares, index) for index in range(len(tracks))])
    most, median = int(far.argmax()), float(np.median(far))
    apart = shares[most] - np.median(np.delete(shares, most, axis=0), axis=0)
    row = int(np.abs(apart).argmax())
    if median <= 0 or far[most] < 1.5 * median or abs(apart[row]) < 0.3:
        return
    yield _unlike(tracks, most, row, shares, float(far[most] / median))


def _distance(shares: np.ndarray, index: int) -> float:
    others = np.delete(shares, index, axis=0).mean(axis=0)
    return float(np.abs(shares[index] - others).sum())


def _unlike(
    tracks: Sequence[Heard], most: int, row: int, shares: np.ndarray, times: float
) -> Finding:
    one, family = tracks[most], FAMILIES[row]
    own, others = float(shares[most, row]), float(np.median(np.delete(shares[:, row], most)))
    along = one.hearing.instruments.families.values[row]
    run = longest_run(np.asarray(along >= _ABSENT)) if own > others else None
    span = run or Span(0.0, min(_SHOWN_S, one.hearing.duration_s))
    doubt = f" {SUSPICION}" if family in _SUSPECT_FAMILIES else ""
    return Finding(
        slug=slug_of("unlike-the-rest", one.track.file),
        question=QUESTION,
        kind="unlike the rest",
        claim=(
            "By who plays, {track} lies farthest from the rest of the album: {family} in {own} of"
            " its time, where the median track has {others}."
        ),
        facts={
            "track": title_of(one),
            "family": family,
            "own": percent(own),
            "others": percent(others),
            "times": Quantity(times, "times the median distance", 1),
            "tracks": Quantity(len(tracks)),
        },
        verdict="undecided" if doubt else "supported",
        method=(
            "The share of the time in which each family is more likely heard than not; distance is"
            " the sum of what differs from the mean of the other tracks."
        ),
        compared_with="the album's other tracks",
        weight=min(1.0, times / 4) * abs(own - others) * (0.4 if doubt else 0.8),
        places=place(one, _first_part(span), f"{family}" if own > others else f"no {family}"),
        against=RIGHT_SO_OFTEN + doubt,
    )


def _first_part(span: Span) -> Span:
    """Half a minute at most: enough to hear it."""
    return Span(span.start_s, min(span.end_s, span.start_s + _SHOWN_S))
