"""How often, and in what ways, a motif comes back changed; or that it is kept as it is."""

from collections import Counter
from collections.abc import Iterator

from unsung.model.finding import Fact, Finding, HeardPlace, Quantity
from unsung.model.motif import Change
from unsung.model.outcomes import NotHeard
from unsung.questions.depth.citations import ALIGNMENT
from unsung.questions.depth.returns import Return, Returning
from unsung.questions.facts import listed, slug_of
from unsung.questions.memorable.wording import QUESTION
from unsung.questions.places import place

_WAYS: dict[Change, str] = {
    "key": "in key",
    "tempo": "in tempo",
    "mode": "in mode",
    "instrument": "in who plays it",
    "ornament": "by added notes",
    "rhythm": "in rhythm",
    "register": "in register",
}
_HEARD_SURELY: tuple[Change, ...] = ("key", "tempo", "mode", "instrument")
_LEAST_PLACES, _LEAST_CHANGED, _LEAST_KEPT = 3, 2, 5
_MANY_WAYS = 3
_METHOD = (
    "Each sure place is aligned note by note with the prototype. Of a recording only key, tempo and"
    " mode are counted: a transcription may drop notes, add them, or miss the octave."
)
_CHANGED = (
    "{motif} comes back changed at {changed} of its {times} other sure places, set against its"
    " prototype:"
)
_ALL_CHANGED = "At all its {times} other sure places {motif} differs from its prototype:"
_KEPT = (
    "{motif} is kept as it is: at none of its {times} other sure places does the listening find"
    " another key, tempo or mode."
)
_UNCONFIRMED = "Nobody has confirmed that these places are one idea."
_COPIES = " A recording that is used again is kept as well; that is no choice of the composer."


def variety(motifs: tuple[Returning, ...]) -> Iterator[Finding]:
    """Each motif that comes often enough and is changed; of those that are kept, one."""
    kept = []
    for one in motifs:
        others = [each for each in one.returns if not one.motif.is_prototype(each.occurrence)]
        changed = sum(bool(_ways(each)) for each in others)
        if changed >= _LEAST_CHANGED and len(others) >= _LEAST_PLACES:
            yield _changed(one, others, changed)
        elif not changed and len(others) >= _LEAST_KEPT:
            kept.append((one, others))
    for one, others in sorted(kept, key=lambda pair: -len(pair[1]))[:1]:
        yield _kept(one, others)


def _ways(one: Return) -> tuple[Change, ...]:
    """How the place is changed, as far as that is surely heard; a score tells all."""
    is_score = isinstance(one.heard.hearing.loudness, NotHeard)
    sure = tuple(_WAYS) if is_score else _HEARD_SURELY
    return tuple(way for way in one.occurrence.changes if way in sure)


def _changed(one: Returning, others: list[Return], changed: int) -> Finding:
    """`weight`: 0.7 × the root of prominence × the share changed × the ways (three are all)."""
    ways = Counter(way for each in others for way in _ways(each))
    told = ways.most_common(_MANY_WAYS)
    claim = _ALL_CHANGED if changed == len(others) else _CHANGED
    return _finding(
        one,
        f"{claim} {listed([_times(way, count) for way, count in told])}.",
        others,
        {
            "changed": Quantity(changed),
            **{_fact(way): Quantity(count) for way, count in told},
        },
        0.7 * changed / len(others) * min(1.0, len(ways) / _MANY_WAYS),
        _firsts(one, others, [way for way, _ in told]),
    )


def _times(way: Change, count: int) -> str:
    often = {1: "once", 2: "twice"}.get(count, f"{{{_fact(way)}}} times")
    return f"{often} {_WAYS[way]}"


def _kept(one: Returning, others: list[Return]) -> Finding:
    """`weight`: 0.3 × the root of prominence, for a copy is no art."""
    return _finding(one, _KEPT, others, {}, 0.3, _shown(one, others[-1], "again, as it was"))


def _finding(
    one: Returning,
    claim: str,
    others: list[Return],
    facts: dict[str, Fact],
    size: float,
    places: tuple[HeardPlace, ...],
) -> Finding:
    home = one.prototype
    return Finding(
        slug=slug_of("variety", one.motif.label),
        question=QUESTION,
        kind="variety of a motif",
        claim=claim,
        facts={"motif": one.name, "times": Quantity(len(others)), **facts},
        verdict="supported",
        method=_METHOD,
        compared_with="the motif's prototype",
        weight=one.motif.prominence**0.5 * size,
        places=(*place(home.heard, home.span, f"{one.name} as its prototype has it"), *places),
        cites=(ALIGNMENT,),
        against=(_UNCONFIRMED * (not one.witnesses) + _COPIES * (claim == _KEPT)).strip(),
    )


def _firsts(one: Returning, others: list[Return], ways: list[Change]) -> tuple[HeardPlace, ...]:
    """The first place of each way, one place said once."""
    first = {way: next(each for each in others if way in _ways(each)) for way in ways}
    said: dict[tuple[str, float], tuple[Return, list[str]]] = {}
    for way, each in first.items():
        key = (each.occurrence.track_file, each.span.start_s)
        said.setdefault(key, (each, []))[1].append(_WAYS[way])
    return tuple(
        found
        for each, words in said.values()
        for found in _shown(one, each, f"changed {listed(words)}")
    )


def _shown(one: Returning, each: Return, how: str) -> tuple[HeardPlace, ...]:
    return place(each.heard, each.span, f"{one.name}, {how}")


def _fact(way: Change) -> str:
    return f"in_{way}"
