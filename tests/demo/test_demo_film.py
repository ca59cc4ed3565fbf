"""The film: its papers can be read, its music lies where it is said to lie, and people speak."""

import re
import shutil
import subprocess
from importlib.resources import as_file
from itertools import pairwise

import numpy as np
import pytest
from scipy.fft import irfft, next_fast_len, rfft
from scipy.signal import resample_poly

from unsung.demo import film_files

RATE_HZ = 8000


@pytest.fixture(scope="session")
def film_sound() -> np.ndarray:
    """The film's mono sound at `RATE_HZ`."""
    if not shutil.which("ffmpeg"):
        pytest.skip("FFmpeg is not installed: nothing can open the film")
    (film,) = (file for file in film_files() if file.name.endswith(".webm"))
    with as_file(film) as path:
        raw = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", path, "-ac", "1", "-ar", str(RATE_HZ),
             "-f", "f32le", "-"],
            check=True, capture_output=True,
        ).stdout  # fmt: skip
    return np.frombuffer(raw, np.float32).astype(float)


def _paper(suffix):
    (file,) = (file for file in film_files() if file.name.endswith(suffix))
    return file.read_text(encoding="utf-8")


def _seconds(clock):
    hours, minutes, seconds = clock.replace(",", ".").split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)


def test_subtitles_say_the_lines_when_they_are_spoken(known):
    blocks = _paper(".srt").strip().split("\n\n")
    assert len(blocks) == len(known["film"]["lines"])
    for number, (block, line) in enumerate(zip(blocks, known["film"]["lines"], strict=True), 1):
        counter, times, text = block.split("\n")
        start, end = times.split(" --> ")
        assert (int(counter), text) == (number, line["text"])
        assert _seconds(start) == pytest.approx(line["start_s"], abs=1e-6)
        assert _seconds(end) == pytest.approx(line["end_s"], abs=1e-6)


def test_the_screenplay_gives_every_line_to_its_speaker_in_its_scene(known):
    page = _paper(".fountain")
    headings = re.findall(r"^(?:INT|EXT)\. .+$", page, re.MULTILINE)
    assert headings == [scene["heading"] for scene in known["film"]["scenes"]]
    spoken = re.findall(r"^([A-Z]+)(?: \(.+\))?\n(?:\(.+\)\n)?(.+)$", page, re.MULTILINE)
    assert spoken == [(line["speaker"], line["text"]) for line in known["film"]["lines"]]


def test_lines_never_talk_over_each_other_and_stay_in_one_scene(known):
    lines, scenes = known["film"]["lines"], known["film"]["scenes"]
    assert all(a["end_s"] < b["start_s"] for a, b in pairwise(lines))
    for line in lines:
        assert any(s["start_s"] <= line["start_s"] < line["end_s"] <= s["end_s"] for s in scenes)


def test_scenes_and_shots_cover_the_film(known):
    film = known["film"]
    for parts in (film["scenes"], film["shots"]):
        edges = [0, *(part["end_s"] for part in parts)]
        assert [part["start_s"] for part in parts] == edges[:-1]
        assert edges[-1] == film["duration_s"]


def test_placements_lie_in_the_film_and_in_their_tracks(known):
    durations_s = {one["file"]: one["duration_s"] for one in known["tracks"]}
    for one in known["film"]["placements"]:
        assert 0 <= one["track_start_s"] < one["track_end_s"] <= durations_s[one["track"]]
        assert 0 <= one["film_start_s"] < one["film_end_s"] <= known["film"]["duration_s"]
        heard_s = one["film_end_s"] - one["film_start_s"]
        assert heard_s == pytest.approx(one["track_end_s"] - one["track_start_s"], abs=1e-3)


def test_music_is_treated_as_films_treat_it(known):
    film = known["film"]
    treatments = {name for one in film["placements"] for name in one["treatments"]}
    assert treatments == {
        "cut short", "looped", "faded", "buried", "starting in the middle", "overlapped", "edited",
    }  # fmt: skip
    placed = {one["track"] for one in film["placements"]}
    assert film["unused"] == [one["file"] for one in known["tracks"] if one["file"] not in placed]
    assert len(film["unused"]) == 1


def test_the_farewell_is_buried_under_what_they_say(known):
    (buried,) = (one for one in known["film"]["placements"] if "buried" in one["treatments"])
    assert buried["track"].startswith("09")
    assert -24 < buried["under_speech_db"] < -18


def test_the_film_lasts_as_long_as_the_truth_says(known, film_sound):
    assert len(film_sound) / RATE_HZ == pytest.approx(known["film"]["duration_s"], abs=0.05)
    assert np.abs(film_sound).max() < 1.0


def _lag_s(stretch, track):
    """Where in the track the stretch lies: the peak of the whitened cross-correlation."""
    size = next_fast_len(len(stretch) + len(track), real=True)
    cross = rfft(track, size) * np.conj(rfft(stretch, size))
    frequencies_hz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    cross[(frequencies_hz < 60) | (frequencies_hz > 2500)] = 0
    match = irfft(cross / (np.abs(cross) + 1e-9 * np.abs(cross).max()), size)
    return np.argmax(match[: len(track)]) / RATE_HZ


def test_the_film_sounds_its_tracks_where_the_placements_say(known, recording, film_sound):
    album = {one["track"]: recording(one["track"]) for one in known["film"]["placements"]}
    sounds = {name: resample_poly(samples, RATE_HZ, hz) for name, (samples, hz) in album.items()}
    for one in known["film"]["placements"]:
        start, end = (round(one[key] * RATE_HZ) for key in ("film_start_s", "film_end_s"))
        assert _lag_s(film_sound[start:end], sounds[one["track"]]) == pytest.approx(
            one["track_start_s"], abs=0.003
        )


def test_the_track_that_is_never_used_is_not_to_be_found(known, recording, film_sound):
    """Its best match is no better than that of its own mirror image."""
    samples, rate_hz = recording(known["film"]["unused"][0])
    track = resample_poly(samples[: 20 * rate_hz], RATE_HZ, rate_hz)
    forwards, backwards = (_best(film_sound, one) for one in (track, track[::-1]))
    assert forwards < 1.6 * backwards


def _best(film, track):
    size = next_fast_len(len(film) + len(track), real=True)
    cross = rfft(film, size) * np.conj(rfft(track, size))
    return irfft(cross / (np.abs(cross) + 1e-12), size).max()


def _level_db(sound, start_s, end_s):
    stretch = sound[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]
    return 10 * np.log10(np.mean(stretch**2) + 1e-12)


def test_somebody_speaks_wherever_a_line_is(known, film_sound):
    """Outside the storm every line stands out from the moment before it."""
    scenes = {one["heading"]: one for one in known["film"]["scenes"]}
    storm = scenes["EXT. SEA - STORM NIGHT"]
    for line in known["film"]["lines"]:
        if storm["start_s"] <= line["start_s"] < storm["end_s"]:
            continue
        said = _level_db(film_sound, line["start_s"], line["end_s"])
        before = _level_db(film_sound, line["start_s"] - 0.6, line["start_s"] - 0.05)
        assert said > before + 3
