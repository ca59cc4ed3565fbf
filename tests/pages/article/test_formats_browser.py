"""The article as a reader meets it: marks, cards, an attached album, passages that play."""

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from manuscripts import FILES, LASTS_S, TITLES, context, manuscript

from unsung.library.excerpts import excerpts
from unsung.model.time import Span
from unsung.pages.article.formats import as_html

CHROMIUM = Path("/usr/bin/chromium")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RATE_HZ = 8_000
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is needed at {CHROMIUM}"),
]


def comes_true(page, condition, given=None):
    """Ask again and again from outside: the page's policy forbids that it evaluates text itself."""
    until_s = time.monotonic() + 15
    while not page.evaluate(condition, given):
        assert time.monotonic() < until_s, f"it never came true: {condition}"
        page.wait_for_timeout(50)


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
def folder(tmp_path_factory):
    """The album on disk, its last track too short, with a picture and another file among it."""
    folder = tmp_path_factory.mktemp("an album")
    (folder / "disc 1").mkdir()
    time_s = np.arange(round(LASTS_S * RATE_HZ)) / RATE_HZ
    for k, file in enumerate(FILES):
        tone = 0.1 * np.sin(2 * np.pi * (220 + 20 * k) * time_s)
        soundfile.write(folder / file, tone[: RATE_HZ * 30] if k == 6 else tone, RATE_HZ)
    (folder / "disc 1" / "cover.png").write_bytes(b"no sound")
    (folder / "disc 1" / "notes.txt").write_text("no sound")
    return folder


@pytest.fixture(scope="module")
def address(folder):
    page = folder / "article.html"
    page.write_text(as_html(manuscript(), context()))
    return page.as_uri()


def opened(chromium, address, complaints, **more):
    page = chromium.new_context(viewport=WIDE, **more).new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: _stays_here(request.url, complaints))
    page.add_init_script(
        "window.started = []; const play = HTMLMediaElement.prototype.play;"
        "HTMLMediaElement.prototype.play = function () {"
        " if (!started.includes(this)) started.push(this); return play.call(this); };"
    )
    page.goto(address)
    return page


def _stays_here(url, complaints):
    if not url.startswith(("file:", "blob:", "data:")):
        complaints.append(f"asked for {url}")


@pytest.fixture
def page(chromium, address):
    """The article without sound, opened; a complaint of the browser fails the test."""
    complaints = []
    page = opened(chromium, address, complaints)
    yield page
    page.context.close()
    assert complaints == []


def mark(page, number):
    return page.locator(f"#ref-{number}-1")


def attach(page, folder):
    page.set_input_files("#folder", folder)
    comes_true(page, "() => /found|None/.test(document.querySelector('.attached').textContent)")
    return page.locator(".attached").text_content()


def test_a_mark_opens_its_card_in_the_margin_level_with_it(page):
    mark(page, 2).click()
    card, at = page.locator("#evidence-2").bounding_box(), mark(page, 2).bounding_box()
    assert card["x"] > page.locator("#text").bounding_box()["x"] + 600
    assert card["x"] + card["width"] <= WIDE["width"]
    assert abs(card["y"] - at["y"]) < 40
    assert mark(page, 2).get_attribute("aria-expanded") == "true"


def test_one_card_is_open_at_a_time_and_goes_home_when_closed(page):
    mark(page, 1).click()
    mark(page, 2).click()
    assert page.locator("#text .card").count() == 1
    page.locator("#evidence-2 .close").click()
    assert page.locator("#text .card").count() == 0
    homes = page.eval_on_selector_all(".slot > .card", "all => all.map(one => one.id)")
    assert homes == [f"evidence-{k}" for k in range(1, 21)]


def test_everything_can_be_done_by_keyboard(page):
    mark(page, 3).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "evidence-3"
    page.keyboard.press("Tab")
    assert "close" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "ref-3-1"
    assert mark(page, 3).get_attribute("aria-expanded") == "false"
    page.keyboard.press("Space")
    assert page.locator("#text #evidence-3").count() == 1


def test_every_mark_opens_whatever_block_it_stands_in(page):
    for k in range(page.locator("a.mark").count()):
        page.locator("a.mark").nth(k).click()
        assert page.locator("#text .card.open").count() == 1
        page.keyboard.press("Escape")


def test_on_a_narrow_screen_the_card_stands_below_its_paragraph_and_nothing_overflows(page):
    page.set_viewport_size(NARROW)
    mark(page, 2).click()
    card, at = page.locator("#evidence-2").bounding_box(), mark(page, 2).bounding_box()
    assert card["y"] > at["y"]
    for number in (1, 14, 18, 19):
        mark(page, number).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_without_sound_no_button_promises_any(page):
    assert page.locator(".sound:visible").count() == 0
    assert page.locator("audio").count() == 0


def test_an_attached_album_plays_each_passage_from_its_beginning_and_stops_at_its_end(page, folder):
    told = attach(page, folder)
    assert told.startswith("6 of 7 tracks found among your files.")
    assert "One file is none of them." in told
    mark(page, 2).click()
    page.locator("#evidence-2 .sound").click()
    comes_true(page, "() => started.length && started[0].currentTime > 4.1")
    assert page.evaluate("started[0].currentTime") < 8
    assert page.evaluate("started[0].src").startswith("blob:")
    page.evaluate("started[0].currentTime = 8.6")
    comes_true(page, "() => started[0].paused")
    assert page.evaluate("started[0].currentTime") == pytest.approx(9.0, abs=0.2)
    assert page.locator(".passage.playing").count() == 0


def test_only_one_passage_plays_at_a_time_and_a_second_press_stops_it(page, folder):
    attach(page, folder)
    mark(page, 1).click()
    buttons = page.locator("#evidence-1 .sound")
    buttons.nth(0).click()
    comes_true(page, "() => started.length === 1 && !started[0].paused")
    buttons.nth(1).click()
    comes_true(page, "() => document.querySelectorAll('#evidence-1 .playing').length === 1")
    comes_true(page, "() => !started[0].paused && started[0].currentTime > 4")
    assert page.evaluate("started.length") == 1
    assert buttons.nth(0).get_attribute("aria-label").startswith("Play ")
    assert buttons.nth(1).get_attribute("aria-label").startswith("Stop Black Water from 0:04")
    buttons.nth(1).click()
    comes_true(page, "() => started.every((one) => one.paused)")
    assert buttons.nth(1).get_attribute("aria-label").startswith("Play Black Water")


def test_closing_a_card_ends_its_music(page, folder):
    attach(page, folder)
    mark(page, 2).click()
    page.locator("#evidence-2 .sound").click()
    comes_true(page, "() => started.length === 1 && !started[0].paused")
    page.keyboard.press("Escape")
    comes_true(page, "() => started[0].paused")


def test_files_may_be_attached_one_by_one_and_named_after_their_titles(page, folder, tmp_path):
    renamed = tmp_path / f"07 - {TITLES[3].upper()}.wav"
    renamed.write_bytes((folder / FILES[3]).read_bytes())
    page.set_input_files("#files", [renamed])
    comes_true(page, "() => /1 of 7/.test(document.querySelector('.attached').textContent)")
    page.set_input_files("#files", [folder / FILES[0]])
    comes_true(page, "() => /2 of 7/.test(document.querySelector('.attached').textContent)")


def test_of_files_of_one_name_the_one_at_its_place_in_the_folder_is_taken(page, tmp_path):
    for disc, more_s in (("disc 0", 0.3), ("disc 1", 0.2)):
        (tmp_path / disc).mkdir()
        silence = np.zeros(round((LASTS_S + more_s) * RATE_HZ))
        soundfile.write(tmp_path / disc / Path(FILES[3]).name, silence, RATE_HZ)
    assert attach(page, tmp_path).startswith("1 of 7 tracks found")
    page.locator("#evidence-2 .sound").click()
    comes_true(page, "() => started.length && started[0].duration > 0")
    assert page.evaluate("started[0].duration") == pytest.approx(LASTS_S + 0.2, abs=0.01)


def test_the_claims_can_be_saved_from_the_page(page, tmp_path):
    with page.expect_download() as saved:
        page.locator("[data-act=save]").click()
    saved.value.save_as(tmp_path / "claims.json")
    assert '"unsung-claims/1"' in (tmp_path / "claims.json").read_text()


def test_sound_beside_the_page_plays_at_its_place(chromium, folder):
    addresses = {FILES[3]: "disc%201/04%20track.wav"}
    path, complaints = folder / "beside.html", []
    path.write_text(as_html(manuscript(), context(audio="sidecar", addresses=addresses)))
    page = opened(chromium, path.as_uri(), complaints)
    page.locator("#evidence-2 .sound").click()
    comes_true(page, "() => started.length && started[0].currentTime > 4.05")
    assert page.evaluate("started[0].currentTime") < 8
    assert page.locator("#evidence-8 .sound:visible").count() == 0
    page.context.close()
    assert complaints == []


def test_a_missing_file_is_told_where_it_was_asked_for(chromium, folder):
    path, complaints = folder / "missing.html", []
    path.write_text(as_html(manuscript(), context(audio="sidecar", addresses={FILES[3]: "no.wav"})))
    page = opened(chromium, path.as_uri(), complaints)
    page.locator("#evidence-2 .sound").click()
    comes_true(
        page, "() => /could not be played/.test(document.querySelector('.toasts').textContent)"
    )
    assert page.locator(".playing").count() == 0
    page.context.close()


def test_clips_inside_the_page_play_and_stop_by_themselves(chromium, folder, tmp_path):
    span = Span(4, 9)
    track = next(one for one in context().album.tracks if one.file == FILES[3])
    clips = {(FILES[3], span): excerpts(folder, track, [span])[span]}
    path, complaints = tmp_path / "embedded.html", []
    path.write_text(as_html(manuscript(), context(audio="embedded", clips=clips)))
    page = opened(chromium, path.as_uri(), complaints)
    page.locator("#evidence-2 .sound").click()
    comes_true(page, "() => started.length && started[0].currentTime > 0.1")
    page.evaluate("started[0].currentTime = 4.7")
    comes_true(page, "() => started[0].paused")
    assert page.locator(".playing").count() == 0
    page.context.close()
    assert complaints == []


def test_without_scripts_marks_lead_to_the_evidence(chromium, address):
    page = chromium.new_context(viewport=WIDE, java_script_enabled=False).new_page()
    page.goto(address)
    mark(page, 5).click()
    assert page.url.endswith("#evidence-5")
    assert page.locator("#evidence-5").is_visible()
    assert page.locator("button:visible").count() == 0
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing(chromium, address, folder, scheme, size):
    from axe_playwright_python.sync_playwright import Axe

    context_ = chromium.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
    page = context_.new_page()
    page.goto(address)
    attach(page, folder)
    mark(page, 5).click()
    tags = {"runOnly": {"type": "tag", "values": [*STANDARDS, "best-practice"]}}
    found = Axe().run(page, options=tags).response["violations"]
    context_.close()
    assert [(one["id"], [node["target"] for node in one["nodes"]][:5]) for one in found] == []


def test_on_paper_there_are_no_controls(page):
    page.emulate_media(media="print")
    assert page.locator("button:visible, .listen:visible, .contents:visible").count() == 0
    assert page.locator("#evidence-20").is_visible()
