"""Where the music shifts most: its sharpest turns, its greatest crescendo, its sudden silences."""

from collections.abc import Iterator, Sequence

import numpy as np

from unsung.model.finding import Fact, Finding, Quantity
from unsung.model.hearing import Heard, Swell
from unsung.model.outcomes import NotHeard
from unsung.model.pulse import PulseChange
from unsung.model.time import Span
from unsung.questions.comparing import percentile
from unsung.questions.depth.citations import LOUDNESS, RATINGS
from unsung.questions.depth.motif_returns import QUESTION
from unsung.questions.depth.turns import SIDE_S, Step, Turn, turns
from unsung.questions.facts import instant, listed, slug_of, title_of
from unsung.questions.places import around, place

_MOST_TURNS = 3
_MOST_SAID = 4
_FULL = 6.0
_LEAST_ASPECTS = 2
_LEAST_TO_COMPARE = 5
_CLOSE_SHARE = 0.85
_LEAST_REST_S = 1.5
_ON_ITS_WAY, _LEAST_MOVING_SHARE = 0.15, 0.4
_COUNTS, _SAME_COUNT = (2 / 3, 3 / 4, 4 / 3, 3 / 2), 0.04
_LEAST_MOVING_S = 10.0
"""A jump from one count of the beat to another looks like a change of tempo of five seconds."""

_TURN_METHOD = (
    "At a turning point arousal or tension differ most between the fifteen seconds before and"
    " after. What changed is summed: 1 for six LU, a quarter of the tempo, twice the notes, six"
    " semitones of register, half an octave of brightness, another clear key, another family of"
    " instruments. Turns in the last tenth of a track, or its last eighteen"
    " seconds, are left out."
)
_SWELL_METHOD = "Short-term loudness moving one way by six LU or more over four seconds or more."


def shifts(heard: Sequence[Heard]) -> Iterator[Finding]:
    """At most six findings, each with the album beside it."""
    yield from _sharpest(turns(heard))
    yield from _crescendo(heard)
    yield from _broadening(heard)
    yield from _rest(heard)


def _sharpest(found: tuple[Turn, ...]) -> Iterator[Finding]:
    """One of a track at most, so that one restless track does not stand for all."""
    telling = [one for one in found if len(one.steps) >= _LEAST_ASPECTS]
    ordered = sorted(telling, key=lambda one: -one.size)
    files = [one.heard.track.file for one in ordered]
    first = [one for k, one in enumerate(ordered) if files[k] not in files[:k]]
    for rank, one in enumerate(first[:_MOST_TURNS], 1):
        yield _turn(one, rank, found)


def _turn(one: Turn, rank: int, found: tuple[Turn, ...]) -> Finding:
    """`weight` is the size of the turn (6 is full), times its percentile among the turns."""
    at_s, said = one.point.at_s, one.steps[:_MOST_SAID]
    usual = float(np.median([len(each.steps) for each in found]))
    facts: dict[str, Fact] = {
        "track": title_of(one.heard),
        "at": instant(at_s),
        "aspects": Quantity(len(one.steps)),
        "usual": Quantity(usual, "", 1 if usual % 1 else 0),
        "turns": Quantity(len(found)),
        **{name: fact for step in said for name, fact in step.facts.items()},
    }
    album = (
        " That is {aspects} changes at once; the median of the album's {turns} turning points is"
        " {usual}."
        if rank == 1 and len(found) >= _LEAST_TO_COMPARE and len(one.steps) > usual
        else ""
    )
    among = percentile(one.size, [each.size for each in found]) / 100
    return Finding(
        slug=slug_of("turn", one.heard.track.file, f"{at_s:.0f}"),
        question=QUESTION,
        kind="sharpest turn" if rank == 1 else "sharp turn",
        claim=f"At {{at}} {{track}} turns: {listed([step.words for step in said])}.{album}",
        facts=facts,
        verdict="supported",
        method=_TURN_METHOD,
        compared_with="all turning points of the album",
        weight=min(1.0, one.size / _FULL) * among,
        places=place(one.heard, around(at_s, SIDE_S / 2, SIDE_S / 2), "the turn in the middle"),
        cites=(RATINGS, LOUDNESS) if one.step("loudness") else (RATINGS,),
        against=_against(said),
    )


def _against(said: Sequence[Step]) -> str:
    doubts = {
        "tempo": "the tempo is that of the beats followed",
        "players": "families of instruments are told right about six times in ten",
        "players gone": "families of instruments are told right about six times in ten",
        "key": "keys are estimates over fifteen seconds",
    }
    told = list(dict.fromkeys(doubts[step.aspect] for step in said if step.aspect in doubts))
    return f"Measured from sound: {listed(told)}." if told else ""


def _crescendo(heard: Sequence[Heard]) -> Iterator[Finding]:
    rising = [(swell, one) for one in heard for swell in _swells(one) if swell.change_lu > 0]
    if not rising:
        return
    swell, one = max(rising, key=lambda pair: pair[0].change_lu)
    changes_lu = [each.change_lu for each, _ in rising]
    compared = len(rising) >= _LEAST_TO_COMPARE
    facts: dict[str, Fact] = {
        "track": title_of(one),
        "at": instant(swell.span.start_s),
        "until": instant(swell.span.end_s),
        "change": Quantity(swell.change_lu, "LU", 1),
        "median": Quantity(float(np.median(changes_lu)), "LU", 1),
        "count": Quantity(len(rising)),
    }
    album = "; the median of the album's {count} crescendi is {median}" if compared else ""
    yield Finding(
        slug=slug_of("greatest-crescendo", one.track.file),
        question=QUESTION,
        kind="greatest crescendo",
        claim=(
            "The widest crescendo of the album is heard in {track}, {change} from {at} to"
            f" {{until}}{album}."
        ),
        facts=facts,
        verdict="supported",
        method=_SWELL_METHOD,
        compared_with="all crescendi of the album",
        weight=min(1.0, swell.change_lu / 30) * (0.8 if compared else 0.5),
        places=place(one, swell.span, "the crescendo"),
        cites=(LOUDNESS,),
    )


def _swells(one: Heard) -> tuple[Swell, ...]:
    dynamics = one.hearing.dynamics
    return () if isinstance(dynamics, NotHeard) else dynamics.swells


def _broadening(heard: Sequence[Heard]) -> Iterator[Finding]:
    """The strongest change of tempo within a track that is not its last slowing down."""
    changes = [
        (change, one)
        for one in heard
        for change in one.hearing.pulse.changes
        if change.kind in ("accelerando", "ritardando")
        and change.span.start_s < _CLOSE_SHARE * one.hearing.duration_s
        and change.span.duration_s >= _LEAST_MOVING_S
        and _clearly_felt(one, change.span)
        and not _recounted(change.tempo_ratio)
        and _is_gradual(one, change.span)
    ]
    if not changes:
        return
    change, one = max(changes, key=lambda pair: abs(np.log2(pair[0].tempo_ratio)))
    before, after = (_tempo_bpm(one, at_s) for at_s in (change.span.start_s, change.span.end_s))
    way = "hurries" if change.kind == "accelerando" else "slows down"
    yield Finding(
        slug=slug_of("tempo-moves", one.track.file, f"{change.span.start_s:.0f}"),
        question=QUESTION,
        kind="tempo moves",
        claim=(
            "From {at} to {until} the pulse of {track} {way} steadily, from {before} to {after}:"
            " the widest such change that is clearly heard within a track of this album."
        ),
        facts={
            "track": title_of(one),
            "at": instant(change.span.start_s),
            "until": instant(change.span.end_s),
            "way": way,
            "before": Quantity(before, "bpm"),
            "after": Quantity(after, "bpm"),
        },
        verdict="supported",
        method=(
            "The tempo of the beats followed, moving one way by a seventh or more within a stretch"
            " of clear pulse, over ten seconds or more and not at a jump; not in the last sixth of"
            " a track."
        ),
        compared_with="all accelerandi and ritardandi of the album",
        weight=min(1.0, abs(float(np.log2(change.tempo_ratio)))),
        places=place(one, change.span, f"the pulse {way}"),
        against="Of beats played freely about three in four are followed rightly.",
    )


def _clearly_felt(one: Heard, span: Span) -> bool:
    clarity = one.hearing.pulse.clarity.during(span)
    return bool(clarity.size and clarity.mean() >= 0.4)


def _recounted(ratio: float) -> bool:
    """Whether the beat may only be counted otherwise: in threes for fours, or twice as often."""
    return any(abs(ratio / simple - 1) < _SAME_COUNT for simple in _COUNTS)


def _is_gradual(one: Heard, span: Span) -> bool:
    """Whether the tempo is on its way for a good part of the time, rather than jumps once."""
    row = np.log(one.hearing.pulse.tempo.during(span)[0].astype(float))
    if len(row) < 2 or row[0] == row[-1]:
        return False
    way = (row - row[0]) / (row[-1] - row[0])
    return bool(((way > _ON_ITS_WAY) & (way < 1 - _ON_ITS_WAY)).mean() >= _LEAST_MOVING_SHARE)


def _tempo_bpm(one: Heard, at_s: float) -> float:
    row = one.hearing.pulse.tempo
    return float(row.values[0, min(max(row.frames.index_at(at_s), 0), row.values.shape[1] - 1)])


def _rest(heard: Sequence[Heard]) -> Iterator[Finding]:
    """The longest silence with music on both sides."""
    rests: list[tuple[PulseChange, Heard]] = [
        (change, one)
        for one in heard
        for change in one.hearing.pulse.changes
        if change.kind == "silence" and change.span.duration_s >= _LEAST_REST_S
    ]
    if not rests:
        return
    rest, one = max(rests, key=lambda pair: pair[0].span.duration_s)
    yield Finding(
        slug=slug_of("longest-silence", one.track.file),
        question=QUESTION,
        kind="longest silence",
        claim=(
            "In {track} the music falls silent at {at} for {lasting} before it goes on; no silence"
            " inside a track of this album is longer."
        ),
        facts={
            "track": title_of(one),
            "at": instant(rest.span.start_s),
            "lasting": Quantity(rest.span.duration_s, "s", 1),
        },
        verdict="supported",
        method="Momentary loudness below -60 LUFS with music before and after.",
        compared_with="all silences inside the album's tracks",
        weight=min(0.6, rest.span.duration_s / 10),
        places=place(one, around(rest.span.start_s, 6, rest.span.duration_s + 4), "the silence"),
        cites=(LOUDNESS,),
        against="An album edit may join two cues with a silence between them.",
    )
