"""Famous melodies, and how like one of them a melody is."""

from typing import Literal

from attrs import field, frozen

from unsung.model.motif import NotePair
from unsung.model.notes import Notes

IncipitKind = Literal["art", "plainchant", "anthem", "folk", "own"]
"""`own`: from the user's collection."""

Kinship = Literal["quotation", "likeness", "undecided", "none"]
"""`quotation`: near-identical for long enough, and luck is ruled out; `likeness`: luck is ruled
out, but the notes differ; `undecided`: alike, yet so short or so common that luck does as well;
`none`: no known melody is near."""


def _share(_instance: object, _attribute: object, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"a share lies in 0..1, not {value}")


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
    similarity: float = field(validator=_share)
    agreement_bits: float
    chance: float = field(validator=_share)
    kinship: Kinship
    pairs: tuple[NotePair, ...]
    transposition_semitones: int
    tempo_ratio: float
