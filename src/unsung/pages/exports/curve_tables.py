"""Curves: one row an instant, one column for each thing that was measured along time."""

from collections.abc import Iterable

from unsung.model.hearing import Hearing
from unsung.model.instruments import FAMILIES, FAMILY_OF, VOICES
from unsung.model.outcomes import NotHeard
from unsung.model.pitch import Key
from unsung.model.sound import Feature
from unsung.pages.exports.columns import Column
from unsung.pages.exports.curve import Curve
from unsung.pages.exports.harmony_curves import HARMONY_CURVES
from unsung.pages.exports.texture_tables import TEXTURE_CURVES

_PITCH_CLASSES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")


def _loudness(hearing: Hearing) -> tuple[Feature, ...] | NotHeard:
    loudness = hearing.loudness
    return loudness if isinstance(loudness, NotHeard) else (loudness.momentary, loudness.short_term)


def _dynamics(hearing: Hearing) -> tuple[Feature, ...] | NotHeard:
    dynamics = hearing.dynamics
    return dynamics if isinstance(dynamics, NotHeard) else (dynamics.level,)


def _alone(feature: Feature | NotHeard) -> tuple[Feature, ...] | NotHeard:
    return feature if isinstance(feature, NotHeard) else (feature,)


def _identifier(name: str) -> str:
    return name.lower().replace("♯", "_sharp").replace("♭", "_flat").replace(" ", "_")


def _pitch_class_columns(meaning: str) -> tuple[Column, ...]:
    return tuple(
        Column(_identifier(name), "number", meaning.format(name), range="0..1", decimals=4)
        for name in _PITCH_CLASSES
    )


def _key_columns() -> tuple[Column, ...]:
    names = (Key.at(row).name for row in range(24))
    return tuple(
        Column(_identifier(name), "number", f"How well {name} fits.", range="-1..1", decimals=4)
        for name in names
    )


def _likely_columns(names: Iterable[str]) -> tuple[Column, ...]:
    return tuple(
        Column(_identifier(name), "number", f"How likely {name} is heard.", range="0..1")
        for name in names
    )


def _lufs(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, unit="LUFS", range="-70..", decimals=2)


def _semitones(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, unit="semitones", range="0..127", decimals=2)


CURVES = (
    Curve(
        "loudness-curve",
        "Loudness along time, ten times a second, each value at the centre of its window.",
        "loudness",
        (
            _lufs("momentary_lufs", "Loudness over 400 ms; empty where the window does not fit."),
            _lufs("short_term_lufs", "Loudness over 3 s; empty where the window does not fit."),
        ),
        _loudness,
    ),
    Curve(
        "dynamics",
        "How loudness moves around the track's own.",
        "dynamics",
        (
            Column(
                "level_lu",
                "number",
                "Smoothed loudness against the track's own; below 0, softer.",
                unit="LU",
                decimals=2,
            ),
        ),
        _dynamics,
    ),
    Curve(
        "theme-chroma",
        "The pitch class of the theme, heard through the accompaniment.",
        "theme_chroma",
        (
            *_pitch_class_columns("How surely the theme sounds a {0}."),
            Column(
                "no_theme",
                "number",
                "How surely no theme sounds; with the 12 pitch classes it sums to 1.",
                range="0..1",
                decimals=4,
            ),
        ),
        lambda hearing: _alone(hearing.theme_chroma),
    ),
    Curve(
        "chroma",
        "Energy by pitch class.",
        "chroma",
        _pitch_class_columns("Energy of {0} in all octaves."),
        lambda hearing: (hearing.chroma,),
    ),
    Curve(
        "key-curve",
        "How well each of the 24 keys fits, along time (correlation).",
        "key",
        _key_columns(),
        lambda hearing: (hearing.key.strengths,),
    ),
    Curve(
        "tempo-curve",
        "Tempo along time; where the pulse is not clear it is a best guess.",
        "tempo",
        (
            Column("tempo_bpm", "number", "Beats a minute.", unit="bpm", range="0..", decimals=2),
            Column("clarity", "number", "How clearly the pulse is felt.", range="0..1"),
        ),
        lambda hearing: (hearing.tempo.tempo, hearing.tempo.clarity),
    ),
    Curve(
        "novelty",
        "How much changes at each instant at the level of sections.",
        "sections",
        (Column("novelty", "number", "Sections are cut at its peaks.", range="0..1", decimals=4),),
        lambda hearing: (hearing.sections.novelty,),
    ),
    Curve(
        "brightness",
        "Where the weight of the spectrum lies.",
        "brightness",
        (
            Column(
                "centroid_hz",
                "number",
                "Spectral centroid; higher is brighter.",
                unit="Hz",
                range="0..",
                decimals=1,
            ),
        ),
        lambda hearing: _alone(hearing.brightness),
    ),
    Curve(
        "density",
        "How busy the music is.",
        "density",
        (
            Column(
                "notes_per_s",
                "number",
                "Notes that begin, a second.",
                unit="1/s",
                range="0..",
            ),
        ),
        lambda hearing: (hearing.density,),
    ),
    Curve(
        "register",
        "How high the music lies.",
        "register",
        (
            _semitones("low_midi_pitch", "The low edge of what sounds; 60 is middle C."),
            _semitones("centre_midi_pitch", "The centre of what sounds."),
            _semitones("high_midi_pitch", "The high edge of what sounds."),
            Column(
                "sounding",
                "whole number",
                "1 where notes sound; 0 where none do and the last values are held.",
                range="0 or 1",
            ),
        ),
        lambda hearing: (hearing.register.pitch, hearing.register.sounding),
    ),
    *HARMONY_CURVES,
    *TEXTURE_CURVES,
    Curve(
        "instrument-curve",
        "Who plays, once a second: how likely each instrument is heard.",
        "instruments",
        _likely_columns(FAMILY_OF),
        lambda hearing: (hearing.instruments.instruments,),
    ),
    Curve(
        "family-curve",
        "Which families of instruments play, once a second.",
        "instruments",
        _likely_columns(FAMILIES),
        lambda hearing: (hearing.instruments.families,),
    ),
    Curve(
        "voice-curve",
        "Speech and singing, once a second; 0 in a score.",
        "instruments",
        _likely_columns(VOICES),
        lambda hearing: (hearing.instruments.voices,),
    ),
)
