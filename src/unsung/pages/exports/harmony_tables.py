"""What harmony does, as tables: chords, modes, cadences, pedals, ostinati, planing, colours."""

from collections.abc import Sequence
from typing import Protocol

from unsung.model.harmony import Chord, Mode, Ostinato
from unsung.model.hearing import Heard
from unsung.model.outcomes import Outcome
from unsung.model.pitch import pitch_name
from unsung.model.time import Span
from unsung.pages.exports.columns import Column, Values
from unsung.pages.exports.kinds import Block, by_track

_SPAN_COLUMNS = (
    Column("start_s", "number", "Where it begins.", unit="s", range="0.."),
    Column("end_s", "number", "Where it ends; the end is not part of it.", unit="s", range="0.."),
)
_CONFIDENCE = Column("confidence", "number", "How likely it is right.", range="0..1")


class _Spanned(Protocol):
    """What lasts from here to there."""

    @property
    def span(self) -> Span: ...


def chord_name(chord: Chord | Outcome) -> str:
    """`Am7/G`, or the outcome's own word."""
    return chord.name if isinstance(chord, Chord) else str(chord)


def mode_name(mode: Mode | Outcome) -> str:
    """`D Dorian`, or the outcome's own word."""
    return mode.name if isinstance(mode, Mode) else str(mode)


def figure_words(one: Ostinato) -> str:
    """The pitches of the figure: `C2 G2 C3 G2`."""
    return " ".join(pitch_name(float(pitch)) for pitch in one.midi_pitches)


def _bounds(spanned: Sequence[_Spanned]) -> tuple[Values, Values]:
    return [one.span.start_s for one in spanned], [one.span.end_s for one in spanned]


def _chords(heard: Heard) -> Block:
    spans = heard.hearing.chords.spans
    named = [one.chord if isinstance(one.chord, Chord) else None for one in spans]
    return (
        *_bounds(spans),
        [chord_name(one.chord) for one in spans],
        [chord and chord.harte for chord in named],
        [one.confidence for one in spans],
    )


def _modes(heard: Heard) -> Block:
    spans = heard.hearing.modes.spans
    return (
        *_bounds(spans),
        [mode_name(one.mode) for one in spans],
        [one.margin for one in spans],
        [one.tonic_evidence for one in spans],
    )


def _cadences(heard: Heard) -> Block:
    found = heard.hearing.cadences
    return (
        [one.at_s for one in found],
        [one.kind for one in found],
        [one.key.name for one in found],
        [f"{one.first.name} {one.last.name}" for one in found],
        [one.confidence for one in found],
    )


def _pedals(heard: Heard) -> Block:
    found = heard.hearing.pedals
    return (
        *_bounds(found),
        [one.kind for one in found],
        [pitch_name(float(one.midi_pitch)) for one in found],
        [one.midi_pitch for one in found],
        ["bass" if one.is_bass else "above" for one in found],
    )


def _ostinati(heard: Heard) -> Block:
    found = heard.hearing.ostinati
    return (
        *_bounds(found),
        [one.period_s for one in found],
        [one.repetitions for one in found],
        [figure_words(one) for one in found],
        [one.part for one in found],
        [one.likeness for one in found],
    )


def _planing(heard: Heard) -> Block:
    found = heard.hearing.planing
    return (
        *_bounds(found),
        [one.kind for one in found],
        [one.voices for one in found],
        [one.moves for one in found],
    )


def _colours(heard: Heard) -> Block:
    found = heard.hearing.colours.spans
    return *_bounds(found), [one.colour for one in found], [one.purity for one in found]


def _atonal(heard: Heard) -> Block:
    spans = heard.hearing.atonality.spans
    return [one.start_s for one in spans], [one.end_s for one in spans]


CHORDS = by_track(
    "chords",
    "Stretches of one chord; they cover the track.",
    (
        *_SPAN_COLUMNS,
        Column(
            "chord",
            "text",
            "Root, kind and, after a slash, bass: `Am7/G`.",
            words=("no chord", "undecided"),
        ),
        Column("harte", "text", "The same in the notation of Harte et al.: `A:min7/b7`."),
        Column(
            "confidence", "number", "How likely its root and its third are right.", range="0..1"
        ),
    ),
    _chords,
    "chords",
)
MODES = by_track(
    "modes",
    "Stretches in one mode; they cover the track.",
    (
        *_SPAN_COLUMNS,
        Column("mode", "text", "Tonic and scale, such as `D Dorian`.", words=("undecided",)),
        Column("margin", "number", "How far it stands above its rivals.", range="0..1"),
        Column(
            "tonic_evidence",
            "number",
            "How much speaks for the tonic: bass, long notes, ends.",
            range="0..1",
        ),
    ),
    _modes,
    "modes",
)
CADENCES = by_track(
    "cadences",
    "Closes that are certain.",
    (
        Column("at_s", "number", "When its last chord sounds.", unit="s", range="0.."),
        Column("kind", "text", "authentic, plagal, deceptive or half."),
        Column("key", "text", "The key it closes in."),
        Column("chords", "text", "Its two chords."),
        _CONFIDENCE,
    ),
    _cadences,
    "cadences",
)
PEDALS = by_track(
    "pedals",
    "Pitches that go on while all else moves.",
    (
        *_SPAN_COLUMNS,
        Column("kind", "text", "pedal point (foreign chords pass over it) or drone."),
        Column("pitch", "text", "In scientific pitch notation: C4 is middle C."),
        Column("midi_pitch", "whole number", "The same; 60 is middle C.", unit="semitones"),
        Column("place", "text", "bass or above."),
    ),
    _pedals,
    "pedals",
)
OSTINATI = by_track(
    "ostinati",
    "Figures that are repeated without a pause.",
    (
        *_SPAN_COLUMNS,
        Column("period_s", "number", "From one repetition to the next.", unit="s", range="0.."),
        Column("repetitions", "whole number", "How often it sounds.", range="4.."),
        Column("figure", "text", "The pitches of the figure, once."),
        Column("part", "text", "The part; in a recording all, or low, middle or high."),
        Column("likeness", "number", "How alike its repetitions are.", range="0..1"),
    ),
    _ostinati,
    "ostinati",
)
PLANING = by_track(
    "planing",
    "Chords that move in parallel.",
    (
        *_SPAN_COLUMNS,
        Column("kind", "text", "chromatic (every interval is kept) or diatonic."),
        Column("voices", "whole number", "How many voices move together.", range="3.."),
        Column("moves", "whole number", "How many times they move.", range="3.."),
    ),
    _planing,
    "planing",
)
COLOURS = by_track(
    "colours",
    "Stretches whose tones belong to one named collection.",
    (
        *_SPAN_COLUMNS,
        Column(
            "colour", "text", "augmented, pentatonic, whole-tone, hexatonic, diatonic or octatonic."
        ),
        Column("purity", "number", "The share of the sound that belongs to it.", range="0..1"),
    ),
    _colours,
    "colours",
)
ATONAL = by_track(
    "atonal", "Stretches without a tonal centre.", _SPAN_COLUMNS, _atonal, "atonality"
)
HARMONY = (CHORDS, MODES, CADENCES, PEDALS, OSTINATI, PLANING, COLOURS, ATONAL)
