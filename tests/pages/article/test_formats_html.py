"""The article as a page: safe, complete, and the same in every mode of sound."""

import base64
import json
import re
from html.parser import HTMLParser

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from manuscripts import ALBUM, FILES, HOSTILE, LASTS_S, TITLES, context, manuscript

from unsung.model.album import Work
from unsung.model.time import Span
from unsung.pages.article.formats import as_html
from unsung.pages.article.formats.linked_data import linked_data

VOID = {"meta", "br", "hr", "input", "img", "link"}


class Outline(HTMLParser):
    """Elements and their attributes; text of scripts; fails where elements do not nest."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.scripts, self._open = [], [], []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, words):
        if self._open and self._open[-1] == "script":
            self.scripts.append(words)

    def all(self, tag):
        return [attrs for one, attrs in self.elements if one == tag]


@pytest.fixture(scope="module")
def page():
    return Outline(as_html(manuscript(), context()))


def of_text(text, **more):
    return as_html(manuscript(text, **more), context())


def test_every_mark_leads_to_a_card_and_every_card_leads_back(page):
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    inside = [one["href"] for one in page.all("a") if one["href"].startswith("#")]
    assert {address[1:] for address in inside} <= set(ids)
    assert {f"evidence-{k}" for k in range(1, 21)} <= set(ids)
    marks = [one for one in page.all("a") if one.get("role") == "doc-noteref"]
    assert len(marks) == 22
    assert all(f"#{one['id']}" in inside for one in marks)


def test_nothing_on_the_page_runs_but_its_own_script(page):
    assert [one.get("type") for one in page.all("script")] == [
        "application/ld+json", "application/json", "application/json", None,
    ]  # fmt: skip
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert not [attrs for _, attrs in page.elements if "style" in attrs]
    addresses = [attrs.get(name, "") for _, attrs in page.elements for name in ("href", "src")]
    assert {one.split(":")[0] for one in addresses if ":" in one} == {"https"}


def test_scripts_of_values_say_what_they_should(page):
    linked, claims, told = (json.loads(one) for one in page.scripts[:3])
    assert linked["@type"] == "Article"
    assert len(claims["claims"]) == 20
    track = told["tracks"][6]
    assert (track["file"], track["title"], track["n"]) == (FILES[6], HOSTILE.strip(), 7)
    assert (track["durationS"], track["audio"], track["isScore"]) == (LASTS_S, "", False)


def test_how_each_track_sounds_is_held_so_that_a_readers_own_copy_is_known():
    held = Outline(as_html(manuscript(), context(prints={"loudness": {1: "AAAA"}})))
    assert {"loudness": {"1": "AAAA"}} in [json.loads(one) for one in held.scripts[:4]]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,hello)",
        "[x](//example.org)",
        "<javascript:alert(1)>",
        "![x](https://example.org/pixel.png)",
        "![x](data:image/png;base64,aaaa)",
        '[x](https://example.org "\\" onclick=\\"alert(1)")',
        "[x][y]\n\n[y]: javascript:alert(1)",
        "[^passage-1]: https://example.org",
        "[^<script>alert(1)</script>]",
        '[^"onclick=alert(1)]',
        '!["><script>alert(1)</script>](figure:tapestry)',
        '![x](figure:"><script>alert(1)</script>)',
        "# <script>alert(1)</script>",
        "| <script> |\n|---|\n| <style>*{display:none}</style> |",
        "```</code><script>alert(1)</script>\nx\n```",
        "\u202e\x00\x0b</div></main>",
    ],
)  # fmt: skip
def test_an_authors_text_can_do_nothing_but_be_read(attack):
    page = Outline(of_text(attack))
    assert len(page.all("script")) == 4
    assert page.all("img") == []
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    for link in page.all("a"):
        assert link["href"].startswith(("#", "https://"))


@settings(max_examples=40)
@given(st.text(st.sampled_from("[]()!^*_`<>\"'&#|-\n\\ :/afigure0.~{}%$"), max_size=80))
def test_any_markdown_gives_a_page_whose_elements_nest(text):
    assert len(Outline(of_text(text)).all("script")) == 4


def test_links_into_the_web_are_kept_and_tell_nobody_where_they_came_from():
    page = Outline(of_text("[a](https://example.org) [b](figure:motif-a)\n\n![](figure:motif-a)"))
    assert {"href": "https://example.org", "rel": "noopener noreferrer"} in page.all("a")
    assert {"href": "#figure-motif-a"} in page.all("a")


def test_a_mark_that_names_nothing_says_so():
    assert "[no such finding: nobody]" in of_text("A.[^nobody]")
    assert "[no such figure: none]" in of_text("![x](figure:none)")


def test_a_text_without_marks_shows_neither_evidence_nor_a_box_to_attach():
    page = of_text("Nothing is claimed.")
    assert 'id="evidence"' not in page
    assert 'class="attach"' not in page


def test_equal_headings_have_anchors_of_their_own():
    page = Outline(of_text("# One\n\n## One 2\n\n## *One*"))
    assert [one["id"] for one in page.all("h2")][:4] == [
        "section-one", "section-one-2", "section-one-3",
    ]  # fmt: skip
    assert len(page.all("h1")) == 1


def test_a_figure_that_is_shown_twice_has_one_anchor():
    shown = "![](figure:tapestry)\n\n"
    page = Outline(of_text(f"{shown}{shown}[a](figure:tapestry) [b](figure:gem-chart)"))
    assert len(page.all("figure")) == 2
    assert [attrs["id"] for attrs in page.all("figure") if attrs] == ["figure-tapestry"]
    assert "#figure-gem-chart" not in [one["href"] for one in page.all("a")]


def test_figures_are_drawn_in_the_page_and_told_in_words(page):
    drawn = [attrs["aria-label"] for attrs in page.all("svg") if attrs.get("role") == "img"]
    assert len(drawn) == len(page.all("desc")) == len(page.all("details")) == 5
    assert all(drawn)


def test_a_caption_that_is_left_out_is_the_one_that_was_made():
    page = of_text("![](figure:motif-a)")
    assert "as it stands in <em>Overture</em> at 0:12." in page
    assert "as it stands" not in of_text("![Mine.](figure:motif-a)")


def test_figures_have_other_colours_on_a_dark_screen_only():
    style = re.search("<style>(.*?)</style>", of_text("x"), re.DOTALL)[1]
    dark = style.split("@media screen and (prefers-color-scheme: dark)")
    assert ".article-figure .stroke-ink { stroke: #ece6da; }" in dark[-1]
    assert ".article-figure .stroke-ink" not in "".join(dark[:-1])


def policy(page):
    [found] = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    return found.replace("&#39;", "'")


def test_the_policy_allows_the_sound_of_its_mode_and_nothing_else():
    for audio, sound in (("none", "blob:"), ("sidecar", "'self' file:"), ("embedded", "data:")):
        told = policy(as_html(manuscript(), context(audio=audio)))
        assert f"media-src {sound};" in told
        assert told.startswith("default-src 'none';")


def test_without_a_script_a_passage_beside_the_page_is_a_link_to_its_moment():
    addresses = {FILES[3]: "../04%20track.wav"}
    beside = Outline(as_html(manuscript(), context(audio="sidecar", addresses=addresses)))
    assert {"class": "time", "href": "../04%20track.wav#t=4.000,9.000"} in beside.all("a")


def test_clips_lie_in_the_page_once_they_are_given():
    place = (FILES[3], Span(4, 9))
    given_clips = context(audio="embedded", clips={place: b"OggS"})
    page = Outline(as_html(manuscript("A.[^black-water-louder]"), given_clips))
    [clip] = page.all("audio")
    assert clip["src"] == "data:audio/ogg;base64," + base64.b64encode(b"OggS").decode()


def test_linked_data_names_the_album_its_tracks_its_makers_and_what_is_cited():
    told = linked_data(manuscript(), context())
    about = told["about"]
    assert about["isPartOf"] == {
        "@type": "Movie", "name": "The Lamp on Skerry", "datePublished": "2019",
    }  # fmt: skip
    assert [one["name"] for one in about["track"]] == list(TITLES)
    assert about["track"][0]["duration"] == "PT40.0S"
    assert about["creator"][0]["creator"]["name"] == "Ada Vale"
    assert {one["name"] for one in told["citation"]} >= {"ITU-R BS.1770-5"}


def test_linked_data_leaves_out_what_is_not_known():
    unknown = context(album=evolve(ALBUM, work=Work("X", "radio play")), credits=(), durations_s={})
    about = linked_data(manuscript(), unknown)["about"]
    assert about["isPartOf"] == {"@type": "CreativeWork", "name": "X"}
    assert "creator" not in about
    assert "duration" not in about["track"][0]
    assert (
        "isPartOf"
        not in linked_data(manuscript(), context(album=evolve(ALBUM, work=None)))["about"]
    )
