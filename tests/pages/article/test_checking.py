"""Every number, rank and cause of a text is a finding's, or it is pointed out."""

import pytest

from unsung.model.finding import Finding, Quantity, ReadPlace, Title
from unsung.pages.article.checking import sentences, unsupported

HERE = (ReadPlace("a book", "page 1", "so it is"),)


def finding(slug, facts, claim="It is so.", **more):
    return Finding(
        slug, "depth", "kind", claim, facts, "supported", "by ear", readings=HERE, **more
    )


RETURNS = finding(
    "returns",
    {"times": Quantity(11), "at": Quantity(63, "clock"), "level": Quantity(-9.84, "LUFS", 1),
     "track": Title("Studio 54")},
)  # fmt: skip
LOUDEST = finding("loudest", {}, compared_with="all tracks of the album")
CAUSED = finding("caused", {"cause": "the composer, in an interview"})
KNOWN = {one.slug: one for one in (RETURNS, LOUDEST, CAUSED)}


def faults(text):
    return [one.because for one in unsupported(text, KNOWN)]


@pytest.mark.parametrize(
    "text",
    [
        "The motif returns eleven times.[^returns]",
        "It returns 11 times, at 1:03, at −9.8 LUFS.[^returns]",
        "It returns eleven times. By 1:03 it is there.[^returns]",
        "Nothing is counted here, and nothing is claimed.",
        "It is heard in *Studio 54* and “99 Luftballons”.[^returns]",
        "The loudest of them.[^loudest]",
        "It was slowed because he asked for it.[^caused]",
        "",
        "# 7 reasons\n\n![Figure 3](figure:map)\n",
    ],
)
def test_what_a_finding_carries_may_be_said(text):
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The motif returns twelve times.[^returns]", "12 is in no finding"),
        ("It returns 12 times.[^returns]", "12 is in no finding"),
        ("It returns twice.[^returns]", "2 is in no finding"),
        ("It returns eleven times.", "stands in a sentence that names no finding"),
        ("It returns eleven times.[^gone]", "no finding is called 'gone'"),
        ("It is the loudest of all.[^returns]", "'loudest' is a rank"),
        ("It is the loudest of all.", "'loudest' is a rank"),
        ("![A map](figure:map) It returns 12 times.", "stands in a sentence that names no finding"),
        ("It is sad because she died.[^returns]", "'because' tells a cause"),
        ("It fell. It rose by 4.[^returns] It fell by 5.", "5 stands in a sentence"),
    ],
)
def test_what_none_carries_is_pointed_out(text, why):
    assert any(why in one for one in faults(text)), faults(text)


def test_what_the_findings_say_now_is_said_with_the_number_that_is_wrong():
    (fault,) = faults("It returns 12 times.[^returns]")
    assert "times is eleven" in fault


def test_a_mark_stands_for_the_sentences_before_it_and_not_for_those_after():
    text = "One thing. Another thing.[^returns] A third.[^loudest] A last."
    assert [(one.words, one.names) for one in sentences(text)] == [
        ("One thing.", ("returns",)),
        ("Another thing.", ("returns",)),
        ("A third.", ("loudest",)),
        ("A last.", ()),
    ]


def test_lines_are_counted_as_an_editor_counts_them():
    text = "Fine.\n\nIt returns 12 times.[^returns]\n"
    assert [one.line for one in unsupported(text, KNOWN)] == [3]


def test_a_fault_says_where_its_sentence_stands():
    text = "# Mine\n\nIt sings. It returns 12 times.[^returns] It rests."
    (fault,) = unsupported(text, KNOWN)
    assert fault.line == 3
    assert text.splitlines()[2][slice(*fault.signs)].strip() == "It returns 12 times.[^returns]"


@pytest.mark.parametrize("text", ["*" + r"\a" * 5_000, "“" * 20_000, "[^a" * 20_000, "a." * 20_000])
def test_a_text_that_never_closes_what_it_opens_keeps_nobody_waiting(text):
    assert faults(text) == []
