"""Motifs: short musical ideas that come back, and each place where they do."""

from collections.abc import Sequence
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


def is_label(text: str) -> bool:
    """Whether a motif may be known by it before anybody names it: A, B, … Z, AA, AB."""
    return text.isascii() and text.isalpha() and text.isupper() and len(text) <= 2


def _label(_instance: object, _attribute: object, value: str) -> None:
    if not is_label(value):
        raise ValueError(f"a label is one or two capital letters, not {value!r}")


def _some(_instance: object, _attribute: object, value: tuple[object, ...]) -> None:
    if not value:
        raise ValueError("at least one place is needed")


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
class Joining:
    """A person says that two motifs are one: the other joins the one that stands.

    The places tell which motifs were meant, whatever labels they have when an album is heard again.
    """

    motif_name: str
    other_name: str
    said_by: str
    places: tuple[Passage, ...] = field(validator=_some)
    other_places: tuple[Passage, ...] = field(validator=_some)


@frozen
class Parting:
    """A person says that these places of a motif are a motif of their own, known by `label`."""

    motif_name: str
    label: str = field(validator=_label)
    said_by: str
    places: tuple[Passage, ...] = field(validator=_some)
    name: str = ""


Said = Statement | Naming | Joining | Parting


@frozen
class Testimony:
    """All that people said of an album's motifs and that holds, in the order they said it."""

    said: tuple[Said, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Where people say that a motif is, or is not; not of what they parted from it since."""
        return tuple(
            one
            for k, one in enumerate(self.said)
            if isinstance(one, Statement) and not _is_parted(one, self.said[k + 1 :])
        )

    @property
    def namings(self) -> tuple[Naming, ...]:
        """What people call the motifs."""
        return tuple(one for one in self.said if isinstance(one, Naming))

    @property
    def joinings(self) -> tuple[Joining, ...]:
        """Which motifs people say are one."""
        return tuple(one for one in self.said if isinstance(one, Joining))

    @property
    def partings(self) -> tuple[Parting, ...]:
        """Which places people say are a motif of their own."""
        return tuple(one for one in self.said if isinstance(one, Parting))


def _is_parted(one: Statement, since: Sequence[Said]) -> bool:
    partings = (said for said in since if isinstance(said, Parting))
    return any(
        place.track_file == one.track_file and place.span.overlap_s(one.span) > 0
        for said in partings
        if said.motif_name == one.motif_name
        for place in said.places
    )


@frozen
class Motif:
    """A short musical idea with its own identity: the set of its occurrences, in album order.

    `label` is A, B, C… in order of prominence when the motifs were first found, and stays with the
    motif when the album is heard again; `name` and `meaning` come only from a person. `prominence`
    0..1 says how present and how distinctive it is among the album's motifs; `surprise_bits` how
    many bits an interval of the prototype carries under what is common in other music.
    `also_known_as`: the labels and names of what people joined to it. `parted_from`: the label of
    the motif that people parted it from.
    """

    label: str
    prototype: Occurrence
    occurrences: tuple[Occurrence, ...]
    prominence: float = field(default=0.0, converter=float)
    surprise_bits: float = field(default=0.0, converter=float)
    name: str = ""
    meaning: str = ""
    meaning_source: str = ""
    also_known_as: tuple[str, ...] = ()
    parted_from: str = ""

    @property
    def names(self) -> frozenset[str]:
        """All that it may be called by."""
        return frozenset({self.label, self.name, *self.also_known_as} - {""})

    @property
    def other_names(self) -> tuple[str, ...]:
        """What else it goes by, besides its label and the name it has."""
        return tuple(one for one in self.also_known_as if one not in (self.label, self.name))

    def __attrs_post_init__(self) -> None:
        if not self.occurrences:
            raise ValueError("a motif has at least one occurrence")

    def is_prototype(self, one: Occurrence) -> bool:
        """Whether this is the occurrence that stands for all."""
        return (one.track_file, one.span) == (self.prototype.track_file, self.prototype.span)


def motif_called(motifs: Sequence[Motif], name: str) -> Motif | None:
    """The motif that has this label, else this name, else the one that such a motif was joined to.

    None where no motif is called so.
    """
    if not name:
        return None
    is_called = (
        lambda one: name == one.label,
        lambda one: name == one.name,
        lambda one: name in one.also_known_as,
    )
    return next((one for is_it in is_called for one in motifs if is_it(one)), None)
