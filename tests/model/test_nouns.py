"""Nouns are valid from birth, and never change."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.album import Album, Recording, Track
from unsung.model.notes import Notes
from unsung.model.pitch import Key, pitch_name
from unsung.model.score import Score
from unsung.model.settings import KeySettings
from unsung.model.sound import Audio, Feature
from unsung.model.time import Frames, Span

seconds = st.floats(0, 1e5)
lengths = st.floats(1e-3, 1e5)


@pytest.mark.parametrize(("start", "end"), [(1, 1), (2, 1), (-1, 1), (0, float("inf"))])
def test_a_span_goes_forward_from_zero(start: float, end: float):
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start, end)


@given(seconds, lengths, seconds, lengths)
def test_overlap_is_mutual_and_no_longer_than_either(a: float, b: float, c: float, d: float):
    one, other = Span(a, a + b), Span(c, c + d)
    assert one.overlap_s(other) == other.overlap_s(one)
    assert 0 <= one.overlap_s(other) <= min(one.duration_s, other.duration_s)


@given(st.floats(0.1, 100), st.floats(0, 10), st.integers(0, 1000))
def test_a_column_is_found_at_its_own_instant(rate_hz: float, first_s: float, column: int):
    frames = Frames(rate_hz, first_s)
    assert frames.index_at(frames.times_s(column + 1)[column]) == column


def test_neighbouring_spans_share_no_column():
    frames = Frames(10)
    first, second = (frames.slice_of(Span(*ends), 100) for ends in ((0, 1), (1, 2)))
    assert (first, second) == (slice(0, 10), slice(10, 20))


@pytest.mark.parametrize("rate_hz", [0, -1, float("nan"), float("inf")])
def test_a_clock_needs_a_positive_rate(rate_hz: float):
    with pytest.raises(ValueError, match="positive rate"):
        Frames(rate_hz)


def test_a_feature_refuses_what_is_not_finite():
    with pytest.raises(ValueError, match="finite"):
        Feature(np.array([[np.nan]], np.float32), Frames(1))


def test_nobody_writes_through_a_noun():
    audio = Audio(np.zeros((1, 4), np.float32), 4)
    with pytest.raises(ValueError, match="read-only"):
        audio.samples[0, 0] = 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        audio.sample_rate_hz = 8  # type: ignore[misc]


def test_one_row_of_sound_is_not_a_channel():
    with pytest.raises(ValueError, match="channels and samples"):
        Audio(np.zeros(4, np.float32), 4)


@given(st.lists(st.tuples(seconds, lengths, st.integers(0, 127)), max_size=20))
def test_notes_come_sorted_by_onset_then_pitch(rows: list[tuple[float, float, int]]):
    onset, duration, pitch = zip(*rows, strict=True) if rows else ((), (), ())
    notes = Notes.sorted(onset, duration, pitch)
    assert list(zip(notes.onset_s, notes.midi_pitch, strict=True)) == sorted(
        (a, c) for a, _b, c in rows
    )


@pytest.mark.parametrize(
    "columns",
    [
        ([1.0, 0.0], [1, 1], [60, 60], [1, 1], [0, 0]),
        ([0.0], [0], [60], [1], [0]),
        ([0.0], [1], [128], [1], [0]),
        ([0.0], [1], [60], [1.5], [0]),
        ([0.0], [1], [60], [1], [1]),
        ([-0.5], [1], [60], [1], [0]),
        ([0.0], [1, 2], [60], [1], [0]),
    ],
)
def test_notes_that_cannot_be_are_refused(columns: tuple[list[float], ...]):
    with pytest.raises(ValueError, match="notes need"):
        Notes(*columns)


def test_notes_are_chosen_by_when_they_start():
    notes = Notes.sorted([0, 1, 2], 1, [60, 62, 64])
    assert list(notes.starting_in(Span(1, 2)).midi_pitch) == [62]


@given(st.integers(0, 23))
def test_a_key_knows_its_row(row: int):
    assert Key.at(row).bin_index == row


def test_keys_and_pitches_are_written_as_musicians_do():
    assert [Key(3, "major").name, Key(8, "minor").name] == ["E♭ major", "G♯ minor"]
    assert [pitch_name(60.0), pitch_name(61.2), pitch_name(21.0)] == ["C4", "C♯4", "A0"]


def test_an_album_lists_a_file_once():
    track = Track(1, "a.ogg", "recording", "A")
    with pytest.raises(ValueError, match="each file once"):
        Album("A", (track, track))


def test_a_recording_lasts():
    with pytest.raises(ValueError, match="at least one sample"):
        Recording("d", 44100, 2, 0.0)


def test_a_score_lasts_until_its_last_note_ends():
    with pytest.raises(ValueError, match="last note"):
        Score(Notes.sorted([0], [2], [60]), [0], [1], 1.0)


def test_a_setting_out_of_range_is_refused():
    with pytest.raises(ValueError, match="window_s"):
        KeySettings(window_s=-1)
