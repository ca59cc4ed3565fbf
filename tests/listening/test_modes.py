"""Modes: the scale, and which of its tones is home."""

from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.key import key
from unsung.listening.modes import modes
from unsung.model.harmony import SCALES, Mode
from unsung.model.notes import Notes
from unsung.model.outcomes import UNDECIDED
from unsung.model.settings import KeySettings


def tune(scale, tonic, seed=0, count=144):
    """A line that wanders along the scale and comes to rest on the tonic."""
    dice, steps = np.random.default_rng(seed), SCALES[scale]
    moves = dice.choice([-2, -1, 1, 2], count).tolist()
    places = np.array(list(accumulate(moves, lambda a, b: min(max(a + b, -3), len(steps) + 2))))
    places[[0, *range(11, count, 12)]] = 0
    lasts_s = np.where(np.arange(count) % 12 == 11, 1.0, 0.5)
    pitches = [60 + tonic + 12 * (p // len(steps)) + steps[p % len(steps)] for p in places]
    return Notes.sorted(np.r_[0, np.cumsum(lasts_s)[:-1]], lasts_s, pitches)


def over_a_drone(line, tonic):
    end_s = float(line.end_s.max())
    return Notes.sorted(
        np.r_[line.onset_s, 0.0],
        np.r_[line.duration_s, end_s],
        np.r_[line.midi_pitch, 36 + tonic],
    )


def heard(notes, duration_s=None):
    duration_s = float(duration_s or notes.end_s.max())
    return modes(notes, key(notes, duration_s, KeySettings()), duration_s).spans


def longest(spans):
    return max(spans, key=lambda one: one.span.duration_s)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("tonic", [0, 7])
def test_a_tune_over_a_drone_is_in_the_mode_of_the_drone(scale, tonic):
    found = longest(heard(over_a_drone(tune(scale, tonic, seed=2), tonic)))
    assert found.mode == Mode(tonic, scale)
    assert found.margin > 0.05
    assert 0.2 < found.tonic_evidence <= 1


def test_the_drone_decides_between_relative_modes():
    """The same white notes, evenly: over D they are Dorian, over G Mixolydian."""
    dice = np.random.default_rng(4)
    pitches = np.concatenate([dice.permutation([60, 62, 64, 65, 67, 69, 71]) for _ in range(20)])
    line = Notes.sorted(0.5 * np.arange(140), np.full(140, 0.5), pitches)
    assert longest(heard(over_a_drone(line, 2))).mode == Mode(2, "Dorian")
    assert longest(heard(over_a_drone(line, 7))).mode == Mode(7, "Mixolydian")


def test_white_notes_without_a_home_are_undecided():
    dice = np.random.default_rng(0)
    pitches = dice.permutation(np.resize([48, 50, 52, 53, 55, 57, 59], 140))
    even = Notes.sorted(0.3 * np.arange(140), np.full(140, 0.3), pitches)
    assert longest(heard(even)).mode is UNDECIDED


def test_fewer_than_five_tones_are_no_mode():
    arpeggio = Notes.sorted(0.5 * np.arange(80), np.full(80, 0.5), np.resize([48, 52, 55], 80))
    assert [one.mode for one in heard(arpeggio)] == [UNDECIDED]


def test_all_twelve_tones_are_no_mode():
    row = np.random.default_rng(1).permutation(np.resize(np.arange(48, 60), 144))
    music = Notes.sorted(0.3 * np.arange(144), np.full(144, 0.3), row)
    assert {one.mode for one in heard(music)} == {UNDECIDED}


@pytest.mark.parametrize("duration_s", [1 / 22050, 0.4, 12.6])
def test_silence_is_undecided(duration_s):
    [one] = heard(Notes.none(), duration_s)
    assert one.mode is UNDECIDED
    assert one.span.end_s == duration_s


any_notes = st.lists(
    st.tuples(st.floats(0, 40), st.floats(0.05, 6), st.integers(30, 90)), min_size=1, max_size=50
)


@settings(max_examples=40, deadline=None)
@given(any_notes, st.floats(0.1, 60))
def test_spans_cover_the_track_and_stay_in_range(rows, duration_s):
    spans = heard(Notes.sorted(*np.array(rows, float).T), duration_s)
    edges = [(one.span.start_s, one.span.end_s) for one in spans]
    assert edges[0][0] == 0
    assert edges[-1][1] == duration_s
    assert all(end == start for (_, end), (start, _) in pairwise(edges))
    assert all(0 <= one.margin <= 1 and 0 <= one.tonic_evidence <= 1 for one in spans)
