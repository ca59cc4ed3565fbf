"""What a browser plays as it is, and the copy of what it does not: whole, resumed, or stopped."""

import subprocess

import made_films
import numpy as np
import pytest
import soundfile
from made_films import AAC, AC3, H264, OPUS, VP8

from unsung.library import film_copy
from unsung.library.film_copy import Copying, still
from unsung.library.film_playable import playable
from unsung.library.films_beside import films_at
from unsung.model.errors import LibraryError, StoreError


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """One film of each kind."""
    folder = tmp_path_factory.mktemp("films")
    for name, codecs, more in (
        ("plain.mp4", (*H264, *AAC), {}),
        ("plain.webm", (*VP8, *OPUS), {}),
        ("theirs.mkv", (*H264, *AC3), {"sounds": ("eng", "deu")}),
        ("odd.mp4", (*H264, *AC3), {}),
        ("two.mp4", (*H264, *AAC), {"sounds": ("eng", "deu")}),
        ("heard.m4a", AAC, {"picture": False}),
    ):
        made_films.film(folder / name, *codecs, **more)
    return folder


@pytest.mark.parametrize(
    ("name", "media_type", "needs"),
    [
        ("plain.mp4", "video/mp4", ""),
        ("plain.webm", "video/webm", ""),
        ("heard.m4a", "video/mp4", ""),
        ("odd.mp4", "", "play its sound"),
        ("two.mp4", "", "several sounds"),
        ("theirs.mkv", "", "files of its kind"),
    ],
)
def test_what_browsers_play_is_played_as_it_is_and_else_it_is_told_why_not(
    shelf, name, media_type, needs
):
    told = playable(shelf / name, 0)
    assert told.media_type == media_type
    assert needs in told.needs
    assert bool(told.needs) != bool(told.media_type)
    assert told.has_picture == (name != "heard.m4a")
    assert told.duration_s == pytest.approx(4.0, abs=0.1)


def test_what_is_no_film_is_told_in_one_line(tmp_path):
    (tmp_path / "film.mp4").write_bytes(b"no film" * 100)
    with pytest.raises(LibraryError, match=r"film\.mp4: .*fetch it again"):
        playable(tmp_path / "film.mp4", 0)


class Worker:
    """Runs commands, a given number of them at most; remembers what they were to write."""

    def __init__(self, most=99):
        self.wrote, self._most = [], most

    def __call__(self, words):
        if len(self.wrote) == self._most:
            return False
        self.wrote.append(words[-1].rpartition("/")[2].removesuffix(".draft"))
        subprocess.run(words, check=True)
        return True


def copying(shelf, home, name="theirs.mkv", number=1, *, has_picture=True):
    return Copying(shelf / name, number, home, "film-abc-1", 4.0, has_picture)


@pytest.fixture
def short_pieces(monkeypatch):
    """Pieces of a second and a half: three of them make the film."""
    monkeypatch.setattr(film_copy, "PIECE_S", 1.5)


@pytest.fixture(scope="module")
def made(shelf, tmp_path_factory):
    """A copy that was stopped twice on the way, and what was written each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(film_copy, "PIECE_S", 1.5)
        one = copying(shelf, tmp_path_factory.mktemp("copies"))
        shares, wrote = [], []
        for most in (2, 1, 99):
            worker = Worker(most)
            one.make(worker)
            shares.append(one.share)
            wrote.append(worker.wrote)
        return one, shares, wrote


def test_a_copy_goes_on_where_it_was_stopped(made):
    one, shares, wrote = made
    assert wrote == [
        ["sound.mp4", "0000.mkv"],
        ["0001.mkv"],
        ["0002.mkv", "film-abc-1.mp4"],
    ]
    assert shares == [2 / 5, 3 / 5, 1.0]
    assert [path.name for path in one.home.iterdir()] == ["film-abc-1.mp4"]


def test_a_copy_is_what_browsers_play_and_as_long_as_the_film(made):
    one, _, _ = made
    told = playable(one.whole, 0)
    assert told.media_type == one.media_type
    assert told.duration_s == pytest.approx(4.0, abs=0.1)


def _seen(path, at_s):
    asked = ["ffmpeg", "-v", "error", "-ss", str(at_s), "-i", path, "-map", "0:v"]
    asked += ["-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "-"]
    raw = subprocess.run(asked, check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).astype(float)


@pytest.mark.parametrize("at_s", [0.3, 1.45, 1.55, 3.2, 3.8])
def test_what_is_seen_in_a_copy_is_where_it_was_in_the_film(made, shelf, at_s):
    one, _, _ = made
    copy, here = _seen(one.whole, at_s), _seen(shelf / "theirs.mkv", at_s)
    elsewhere = _seen(shelf / "theirs.mkv", at_s - 0.25)
    assert np.abs(copy - here).mean() < 0.5 * np.abs(copy - elsewhere).mean()


def test_what_is_heard_in_a_copy_is_where_it_was_in_the_film(made, tmp_path):
    """The chirp begins at 200 Hz and climbs by 100 Hz a second."""
    one, _, _ = made
    subprocess.run(["ffmpeg", "-v", "error", "-i", one.whole, tmp_path / "copy.wav"], check=True)
    sound, rate_hz = soundfile.read(tmp_path / "copy.wav", always_2d=True)
    for at_s in (0.5, 1.4, 2.8):
        taken = sound[round(at_s * rate_hz) : round((at_s + 0.25) * rate_hz), 0]
        strength = np.abs(np.fft.rfft(taken * np.hanning(len(taken)), 8 * len(taken)))
        hz = strength.argmax() * rate_hz / (8 * len(taken))
        assert (hz - 200) / 100 - 0.125 == pytest.approx(at_s, abs=0.02)


@pytest.mark.usefixtures("short_pieces")
def test_a_film_that_is_sound_alone_becomes_sound_alone(shelf, tmp_path):
    one = copying(shelf, tmp_path, "heard.m4a", 0, has_picture=False)
    worker = Worker()
    one.make(worker)
    assert worker.wrote == ["sound.mp4", "film-abc-1.mp4"]
    assert not playable(one.whole, 0).has_picture


def test_copies_of_other_films_make_room_and_nothing_else_goes(shelf, tmp_path):
    (tmp_path / "film-old-0.parts").mkdir()
    (tmp_path / "film-old-0.mp4").write_bytes(b"an old copy")
    (tmp_path / "0123.flac").write_bytes(b"the copy of a track")
    copying(shelf, tmp_path).make(Worker(0))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0123.flac", "film-abc-1.parts"]


def test_a_copy_is_bounded_and_where_there_is_no_room_for_it_that_is_said(shelf, tmp_path):
    day = Copying(shelf / "plain.mp4", 0, tmp_path, "film-day-0", 12 * 3600.0, has_picture=True)
    assert day.at_most_bytes <= film_copy.MOST_BYTES
    week = Copying(shelf / "plain.mp4", 0, tmp_path, "film-week-0", 1e12, has_picture=True)
    with pytest.raises(StoreError, match="free some space"):
        week.make(Worker())


def test_a_still_is_a_picture_and_beyond_the_end_there_is_none(shelf):
    assert still(shelf / "theirs.mkv", 2.0, 160)[:3] == b"\xff\xd8\xff"
    assert still(shelf / "theirs.mkv", 9.0, 160) == b""


def test_films_among_the_music_are_found_by_what_they_hold(shelf):
    assert films_at(shelf) == ("odd.mp4", "plain.mp4", "plain.webm")
    assert films_at(shelf / "plain.mp4") == ()
