"""Names that stay, and words without digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.finding import Finding
from unsung.questions.facts import interval, listed, slug_of


@given(st.text(max_size=30))
def test_any_text_becomes_a_slug(text):
    slug = slug_of("track", text, "x")
    Finding(slug, "question", "kind", "claim", {}, "undecided", "method")


def test_a_file_stays_readable():
    assert slug_of("turn", "01 The Sea.ogg", "60") == "turn-01-the-sea-ogg-60"


@pytest.mark.parametrize(("one", "other"), [("音楽.ogg", "戦い.ogg"), ("a_b.ogg", "a+b.ogg")])
def test_texts_that_lose_letters_do_not_fall_together(one, other):
    assert slug_of(one) != slug_of(other)


def test_an_interval_is_named_without_digits():
    assert interval(-17) == "an octave and a perfect fourth"
    assert interval(24) == "two octaves"


def test_a_list_reads_as_prose():
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
