"""Motifs in other forms: what the issue of the field measures is all there, and exact."""

import csv
import io
import json

import jams
import mir_eval
import numpy as np
import pytest
import soundtracks
import themes
from attrs import evolve

from unsung.model.hearing import Heard
from unsung.model.motif import Motif
from unsung.model.score import MetreMark, Score
from unsung.pages.exports import exported

# jams itself calls jsonschema in a way that jsonschema has since deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Passing a schema:DeprecationWarning")


@pytest.fixture(scope="module")
def album():
    return soundtracks.small()


@pytest.fixture(scope="module")
def scored():
    """A score in 6/8 whose tune comes back a fifth higher, in thirds of a quarter."""
    first = themes.played(themes.CALL, 0.0, quarter_s=0.6)
    again = themes.played(themes.CALL, 6.0, quarter_s=0.6, semitones=7)
    columns = [np.r_[getattr(first, n), getattr(again, n)] for n in ("onset_s", "duration_s")]
    pitches = np.r_[first.midi_pitch, again.midi_pitch]
    notes = type(first).sorted(columns[0], columns[1], pitches)
    onset_ql, duration_ql = notes.onset_s / 0.6, notes.duration_s / 0.6
    score = Score(notes, onset_ql, duration_ql, 20.0, metre_marks=(MetreMark(0, 4, 4),))
    hearing = evolve(soundtracks.score_hearing(20.0), source=score, notes=notes)
    alone = soundtracks.soundtrack(Heard(soundtracks.track(1, "Page", kind="score"), hearing))
    file = alone.heard[0].track.file
    tune = themes.stated(file, themes.CALL, 0.0)
    found = [
        evolve(tune, notes=one, span=themes.around(one), transposition_semitones=shift)
        for one, shift in ((first, 0), (again, 7))
    ]
    return evolve(alone, motifs=(Motif("A", found[0], tuple(found), prominence=0.5),))


def told(album, **chosen):
    [document] = exported(album, "motifs", "json", **chosen)
    return json.loads(document.encoded)["motifs"]


def test_json_is_motifs_in_order_of_prominence_with_what_was_asked_for(album):
    first, second = told(album)
    assert (first["label"], first["prominence"]) == ("A", 0.83)
    assert first["prominence"] > second["prominence"]
    assert set(first) == {"label", "prominence", "occurrences"}
    assert second["name"] == "The round"
    one = first["occurrences"][1]
    assert set(one) == {
        "track", "start_s", "end_s", "transposition_semitones", "tempo_ratio", "changes",
        "confidence", "notes",
    }  # fmt: skip
    assert one["track"] == "01 track.ogg"
    assert one["changes"] == ["key", "tempo"]
    assert (one["transposition_semitones"], one["tempo_ratio"]) == (5, 1.5)


def test_notes_in_json_are_onset_and_pitch(album):
    found = album.motifs[0].occurrences[0]
    notes = told(album)[0]["occurrences"][0]["notes"]
    assert [onset for onset, _ in notes] == pytest.approx(found.notes.onset_s)
    assert [pitch for _, pitch in notes] == found.notes.midi_pitch.tolist()


def test_of_a_score_the_quarters_are_exact(scored):
    first, again = told(scored)[0]["occurrences"]
    onsets = np.concatenate([[0], np.cumsum([length for _, length in themes.CALL])[:-1]])
    assert [onset for onset, _ in first["notes_ql"]] == pytest.approx(onsets)
    assert [onset for onset, _ in again["notes_ql"]] == pytest.approx(10 + onsets)
    assert (again["start_ql"], again["notes_ql"][0]) == (10, [10, 74])
    assert again["end_ql"] == pytest.approx(again["end_s"] / 0.6)


def test_the_fields_own_metrics_read_the_quarters(scored):
    patterns = [
        [[tuple(note) for note in one["notes_ql"]] for one in motif["occurrences"]]
        for motif in told(scored)
    ]
    assert mir_eval.pattern.establishment_FPR(patterns, patterns)[0] == 1.0


def test_no_motif_is_an_empty_list(album):
    assert told(evolve(album, motifs=())) == []
    assert exported(evolve(album, motifs=()), "motifs", "mei") == ()


def test_one_track_has_only_what_is_stated_in_it(album):
    found = told(album, track="The Lamplighter’s Walk")
    assert [len(motif["occurrences"]) for motif in found] == [2, 1]
    assert {one["track"] for motif in found for one in motif["occurrences"]} == {"02 track.ogg"}
    assert told(album, track="Interval") == []


def rows(album, what):
    [document] = exported(album, what, "csv")
    return list(csv.DictReader(io.StringIO(document.encoded.decode())))


def test_csv_has_a_row_for_each_occurrence(album):
    found = rows(album, "motifs")
    assert [row["motif"] for row in found] == ["A"] * 7 + ["B"] * 2
    assert [row["is_prototype"] for row in found].count("yes") == 2
    assert found[6]["changes"] == "register; rhythm"


def test_csv_of_notes_says_what_answers_to_what(album):
    adorned = [r for r in rows(album, "motif-notes") if (r["motif"], r["occurrence"]) == ("A", "3")]
    answers = [row["answers_to"] for row in adorned]
    assert answers == ["1", "2", "3", "4", "", "", "5", "6", "7", "8"]


def test_jams_patterns_are_read_by_jams_and_score_one_against_themselves(scored):
    [document] = exported(scored, "motifs", "jams")
    read = jams.load(io.StringIO(document.encoded.decode()), validate=True, strict=True)
    [patterns] = read.annotations
    assert patterns.namespace == "pattern_jku"
    assert all(score == 1.0 for name, score in jams.eval.pattern(patterns, patterns).items()
               if name.startswith("F"))  # fmt: skip
    values = [one.value for one in patterns.data]
    assert {value["occurrence_id"] for value in values} == {1, 2}
    assert {value["pattern_id"] for value in values} == {1}


def test_a_pattern_keeps_its_number_in_every_track(album):
    by_track = {}
    for heard, document in zip(album.heard, exported(album, "motifs", "jams"), strict=True):
        [patterns] = json.loads(document.encoded)["annotations"]
        by_track[heard.track.position] = {
            (one["value"]["pattern_id"], one["value"]["occurrence_id"]) for one in patterns["data"]
        }
    assert by_track[1] == {(1, 1), (1, 2), (2, 1)}
    assert by_track[2] == {(1, 3), (1, 4), (2, 2)}
    assert by_track[4] == set()


def test_audacity_labels_are_the_occurrences_as_they_come(album):
    document = exported(album, "motifs", "audacity", track="1")[0]
    lines = [line.split("\t") for line in document.encoded.decode().splitlines()]
    assert [text for _, _, text in lines] == ["A", "A", "B: The round"]
    assert [float(start) for start, _, _ in lines] == [12.0, 25.0, 30.0]


def test_a_sonic_visualiser_layer_has_a_region_for_each(album):
    document = exported(album, "motifs", "svl", track="1")[0]
    assert document.encoded.count(b"<point ") == 3


@pytest.mark.parametrize(
    ("form", "ending"),
    [
        ("midi", ".mid"), ("musicxml", ".musicxml"), ("mei", ".mei"), ("pae", ".pae"),
        ("svg", ".svg"),
    ],
)  # fmt: skip
def test_notation_is_a_file_for_each_prototype_and_each_occurrence(album, form, ending):
    names = [one.name for one in exported(album, "motifs", form)]
    assert names[:3] == [f"motif A{ending}", f"motif A 01{ending}", f"motif A 02{ending}"]
    assert len(names) == len(set(names)) == 2 + 7 + 2
