"""Every noun that is remembered comes back as it was."""

from pathlib import Path

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.album import Album, Person, Track, Work
from unsung.model.hearing import KeyCurve, KeySpan, Loudness, PulseSpan, TempoCurve
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CLEAR_PULSE, SILENT, UNDECIDED, NotHeard
from unsung.model.pitch import Key
from unsung.model.score import KeyMark, MetreMark, Score, TempoMark
from unsung.model.sound import Feature
from unsung.model.texture import Articulation, Texture, TextureSpan
from unsung.model.time import Frames, Span
from unsung.store import Memory

CURVE = Feature([[0.0, 1.0], [2.0, -3.5]], Frames(12.5, 0.04))

NOUNS = [
    CURVE,
    Texture(
        CURVE,
        tuple(
            TextureSpan(Span(k, k + 1), kind, 0.5)
            for k, kind in enumerate(("monophony", SILENT, UNDECIDED))
        ),
    ),
    Articulation(CURVE, CURVE, "legato"),
    Articulation(CURVE, CURVE, SILENT),
    Loudness(-23.0, 5.5, -1.0, CURVE, CURVE),
    Loudness(SILENT, SILENT, SILENT, CURVE, CURVE),
    KeyCurve(CURVE, (KeySpan(Span(0, 1), Key(3, "minor"), 0.4),), UNDECIDED, 0.0),
    TempoCurve(CURVE, CURVE, (PulseSpan(Span(0, 2), NO_CLEAR_PULSE, 0.1),), 120.0),
    Album(
        "A", (Track(1, "a.ogg", "recording", "A", people=(Person("B", "composer"),)),), Work("W")
    ),
    Score(
        Notes.sorted([0.0], [1.0], [60]),
        [0.0],
        [2.0],
        1.0,
        (TempoMark(0, 0, 120),),
        (MetreMark(0, 3, 4),),
        (KeyMark(0, -3, Key(0, "minor")), KeyMark(4, 0)),
    ),
]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)
def test_a_noun_comes_back_as_it_was(noun: object, tmp_path: Path):
    memory = Memory(tmp_path)
    assert memory.noun(memory.plain(noun), type(noun)) == noun


def test_not_heard_comes_back_in_place_of_a_noun(tmp_path: Path):
    memory = Memory(tmp_path)
    absent = NotHeard("a score has no sound")
    assert memory.noun(memory.plain(absent), Loudness | NotHeard) == absent


def test_an_unknown_field_is_refused(tmp_path: Path):
    memory = Memory(tmp_path)
    plain = {**memory.plain(Span(0, 1)), "colour": "red"}
    with pytest.raises(Exception, match="Span"):
        memory.noun(plain, Span)


def test_arrays_come_back_read_only(tmp_path: Path):
    memory = Memory(tmp_path)
    feature = memory.noun(memory.plain(CURVE), Feature)
    with pytest.raises(ValueError, match="read-only"):
        feature.values[0, 0] = 1


@given(st.floats(0, 1e6), st.floats(1e-3, 1e6))
def test_seconds_keep_every_digit(
    tmp_path_factory: pytest.TempPathFactory, start: float, length: float
):
    memory = Memory(tmp_path_factory.getbasetemp())
    span = Span(start, start + length)
    assert attrs.astuple(memory.noun(memory.plain(span), Span)) == (start, start + length)


def test_numbers_of_numpy_are_kept_as_numbers(tmp_path: Path):
    memory = Memory(tmp_path)
    tempo = PulseSpan(Span(np.float64(0), np.float64(1)), float(np.float32(120)), 1.0)
    assert memory.noun(memory.plain(tempo), PulseSpan) == tempo
