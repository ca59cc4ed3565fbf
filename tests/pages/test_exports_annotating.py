"""Exports for those who annotate: TiLiA, Dezrann, wikis; and the gems, on which wikis build."""

import csv
import html
import io
import json
import sys
from itertools import combinations
from pathlib import Path

import mwparserfromhell
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from soundtracks import (
    HOSTILE,
    awkward,
    recording_hearing,
    silent_hearing,
    small,
    soundtrack,
    track,
)
from themes import CALL, stated

sys.path.insert(0, str(Path(__file__).parents[1] / "questions"))

import films

from unsung.model.finding import Finding, HeardPlace, Quantity, Title
from unsung.model.hearing import Heard
from unsung.model.motif import Motif
from unsung.model.notes import Notes
from unsung.model.pulse import Beats
from unsung.model.score import Score, TempoMark
from unsung.model.time import Span
from unsung.pages.exports import EVERYTHING, exported
from unsung.pages.exports.as_wiki import escaped

MARKUP = (
    "[[File:x.png]] {{Delete}} '''b''' <ref>x</ref> | || !! ~~~~ __TOC__ https://a.example -- |}"
)


@pytest.fixture(scope="module")
def album():
    plain = small()
    return evolve(plain, film=films.film(plain))


def finding(**more):
    given = {
        "slug": "unused",
        "question": "hidden-gems",
        "kind": "never used in the work",
        "claim": "{track}, {length} long, is nowhere in {source}",
        "facts": {
            "track": Title("Overture", "01 track.ogg"),
            "length": Quantity(204.4, "clock"),
            "source": "the scripts",
        },
        "verdict": "supported",
        "method": "All was read.",
        "places": (HeardPlace("01 track.ogg", Span(30.0, 45.0)),),
        "against": "It may be used elsewhere.",
    }
    return Finding(**(given | more))


# TiLiA


def tilia(document):
    """The file, held to what TiLiA 0.6 needs to open it (tilia_file.py, serialize.py)."""
    read = json.loads(document.encoded)
    assert set(read) == {
        "file_path", "media_path", "media_metadata", "timelines", "app_name", "version",
    }  # fmt: skip
    last_s = read["media_metadata"]["media length"]
    ids = [name for one in read["timelines"].values() for name in one["components"]]
    assert len(set(ids)) == len(ids)
    assert all(name.isdecimal() for name in ids)
    for timeline in read["timelines"].values():
        assert timeline["components"], "TiLiA fills an empty timeline with a unit of its own"
        if timeline["kind"] == "HIERARCHY_TIMELINE":
            units(timeline, last_s)
        else:
            beats(timeline, last_s)
    return read


def units(timeline, last_s):
    """They end after they begin, within the track, and none overlaps another of its level."""
    found = list(timeline["components"].values())
    for one in found:
        assert one["kind"] == "HIERARCHY"
        assert 0 <= one["pre_start"] == one["start"] < one["end"] == one["post_end"] <= last_s
        assert (one["level"], one["parent"], one["children"]) == (1, None, [])
    for one, other in combinations(found, 2):
        assert one["end"] <= other["start"] or other["end"] <= one["start"]


def beats(timeline, last_s):
    assert timeline["kind"] == "BEAT_TIMELINE"
    assert sum(timeline["beats_in_measure"]) == len(timeline["components"])
    assert len(timeline["beats_in_measure"]) == len(timeline["measure_numbers"])
    assert all(0 <= one["time"] <= last_s for one in timeline["components"].values())


@pytest.mark.parametrize("made", [small, awkward])
def test_tilia_can_open_every_file(made):
    for document in exported(made(), EVERYTHING, "tilia"):
        tilia(document)


def test_each_motif_has_a_timeline_and_each_occurrence_a_unit(album):
    [document] = exported(album, "motifs", "tilia", track="1")
    read = tilia(document)
    names = [one["name"] for one in read["timelines"].values()]
    assert names == ["Motif A", "Motif B: The round"]
    [first, _] = read["timelines"].values()
    here = [one for one in album.motifs[0].occurrences if one.track_file == "01 track.ogg"]
    assert [one["start"] for one in first["components"].values()] == [
        pytest.approx(one.span.start_s, abs=1e-6) for one in here
    ]


def test_units_that_overlap_get_a_timeline_more():
    calls = tuple(stated("01 track.ogg", CALL, at_s) for at_s in (2.0, 3.0, 20.0))
    heard = Heard(track(1, "Alone"), recording_hearing(60.0))
    album = evolve(soundtrack(heard), motifs=(Motif("A", calls[0], calls),))
    read = tilia(exported(album, "motifs", "tilia")[0])
    assert [(one["name"], len(one["components"])) for one in read["timelines"].values()] == [
        ("Motif A", 2), ("Motif A (2)", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("places", "lengths", "numbers"),
    [
        ([1, 2, 3, 1, 2, 3], [3, 3], [1, 2]),
        ([3, 1, 2, 3, 1], [1, 3, 1], [0, 1, 2]),
        ([0, 0, 0], [3], [1]),
        ([1, 2, 0, 0, 1, 2], [2, 2, 2], [1, 2, 3]),
    ],
)
def test_beats_are_measures_and_a_pickup_is_measure_nought(places, lengths, numbers):
    hearing = recording_hearing(60.0)
    pulse = evolve(hearing.pulse, beats=Beats(range(len(places)), places))
    album = soundtrack(Heard(track(1, "Alone"), evolve(hearing, pulse=pulse)))
    [timeline] = tilia(exported(album, "beats", "tilia")[0])["timelines"].values()
    assert (timeline["beats_in_measure"], timeline["measure_numbers"]) == (lengths, numbers)


def test_silence_is_a_file_without_motifs_or_beats():
    album = soundtrack(Heard(track(1, "Hush"), silent_hearing()))
    assert tilia(exported(album, "motifs", "tilia")[0])["timelines"] == {}
    assert tilia(exported(album, "beats", "tilia")[0])["timelines"] == {}


def test_the_media_lies_where_the_album_is_said_to_lie(album):
    [document] = exported(album, "motifs", "tilia", track="1", album_path="/music/")
    assert tilia(document)["media_path"] == "/music/01 track.ogg"


# Dezrann


def scored():
    """The call in a score: at 120, then twice as slow from its second quarter on."""
    notes = Notes.sorted([0.0, 0.5, 1.0, 2.0, 3.0], [0.5, 0.5, 1, 1, 1], [60, 62, 64, 65, 67])
    marks = (TempoMark(0, 0, 120), TempoMark(1, 2, 60))
    source = Score(notes, [0, 1, 2, 3, 4], [1, 1, 1, 1, 1], 4.0, tempo_marks=marks)
    paper = small()["5"]
    hearing = evolve(paper.hearing, source=source, duration_s=4.0, notes=notes, melody=notes)
    where = notes.where(notes.onset_s >= 1.0)
    one = stated(paper.track.file, CALL, 1.0)
    one = evolve(one, span=Span(1.0, 4.0), notes=where, pairs=(), changes=("key", "mode"))
    album = soundtrack(Heard(paper.track, hearing))
    return evolve(album, motifs=(Motif("A", one, (one,), name=HOSTILE),))


def test_labels_stand_at_the_quarters_of_the_score():
    [document] = exported(scored(), "motifs", "dezrann")
    [label] = json.loads(document.encoded)["labels"]
    assert label == {
        "type": "Pattern",
        "start": 2.0,
        "duration": 3.0,
        "tag": "A",
        "layers": ["predicted"],
        "comment": f"Motif A: {HOSTILE}; key, mode",
    }


def test_every_label_has_what_dezrann_asks_for_and_a_line_to_stand_on(album):
    for document in exported(album, EVERYTHING, "dezrann"):
        read = json.loads(document.encoded)
        assert read["labels"]
        for label in read["labels"]:
            assert label["start"] >= 0
            assert label["duration"] >= 0
            assert any(one["filter"].items() <= label.items() for one in read["meta"]["layout"])


def test_only_scores_have_quarters(album):
    names = [one.name for one in exported(album, EVERYTHING, "dezrann")]
    assert names == ["05 Sketch for a Farewell.dez"]


# Wikis


def table_of(text):
    """The rows of a wiki table's text as an independent parser reads them, markup stripped."""
    [table] = mwparserfromhell.parse(text).filter_tags(matches=lambda tag: tag.tag == "table")
    rows = table.contents.filter_tags(matches=lambda tag: tag.tag == "tr")
    return [
        [
            cell.contents.strip_code().strip()
            for cell in row.contents.filter_tags(matches=lambda tag: str(tag.tag) in {"td", "th"})
        ]
        for row in rows
    ]


def test_motifs_stand_as_in_the_catalogues_of_fans(album):
    [document] = exported(album, "motifs", "wiki")
    head, first, second = table_of(document.content)
    assert head == ["Motif", "Incipit", "Uses", "Tracks", "First heard"]
    assert (first[0], first[2], first[3], first[4]) == ("Motif A", "7", "3", "Overture, 0:12")
    assert first[1].startswith("G4 C5 D5 E♭5 D5 C5")
    assert second[0] == "Motif B: The round"
    assert "\n* ''Overture'' – 0:12–0:16, 0:25–0:28\n" in document.content
    assert "\n=== Motif B: The round ===\n" in document.content


def test_a_track_list_names_the_motifs_of_each_track(album):
    rows = table_of(exported(album, "tracks", "wiki")[0].content)
    assert rows[1][:3] == ["1", "Overture", "3:24"]
    assert [row[-1] for row in rows[1:]] == ["A, The round", "A, The round", "A", "", ""]


def test_a_film_is_a_table_of_what_plays_when(album):
    rows = table_of(exported(album, "placements", "wiki")[0].content)
    assert rows[1] == ["0:10–1:10", "Overture", "0:00–1:00"]
    assert len(rows) == 4


@pytest.mark.parametrize("what", ["motifs", "tracks", "gems", "placements"])
def test_no_title_or_name_is_markup(what, album):
    heard = tuple(evolve(one, track=evolve(one.track, title=MARKUP)) for one in album.heard)
    motifs = tuple(
        evolve(one, name=MARKUP, meaning=MARKUP, meaning_source=MARKUP) for one in album.motifs
    )
    told = finding(facts=finding().facts | {"source": MARKUP})
    hostile = evolve(album, heard=heard, motifs=motifs)
    [document] = exported(hostile, what, "wiki", findings=(told,))
    read = mwparserfromhell.parse(document.content)
    assert read.filter_templates() == []
    assert read.filter_wikilinks() == []
    assert read.filter_external_links() == []
    assert {str(one.tag) for one in read.filter_tags()} <= {
        "table",
        "tr",
        "td",
        "th",
        "i",
        "b",
        "li",
    }
    width = {len(row) for row in table_of(document.content)}
    assert len(width) == 1
    assert MARKUP in html.unescape(document.content)


@given(st.text())
def test_escaped_text_is_nothing_but_text_and_stays_what_it_was(text):
    shown = escaped(text)
    assert "\n" not in shown
    assert html.unescape(shown) == " ".join(text.encode(errors="replace").decode().split()) or any(
        "\ud800" <= sign <= "\udfff" or sign == "\0" for sign in text
    )
    read = mwparserfromhell.parse(f"x {shown} x")
    assert {type(node).__name__ for node in read.nodes} <= {"Text", "HTMLEntity"}


# Gems


def test_gems_come_with_what_speaks_for_and_against(album):
    [document] = exported(album, "gems", "csv", findings=(finding(),))
    [row] = csv.DictReader(io.StringIO(document.content))
    assert (row["position"], row["file"], row["start_s"]) == ("1", "01 track.ogg", "30.0")
    assert row["claim"] == "Overture, 3:24 long, is nowhere in the scripts"
    assert row["against"] == "It may be used elsewhere."
    assert row["chance"] == ""


@pytest.mark.parametrize(
    "other",
    [
        {"question": "culture"},
        {"kind": "no gem", "verdict": "undecided"},
        {"kind": "kind of moment"},
        {"verdict": "contradicted"},
        {"places": (HeardPlace("gone.ogg", Span(0, 1)),)},
    ],
)
def test_what_names_no_track_as_a_gem_is_no_row(album, other):
    [document] = exported(album, "gems", "csv", findings=(finding(**other),))
    assert document.content.count("\r\n") == 1
