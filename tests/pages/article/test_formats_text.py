"""The article as Markdown and as claims: what is said is what the findings carry."""

import json
import re

import manuscripts
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from manuscripts import HOSTILE, context, finding, manuscript
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from unsung.model.finding import Quantity, Title
from unsung.pages.article.formats import FORMATS, as_markdown, claims_json, problems
from unsung.pages.article.formats.reading import reading
from unsung.pages.article.formats.wording import (
    chance_in_words,
    filled,
    interval,
    plain,
    printable,
)
from unsung.pages.article.wording import escaped
from unsung.pages.report.wording import clock


def read_back(markdown):
    """The Markdown as another reader of footnotes sees it."""
    return MarkdownIt("commonmark", {"html": True}).use(footnote_plugin).render(markdown)


def test_every_format_says_the_same_twice():
    for name, written in FORMATS.items():
        if name != "pdf":
            assert written(manuscript(), context()) == written(manuscript(), context())


def test_a_claim_is_filled_with_numbers_in_their_units():
    facts = {
        "rise": Quantity(9.34, "LU", 1, low=8, high=10),
        "share": Quantity(63, "%"),
        "at": Quantity(63.4, "clock"),
        "drop": Quantity(-2),
        "track": Title("Black Water"),
        "key": "D minor",
    }
    sentence = "{track} in {key}: {rise}, {share}, {at}, {drop}."
    assert plain(filled(sentence, facts)) == (
        "“Black Water” in D minor: 9.3\u00a0LU, 63\u00a0%, 1:03, −2."
    )


def test_braces_in_a_title_are_not_filled_again():
    facts = {"a": Title("{b}"), "b": Quantity(1)}
    assert plain(filled("{a} {b}", facts)) == "“{b}” 1"


def test_intervals_are_told_only_where_they_are_known():
    assert interval(Quantity(9.3, "LU", 1, low=8.1, high=10.4)) == "8.1 to 10.4\u00a0LU"
    assert interval(Quantity(63, "clock", low=61, high=65)) == "1:01 to 1:05"
    assert interval(Quantity(5)) == ""


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "none of the trials"),
        (0.0004, "fewer than 1 in 1,000 trials"),
        (0.0129, "1.3\u00a0% of trials"),
        (1, "100\u00a0% of trials"),
    ],
)
def test_chance_is_told_as_a_share_of_trials(chance, words):
    assert chance_in_words(chance) == words


def test_clocks_count_hours_only_where_there_are_any():
    assert [clock(one_s) for one_s in (0.3, 59.6, 3600)] == ["0:00", "1:00", "1:00:00"]


def test_marks_are_numbered_in_the_order_of_their_first_appearance():
    read = reading(manuscript("One.[^passage-2] Two.[^few-listeners] One again.[^passage-2]"))
    assert read.cited == ("passage-2", "few-listeners")
    assert (read.number("few-listeners"), read.number("nothing")) == (2, 0)


def test_a_mark_in_code_is_no_mark():
    assert reading(manuscript("`[^passage-1]`\n\n    [^passage-2]\n")).cited == ()


def test_marks_and_figures_that_name_nothing_are_reported():
    text = "A.[^nobody] ![x](figure:none)\n\n![y](figure:none)\n\n[z](figure:tapestry)"
    found = problems(manuscript(text))
    assert found == ("[^nobody] names no finding", "figure:none names no figure")
    assert problems(manuscript("All is well.[^passage-1]")) == ()


def test_every_mark_of_the_markdown_has_a_footnote():
    page = read_back(as_markdown(manuscript(), context()))
    notes = re.findall(r'<li id="fn(\d+)"', page)
    assert len(notes) == 20 + 1
    assert "No such finding." in page
    assert "[^motif-a-returns] in it" in page
    assert page.count("[^") == 1


def test_a_footnote_tells_claim_verdict_places_and_source():
    markdown = as_markdown(manuscript("It returns.[^black-water-louder]"), context())
    [note] = re.findall(r"^\[\^black-water-louder\]: .*", markdown, re.DOTALL | re.MULTILINE)
    for told in (
        "*Black Water* rises by 9.3\u00a0LU within 12\u00a0s.",
        "**Supported.**",
        "rise 9.3\u00a0LU (8.1 to 10.4\u00a0LU)",
        "Luck alone shows as much in 1.3\u00a0% of trials",
        "*Black Water* 0:04–0:09",
        "ITU-R BS.1770-5",
    ):
        assert told in note


def test_a_row_of_the_world_comes_with_its_source_date_licence_and_place_in_the_answer():
    markdown = as_markdown(manuscript("Few.[^few-listeners] [^made-up-row]"), context())
    assert "Black Water, people who listened (listenbrainz): 412." in markdown
    assert "2026-11-02, CC0-1.0, /0/total\\_user\\_count" in markdown
    assert "7 (made up)." in markdown


def test_hostile_words_stay_words_in_markdown():
    page = read_back(as_markdown(manuscript("A.[^hostile-title]"), context()))
    assert "<script" not in page
    assert "javascript:" in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("line", ["- a", "1. a", "12) a", "---", "===", "+ a", "# a", "> a"])
def test_a_title_at_the_beginning_of_a_line_is_no_list_no_heading_and_no_rule(line):
    assert re.fullmatch("<p>.*</p>\n", MarkdownIt().render(f"{escaped(line)}\n"))
    assert line.replace(">", "&gt;") in MarkdownIt().render(f"x\n{escaped(line)}")


def test_a_figure_is_given_in_words_where_no_file_lies_beside_the_text():
    first = "![The *threads*.[^passage-1]](figure:tapestry)"
    given_text = f"{first}\n\n![](figure:gem-chart)\n\n![](figure:no)"
    plain_text = as_markdown(manuscript(given_text), context())
    assert "**Figure.** The *threads*.[^passage-1] *In words:* Heard most: strings" in plain_text
    assert "**Figure.** Seven tracks, from less exposed" in plain_text
    assert "No such figure: no" in plain_text
    beside = context(figure_addresses={"tapestry": "figures/who.svg"})
    assert "](figures/who.svg)\n\n**Figure.**" in as_markdown(manuscript(given_text), beside)


def test_the_authors_text_stays_as_it_is():
    text = "# Mine\n\n```\n![x](figure:tapestry)\n```\n\n<b>bold</b> *and* [so on](https://example.org)"
    assert text in as_markdown(manuscript(text), context())


def test_a_caption_may_run_over_lines():
    text = "A\r\n\r\n![one\r\ntwo](figure:tapestry)\r\n\r\nB"
    markdown = as_markdown(manuscript(text), context())
    assert "A\n\n**Figure.** one\ntwo *In words:*" in markdown


def test_an_article_without_a_word_is_a_head_and_nothing_else():
    empty = manuscript("", card=(), tags=(), findings={}, figures={})
    assert as_markdown(empty, context()) == f"# {empty.title}\n"
    assert json.loads(claims_json(empty, context()))["claims"] == []


def test_claims_carry_every_field_of_their_finding():
    told = json.loads(claims_json(manuscript(), context()))
    by_slug = {one["slug"]: one for one in told["claims"]}
    assert set(by_slug) == set(manuscripts.findings())
    one = by_slug["motif-a-returns"]
    assert one["mark"] == 1
    assert one["claim"].startswith("Motif A comes back 14 times in 5 tracks, last in “Black Water”")
    assert one["facts"]["at"] == {
        "value": 23.4, "unit": "clock", "low": 22.9, "high": 24.1, "digits": 0,
    }  # fmt: skip
    assert one["facts"]["track"]["track_file"] == manuscripts.FILES[3]
    assert one["places"][2]["fragment"] == "t=22.900,27.000"
    assert by_slug["few-listeners"]["rows"][0]["pointer"] == "/0/total_user_count"
    assert by_slug["hostile-title"]["readings"][0]["says"] == HOSTILE


def test_a_finding_that_the_text_no_longer_leans_on_is_kept_without_a_number():
    told = json.loads(claims_json(manuscript("Only this.[^passage-1]"), context()))
    assert [one["mark"] for one in told["claims"][:2]] == [1, None]


def test_no_page_is_without_a_day_and_none_reaches_into_the_network():
    with pytest.raises(ValueError, match="2026-11-21"):
        context(issued_on="yesterday")
    for wrong in ("https://example.org/a.ogg", "//example.org/a.ogg", "javascript:alert(1)"):
        with pytest.raises(ValueError, match="beside the page"):
            context(addresses={"a": wrong})
        with pytest.raises(ValueError, match="beside the page"):
            context(claims_address=wrong)


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_whatever_a_text_or_a_title_says_every_format_of_text_can_be_written(words):
    one = finding("odd", "{track} is odd.", {"track": Title(words)})
    odd = evolve(
        manuscript(), title=words, text=f"{words}[^odd]", findings={"odd": one}, figures={}
    )
    for written in (as_markdown, claims_json):
        assert written(odd, context()).encode()


def test_what_no_page_can_hold_is_replaced():
    assert printable("a\x00b\ud800c\u202ed\tz") == "a\ufffdb\ufffdc\ufffdd\tz"
