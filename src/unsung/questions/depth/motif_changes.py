"""The strongest transformation of each motif: what exactly changed, from what to what."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from unsung.model.finding import Fact, Finding, Quantity
from unsung.model.motif import Change
from unsung.model.notes import Notes
from unsung.questions.depth.citations import ALIGNMENT
from unsung.questions.depth.motif_returns import QUESTION
from unsung.questions.depth.returns import (
    Return,
    Returning,
    key_at,
    tempo_ratio,
)
from unsung.questions.facts import instant, listed, slug_of, title_of
from unsung.questions.places import place

_METHOD = (
    "Each occurrence is aligned note by note with the prototype. A change of mode counts 1, of"
    " tempo its octaves (at most 1), of register 0.7, of instrument 0.5, of rhythm 0.4, ornament,"
    " fragment and moved notes 0.3 each, harmony 0.2; times the confidence. Tempo is the median of"
    " the steps between notes, with its quartiles."
)
_LEAST = 0.6
_LEAST_OCTAVES_OF_TEMPO = 0.5
_SURE_REGISTER, _TWO_OCTAVES = 25, 37
"""Semitones: a transcription may be an octave off at either end."""

_ROUND = {1 / 3: "a third of", 0.5: "half", 2.0: "twice", 3.0: "three times"}
_NEAR_OCTAVES = 0.1

_SMALL: dict[Change, tuple[float, str]] = {
    "rhythm": (0.4, "in another rhythm"),
    "ornament": (0.3, "with notes added"),
    "fragment": (0.3, "as a fragment"),
    "interval": (0.3, "with single notes moved"),
    "harmony": (0.2, "over other harmony"),
}


class Piece(NamedTuple):
    """One change in words: its size, what is said, and the facts that are named."""

    size: float
    words: str
    facts: Mapping[str, Fact]


def motif_changes(motifs: tuple[Returning, ...]) -> Iterator[Finding]:
    """One finding a motif, where something changed that a listener would notice."""
    for one in motifs:
        changed = [(_pieces(one, each), each) for each in one.returns]
        told = [(pieces, each) for pieces, each in changed if pieces]
        if told:
            pieces, most = max(told, key=lambda pair: _size(pair[0]) * pair[1].confidence)
            if _size(pieces) * most.confidence >= _LEAST:
                yield _changed(one, most, pieces)


def _pieces(one: Returning, each: Return) -> list[Piece]:
    if one.motif.is_prototype(each.occurrence):
        return []
    return [
        *_mode(one, each),
        *_tempo(one, each),
        *_register(each),
        *_parts(one, each),
        *(
            Piece(*_SMALL[change], {})
            for change in each.occurrence.changes
            if change in _SMALL and not (change == "harmony" and _is_other_mode(each))
        ),
    ]


def _size(pieces: list[Piece]) -> float:
    return sum(piece.size for piece in pieces)


def _is_other_mode(each: Return) -> bool:
    return "mode" in each.occurrence.changes


def _is_plain(each: Return) -> bool:
    """Whether it is the whole idea: a fragment in another rhythm may be another idea."""
    return bool(each.said_by) or not {"fragment", "rhythm"} <= set(each.occurrence.changes)


def _mode(one: Returning, each: Return) -> Iterator[Piece]:
    """By its name where the keys around the motif's returns agree on which is which."""
    if not _is_other_mode(each):
        return
    usual, here = one.home_mode, one.mode(each)
    if usual is None or here is None:
        yield Piece(0.8, "in the other mode", {})
        return
    key = key_at(each.heard.hearing, each.span)
    named = key.name if key is not None and key.mode == here else here
    yield Piece(1.0, "in {mode_here} instead of {mode_there}", _modes(named, usual))


def _modes(here: str, there: str) -> dict[str, Fact]:
    return {"mode_here": here, "mode_there": there}


def _tempo(one: Returning, each: Return) -> Iterator[Piece]:
    ratio = tempo_ratio(one.motif, each.occurrence)
    if ratio is None or abs(np.log2(ratio.value)) < _LEAST_OCTAVES_OF_TEMPO:
        return
    fact = Quantity(ratio.value, "", 1, low=ratio.low, high=ratio.high)
    size = min(1.0, abs(float(np.log2(ratio.value))))
    yield Piece(size, _at_tempo(ratio.value), {"tempo_ratio": fact})


def _at_tempo(ratio: float) -> str:
    """A round ratio by its name; near a round one, "about"."""
    near = min(_ROUND, key=lambda one: abs(np.log2(ratio / one)))
    if abs(np.log2(ratio / near)) > _NEAR_OCTAVES:
        return "at {tempo_ratio} times the tempo"
    return f"at about {_ROUND[near]} the tempo"


def _register(each: Return) -> Iterator[Piece]:
    shift = each.occurrence.transposition_semitones
    if abs(shift) >= _SURE_REGISTER:
        far = "two octaves" if abs(shift) >= _TWO_OCTAVES else "an octave"
        way = "higher" if shift > 0 else "lower"
        facts = {"far": f"more than {far}", "way": way}
        yield Piece(0.7, "{far} {way}", facts)


def _parts(one: Returning, each: Return) -> Iterator[Piece]:
    """Who plays, where a score names them."""
    before, after = _names(one.motif.prototype.notes), _names(each.occurrence.notes)
    if "instrument" in each.occurrence.changes and before and after and before != after:
        facts = {"parts_here": after, "parts_there": before}
        yield Piece(0.5, "on {parts_here} instead of {parts_there}", facts)


def _names(notes: Notes) -> str:
    part, names = notes.part, notes.part_names
    used = [names[index] for index in dict.fromkeys(part.tolist())]
    return listed([name for name in used if name.strip()])


def _changed(one: Returning, each: Return, pieces: list[Piece]) -> Finding:
    """`weight` is prominence × the size of the change (2 is full) × confidence."""
    prototype, ordered = one.prototype, sorted(pieces, key=lambda piece: -piece.size)
    facts: dict[str, Fact] = {
        "motif": one.name,
        "home": title_of(prototype.heard),
        "home_at": instant(prototype.span.start_s),
        "track": title_of(each.heard),
        "at": instant(each.span.start_s),
        **{name: fact for piece in ordered for name, fact in piece.facts.items()},
    }
    finds = "the listening finds {motif} again"
    if not _is_plain(each):
        finds = "the listening may find {motif} again"
    if each.said_by:
        finds = "{motif} comes back"
    words = listed([piece.words for piece in ordered])
    return Finding(
        slug=slug_of("motif-changed", one.motif.label),
        question=QUESTION,
        kind="motif changed",
        claim=f"In {{track}} at {{at}} {finds}, {words}, set against {{home}} at {{home_at}}.",
        facts=facts,
        verdict="supported" if _is_plain(each) else "undecided",
        method=_METHOD,
        compared_with="the prototype, the occurrence that stands for all",
        weight=one.motif.prominence**0.5
        * min(1.0, _size(pieces) / 2)
        * each.confidence
        * (1.0 if _is_plain(each) else 0.4),
        places=(
            *place(prototype.heard, prototype.span, f"{one.name} as its prototype has it"),
            *place(each.heard, each.span, f"{one.name}, transformed"),
        ),
        cites=(ALIGNMENT,),
        against="" if each.said_by else "Nobody has confirmed that this is the same idea.",
    )
