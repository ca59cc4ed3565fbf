"""The map as a reader asks for it: in film order, with whom, and back again."""

import re
import sys
from pathlib import Path

import explored
import pytest
from attrs import evolve
from explored import ALBUM, comes_true, complaints_of_axe

sys.path.insert(0, str(Path(__file__).parents[2] / "questions"))

import films

from unsung.model.film import AlbumPlace, Placements
from unsung.model.story import Scene
from unsung.model.time import Span

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def filmed(tmp_path_factory):
    """The first track twice in the film, with Anna the first time; of the second nothing."""
    album = explored.album()
    first, second = (one.track.file for one in album.heard[:2])
    scenes = (
        Scene("shore", "The shore", characters=("Anna",), film_span=Span(0, 300)),
        Scene("tower", "The tower", characters=("Mara",), film_span=Span(300, 600)),
    )
    placed = (films.placed(first, 20.0, lasts_s=40.0), films.placed(first, 400.0, lasts_s=40.0))
    film = evolve(
        films.film(album),
        placements=Placements(placed, (AlbumPlace(second, Span(0, 40)),)),
        scenes=scenes,
        speech=None,
    )
    with explored.served(tmp_path_factory.mktemp("filmed"), evolve(album, film=film)) as visitor:
        yield visitor


@pytest.fixture
def page(filmed, chromium):
    context = chromium.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(filmed.address + f"{ALBUM}/")
    yield page
    context.close()


def field(page, name):
    return page.locator(f".map-view select[name={name}]")


def said(page):
    return page.locator(".map-count").text_content()


def test_film_order_and_filters_are_in_the_address_and_back_undoes_them(page, filmed):
    album = said(page)
    field(page, "order").select_option("as in the film")
    twice = said(page)
    assert "times in the film" in twice
    assert "not in the film" in twice
    field(page, "character").select_option("Anna")
    assert page.url.endswith("#order=film&character=Anna")
    assert " of " in said(page)
    deep = said(page)
    page.go_back()
    assert said(page) == twice
    assert field(page, "character").input_value() == ""
    page.go_back()
    assert said(page) == album
    page.goto("about:blank")
    page.goto(filmed.address + f"{ALBUM}/#order=film&character=Anna")
    assert said(page) == deep
    page.goto(filmed.address + f"{ALBUM}/#order=none&character=Nobody")
    comes_true(page, "text => document.querySelector('.map-count').textContent === text", album)


def test_in_film_order_the_list_tells_when_in_the_film_and_a_track_comes_twice(page):
    field(page, "order").select_option("as in the film")
    page.locator(".map-list summary").click()
    items = page.locator(".map-list li").all_text_contents()
    first = [one for one in items if "First Light" in one and "in the film" in one]
    assert any(re.search(r", at 0:[2-5]\d in the film", one) for one in first)
    assert any(re.search(r", at [67]:\d\d in the film", one) for one in first)
    assert any("not in the film" in one for one in items)


def test_the_table_beside_the_map_is_filtered_with_it(page):
    page.locator(".presences summary").click()
    field(page, "motif").select_option("B")
    heads = page.locator("table.presence thead th:visible").all_text_contents()
    assert heads == ["Track", "B"]
    rows = page.locator("table.presence tbody tr:visible")
    assert 0 < rows.count() < page.locator("table.presence tbody tr").count()


def test_where_nothing_is_left_that_is_said_and_there_is_a_way_back(page):
    field(page, "order").select_option("as in the film")
    field(page, "motif").select_option("B")
    field(page, "character").select_option("Mara")
    page.get_by_label("only likely ones").check()
    every = field(page, "instrument").locator("option").all_text_contents()
    for instrument in every[1:]:
        field(page, "instrument").select_option(instrument)
        if said(page).startswith("No "):
            break
    assert said(page).startswith("No likely occurrence of Motif B")
    assert said(page).endswith(f" where Mara is there and {instrument} can be heard.")
    assert page.locator(".map-count").get_attribute("role") == "status"
    assert complaints_of_axe(page) == []
    page.get_by_role("button", name="Show everything").click()
    assert "times in the film" in said(page)
    assert page.url.endswith("#order=film")
    assert page.evaluate("document.activeElement.name") == "motif"


def test_without_film_and_story_there_is_no_order_to_choose(shared, chromium):
    page = chromium.new_page()
    page.goto(shared.address + f"{ALBUM}/")
    page.wait_for_selector(".map-view:not([hidden])")
    assert not field(page, "order").is_visible()
    assert not field(page, "character").is_visible()
    page.close()
