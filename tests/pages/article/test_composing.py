"""The article says what findings say, all of it supported, and nothing where there is nothing."""

import re

import pytest
import soundtracks
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.finding import Finding, HeardPlace, Quantity, Title
from unsung.model.time import Span
from unsung.pages.article.chapters import CHAPTERS
from unsung.pages.article.checking import unsupported
from unsung.pages.article.composing import Material, article
from unsung.pages.article.manuscript import manuscript
from unsung.pages.article.surroundings import work_title
from unsung.pages.article.wording import escaped, fact_words, filled

ALBUM = soundtracks.small()
FILE = ALBUM.heard[0].track.file
PLACES = (HeardPlace(FILE, Span(1, 4), "the motif"),)


def finding(slug="a", question="emotional-depth", kind="motif returns", **more):
    facts = {"motif": "motif A", "times": Quantity(14), "track": Title("Sea *Song*", FILE)}
    said = {
        "claim": "{motif} returns {times} times in {track}", "facts": facts,
        "verdict": "supported", "method": "by ear", "places": PLACES,
    }  # fmt: skip
    return Finding(slug, question, kind, **(said | more))


def text_of(*findings, soundtrack=ALBUM):
    return manuscript(article(Material(soundtrack, findings)))


def test_a_claim_becomes_a_sentence_with_its_mark():
    said = text_of(finding())
    assert "Motif A returns 14 times in *Sea \\*Song\\**.[^a]" in said.text
    assert set(said.findings) == {"a"}


def test_a_claim_that_is_not_supported_stands_among_what_could_not_be_established():
    said = text_of(finding(), finding("b", verdict="undecided", places=()))
    before, after = said.text.split("## What we could not establish")
    assert "[^b]" in after
    assert "[^b]" not in before


@pytest.mark.parametrize(
    "findings",
    [
        (),
        (finding("b", verdict="undecided", places=()),),
        (finding("b", "room-for-speech", "room on the album"), finding("c", "people", "composer")),
    ],
)
def test_where_nothing_is_supported_the_article_says_there_is_nothing_to_say(findings):
    said = text_of(*findings)
    assert "nothing to argue from" in said.title
    assert said.text.startswith("There is nothing to say of")
    assert "Conclusion" not in said.text


def test_a_chapter_without_findings_is_left_out():
    said = text_of(finding("c", "culture", "mode"))
    assert re.findall("^## (.*)$", said.text, re.MULTILINE) == [
        "Cultural and thematic relevance", "Conclusion", "For discussion",
    ]  # fmt: skip


def test_two_runs_give_the_same_text_whatever_the_order_of_findings():
    some = [finding(f"m{k}", weight=0.1 * k) for k in range(6)]
    assert text_of(*some) == text_of(*reversed(some))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.slug)
def test_every_sentence_that_is_not_a_question_or_a_turn_rests_on_a_finding(chapter):
    kinds = [kind for passage in chapter.passages for kind in passage.kinds]
    made = [
        finding(f"{chapter.slug}-{k}", chapter.questions[0], kind) for k, kind in enumerate(kinds)
    ]
    made.append(finding("heard"))  # so that there is music to speak of
    said = text_of(*made)
    assert unsupported(said.text, said.findings) == ()
    openers = {passage.opener for passage in chapter.passages}
    for section in article(Material(ALBUM, tuple(made))).sections:
        for block in section.blocks:
            for sentence in block.sentences:
                bare = not sentence.findings
                assert not bare or not re.search(r"\d", sentence.words)
                is_turn = sentence.words in openers or section.slug in ("lead", "conclusion")
                assert not bare or is_turn or sentence.words.endswith("?")


def test_openers_assert_no_number_rank_or_cause():
    for chapter in CHAPTERS:
        for passage in chapter.passages:
            assert unsupported(passage.opener, {}) == ()


def test_a_figure_stands_only_beside_words():
    assert "figure:" not in text_of(finding("c", "culture", "mode")).text


def test_numbers_read_as_prose_writes_them():
    shown = {
        fact_words(one)
        for one in (
            Quantity(11), Quantity(13), Quantity(-9.84, "LUFS", 1), Quantity(63, "clock"),
            Quantity(1, "semitones"), Quantity(2, "semitones"), Quantity(43, "%"),
        )
    }  # fmt: skip
    assert shown == {
        "eleven", "13", "−9.8\u00a0LUFS", "1:03",
        "1\u00a0semitone", "2\u00a0semitones", "43\u00a0%",
    }  # fmt: skip


def test_a_sentence_begins_with_a_capital_unless_a_title_does_not():
    assert filled("{a} is here", {"a": "motif A"}) == "Motif A is here"
    assert filled("{a} is here", {"a": "*iPod*"}) == "*iPod* is here"


@given(st.text(max_size=40))
def test_what_tags_say_is_never_markdown(text):
    said = text_of(
        finding(facts={"motif": text, "times": Quantity(3), "track": Title(text, FILE)})
    ).text
    assert not re.search(r"(?<!\\)\[(?!\^)", said)
    assert not re.search(r"(?<!\\)[<`]", said)
    assert "\n" not in escaped(text)


def test_a_work_without_a_title_has_none_made_up():
    nameless = evolve(ALBUM, album=evolve(ALBUM.album, title=" ", work=None))
    assert "an untitled album" in text_of(finding(), soundtrack=nameless).title


@pytest.mark.parametrize(
    ("album", "work"),
    [
        ("The Battle for Wesnoth OST", "The Battle for Wesnoth"),
        ("CoLoBoT - Original Soundtrack", "CoLoBoT"),
        ("Jaws (Original Motion Picture Soundtrack)", "Jaws"),
        ("Soundtrack", "an untitled album"),
        ("The Last Score", "The Last Score"),
        ("Psycho (Original Score)", "Psycho"),
        ("Scoreboard", "Scoreboard"),
    ],
)
def test_what_an_album_adds_to_the_title_of_its_work_is_left_out(album, work):
    named = evolve(ALBUM, album=evolve(ALBUM.album, title=album, work=None))
    assert work_title(named) == work


def test_the_places_that_the_conclusion_sends_to_are_those_of_its_findings():
    said = text_of(finding())
    assert "at 0:01, and listen for the motif.[^a]" in said.text
    assert unsupported(said.text, said.findings) == ()
