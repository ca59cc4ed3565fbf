"""Seeking in a real Chromium: what is heard is where the page says, in every format.

A chirp tells by its frequency when it is heard. It is played through Web Audio, the last samples
that sounded are captured together with what the player says, and the two are compared.
"""

import zipfile
from pathlib import Path

import made_albums
import numpy as np
import pytest
from made_albums import RATE_HZ

CHROMIUM = Path("/usr/bin/chromium")
LASTS_S = 40.0
LATE_S = 0.2
SEEKS_S = (31.7, 3.25, 22.04)
FILES = (
    *("01.wav", "02.flac", "03.ogg", "04.opus", "05.vbr.mp3", "06.cbr.mp3", "07.aiff", "08.m4a"),
    *("09.zip!inside.wav", "10 late.wav"),
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is needed at {CHROMIUM}"),
]

PLAYED = """async ([address, at_s]) => {
  const context = new AudioContext();
  const player = new Audio(address);
  const ear = context.createAnalyser();
  ear.fftSize = 8192;
  context.createMediaElementSource(player).connect(ear);
  ear.connect(context.destination);
  await context.resume();
  const once = (name) => new Promise((done, failed) => {
    player.addEventListener(name, done, { once: true });
    player.addEventListener("error", () => failed(player.error.message), { once: true });
  });
  player.load();
  await once("loadedmetadata");
  const seeked = once("seeked");
  player.currentTime = at_s;
  await seeked;
  await player.play();
  await new Promise((done) => setTimeout(done, 1200));
  const samples = new Float32Array(ear.fftSize);
  ear.getFloatTimeDomainData(samples);
  const says_s = player.currentTime;
  player.pause();
  const rate_hz = context.sampleRate;
  await context.close();
  return [says_s, rate_hz, player.duration, Array.from(samples)];
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Ten copies of the same chirp: in every format, in an archive, and one that comes late."""
    folder = tmp_path_factory.mktemp("seeking")
    sound = made_albums.chirp(LASTS_S)
    noise = np.random.default_rng(1).normal(0, 0.03, len(sound))
    sound += noise * (np.arange(len(sound)) < 18 * RATE_HZ)  # so that the bitrate varies
    for file in FILES[:8]:
        made_albums.written(folder / file, sound)
    made_albums.written(folder / "inside.wav", sound)
    with zipfile.ZipFile(folder / "09.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "inside.wav", "inside.wav")
    late = np.concatenate([np.zeros(int(LATE_S * RATE_HZ)), sound])
    made_albums.written(folder / FILES[9], late)
    place = made_albums.album_at(folder, FILES, duration_s=LASTS_S)
    with made_albums.served(folder / "albums.json", place) as visitor:
        yield visitor.address


@pytest.fixture(scope="module")
def page(address):
    """The library page of the real server; what it may not do, this test may not either."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--mute-audio", "--autoplay-policy=no-user-gesture-required"],
        )
        page = browser.new_page()
        page.goto(f"{address}/")
        yield page
        browser.close()


def _error_s(page, file, at_s):
    """How far what is heard lies behind what the player says."""
    sound = f"/a/the-skerry-light/audio/{FILES.index(file) + 1}"
    says_s, rate_hz, duration_s, samples = page.evaluate(PLAYED, [sound, at_s])
    assert says_s > at_s
    assert duration_s == pytest.approx(LASTS_S, abs=LATE_S + 0.05)
    return says_s - _heard_s(np.array(samples), rate_hz)


def _heard_s(samples, rate_hz):
    """The instant of the chirp at the end of the captured samples."""
    count = 8 * len(samples)
    strength = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), count))
    assert strength.max() > 10, "nothing was heard"
    hz = strength.argmax() * rate_hz / count
    middle_s = (hz - made_albums.CHIRP_FROM_HZ) / made_albums.CHIRP_HZ_PER_S
    return middle_s + len(samples) / rate_hz / 2


@pytest.mark.parametrize("file", FILES[:9])
def test_what_is_heard_after_seeking_is_where_the_page_says(page, file):
    for at_s in SEEKS_S:
        assert abs(_error_s(page, file, at_s)) < 0.05, f"{file} at {at_s} s"


def test_the_measurement_sees_a_sound_that_is_late(page):
    assert _error_s(page, FILES[9], 22.04) == pytest.approx(LATE_S, abs=0.05)
