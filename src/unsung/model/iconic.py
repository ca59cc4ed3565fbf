"""Famous melodies, how like one of them a melody is, and what makes a melody memorable."""

from typing import Literal

from attrs import field, frozen

from unsung.model.bounds import zero_to_one
from unsung.model.motif import Change, NotePair, Passage
from unsung.model.notes import Notes
from unsung.model.outcomes import Undecided

IncipitKind = Literal["art", "plainchant", "anthem", "folk", "own"]
"""`own`: from the user's collection."""

Kinship = Literal["quotation", "likeness", "undecided", "none"]
"""`quotation`: near-identical for long enough, and luck is ruled out; `likeness`: luck is ruled
out, but the notes differ or are few; `undecided`: alike, yet so short or so common that luck does
as well; `none`: no known melody is near."""


@frozen
class Incipit:
    """The beginning of a known melody, and where it is from.

    `free_because` says why anybody may use it; `verified_against` which independent edition the
    notes were compared with (empty: none). A quarter lasts half a second in `notes`.
    """

    name: str
    notes: Notes
    kind: IncipitKind
    by: str = ""
    dated: str = ""
    tradition: str = ""
    source: str = ""
    free_because: str = ""
    verified_against: str = ""
    key: str = ""
    metre: str = ""


@frozen
class Likeness:
    """How like a known melody a melody is, note by note.

    `similarity` 0..1 is the share of the shorter melody's steps that answer, less what differs in
    pitch and rhythm; `agreement_bits` how uncommon what agrees is; `chance` how likely so much
    agreement with any melody of the catalogue is for a melody of this length that quotes none.
    `pairs` names which note of the incipit is answered by which of the melody; the melody lies
    `transposition_semitones` above the incipit and runs `tempo_ratio` times as fast as it is
    written (a quarter at 120).
    """

    incipit: Incipit
    similarity: float = field(validator=zero_to_one("a similarity"))
    agreement_bits: float
    chance: float = field(validator=zero_to_one("a chance"))
    kinship: Kinship
    pairs: tuple[NotePair, ...]
    transposition_semitones: int
    tempo_ratio: float


HookFeature = Literal[
    "common contour", "uncommon gradients", "tempo", "conventionality", "recurrence"
]


@frozen
class Measured:
    """A feature of a melody, and the share 0..1 of a stated set of melodies that have less of it.

    UNDECIDED stands where the melody is too short, or nothing is there to compare it with.
    """

    feature: HookFeature
    value: float | Undecided
    unit: str
    share_below: float | Undecided
    compared_with: str
    compared: int


@frozen
class Predictive:
    """How well a study could tell memorable melodies by such features, and by luck."""

    accuracy: float
    by_chance: float
    study: str


@frozen
class Recognisable:
    """After how many first notes a melody is like no other that it was compared with."""

    notes: int
    seconds_s: float


@frozen
class Variation:
    """What became of a motif over its occurrences.

    `kinds` says how many occurrences are changed in each way, `share_changed` 0..1 how many are
    changed at all; `places` holds the first occurrence of each kind, in the order of `kinds`.
    """

    occurrences: int
    share_changed: float
    kinds: tuple[tuple[Change, int], ...]
    places: tuple[Passage, ...]


@frozen
class Hook:
    """What is known to make a melody stay in the ear, as measured of a motif.

    `leaning` 0..1 is the plain mean of the shares of the published features, each turned so that
    more is what memorable tunes had; no weights are known. `predictive` says how little that
    foretells. `recognisable` is UNDECIDED where even the whole motif is part of another melody.
    """

    motif_label: str
    measured: tuple[Measured, ...]
    leaning: float | Undecided
    predictive: Predictive
    recognisable: Recognisable | Undecided
    variation: Variation
    place: Passage
