"""The published folder as a reader meets it: read on any web host, heard with one's own copy."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import explored
import made_albums
import numpy as np
import pytest
from attrs import evolve
from explored import RATE_HZ, comes_true, complaints_of_axe

from unsung.listening.loudness import loudness
from unsung.model.sound import Audio
from unsung.pages import explorer

pytestmark = pytest.mark.browser

KEEP_PLAYERS = """
window.heard = [];
const Made = window.Audio;
window.Audio = function (...given) {
  const made = new Made(...given);
  window.heard.push(made);
  return made;
};
"""
LISTEN = """() => {
  const context = new AudioContext({ sampleRate: 48000 });
  window.ear = new AnalyserNode(context, { fftSize: 4096 });
  context.createMediaElementSource(window.heard[0]).connect(window.ear);
  window.ear.connect(context.destination);
}"""
CAUGHT = """() => {
  const samples = new Float32Array(4096);
  window.ear.getFloatTimeDomainData(samples);
  return [window.heard[0].currentTime, 48000, [...samples]];
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def _sound(one):
    """A tone that tells by its pitch when it is heard, and swells in a way of its own."""
    if one.track.title == "Hush":
        return np.zeros(int(one.hearing.duration_s * RATE_HZ))
    tone = made_albums.chirp(one.hearing.duration_s, RATE_HZ)
    dice = np.random.default_rng(one.track.position)
    swells_db = dice.uniform(-20, 0, len(tone) // RATE_HZ + 2)
    return tone * 10 ** (
        np.interp(np.arange(len(tone)) / RATE_HZ, np.arange(len(swells_db)), swells_db) / 20
    )


def _heard(one):
    """The track as its sound would be heard."""
    if one.track.kind == "score":
        return one
    samples = np.float32(_sound(one))[np.newaxis]
    return evolve(one, hearing=evolve(one.hearing, loudness=loudness(Audio(samples, RATE_HZ))))


@pytest.fixture(scope="module")
def album():
    made = explored.album()
    return evolve(made, heard=tuple(map(_heard, made.heard)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory, album):
    out = tmp_path_factory.mktemp("published")
    drawn = {
        one.track.file: explorer.waveform([-100, -20] * 500, [90, 10] * 500) for one in album.heard
    }
    context = explored.context(soundtrack=album, waveforms=drawn)
    for name, content in explorer.folder(context).items():
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
def copy(tmp_path_factory, album):
    """The reader's own files of the album under names of their own, and one that is none of it."""
    place = tmp_path_factory.mktemp("my copy")
    for one in album.heard:
        if one.track.kind == "recording":
            name = (
                one.track.title if one.track.title == "Hush" else f"take {9 - one.track.position}"
            )
            made_albums.written(place / f"{name}.wav", _sound(one), RATE_HZ)
    (place / "notes.txt").write_text("no sound")
    return sorted(place.iterdir())


def attached(page, files):
    """What the page says once it has listened to them."""
    page.locator("input[type=file]").set_input_files(files)
    comes_true(page, "document.querySelector('.toasts').textContent !== ''")
    return page.locator(".toasts").text_content()


def test_the_album_plays_once_a_reader_attaches_it_whatever_its_files_are_called(
    chromium, address, copy
):
    page = chromium.new_page()
    page.goto(address)
    assert page.locator(".motif-cards .chip").first.is_disabled()
    assert attached(page, copy).startswith("4 of 5 tracks found")
    assert page.locator(".attach").text_content() == "4 of 5 attached"
    page.locator(".motif-cards .chip").first.click()
    comes_true(
        page, "document.querySelector('.dock [data-act=toggle]').classList.contains('playing')"
    )
    page.locator(".motif-cards .name").first.click()
    comes_true(page, "document.querySelector('.motif-view') !== null")
    page.locator("[data-act=compare]").first.click()
    comes_true(page, "document.querySelector('.dock .sides').hidden === false")
    page.close()


@pytest.mark.parametrize(
    ("kind", "later_s"), [("mp3", 0.0), ("mp3", 0.6), ("ogg", 0.3), ("wav", -0.25)]
)
def test_what_sounds_of_another_coding_or_edition_is_where_the_page_says(
    chromium, address, album, tmp_path, kind, later_s
):
    """The second of two tracks as long as each other, and beginning later than it was heard."""
    sound = _sound(album.heard[1])
    cut, silence = max(0, int(-later_s * RATE_HZ)), np.zeros(max(0, int(later_s * RATE_HZ)))
    file = made_albums.written(tmp_path / f"x.cbr.{kind}", np.r_[silence, sound[cut:]], RATE_HZ)
    page = chromium.new_page()
    page.add_init_script(KEEP_PLAYERS)
    page.goto(address + "track-2.html#t=12.5")
    assert attached(page, [file]).startswith("1 of 5 tracks found")
    page.locator("[data-act=play-here]").click()
    comes_true(
        page, "window.heard.some(a => !a.paused && a.currentTime > 12.6 && a.readyState > 2)"
    )
    page.evaluate(LISTEN)
    page.wait_for_timeout(600)
    said_s, rate_hz, samples = page.evaluate(CAUGHT)
    wave = np.array(samples)
    strength = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 1 << 17))
    heard_hz = strength.argmax() * rate_hz / (1 << 17)
    heard_s = (heard_hz - made_albums.CHIRP_FROM_HZ) / made_albums.CHIRP_HZ_PER_S
    assert heard_s + len(wave) / 2 / rate_hz == pytest.approx(said_s, abs=0.05)
    page.close()


def test_files_of_another_album_are_refused_in_words(chromium, address, tmp_path):
    other = made_albums.written(tmp_path / "other.wav", made_albums.chirp(3.0))
    page = chromium.new_page()
    page.goto(address)
    assert attached(page, [other]) == "None of these files sounds like a track of this album."
    page.close()


def test_a_file_with_the_name_of_a_track_that_sounds_different_is_not_taken(
    chromium, address, tmp_path, album
):
    first = album.heard[0]
    samples = _sound(first)[::-1]
    file = made_albums.written(tmp_path / f"{first.track.title}.wav", samples, RATE_HZ)
    page = chromium.new_page()
    page.goto(address)
    words = attached(page, [file])
    assert words.startswith("None of these files")
    assert f"{file.name} is named like one, and sounds different" in words
    page.close()


def test_the_waveform_stands_in_the_page_of_a_track(chromium, folder):
    page = chromium.new_page()
    page.goto((folder / "track-1.html").as_uri())
    comes_true(page, "document.querySelector('.wave-lane canvas')?.width > 300")
    assert page.locator(".wave-lane").is_visible()
    page.close()


def test_a_search_by_a_tune_is_left_to_a_server_in_words(chromium, address):
    page = chromium.new_page()
    page.goto(address + "search.html")
    assert "unsung serve" in page.locator(".by-tune").text_content()
    assert page.locator("[data-do=sing]").count() == 0
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
