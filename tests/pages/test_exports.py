"""Exports: what is promised of names, documents, tables and the data dictionary."""

import csv
import io
import json
import re
import sys
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from soundtracks import awkward, small, soundtrack, track
from soundtracks import recording_hearing as hearing_of

sys.path.insert(0, str(Path(__file__).parents[1] / "questions"))

import films

from unsung.model.album import Person
from unsung.model.errors import SettingsError
from unsung.model.finding import Finding, HeardPlace
from unsung.model.hearing import Heard
from unsung.model.time import Span
from unsung.pages.exports import EVERYTHING, EXPORTS, FORMATS, dictionary, exported

OWN_JSON = ("motifs", "placements")
TABLES = [kind for kind in EXPORTS if kind.what not in OWN_JSON]
UNIT_ENDINGS = {
    "bits": "_bits",
    "s": "_s",
    "LUFS": "_lufs",
    "LU": "_lu",
    "dB": "_db",
    "dBTP": "_dbtp",
    "Hz": "_hz",
    "bpm": "_bpm",
    "cents": "_cents",
    "semitones": ("midi_pitch", "_semitones"),
    "quarter lengths": "_ql",
    "1/s": "_per_s",
}
SECOND = hearing_of(1.0)
GEM = Finding(
    "gem", "hidden-gems", "gem", "It stands out", {}, "supported", "By ear.",
    places=(HeardPlace("01 track.ogg", Span(1.0, 2.0)),),
)  # fmt: skip
PAIRS = [(what, form.name) for form in FORMATS for what in (*form.whats, EVERYTHING)]


@pytest.fixture(scope="module")
def album():
    return small()


@pytest.fixture(scope="module")
def strange():
    return awkward()


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def one_text(album, what, form, track=None):
    [document] = exported(album, what, form, track)
    return document.content


# Names


def test_an_unknown_export_is_answered_with_all_that_there_are(album):
    with pytest.raises(SettingsError) as refused:
        exported(album, "mood", "csv")
    assert all(kind.what in str(refused.value) for kind in EXPORTS)
    assert EVERYTHING in str(refused.value)


def test_an_unknown_format_is_answered_with_all_that_there_are(album):
    with pytest.raises(SettingsError) as refused:
        exported(album, "notes", "xlsx")
    assert all(form.name in str(refused.value) for form in FORMATS)


def test_an_export_without_that_format_is_answered_with_those_it_has(album):
    with pytest.raises(SettingsError, match="chroma has no form 'midi'; it has csv, json, svl"):
        exported(album, "chroma", "midi")


def test_an_unknown_track_is_answered_with_the_titles(album):
    with pytest.raises(SettingsError, match="no track 'Finale' was heard; there are Overture"):
        exported(album, "notes", "csv", track="Finale")


def test_names_are_told_apart():
    names = [kind.what for kind in EXPORTS]
    assert len(set(names)) == len(names)
    assert EVERYTHING not in names


# Documents


@pytest.mark.parametrize(("what", "form"), PAIRS)
def test_every_export_in_every_format_is_utf8_bytes_with_names_of_their_own(album, what, form):
    filmed = evolve(album, film=films.film(album))
    documents = exported(filmed, what, form, findings=(GEM,))
    names = [document.name for document in documents]
    assert documents
    assert len(set(names)) == len(names)
    for document in documents:
        assert isinstance(document.encoded, bytes)
        if isinstance(document.content, str):
            assert document.encoded.decode() == document.content


@pytest.mark.parametrize(("what", "form"), PAIRS)
def test_an_album_of_which_nothing_was_heard_exports_too(what, form):
    for document in exported(soundtrack(), what, form):
        assert document.encoded


def test_equal_titles_get_files_of_their_own():
    hearing = hearing_of(12.0)
    twice = soundtrack(Heard(track(1, "Dawn"), hearing), Heard(track(2, "Dawn"), hearing))
    names = [document.name for document in exported(twice, "key", "audacity")]
    assert names == ["01 Dawn.key.txt", "02 Dawn.key.txt"]


@given(st.text())
def test_no_title_leads_out_of_the_folder(title):
    album = soundtrack(Heard(track(1, title), SECOND))
    [document] = exported(album, "melody", "audacity")
    assert re.fullmatch(r"01( [\w\-' ]*)?\.melody\.txt", document.name)
    assert len(document.name) < 120


def test_one_track_can_be_asked_for_by_title_file_or_position(album):
    by_title = exported(album, "notes", "midi", track="Overture")
    assert len(by_title) == 1
    assert by_title == exported(album, "notes", "midi", track="1")
    assert by_title == exported(album, "notes", "midi", track="01 track.ogg")


def test_one_track_leaves_the_others_out_of_the_tables(album):
    rows = rows_of(one_text(album, "sections", "csv", track="2"))
    assert {row["position"] for row in rows} == {"2"}


def test_a_score_has_no_layer_of_what_only_sound_can_tell(album):
    assert exported(album, "brightness", "svl", track="5") == ()
    assert exported(album, "swells", "audacity", track="5") == ()
    assert exported(album, "swells", "jams", track="5") == ()


# Tables


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.what)
def test_csv_and_json_tell_the_same(album, kind):
    rows = rows_of(one_text(album, kind.what, "csv"))
    objects = json.loads(one_text(album, kind.what, "json"))["rows"]
    assert len(rows) == len(objects)
    types = {column.name: column.type for column in kind.columns}
    for row, told in zip(rows, objects, strict=True):
        assert list(row) == list(told) == list(types)
        for name, cell in row.items():
            assert _parsed(cell, told[name]) == told[name]


def _parsed(cell, told):
    if cell == "":
        return None
    return cell if isinstance(told, str) else float(cell)


def test_csv_has_the_notes_that_were_heard(album):
    heard = album["Overture"].hearing.notes
    rows = [row for row in rows_of(one_text(album, "notes", "csv")) if row["position"] == "1"]
    assert [float(row["onset_s"]) for row in rows] == pytest.approx(heard.onset_s, abs=1e-6)
    assert [float(row["midi_pitch"]) for row in rows] == pytest.approx(heard.midi_pitch, abs=1e-3)
    assert {row["onset_ql"] for row in rows} == {""}


def test_a_score_keeps_its_quarters(album):
    score = album["5"].hearing.source
    rows = rows_of(one_text(album, "notes", "csv", track="5"))
    assert [float(row["onset_ql"]) for row in rows] == pytest.approx(score.onset_ql, abs=1e-6)


def test_silence_is_a_word_and_what_is_not_heard_is_empty(album):
    rows = rows_of(one_text(album, "loudness", "csv"))
    assert rows[3]["integrated_lufs"] == "silent"
    assert rows[4]["integrated_lufs"] == ""
    told = json.loads(one_text(album, "loudness", "json"))
    assert told["rows"][4]["integrated_lufs"] is None
    absence = {"position": 5, "track": "Sketch for a Farewell", "what": "loudness"}
    assert told["not_heard"] == [absence | {"reason": "a score has no sound"}]


def test_a_key_or_tempo_that_cannot_be_told_is_a_word(album):
    rows = rows_of(one_text(album, "tracks", "csv"))
    assert (rows[3]["key"], rows[3]["tempo_bpm"]) == ("undecided", "no clear pulse")
    assert rows[3]["tuning_cents"] == "undecided"


def test_curves_with_clocks_of_their_own_meet_in_one_table(album):
    loudness = album["Overture"].hearing.loudness
    rows = rows_of(one_text(album, "loudness-curve", "csv", track="Overture"))
    short = [float(row["short_term_lufs"]) for row in rows if row["short_term_lufs"]]
    momentary = [
        (float(row["time_s"]), float(row["momentary_lufs"]))
        for row in rows
        if row["momentary_lufs"]
    ]
    assert short == pytest.approx(loudness.short_term.values[0], abs=0.006)
    assert [time for time, _ in momentary] == pytest.approx(loudness.momentary.times_s, abs=1e-6)
    assert [lufs for _, lufs in momentary] == pytest.approx(loudness.momentary.values[0], abs=0.006)


def test_files_that_could_not_be_heard_are_listed(album):
    [row] = rows_of(one_text(album, "unheard", "csv"))
    assert row["file"] == "06 broken.mp3"
    assert json.loads(one_text(album, "tracks", "json"))["unheard"] == [row]


def test_everything_as_json_is_all_tables_with_their_columns(album):
    told = json.loads(one_text(album, EVERYTHING, "json"))
    assert list(told["tables"]) == list(told["columns"]) == [kind.what for kind in EXPORTS]
    for what, table in told["tables"].items():
        assert list(table) == [column["name"] for column in told["columns"][what]]
        assert len({len(cells) for cells in table.values()}) == 1
        if what in OWN_JSON:  # alone it has a form of its own
            continue
        rows = json.loads(one_text(album, what, "json"))["rows"]
        assert [
            dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)
        ] == rows


def test_the_two_hour_track_and_hostile_tags_are_strict_json(strange):
    text = one_text(strange, EVERYTHING, "json")
    json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


# Hostile text


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1"])
def test_no_tag_begins_a_cell_as_a_formula_and_none_is_lost(formula):
    album = soundtrack(Heard(track(1, formula, genre=formula), SECOND))
    [row] = rows_of(one_text(album, "tracks", "csv"))
    for cell in (row["track"], row["genre"]):
        assert cell == "'" + formula


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_title_comes_back_when_one_apostrophe_is_taken_off(title):
    album = soundtrack(Heard(track(1, title), SECOND))
    [row] = rows_of(one_text(album, "tracks", "csv"))
    cell = row["track"]
    guarded = re.match(r"'+[=+\-@\t\r\n＝＋－＠]", cell)
    assert (cell[1:] if guarded else cell) == title


def test_negative_loudness_stays_a_number(album):
    row = rows_of(one_text(album, "loudness", "csv"))[0]
    assert float(row["integrated_lufs"]) < 0


@pytest.mark.parametrize(("what", "form"), PAIRS)
def test_a_name_that_is_no_text_can_still_be_written(what, form):
    broken = track(1, "caf\udce9", people=(Person("caf\udce9", "composer"),))
    documents = exported(soundtrack(Heard(broken, SECOND)), what, form)
    assert all("\udce9".encode(errors="surrogatepass") not in one.encoded for one in documents)
    told = {document.name: document.encoded for document in documents}
    if what == "tracks":
        assert all("caf\ufffd".encode() in content for content in told.values())


# The data dictionary


def test_the_dictionary_has_every_column_exactly_once():
    entries = rows_of(dictionary("csv"))
    listed = [(row["export"], row["column"]) for row in entries]
    assert listed == [(kind.what, column.name) for kind in EXPORTS for column in kind.columns]
    assert len(set(listed)) == len(listed)


def test_every_column_tells_its_meaning_and_wears_its_unit():
    for kind in EXPORTS:
        for column in kind.columns:
            assert column.meaning.endswith(".")
            assert column.name.endswith(UNIT_ENDINGS[column.unit] if column.unit else "")


def test_the_page_in_the_documentation_is_the_dictionary():
    page = Path(__file__).parents[2] / "docs" / "exports.md"
    assert page.read_text(encoding="utf-8") == dictionary()
