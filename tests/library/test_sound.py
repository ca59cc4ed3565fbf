"""Sound is decoded in blocks, known by its digest, and reduced to one channel without delay."""

import shutil
import subprocess
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelves import recorded, tone, track

from unsung.library import MonoReduction, SoundDigest, opened
from unsung.model.errors import LibraryError
from unsung.model.sound import Audio

needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")


def heard(path):
    with opened(path, track(path.name)) as stream:
        blocks = [block.samples for block in stream.blocks]
        return Audio(np.concatenate(blocks, axis=1), stream.sample_rate_hz)


def digest(audio, cuts=()):
    growing = SoundDigest()
    for samples in np.split(audio.samples, cuts, axis=1):
        growing.add(Audio(samples, audio.sample_rate_hz))
    return growing.hex


def mono(audio, cuts=()):
    growing = MonoReduction(audio.sample_rate_hz)
    for samples in np.split(audio.samples, cuts, axis=1):
        growing.add(Audio(samples, audio.sample_rate_hz))
    return growing.audio()


@pytest.mark.parametrize("suffix", ["wav", "flac", "aiff", "au", "w64", "caf"])
@pytest.mark.parametrize("channels", [1, 2, 6, 12])
def test_lossless_files_give_the_samples_that_went_in(tmp_path, suffix, channels):
    if suffix == "flac" and channels > 8:
        pytest.skip("FLAC holds eight channels")
    samples = tone(channels=channels) * np.linspace(0.1, 1, channels, dtype=np.float32)
    audio = heard(recorded(tmp_path / f"x.{suffix}", samples))
    assert audio.sample_rate_hz == 22_050
    np.testing.assert_allclose(audio.samples, samples.T, atol=1 / 32_768)


@pytest.mark.parametrize(
    ("suffix", "rate_hz"), [("ogg", 44_100), ("opus", 48_000), ("mp3", 44_100)]
)
def test_lossy_files_give_nearly_the_sound_that_went_in(tmp_path, suffix, rate_hz):
    form = {"format": "OGG", "subtype": "OPUS"} if suffix == "opus" else {}
    samples = tone(2, rate_hz, 2)
    audio = heard(recorded(tmp_path / f"x.{suffix}", samples, rate_hz, **form))
    assert audio.duration_s == pytest.approx(2, abs=0.1)
    loudest_hz = np.argmax(np.abs(np.fft.rfft(audio.samples[0]))) / audio.duration_s
    assert loudest_hz == pytest.approx(440, abs=2)


@pytest.mark.parametrize("rate_hz", [1_000, 8_000, 96_000, 192_000, 384_000])
def test_rates_from_telephone_to_studio_are_heard(tmp_path, rate_hz):
    audio = heard(recorded(tmp_path / "x.wav", tone(0.1, rate_hz, 2, 100), rate_hz))
    assert (audio.sample_rate_hz, audio.duration_s) == (rate_hz, pytest.approx(0.1))


def test_a_rate_beyond_sense_is_refused_with_a_remedy(tmp_path):
    recorded(tmp_path / "x.wav", tone(0.1, 500, 1, 50), 500)
    with pytest.raises(LibraryError, match=r"x\.wav.*convert"):
        heard(tmp_path / "x.wav")


def test_surround_comes_in_the_order_of_wav_from_vorbis_too(tmp_path):
    rate_hz, order = 44_100, [0, 2, 1, 4, 5, 3]
    pitches_hz = [200, 400, 800, 60, 1600, 3200]
    wave = np.stack([tone(1, rate_hz, 1, pitch)[:, 0] for pitch in pitches_hz], axis=1)
    recorded(tmp_path / "x.ogg", wave[:, order], rate_hz)
    audio = heard(tmp_path / "x.ogg")
    peaks = np.argmax(np.abs(np.fft.rfft(audio.samples)), axis=1) / audio.duration_s
    np.testing.assert_allclose(peaks, pitches_hz, atol=2)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_of_an_archive_sounds_as_it_did_before(tmp_path, packing):
    path = recorded(tmp_path / "x.ogg", tone(3, 44_100, 2), 44_100)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", packing) as archive:
        archive.write(path, "m/x.ogg")
    with opened(tmp_path, track("a.zip!m/x.ogg")) as stream:
        inside = np.concatenate([block.samples for block in stream.blocks], axis=1)
    np.testing.assert_array_equal(inside, heard(path).samples)


@needs_ffmpeg
@pytest.mark.parametrize("suffix", ["m4a", "wv", "mka"])
def test_ffmpeg_decodes_what_libsndfile_does_not(tmp_path, suffix):
    path = recorded(tmp_path / "x.wav", tone(1, 44_100, 2), 44_100)
    sound = tmp_path / f"y.{suffix}"
    asked = ["ffmpeg", "-nostdin", "-v", "error", "-i", path, "-strict", "-2", sound]
    subprocess.run(asked, check=True)
    audio = heard(sound)
    assert (audio.sample_rate_hz, audio.samples.shape[0]) == (44_100, 2)
    assert audio.duration_s == pytest.approx(1, abs=0.1)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(sound, sound.name)
    with opened(tmp_path, track(f"a.zip!{sound.name}")) as stream:
        assert sum(block.duration_s for block in stream.blocks) == audio.duration_s


@needs_ffmpeg
def test_an_abandoned_decoding_leaves_nothing_running(tmp_path):
    path = recorded(tmp_path / "x.wav", tone(60, 44_100, 2), 44_100)
    sound = path.rename(tmp_path / "x.tta")
    with opened(sound, track("x.tta")) as stream:
        next(stream.blocks)
    assert stream.sample_rate_hz == 44_100


def test_without_ffmpeg_its_formats_ask_for_it(tmp_path, monkeypatch):
    (tmp_path / "x.m4a").write_bytes(b"\0\0\0\x20ftypM4A " + bytes(64))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LibraryError, match=r"x\.m4a: .*install ffmpeg"):
        heard(tmp_path / "x.m4a")


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3"])
def test_a_truncated_file_gives_what_it_still_holds(tmp_path, suffix):
    noise = np.random.default_rng(0).normal(0, 0.1, (8 * 44_100, 1))
    path = recorded(tmp_path / f"x.{suffix}", noise, 44_100)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 2 < heard(path).duration_s < 6


@pytest.mark.parametrize("cover", [b"", b"ID3\x04\0\0" + bytes([0, 2, 0, 0]) + bytes(32_768)])
def test_an_mp3_that_does_not_tell_its_length_is_heard_to_the_end(tmp_path, cover):
    """Noise at first and nothing later, at a variable bit rate: the first frame misleads."""
    rate_hz = 44_100
    loud = np.random.default_rng(0).normal(0, 0.2, (2 * rate_hz, 1)).astype(np.float32)
    quiet = np.zeros((10 * rate_hz, 1), np.float32)
    recorded(tmp_path / "x.wav", np.concatenate([loud, quiet]), rate_hz)
    made = tmp_path / "made.mp3"
    asked = ["ffmpeg", "-v", "error", "-i", tmp_path / "x.wav", "-q:a", "4", "-write_xing", "0"]
    subprocess.run([*asked, "-id3v2_version", "0", made], check=True, stdin=subprocess.DEVNULL)
    (tmp_path / "x.mp3").write_bytes(cover + made.read_bytes())
    assert heard(tmp_path / "x.mp3").duration_s == pytest.approx(12, abs=0.1)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"OggS" + bytes(200), b"noise" * 1000])
@pytest.mark.parametrize("suffix", ["wav", "ogg", "flac", "m4a"])
def test_what_is_no_sound_is_one_line_with_its_name(tmp_path, suffix, content):
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=rf"x\.{suffix}: ") as told:
        heard(path)
    assert "\n" not in str(told.value)


def test_a_file_without_samples_is_said_to_hold_no_sound(tmp_path):
    with pytest.raises(LibraryError, match="holds no sound"):
        heard(recorded(tmp_path / "x.wav", np.zeros((0, 1), np.float32)))


def test_what_is_not_a_number_is_silence_and_nothing_is_absurdly_loud(tmp_path):
    samples = np.array([0.5, np.nan, np.inf, -np.inf, 1e30, -0.5], np.float32)
    audio = heard(recorded(tmp_path / "x.wav", samples, subtype="FLOAT"))
    np.testing.assert_array_equal(audio.samples[0], [0.5, 0, 0, 0, 8, -0.5])


def test_a_long_recording_takes_no_more_memory_than_a_block(tmp_path):
    path = recorded(tmp_path / "x.flac", np.zeros((22_050 * 600, 2), np.int16))
    tracemalloc.start()
    with opened(path, track("x.flac")) as stream:
        duration_s = sum(block.duration_s for block in stream.blocks)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert duration_s == 600
    assert peak_bytes < 5 * 20 * 22_050 * 2 * 4


def test_one_sound_has_one_digest_in_flac_and_wav_under_any_name_and_tag(tmp_path):
    samples = np.random.default_rng(0).integers(-32_768, 32_768, (9_000, 2), np.int16)
    paths = [
        recorded(tmp_path / "a.wav", samples),
        recorded(tmp_path / "b.flac", samples, tags={"title": "Other"}),
        recorded(tmp_path / "c.aiff", samples),
    ]
    assert len({digest(heard(path)) for path in paths}) == 1


def test_another_rate_another_channel_or_another_sample_is_another_sound():
    samples = tone().T
    louder = samples.copy()
    louder[0, 7] += 0.001
    others = [
        Audio(samples, 22_050),
        Audio(samples, 44_100),
        Audio(np.concatenate([samples, samples]), 22_050),
        Audio(samples[:, :-1], 22_050),
        Audio(louder, 22_050),
    ]
    assert len({digest(audio) for audio in others}) == len(others)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 5_000), max_size=5))
def test_neither_digest_nor_reduction_depends_on_how_sound_is_cut(cuts):
    noise = np.random.default_rng(1).normal(0, 0.2, (2, 5_000)).astype(np.float32)
    audio, cuts = Audio(noise, 44_100), sorted(cuts)
    assert digest(audio, cuts) == digest(audio)
    np.testing.assert_allclose(mono(audio, cuts).samples, mono(audio).samples, atol=1e-6)


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 32_000, 44_100, 48_000, 96_000])
def test_a_click_stays_at_its_time_and_the_length_is_exact(rate_hz):
    samples = np.zeros((1, 3 * rate_hz), np.float32)
    samples[0, 2 * rate_hz] = 1
    reduced = mono(Audio(samples, rate_hz), [rate_hz, rate_hz + 7])
    assert reduced.sample_rate_hz == 22_050
    assert abs(reduced.samples.shape[1] - 3 * 22_050) <= 1
    assert abs(int(np.argmax(np.abs(reduced.samples[0]))) - 2 * 22_050) <= 1


def test_what_lies_above_the_new_range_does_not_fold_back():
    high = Audio(tone(1, 48_000, 1, 15_000).T, 48_000)
    assert np.abs(mono(high).samples[0, 1000:-1000]).max() < 1e-4


def test_a_tone_keeps_its_pitch_and_level():
    reduced = mono(Audio(tone(1, 48_000, 2).T, 48_000)).samples[0]
    assert np.argmax(np.abs(np.fft.rfft(reduced))) == 440
    assert np.abs(reduced[1000:-1000]).max() == pytest.approx(0.3, abs=0.002)


def test_one_channel_is_the_mean_and_leaves_out_low_frequency_effects():
    left_only = np.zeros((2, 100), np.float32)
    left_only[0] = 1
    assert mono(Audio(left_only, 22_050)).samples[0, 50] == 0.5
    surround = np.ones((6, 100), np.float32)
    surround[3] = 100
    assert mono(Audio(surround, 22_050)).samples[0, 50] == 1


@pytest.mark.parametrize("count", [0, 1, 2])
def test_next_to_nothing_is_reduced_to_next_to_nothing(count):
    reduced = mono(Audio(np.ones((1, count), np.float32), 44_100))
    assert reduced.samples.shape == (1, round(count / 2))


def test_a_recording_that_changes_its_rate_is_refused():
    growing = MonoReduction(44_100)
    with pytest.raises(ValueError, match="44100"):
        growing.add(Audio(np.zeros((1, 9), np.float32), 48_000))
