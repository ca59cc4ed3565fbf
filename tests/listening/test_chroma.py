import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.listening.chroma import chroma, score_chroma, tuning
from unsung.listening.constant_q import FRAMES, constant_q
from unsung.model.notes import Notes
from unsung.model.outcomes import UNDECIDED
from unsung.model.sound import Audio

RATE_HZ = 22050
PITCHES = (60, 64, 67, 55, 71, 65)
NOTE_S = 0.8


def played(cents: float = 0, overtones: int = 5, gain: float = 0.1) -> Audio:
    """A slow broken chord, each tone with overtones."""
    times_s = np.arange(round(NOTE_S * RATE_HZ)) / RATE_HZ
    hz = 440 * 2 ** ((np.array(PITCHES) - 69 + cents / 100) / 12)
    tones = [
        np.sum([np.sin(2 * np.pi * f * k * times_s) / k for k in range(1, overtones + 1)], axis=0)
        for f in hz
    ]
    sound = np.concatenate(tones) * gain
    return Audio(sound[np.newaxis], RATE_HZ)


def written() -> Notes:
    return Notes.sorted(np.arange(len(PITCHES)) * NOTE_S, NOTE_S, PITCHES)


def noise(lasts_s: float) -> Audio:
    return Audio(np.random.default_rng(0).normal(0, 0.1, (1, round(lasts_s * RATE_HZ))), RATE_HZ)


def test_a_tone_is_mostly_its_own_pitch_class() -> None:
    shares = chroma(constant_q(played())).values
    middles = [FRAMES.index_at((k + 0.5) * NOTE_S) for k in range(len(PITCHES))]
    assert (shares[:, middles].argmax(axis=0) == np.array(PITCHES) % 12).all()
    assert shares[:, middles].max(axis=0).min() > 0.4


@pytest.mark.parametrize("semitones", [-7, 1, 5])
def test_transposing_rolls_the_rows(semitones: int) -> None:
    """Not exactly: near C2 and C6, where registers fade out, overtones weigh less."""
    here = np.roll(chroma(constant_q(played())).values, semitones, axis=0)
    there = chroma(constant_q(played(cents=100 * semitones))).values
    assert np.mean(here.argmax(axis=0) == there.argmax(axis=0)) > 0.95
    assert np.abs(here - there).mean() < 0.02


@pytest.mark.parametrize("cents", [-40, 30])
def test_a_track_out_of_tune_has_the_chroma_of_the_track_in_tune(cents: float) -> None:
    tuned, off = (chroma(constant_q(played(cents=shift))).values for shift in (0, cents))
    assert np.abs(tuned - off).mean() < 0.01


def test_gain_changes_nothing() -> None:
    loud, soft = (chroma(constant_q(played(gain=gain))).values for gain in (0.1, 0.0001))
    np.testing.assert_allclose(soft, loud, atol=1e-4)


def test_a_column_sums_to_one_on_the_clock_of_the_spectrum() -> None:
    spectrum = constant_q(played())
    shares = chroma(spectrum)
    assert shares.frames == spectrum.frames
    np.testing.assert_allclose(shares.values.sum(axis=0), 1, atol=1e-5)


def test_noise_favours_no_pitch_class() -> None:
    assert np.abs(chroma(constant_q(noise(10))).values.mean(axis=1) - 1 / 12).max() < 0.02


def test_silence_has_no_chroma() -> None:
    audio = played().samples[0]
    rest = np.zeros(6 * RATE_HZ, np.float32)
    shares = chroma(constant_q(Audio(np.concatenate([audio, rest])[np.newaxis], RATE_HZ))).values
    assert not shares[:, -12:].any()
    assert not chroma(constant_q(Audio(rest[np.newaxis], RATE_HZ))).values.any()


@pytest.mark.parametrize("samples", [0, 1])
def test_a_track_of_next_to_nothing_has_a_chroma_and_no_tuning(samples: int) -> None:
    spectrum = constant_q(Audio(np.zeros((1, samples)), RATE_HZ))
    assert chroma(spectrum).values.shape == (12, samples)
    assert tuning(spectrum).deviation_cents is UNDECIDED


@pytest.mark.parametrize("overtones", [1, 4, 8])
@pytest.mark.parametrize("cents", [-45, -20, 0, 7, 45])
def test_tuning_is_told_to_within_five_cents(cents: float, overtones: int) -> None:
    heard = tuning(constant_q(played(cents=cents, overtones=overtones)))
    assert heard.deviation_cents == pytest.approx(cents, abs=3)
    assert heard.confidence > 0.8


@pytest.mark.parametrize("lasts_s", [0.5, 5])
def test_noise_has_no_tuning(lasts_s: float) -> None:
    heard = tuning(constant_q(noise(lasts_s)))
    assert heard.deviation_cents is UNDECIDED
    assert heard.confidence < 0.1


def test_half_in_tune_and_half_a_quarter_tone_off_is_undecided() -> None:
    both = np.concatenate([played(0).samples, played(50).samples], axis=1)
    assert tuning(constant_q(Audio(both, RATE_HZ))).deviation_cents is UNDECIDED


def test_sound_and_score_agree() -> None:
    sound = chroma(constant_q(played())).values
    score = score_chroma(written(), len(PITCHES) * NOTE_S).values
    assert sound.shape == score.shape
    assert np.mean(sound.argmax(axis=0) == score.argmax(axis=0)) > 0.9


def test_a_column_is_shared_by_how_long_each_note_sounds_in_it() -> None:
    notes = Notes.sorted([0.0, 0.02], [0.02, 0.06], [60, 62])
    assert score_chroma(notes, 0.08).values[:3, 0] == pytest.approx([0.25, 0, 0.75])


def test_salience_is_strength() -> None:
    notes = Notes.sorted([0.0, 0.0], 0.08, [60, 62], salience=np.array([0.2, 0.6]))
    assert score_chroma(notes, 0.08).values[:3, 0] == pytest.approx([0.25, 0, 0.75])


def test_a_rest_in_a_score_is_all_zero() -> None:
    notes = Notes.sorted([0.0, 1.0], 0.5, [60, 62], salience=0.3)
    shares = score_chroma(notes, 2.0).values
    assert shares.shape == (12, 25)
    assert not shares[:, 8:12].any()
    assert not shares[:, 20:].any()
    assert not score_chroma(Notes.none(), 1.0).values.any()


notes_in_a_score = st.lists(
    st.tuples(st.floats(0, 5), st.floats(0.05, 2), st.integers(24, 96)), min_size=1, max_size=12
)


@given(notes_in_a_score, st.integers(-12, 12))
def test_transposing_a_score_rolls_its_rows(
    rows: list[tuple[float, float, int]], semitones: int
) -> None:
    onset_s, duration_s, pitch = (np.array(column) for column in zip(*rows, strict=True))
    here = score_chroma(Notes.sorted(onset_s, duration_s, pitch), 8.0).values
    there = score_chroma(Notes.sorted(onset_s, duration_s, pitch + semitones), 8.0).values
    np.testing.assert_allclose(np.roll(here, semitones, axis=0), there, atol=1e-5)
    total = here.sum(axis=0)
    assert (np.isclose(total, 1, atol=1e-5) | (total == 0)).all()
