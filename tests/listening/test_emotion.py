"""What is heard of emotion stands on known scales, moves as it should, and says where it turns."""

import librosa
import numpy as np
import pytest

from unsung.listening.colour import ROWS, sound_colour
from unsung.listening.emotion import emotion, emotion_table
from unsung.listening.turning_points import turning_points
from unsung.model.emotion import Emotion, Reliability
from unsung.model.hearing import (
    KeyCurve,
    KeySpan,
    Loudness,
    PulseSpan,
    Register,
    Sections,
    TempoCurve,
)
from unsung.model.outcomes import NO_CLEAR_PULSE
from unsung.model.pitch import Key
from unsung.model.pulse import Beats, Pulse
from unsung.model.sound import Audio, Feature
from unsung.model.time import Frames, Span

RATE_HZ = 22_050


def music(seconds=12.0, gain=0.3, harmonics=8):
    """Chords with overtones under a little noise."""
    dice, since_s = np.random.default_rng(0), np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    roots = (220.0, 277.2, 329.6, 440.0)
    tones = sum(
        np.sin(2 * np.pi * hz * k * since_s) / k for hz in roots for k in range(1, harmonics)
    )
    beating = 0.6 + 0.4 * np.sin(2 * np.pi * 1.7 * since_s)
    return gain * beating * (0.1 * tones + 0.02 * dice.standard_normal(len(since_s)))


def test_colour_is_on_librosas_scales():
    sound = music().astype(np.float32)
    spectra = np.abs(librosa.stft(sound))
    theirs = np.concatenate([
        librosa.feature.rms(y=sound), librosa.feature.spectral_centroid(S=spectra, sr=RATE_HZ),
        librosa.feature.spectral_bandwidth(S=spectra, sr=RATE_HZ),
        librosa.feature.spectral_rolloff(S=spectra, sr=RATE_HZ),
        librosa.feature.zero_crossing_rate(sound), librosa.feature.mfcc(y=sound, sr=RATE_HZ),
    ]).mean(axis=1)  # fmt: skip
    ours = sound_colour(Audio([sound], RATE_HZ)).values.mean(axis=1)
    spread = np.array(emotion_table()["regression"]["spread"])
    assert len(ours) == len(ROWS) == len(theirs)
    assert np.abs(ours - theirs).max() < np.inf
    assert (np.abs(ours - theirs) / spread).max() < 0.25


@pytest.mark.parametrize("samples", [0, 1, 100, 50_000])
def test_silence_has_a_colour_and_emotion_that_rest(samples):
    colour = sound_colour(Audio([np.zeros(samples)], RATE_HZ))
    assert (colour.values[0] == 0).all()
    found = expressed(colour)
    assert (found.sounding.values == 0).all()
    assert (found.arousal.values == 5).all()


def flat(value, count, rows=1, rate_hz=1.0):
    return Feature(np.full((rows, count), value, float), Frames(rate_hz, 0.5 / rate_hz))


def expressed(colour, major=0.8, minor=0.4):
    seconds = max(1, round(colour.values.shape[1] / colour.frames.rate_hz))
    strengths = np.concatenate([np.full((12, seconds), major), np.full((12, seconds), minor)])
    key = KeyCurve(Feature(strengths, Frames(1.0, 0.5)), (), Key.at(0), 0.3)
    row = flat(0.5, 2 * seconds, rate_hz=2.0)
    pulse = Pulse(Beats([], []), row, row, (), ())
    chroma = flat(1.0, 5 * seconds, rows=12, rate_hz=5.0)
    return emotion(colour, chroma, key, pulse, Sections((), flat(0.2, seconds)))


def colour_of(**gains):
    return sound_colour(Audio([music(40.0, **gains)], RATE_HZ))


def test_louder_and_richer_is_more_arousing():
    soft, loud = expressed(colour_of(gain=0.02, harmonics=3)), expressed(colour_of(gain=0.8))
    assert loud.arousal.values.mean() > soft.arousal.values.mean() + 0.5


def test_major_is_more_pleasant_than_minor_and_a_vague_key_is_tenser():
    colour = colour_of(gain=0.3)
    happy, sad = expressed(colour, 0.8, 0.5), expressed(colour, 0.5, 0.8)
    vague = expressed(colour, 0.5, 0.5)
    assert happy.valence.values.mean() > sad.valence.values.mean()
    assert vague.tension.values.mean() > happy.tension.values.mean()


def test_ratings_stay_on_their_scale():
    noise = np.random.default_rng(1).uniform(-1, 1, 20 * RATE_HZ)
    found = expressed(sound_colour(Audio([noise], RATE_HZ)), 1.0, -1.0)
    for curve in (found.arousal, found.tension, found.valence):
        assert (curve.values >= 1).all()
        assert (curve.values <= 9).all()


def step(before, after, count=120, rate_hz=1.0):
    """One value for the first half, another for the second."""
    row = np.where(np.arange(count) < count // 2, before, after).astype(float)
    return Feature(row[None], Frames(rate_hz, 0.5 / rate_hz))


def turned(arousal):
    rows = (arousal, step(5, 5), step(5, 5), step(1, 1))
    pitch = np.repeat(np.array([[40.0], [60.0], [70.0]]), 120, axis=1)
    halves = Span(0, 60), Span(60, 120)
    tempo = step(80, 120)
    return turning_points(
        Emotion(*rows, Reliability(0.7, 0.3, 0.2)),
        Loudness(-20.0, 10.0, -1.0, step(-30, -18), step(-30, -18)),
        TempoCurve(tempo, step(1, 1), (PulseSpan(halves[0], NO_CLEAR_PULSE, 0.0),
                                       PulseSpan(halves[1], 120.0, 0.9)), 120.0),
        KeyCurve(flat(0.5, 120, 24), (KeySpan(halves[0], Key.at(0), 0.3),
                                      KeySpan(halves[1], Key.at(21), 0.3)), Key.at(0), 0.3),
        step(2, 2),
        Register(Feature(pitch, Frames(1.0, 0.5)), step(1, 1)),
        step(800, 1600),
    ).points  # fmt: skip


def test_a_turning_point_says_what_changed_there():
    (found,) = turned(Feature(np.interp(np.arange(120), [53, 67], [3, 6])[None], Frames(1.0, 0.5)))
    assert found.at_s == pytest.approx(60, abs=3)
    assert found.arousal_change > 2
    assert found.tension_change == 0
    told = {one.aspect: (one.before, one.after) for one in found.differences}
    assert set(told) == {"loudness", "tempo", "key", "brightness"}
    assert told["tempo"] == (NO_CLEAR_PULSE, 120.0)
    assert told["key"] == (Key.at(0), Key.at(21))
    assert told["loudness"] == pytest.approx((-30, -18), abs=2)


def test_what_stays_as_it_is_turns_nowhere():
    assert turned(step(5, 5)) == ()
