"""The page of the film: there where a film is, leading to moments of the album, published."""

import re
import sys
from pathlib import Path

import explored
import pytest
import soundtracks
from attrs import evolve
from explored import comes_true, complaints_of_axe

sys.path.insert(0, str(Path(__file__).parents[2] / "questions"))

import films

from unsung.model.film import AlbumPlace
from unsung.model.time import Span
from unsung.model.unplaced import Unplaced, UnplacedStretch
from unsung.pages import explorer


def filmed(lines=(), name="skerry.mkv"):
    """The album beside a film, as the server shows it."""
    album = explored.album()
    film = evolve(films.film(album, lines), name=name)
    return explored.context(soundtrack=evolve(album, film=film))


@pytest.fixture(scope="module")
def shown():
    return explorer.film_page(filmed())


def ways_to_film(text):
    return re.findall(r'<a href="[^"]*film(?:\.html)?"(?: aria-current="page")?>Film</a>', text)


def test_it_tells_of_placements_lines_levels_and_what_is_left_out(shown):
    assert "skerry.mkv, 10:00 long, plays 2 tracks of the album in 3 uncut pieces" in shown
    assert "First Light 0:00–1:00; level −12.0 dB; undecided above the rest" in shown
    assert "We go at dawn." in shown
    assert "EXT. SHORE" in shown
    assert "What the film leaves out" in shown
    assert "The film plays from your own file, at this machine only" in shown


def test_a_placement_leads_to_the_moment_of_its_track_and_plays_it_there(shown):
    assert '<a href="/a/the-skerry-light/track/1#t=20.0">First Light</a>' in shown
    assert re.search(r'class="chip play-one" href="/a/the-skerry-light/audio/1#t=20.0,80.0"', shown)
    assert 'data-track="track-1" data-from="20.000" data-until="80.000"' in shown


def test_it_holds_no_style_and_no_script_of_its_own(shown):
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", shown)
    scripts = re.findall(r"<script[^>]*>", shown)
    assert all('src="/static/' in one or 'type="application/json"' in one for one in scripts)


def test_the_bar_leads_to_it_where_a_film_is(shown):
    assert len(ways_to_film(shown)) == 1
    assert len(ways_to_film(explorer.album_page(filmed()))) == 1


@pytest.mark.parametrize("told", [None, "no time"])
def test_without_a_film_there_is_no_way_and_no_page(told):
    album = explored.album()
    film = told and evolve(films.film(album), duration_s=0.0)
    context = explored.context(soundtrack=evolve(album, film=film))
    assert ways_to_film(explorer.album_page(context)) == []
    assert "film.html" not in explorer.folder(context)
    with pytest.raises(KeyError):
        explorer.film_page(context)


def test_music_of_no_source_has_a_lane_and_its_moments():
    context = filmed()
    file = context.soundtrack.heard[0].track.file
    like = UnplacedStretch(Span(30, 42), 0.9, AlbumPlace(file, Span(3, 15)))
    other = Unplaced((like, UnplacedStretch(Span(50, 60), 0.7)), (Span(60, 66),))
    film = evolve(context.soundtrack.film, unplaced=other)
    text = explorer.film_page(evolve(context, soundtrack=evolve(context.soundtrack, film=film)))
    assert "<b>Other music</b>" in text
    assert "no source, 0:30–0:42" in text
    assert "undecided, 1:00–1:06" in text
    assert text.count("Music with no source") >= 2
    assert f"resembles {context.soundtrack.heard[0].track.title}" in text


def test_a_film_without_the_album_is_told_plainly():
    album = explored.album()
    context = explored.context(soundtrack=evolve(album, film=films.without_music(album)))
    text = explorer.film_page(context)
    assert "No music of this album was found in other.mkv" in text
    assert 'class="placements"' not in text


def test_hostile_words_of_a_film_are_only_words():
    said = films.spoken(20, 24, 18.0, soundtracks.HOSTILE)
    text = explorer.film_page(filmed((said,), name=soundtracks.HOSTILE))
    assert soundtracks.HOSTILE not in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_published_every_link_of_it_leads_to_a_file():
    published = explorer.folder(filmed())
    text = published["film.html"].decode()
    links = [one.partition("#")[0] for one in re.findall(r'(?:href|src)="([^"]+)"', text)]
    files = {one.partition("?")[0] for one in links if one and not one.startswith("data:")}
    assert files <= published.keys()
    assert "track-1.html#t=20.0" in text
    assert ways_to_film(published["index.html"].decode())
    assert "/a/" not in text


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """The album with its film behind the real server."""
    album = filmed().soundtrack
    with explored.served(tmp_path_factory.mktemp("filmed"), album) as visitor:
        yield visitor


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(visited, chromium, scheme):
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{visited.address}{explored.ALBUM}/film")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert complaints_of_axe(page) == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_it_does_not_scroll_sideways(visited, chromium, width):
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{visited.address}{explored.ALBUM}/film")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.browser
def test_a_placement_of_the_table_plays_its_track(visited, chromium):
    page = chromium.new_page()
    page.goto(f"{visited.address}{explored.ALBUM}/film")
    page.locator(".placements a.play-one").first.click()
    comes_true(
        page, "document.querySelector('.dock [data-act=toggle]').classList.contains('playing')"
    )
    assert page.locator(".dock .title").text_content() == "First Light"
    page.close()


def test_a_published_folder_does_not_pass_on_what_is_said():
    files = explorer.folder(filmed())
    assert not any(b"We go at dawn" in content for content in files.values())
