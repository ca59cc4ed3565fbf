"""The published folder as a reader meets it: read on any web host, heard with one's own copy."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import explored
import pytest
from explored import comes_true, complaints_of_axe

from unsung.pages import explorer

pytestmark = pytest.mark.browser


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("published")
    for name, content in explorer.folder(explored.context()).items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    return out


@pytest.fixture(scope="module")
def address(folder):
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The reader's own files of the album, and one that is none of it."""
    place = tmp_path_factory.mktemp("my copy")
    explored.written_sound(place, explored.album())
    (place / "notes.txt").write_text("no sound")
    return sorted(place.iterdir())


def test_the_album_plays_once_a_reader_attaches_it(chromium, address, copy):
    page = chromium.new_page()
    page.goto(address)
    assert page.locator(".motif-cards .chip").first.is_disabled()
    page.locator("input[type=file]").set_input_files(copy)
    comes_true(page, "document.querySelector('.attach').textContent === '4 of 5 attached'")
    page.locator(".motif-cards .chip").first.click()
    comes_true(
        page, "document.querySelector('.dock [data-act=toggle]').classList.contains('playing')"
    )
    page.locator(".motif-cards .name").first.click()
    comes_true(page, "document.querySelector('.motif-view') !== null")
    page.locator("[data-act=compare]").first.click()
    comes_true(page, "document.querySelector('.dock .sides').hidden === false")
    page.close()


def test_files_of_another_album_are_refused_in_words(chromium, address, tmp_path):
    import made_albums

    other = made_albums.written(tmp_path / "other.wav", made_albums.chirp(3.0))
    page = chromium.new_page()
    page.goto(address)
    page.locator("input[type=file]").set_input_files([other])
    comes_true(page, "document.querySelector('.toasts').textContent.startsWith('None of these')")
    page.close()


def test_it_reads_from_disk_without_any_server(chromium, folder):
    page = chromium.new_page()
    page.goto((folder / "index.html").as_uri())
    comes_true(page, "!document.querySelector('.map-view').hidden")
    page.locator(".motif-cards .name").first.click()
    page.wait_for_selector(".motif-view")
    page.close()


def test_its_search_answers_without_a_server(chromium, address):
    page = chromium.new_page()
    page.goto(address + "search.html#q=second")
    comes_true(page, "document.querySelector('.hits a')?.textContent.includes('Second Sight')")
    page.close()


@pytest.mark.parametrize("name", ["index.html", "track-1.html", "motif-A.html", "search.html"])
def test_axe_finds_nothing_to_mend(chromium, address, name):
    page = chromium.new_page()
    page.goto(address + name)
    assert complaints_of_axe(page) == []
    page.close()
