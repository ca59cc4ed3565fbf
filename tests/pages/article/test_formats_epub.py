"""The article as a book: whole, well-formed, and the same bytes every time."""

import io
import shutil
import subprocess
import zipfile
from posixpath import dirname, join, normpath
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manuscripts import FILES, HOSTILE, context, figures, manuscript

from unsung.model.time import Span
from unsung.pages.article.formats import as_epub

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
HTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture(scope="module")
def book():
    return zipfile.ZipFile(io.BytesIO(as_epub(manuscript(), context())))


def tree(book, name):
    return ET.fromstring(book.read(name))  # noqa: S314 (our own)


def parsed(book):
    """Every XML file of the book, by name."""
    names = [name for name in book.namelist() if not name.endswith((".css", "mimetype", ".opus"))]
    return {name: tree(book, name) for name in names}


def test_the_container_begins_with_its_type_as_plain_bytes(book):
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.read("mimetype") == b"application/epub+zip"
    assert first.extra == b""


def test_the_manifest_lists_every_file_once_and_no_other(book):
    package = tree(book, "EPUB/package.opf")
    items = [one.attrib for one in package.iter(f"{OPF}item")]
    listed = [f"EPUB/{one['href']}" for one in items]
    beside = {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert sorted(listed) == sorted(set(book.namelist()) - beside)
    assert len({one["id"] for one in items}) == len(items)
    assert [one["id"] for one in items if one.get("properties") == "nav"] == ["nav"]
    spine = [one.attrib["idref"] for one in package.iter(f"{OPF}itemref")]
    assert set(spine) <= {one["id"] for one in items}


def test_the_metadata_say_what_and_when(book):
    package = tree(book, "EPUB/package.opf")
    assert package.find(f".//{DC}title").text.startswith("Why The Lamp on Skerry")
    assert package.find(f".//{DC}date").text == "2026-11-21"
    assert HOSTILE in [one.text for one in package.iter(f"{DC}subject")]
    modified = [one.text for one in package.iter(f"{OPF}meta")
                if one.get("property") == "dcterms:modified"]  # fmt: skip
    assert modified == ["2026-11-21T00:00:00Z"]


def test_every_reference_leads_somewhere(book):
    files = parsed(book)
    for name, root in files.items():
        for element in root.iter():
            for attribute in ("href", "src"):
                address = element.get(attribute, "")
                if not address or address.startswith("https://"):
                    continue
                path, _, fragment = address.partition("#")
                target = normpath(join(dirname(name), path)) if path else name
                assert target in book.namelist(), address
                if fragment:
                    assert fragment in {one.get("id") for one in files[target].iter()}, address


def test_every_note_is_referred_to_and_refers_back(book):
    chapter = tree(book, "EPUB/article.xhtml")
    notes = [one for one in chapter.iter(f"{HTML}aside") if one.get(TYPE) == "footnote"]
    marks = [one for one in chapter.iter(f"{HTML}a") if one.get(TYPE) == "noteref"]
    assert [one.get("id") for one in notes] == [f"evidence-{k + 1}" for k in range(20)]
    assert {one.get("href") for one in marks} == {f"#{one.get('id')}" for one in notes}


def test_every_figure_is_a_file_of_its_own_as_it_was_drawn(book):
    drawings = {name for name in book.namelist() if name.endswith(".svg")}
    assert drawings == {f"EPUB/figures/{slug}.svg" for slug in figures()}
    for slug, figure in figures().items():
        assert book.read(f"EPUB/figures/{slug}.svg").decode() == figure.svg


def test_every_picture_is_told_in_words_and_has_a_caption(book):
    shown = list(tree(book, "EPUB/article.xhtml").iter(f"{HTML}figure"))
    assert len(shown) == len(figures())
    for one in shown:
        assert len(one.find(f"{HTML}img").get("alt")) > 20
        assert "".join(one.find(f"{HTML}figcaption").itertext())


def test_the_same_article_gives_the_same_bytes():
    assert as_epub(manuscript(), context()) == as_epub(manuscript(), context())
    assert as_epub(manuscript(), context()) != as_epub(
        manuscript(), context(issued_on="2027-01-01")
    )


def test_clips_come_along_where_sound_is_embedded():
    clips = {(FILES[3], Span(4, 9)): b"OggS"}
    text = "Louder.[^black-water-louder]"
    with_sound = as_epub(manuscript(text), context(audio="embedded", clips=clips))
    book = zipfile.ZipFile(io.BytesIO(with_sound))
    assert book.read("EPUB/clips/1.opus") == b"OggS"
    [player] = tree(book, "EPUB/article.xhtml").iter(f"{HTML}audio")
    assert player.get("src") == "clips/1.opus"


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_whatever_the_text_says_the_book_is_well_formed(text):
    given_text = manuscript(text, title=text or "x", figures={})
    assert parsed(zipfile.ZipFile(io.BytesIO(as_epub(given_text, context()))))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("epubcheck"), reason="epubcheck is not installed")
def test_epubcheck_finds_nothing(tmp_path):
    path = tmp_path / "article.epub"
    path.write_bytes(as_epub(manuscript(), context()))
    told = subprocess.run(["epubcheck", path], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
