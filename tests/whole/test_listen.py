"""`unsung listen`, as a person meets it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

import unsung as api
from unsung.model.outcomes import SILENT
from unsung.model.pitch import Key

TITLES = ["Rising", "Falling", "Silence", "Chord"]
FROM_THE_KEY = {
    "modes.modes", "cadences.cadences", "tension.tension", "atonality.atonality",
    "emotion.emotion", "turning_points.turning_points",
}  # fmt: skip


def answers(album: Path) -> dict[Path, int]:
    """Every answer file, and when it was written."""
    folder = album / "unsung" / "answers"
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*.json")}


def test_a_folder_is_heard_and_what_cannot_be_heard_is_one_line(unsung, album: Path):
    done = unsung("listen", album, "--json")
    assert done.returncode == 3
    said = json.loads(done.stdout)
    assert said["album"] == "An Album"
    assert [track["track"] for track in said["tracks"]] == TITLES
    assert [one["file"] for one in said["unheard"]] == ["05 Broken.ogg"]
    lines = [line for line in done.stderr.splitlines() if "05 Broken.ogg" in line]
    assert len(lines) == 1
    assert "Traceback" not in done.stderr
    page = Path(said["report"]).read_text()
    assert page.lower().startswith("<!doctype html>")
    assert all(title in page for title in TITLES)


def test_what_was_heard_is_true(album: Path):
    soundtrack = api.listen(album, jobs=1)
    rising, silence, chord = (soundtrack[title].hearing for title in ("Rising", "Silence", "Chord"))
    assert rising.key.overall == Key(0, "major")
    assert set(np.round(rising.notes.midi_pitch)) >= {60, 62, 64, 65, 67, 69, 71, 72}
    assert rising.duration_s == pytest.approx(4.0)
    assert silence.loudness.integrated_lufs is SILENT
    assert len(silence.notes) == 0
    assert list(chord.notes.midi_pitch) == [60, 64, 67, 72]
    assert chord.tempo.overall_bpm == 120
    assert "no sound" in chord.loudness.reason


def test_run_again_unchanged_it_hears_nothing_again(unsung, heard_album: Path):
    before = answers(heard_album)
    again = unsung("listen", heard_album)
    assert answers(heard_album) == before
    assert "0 to be heard" in again.stderr


def test_a_renamed_or_rewritten_file_is_not_heard_twice(unsung, heard_album: Path):
    before = answers(heard_album)
    (heard_album / "01 Rising.flac").rename(heard_album / "07 Ascent.flac")
    sound, rate_hz = soundfile.read(heard_album / "03 Silence.wav")
    soundfile.write(heard_album / "03 Silence.flac", sound, rate_hz)
    (heard_album / "03 Silence.wav").unlink()
    done = unsung("listen", heard_album, "--json")
    after = answers(heard_album)
    assert before.items() <= after.items()
    new = {json.loads(path.read_bytes())["stage"] for path in set(after) - set(before)}
    assert new <= {"soundtrack.what_returns"}
    assert {"07 Ascent.flac", "03 Silence.flac"} <= {
        track["file"] for track in json.loads(done.stdout)["tracks"]
    }


def test_a_changed_setting_reruns_only_what_it_touches(unsung, heard_album: Path):
    assert unsung("why", heard_album).stdout.startswith("nothing would run again")
    (heard_album / "unsung.toml").write_text("[key]\nwindow_s = 20\n")
    reasons = json.loads(unsung("why", heard_album, "--json").stdout)
    because = {reason["stage"]: reason["because"] for reason in reasons}
    assert because.pop("key.key") == "its settings changed"
    assert set(because) == FROM_THE_KEY
    assert all("it follows from key.key" in why for why in because.values())
    assert unsung("listen", heard_album).returncode == 3
    assert unsung("why", heard_album, "--json").stdout.strip() == "[]"


def test_a_lost_answer_is_found_again_and_why_says_so(unsung, heard_album: Path):
    before = set(answers(heard_album))
    for array in (heard_album / "unsung" / "arrays").rglob("*.npy"):
        array.unlink()
    lost = unsung("export", heard_album, "notes")
    assert lost.returncode == 1
    assert "run `unsung listen` again" in lost.stderr
    assert len(lost.stderr.splitlines()) == 1
    assert "no longer in the project folder" in unsung("why", heard_album).stdout
    unsung("listen", heard_album)
    assert set(answers(heard_album)) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[kye]\n", "unknown table 'kye'; there are key"),
        ("[key]\nwindow = 3\n", "unknown key in [key] 'window'; there are"),
        ("[key]\nwindow_s = 'long'\n", "key.window_s must be a number, not 'long'"),
        ("[key]\nwindow_s = -1\n", "[key]"),
        ("key\n", "is not valid TOML"),
    ],
)
def test_settings_that_are_not_understood_are_refused(unsung, album: Path, text: str, words: str):
    (album / "unsung.toml").write_text(text)
    done = unsung("listen", album)
    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_killed_at_any_moment_it_goes_on_where_it_was(unsung, album: Path):
    """Kill -9 again and again, a little later each time; it ends with all that one run gives."""
    command = [sys.executable, "-m", "unsung", "listen", str(album), "--jobs", "1"]
    for patience_s in (1.0, 2.5, 4.0, 5.5):
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(patience_s)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    survivors = answers(album)
    assert unsung("listen", album).returncode == 3
    assert {path: answers(album)[path] for path in survivors} == survivors

    twin = album.parent / "Twin"
    shutil.copytree(album, twin, ignore=shutil.ignore_patterns("unsung"))
    unsung("listen", twin)
    for what in ("tracks", "notes", "key"):
        exports = [unsung("export", each, what).stdout for each in (album, twin)]
        assert exports[0] == exports[1]


def test_an_empty_folder_is_one_clear_line(unsung, tmp_path: Path):
    done = unsung("listen", tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("unsung: ")


def test_a_folder_that_is_not_there_is_a_usage_error(unsung, tmp_path: Path):
    assert unsung("listen", tmp_path / "nowhere").returncode == 2


def test_music_that_may_not_be_written_beside_names_the_remedy(unsung, album: Path, tmp_path: Path):
    (album / "unsung").write_text("a file where the project folder would be")
    done = unsung("listen", album)
    assert done.returncode == 1
    assert "--project" in done.stderr
    assert unsung("listen", album, "--project", tmp_path / "elsewhere").returncode == 3
    assert (tmp_path / "elsewhere" / "report.html").exists()


def test_a_single_file_is_an_album(unsung, album: Path):
    done = unsung("listen", album / "01 Rising.flac", "--quiet")
    assert done.returncode == 0
    assert done.stderr == ""
    assert (album / "01 Rising.unsung" / "report.html").exists()


def test_exports_go_to_standard_output_or_to_files(unsung, heard_album: Path, tmp_path: Path):
    album = heard_album
    table = unsung("export", album, "tracks").stdout
    assert len(table.splitlines()) == 5
    unsung("export", album / "unsung", "tracks", "--out", tmp_path / "tracks.csv")
    assert (tmp_path / "tracks.csv").read_text() == table
    many = unsung("export", album, "notes", "--format", "jams")
    assert many.returncode == 1
    assert "--out" in many.stderr
    unsung("export", album, "notes", "--format", "jams", "--out", tmp_path / "jams")
    assert len(list((tmp_path / "jams").iterdir())) == len(TITLES)
    unknown = unsung("export", album, "smells")
    assert unknown.returncode == 1
    assert "melody" in unknown.stderr


def test_exports_that_name_files_find_them_from_where_they_lie(
    unsung, heard_album: Path, tmp_path: Path
):
    def media(text: str) -> Path:
        return Path(json.loads(text)["media_path"])

    asked = ("export", heard_album, "key", "--format", "tilia")
    unsung(*asked, "--out", tmp_path / "timelines")
    for timeline in (tmp_path / "timelines").iterdir():
        assert not media(timeline.read_text()).is_absolute()
        assert (tmp_path / "timelines" / media(timeline.read_text())).is_file()
    unsung(*asked, "--track", "1", "--out", tmp_path / "one.tla")
    assert (tmp_path / media((tmp_path / "one.tla").read_text())).is_file()
    whole = media(unsung(*asked, "--track", "1", "--whole-paths").stdout)
    assert whole.is_absolute()
    assert whole.is_file()


def test_the_report_leads_to_what_the_world_gave_once_that_was_asked(unsung, heard_album: Path):
    report = heard_album / "unsung" / "report.html"
    assert 'href="recognition.html"' not in report.read_text()
    assert unsung("recognise", heard_album).returncode == 0
    assert 'href="recognition.html"' in report.read_text()


def test_no_colour_and_no_bar_where_nobody_looks(unsung, heard_album: Path):
    (heard_album / "unsung.toml").write_text("[key]\nwindow_s = 20\n")
    done = unsung("listen", heard_album, env={**os.environ, "NO_COLOR": "1"})
    assert "\x1b" not in done.stdout + done.stderr
    assert re.search(r"\[4/4\] heard ", done.stderr)


def test_help_opens_at_once(unsung):
    unsung("--help")
    times_s = []
    for _try in range(3):
        began_s = time.monotonic()
        assert "listen" in unsung("--help").stdout
        times_s.append(time.monotonic() - began_s)
    assert min(times_s) < 0.3


def test_the_doctor_finds_this_installation_well(unsung):
    done = unsung("doctor")
    assert done.returncode == 0
    assert "A4" in done.stdout
