"""What sounds now: stretches that may overlap, as pieces that follow one another without gaps.

Chapters and lyrics can say one thing at a time; where several stretches sound together, a piece
names them all.
"""

from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve, frozen

from unsung.pages.exports.columns import encodable
from unsung.pages.exports.stretches import Stretch

_LEAST_S = 0.5
"""A shorter piece would only flicker: it is left to the one before it."""


@frozen
class Piece:
    """From `start_s` to `end_s` this sounds; `text` is empty where nothing does."""

    start_s: float
    end_s: float
    text: str


def succession(stretches: Sequence[Stretch], until_s: float) -> tuple[Piece, ...]:
    """The pieces from 0 to `until_s`; one that is empty where there are no stretches."""
    ends = {edge for one in stretches for edge in (one.start_s, one.end_s) if 0 < edge < until_s}
    edges = [0.0, *sorted(ends), until_s]
    pieces: list[Piece] = []
    for start_s, end_s in pairwise(edges):
        text = _text([one for one in stretches if one.start_s <= start_s < one.end_s])
        if pieces and end_s - start_s < _LEAST_S:
            pieces[-1] = evolve(pieces[-1], end_s=end_s)
        elif pieces and pieces[-1].end_s - pieces[-1].start_s < _LEAST_S:
            pieces[-1] = Piece(pieces[-1].start_s, end_s, text)
        else:
            pieces.append(Piece(start_s, end_s, text))
    return tuple(pieces)


def _text(sounding: Sequence[Stretch]) -> str:
    """`A: The call · B`, on one line."""
    texts = dict.fromkeys(" ".join(encodable(one.text).split()) for one in sounding)
    return " · ".join(texts)
