"""Journeys as a person would make them, in a real Chromium, against the real server."""

import io
import json

import made_albums
import numpy as np
import pytest
import soundtracks
from explored import ALBUM, LASTS_S, comes_true

pytestmark = pytest.mark.browser

NOW = "document.querySelector('.dock .time').textContent"
_KEEP_PLAYERS = """
window.heard = [];
const Made = window.Audio;
window.Audio = function (...given) {
  const made = new Made(...given);
  window.heard.push(made);
  return made;
};
"""


@pytest.fixture
def visit(chromium):
    """Open an address; a complaint of the browser, or a request elsewhere, fails the test."""
    contexts, complaints = [], []

    def opened(visitor, path, **more):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **more})
        contexts.append(context)
        context.add_init_script(_KEEP_PLAYERS)
        page = context.new_page()
        page.on("console", lambda one: complaints.append(one.text) if _complains(one) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda one: _stays_home(one.url, visitor.address, complaints))
        page.goto(visitor.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _complains(message):
    """But for motifs that are gone: those of a made album are not found again when it settles."""
    gone = "404" in message.text and "/motif/" in message.location["url"]
    return message.type == "error" and not gone


def _stays_home(url, home, complaints):
    if not url.startswith((home, "blob:", "data:")):
        complaints.append(f"asked for {url}")


def plays(page):
    comes_true(page, "window.heard.some(a => !a.paused && a.currentTime > 0 && a.readyState > 2)")


def at_s(page):
    return page.evaluate("window.heard[0].currentTime")


def is_paused(page):
    return page.evaluate("window.heard[0].paused")


def pick(page, name):
    page.locator(".bar nav").get_by_role("link", name=name).click()
    comes_true(page, "!document.documentElement.classList.contains('leaving')")


# wandering


def test_nothing_plays_before_somebody_asks(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1#t=12.5")
    page.wait_for_timeout(400)
    assert is_paused(page)
    assert at_s(page) == pytest.approx(12.5, abs=0.05)


def test_the_music_goes_on_from_page_to_page(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1")
    page.locator("[data-act=play-here]").click()
    plays(page)
    before_s = at_s(page)
    pick(page, "Findings")
    assert page.locator("h1").text_content() == "Findings"
    pick(page, "Album")
    comes_true(page, "s => window.heard[0].currentTime > s + 0.3", before_s)
    assert page.evaluate("window.heard.length") == 1


def test_the_back_button_brings_the_page_before(shared, visit):
    page = visit(shared, f"{ALBUM}/")
    page.locator(".motif-cards .name").first.click()
    comes_true(page, "document.querySelector('.motif-view') !== null")
    page.go_back()
    comes_true(page, "document.querySelector('.map-view') !== null")
    assert page.url.endswith(f"{ALBUM}/")
    page.go_forward()
    comes_true(page, "document.querySelector('.motif-view') !== null")


def test_after_a_page_changed_its_heading_is_next_for_a_reader_of_the_screen(shared, visit):
    page = visit(shared, f"{ALBUM}/")
    pick(page, "Gems")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.title().startswith("Gems")


def test_without_script_every_page_reads_and_the_native_player_plays(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1", java_script_enabled=False)
    assert page.locator("audio").is_visible()
    page.locator(".bar a", has_text="Album").click()
    assert page.locator(".motif-cards li").count() == 2
    page.goto(shared.address + f"{ALBUM}/search?q=flute")
    assert page.locator(".hits li").count() > 0


# the map


def test_a_click_on_the_map_plays_that_occurrence_and_says_which_it_is(shared, visit):
    page = visit(shared, f"{ALBUM}/")
    canvas = page.locator(".map-canvas canvas")
    canvas.scroll_into_view_if_needed()
    rows = json.loads(page.locator("#map-rows").text_content())
    motif, track, start_s, end_s = rows["occurrences"][0][:4]
    whole_s = sum(one["durationS"] for one in rows["tracks"])
    begins_s = sum(one["durationS"] for one in rows["tracks"][:track])
    box = canvas.bounding_box()
    middle = (begins_s + (start_s + end_s) / 2) / whole_s
    bottom = box["y"] + box["height"]
    lane = bottom - 30 * (len(rows["motifs"]) - motif) + 15
    page.mouse.click(box["x"] + middle * box["width"], lane)
    plays(page)
    assert at_s(page) == pytest.approx(start_s, abs=1.0)
    assert "Motif A in First Light" in page.locator(".map-now").text_content()
    comes_true(page, "window.heard[0].paused")
    assert at_s(page) == pytest.approx(end_s, abs=0.3)


def test_the_map_is_filtered_and_its_list_follows(shared, visit):
    page = visit(shared, f"{ALBUM}/")
    page.locator(".map-list summary").click()
    every = page.locator(".map-list li").count()
    page.locator("select[name=motif]").select_option("B")
    listed = page.locator(".map-list li").all_text_contents()
    assert 0 < len(listed) < every
    assert all("Motif B" in one for one in listed)
    assert page.locator(".map-count").text_content() == f"{len(listed)} of {every} occurrences."


def test_an_occurrence_of_the_list_is_played_with_the_keyboard_alone(shared, visit):
    page = visit(shared, f"{ALBUM}/")
    page.locator(".map-list summary").focus()
    page.keyboard.press("Enter")
    page.locator(".map-list a.play-one").first.focus()
    page.keyboard.press("Enter")
    plays(page)


# a track


def test_a_drag_selects_and_the_address_tells_it(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1")
    plot = page.locator(".lanes .lane .plot").nth(4)
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 8, steps=4)
    page.mouse.up()
    assert float(page.locator("input[name=from]").input_value()) == pytest.approx(10, abs=0.3)
    assert float(page.locator("input[name=until]").input_value()) == pytest.approx(20, abs=0.3)
    assert "#t=" in page.url
    again = visit(shared, page.url.removeprefix(shared.address))
    assert (
        again.locator("input[name=from]").input_value()
        == page.locator("input[name=from]").input_value()
    )


def test_a_passage_is_selected_with_keys_alone(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1#t=5")
    comes_true(page, "window.heard[0].readyState > 0")
    page.keyboard.press("i")
    page.keyboard.press("ArrowRight")
    comes_true(page, "Math.abs(window.heard[0].currentTime - 10) < 0.05")
    page.keyboard.press("o")
    assert page.locator("input[name=from]").input_value() == "5.0"
    assert page.locator("input[name=until]").input_value() == "10.0"


def test_more_like_a_passage_is_found_and_can_be_played(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1#t=4,8")
    page.locator("[data-do=find]").click()
    comes_true(page, "/like it|the same/.test(document.querySelector('.answer').textContent)")


def test_a_loop_goes_round_without_leaving_its_passage(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1#t=4,5.5")
    page.locator("[data-do=loop]").click()
    comes_true(page, "document.querySelector('.dock .what').textContent === 'looping'")
    seen = set()
    for _ in range(12):
        page.wait_for_timeout(200)
        seen.add(float(page.locator(".dock .along").input_value()))
    assert min(seen) >= 4.0
    assert max(seen) <= 5.5
    assert len(seen) > 5
    page.keyboard.press("k")
    comes_true(page, "document.querySelector('.dock .what').textContent === ''")


def test_the_piano_roll_is_switched_on(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1")
    assert not page.locator(".roll-lane").is_visible()
    page.locator("[data-show=roll]").check()
    assert page.locator(".roll-lane").is_visible()


def test_the_waveform_is_drawn_where_there_is_sound(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1")
    comes_true(page, "document.querySelector('.wave-lane canvas')?.width > 300")
    assert not visit(shared, f"{ALBUM}/track/3").locator(".wave-lane").is_visible()


def test_zoom_keeps_the_playhead_in_sight(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1#t=30")
    page.locator("[data-zoom=in]").click()
    page.locator("[data-zoom=in]").click()
    assert page.evaluate("document.querySelector('.lanes-scroll').scrollLeft") > 500


def test_keys_move_in_the_track_and_can_be_switched_off(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1#t=5")
    comes_true(page, "window.heard[0].readyState > 0")
    page.keyboard.press("l")
    comes_true(page, "Math.abs(window.heard[0].currentTime - 15) < 0.05")
    page.keyboard.press("5")
    comes_true(page, "t => Math.abs(window.heard[0].currentTime - t) < 0.05", LASTS_S / 2)
    page.keyboard.press(".")
    comes_true(page, "t => Math.abs(window.heard[0].currentTime - t - 0.1) < 0.05", LASTS_S / 2)
    page.keyboard.press("?")
    page.locator("#use-shortcuts").uncheck()
    page.locator("#shortcuts").get_by_role("button", name="Close").click()
    page.keyboard.press("k")
    page.wait_for_timeout(200)
    assert is_paused(page)


def test_mute_brings_back_the_level_that_was(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1#t=5")
    comes_true(page, "window.heard[0].readyState > 0")
    page.locator(".dock .level input").fill("0.4")
    page.keyboard.press("Tab")
    page.keyboard.press("m")
    assert page.evaluate("window.heard[0].volume") == 0
    page.keyboard.press("m")
    assert page.evaluate("window.heard[0].volume") == pytest.approx(0.4)


def test_arrow_keys_scroll_where_there_is_something_to_scroll(shared, visit):
    page = visit(shared, f"{ALBUM}/track/1#t=5")
    comes_true(page, "window.heard[0].readyState > 0")
    page.locator(".lanes-scroll").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert at_s(page) == pytest.approx(5.0, abs=0.05)


def test_a_key_typed_into_a_field_is_only_a_letter(shared, visit):
    page = visit(shared, f"{ALBUM}/search")
    page.locator("input[name=q]").type("kl")
    assert page.locator("input[name=q]").input_value() == "kl"
    assert not page.locator(".dock").is_visible()


# exactly there


def test_the_sound_is_where_the_page_says_it_is(shared, visit):
    """The tone is 100 Hz higher each second: what is heard tells when it is."""
    page = visit(shared, f"{ALBUM}/track/1#t=21.37")
    comes_true(page, "window.heard[0].readyState > 1")
    page.evaluate(
        """() => {
          const context = new AudioContext({ sampleRate: 48000 });
          window.ear = new AnalyserNode(context, { fftSize: 2048 });
          context.createMediaElementSource(window.heard[0]).connect(window.ear);
          window.ear.connect(context.destination);
        }"""
    )
    page.keyboard.press("k")
    plays(page)
    page.wait_for_timeout(500)
    said_s, samples = page.evaluate(
        """() => {
          const samples = new Float32Array(2048);
          window.ear.getFloatTimeDomainData(samples);
          return [window.heard[0].currentTime, [...samples]];
        }"""
    )
    wave = np.array(samples)
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 1 << 17))
    heard_hz = spectrum.argmax() * 48_000 / (1 << 17)
    heard_s = (heard_hz - made_albums.CHIRP_FROM_HZ) / made_albums.CHIRP_HZ_PER_S
    assert heard_s + 1024 / 48_000 == pytest.approx(said_s, abs=0.05)


# a motif


def test_notes_light_up_as_the_motif_plays(shared, visit):
    page = visit(shared, f"{ALBUM}/motif/A")
    page.locator("#prototype .play-one").click()
    plays(page)
    page.wait_for_selector(".engraving.large .note.sounding")


def test_all_of_a_motif_play_in_a_row_across_tracks_and_then_stop(shared, visit):
    page = visit(shared, f"{ALBUM}/motif/B")
    page.locator("[data-act=row]").click()
    plays(page)
    status = page.locator(".in-a-row [role=status]")
    assert status.text_content() == "1 of 2: First Light, 0:30"
    page.keyboard.press("n")
    comes_true(page, "document.querySelector('.dock .title').textContent === 'Second Sight'")
    page.locator("[data-act=row]").click()
    comes_true(page, "window.heard[0].paused")
    comes_true(page, "document.querySelector('.in-a-row [role=status]').textContent === ''")


def test_two_occurrences_are_compared_side_by_side(shared, visit):
    page = visit(shared, f"{ALBUM}/motif/A")
    button = page.locator("[data-act=compare]").first
    button.click()
    comes_true(page, "document.querySelector('.dock .sides').hidden === false")
    assert page.locator(".dock .what").text_content() == "A: the prototype"
    assert button.text_content() == "hearing A"
    page.keyboard.press("x")
    assert page.locator(".dock .what").text_content() == "B: as it is here"
    row = page.locator(".trail > li.compared-now")
    time_s = float(page.locator(".dock .along").input_value())
    assert float(row.get_attribute("data-from")) <= time_s
    page.wait_for_timeout(300)  # while one fades into the other no further change is taken
    page.locator("[data-side='0']").click()
    assert page.locator(".dock .what").text_content() == "A: the prototype"


def test_an_occurrence_has_an_address_of_its_own(shared, visit):
    page = visit(shared, f"{ALBUM}/motif/A/3")
    assert page.locator(".trail > li.chosen").get_attribute("data-number") == "3"
    comes_true(
        page,
        "(() => { const box = document.querySelector('.chosen').getBoundingClientRect();"
        " return box.top > 0 && box.bottom < innerHeight + 200; })()",
    )


def test_a_motif_is_named_and_the_name_stays(fresh, visit):
    page = visit(fresh, f"{ALBUM}/motif/A")
    page.locator(".naming summary").click()
    page.locator("input[name=name]").fill("The lamp")
    page.locator("input[name=meaning]").fill("the lighthouse")
    page.locator("input[name=source]").fill("the composer, in a letter")
    page.locator(".name-form button").click()
    comes_true(page, "document.querySelector('h1').textContent.includes('The lamp')")
    assert "the lighthouse" in page.locator(".masthead").text_content()
    page.goto(fresh.address + f"{ALBUM}/")
    assert "The lamp" in page.locator(".motif-cards").text_content()


def test_an_occurrence_is_rejected_and_taken_back(fresh, visit):
    page = visit(fresh, f"{ALBUM}/motif/A")
    page.locator(".trail > li").nth(1).locator("[data-holds=no]").click()
    comes_true(page, "document.querySelectorAll('.trail > li.rejected').length === 1")
    page.locator(".toasts").get_by_role("button", name="Undo").click()
    comes_true(page, "document.querySelectorAll('.trail > li.rejected').length === 0")


def test_a_selection_is_marked_as_a_statement(fresh, visit):
    page = visit(fresh, f"{ALBUM}/track/2#t=1,4")
    page.locator("select[name=motif]").select_option("A")
    page.locator("[data-do=state]").click()
    comes_true(page, "document.querySelector('.toasts').textContent.includes('is stated from')")
    page.goto(fresh.address + f"{ALBUM}/motif/A")
    assert page.locator(".trail > li.confirmed").count() >= 1


# what people write


def test_a_comment_is_written_answered_changed_taken_away_and_brought_back(fresh, visit):
    page = visit(fresh, f"{ALBUM}/track/1#t=4,8")
    page.keyboard.press("c")
    assert page.locator("input[name=at]").input_value() == "0:04.0–0:08.0"
    page.keyboard.type("Here <b>it</b> turns")
    page.locator(".write button").click()
    words = page.locator(".talk .words")
    comes_true(page, "document.querySelector('.talk .words') !== null")
    assert words.first.text_content() == "Here <b>it</b> turns"
    page.get_by_role("button", name="Answer").click()
    page.locator("form.small textarea").fill("I hear it too")
    page.locator("form.small button").first.click()
    comes_true(page, "document.querySelectorAll('.talk .talk .words').length === 1")
    page.locator(".acts").first.get_by_role("button", name="Edit").click()
    page.locator("form.small textarea").fill("Here it turns")
    page.locator("form.small button").first.click()
    comes_true(page, "document.querySelector('.talk .words').textContent === 'Here it turns'")
    page.reload()
    comes_true(page, "document.querySelectorAll('.talk .words').length === 2")
    page.locator(".talk .talk .acts").get_by_role("button", name="Remove").click()
    comes_true(page, "document.querySelectorAll('.talk .words').length === 1")
    page.locator(".toasts").get_by_role("button", name="Undo").click()
    comes_true(page, "document.querySelectorAll('.talk .words').length === 2")


def test_a_comment_shows_as_the_music_plays(fresh, visit):
    fresh.post(f"{ALBUM}/api/annotations", {"track": 1, "text": "Now", "from_s": 3, "to_s": 9})
    page = visit(fresh, f"{ALBUM}/track/1#t=4")
    comes_true(page, "document.querySelector('.talk-lane .pin') !== null")
    assert page.locator(".now-said").text_content() == ""
    page.locator("[data-act=play-here]").click()
    comes_true(page, "document.querySelector('.now-said').textContent.endsWith('Now')")


def test_a_hostile_comment_is_only_words(fresh, visit):
    fresh.post(f"{ALBUM}/api/annotations", {"track": 1, "text": soundtracks.HOSTILE, "from_s": 3})
    page = visit(fresh, f"{ALBUM}/track/1")
    comes_true(page, "document.querySelector('.talk .words') !== null")
    assert page.locator(".talk .words").text_content() == soundtracks.HOSTILE
    assert page.locator("main script:not([type='application/json'])").count() == 0


def test_comments_of_another_person_are_brought_in(fresh, visit):
    one = {
        "id": "urn:uuid:0190b5f4-0000-7000-8000-000000000001",
        "type": "Annotation",
        "creator": {"name": "Bo"},
        "created": "2026-01-01T00:00:00.000Z",
        "modified": "2026-01-01T00:00:00.000Z",
        "body": {"type": "TextualBody", "value": "From afar"},
        "target": {"source": "elsewhere", "title": "First Light"},
    }
    page = visit(fresh, f"{ALBUM}/")
    content = io.BytesIO(json.dumps(one).encode()).getvalue()
    page.locator("label.file input").set_input_files(
        {"name": "bo.json", "mimeType": "application/json", "buffer": content}
    )
    comes_true(page, "document.querySelector('.latest').textContent.includes('From afar')")
    assert "First Light" in page.locator(".latest").text_content()


# search


def test_search_answers_as_one_types(shared, visit):
    page = visit(shared, f"{ALBUM}/search")
    page.locator("input[name=q]").type("second")
    comes_true(page, "document.querySelector('.hits a')?.textContent.includes('Second Sight')")
    page.locator("input[name=q]").fill("zzzz")
    assert page.locator(".found").text_content() == "Nothing here is called “zzzz”."


def test_a_tune_is_played_on_the_piano_and_looked_for(shared, visit):
    page = visit(shared, f"{ALBUM}/search")
    for name in ("C4", "E4", "G4", "E4", "F4"):
        page.locator(".piano").get_by_role("button", name=name, exact=True).click()
    assert page.locator("input[name=notes]").input_value() == "C4 E4 G4 E4 F4"
    page.get_by_role("button", name="Find this tune").click()
    comes_true(
        page, "/like it|the same/.test(document.querySelector('.by-tune .answer').textContent)"
    )


def test_what_is_no_note_is_said(shared, visit):
    page = visit(shared, f"{ALBUM}/search")
    page.locator("input[name=notes]").fill("C D X")
    page.get_by_role("button", name="Find this tune").click()
    assert "“X” is no note" in page.locator(".toasts").text_content()


# the library


def test_the_library_shows_the_album_and_leads_to_it(shared, visit):
    page = visit(shared, "/")
    page.locator(".shelf h3 a").click()
    comes_true(page, "document.querySelector('h1').textContent === 'The Skerry Light'")


def test_a_folder_that_is_not_there_is_told_beside_the_field(fresh, chromium):
    page = chromium.new_page()
    page.goto(fresh.address)
    page.locator("input[name=path]").fill("/nowhere/at/all")
    page.locator(".add-form .strong").click()
    comes_true(page, "document.querySelector('.wrong').textContent.includes('/nowhere/at/all')")
    page.close()


def test_a_folder_is_looked_for(fresh, visit):
    page = visit(fresh, "/")
    page.locator("[data-do=look]").click()
    comes_true(page, "document.querySelector('.folders code') !== null")


def test_an_album_is_added_and_its_listening_is_told(fresh, visit, tmp_path):
    made_albums.written(tmp_path / "new album" / "01 only.wav", made_albums.chirp(3.0))
    page = visit(fresh, "/")
    page.locator("input[name=path]").fill(str(tmp_path / "new album"))
    page.locator(".add-form .strong").click()
    comes_true(page, "document.querySelectorAll('.shelf > li').length === 2")
    page.locator("[data-do=stop]:visible").click()
    comes_true(page, "document.querySelectorAll('[data-do=listen]:not([hidden])').length === 2")


# when it goes wrong


def test_a_page_that_is_not_there_has_a_way_back(shared, chromium):
    page = chromium.new_page()
    page.goto(shared.address + f"{ALBUM}/track/99")
    assert "Nothing lies here" in page.locator("h1").text_content()
    page.get_by_role("link", name="Back to the library").click()
    assert page.locator("h1").text_content() == "Library"
    page.close()


def test_a_server_that_is_gone_is_told_in_words(fresh, chromium):
    page = chromium.new_page()
    page.goto(fresh.address + f"{ALBUM}/track/1#t=4,8")
    page.route("**/api/**", lambda route: route.abort())
    page.locator("[data-do=find]").click()
    comes_true(page, "document.querySelector('.toasts').textContent.includes('does not answer')")
    page.close()


def test_everything_that_is_offered_to_take_along_is_there(shared, visit):
    page, offered = visit(shared, f"{ALBUM}/"), []
    for path in ("/", "/track/1", "/track/3", "/motif/A", "/gems"):
        page.goto(shared.address + ALBUM + path)
        offered += page.eval_on_selector_all(".offers a", "all => all.map(one => one.href)")
    answers = {one: shared.get(one.removeprefix(shared.address)).status_code for one in offered}
    assert len(answers) > 100
    assert set(answers.values()) == {200}, answers


def test_the_article_stands_in_its_page_and_by_itself(shared, visit):
    page = visit(shared, f"{ALBUM}/article")
    frame = page.frame_locator(".article-frame")  # at first it may say that it is being written
    frame.locator("h1", has_text="The Skerry Light").wait_for()
    page.locator("a[data-whole]").click()
    page.wait_for_url("**/article/whole")
