"""What is heard after a click: tracks are sweeps, whose pitch at an instant says where it is."""

import re
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soundtracks
import themes
from test_report_browser import MADE_SOUNDS, comes_true

from unsung.model.hearing import Heard
from unsung.pages.report import ReportContext, report

CHROMIUM = Path("/usr/bin/chromium")
LASTS_S, RATE_HZ = 45.0, 24_000
FIRST_HZ, HZ_PER_S = 300.0, 60.0
HOME = "http://album.test/"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is needed at {CHROMIUM}"),
]

_LISTEN = """
audio => {
  const context = new AudioContext();
  const ear = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  context.createMediaElementSource(audio).connect(ear);
  window.heardHz = () => {
    const levels = new Float32Array(ear.frequencyBinCount);
    ear.getFloatFrequencyData(levels);
    const top = levels.indexOf(Math.max(...levels));
    return levels[top] > -60 ? top * context.sampleRate / ear.fftSize : 0;
  };
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three tracks of one sweep, and their report."""
    album = tmp_path_factory.mktemp("sweeps")
    times_s = np.arange(int(LASTS_S * RATE_HZ)) / RATE_HZ
    sweep = 0.3 * np.sin(2 * np.pi * (FIRST_HZ * times_s + HZ_PER_S * times_s**2 / 2))
    tracks = [soundtracks.track(k, f"Sweep {k}") for k in (1, 2, 3)]
    for one in tracks:
        soundfile.write(album / one.file.replace(".ogg", ".wav"), sweep, RATE_HZ)
    heard = [Heard(one, soundtracks.recording_hearing(LASTS_S, one.position)) for one in tracks]
    sounds = {one.file: one.file.replace(".ogg", ".wav").replace(" ", "%20") for one in tracks}
    whole = themes.with_motifs(soundtracks.soundtrack(*heard))
    (album / "report.html").write_text(report(ReportContext(whole, "0.1.0", sounds)))
    return album


@pytest.fixture
def page(folder):
    """The report from a server: only there may a script listen to what is played."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--mute-audio"]
        )
        page = browser.new_page()
        page.add_init_script(MADE_SOUNDS)
        page.route(HOME + "**", lambda route: _serve(route, folder))
        page.goto(HOME + "report.html")
        yield page
        browser.close()


def _serve(route, folder):
    """A file, or the part of it that is asked for."""
    name = route.request.url.removeprefix(HOME).replace("%20", " ").partition("#")[0]
    content = (folder / name).read_bytes()
    kind = "audio/wav" if name.endswith(".wav") else "text/html"
    asked = re.match(r"bytes=(\d+)-(\d*)", route.request.headers.get("range", ""))
    if not asked:
        route.fulfill(body=content, content_type=kind, headers={"Accept-Ranges": "bytes"})
        return
    start, end = int(asked[1]), int(asked[2] or len(content) - 1)
    said = {"Content-Range": f"bytes {start}-{end}/{len(content)}", "Accept-Ranges": "bytes"}
    route.fulfill(status=206, body=content[start : end + 1], content_type=kind, headers=said)


@pytest.mark.parametrize(
    ("link", "track"),
    [
        (".motif-map a.occurrence >> nth=1", "track-1"),
        ("#motif-1 .occurrences a.play-one >> nth=3", "track-2"),
        ("#motif-1 .occurrences a.play-one >> nth=6", "track-3"),
    ],
)
def test_what_sounds_after_a_click_is_the_occurrence(page, link, track):
    occurrence = page.locator(link)
    begins_s = float(occurrence.get_attribute("data-from"))
    page.evaluate(f"({_LISTEN})(window.heard[0])")
    occurrence.dispatch_event("click")
    comes_true(page, "() => window.heardHz() > 0")
    page.wait_for_timeout(400)
    assert page.locator(".dock .title").get_attribute("href") == f"#{track}"
    heard_s = (page.evaluate("() => window.heardHz()") - FIRST_HZ) / HZ_PER_S
    assert begins_s - 0.1 <= heard_s <= begins_s + 2
