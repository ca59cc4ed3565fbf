"""The report as a reader meets it: opened from disk in Chromium, played, sorted, printed."""

import re
import time
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soundtracks
import themes
from attrs import evolve

from unsung.model.hearing import Heard
from unsung.model.motif import Statement, Testimony
from unsung.model.time import Span
from unsung.pages.report import ReportContext, report

CHROMIUM = Path("/usr/bin/chromium")
LASTS_S = 40.0
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

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
    """An album on disk: its sound in one folder, the report in another beside it."""
    album = tmp_path_factory.mktemp("an album")
    (album / "unsung").mkdir()
    tone = 0.1 * np.sin(2 * np.pi * 220 * np.arange(int(LASTS_S * 22_050)) / 22_050)
    soundfile.write(album / "01 one & only.wav", tone, 22_050)
    soundfile.write(album / "02 two.flac", tone, 22_050)
    return album


@pytest.fixture(scope="module")
def address(folder):
    heard = (
        Heard(soundtracks.track(1, "First Light"), soundtracks.recording_hearing(LASTS_S, 1)),
        Heard(soundtracks.track(2, "Second Sight"), soundtracks.recording_hearing(LASTS_S, 2)),
        Heard(soundtracks.track(3, "On Paper", kind="score"), soundtracks.score_hearing()),
        Heard(soundtracks.track(4, "Hush"), soundtracks.silent_hearing()),
        Heard(soundtracks.track(5, soundtracks.HOSTILE), soundtracks.recording_hearing(9.0, 5)),
    )
    sounds = {
        "01 track.ogg": "../01%20one%20%26%20only.wav",
        "02 track.ogg": "../02%20two.flac",
        "05 track.ogg": "../missing.ogg",
    }
    page = folder / "unsung" / "report.html"
    album = themes.with_motifs(soundtracks.soundtrack(*heard))
    first = album.motifs[0].occurrences
    said = (
        Statement(first[0].track_file, first[0].span, "Ada", "A"),
        Statement(first[4].track_file, first[4].span, "Ada", "A", holds=False),
        Statement("02 track.ogg", Span(30, 36), soundtracks.HOSTILE, "B"),
    )
    heard = evolve(album, testimony=Testimony(said))
    page.write_text(report(ReportContext(heard, "0.1.0", sounds)))
    return page.as_uri()


@pytest.fixture
def page(chromium, address):
    """The report, opened; a complaint of the browser fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(MADE_SOUNDS)
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: _stays_on_disk(request.url, complaints))
    page.goto(address)
    yield page
    context.close()
    assert complaints == []


def _stays_on_disk(url, complaints):
    if not url.startswith("file:"):
        complaints.append(f"asked for {url}")


NOW = "window.heard[0]"
MADE_SOUNDS = """
const Made = window.Audio;
window.heard = [];
window.Audio = function (...given) {
  const one = new Made(...given);
  window.heard.push(one);
  return one;
};
"""


def in_dock(page):
    """The id of the track that is in the player."""
    return page.locator(".dock .title").get_attribute("href").removeprefix("#")


def playing_at(page, track):
    """Seconds into a track that is playing; waits until it moves."""
    comes_true(
        page,
        "id => document.querySelector('.dock .title').hash === `#${id}`"
        f" && !{NOW}.paused && {NOW}.readyState > 2 && {NOW}.currentTime > 0",
        track,
    )
    return page.evaluate(f"{NOW}.currentTime")


def paused(page):
    return page.evaluate(f"{NOW}.paused")


def test_a_click_on_a_section_plays_from_its_beginning(page):
    block = page.locator("#track-1 .section").last
    begins_s = float(block.get_attribute("data-from"))
    block.locator("rect").click()
    assert playing_at(page, "track-1") == pytest.approx(begins_s, abs=1.0)
    comes_true(page, "t => window.heard[0].currentTime > t + 0.3", begins_s)


def test_a_click_on_any_curve_plays_from_there(page):
    plot = page.locator("#track-2 .lane .plot").nth(2)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    page.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + box["height"] / 2)
    assert playing_at(page, "track-2") == pytest.approx(0.75 * LASTS_S, abs=1.0)


def stopped_at(page, track):
    comes_true(page, f"{NOW}.paused")
    assert in_dock(page) == track
    return page.evaluate(f"{NOW}.currentTime")


def test_a_click_on_the_motif_map_plays_that_occurrence_and_stops_after_it(page):
    mark = page.locator(".motif-map a.occurrence[data-track=track-2]").first
    begins_s, until_s = (float(mark.get_attribute(f"data-{end}")) for end in ("from", "until"))
    mark.locator("rect").first.click()
    assert playing_at(page, "track-2") == pytest.approx(begins_s, abs=1.0)
    assert "sounding" in mark.get_attribute("class")
    assert in_dock(page) == "track-2"
    assert stopped_at(page, "track-2") == pytest.approx(until_s, abs=0.3)
    assert page.url.endswith("report.html")


def test_an_occurrence_is_played_with_the_keyboard_alone(page):
    play = page.locator("#motif-1 .occurrences a.play-one").nth(1)
    play.focus()
    page.keyboard.press("Enter")
    begins_s = float(play.get_attribute("data-from"))
    assert playing_at(page, "track-1") == pytest.approx(begins_s, abs=1.0)


def now_in_the_row(page):
    return page.locator("#motif-2 .in-a-row [role=status]").text_content()


def test_all_of_a_motif_play_in_a_row_across_tracks_and_then_stop(page):
    button = page.locator("#motif-2 [data-act=row]")
    button.click()
    assert playing_at(page, "track-1") == pytest.approx(30.0, abs=1.0)
    assert now_in_the_row(page) == "1 of 3: First Light, 0:30"
    assert button.text_content() == "Stop"
    assert playing_at(page, "track-2") == pytest.approx(8, abs=1)
    assert now_in_the_row(page).startswith("2 of 3")
    page.keyboard.press("n")
    comes_true(page, "window.heard[0].currentTime > 29")
    assert stopped_at(page, "track-2") == pytest.approx(36, abs=1.0)
    assert button.text_content() == "Play all in a row"
    assert now_in_the_row(page) == ""


def test_the_next_key_goes_on_in_the_row_and_a_move_by_hand_ends_it(page):
    page.locator("#motif-2 [data-act=row]").click()
    playing_at(page, "track-1")
    page.keyboard.press("n")
    assert playing_at(page, "track-2") == pytest.approx(8.0, abs=1.0)
    page.keyboard.press("ArrowRight")
    assert now_in_the_row(page) == ""
    comes_true(page, "window.heard[0].currentTime > 13.5")
    assert not paused(page)


def test_stop_stops_the_row(page):
    button = page.locator("#motif-2 [data-act=row]")
    button.click()
    playing_at(page, "track-1")
    button.click()
    comes_true(page, "window.heard[0].paused")
    assert now_in_the_row(page) == ""


def test_an_occurrence_is_compared_by_playing_the_prototype_first(page):
    page.locator("#motif-1 [data-act=after]").first.click()
    assert playing_at(page, "track-1") == pytest.approx(12.0, abs=1.0)
    comes_true(page, "window.heard[0].currentTime > 25")


def test_a_lane_is_one_stop_of_the_tab_key_and_the_arrows_walk_along_it(page):
    lane = page.locator(".motif-map .figure").first.locator("a.occurrence")
    stops = lane.evaluate_all("all => all.filter(one => one.tabIndex === 0).length")
    assert stops == 1
    lane.first.focus()
    page.keyboard.press("ArrowRight")
    assert lane.nth(1).evaluate("one => one === document.activeElement")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    begins_s = float(lane.last.get_attribute("data-from"))
    assert playing_at(page, lane.last.get_attribute("data-track")) == pytest.approx(begins_s, abs=1)


def test_a_click_on_a_written_note_plays_from_it_and_notes_light_up(page):
    note = page.locator("#motif-1 > .engraving .note").nth(3)
    note.locator("use").first.click()
    begins_s = float(note.get_attribute("data-from"))
    assert playing_at(page, "track-1") == pytest.approx(begins_s, abs=0.8)
    page.wait_for_selector("#motif-1 > .engraving .note.sounding")


def test_moving_on_by_hand_forgets_where_the_occurrence_ended(page):
    page.locator("#motif-1 .occurrences a.play-one").first.click()
    playing_at(page, "track-1")
    page.keyboard.press("l")
    page.keyboard.press("l")
    until_s = float(
        page.locator("#motif-1 .occurrences a.play-one").first.get_attribute("data-until")
    )
    comes_true(page, "t => window.heard[0].currentTime > t + 1", until_s)
    assert not paused(page)


def test_dragging_over_the_curves_plays_from_where_it_ends(page):
    plot = page.locator("#track-1 .lane .plot").nth(2)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 5, steps=5)
    page.mouse.up()
    assert playing_at(page, "track-1") == pytest.approx(0.5 * LASTS_S, abs=1.0)


def test_only_one_track_plays_at_a_time(page):
    page.locator("#track-1 [data-act=play-here]").click()
    playing_at(page, "track-1")
    page.locator("#track-2 [data-act=play-here]").click()
    playing_at(page, "track-2")
    assert page.evaluate("window.heard.length") == 1
    assert page.locator("#track-1 audio").evaluate("audio => audio.paused")


def test_the_keyboard_plays_moves_and_changes_tracks(page):
    page.keyboard.press("Space")
    playing_at(page, "track-1")
    page.keyboard.press("l")
    assert playing_at(page, "track-1") == pytest.approx(10, abs=1.5)
    page.keyboard.press("ArrowRight")
    assert playing_at(page, "track-1") == pytest.approx(15, abs=2)
    page.keyboard.press("j")
    page.keyboard.press("ArrowLeft")
    assert playing_at(page, "track-1") == pytest.approx(0, abs=2.5)
    page.keyboard.press("n")
    playing_at(page, "track-2")
    page.keyboard.press("p")
    playing_at(page, "track-1")
    page.keyboard.press("k")
    comes_true(page, "window.heard[0].paused")


def test_shortcuts_are_listed_and_can_be_switched_off(page):
    page.keyboard.press("?")
    dialog = page.locator("#shortcuts")
    assert dialog.is_visible()
    dialog.locator("#use-shortcuts").uncheck()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    page.keyboard.press("k")
    assert not dialog.is_visible()
    assert paused(page)


def test_section_links_are_reached_and_played_with_the_keyboard_alone(page):
    chip = page.locator("#track-1 a.chip").last
    chip.focus()
    page.keyboard.press("Enter")
    begins_s = float(chip.get_attribute("data-from"))
    assert playing_at(page, "track-1") == pytest.approx(begins_s, abs=1.0)
    assert page.url.endswith("report.html")


def test_the_seek_slider_moves_in_time_and_says_so(page):
    slider = page.locator("#track-1 .seek")
    slider.focus()
    slider.fill("30")
    assert slider.get_attribute("aria-valuetext") == "0:30 of 0:40"
    comes_true(page, "Math.abs(window.heard[0].currentTime - 30) < 0.2")


def test_values_under_the_pointer_are_those_of_the_table(page):
    plot = page.locator("#track-1 .lane .plot").nth(2)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 5)
    said = page.locator("#track-1 .readout").text_content()
    step_s = int(page.locator("#track-1 .values").get_attribute("data-step-s"))
    row = page.locator("#track-1 .values tbody tr").nth(int(0.5 * LASTS_S) // step_s)
    cells = row.locator("td").all_text_contents()
    assert cells[2] in said
    assert cells[3] in said


def test_a_recording_that_moved_is_told_in_words(chromium, address):
    page = chromium.new_page()
    page.goto(address)
    page.locator("#track-5 [data-act=play-here]").click()
    comes_true(page, "document.querySelector('.toasts').textContent !== ''")
    assert "could not be played" in page.locator(".toasts").text_content()
    page.close()


def test_the_table_sorts_by_number_and_leaves_outcomes_last(page):
    page.locator("table.sortable th", has_text="Loudness").locator("button").click()
    column = page.locator("table.sortable tbody tr td:nth-child(4)").all_text_contents()
    numbers = [float(cell.replace("−", "-")) for cell in column if re.search(r"\d", cell)]
    assert numbers == sorted(numbers)
    assert not any(re.search(r"\d", cell) for cell in column[len(numbers) :])
    head = page.locator("table.sortable th", has_text="Loudness")
    assert head.get_attribute("aria-sort") == "ascending"


def test_hostile_titles_run_nothing(page):
    assert page.evaluate("document.querySelectorAll('script:not([type])').length") == 1
    heading = page.locator("#track-5 h3").text_content()
    assert heading == soundtracks.HOSTILE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 640, 1280])
def test_the_page_never_scrolls_sideways(chromium, address, scheme, width):
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(address)
    page.locator("#track-1 [data-act=play-here]").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_without_script_the_native_players_stand(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#track-1 audio").is_visible()
    assert not page.locator("#track-1 [data-act=play-here]").is_visible()
    assert page.locator("#track-1 a.chip").first.get_attribute("href").endswith("#t=0.0")
    context.close()


def test_a_reader_who_wants_calm_still_sees_where_the_music_is(chromium, address):
    page = chromium.new_page(reduced_motion="reduce")
    page.add_init_script(MADE_SOUNDS)
    page.goto(address)
    page.locator("#track-1 a.chip").last.click()
    playing_at(page, "track-1")
    at = page.eval_on_selector("#track-1 .lanes", "lanes => lanes.style.getPropertyValue('--at')")
    assert float(at) > 0.1
    page.close()


def test_printed_it_keeps_the_figures_and_drops_the_players(chromium, address):
    page = chromium.new_page()
    page.goto(address)
    page.emulate_media(media="print")
    assert page.locator("#track-1 .lanes").is_visible()
    assert not page.locator("#track-1 .player button").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(chromium, address, scheme):
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    page.locator("#track-1 [data-act=play-here]").click()
    page.locator("#track-1 summary").click()
    page.evaluate(_axe())
    found = page.evaluate(
        "tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", STANDARDS
    )
    context.close()
    wrong = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
    assert wrong == []


def _axe() -> str:
    """The script of axe-core, which comes with a test dependency (MPL-2.0, so not shipped)."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
