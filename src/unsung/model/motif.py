"""Motifs: short musical ideas that come back, and each place where they do."""

from typing import Literal

from attrs import field, frozen

from unsung.model.bounds import zero_to_one
from unsung.model.notes import Notes
from unsung.model.time import Span

Change = Literal[
    "key",
    "tempo",
    "register",
    "instrument",
    "mode",
    "harmony",
    "rhythm",
    "ornament",
    "left out",
    "fragment",
    "interval",
]
"""How an occurrence differs from the prototype. `interval`: single notes moved, in no scheme."""

NotePair = tuple[int, int]
"""A note of the prototype and the note of the occurrence that answers to it, by index."""


def _tempo(_instance: object, _attribute: object, value: float) -> None:
    if not value > 0:
        raise ValueError(f"a tempo ratio is positive, not {value}")


@frozen
class Occurrence:
    """A place where the machine found a motif.

    `transposition_semitones` upwards and `tempo_ratio` (2 is twice as fast) are relative to the
    prototype. `confidence` 0..1: of the occurrences with confidence q, about q are no luck.
    `pairs` aligns `notes` with the prototype's; notes of either that no pair names were added
    or left out.
    """

    track_file: str
    span: Span
    transposition_semitones: int = 0
    tempo_ratio: float = field(default=1.0, converter=float, validator=_tempo)
    confidence: float = field(default=1.0, converter=float, validator=zero_to_one("a confidence"))
    changes: tuple[Change, ...] = ()
    notes: Notes = field(factory=Notes.none)
    pairs: tuple[NotePair, ...] = ()


@frozen
class Passage:
    """A stretch of a track that somebody marks, to ask where it comes back."""

    track_file: str
    span: Span


@frozen
class Statement:
    """A place where a person said that a motif is stated, or (`holds` False) that it is not.

    `motif_name` is the label or the name by which the person knows the motif.
    """

    track_file: str
    span: Span
    said_by: str
    motif_name: str = ""
    holds: bool = True


@frozen
class Naming:
    """What a person calls a motif, and what they say it means, with where that is said."""

    motif_name: str
    name: str
    said_by: str
    meaning: str = ""
    meaning_source: str = ""


@frozen
class Testimony:
    """All that people said of an album's motifs, in the order they said it."""

    statements: tuple[Statement, ...] = ()
    namings: tuple[Naming, ...] = ()


@frozen
class Motif:
    """A short musical idea with its own identity: the set of its occurrences, in album order.

    `label` is A, B, C… in order of prominence when the motifs were first found, and stays with the
    motif when the album is heard again; `name` and `meaning` come only from a person. `prominence`
    0..1 says how present and how distinctive it is among the album's motifs; `surprise_bits` how
    many bits an interval of the prototype carries under what is common in other music.
    """

    label: str
    prototype: Occurrence
    occurrences: tuple[Occurrence, ...]
    prominence: float = field(default=0.0, converter=float)
    surprise_bits: float = field(default=0.0, converter=float)
    name: str = ""
    meaning: str = ""
    meaning_source: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.occurrences:
            raise ValueError("a motif has at least one occurrence")

    def is_prototype(self, one: Occurrence) -> bool:
        """Whether this is the occurrence that stands for all."""
        return (one.track_file, one.span) == (self.prototype.track_file, self.prototype.span)
