"""Colours and atonality: collections that have a name, and music that has no centre."""

import numpy as np
import pytest

from unsung.listening.atonality import atonality
from unsung.listening.colours import colours
from unsung.listening.key import key
from unsung.model.notes import Notes
from unsung.model.settings import KeySettings

SETS = {
    "C": (0,),
    "triad": (0, 4, 7),
    "augmented": (0, 4, 8),
    "diminished": (0, 3, 6, 9),
    "pentatonic": (0, 2, 4, 7, 9),
    "diatonic": (0, 2, 4, 5, 7, 9, 11),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "whole-tone": (0, 2, 4, 6, 8, 10),
    "octatonic": (0, 1, 3, 4, 6, 7, 9, 10),
    "hexatonic": (0, 1, 4, 5, 8, 9),
    "chromatic": tuple(range(12)),
}


def held(steps, lasts_s=20.0):
    return Notes.sorted(np.zeros(len(steps)), np.full(len(steps), lasts_s), np.add(steps, 60))


def line(steps, count=120, each_s=0.25):
    """All the tones in ever new orders."""
    dice = np.random.default_rng(3)
    rows = [dice.permutation(steps) for _ in range(count // len(steps) + 1)]
    chosen = np.concatenate(rows)[:count]
    return Notes.sorted(each_s * np.arange(count), np.full(count, each_s), 60 + chosen)


@pytest.mark.parametrize(
    ("name", "magnitudes"),
    [
        ("C", (1, 1, 1, 1, 1, 1)),
        ("triad", (0.173, 0.333, 0.745, 0.577, 0.644, 0.333)),
        ("augmented", (0, 0, 1, 0, 0, 1)),
        ("diminished", (0, 0, 0, 1, 0, 0)),
        ("pentatonic", (0.054, 0.2, 0.2, 0.2, 0.746, 0.2)),
        ("diatonic", (0.038, 0.143, 0.143, 0.143, 0.533, 0.143)),
        ("harmonic minor", (0.074, 0.143, 0.319, 0.378, 0.276, 0.143)),
        ("whole-tone", (0, 0, 0, 0, 0, 1)),
        ("octatonic", (0, 0, 0, 0.5, 0, 0)),
        ("chromatic", (0, 0, 0, 0, 0, 0)),
    ],
)
def test_sets_lean_on_intervals_as_published(name, magnitudes):
    found = colours(held(SETS[name]), 20.0).intervals.values[:, 10]
    np.testing.assert_allclose(found, magnitudes, atol=1e-3)


@pytest.mark.parametrize("semitones", [0, 1, 7])
@pytest.mark.parametrize(
    "name", ["augmented", "pentatonic", "diatonic", "whole-tone", "octatonic", "hexatonic"]
)
def test_a_collection_is_named(name, semitones):
    music = line(np.add(SETS[name], semitones))
    spans = colours(music, 30.0).spans
    assert {one.colour for one in spans} <= {name, "pentatonic"}
    assert sum(one.span.duration_s for one in spans if one.colour == name) > 20
    assert all(one.purity > 0.93 for one in spans)


@pytest.mark.parametrize("name", ["C", "triad", "chromatic", "harmonic minor", "diminished"])
def test_what_is_no_collection_of_the_list_has_no_name(name):
    assert colours(held(SETS[name]), 20.0).spans == ()


def test_silence_has_no_colour():
    found = colours(Notes.none(), 12.3)
    assert found.spans == ()
    assert not found.intervals.values.any()


def atonal(notes, duration_s=30.0):
    return atonality(notes, key(notes, duration_s, KeySettings()), duration_s)


def test_a_scale_is_tonal_and_a_row_is_not():
    scale, row = atonal(line(SETS["diatonic"])), atonal(line(SETS["chromatic"]))
    assert scale.index.values.max() < 0.2
    assert scale.spans == ()
    assert np.median(row.index.values) > 0.65
    assert sum(one.duration_s for one in row.spans) > 20


def test_music_that_modulates_is_not_atonal():
    """All twelve tones in the end, but never at once."""
    columns = ("onset_s", "duration_s", "midi_pitch")
    parts = [(line(np.add(SETS["diatonic"], 6 * k)), 30.0 * k) for k in range(2)]
    music = Notes.sorted(
        np.concatenate([part.onset_s + start_s for part, start_s in parts]),
        *(np.concatenate([getattr(part, c) for part, _ in parts]) for c in columns[1:]),
    )
    assert atonal(music, 60.0).spans == ()


def test_one_note_and_silence_are_not_atonal():
    for notes in (held((0,)), Notes.none()):
        found = atonal(notes)
        assert found.spans == ()
        assert found.index.values.max() < 0.35


@pytest.mark.parametrize("duration_s", [1 / 22050, 0.4, 1.6])
def test_the_shortest_tracks_have_an_answer(duration_s):
    for answer in (colours(Notes.none(), duration_s), atonal(Notes.none(), duration_s)):
        assert answer.spans == ()
