"""The report is one page that needs nothing else, says only what was heard, and trusts no text."""

import re
import time
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
import soundtracks
from soundtracks import HOSTILE

from unsung.model.album import Unheard
from unsung.model.hearing import Heard
from unsung.pages.report import ReportContext, report
from unsung.pages.report.page import resources_digest
from unsung.pages.report.wording import clock, number

VOID = {"meta", "input", "link", "br", "hr", "img"}


class Page(HTMLParser):
    """A page read with the standard parser: its tree balanced, its text by element."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.texts = [], [], []
        self.html = html
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if text.strip() and self.open:
            self.texts.append((self.open[-1], text.strip()))

    def texts_in(self, tag):
        return [text for element, text in self.texts if element == tag]

    def all_of(self, tag):
        return [attributes for element, attributes in self.tags if element == tag]


def page_of(soundtrack, **more):
    return report(ReportContext(soundtrack, "0.1.0", **more))


def addresses(soundtrack):
    return {one.track.file: one.track.file.replace(" ", "%20") for one in soundtrack.heard}


@pytest.fixture(scope="module")
def small():
    soundtrack = soundtracks.small()
    return soundtrack, Page(page_of(soundtrack, audio_addresses=addresses(soundtrack)))


@pytest.fixture(scope="module")
def awkward():
    soundtrack = soundtracks.awkward()
    return soundtrack, Page(page_of(soundtrack, audio_addresses=addresses(soundtrack)))


def test_every_element_closes_and_every_id_is_its_own(awkward):
    ids = [attributes["id"] for _, attributes in awkward[1].tags if "id" in attributes]
    assert len(ids) == len(set(ids)) > 10


def figures_of(html):
    """Every outermost figure, whole."""
    depth, start = 0, 0
    for tag in re.finditer(r"<svg\b[^>]*>|</svg>", html):
        if tag[0] != "</svg>" and depth == 0:
            start = tag.start()
        depth += 0 if tag[0].endswith("/>") else -1 if tag[0] == "</svg>" else 1
        if depth == 0:
            yield html[start : tag.end()]


def test_every_figure_is_well_formed(awkward):
    figures = list(figures_of(awkward[1].html))
    assert len(figures) > 50
    for figure in figures:
        ET.fromstring(figure)  # noqa: S314 (our own figure)


def test_the_page_asks_for_nothing_but_the_sound_beside_it(small):
    soundtrack, page = small
    loaded = {
        attributes[name]
        for tag, attributes in page.tags
        for name in ("src", "srcset", "poster", "data")
        if name in attributes and tag != "a"
    }
    assert loaded <= set(addresses(soundtrack).values())
    assert page.all_of("link") == []
    assert "http:" not in page.html
    assert "https:" not in page.html
    assert "@import" not in page.html


def test_the_policy_allows_this_script_and_this_style_alone(small):
    (policy,) = [
        meta["content"]
        for meta in small[1].all_of("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert policy.count("'sha256-") == 2


def test_no_element_carries_a_handler_or_a_style_of_its_own(awkward):
    names = {name for _, attributes in awkward[1].tags for name in attributes}
    assert "style" not in names
    assert not {name for name in names if name.startswith("on")}


def test_foreign_text_stays_text(awkward):
    page = awkward[1]
    assert [one.get("type", "") for one in page.all_of("script")] == ["application/json", ""]
    assert len(page.all_of("style")) == 1
    assert HOSTILE in page.texts_in("h3")
    assert HOSTILE in page.texts_in("h1")
    assert HOSTILE in page.texts_in("code")
    assert "<script>alert" not in page.html


def test_every_title_is_a_heading_once_and_a_nameless_track_goes_by_its_file(awkward):
    soundtrack, page = awkward
    headings = page.texts_in("h3")
    for one in soundtrack.heard:
        assert headings.count(one.track.title or one.track.file) == 1


def test_the_numbers_are_those_of_the_hearing(small):
    soundtrack, page = small
    cells, answers = page.texts_in("td"), page.texts_in("dd")
    for one in soundtrack.heard:
        assert clock(one.hearing.duration_s) in cells
        if one.track.title in {"Interval", "Sketch for a Farewell"}:
            continue
        loudness = one.hearing.loudness
        assert number(loudness.integrated_lufs) in cells
        assert f"{number(loudness.integrated_lufs)} LUFS" in answers
        assert f"{number(loudness.range_lu)} LU" in answers
        assert f"{number(loudness.true_peak_dbtp)} dBTP" in answers
        assert one.hearing.key.overall.name in answers


def test_what_is_not_a_number_is_said_in_words(small):
    _, page = small
    assert {"silent", "undecided", "no clear pulse", "not heard"} <= set(page.texts_in("td"))
    assert {"silent", "undecided", "no clear pulse"} <= set(page.texts_in("dd"))
    for word in ("nan", "None", "-1", "Outcome", "inf"):
        assert word not in page.texts_in("td") + page.texts_in("dd")


def test_recordings_within_reach_have_players_and_all_others_say_why_not(small):
    soundtrack, page = small
    sounds = [audio["src"] for audio in page.all_of("audio")]
    recordings = [one for one in soundtrack.heard if one.track.kind == "recording"]
    assert sounds == [addresses(soundtrack)[one.track.file] for one in recordings]
    assert all("controls" in audio for audio in page.all_of("audio"))
    assert all(audio["preload"] == "none" for audio in page.all_of("audio"))
    assert any("A score has no sound" in text for text in page.texts_in("p"))


def test_a_member_of_an_archive_says_that_it_is_out_of_reach():
    track = soundtracks.track_at("music.pk3!menu.ogg", "Menu")
    page = Page(page_of(soundtracks.soundtrack(Heard(track, soundtracks.silent_hearing()))))
    assert page.all_of("audio") == []
    assert any("inside an archive" in text for text in page.texts_in("p"))


def test_tags_are_marked_as_tags(small):
    page = small[1]
    assert "From the tags" in page.texts_in("div")
    assert "Recorded in one take." in page.texts_in("dd")
    assert "Ada Vale" in page.texts_in("dd")


def test_files_that_could_not_be_heard_are_listed_with_their_reason(small):
    _, page = small
    assert "06 broken.mp3" in page.texts_in("code")
    assert "no sound could be decoded: the file is cut short" in page.texts_in("span")
    assert any("1 file could not be heard" in text for text in page.texts_in("p"))


def test_every_figure_of_a_lane_has_words(small):
    figures = [svg for svg in small[1].all_of("svg") if svg.get("role") == "img"]
    assert all(len(svg["aria-label"]) > 3 for svg in figures)
    labels = " ".join(svg["aria-label"] for svg in figures)
    for word in ("LUFS", "crescendo of", "Keys:", "no clear pulse", "notes a second"):
        assert word in labels


def test_an_album_of_nothing_says_so_kindly():
    page = Page(page_of(soundtracks.soundtrack(title="Empty")))
    assert "Nothing could be heard yet" in page.texts_in("h2")
    assert page.texts_in("td") == []
    assert page.all_of("audio") == []


def test_an_album_of_broken_files_lists_them():
    broken = Unheard("a.mp3", "not sound")
    page = Page(page_of(soundtracks.soundtrack(unheard=[broken])))
    assert "Nothing could be heard yet" in page.texts_in("h2")
    assert "a.mp3" in page.texts_in("code")


def test_the_same_context_gives_the_same_page():
    soundtrack = soundtracks.small()
    assert page_of(soundtrack) == page_of(soundtrack)
    assert len(resources_digest()) == 16


@pytest.mark.parametrize("address", ["https://x.org/a.ogg", "//x.org/a.ogg", "javascript:alert(1)"])
def test_sound_from_elsewhere_is_refused(address):
    with pytest.raises(ValueError, match="beside the page"):
        ReportContext(soundtracks.small(), "0.1.0", {"a": address})


def test_a_long_album_stays_small_and_is_drawn_quickly():
    soundtrack = soundtracks.long_album()
    start_s = time.process_time()
    page = page_of(soundtrack, audio_addresses=addresses(soundtrack))
    assert time.process_time() - start_s < 6
    assert len(page.encode()) < 4_000_000
