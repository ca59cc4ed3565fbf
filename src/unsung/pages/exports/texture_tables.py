"""Texture as tables and curves: its kinds, its layers, its articulation."""

from unsung.model.hearing import Heard
from unsung.model.notes import Notes
from unsung.model.pitch import pitch_name
from unsung.pages.exports.columns import Column
from unsung.pages.exports.curve import Curve
from unsung.pages.exports.kinds import Block, by_track

_START = Column("start_s", "number", "Where it begins.", unit="s", range="0..")
_END = Column("end_s", "number", "Where it ends; the end is not part of it.", unit="s", range="0..")
_NOTE_COLUMNS = (
    Column("onset_s", "number", "Where the note begins.", unit="s", range="0..", decimals=4),
    Column("duration_s", "number", "How long it lasts.", unit="s", range="0..", decimals=4),
    Column("midi_pitch", "number", "60 is middle C.", unit="semitones", range="0..127"),
    Column("pitch", "text", "The same in scientific pitch notation: C4 is middle C."),
    Column("salience", "number", "How surely it was heard; 1 in a score.", range="0..1"),
)


def _kinds(heard: Heard) -> Block:
    spans = heard.hearing.texture.spans
    return (
        [one.span.start_s for one in spans],
        [one.span.end_s for one in spans],
        [one.kind for one in spans],
        [one.confidence for one in spans],
    )


def _each_note(notes: Notes) -> Block:
    names = [pitch_name(pitch) for pitch in notes.midi_pitch.tolist()]
    return notes.onset_s, notes.duration_s, notes.midi_pitch, names, notes.salience


TEXTURE = by_track(
    "texture",
    "Stretches of one texture; they cover the track.",
    (
        _START,
        _END,
        Column(
            "texture",
            "text",
            "monophony, homophony, polyphony or melody with accompaniment.",
            words=("silent", "undecided"),
        ),
        Column(
            "confidence",
            "number",
            "How likely it is right; where undecided, that of the best guess.",
            range="0..1",
        ),
    ),
    _kinds,
    "texture",
)
BASS = by_track(
    "bass",
    "The notes of the bass line.",
    _NOTE_COLUMNS,
    lambda heard: _each_note(heard.hearing.layers.bass),
    "layers",
)
INNER = by_track(
    "inner",
    "The notes between the leading melody and the bass.",
    _NOTE_COLUMNS,
    lambda heard: _each_note(heard.hearing.layers.inner),
    "layers",
)


def _per_second(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, unit="1/s", range="0..")


TEXTURE_CURVES = (
    Curve(
        "texture-curve",
        "How voices stand to each other, along time; 0 where nothing sounds.",
        "texture",
        (
            Column("voices", "number", "How many notes sound at a time.", range="0.."),
            Column(
                "synchrony",
                "number",
                "Of the other notes that sound when one begins, the share that begins with it.",
                range="0..1",
            ),
            Column(
                "motion",
                "number",
                "Of the notes outside the leading melody, the share that moves on by step.",
                range="0..1",
            ),
        ),
        lambda hearing: (hearing.texture.measures,),
    ),
    Curve(
        "layer-density",
        "How busy each layer is: notes that begin, a second.",
        "layers",
        (
            _per_second("melody_notes_per_s", "In the leading melody."),
            _per_second("inner_notes_per_s", "Between melody and bass."),
            _per_second("bass_notes_per_s", "In the bass."),
        ),
        lambda hearing: (hearing.layers.density,),
    ),
    Curve(
        "articulation",
        "How far the notes of the leading melody are held.",
        "articulation",
        (
            Column(
                "connection",
                "number",
                "The share of the time to the next note that sounds; near 1 in legato.",
                range="0..1",
            ),
            Column(
                "known",
                "whole number",
                "1 where the melody sounds; 0 where it rests and the last value is held.",
                range="0 or 1",
            ),
        ),
        lambda hearing: (hearing.articulation.connection, hearing.articulation.known),
    ),
)
