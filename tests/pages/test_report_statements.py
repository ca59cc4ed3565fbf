"""What people say of motifs stands on the page beside what the machine found."""

import re

import pytest
import soundtracks
from attrs import evolve

from unsung.model.motif import Statement, Testimony
from unsung.model.time import Span
from unsung.pages.report import ReportContext, report
from unsung.pages.report.beneath import most_of_one, most_telling
from unsung.pages.report.occurrences import shown_and_folded
from unsung.pages.report.statements import stated_besides, statement_of, verdict, words


@pytest.fixture(scope="module")
def album():
    return soundtracks.small()


def said_of(one, **told):
    return Statement(one.track_file, one.span, "Ada", **told)


def test_a_statement_speaks_of_the_occurrence_at_its_place(album):
    first = album.motifs[0]
    second = first.occurrences[1]
    nearly = Statement(second.track_file, Span(24.5, 28.0), "Ada", holds=False)
    assert statement_of(first, second, [nearly]) is nearly
    assert statement_of(first, first.occurrences[0], [nearly]) is None
    elsewhere = evolve(nearly, track_file="02 track.ogg")
    assert statement_of(first, second, [elsewhere]) is None


def test_the_last_word_counts(album):
    motif = album.motifs[0]
    one = motif.occurrences[1]
    said = [said_of(one), said_of(one, holds=False)]
    assert verdict(statement_of(motif, one, said)) == "rejected"
    assert words(statement_of(motif, one, said[::-1])) == "confirmed by Ada"


def test_a_statement_that_names_another_motif_is_not_about_this_one(album):
    first, second = album.motifs
    one = second.occurrences[0]
    assert statement_of(second, one, [said_of(one, motif_name="the round")])
    assert statement_of(second, one, [said_of(one, motif_name="B")])
    assert not statement_of(second, one, [said_of(one, motif_name="A")])
    assert not statement_of(first, one, [said_of(one, motif_name="The round")])


def test_where_only_a_person_hears_it_is_told_too(album):
    first, second = album.motifs
    besides = Statement("03 track.ogg", Span(100, 108), "Ada", "The round")
    assert stated_besides(second, [besides]) == (besides,)
    assert stated_besides(first, [besides]) == ()
    assert stated_besides(second, [evolve(besides, holds=False)]) == ()
    assert stated_besides(second, [said_of(second.occurrences[0], motif_name="B")]) == ()


def test_the_page_shows_what_was_confirmed_rejected_and_heard_besides(album):
    first, second = album.motifs
    said = (
        said_of(first.occurrences[1]),
        said_of(first.occurrences[4], holds=False),
        Statement("03 track.ogg", Span(100, 108), "<Ben>", "The round"),
        Statement("no such.ogg", Span(1, 2), "Ben", "The round"),
    )
    addresses = {heard.track.file: heard.track.file for heard in album.heard}
    html = report(ReportContext(evolve(album, testimony=Testimony(said)), "0.1.0", addresses))
    assert html.count('class="occurrence confirmed"') == 2
    assert html.count('class="occurrence rejected"') == 1
    assert html.count("confirmed by Ada</b>") == html.count("rejected by Ada</b>") == 1
    assert "confirmed by &lt;Ben&gt;" in html
    assert "not found by the machine" in html
    assert second.name in html


# What is drawn, and what stands open


def test_those_are_drawn_that_changed_most_each_in_its_own_way(album):
    motif = album.motifs[0]
    assert most_telling(motif, 1) == [6]
    assert most_telling(motif, 99) == [1, 2, 3, 4, 5, 6]
    changed = [evolve(one, changes=("key",)) for one in motif.occurrences[1:]]
    odd = evolve(changed[3], changes=("mode", "rhythm"))
    many = evolve(motif, occurrences=(*motif.occurrences[:1], *changed[:3], odd, *changed[4:]))
    assert 4 in most_telling(many, 1)


def test_a_page_of_many_motifs_draws_fewer_of_each():
    assert [most_of_one(count) for count in (0, 1, 14, 500)] == [12, 12, 4, 2]


def test_of_many_occurrences_some_are_folded_and_all_are_there(album):
    motif = album.motifs[0]
    again = [
        evolve(motif.occurrences[3], span=Span(30 + k, 38 + k), changes=("key",)) for k in range(39)
    ]
    many = evolve(motif, occurrences=(motif.prototype, *again))
    html = report(ReportContext(evolve(album, motifs=(many,)), "0.1.0"))
    assert re.search(r"<summary>28 more occurrences</summary>", html)
    assert html.count('<li class="">') == 40
    assert "27 more changed occurrences without notation here" in html


def test_what_has_a_tale_stands_open_in_the_order_of_the_album():
    class Row:
        def __init__(self, number, compared=""):
            self.number, self.compared = number, compared
            self.verdict, self.is_prototype = "", False

    rows = [Row(k, "drawn" if k in {7, 9} else "") for k in range(10)]
    shown, folded = shown_and_folded(rows, 4)
    assert [row.number for row in shown] == [0, 1, 7, 9]
    assert [row.number for row in folded] == [2, 3, 4, 5, 6, 8]
