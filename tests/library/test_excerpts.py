"""Clips are what sounds at their place, and nothing else."""

import io

import numpy as np
import pytest
import shelves
import soundfile

from unsung.library.excerpts import RATE_HZ, excerpts
from unsung.model.time import Span


def chirp(duration_s=20.0, rate_hz=22_050, channels=1):
    """At t seconds it sounds at 200 + 50 t Hz, so that pitch tells the place."""
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    wave = (0.3 * np.sin(2 * np.pi * (200 * time_s + 25 * time_s**2))).astype(np.float32)
    return np.stack([wave] * channels, axis=1)


def cut(folder, name, *spans):
    found = excerpts(folder, shelves.track(name), [Span(*span) for span in spans])
    return {span: soundfile.read(io.BytesIO(clip)) for span, clip in found.items()}


def place_s(samples, rate_hz, at_s):
    """Where in the chirp a moment of the clip was taken from."""
    around = samples[round((at_s - 0.1) * rate_hz) : round((at_s + 0.1) * rate_hz)]
    spectrum = np.abs(np.fft.rfft(around * np.hanning(len(around)), 2**17))
    return (spectrum.argmax() * rate_hz / 2**17 - 200) / 50


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg"])
def test_a_clip_is_what_sounds_at_its_place(tmp_path, suffix):
    shelves.recorded(tmp_path / f"a.{suffix}", chirp())
    [(samples, rate_hz)] = cut(tmp_path, f"a.{suffix}", (7, 10)).values()
    assert rate_hz == RATE_HZ
    assert len(samples) / rate_hz == pytest.approx(3, abs=0.01)
    for at_s in (0.5, 1.5, 2.5):
        assert place_s(samples, rate_hz, at_s) == pytest.approx(7 + at_s, abs=0.05)


def test_a_clip_across_two_blocks_of_decoding_has_no_seam(tmp_path):
    shelves.recorded(tmp_path / "a.wav", chirp(45.0))
    [(samples, rate_hz)] = cut(tmp_path, "a.wav", (19, 21)).values()
    assert len(samples) / rate_hz == pytest.approx(2, abs=0.01)
    assert place_s(samples, rate_hz, 1.0) == pytest.approx(20, abs=0.05)


def test_many_spans_are_cut_in_one_go_even_where_they_overlap(tmp_path):
    shelves.recorded(tmp_path / "a.wav", chirp())
    clips = cut(tmp_path, "a.wav", (1, 3), (2, 4), (15, 16))
    assert [round(len(samples) / RATE_HZ) for samples, _ in clips.values()] == [2, 2, 1]


def test_stereo_stays_stereo_and_of_more_channels_two_are_kept(tmp_path):
    for channels, kept in ((1, 1), (2, 2), (6, 2)):
        name = f"{channels}.wav"
        shelves.recorded(tmp_path / name, chirp(2.0, channels=channels))
        [(samples, _)] = cut(tmp_path, name, (0, 1)).values()
        assert (1 if samples.ndim == 1 else samples.shape[1]) == kept


def test_where_the_recording_ends_so_does_the_clip(tmp_path):
    shelves.recorded(tmp_path / "a.wav", chirp(5.0))
    clips = cut(tmp_path, "a.wav", (4, 9), (6, 7))
    assert [span.start_s for span in clips] == [4]
    assert len(clips[Span(4, 9)][0]) / RATE_HZ == pytest.approx(1, abs=0.01)


def test_nothing_clicks_at_the_ends(tmp_path):
    shelves.recorded(tmp_path / "a.wav", shelves.tone(1.0))
    [(samples, rate_hz)] = cut(tmp_path, "a.wav", (0.2, 0.8)).values()
    edge = round(0.001 * rate_hz)
    assert np.abs(samples[:edge]).max() < 0.1
    assert np.abs(samples[-edge:]).max() < 0.1
    assert np.abs(samples).max() > 0.25


def test_silence_and_a_single_sample_have_clips(tmp_path):
    shelves.recorded(tmp_path / "silent.wav", np.zeros((22_050, 1), np.float32))
    shelves.recorded(tmp_path / "one.wav", np.ones((1, 1), np.float32))
    [(samples, _)] = cut(tmp_path, "silent.wav", (0.1, 0.5)).values()
    assert np.abs(samples).max() < 1e-3
    assert len(cut(tmp_path, "one.wav", (0, 1))) == 1


def test_equal_sound_gives_equal_bytes(tmp_path):
    shelves.recorded(tmp_path / "a.wav", chirp(3.0))
    track, spans = shelves.track("a.wav"), [Span(1, 2)]
    assert excerpts(tmp_path, track, spans) == excerpts(tmp_path, track, spans)


def test_no_spans_no_clips(tmp_path):
    shelves.recorded(tmp_path / "a.wav")
    assert excerpts(tmp_path, shelves.track("a.wav"), []) == {}
