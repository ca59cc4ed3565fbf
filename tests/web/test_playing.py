"""Sound that is played: the right file, cut where it says, its outline; nothing grows for ever."""

import io
import os

import made_albums
import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.album import Recording, Track
from unsung.model.errors import LibraryError
from unsung.model.sound import Audio
from unsung.model.time import Span
from unsung.web.outline import Outline
from unsung.web.playing import Player, exact_file, remove_unfinished

A = "/a/the-skerry-light"


def _track(file):
    return Track(1, file, "recording", "One")


def _recording(digest="d" * 40):
    return Recording(digest, 44_100, 1, 12.0)


def _position_s(samples, rate_hz):
    """Where in the chirp a second of sound begins, from its strongest frequency."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 8 * len(samples)))
    middle_hz = spectrum.argmax() * rate_hz / (8 * len(samples))
    middle_s = (middle_hz - made_albums.CHIRP_FROM_HZ) / made_albums.CHIRP_HZ_PER_S
    return middle_s - len(samples) / rate_hz / 2


@pytest.mark.parametrize("file", ["one.wav", "one.flac", "one.ogg", "one.opus"])
def test_what_seeks_exactly_is_played_as_it_is(tmp_path, file):
    made_albums.written(tmp_path / file, made_albums.chirp(2.0))
    sound = Player(tmp_path, tmp_path / "unsung").sound(_track(file), _recording())
    assert sound.path == tmp_path / file


@pytest.mark.parametrize("file", ["one.vbr.mp3", "one.cbr.mp3", "one.aiff", "one.m4a"])
def test_what_does_not_is_copied_once_as_flac(tmp_path, file):
    made_albums.written(tmp_path / file, made_albums.chirp(2.0))
    player = Player(tmp_path, tmp_path / "unsung")
    first = player.sound(_track(file), _recording())
    written_ns = first.path.stat().st_ino
    assert first.media_type == "audio/flac"
    assert soundfile.info(first.path).format == "FLAC"
    assert player.sound(_track(file), _recording()).path.stat().st_ino == written_ns


def test_a_file_under_another_formats_name_is_copied(tmp_path):
    made_albums.written(tmp_path / "one.flac", made_albums.chirp(1.0))
    (tmp_path / "one.flac").rename(tmp_path / "one.ogg")
    assert exact_file(tmp_path, "one.ogg") is None


def test_sound_at_a_rate_that_no_browser_plays_is_played_at_one_that_all_do(tmp_path):
    soundfile.write(tmp_path / "high.wav", made_albums.chirp(2.0, 192_000), 192_000)
    sound = Player(tmp_path, tmp_path / "unsung").sound(_track("high.wav"), _recording())
    assert soundfile.info(sound.path).samplerate == 48_000
    assert soundfile.info(sound.path).duration == pytest.approx(2.0, abs=1e-4)


@pytest.mark.parametrize(
    "file", ["one.wav", "one.flac", "one.ogg", "one.opus", "one.vbr.mp3", "one.cbr.mp3", "one.m4a"]
)
def test_an_excerpt_begins_where_it_says(tmp_path, file):
    made_albums.written(tmp_path / file, made_albums.chirp())
    player = Player(tmp_path, tmp_path / "unsung")
    for start_s in (0.0, 3.3, 7.25, 10.0):
        cut = player.excerpt(_track(file), _recording(), Span(start_s, start_s + 1.0))
        samples, rate_hz = soundfile.read(io.BytesIO(cut.wav))
        assert cut.start_s == pytest.approx(start_s, abs=1 / rate_hz)
        assert _position_s(samples, rate_hz) == pytest.approx(start_s, abs=0.03)


def test_an_excerpt_beyond_the_end_is_refused_in_words(tmp_path):
    made_albums.written(tmp_path / "one.wav", made_albums.chirp(2.0))
    player = Player(tmp_path, tmp_path / "unsung")
    with pytest.raises(LibraryError, match=r"lasts 2\.0 s"):
        player.excerpt(_track("one.wav"), _recording(), Span(5.0, 6.0))


def test_copies_are_bounded_and_the_one_played_longest_ago_goes_first(tmp_path):
    files = [f"{k}.vbr.mp3" for k in range(4)]
    for file in files:
        made_albums.written(tmp_path / file, made_albums.chirp(2.0))
    one = Player(tmp_path, tmp_path / "else").sound(_track(files[0]), _recording()).path
    player = Player(tmp_path, tmp_path / "unsung", most_bytes=int(2.5 * one.stat().st_size))
    for k, file in enumerate(files):
        player.sound(_track(file), _recording(str(k) * 40))
    left = sorted(path.stem[0] for path in (tmp_path / "unsung" / "played").glob("*.flac"))
    assert left == ["2", "3"]
    assert player.sound(_track(files[0]), _recording("0" * 40)).path.exists(), "made again"


def test_a_copy_that_was_broken_off_leaves_nothing_behind(tmp_path):
    (tmp_path / "broken.mp3").write_bytes(b"ID3" + bytes(500))
    player = Player(tmp_path, tmp_path / "unsung")
    with pytest.raises(LibraryError):
        player.sound(_track("broken.mp3"), _recording())
    assert not list(tmp_path.rglob("*.flac"))


def test_what_a_killed_server_had_begun_is_cleared_away(tmp_path):
    (tmp_path / "played").mkdir()
    for name in (".making-old", ".making-young"):
        (tmp_path / "played" / name).write_bytes(b"")
    os.utime(tmp_path / "played" / ".making-old", (0, 0))
    remove_unfinished(tmp_path)
    assert [path.name for path in (tmp_path / "played").iterdir()] == [".making-young"]


@given(cuts=st.lists(st.integers(1, 3_000), max_size=6), channels=st.integers(1, 3))
def test_an_outline_is_the_same_however_the_sound_was_cut(cuts, channels):
    samples = np.random.default_rng(1).uniform(-1, 1, (channels, 5_000)).astype(np.float32)
    whole, parts = Outline(8_000), Outline(8_000)
    whole.add(Audio(samples, 8_000))
    for part in np.split(samples, sorted({min(cut, 4_999) for cut in np.cumsum(cuts)}), axis=1):
        parts.add(Audio(part, 8_000))
    assert whole.plain() == parts.plain()


def test_an_outline_shows_when_it_is_loud():
    samples = np.zeros((1, 8_000), np.float32)
    samples[0, 4_000:4_400] = (-1.0, 0.5) * 200
    outline = Outline(8_000)
    outline.add(Audio(samples, 8_000))
    plain = outline.plain()
    assert plain["rate_hz"] == 20
    assert len(plain["low"]) == len(plain["high"]) == 20
    assert plain["low"][10] == -127
    assert plain["high"][10] == 64
    assert sum(plain["high"]) == 64


def test_silence_and_a_single_sample_have_an_outline():
    for samples in (np.zeros((2, 100), np.float32), np.ones((1, 1), np.float32)):
        outline = Outline(44_100)
        outline.add(Audio(samples, 44_100))
        assert len(outline.plain()["low"]) == 1


def test_the_server_answers_ranges_of_sound_so_that_browsers_can_seek(shared):
    whole = shared.get(f"{A}/audio/1")
    part = shared.get(f"{A}/audio/1", headers={"range": "bytes=100-199"})
    assert whole.status_code == 200
    assert part.status_code == 206
    assert part.content == whole.content[100:200]
    assert shared.get(f"{A}/audio/1", headers={"range": "bytes=99999999-"}).status_code == 416


def test_the_server_cuts_excerpts_and_says_where_they_begin(shared):
    answer = shared.get(f"{A}/audio/2/excerpt", params={"from": 3.3, "to": 4.3})
    samples, rate_hz = soundfile.read(io.BytesIO(answer.content))
    assert float(answer.headers["x-unsung-start"]) == pytest.approx(3.3, abs=1e-4)
    assert -70 < float(answer.headers["x-unsung-lufs"]) < 0
    assert _position_s(samples, rate_hz) == pytest.approx(3.3, abs=0.03)


@pytest.mark.parametrize(
    "asked", ["", "?from=1", "?from=2&to=1", "?from=0&to=61", "?from=nan&to=1", "?from=-1&to=1"]
)
def test_an_excerpt_that_makes_no_sense_is_refused(shared, asked):
    assert shared.get(f"{A}/audio/1/excerpt{asked}").status_code == 400


def test_a_score_has_no_sound_and_an_empty_outline(shared):
    assert shared.get(f"{A}/audio/4").status_code == 404
    assert shared.get(f"{A}/api/tracks/4/peaks").json() == {"rate_hz": 20, "low": [], "high": []}
