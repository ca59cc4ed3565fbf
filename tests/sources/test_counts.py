"""Counts in a CSV file of one's own."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.model.errors import SourceError
from unsung.model.world import ALBUM, Subject, World
from unsung.sources.counts import counts

HEAD = "subject,indicator,value,source,date,licence\n"
TRACKS = {"Overture": "01.flac", "1": "01.flac", "01.flac": "01.flac"}


def read(text):
    return counts(text.encode(), "own.csv", TRACKS)


def test_a_count_cites_its_line_file_date_and_licence():
    text = HEAD + "Overture,lastfm_listeners,812,lastfm,2026-10-02,own note\n"
    (row,) = read(text).rows
    assert row.subject == Subject("track", "01.flac")
    assert row.value == 812.0
    assert row.pointer == "line 2/value"
    assert row.answer.address == "file own.csv"
    assert row.answer.retrieved_at.startswith("2026-10-02")
    assert row.answer.licence == "own note"
    assert len(row.answer.digest) == 64


def test_columns_may_come_in_any_order_and_with_a_byte_order_mark():
    text = (
        "\ufeffvalue,subject,licence,date,source,indicator\n7,album,,2026-01-01,me,discogs_have\n"
    )
    (row,) = read(text).rows
    assert (row.subject, row.value, row.answer.licence) == (ALBUM, 7.0, "not stated")


def test_an_empty_value_is_unknown_and_zero_is_zero():
    text = HEAD + "album,discogs_have,,d,2026-01-01,\nalbum,discogs_want,0,d,2026-01-01,\n"
    found = read(text)
    assert [row.value for row in found.rows] == [0.0]
    assert [one.indicator for one in found.unknown] == ["discogs_have"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("album,discogs_have,many,d,2026-01-01,", "plain number"),
        ("album,discogs_have,-1,d,2026-01-01,", "plain number"),
        ("album,discogs_have,nan,d,2026-01-01,", "plain number"),
        ("album,discogs_have,1e999,d,2026-01-01,", "plain number"),
        ("album,fame,1,d,2026-01-01,", "unknown indicator 'fame'"),
        ("Nobody,discogs_have,1,d,2026-01-01,", "no track 'Nobody'"),
        ("album,discogs_have,1,d,yesterday,", "a date is written"),
    ],
)
def test_a_line_that_is_wrong_is_named(line, says):
    with pytest.raises(SourceError, match=rf"own.csv, line 3: .*{says}"):
        read(HEAD + "album,discogs_want,1,d,2026-01-01,\n" + line + "\n")


def test_a_missing_column_is_named():
    with pytest.raises(SourceError, match="lacks the column 'licence'"):
        read("subject,indicator,value,source,date\n")


def test_a_spreadsheet_saved_otherwise_is_one_clear_line():
    with pytest.raises(SourceError, match="cannot be read as UTF-8 CSV"):
        counts("é".encode("latin-1"), "own.csv", TRACKS)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    for start in (b"", HEAD.encode()):
        with contextlib.suppress(SourceError):
            assert isinstance(counts(start + content, "own.csv", TRACKS), World)
