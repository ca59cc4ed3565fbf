"""The article as pages: every word is there, no word is taken for an instruction."""

import builtins

import pypdfium2
import pytest
from manuscripts import HOSTILE, context, manuscript

from unsung.model.errors import UnsungError
from unsung.pages.article.formats import as_pdf


def words(pdf):
    """The text of all pages, on one line, hyphens at the ends of lines taken back."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


@pytest.fixture(scope="module")
def pdf():
    return as_pdf(manuscript(), context())


def test_the_pages_hold_text_evidence_and_colophon(pdf):
    told = words(pdf)
    for part in ("Some scores announce themselves.", "The evidence", "rises by 9.3 LU within 12 s",
                 "[no such finding: no-such-thing]", "Written with Unsung 0.1.0"):  # fmt: skip
        assert part in told


def test_the_same_article_gives_the_same_pages(pdf):
    assert as_pdf(manuscript(), context()) == pdf


def test_the_document_knows_its_title_and_its_day(pdf):
    told = pypdfium2.PdfDocument(pdf).get_metadata_dict()
    assert told["Title"] == manuscript().title
    assert told["CreationDate"].startswith("D:20261121")


@pytest.mark.parametrize(
    "attack",
    ["#panic()", '#read("/etc/passwd")', "$ x $", "@evidence-1", "= Heading", "\\#", "// gone",
     "<label>", '#import "x"', HOSTILE],
)  # fmt: skip
def test_markup_of_the_typesetter_is_only_text(attack):
    told = words(as_pdf(manuscript("Fine.", title=attack, card=((attack, attack),)), context()))
    assert told.replace(" ", "").count("".join(attack.split())) >= 3


@pytest.mark.parametrize(
    "text",
    ["", "# x", "- a\n  - b\n    1. c", "> a\n>\n> - b", "|a|\n|-|",
     "![](figure:tapestry)\n\n![](figure:tapestry)",
     "- a\n\n  ![](figure:tapestry)\n- b", "> ![](figure:tapestry)\n\n[a](figure:tapestry)",
     "***", "[a](#b) [c](figure:tapestry) [d](https://example.org)",
     "```\n#x\n```", "a\\\nb ~~c~~"],
)  # fmt: skip
def test_every_form_of_text_can_be_set(text):
    assert as_pdf(manuscript(text), context()).startswith(b"%PDF")


def test_without_the_typesetter_one_line_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def lacking(name, *given, **more):
        if name == "typst":
            raise ImportError(name)
        return real(name, *given, **more)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(UnsungError, match=r"pip install 'unsung\[pdf\]'") as told:
        as_pdf(manuscript(), context())
    assert "\n" not in str(told.value)


def test_figures_are_set_with_their_words_and_captions(pdf):
    told = words(pdf)
    for part in ("woodwind", "calmer", "The Lamplighter’s Walk 0:05", "Letters from the Mainland",
                 "energy were foretold with a correlation of 0.70"):  # fmt: skip
        assert part in told
