"""Joining and parting motifs as a person would, in a real Chromium, with what follows for real."""

import made_albums
import pytest
from explored import comes_true, complaints_of_axe

from unsung.web.drawn import drawn_pages

pytestmark = pytest.mark.browser

A = "/a/album/motif/A"
BUSY = "document.querySelector('main').getAttribute('aria-busy') === 'true'"


@pytest.fixture(scope="module")
def two_tunes(tmp_path_factory):
    """An album of two scores in which two tunes come back."""
    folder = tmp_path_factory.mktemp("tunes")
    place = made_albums.two_tunes_at(folder / "album")
    pages = drawn_pages(lambda *_: ())
    with made_albums.served(folder / "albums.json", place, pages=pages) as visitor:
        yield visitor


@pytest.fixture
def page(chromium):
    """A page that complains of nothing; as wide as a desk's."""
    context = chromium.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    opened, complaints = context.new_page(), []
    opened.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def places(page, count):
    comes_true(page, "n => document.querySelectorAll('.trail > li').length === n", count)


def toast(page, words):
    comes_true(page, "w => document.querySelector('.toasts').textContent.includes(w)", words)


def test_two_motifs_are_joined_and_parted_again_by_keyboard(two_tunes, page):
    page.goto(two_tunes.address + A)
    places(page, 4)
    page.locator(".joining summary").focus()
    page.keyboard.press("Enter")
    page.locator(".join-form input[value=B]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    toast(page, "Motifs A and B are one now")
    places(page, 8)
    assert "Also known as motif B." in page.locator(".masthead").text_content()
    page.goto(two_tunes.address + "/a/album/motif/B")
    assert page.url.endswith(A), "its address leads to the one that stands"

    page.locator("[data-pick]").nth(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    assert "3 of 8 places chosen." in page.locator(".parting").text_content()
    page.locator(".parting input[name=called]").fill("The sea")
    assert complaints_of_axe(page) == []
    page.keyboard.press("Enter")
    toast(page, "3 places are now motif")
    places(page, 5)
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator(".toasts a").click()
    comes_true(page, "document.querySelector('h1').textContent.includes('The sea')")
    places(page, 3)
    assert "Parted from motif A by a person." in page.locator(".masthead").text_content()
    page.reload()
    places(page, 3)
    page.goto(two_tunes.address + A)

    for count in (8, 4):
        two_tunes.post("/a/album/api/undo")
        _until(page, count)
    assert "B" in [one["label"] for one in two_tunes.get("/a/album/api/map").json()["motifs"]]


def _until(page, count):
    """What was taken back outside of this page shows when it is opened again."""
    for _ in range(40):
        if page.locator(".trail > li").count() == count:
            return
        page.wait_for_timeout(250)
        page.reload()
    pytest.fail(f"there are never {count} places")


def test_it_is_taken_back_from_the_line_that_tells_it(two_tunes, page):
    page.goto(two_tunes.address + A)
    boxes = page.locator("[data-pick]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert "3 of 4 places chosen." in page.locator(".parting").text_content()
    boxes.nth(3).click()
    assert page.locator(".parting button.strong").is_disabled()
    assert "Leave at least one with motif A" in page.locator(".parting").text_content()
    boxes.nth(3).click()
    page.locator(".parting button.strong").click()
    comes_true(page, BUSY)
    toast(page, "3 places are now motif")
    places(page, 1)
    page.locator(".toasts").get_by_role("button", name="Undo").click()
    places(page, 4)


def test_nothing_chosen_asks_for_nothing(two_tunes, page):
    page.goto(two_tunes.address + A)
    assert not page.locator(".parting").is_visible()
    page.locator("[data-pick]").first.check()
    page.locator(".parting [data-do=none]").click()
    assert not page.locator(".parting").is_visible()
    assert page.locator("[data-pick]:checked").count() == 0
