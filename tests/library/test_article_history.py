"""Every text that stood in the article can be read again, whatever was written in between."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.library.article_file import article_path, own_article, text_digest, title_and_text
from unsung.library.article_history import HISTORY_NAME, history, versions
from unsung.model.errors import LibraryError

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=8)


def kept(folder, *texts):
    article = folder / "article.md"
    with history(article) as every:
        for text in texts:
            every.add(text, NOON)
    return article


@given(TEXTS)
def test_every_version_comes_back_as_it_was(tmp_path_factory, texts):
    article = kept(tmp_path_factory.mktemp("history"), *texts)
    changed = [text for at, text in enumerate(texts) if at == 0 or text != texts[at - 1]]
    assert [one.text for one in versions(article)] == changed
    assert [one.number for one in versions(article)] == list(range(1, len(changed) + 1))


def test_a_word_changed_in_a_long_text_costs_a_short_line(tmp_path):
    long = "It sings. " * 5000
    article = kept(tmp_path, long, long[:700] + "Ah! " + long[700:])
    first, second = article.with_name(HISTORY_NAME).read_bytes().splitlines()
    assert len(first) > 50_000
    assert len(second) < 200
    assert [(one.added, one.removed) for one in versions(article)] == [(50_000, 0), (4, 0)]


def test_what_was_being_written_when_the_program_died_is_no_version(tmp_path):
    article = kept(tmp_path, "One.", "Two.")
    path = article.with_name(HISTORY_NAME)
    path.write_bytes(path.read_bytes() + b'{"at": "2026-')
    assert [one.text for one in versions(article)] == ["One.", "Two."]
    kept(tmp_path, "Three.")
    assert [one.text for one in versions(article)] == ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b"[]",
        b"{}",
        b'{"at": "2026-11-21T12:00:00+00:00", "head": 99, "tail": 0, "put": "", "digest": ""}',
        b'{"at": "2026-11-21T12:00:00+00:00", "head": 1, "tail": 0, "put": "x", "digest": "0"}',
        b'{"at": "2026-11-21T12:00:00+00:00", "head": "x", "tail": 0, "put": "", "digest": ""}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_line_is_told_by_its_number_and_nothing_is_written_after_it(tmp_path, line):
    article = kept(tmp_path, "One.")
    path = article.with_name(HISTORY_NAME)
    path.write_bytes(path.read_bytes() + line + b"\n")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="line 2 does not fit"):
        kept(tmp_path, "Two.")
    assert path.read_bytes() == before


def test_without_a_history_there_are_no_versions(tmp_path):
    assert list(versions(tmp_path / "article.md")) == []


def test_a_folder_that_takes_no_writing_is_told_in_one_line(tmp_path):
    with pytest.raises(LibraryError, match="could not be written"):
        kept(tmp_path / "gone", "One.")


def test_an_article_is_read_whatever_editor_wrote_it(tmp_path):
    path = article_path(tmp_path / "unsung")
    assert path == tmp_path / "article.md"
    assert own_article(path) is None
    path.write_bytes(b"\xef\xbb\xbf# Mine\r\n\r\nIt sings.\r")
    assert own_article(path) == "# Mine\n\nIt sings.\n"
    assert title_and_text("# Mine\n\nIt sings.\n", "Ours") == ("Mine", "It sings.\n")
    assert title_and_text("It sings.\n", "Ours") == ("Ours", "It sings.\n")


@pytest.mark.parametrize(
    ("content", "why"), [(b"\xff\xfe\x00", "read as text"), (b"x" * 2_000_000, "256 kB")]
)
def test_what_is_no_text_or_too_long_is_no_article(tmp_path, content, why):
    (tmp_path / "article.md").write_bytes(content)
    with pytest.raises(LibraryError, match=why):
        own_article(tmp_path / "article.md")


def test_no_text_has_no_digest():
    assert text_digest(None) == ""
    assert text_digest("") != ""
