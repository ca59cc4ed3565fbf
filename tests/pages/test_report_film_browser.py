"""The film in the report as a reader meets it: played from its timeline, mended for everybody."""

import sys
import time
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import soundfile
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parents[1] / "questions"))

import films
import heard_albums as albums

from unsung.pages.report import ReportContext, report

CHROMIUM = Path("/usr/bin/chromium")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is needed at {CHROMIUM}"),
]


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--mute-audio"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("film")
    tone = 0.1 * np.sin(2 * np.pi * 220 * np.arange(90 * 8000) / 8000)
    soundfile.write(folder / "tone.wav", tone, 8000)
    album = albums.eight()
    sounds = {one.track.file: "tone.wav" for one in album.heard}
    shown = evolve(album, film=films.film(album))
    (folder / "report.html").write_text(report(ReportContext(shown, "0", sounds)))
    return (folder / "report.html").as_uri()


def comes_true(page, condition):
    until_s = time.monotonic() + 15
    while not page.evaluate(condition):
        assert time.monotonic() < until_s, f"it never came true: {condition}"
        page.wait_for_timeout(50)


def test_a_block_of_the_film_plays_its_stretch_of_the_album(chromium, address):
    page = chromium.new_page()
    page.goto(address)
    page.locator(".film-map a.occurrence").first.click()
    comes_true(page, "document.querySelector('.dock .along').value > 0")
    assert page.locator(".dock .title").inner_text() == "Cue 1"
    assert page.url == address
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend_in_the_film(chromium, address, scheme):
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    for summary in page.locator("#film summary").all():
        summary.click()
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run('#film', { runOnly: { type: 'tag', values: tags } })", STANDARDS
    )
    context.close()
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


def test_on_a_telephone_nothing_is_wider_than_the_page(chromium, address):
    page = chromium.new_page(viewport={"width": 360, "height": 700})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
