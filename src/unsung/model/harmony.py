"""Harmony: chords, scales and what they do, as a musician names them."""

from typing import Literal, get_args

from attrs import frozen

from unsung.model.outcomes import NoChord, Undecided
from unsung.model.pitch import Key
from unsung.model.sound import Feature
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


_LETTERS = "CDEFGAB"
_NATURAL = (0, 2, 4, 5, 7, 9, 11)
_LETTERS_UP = (0, 1, 1, 2, 2, 3, 4, 4, 4, 5, 6, 6)
"""How many letters above its root a tone of a chord is written: thirds two, sevenths six."""
_ACCIDENTALS = {-2: "𝄫", -1: "♭", 0: "", 1: "♯", 2: "𝄪"}


def _tone_name(root_name: str, root_pitch_class: int, step: int) -> str:
    """A tone of a chord, spelled from its root: the third of A is C♯, that of A♭ is C."""
    place = (_LETTERS.index(root_name[0]) + _LETTERS_UP[step]) % 7
    off = (root_pitch_class + step - _NATURAL[place] + 6) % 12 - 6
    return _LETTERS[place] + _ACCIDENTALS[off]


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
        over = (
            f"/{_tone_name(root, self.root_pitch_class, self.bass_step)}" if self.bass_step else ""
        )
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


Scale = Literal[
    "major",
    "natural minor",
    "harmonic minor",
    "melodic minor",
    "Dorian",
    "Phrygian",
    "Lydian",
    "Mixolydian",
    "Locrian",
    "Phrygian dominant",
    "double harmonic",
    "Hungarian minor",
    "major pentatonic",
    "minor pentatonic",
    "blues",
    "hirajōshi",
    "in",
    "whole-tone",
    "octatonic",
]
SCALES: dict[Scale, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "natural minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "melodic minor": (0, 2, 3, 5, 7, 9, 11),
    "Dorian": (0, 2, 3, 5, 7, 9, 10),
    "Phrygian": (0, 1, 3, 5, 7, 8, 10),
    "Lydian": (0, 2, 4, 6, 7, 9, 11),
    "Mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "Locrian": (0, 1, 3, 5, 6, 8, 10),
    "Phrygian dominant": (0, 1, 4, 5, 7, 8, 10),
    "double harmonic": (0, 1, 4, 5, 7, 8, 11),
    "Hungarian minor": (0, 2, 3, 6, 7, 8, 11),
    "major pentatonic": (0, 2, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10),
    "hirajōshi": (0, 2, 3, 7, 8),
    "in": (0, 1, 5, 7, 8),
    "whole-tone": (0, 2, 4, 6, 8, 10),
    "octatonic": (0, 2, 3, 5, 6, 8, 9, 11),
}
"""The tones of each scale in semitones above its tonic."""
_MINOR_SCALES = frozenset(scale for scale, steps in SCALES.items() if 3 in steps and 4 not in steps)


@frozen
class Mode:
    """A tonic and the scale above it."""

    tonic_pitch_class: int
    scale: Scale

    @property
    def name(self) -> str:
        """Such as `D Dorian`."""
        like: Quality = "min" if self.is_minor_like else "maj"
        return f"{_pitch_class_name(self.tonic_pitch_class, like)} {self.scale}"

    @property
    def is_minor_like(self) -> bool:
        """Whether its third is minor."""
        return self.scale in _MINOR_SCALES

    @property
    def pitch_classes(self) -> frozenset[int]:
        """Its tones, 0..11."""
        return frozenset((self.tonic_pitch_class + step) % 12 for step in SCALES[self.scale])


@frozen
class ModeSpan:
    """A stretch in one mode. `margin` 0..1: how far mode and tonic stand above their rivals.

    `tonic_evidence` 0..1 is how much speaks for that tonic whatever the scale: its share of the
    bass, of long notes, of beginnings and ends.
    """

    span: Span
    mode: Mode | Undecided
    margin: float
    tonic_evidence: float


@frozen
class Modes:
    """The modes of a track in order, without gaps."""

    spans: tuple[ModeSpan, ...]


PedalKind = Literal["drone", "pedal point"]


@frozen
class Pedal:
    """One pitch that goes on sounding, struck again or held.

    A *pedal point* if harmony that it does not belong to passes over it, else a *drone*.
    `is_bass` says whether it lies below all else.
    """

    span: Span
    midi_pitch: int
    kind: PedalKind
    is_bass: bool


@frozen
class Ostinato:
    """A figure that comes again and again without a pause, every `period_s`.

    `midi_pitches` is the figure once, `likeness` 0..1 how alike its repetitions are.
    """

    span: Span
    period_s: float
    midi_pitches: tuple[int, ...]
    part: str
    likeness: float

    @property
    def repetitions(self) -> int:
        """How often the figure sounds."""
        return round(self.span.duration_s / self.period_s)


@frozen
class Planing:
    """Chords of `voices` voices that move in parallel, `moves` times in a row.

    *Chromatic* planing keeps every interval; *diatonic* planing keeps to a scale.
    """

    span: Span
    voices: int
    moves: int
    kind: Literal["chromatic", "diatonic"]


CadenceKind = Literal["authentic", "plagal", "deceptive", "half"]


@frozen
class Cadence:
    """A close: the chords that make it, in a key, at the instant the last one sounds."""

    at_s: float
    kind: CadenceKind
    key: Key
    first: Chord
    last: Chord
    confidence: float


@frozen
class Tension:
    """Tonal tension along time, in the ribbons of Herremans and Chew (TENOR 2016).

    `ribbons` has rows cloud diameter (how far the notes of a moment lie apart), cloud momentum
    (how far the harmony moves from the moment before) and tensile strain (how far it is from its
    key), each as a share of the distance C to B♯. 0 where nothing sounds.
    """

    ribbons: Feature


Colour = Literal["whole-tone", "octatonic", "hexatonic", "augmented", "diatonic", "pentatonic"]


@frozen
class ColourSpan:
    """A stretch whose tones are those of one named collection. `purity` 0..1 is their share."""

    span: Span
    colour: Colour
    purity: float


@frozen
class Colours:
    """What kind of collection sounds: the Tonal Interval Space along time, and what has a name.

    `intervals` has rows chromaticity, dyadicity, triadicity, diminishedness, diatonicity and
    whole-toneness, 0..1.
    """

    intervals: Feature
    spans: tuple[ColourSpan, ...]


@frozen
class Atonality:
    """How far from any tonal centre the music is, 0..1 along time, and stretches without one."""

    index: Feature
    spans: tuple[Span, ...]
