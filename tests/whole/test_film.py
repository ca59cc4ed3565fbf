"""A film beside the album: the demo's, against its truth; and a made one, as a person meets it."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parents[1] / "pages"))

import soundtracks

from unsung import demo, library
from unsung.library.story import story_from
from unsung.model.album import Recording
from unsung.model.hearing import Heard
from unsung.one_film import beside
from unsung.session import Reel
from unsung.session.screening import Discs, Screening
from unsung.store import Known, Memory

RATE_HZ = 22050


@pytest.fixture(scope="module")
def demo_film(tmp_path_factory):
    """What is told of the demo's film."""
    folder = tmp_path_factory.mktemp("demo")
    place = demo.write_demo(folder)
    return beside(_reel(place, folder / "film"), Memory(folder / "memory"))


def _reel(place: Path, film: Path) -> Reel:
    """The demo as if it had been listened to: only files, sounds and notes matter here."""
    shelf = library.shelf(place)
    heard = tuple(
        Heard(track, evolve(soundtracks.recording_hearing(60.0, k + 1), source=_recording(k)))
        for k, track in enumerate(shelf.album.tracks)
    )
    notes = Known("notes", lambda: {one.track.file: one.hearing.notes for one in heard})
    story = story_from([film / "screenplay.fountain", film / "subtitles.srt"], shelf.album)
    return Reel(Screening(film / "film.webm", "demo"), Discs(place, heard), story, notes)


def _recording(k: int) -> Recording:
    return Recording(f"{k:064x}", 48000, 2, 60.0)


def test_every_cue_of_the_demo_is_where_it_was_laid_and_none_is_anywhere_else(demo_film):
    true = demo.truth()["film"]["placements"]
    found = demo_film.placements.placements
    assert len(found) == len(true)
    for one, other in zip(found, true, strict=True):
        assert one.track_file == other["track"]
        moved_s = one.track_span.start_s - one.film_span.start_s
        assert moved_s == pytest.approx(other["track_start_s"] - other["film_start_s"], abs=0.01)
        assert one.film_span.start_s == pytest.approx(other["film_start_s"], abs=0.6)
        assert one.film_span.end_s == pytest.approx(other["film_end_s"], abs=2.2)


def test_the_track_that_the_demo_never_plays_is_left_over_whole(demo_film):
    (unused,) = demo.truth()["film"]["unused"]
    (left,) = [one.span for one in demo_film.placements.unused if one.track_file == unused]
    assert left.start_s == 0.0


def test_lines_are_spoken_where_they_were_and_by_whom_the_screenplay_says(demo_film):
    true = demo.truth()["film"]["lines"]
    assert len(demo_film.speech.spoken) == len(true)
    for one, other in zip(demo_film.speech.spoken, true, strict=True):
        assert one.line.text == other["text"]
        assert one.line.speaker == other["speaker"]
        assert one.span.start_s == pytest.approx(other["start_s"], abs=0.8)


def test_scenes_of_the_screenplay_lie_where_the_film_has_them(demo_film):
    true = demo.truth()["film"]["scenes"]
    assert [one.title for one in demo_film.scenes] == [one["heading"] for one in true]
    for one, other in zip(demo_film.scenes, true, strict=True):
        assert one.film_span.start_s == pytest.approx(other["start_s"], abs=0.1)


def test_cuts_are_seen_and_the_clock_of_the_picture_is_exact(demo_film):
    """Lightning makes none; slow changes of the sky are not found."""
    starts = np.array([one["start_s"] for one in demo.truth()["film"]["shots"]][1:])
    found = demo_film.sight.seen.shots.cuts_s
    assert all(np.abs(starts - cut_s).min() < 0.1 for cut_s in found)
    assert len(found) >= 0.8 * len(starts)
    assert demo_film.sight.seen.rate.frames_a_second == 12


def test_music_under_the_dialogue_is_weighed_line_by_line(demo_film):
    measured = [one for one in demo_film.balance.spoken if isinstance(one.apart_lu, float)]
    assert len(measured) >= 20
    buried = [one.apart_lu for one in measured if 210 < one.spoken.span.start_s < 260]
    assert min(buried) > 15


def test_the_demo_has_no_music_but_the_album_s_and_no_mix_but_its_own(demo_film):
    assert demo_film.unplaced is not None
    assert demo_film.unplaced.stretches == ()
    assert "another mix" not in {one.mix for one in demo_film.placements.placements}
    assert demo_film.alternates == ()


def _tune(seed: int, lasts_s: float = 24.0) -> np.ndarray:
    """Plucked notes at random, four a second, in two voices."""
    dice = np.random.default_rng(seed)
    sound = np.zeros(round(lasts_s * RATE_HZ))
    time_s = np.arange(round(0.6 * RATE_HZ)) / RATE_HZ
    for start_s in np.arange(0, lasts_s - 0.7, 0.25):
        for hz in 110 * 2 ** (dice.integers(0, 36, 2) / 12):
            note = sum(np.sin(2 * np.pi * hz * k * time_s) / k for k in range(1, 6))
            at = round(start_s * RATE_HZ)
            sound[at : at + len(time_s)] += 0.08 * note * np.exp(-4 * time_s)
    return sound


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An album of two tracks, and a film that plays twelve seconds of the second from 6.5 s on."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "Album").mkdir()
    tunes = [_tune(1), _tune(2)]
    for k, tune in enumerate(tunes):
        soundfile.write(folder / "Album" / f"{k + 1:02} Tune.flac", tune, RATE_HZ)
    dice = np.random.default_rng(3)
    film = 0.004 * dice.standard_normal(30 * RATE_HZ)
    film[round(6.5 * RATE_HZ) : round(18.5 * RATE_HZ)] += 0.5 * tunes[1][5 * RATE_HZ : 17 * RATE_HZ]
    soundfile.write(folder / "film.wav", film, RATE_HZ)
    _ffmpeg(folder, "-i", "film.wav", "-c:a", "aac", "film.mp4")
    _ffmpeg(folder, "-f", "lavfi", "-i", "color=s=32x32:d=1", "-c:v", "mpeg4", "mute.mp4")
    return folder


def _ffmpeg(folder: Path, *words: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *words], cwd=folder, check=True)


def test_a_film_is_heard_remembered_and_exported(made: Path, unsung):
    album, project = made / "Album", made / "project"
    done = unsung("listen", album, "--project", project, "--film", made / "film.mp4")
    assert done.returncode == 0, done.stderr
    assert "finding the album in the film" in done.stderr
    assert "not heard" not in done.stderr
    assert "film.mp4: 1 uncut piece of 1 track was found in it" in done.stdout
    written = unsung("export", album, "placements", "--format", "json", "--project", project)
    (one,) = json.loads(written.stdout)["placements"]
    assert one["track"] == "02 Tune.flac"
    assert one["track_start_s"] - one["film_start_s"] == pytest.approx(-1.5, abs=0.005)
    assert (one["film_start_s"], one["film_end_s"]) == pytest.approx((6.5, 18.5), abs=0.3)
    assert one["level_db"] == pytest.approx(-6.0, abs=0.5)
    assert one["tempo_ratio"] == pytest.approx(1.0, abs=1e-4)
    page = (project / "report.html").read_text()
    assert "In the film" in page
    assert str(made) not in page

    again = unsung("listen", album, "--project", project)
    assert again.returncode == 0
    assert "finding the album" not in again.stderr

    sheet = unsung("cuesheet", album, "--project", project)
    assert sheet.stdout.splitlines()[1].startswith("1m1,")


def test_a_film_that_cannot_be_heard_is_one_line_and_the_album_is_heard(made: Path, unsung):
    album, project = made / "Album", made / "other project"
    for film, words in (("mute.mp4", "no sound"), ("film.wav", "")):
        done = unsung("listen", album, "--project", project, "--film", made / film)
        lines = [line for line in done.stderr.splitlines() if line.startswith("not heard")]
        assert done.returncode == (3 if words else 0), done.stderr
        assert len(lines) == (1 if words else 0)
        assert all(words in line for line in lines)
        assert "Traceback" not in done.stderr
    wrong = unsung(
        "listen", album, "--project", project, "--film", made / "film.mp4", "--stream", 4
    )
    assert wrong.returncode == 3
    assert "no sound stream 4" in wrong.stderr


def test_texts_without_a_film_are_refused(made: Path, unsung):
    done = unsung("listen", made / "Album", "--subtitles", made / "film.wav")
    assert done.returncode == 1
    assert "--film" in done.stderr
    unheard = unsung("cuesheet", made / "Album", "--project", made / "nowhere")
    assert unheard.returncode == 1
