"""Seeking in a film, in a real Chromium: what is heard is where the page says.

The same measurement as for tracks: a chirp tells by its frequency when it is heard.
"""

import sys
from pathlib import Path

import pytest
from test_seeking_browser import CHROMIUM, PLAYED, _heard_s

sys.path.insert(0, str(Path(__file__).parents[1] / "library"))

import made_films
import numpy as np
from made_films import AAC, AC3, H264, OPUS, VP8
from test_films import A, named, state

LASTS_S = 30.0
SEEKS_S = (21.7, 3.25, 12.04)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is needed at {CHROMIUM}"),
]


@pytest.fixture(scope="module")
def page():
    """A browser that may play unasked."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--mute-audio", "--autoplay-policy=no-user-gesture-required"],
        )
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize(
    ("name", "codecs", "is_copy"),
    [
        ("plain.mp4", (*H264, *AAC), False),
        ("plain.webm", (*VP8, *OPUS), False),
        ("theirs.mkv", (*H264, *AC3), True),
    ],
)
def test_what_is_heard_of_a_film_after_seeking_is_where_the_page_says(
    fresh, page, tmp_path, name, codecs, is_copy
):
    named(fresh, made_films.film(tmp_path / name, *codecs, lasts_s=LASTS_S))
    if is_copy:
        fresh.post(f"{A}/api/film/copy", {})
        while not state(fresh)["media"]:
            page.wait_for_timeout(100)
    page.goto(f"{fresh.address}/")
    for at_s in SEEKS_S:
        says_s, rate_hz, lasts_s, samples = page.evaluate(PLAYED, [state(fresh)["media"], at_s])
        assert lasts_s == pytest.approx(LASTS_S, abs=0.1)
        assert says_s > at_s
        assert abs(says_s - _heard_s(np.array(samples), rate_hz)) < 0.05, f"{name} at {at_s} s"
