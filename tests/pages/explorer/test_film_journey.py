"""A journey through the demo's film: played, compared with the album, a motif found, by keys."""

import re
import sys
from importlib.resources import as_file, files
from pathlib import Path

import explored
import made_albums
import pytest
import soundtracks
from attrs import evolve
from explored import comes_true, complaints_of_axe

sys.path.insert(0, str(Path(__file__).parents[2] / "library"))

import made_films
from made_films import AC3, H264

from unsung import demo
from unsung.library.film_playable import playable
from unsung.model.balance import Speech, Spoken
from unsung.model.film import Placement, Placements, Speed
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Heard
from unsung.model.motif import Motif, Occurrence
from unsung.model.story import Line
from unsung.model.time import Span
from unsung.session.named_film import FilmWish, NamedFilm, keep_named, looks
from unsung.store import Index
from unsung.web.drawn import drawn_pages

pytestmark = pytest.mark.browser

FILM = "/a/the-keeper-of-skerry/film"
VIDEO = "document.querySelector('video')"
BOTH = """() => {
  const [minutes, seconds] = document.querySelector('.film-view .at').textContent.split(':');
  const along = document.querySelector('.dock .along').value;
  return [60 * Number(minutes) + Number(seconds), Number(along)];
}"""


def truly_filmed():
    """The demo as it would be heard without a single error."""
    truth = demo.truth()
    heard = tuple(
        Heard(
            soundtracks.track_at(one["file"], one["title"]),
            soundtracks.recording_hearing(one["duration_s"], k),
        )
        for k, one in enumerate(truth["tracks"], start=1)
    )
    heard = tuple(
        evolve(one, track=evolve(one.track, position=k)) for k, one in enumerate(heard, start=1)
    )
    album = soundtracks.soundtrack(*heard, title="The Keeper of Skerry")
    return evolve(album, motifs=tuple(_motifs(truth)), film=_film(truth))


def _motifs(truth):
    for known in truth["motifs"]:
        own = [one for one in truth["statements"] if one["motif"] == known["label"]]
        found = tuple(
            Occurrence(one["track"], Span(one["start_s"], one["end_s"]), confidence=1.0)
            for one in own
        )
        yield Motif(known["label"], found[0], found, prominence=0.5, name=known["intended"])


def _film(truth):
    told = truth["film"]
    spoken = tuple(
        Spoken(span, 1.0, Line(one["text"], one["speaker"], span))
        for one in told["lines"]
        for span in [Span(one["start_s"], one["end_s"])]
    )
    placed = tuple(
        Placement(
            one["track"],
            Span(one["track_start_s"], one["track_end_s"]),
            Span(one["film_start_s"], one["film_end_s"]),
            Speed(),
            "same recording",
            1.0,
            one["level_db"],
        )
        for one in told["placements"]
    )
    speech = Speech(spoken, "subtitles", 0.0)
    return FilmCase("film.webm", "ab" * 32, told["duration_s"], Placements(placed), speech)


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """The demo behind the real server, with the film that ships with it."""
    folder = tmp_path_factory.mktemp("demo")
    place = demo.write_demo(folder)
    made_albums.keep_heard(place / "unsung", truly_filmed(), place)
    film = folder / "film" / "film.webm"
    with Index(place / "unsung" / "unsung.db") as index:
        keep_named(index, FilmWish(film), NamedFilm(film, 0, "ab" * 32, looks(film)))
    with made_albums.served(folder / "albums.json", place, pages=drawn_pages(lambda *_: ())) as one:
        one.folder = place
        yield one


@pytest.fixture
def page(visited, chromium):
    """The page of the film, ready to be played."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, bypass_csp=False, reduced_motion="reduce"
    )
    page, complaints = context.new_page(), []
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{visited.address}{FILM}#t=60")
    comes_true(page, f"{VIDEO}.readyState > 1 && {VIDEO}.currentTime === 60")
    yield page
    context.close()
    assert complaints == []


def at_s(page):
    return page.evaluate(f"{VIDEO}.currentTime")


def test_the_demos_film_is_one_that_browsers_play():
    with as_file(files("unsung.demo") / "film" / "film.webm") as path:
        assert playable(path, 0).media_type == "video/webm"


def test_a_cue_is_played_in_the_film_then_on_the_album_at_the_same_moment_and_back(page):
    """The second track sounds from 52 s of the film on, from its own beginning."""
    assert page.evaluate(f"{VIDEO}.paused"), "nothing plays unasked"
    page.keyboard.press("Space")
    comes_true(page, f"!{VIDEO}.paused && {VIDEO}.currentTime > 60.3")
    page.keyboard.press("x")
    comes_true(page, "document.querySelector('.dock [data-act=toggle]').matches('.playing')")
    left_s = at_s(page)
    assert page.evaluate(f"{VIDEO}.paused")
    assert page.locator(".dock .title").text_content() == "Finn and the Gulls"
    film_s, track_s = page.evaluate(BOTH)
    assert film_s >= left_s - 0.3
    assert film_s - 52.0 == pytest.approx(track_s, abs=0.15)
    page.keyboard.press("x")
    comes_true(page, f"!{VIDEO}.paused")
    assert not page.locator(".dock [data-act=toggle].playing").count()
    assert at_s(page) >= film_s - 0.05
    assert page.evaluate(BOTH)[0] == pytest.approx(at_s(page), abs=0.5)
    page.keyboard.press("Space")
    comes_true(page, f"{VIDEO}.paused")


def test_keys_lead_through_the_film_and_the_address_keeps_the_moment(page):
    page.keyboard.press("n")
    comes_true(page, f"Math.abs({VIDEO}.currentTime - 86) < 0.01")
    assert page.evaluate("location.hash") == "#t=86.0"
    page.keyboard.press("ArrowRight")
    comes_true(page, f"Math.abs({VIDEO}.currentTime - 91) < 0.01")
    page.keyboard.press("p")
    comes_true(page, f"Math.abs({VIDEO}.currentTime - 86) < 0.01")
    page.keyboard.press("+")
    assert page.evaluate("document.querySelector('.film-view').classList.contains('zoomed')")
    page.locator(".film-view .seek").focus()
    page.keyboard.press("Home")
    comes_true(page, f"{VIDEO}.currentTime < 1")


def test_a_motif_is_found_in_film_order_and_played_there(page):
    page.get_by_role("checkbox", name="Music").uncheck()
    rows = page.locator("tr[data-kind=motif]:visible")
    assert page.locator("tr[data-kind=music]:visible").count() == 0
    moments = [float(one) for one in page.locator("tr[data-kind=motif] td[data-film]").evaluate_all(
        "cells => cells.map(cell => cell.dataset.film)")]  # fmt: skip
    assert len(moments) > 10
    assert moments == sorted(moments)
    rows.nth(2).get_by_role("button").first.focus()
    page.keyboard.press("Enter")
    comes_true(page, f"!{VIDEO}.paused && {VIDEO}.currentTime >= {moments[2]}")
    assert page.locator("[data-plays=film]").get_attribute("aria-pressed") == "true"


def test_where_no_music_of_the_album_is_the_album_cannot_be_played_and_that_is_said(page):
    page.locator("[data-plays=album]").click()
    lane = page.locator(".film-lanes .lane", has_text="Speech").locator(".plot")
    lane.scroll_into_view_if_needed()
    box = lane.bounding_box()
    share = 50.5 / demo.truth()["film"]["duration_s"]
    page.mouse.click(box["x"] + box["width"] * share, box["y"] + 5)
    comes_true(
        page, "/the next begins at 0:52/.test(document.querySelector('.toasts').textContent)"
    )


def test_the_strip_shows_the_film_and_only_what_is_in_sight(page):
    comes_true(page, "[...document.querySelectorAll('.strip-lane img')].every(i => i.naturalWidth)")
    whole = page.locator(".strip-lane img").count()
    assert 4 < whole < 20
    for _ in range(3):
        page.locator("[data-zoom=in]").click()
    assert page.locator(".strip-lane img").count() < 4 * whole, "of eight times as many"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_the_film_is_open(visited, chromium, scheme):
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{visited.address}{FILM}#t=60")
    comes_true(page, f"{VIDEO}.readyState > 1")
    page.locator("[data-zoom=in]").click()
    assert complaints_of_axe(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.fixture
def unplayable(tmp_path):
    """A film as browsers do not play it, two languages in a Matroska file."""
    film = made_films.film(tmp_path / "film.mkv", *H264, *AC3, lasts_s=3.0, sounds=("en", "de"))
    with explored.served(tmp_path, evolve(explored.album(), film=_short())) as visitor:
        with Index(visitor.folder / "unsung" / "unsung.db") as index:
            keep_named(index, FilmWish(film), NamedFilm(film, 1, "ab" * 32, looks(film)))
        visitor.film = film
        yield visitor


def _short():
    placed = Placement(
        "01 track.ogg", Span(5.0, 7.0), Span(0.5, 2.5), Speed(), "same recording", 1.0
    )
    return FilmCase("film.mkv", "ab" * 32, 3.0, Placements((placed,)))


def test_a_film_that_cannot_be_played_is_copied_on_demand_and_then_plays(unplayable, chromium):
    page = chromium.new_page(reduced_motion="reduce")
    page.goto(f"{unplayable.address}{explored.ALBUM}/film")
    said = "document.querySelector('.film-state').textContent"
    comes_true(page, f"/cannot be played as it is: browsers do not play files/.test({said})")
    assert page.locator("[data-plays=film]").is_disabled()
    page.get_by_role("button", name="Make a small copy").click()
    comes_true(page, f"{said} === 'A small copy of the film plays.'")
    assert page.locator("[data-copy=make]").is_hidden()
    page.keyboard.press("Space")
    comes_true(page, f"{VIDEO}.currentTime > 0.2 && {VIDEO}.videoWidth > 0")
    unplayable.film.unlink()
    page.reload()
    comes_true(page, f"/not where it was.*--film/.test({said})")
    assert str(unplayable.folder.parent) not in page.content()
    page.close()


def test_published_nothing_of_the_film_is_in_the_folder(visited):
    from unsung.pages import explorer

    context = explored.in_a_folder(soundtrack=truly_filmed(), findings=())
    published = explorer.folder(context)
    assert not any(re.search(r"\.(webm|mp4|jpe?g)$", name) for name in published)
    text = published["film.html"].decode()
    assert '"api": ""' in text
    assert "film/media" not in text
    assert str(visited.folder) not in text
