import shutil
import subprocess

import pytest

from unsung.film.picture.cuts import shots
from unsung.library.picture import pictures
from unsung.model.errors import LibraryError

pytestmark = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs FFmpeg")


def _film(path, *sources, rate="24", more=()):
    asked = ["ffmpeg", "-v", "error", "-y"]
    for source in sources:
        asked += ["-f", "lavfi", "-i", f"{source}:r={rate}"]
    chain = "".join(f"[{k}:v]" for k in range(len(sources)))
    asked += ["-filter_complex", f"{chain}concat=n={len(sources)}[v]", "-map", "[v]", *more]
    subprocess.run([*asked, "-c:v", "mpeg4", "-q:v", "3", str(path)], check=True)
    return path


RED, BLUE = "color=red:s=192x108:d=2", "color=blue:s=192x108:d=1.5"
BARS = "testsrc=s=192x108:d=2.5"


def test_cuts_are_found_to_the_frame(tmp_path):
    found = pictures(_film(tmp_path / "film.mp4", RED, BARS, BLUE))
    assert len(found.times_s) == 144
    assert float(found.rate.frames_a_second) == 24
    assert found.steady
    assert shots(found).cuts_s == pytest.approx((2.0, 4.5), abs=0.02)


def test_the_rate_of_ntsc_is_exact(tmp_path):
    found = pictures(_film(tmp_path / "film.mov", RED, BLUE, rate="24000/1001"))
    assert (found.rate.frames_a_second.numerator, found.rate.frames_a_second.denominator) == (
        24000,
        1001,
    )


def test_brightness_goes_from_black_to_white(tmp_path):
    sources = ("color=black:s=192x108:d=1", "color=white:s=192x108:d=1")
    found = pictures(_film(tmp_path / "film.mp4", *sources))
    assert found.brightness[:20].max() < 0.03
    assert found.brightness[28:].min() > 0.97


def test_frames_that_come_unevenly_are_told(tmp_path):
    path = tmp_path / "film.mkv"
    uneven = ("-filter_complex", "[0:v]select='if(lt(t,1),1,not(mod(n,5)))'[v]", "-map", "[v]")
    subprocess.run(
        [
            "ffmpeg",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            f"{BARS}:r=24",
            *uneven,
            "-fps_mode",
            "vfr",
            "-c:v",
            "mpeg4",
            str(path),
        ],
        check=True,
    )
    assert not pictures(path).steady


def test_a_film_that_breaks_off_gives_what_it_still_holds(tmp_path):
    whole = _film(tmp_path / "film.mpg", RED, BARS, BLUE, more=("-f", "mpegts"))
    part = tmp_path / "part.mpg"
    part.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert 0 < len(pictures(part).times_s) < 144


@pytest.mark.parametrize("content", [b"", b"no film", bytes(5000)])
def test_what_is_no_film_is_told_in_one_line(tmp_path, content):
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=r"film\.mp4.*give the film itself") as told:
        pictures(path)
    assert "\n" not in str(told.value)


def test_sound_alone_has_no_picture(tmp_path):
    path = tmp_path / "sound.wav"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=1", str(path)], check=True
    )
    with pytest.raises(LibraryError, match="no picture"):
        pictures(path)
