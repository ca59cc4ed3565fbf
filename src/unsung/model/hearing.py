"""What was heard in one track: curves with their clocks, and the outcomes drawn from them."""

from attrs import field, frozen

from unsung.model.album import Album, Recording, Track, Unheard
from unsung.model.emotion import Emotion, TurningPoints
from unsung.model.film_case import FilmCase
from unsung.model.harmony import (
    Atonality,
    Cadence,
    Chords,
    Colours,
    Modes,
    Ostinato,
    Pedal,
    Planing,
    Tension,
)
from unsung.model.instruments import Instruments, Likeness
from unsung.model.motif import Motif, Testimony
from unsung.model.notes import Notes
from unsung.model.outcomes import NoClearPulse, NotHeard, Silent, Undecided
from unsung.model.pitch import Key
from unsung.model.pulse import Pulse
from unsung.model.score import Score
from unsung.model.sound import Feature
from unsung.model.texture import Articulation, Layers, Texture
from unsung.model.time import Span

LOUDNESS_FLOOR_LUFS = -70.0
"""The absolute gate of BS.1770: curves rest here where there is nothing to measure."""


@frozen
class Loudness:
    """Loudness by ITU-R BS.1770-5 and EBU Tech 3341/3342.

    `momentary` (400 ms) and `short_term` (3 s) are curves in LUFS, ten a second, each value at
    the centre of its window, never below `LOUDNESS_FLOOR_LUFS`.
    """

    integrated_lufs: float | Silent
    range_lu: float | Silent
    true_peak_dbtp: float | Silent
    momentary: Feature
    short_term: Feature


@frozen
class Swell:
    """A crescendo (`change_lu` > 0) or diminuendo (< 0): loudness moving one way over a span."""

    span: Span
    change_lu: float


@frozen
class Dynamics:
    """How loudness moves: `level` is the smoothed loudness against the track's own (LU)."""

    level: Feature
    swells: tuple[Swell, ...]


@frozen
class Tuning:
    """How far the track is tuned from A = 440 Hz, -50..50 cents; confidence 0..1."""

    deviation_cents: float | Undecided
    confidence: float


@frozen
class KeySpan:
    """A stretch in one key. `clarity` 0..1: how far the key stands above its rivals."""

    span: Span
    key: Key | Undecided
    clarity: float


@frozen
class KeyCurve:
    """Key over time.

    `strengths` has 24 rows (C major..B major, C minor..B minor), correlations -1..1; `spans`
    cover the track without gaps; `overall` is the key of the whole, if it has one.
    """

    strengths: Feature
    spans: tuple[KeySpan, ...]
    overall: Key | Undecided
    overall_clarity: float


@frozen
class PulseSpan:
    """A stretch at one steady tempo, or without a clear pulse. `clarity` 0..1."""

    span: Span
    tempo_bpm: float | NoClearPulse
    clarity: float


@frozen
class TempoCurve:
    """Tempo over time: beats a minute where a pulse is felt, and how clearly it is felt.

    `tempo` (bpm) and `clarity` (0..1) are one-row curves on one clock; where the pulse is not
    clear the tempo row holds the best guess and `spans` say so.
    """

    tempo: Feature
    clarity: Feature
    spans: tuple[PulseSpan, ...]
    overall_bpm: float | NoClearPulse


@frozen
class Section:
    """A stretch that belongs together; equal labels (A, B, C…) sound alike.

    `boundary_strength` 0..1 says how sharply it begins; 1 for the track's own beginning.
    """

    span: Span
    label: str
    boundary_strength: float


@frozen
class Sections:
    """The sections of a track in order, without gaps, and the novelty they were cut at (0..1)."""

    sections: tuple[Section, ...]
    novelty: Feature


@frozen
class Register:
    """How high the music lies: `pitch` has rows low, centre, high, in MIDI pitch.

    Where nothing sounds the last known values are held and `sounding` (one row, 0 or 1) is 0.
    """

    pitch: Feature
    sounding: Feature


@frozen
class Hearing:
    """All that was heard in one track. A score has no sound: there those answers are `NotHeard`."""

    source: Recording | Score
    duration_s: float = field(converter=float)
    loudness: Loudness | NotHeard
    notes: Notes
    melody: Notes
    theme_chroma: Feature | NotHeard
    chroma: Feature
    tuning: Tuning | NotHeard
    key: KeyCurve
    chords: Chords
    modes: Modes
    cadences: tuple[Cadence, ...]
    pedals: tuple[Pedal, ...]
    ostinati: tuple[Ostinato, ...]
    planing: tuple[Planing, ...]
    tension: Tension
    colours: Colours
    atonality: Atonality
    roughness: Feature
    pulse: Pulse
    tempo: TempoCurve
    sections: Sections
    brightness: Feature | NotHeard
    dynamics: Dynamics | NotHeard
    density: Feature
    register: Register
    layers: Layers
    texture: Texture
    articulation: Articulation
    instruments: Instruments
    likeness: Likeness | NotHeard
    emotion: Emotion | NotHeard
    turning_points: TurningPoints | NotHeard


@frozen
class Heard:
    """A track and what was heard in it."""

    track: Track
    hearing: Hearing


@frozen
class Soundtrack:
    """An album that was listened to: tracks heard in album order, and files that could not be.

    `motifs` are what comes back in it, the most prominent first; `testimony` is what people said
    of them; `film` is where it sounds in the film, if one was given.
    """

    album: Album
    heard: tuple[Heard, ...]
    unheard: tuple[Unheard, ...] = ()
    motifs: tuple[Motif, ...] = ()
    testimony: Testimony = field(factory=Testimony)
    film: FilmCase | None = None

    def __getitem__(self, name: str) -> Heard:
        """The track with this title, file or position; `KeyError` where there is none."""
        for one in self.heard:
            if name in (one.track.title, one.track.file, str(one.track.position)):
                return one
        raise KeyError(name)
