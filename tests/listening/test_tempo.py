"""A pulse is followed where there is one, and none is invented where there is none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.loudness import loudness
from unsung.listening.pulse import pulse
from unsung.listening.tempo import score_tempo, tempo
from unsung.listening.transcription import notes
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CLEAR_PULSE
from unsung.model.score import Score, TempoMark
from unsung.model.settings import NotesSettings, TempoSettings
from unsung.model.sound import Audio

RATE_HZ = 22_050
DEFAULTS = TempoSettings()


def clicks(beats_s, seconds):
    """A wood block on every beat."""
    samples = np.zeros(round((seconds + 1) * RATE_HZ))
    time_s = np.arange(RATE_HZ // 20) / RATE_HZ
    block = np.exp(-time_s / 0.01) * np.sin(2 * np.pi * 1500 * time_s)
    for beat_s in beats_s:
        start = round(beat_s * RATE_HZ)
        samples[start : start + len(block)] += block
    return samples[: round(seconds * RATE_HZ)]


def steady(bpm, seconds=24.0):
    return clicks(np.arange(0, seconds, 60 / bpm), seconds)


def tone(midi_pitch, lasting_s, attack_s=0.02):
    """Five overtones, swelling and dying away."""
    since_s = np.arange(round(lasting_s * RATE_HZ)) / RATE_HZ
    envelope = np.clip(np.minimum(since_s, lasting_s - since_s) / attack_s, 0, 1)
    frequency_hz = 440 * 2 ** ((midi_pitch - 69) / 12)
    waves = (np.sin(2 * np.pi * frequency_hz * k * since_s) / k**1.5 for k in range(1, 6))
    return 0.1 * envelope * sum(waves)


def played(notes, seconds):
    """Tones that begin at the given seconds, cut where the sound ends."""
    sound = np.zeros(round(seconds * RATE_HZ))
    for start_s, wave in notes:
        room = sound[round(start_s * RATE_HZ) :]
        room[: len(wave)] += wave[: len(room)]
    return sound


def waltz(bpm, seconds=20.0):
    """Bass on one, chords on two and three, and a melody of long notes above."""
    beat_s = 60 / bpm
    chord = sum(tone(pitch, 0.4 * beat_s) for pitch in (60, 64, 67))
    notes = []
    for bar in range(int(seconds / beat_s / 3)):
        start_s = 3 * bar * beat_s
        melody = tone(72 + (bar * 5) % 12, 2.9 * beat_s, attack_s=0.1)
        notes += [(start_s, tone(36 + 5 * (bar % 2), 0.9 * beat_s)), (start_s, melody)]
        notes += [(start_s + beat * beat_s, chord) for beat in (1, 2)]
    return played(notes, seconds)


def pad(seconds=40.0, seed=0):
    """Slow chords that swell and change when they please."""
    dice = np.random.default_rng(seed)
    notes, at_s = [], 0.0
    while at_s < seconds - 2:
        lasting_s = dice.uniform(2.5, 6)
        chord = dice.choice([48, 52, 55, 57, 60, 62, 64, 67], 4, replace=False)
        notes += [(at_s, tone(pitch, lasting_s, attack_s=0.8)) for pitch in chord]
        at_s += 0.8 * lasting_s
    return played(notes, seconds)


def drone(seconds=30.0):
    return tone(45, seconds, attack_s=2)


def noise(seconds=30.0):
    return np.random.default_rng(0).normal(0, 0.1, round(seconds * RATE_HZ))


def free_notes(seconds=40.0, seed=1):
    """Plucked notes after waits of every length."""
    dice = np.random.default_rng(seed)
    return clicks(np.cumsum(dice.gamma(2, 0.3, 200))[:60], seconds)


def heard(samples, settings=DEFAULTS):
    audio = Audio([samples], RATE_HZ)
    felt = pulse(audio, notes(audio, NotesSettings()), loudness(audio), settings)
    return tempo(felt, audio.duration_s, settings)


@pytest.mark.parametrize("bpm", [60, 90, 120, 200])
def test_a_click_track_has_its_tempo_or_twice_or_half_of_it(bpm):
    found = heard(steady(bpm))
    felt_bpm = bpm * 2.0 ** round(np.log2(found.overall_bpm / bpm))
    assert found.overall_bpm == pytest.approx(felt_bpm, rel=0.02)
    assert found.tempo.values == pytest.approx(felt_bpm, rel=0.02)
    assert np.median(found.clarity.values) > 0.4
    (span,) = found.spans
    assert span.tempo_bpm == pytest.approx(felt_bpm, rel=0.02)


@pytest.mark.parametrize("bpm", [84, 132, 180])
def test_a_waltz_with_its_accompaniment_has_a_clear_pulse_in_three_or_in_one(bpm):
    found = heard(waltz(bpm))
    assert any(found.overall_bpm == pytest.approx(bpm / n, rel=0.02) for n in (1, 3))


@pytest.mark.parametrize("sound", [noise, drone, pad])
def test_what_has_no_beat_has_no_clear_pulse(sound):
    found = heard(sound())
    assert found.overall_bpm is NO_CLEAR_PULSE
    unclear_s = sum(s.span.duration_s for s in found.spans if s.tempo_bpm is NO_CLEAR_PULSE)
    assert unclear_s > 0.7 * len(sound()) / RATE_HZ


def test_an_accelerando_is_followed():
    seconds, start_bpm, end_bpm = 60.0, 80.0, 140.0
    beats = np.arange(200)
    slope = (end_bpm - start_bpm) / seconds / 60
    beats_s = (np.sqrt((start_bpm / 60) ** 2 + 2 * slope * beats) - start_bpm / 60) / slope
    found = heard(clicks(beats_s[beats_s < seconds], seconds))
    inner = slice(12, -12)
    expected = start_bpm + (end_bpm - start_bpm) * found.tempo.times_s / seconds
    assert found.tempo.values[0, inner] == pytest.approx(expected[inner], rel=0.04)
    tempos = [span.tempo_bpm for span in found.spans]
    assert tempos == sorted(tempos)


def test_notes_as_they_please_have_a_clear_pulse_only_by_luck():
    unclear = [heard(free_notes(seed=seed)).overall_bpm is NO_CLEAR_PULSE for seed in range(6)]
    assert np.mean(unclear) > 0.8


def test_where_the_pulse_ends_the_spans_say_so():
    found = heard(np.concatenate([waltz(120), noise(20.0) / 10]))
    pulse, rest = found.spans
    assert pulse.tempo_bpm == pytest.approx(120, rel=0.02)
    assert rest.tempo_bpm is NO_CLEAR_PULSE
    assert pulse.span.end_s == pytest.approx(20, abs=8)


@settings(deadline=None, max_examples=6)
@given(gain=st.floats(0.01, 3.0))
def test_gain_changes_nothing(gain):
    sound = waltz(100, 12.0)
    expected = heard(sound)
    assert heard(gain * sound).tempo.values == pytest.approx(expected.tempo.values, rel=1e-2)


@pytest.mark.parametrize("samples", [0, 1, 500, 30_000, 300_000])
def test_silence_and_the_shortest_sounds_have_no_pulse(samples):
    for sound in (np.zeros(samples), np.eye(1, samples)[0]):
        found = heard(sound)
        assert found.overall_bpm is NO_CLEAR_PULSE
        assert sum(span.span.duration_s for span in found.spans) == pytest.approx(samples / RATE_HZ)
        assert found.tempo.values.shape == found.clarity.values.shape


@pytest.mark.parametrize("slowest_bpm", [20.0, 100.0])
@pytest.mark.parametrize("fastest_bpm", [100.0, 400.0])
@pytest.mark.parametrize("window_s", [3.0, 30.0])
def test_every_setting_that_is_allowed_works(slowest_bpm, fastest_bpm, window_s):
    extreme = TempoSettings(slowest_bpm, fastest_bpm, window_s)
    found = heard(steady(100.0, 40.0), extreme)
    assert found.tempo.values.min() >= slowest_bpm - 1e-3
    assert found.tempo.values.max() <= fastest_bpm + 1e-3
    assert found.spans[0].span.start_s == 0
    assert found.spans[-1].span.end_s == 40


def score(onset_ql, bpm, marks=()):
    """Notes a quarter long at a steady speed."""
    onset_ql = np.array(onset_ql, float)
    onset_s, quarter_s = onset_ql * 60 / bpm, 60 / bpm
    notes = Notes.sorted(onset_s, quarter_s, np.full(len(onset_ql), 60))
    length_s = float(notes.end_s.max()) if len(notes) else 2.0
    return Score(notes, onset_ql, np.ones(len(onset_ql)), length_s, tempo_marks=marks)


def test_a_scores_mark_is_its_tempo():
    found = score_tempo(score(range(8), 96.0, (TempoMark(0.0, 0.0, 96.0),)))
    assert found.overall_bpm == 96
    assert (found.tempo.values == 96).all()
    assert (found.clarity.values == 1).all()
    assert len(found.spans) == 1


def test_a_score_that_changes_its_tempo_changes_at_the_mark():
    marks = (TempoMark(0.0, 0.0, 60.0), TempoMark(4.0, 4.0, 120.0))
    found = score_tempo(score(range(10), 60.0, marks))
    first, second = found.spans
    assert (first.tempo_bpm, second.tempo_bpm) == (60, 120)
    assert first.span.end_s == second.span.start_s == 4
    assert found.tempo.values[0, [7, 8]] == pytest.approx([60, 120])
    assert found.overall_bpm == 120


def test_a_ritardando_in_small_steps_is_some_spans_not_hundreds():
    marks = tuple(TempoMark(k / 10, k / 5, 120.0 - k / 5) for k in range(200))
    spans = score_tempo(score(range(40), 120.0, marks)).spans
    assert 3 <= len(spans) <= 12
    tempos = [span.tempo_bpm for span in spans]
    assert tempos == sorted(tempos, reverse=True)


def test_a_mark_that_comes_late_holds_from_the_beginning():
    found = score_tempo(score(range(8), 60.0, (TempoMark(1.0, 1.0, 60.0),)))
    assert found.spans[0].span.start_s == 0
    assert found.overall_bpm == 60


@settings(deadline=None, max_examples=20)
@given(bpm=st.floats(30, 300))
def test_without_marks_the_notes_tell_the_tempo(bpm):
    found = score_tempo(score([0, 1, 1, 2.5, 3, 7], bpm))
    assert found.overall_bpm == pytest.approx(bpm, rel=1e-3)
    assert (found.clarity.values == 1).all()


def test_a_score_without_notes_has_no_pulse():
    for marks in ((), (TempoMark(0.0, 0.0, 90.0),)):
        found = score_tempo(score([], 60.0, marks))
        assert found.overall_bpm is NO_CLEAR_PULSE
        assert (found.clarity.values == 0).all()
        assert [span.tempo_bpm for span in found.spans] == [NO_CLEAR_PULSE]


def test_a_score_that_lasts_no_time_has_no_spans():
    assert score_tempo(Score(Notes.none(), [], [], 0.0)).spans == ()


def test_one_note_is_enough_for_a_score():
    assert score_tempo(score([0], 80.0)).overall_bpm == pytest.approx(80)
