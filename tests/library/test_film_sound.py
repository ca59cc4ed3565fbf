"""The sound of a film comes in two views on one clock, or one line says why it does not."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from unsung.library.film_sound import FILM_RATE_HZ, film_sound
from unsung.library.film_streams import film_streams
from unsung.model.errors import LibraryError

RATE_HZ = 48_000
SECONDS = 2


def _tone(pitch_hz):
    return 0.3 * np.sin(2 * np.pi * pitch_hz * np.arange(SECONDS * RATE_HZ) / RATE_HZ)


def _coded(folder, channels, *options):
    """Sound in these channels, in a film without picture."""
    soundfile.write(folder / "sound.wav", np.array(channels).T, RATE_HZ, "FLOAT")
    film = folder / "film.mka"
    command = ["ffmpeg", "-y", "-v", "error", "-i", str(folder / "sound.wav"), *options]
    subprocess.run([*command, "-c:a", "flac", "-sample_fmt", "s16", str(film)], check=True)
    return film


def _strength(audio, pitch_hz):
    spectrum = np.abs(np.fft.rfft(audio.samples[0]))
    return spectrum[round(pitch_hz * len(audio.samples[0]) / FILM_RATE_HZ)]


def test_stereo_becomes_one_channel_at_8_khz_and_both_views_are_the_mix(tmp_path):
    heard = film_sound(_coded(tmp_path, [_tone(440), _tone(660)]))
    assert heard.whole.sample_rate_hz == FILM_RATE_HZ
    assert heard.whole.duration_s == pytest.approx(SECONDS, abs=0.01)
    assert heard.whole == heard.clearest


def test_of_surround_sound_the_clearer_view_leaves_the_centre_out(tmp_path):
    left, centre, rest = _tone(440), _tone(1000), np.zeros(SECONDS * RATE_HZ)
    film = _coded(tmp_path, [left, left, centre, rest, left, left])
    heard = film_sound(film)
    assert _strength(heard.whole, 1000) > 100
    assert _strength(heard.clearest, 1000) < 1
    assert _strength(heard.clearest, 440) > _strength(heard.whole, 440)


def test_low_effects_are_in_neither_view(tmp_path):
    left, low = _tone(440), _tone(60)
    heard = film_sound(_coded(tmp_path, [left, left, left, low, left, left]))
    assert _strength(heard.whole, 60) < 0.01 * _strength(heard.whole, 440)


def test_surround_sound_with_all_in_the_centre_keeps_the_mix(tmp_path):
    silent = np.zeros(SECONDS * RATE_HZ)
    heard = film_sound(_coded(tmp_path, [silent, silent, _tone(500), silent, silent, silent]))
    assert heard.clearest == heard.whole


def test_streams_are_told_apart_by_language(tmp_path):
    first = _coded(tmp_path, [_tone(440)])
    film = tmp_path / "two.mka"
    command = ["ffmpeg", "-v", "error", "-i", str(first), "-map", "0:a", "-map", "0:a"]
    tags = ["-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=eng"]
    subprocess.run([*command, *tags, "-c", "copy", str(film)], check=True)
    assert [one.language for one in film_streams(film)] == ["ger", "eng"]
    assert film_sound(film, 1).whole.duration_s == pytest.approx(SECONDS, abs=0.01)
    with pytest.raises(
        LibraryError, match=r"no sound stream 2; it has 0 \(German, mono\), 1 \(English, mono\)"
    ):
        film_sound(film, 2)


@pytest.mark.parametrize("content", [b"", b"not a film at all" * 100])
def test_what_is_no_film_is_told_in_one_line(tmp_path, content):
    film = tmp_path / "broken.mp4"
    film.write_bytes(content)
    with pytest.raises(LibraryError, match=r"broken.mp4: .*; \w+") as told:
        film_sound(film)
    assert "\n" not in str(told.value)


def test_a_film_that_is_not_there_is_told_in_one_line():
    with pytest.raises(LibraryError, match=r"gone\.mkv: there is no such film; check the path"):
        film_sound(Path("gone.mkv"))


def test_a_film_without_sound_is_told_in_one_line(tmp_path):
    film = tmp_path / "silent.mp4"
    picture = "color=black:size=32x32:duration=0.2"
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, str(film)], check=True)
    with pytest.raises(LibraryError, match="this film has no sound; give one that has"):
        film_sound(film)


def test_a_film_that_breaks_off_gives_what_it_holds(tmp_path):
    film = _coded(tmp_path, [_tone(440)])
    cut = tmp_path / "cut.mka"
    content = film.read_bytes()
    cut.write_bytes(content[: len(content) * 2 // 3])
    assert 0.5 < film_sound(cut).whole.duration_s < SECONDS
