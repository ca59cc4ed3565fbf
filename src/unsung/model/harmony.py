"""Harmony: chords, scales and what they do, as a musician names them."""

from typing import Literal, get_args

from attrs import frozen

from unsung.model.outcomes import NoChord, Undecided
from unsung.model.pitch import Key
from unsung.model.time import Span

Quality = Literal[
    "maj",
    "min",
    "dim",
    "aug",
    "sus2",
    "sus4",
    "7",
    "maj7",
    "min7",
    "minmaj7",
    "hdim7",
    "dim7",
]
QUALITIES: tuple[Quality, ...] = get_args(Quality)

STEPS: dict[Quality, tuple[int, ...]] = {
    "maj": (0, 4, 7),
    "min": (0, 3, 7),
    "dim": (0, 3, 6),
    "aug": (0, 4, 8),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11),
    "min7": (0, 3, 7, 10),
    "minmaj7": (0, 3, 7, 11),
    "hdim7": (0, 3, 6, 10),
    "dim7": (0, 3, 6, 9),
}
"""The tones of each quality in semitones above the root."""

_SUFFIXES: dict[Quality, str] = {
    "maj": "",
    "min": "m",
    "dim": "dim",
    "aug": "aug",
    "sus2": "sus2",
    "sus4": "sus4",
    "7": "7",
    "maj7": "maj7",
    "min7": "m7",
    "minmaj7": "m(maj7)",
    "hdim7": "m7♭5",
    "dim7": "dim7",
}
_DEGREES = ("1", "b2", "2", "b3", "3", "4", "b5", "5", "b6", "6", "b7", "7")
_MINOR_LIKE = frozenset({"min", "dim", "min7", "minmaj7", "hdim7", "dim7"})


def _pitch_class_name(pitch_class: int, quality: Quality) -> str:
    """Spelled as the tonic of a key usually is: C♯ minor, but D♭ major."""
    return Key(pitch_class, "minor" if quality in _MINOR_LIKE else "major").name.split()[0]


@frozen
class Chord:
    """A root and the tones above it; the bass may be any of these tones."""

    root_pitch_class: int
    quality: Quality
    bass_pitch_class: int

    def __attrs_post_init__(self) -> None:
        if self.bass_pitch_class not in self.pitch_classes:
            raise ValueError(
                f"the bass of a chord is one of its tones {sorted(self.pitch_classes)},"
                f" not {self.bass_pitch_class}"
            )

    @property
    def pitch_classes(self) -> frozenset[int]:
        """Its tones, 0..11."""
        return frozenset((self.root_pitch_class + step) % 12 for step in STEPS[self.quality])

    @property
    def is_minor_like(self) -> bool:
        """Whether its third is minor."""
        return self.quality in _MINOR_LIKE

    @property
    def bass_step(self) -> int:
        """The bass in semitones above the root."""
        return (self.bass_pitch_class - self.root_pitch_class) % 12

    @property
    def name(self) -> str:
        """As on a lead sheet: `Am7/G`."""
        root = _pitch_class_name(self.root_pitch_class, self.quality)
        over = f"/{_pitch_class_name(self.bass_pitch_class, 'maj')}" if self.bass_step else ""
        return f"{root}{_SUFFIXES[self.quality]}{over}"

    @property
    def harte(self) -> str:
        """In the notation of Harte et al. (ISMIR 2005): `A:min7/b7`."""
        root = _pitch_class_name(self.root_pitch_class, self.quality)
        plain = root.replace("♭", "b").replace("♯", "#")
        over = f"/{_DEGREES[self.bass_step]}" if self.bass_step else ""
        return f"{plain}:{self.quality}{over}"


@frozen
class ChordSpan:
    """A stretch of one chord. `confidence` 0..1: how likely its root and third are right."""

    span: Span
    chord: Chord | NoChord | Undecided
    confidence: float


@frozen
class Chords:
    """The chords of a track in order, without gaps."""

    spans: tuple[ChordSpan, ...]
