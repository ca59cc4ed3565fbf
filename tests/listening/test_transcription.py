"""Notes are heard where they are played: on pitch, on time, at any loudness, after any delay."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from unsung.listening.transcription import notes, notes_from_posteriors, posteriors
from unsung.model.notes import Notes
from unsung.model.settings import NotesSettings
from unsung.model.sound import Audio

RATE = 22_050
FRAME_S = 256 / RATE


def plucked(onsets_s, pitches, duration_s, gain=0.25):
    """Tones of six partials that die away, as a plucked string's."""
    samples = np.zeros(round(duration_s * RATE), np.float32)
    time_s = np.arange(round(0.6 * RATE)) / RATE
    for onset_s, pitch in zip(onsets_s, pitches, strict=True):
        hz = 440 * 2 ** ((pitch - 69) / 12)
        partials = [np.sin(2 * np.pi * k * hz * time_s) / k**1.5 for k in range(1, 7)]
        fading = np.exp(-4 * time_s) * np.clip(40 - 67 * time_s, 0, 1)
        tone = gain * np.sum(partials, axis=0) * fading
        start = round(onset_s * RATE)
        room = samples[start : start + tone.size]
        room += tone[: room.size].astype(np.float32)
    return Audio(samples[None], RATE)


def heard(audio):
    return notes(audio, NotesSettings())


def surely(found):
    """Without the octaves that are heard faintly within a tone."""
    return found.where(found.salience >= 0.55)


def onset_errors_s(found, onsets_s, pitches):
    return [
        np.abs(found.onset_s[found.midi_pitch == pitch] - onset_s).min()
        for onset_s, pitch in zip(onsets_s, pitches, strict=True)
    ]


def test_a_scale_is_heard_note_for_note():
    pitches = [60, 62, 64, 65, 67, 69, 71, 72]
    onsets_s = 0.5 + 0.5 * np.arange(8)
    found = heard(plucked(onsets_s, pitches, 5.0))
    assert found.midi_pitch.tolist() == pitches
    assert max(onset_errors_s(found, onsets_s, pitches)) < 0.03


def test_the_clock_is_as_exact_after_five_minutes_as_at_the_start():
    pitches = [57, 64, 60, 67, 62, 69, 65, 72]
    near_start, near_end = 1.03 + 0.61 * np.arange(8), 294.07 + 0.61 * np.arange(8)
    onsets_s = np.concatenate([near_start, near_end])
    found = heard(plucked(onsets_s, pitches * 2, 300.0))
    halves = [found.where(found.onset_s < 150), found.where(found.onset_s >= 150)]
    errors_s = [
        onset_errors_s(half, played_s, pitches)
        for half, played_s in zip(halves, (near_start, near_end), strict=True)
    ]
    assert np.max(errors_s) < 0.03
    assert abs(np.mean(errors_s[1]) - np.mean(errors_s[0])) < FRAME_S / 2


def test_chords_are_heard_with_all_their_notes():
    found = heard(plucked([0.5, 0.5, 0.5, 1.5, 1.5, 1.5], [48, 64, 67, 53, 65, 69], 3.0))
    assert {48, 64, 67, 53, 65, 69} <= set(found.midi_pitch.tolist())


@pytest.mark.parametrize("semitones", [-7, 5])
def test_music_transposed_is_heard_transposed(semitones):
    onsets_s, pitches = [0.4, 0.9, 1.4, 1.9], np.array([60, 64, 67, 65])
    found = surely(heard(plucked(onsets_s, pitches + semitones, 3.0)))
    assert (found.midi_pitch - semitones).tolist() == pitches.tolist()


def test_music_delayed_by_whole_windows_is_heard_later_and_else_the_same():
    onsets_s, pitches = [0.4, 0.9, 1.4], [60, 64, 67]
    delay = 3 * 142 * 256
    first = plucked(onsets_s, pitches, 3.0)
    later = Audio(np.pad(first.samples, ((0, 0), (delay, 0))), RATE)
    early, late = heard(first), heard(later)
    np.testing.assert_allclose(late.onset_s - delay / RATE, early.onset_s, atol=FRAME_S)
    assert late.midi_pitch.tolist() == early.midi_pitch.tolist()


@pytest.mark.parametrize("gain", [0.4, 0.01, 0.002])
def test_soft_music_is_heard_as_well_as_loud(gain):
    onsets_s, pitches = [0.4, 0.9, 1.4], [60, 64, 67]
    found = surely(heard(plucked(onsets_s, pitches, 3.0, gain)))
    assert max(onset_errors_s(found, onsets_s, pitches)) < 0.03


@pytest.mark.parametrize("samples", [1, 100, 44_100, 20 * RATE])
def test_silence_has_no_notes(samples):
    assert heard(Audio(np.zeros((1, samples), np.float32), RATE)) == Notes.none()


def test_sound_of_a_single_sample_has_no_notes():
    assert len(heard(Audio(np.full((1, 1), 0.5, np.float32), RATE))) == 0


def test_noise_is_met_without_complaint():
    noise = np.random.default_rng(0).standard_normal((1, 2 * RATE)) / 10
    found = heard(Audio(noise.astype(np.float32), RATE))
    assert ((found.salience >= 0) & (found.salience <= 1)).all()


def test_silent_stretches_are_certain_of_no_note():
    sounding, beginning = posteriors(plucked([0.2], [60], 20.0))
    assert sounding.shape == beginning.shape == (88, -(-20 * RATE // 256))
    assert sounding[:, 500:].max() == beginning[:, 500:].max() == 0


# From here on the two curves are written by hand.


def curves(frames=200):
    return np.zeros((88, frames), np.float16), np.zeros((88, frames), np.float16)


def read(sounding, beginning, **asked):
    return notes_from_posteriors(sounding, beginning, NotesSettings(**asked))


def test_a_note_lasts_while_its_pitch_is_likely():
    sounding, beginning = curves()
    sounding[39, 50:90], beginning[39, 50] = 0.75, 0.9
    found = read(sounding, beginning)
    assert found.midi_pitch.tolist() == [60]
    np.testing.assert_allclose(found.onset_s, 50 * FRAME_S)
    np.testing.assert_allclose(found.end_s, 90 * FRAME_S)
    np.testing.assert_allclose(found.salience, 0.75, atol=1e-3)


@pytest.mark.parametrize(("strength", "count"), [(0.9, 2), (0.4, 1)])
def test_a_sounding_pitch_begins_anew_only_on_a_clear_onset(strength, count):
    sounding, beginning = curves()
    sounding[39, 50:130], beginning[39, 50], beginning[39, 90] = 0.8, 0.9, strength
    assert len(read(sounding, beginning)) == count


@pytest.mark.parametrize(("likely", "count"), [(0.8, 1), (0.4, 0)])
def test_without_an_onset_only_what_sounds_surely_is_a_note(likely, count):
    sounding, beginning = curves()
    sounding[39, 50:90] = likely
    assert len(read(sounding, beginning)) == count


def test_of_two_neighbours_the_likelier_is_heard():
    sounding, beginning = curves()
    sounding[39, 50:90], sounding[40, 50:90] = 0.8, 0.5
    beginning[39:41, 50] = 0.9
    assert read(sounding, beginning).midi_pitch.tolist() == [60]


def test_a_flicker_shorter_than_the_least_note_is_none():
    sounding, beginning = curves()
    sounding[39, 50:60], beginning[39, 50] = 0.8, 0.9
    assert len(read(sounding, beginning, least_note_s=0.1)) == 1
    assert len(read(sounding, beginning, least_note_s=0.2)) == 0


def test_a_higher_threshold_hears_no_more_frames():
    dice = np.random.default_rng(1)
    sounding, beginning = (dice.random((88, 300)).astype(np.float16) for _ in range(2))
    total_s = [read(sounding, beginning, frame_threshold=t).duration_s.sum() for t in (0.3, 0.95)]
    assert total_s[1] < total_s[0]


likelihoods = hnp.arrays(np.float16, (4, 120), elements=st.floats(0, 1, width=16))


@settings(max_examples=60, deadline=None)
@given(likelihoods, likelihoods)
def test_a_pitch_never_sounds_twice_at_once(sounding, beginning):
    found = read(sounding, beginning)
    for pitch in set(found.midi_pitch.tolist()):
        one = found.where(found.midi_pitch == pitch)
        assert (one.end_s[:-1] <= one.onset_s[1:] + 1e-9).all()


@settings(max_examples=30, deadline=None)
@given(likelihoods, likelihoods, st.integers(20, 60))
def test_curves_moved_in_time_tell_the_same_notes_later(sounding, beginning, frames):
    rests = [((0, 0), (before, 60)) for before in (20, 20 + frames)]
    first, moved = (read(np.pad(sounding, rest), np.pad(beginning, rest)) for rest in rests)
    np.testing.assert_allclose(moved.onset_s, first.onset_s + frames * FRAME_S)
    assert moved.midi_pitch.tolist() == first.midi_pitch.tolist()
