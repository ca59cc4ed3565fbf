"""One voice alone: what it sang is written down, in whatever key, tuning and octave."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as some

from unsung.listening.sung import sung_notes
from unsung.model.sound import Audio

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from voices import LASTS_S, RATE_HZ, TUNE, voice

STEPS = np.diff(TUNE).tolist()


def written_down(samples, rate_hz=RATE_HZ):
    return sung_notes(Audio(np.asarray(samples, np.float32)[np.newaxis], rate_hz))


def steps(line):
    return np.diff(line.midi_pitch).tolist()


def test_a_line_is_written_down_as_it_was_sung():
    line = written_down(voice())
    assert line.midi_pitch.tolist() == list(TUNE)
    begins_s = 0.3 + np.concatenate([[0], np.cumsum(LASTS_S)[:-1]])
    assert np.abs(line.onset_s - begins_s).max() < 0.08
    assert line.salience.min() > 0.7


@trials(max_examples=12)
@given(some.floats(-20, 8))
def test_in_any_key_and_tuning_the_steps_are_those_that_were_sung(semitones):
    assert steps(written_down(voice(semitones=semitones))) == STEPS


def test_a_singer_who_sinks_by_a_semitone_is_followed():
    assert steps(written_down(voice(drift=-0.9))) == STEPS


def test_a_whistle_keeps_its_octave():
    line = written_down(voice(semitones=24, overtones=1))
    assert line.midi_pitch.tolist() == [pitch + 24 for pitch in TUNE]


@pytest.mark.parametrize("gain", [0.03, 3.0])
def test_how_loud_somebody_sings_changes_nothing(gain):
    assert written_down(gain * voice()).midi_pitch.tolist() == list(TUNE)


def test_a_note_struck_again_is_two_notes():
    line = written_down(voice((64, 64, 67, 67), (0.5, 0.5, 0.5, 0.5)))
    assert line.midi_pitch.tolist() == [64, 64, 67, 67]


def test_a_single_note_is_one_note():
    assert written_down(voice((69,), (0.8,))).midi_pitch.tolist() == [69]


@pytest.mark.parametrize("samples", [0, 1, 200, RATE_HZ])
def test_silence_has_no_notes_however_short(samples):
    assert len(written_down(np.zeros(samples))) == 0


def test_noise_has_no_notes():
    noise = np.random.default_rng(1).normal(0, 0.2, 2 * RATE_HZ)
    assert len(written_down(noise)) == 0
