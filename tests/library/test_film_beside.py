"""A film's sound at other rates, its channels as they are, and recordings reduced to match."""

import subprocess

import numpy as np
import pytest
import soundfile

from unsung.library.film_sound import film_blocks, film_mono, film_sound
from unsung.library.mono import MonoReduction
from unsung.model.errors import LibraryError
from unsung.model.sound import Audio

RATE_HZ = 48_000


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Two seconds of two streams: a tone in stereo, then another in mono."""
    folder = tmp_path_factory.mktemp("film")
    time_s = np.arange(2 * RATE_HZ) / RATE_HZ
    low, high = (0.5 * np.sin(2 * np.pi * hz * time_s) for hz in (440, 3000))
    soundfile.write(folder / "one.wav", np.stack([low, low], axis=1), RATE_HZ)
    soundfile.write(folder / "two.wav", high, RATE_HZ)
    words = ["-i", "one.wav", "-i", "two.wav", "-map", "0", "-map", "1", "-c:a", "flac", "f.mkv"]
    subprocess.run(["ffmpeg", "-v", "error", *words], cwd=folder, check=True)
    return folder / "f.mkv"


def strongest_hz(audio):
    spectrum = np.abs(np.fft.rfft(audio.samples[0]))
    return spectrum.argmax() * audio.sample_rate_hz / audio.samples.shape[1]


def test_each_stream_is_heard_at_the_rate_that_is_asked_for(film):
    assert strongest_hz(film_mono(film, 0, 16_000)) == pytest.approx(440, abs=1)
    assert strongest_hz(film_mono(film, 1, 16_000)) == pytest.approx(3000, abs=1)
    assert film_mono(film, 1, 16_000).samples.shape == (1, 32_000)


def test_at_the_rate_of_searching_it_is_what_is_searched(film):
    assert film_mono(film).samples == pytest.approx(film_sound(film).whole.samples)


def test_blocks_have_all_channels_of_the_stream_at_their_own_rate(film):
    for number, channels in ((0, 2), (1, 1)):
        with film_blocks(film, number) as stream:
            assert (stream.sample_rate_hz, stream.channels) == (RATE_HZ, channels)
            samples = np.concatenate([block.samples for block in stream.blocks], axis=1)
        assert samples.shape == (channels, 2 * RATE_HZ)
        assert np.abs(samples).max() == pytest.approx(0.5, abs=0.01)


def test_a_stream_that_is_not_there_is_one_line(film):
    with pytest.raises(LibraryError, match=r"no sound stream 2; it has 0 \(.*, 1 \("):
        film_mono(film, 2)
    with pytest.raises(LibraryError, match=r"f\.mkv"), film_blocks(film, 2):
        pass


def test_a_recording_is_reduced_to_the_rate_of_the_film(film):
    reduction = MonoReduction(RATE_HZ, 8_000)
    with film_blocks(film, 0) as stream:
        for block in stream.blocks:
            reduction.add(block)
    found = reduction.audio()
    assert found.samples.shape == (1, 16_000)
    inside = slice(100, -100)
    assert found.samples[0, inside] == pytest.approx(
        film_mono(film, 0).samples[0, inside], abs=0.01
    )


def test_at_its_own_rate_a_recording_stays_as_it_is():
    samples = np.random.default_rng(1).uniform(-1, 1, (1, 8_000)).astype(np.float32)
    reduction = MonoReduction(8_000, 8_000)
    reduction.add(Audio(samples, 8_000))
    assert (reduction.audio().samples == samples).all()
