"""Singing into the microphone, in a real Chromium whose microphone is a file."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from explored import ALBUM, comes_true, complaints_of_axe
from voices import RATE_HZ, voice

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
SUNG = (64, 67, 69, 71, 69)
NOTES = "document.querySelector('input[name=notes]').value"
STATUS = "document.querySelector('.sung-status').textContent"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """A browser that hears a short tune, then silence, whenever somebody sings."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is needed at {CHROMIUM}")
    heard = tmp_path_factory.mktemp("sung") / "tune.wav"
    tune = np.concatenate([voice(SUNG, (0.5,) * 5), np.zeros(8 * RATE_HZ)])
    soundfile.write(heard, tune, RATE_HZ, subtype="PCM_16")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=[
                *("--no-sandbox", "--mute-audio", "--use-fake-device-for-media-stream"),
                *("--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={heard}"),
            ],
        )
        yield browser
        browser.close()


def test_a_tune_is_sung_put_right_with_keys_and_searched_again(shared, chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    asked = []
    page.on("request", lambda one: asked.append(one.post_data_json) if "find" in one.url else None)
    page.goto(f"{shared.address}{ALBUM}/search")
    page.locator("[data-do=sing]").click()
    comes_true(page, "document.querySelector('.listening meter').value > 0.3")
    assert page.locator("[data-do=sing]").text_content() == "Stop"
    comes_true(page, f"{STATUS}.startsWith('5 notes were heard')")
    words = page.evaluate(NOTES).split()
    assert [word.split("/")[0] for word in words] == ["E4", "G4", "A4", "B4", "A4"]
    comes_true(page, "document.querySelector('.by-tune .answer').textContent.length > 20")
    page.locator("[data-note='1']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Delete")
    assert [word.split("/")[0] for word in page.evaluate(NOTES).split()] == [
        "E4",
        "F#4",
        "B4",
        "A4",
    ]
    assert page.evaluate("document.activeElement.dataset.note") == "2"
    page.get_by_role("button", name="Find this tune").click()
    comes_true(page, "document.querySelector('.by-tune .answer').textContent.length > 20")
    assert [row[2] for row in asked[-1]["notes"]] == [64, 66, 71, 69]
    page.close()


def test_the_button_and_escape_end_it(shared, chromium):
    page = chromium.new_page()
    page.goto(f"{shared.address}{ALBUM}/search")
    for end in (
        lambda: page.locator("[data-do=sing]").click(),
        lambda: page.keyboard.press("Escape"),
    ):
        page.locator("[data-do=sing]").click()
        comes_true(page, "document.querySelector('.listening meter').value > 0.3")
        end()
        comes_true(page, "document.querySelector('[data-do=sing]').textContent !== 'Stop'")
        assert not page.locator(".listening").is_visible()
    page.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NotAllowedError", "not allowed"),
        ("NotFoundError", "no microphone"),
        ("NotReadableError", "another program"),
        (None, "only to pages of this very machine"),
    ],
)
def test_without_a_microphone_it_says_why(shared, chromium, name, words):
    page = chromium.new_page()
    refused = f"() => Promise.reject(new DOMException('', '{name}'))"
    gone = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined });"
    kept = f"navigator.mediaDevices.getUserMedia = {refused};"
    page.add_init_script(kept if name else gone)
    page.goto(f"{shared.address}{ALBUM}/search")
    page.locator("[data-do=sing]").click()
    comes_true(page, f"{STATUS}.includes('{words}')")
    assert page.locator("[data-do=sing]").text_content() == "Sing, hum or whistle"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_notes_on_the_page_at_320_pixels(shared, chromium, scheme):
    page = chromium.new_page(
        color_scheme=scheme, bypass_csp=True, viewport={"width": 320, "height": 800}
    )
    page.goto(f"{shared.address}{ALBUM}/search")
    page.locator("input[name=notes]").fill("E4 G4/0.5 A4/0.5 B4/2 C#6 D3")
    comes_true(page, "document.querySelectorAll('[data-note]').length === 6")
    assert complaints_of_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_nobody_listens_before_somebody_asks(shared, chromium):
    page = chromium.new_page()
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => { document.title = 'listened'; };"
    )
    page.goto(f"{shared.address}{ALBUM}/search")
    page.wait_for_timeout(300)
    assert page.title() != "listened"
    page.close()
