"""How every page looks to those who see little, read narrow, print, or want calm."""

import time

import explored
import made_albums
import pytest
from explored import ALBUM, comes_true, complaints_of_axe

pytestmark = pytest.mark.browser

PAGES = {
    "album": f"{ALBUM}/",
    "track": f"{ALBUM}/track/1#t=4,8",
    "score": f"{ALBUM}/track/3",
    "hostile track": f"{ALBUM}/track/5",
    "motif": f"{ALBUM}/motif/A/2",
    "gems": f"{ALBUM}/gems",
    "findings": f"{ALBUM}/findings",
    "article": f"{ALBUM}/article",
    "search": f"{ALBUM}/search?q=light",
    "library": "/",
    "error": f"{ALBUM}/track/99",
}


def _unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(shared, chromium, name, scheme):
    context = chromium.new_context(
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
        viewport={"width": 1280, "height": 900},
    )
    page = context.new_page()
    page.goto(shared.address + PAGES[name])
    _unfold(page)
    wrong = complaints_of_axe(page)
    context.close()
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_it_plays_compares_and_talks(fresh, chromium, scheme):
    for text in ("Now", "And then"):
        fresh.post(f"{ALBUM}/api/annotations", {"track": 1, "text": text, "from_s": 3})
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(fresh.address + f"{ALBUM}/track/1#t=4,8")
    comes_true(page, "document.querySelector('.talk-lane .pin') !== null")
    page.get_by_role("button", name="Answer").first.click()
    page.locator("[data-show=roll]").check()
    page.locator("[data-do=find]").click()
    page.locator("[data-zoom=in]").click()
    comes_true(page, "/like it|the same/.test(document.querySelector('.answer').textContent)")
    page.locator("[data-act=play-here]").click()
    assert complaints_of_axe(page) == []
    page.goto(fresh.address + f"{ALBUM}/motif/A")
    page.locator("[data-act=compare]").first.click()
    comes_true(page, "document.querySelector('.dock .sides').hidden === false")
    page.keyboard.press("?")
    assert complaints_of_axe(page) == []
    context.close()


def test_axe_finds_nothing_in_an_empty_library(tmp_path, chromium):
    from unsung.web.drawn import drawn_pages

    with made_albums.served(tmp_path / "albums.json", pages=drawn_pages(lambda *_: ())) as visitor:
        context = chromium.new_context(bypass_csp=True)
        page = context.new_page()
        page.goto(visitor.address)
        assert "Nothing on the shelf yet" in page.locator("main").text_content()
        assert complaints_of_axe(page) == []
        context.close()


@pytest.mark.parametrize("name", ["album", "motif"])
def test_axe_finds_nothing_to_mend_on_a_narrow_screen(shared, chromium, name):
    context = chromium.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    page.goto(shared.address + PAGES[name])
    assert complaints_of_axe(page) == []
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(shared, chromium, name, width):
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(shared.address + PAGES[name])
    _unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_what_has_the_focus_is_not_hidden_by_bar_or_player(shared, chromium):
    page = chromium.new_page(viewport={"width": 800, "height": 600}, reduced_motion="reduce")
    page.goto(shared.address + f"{ALBUM}/track/1#t=4")
    comes_true(page, "!document.querySelector('.dock').hidden")
    for _ in range(40):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
              const one = document.activeElement, box = one.getBoundingClientRect();
              const dock = document.querySelector('.dock');
              if (one === document.body || dock.contains(one) || !box.height) return false;
              const top = document.querySelector('.bar').getBoundingClientRect().bottom;
              const foot = dock.getBoundingClientRect().top;
              return !one.closest('.bar') && (box.bottom <= top || box.top >= foot);
            }"""
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    page.close()


def test_targets_are_large_enough_for_a_finger(shared, chromium):
    page = chromium.new_page(viewport={"width": 400, "height": 800})
    page.goto(shared.address + f"{ALBUM}/motif/A")
    small = page.evaluate(
        """() => [...document.querySelectorAll('main button, .dock button')]
          .filter(one => one.offsetParent && (one.offsetWidth < 24 || one.offsetHeight < 24))
          .map(one => one.outerHTML.slice(0, 120))"""
    )
    page.close()
    assert small == []


def test_printed_a_page_keeps_its_figures_and_drops_its_controls(shared, chromium):
    page = chromium.new_page()
    page.goto(shared.address + f"{ALBUM}/track/1#t=4")
    page.emulate_media(media="print")
    assert page.locator(".lanes").is_visible()
    assert not page.locator(".dock").is_visible()
    assert not page.locator(".bar").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()


def test_a_reader_who_wants_calm_still_sees_where_the_music_is(shared, chromium):
    page = chromium.new_page(reduced_motion="reduce")
    page.goto(shared.address + f"{ALBUM}/track/1#t=20")
    comes_true(
        page,
        "Number(document.querySelector('.lanes').style.getPropertyValue('--at')) > 0.4",
    )
    page.close()


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """Sixty tracks, five thousand occurrences, behind the real server."""
    from unsung.web.drawn import drawn_pages

    folder = tmp_path_factory.mktemp("crowd")
    place = folder / "A crowd"
    place.mkdir()
    made_albums.keep_heard(place / "unsung", explored.crowded(5000), place)
    pages = drawn_pages(lambda *_: ())
    with made_albums.served(folder / "albums.json", place, pages=pages) as visitor:
        yield visitor


@pytest.mark.slow
def test_five_thousand_occurrences_are_drawn_within_a_frame(crowd, chromium):
    """What a frame costs, while the map is moved and zoomed: a sixtieth of a second at most."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(crowd.address + "/a/a-crowd/")
    page.locator(".map-canvas canvas").scroll_into_view_if_needed()
    costs_ms = page.evaluate(
        """async () => {
          const costs = [], next = window.requestAnimationFrame.bind(window);
          window.requestAnimationFrame = (draw) => next((at) => {
            const began = performance.now(); draw(at); costs.push(performance.now() - began);
          });
          const acts = ['in', 'right', 'left', 'in', 'right', 'out', 'whole', 'in', 'out', 'whole'];
          for (const act of acts)
            for (let k = 0; k < 3; k++) {
              document.querySelector(`[data-map=${act}]`).click();
              await new Promise((done) => next(() => next(done)));
            }
          return costs.sort((a, b) => a - b);
        }"""
    )
    page.close()
    assert len(costs_ms) >= 20
    assert costs_ms[int(0.9 * len(costs_ms))] < 1000 / 60


@pytest.mark.slow
def test_the_first_view_of_sixty_tracks_is_there_at_once(crowd, chromium):
    page = chromium.new_page()
    page.goto(crowd.address + "/a/a-crowd/")
    began_s = time.monotonic()
    page.goto(crowd.address + "/a/a-crowd/", wait_until="domcontentloaded")
    page.wait_for_selector(".map-view:not([hidden])")
    spent_s = time.monotonic() - began_s
    page.close()
    assert spent_s < 1.0
