"""Motifs in other forms: what the issue of the field measures is all there, and exact."""

import base64
import csv
import io
import json
from xml.etree import ElementTree as ET

import jams
import mido
import mir_eval
import music21
import numpy as np
import pytest
import soundtracks
import themes
import verovio
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


def test_notation_of_one_track_needs_no_prototype_from_another(album):
    names = [one.name for one in exported(album, "motifs", "mei", track="The Lamplighter’s Walk")]
    assert names == ["motif A 01.mei", "motif A 02.mei", "motif B.mei", "motif B 01.mei"]


# What other programs read


def heard_pitches(album):
    """The pitches that each file should hold, in the order of the files."""
    return [
        np.rint(one.notes.midi_pitch).astype(int).tolist()
        for motif in album.motifs
        for one in (motif.prototype, *motif.occurrences)
    ]


def test_mido_reads_every_occurrence(album):
    for document, pitches in zip(
        exported(album, "motifs", "midi"), heard_pitches(album), strict=True
    ):
        file = mido.MidiFile(file=io.BytesIO(document.encoded))
        assert [one.note for one in file if one.type == "note_on" and one.velocity] == pitches


def test_music21_reads_every_occurrence_as_musicxml(album):
    for document, pitches in zip(
        exported(album, "motifs", "musicxml"), heard_pitches(album), strict=True
    ):
        score = music21.converter.parse(document.encoded.decode(), format="musicxml")
        notes = [one for one in score.flatten().notes if not (one.tie and one.tie.type != "start")]
        assert [one.pitch.midi for one in notes] == pitches
        assert all(one.isWellFormedNotation() for one in score.getElementsByClass("Part"))


@pytest.mark.parametrize("form", ["mei", "pae"])
def test_verovio_reads_every_occurrence(album, form):
    toolkit = verovio.toolkit()
    for document, pitches in zip(
        exported(album, "motifs", form), heard_pitches(album), strict=True
    ):
        toolkit.setOptions({"inputFrom": form})
        assert toolkit.loadData(document.encoded.decode())
        content = base64.b64decode(toolkit.renderToMIDI())
        file = mido.MidiFile(file=io.BytesIO(content))
        assert [one.note for one in file if one.type == "note_on" and one.velocity] == pitches


def test_every_picture_is_an_svg_that_stands_alone(album):
    for document in exported(album, "motifs", "svg"):
        root = ET.fromstring(document.encoded)  # noqa: S314 - our own text
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert b'href="http' not in document.encoded


def test_motif_notes_are_a_layer_of_notes_and_labels_with_their_motif(album):
    [layer] = exported(album, "motif-notes", "svl", track="1")
    points = list(ET.fromstring(layer.encoded).iter("point"))  # noqa: S314 - our own text
    here = [one for motif in album.motifs for one in motif.occurrences
            if one.track_file == "01 track.ogg"]  # fmt: skip
    assert len(points) == sum(len(one.notes) for one in here)
    assert points[0].get("label") == "A G4"
    [labels] = exported(album, "motif-notes", "audacity", track="1")
    first = labels.encoded.decode().splitlines()[0].split("\t")
    assert (float(first[0]), first[2]) == (12.0, "A G4")


def test_motif_notes_in_midi_are_a_voice_a_motif_where_it_sounds(album):
    [document] = exported(album, "motif-notes", "midi", track="1")
    file = mido.MidiFile(file=io.BytesIO(document.encoded))
    assert [track.name for track in file.tracks[1:]] == ["A", "B The round"]
    seconds = [one.time for one in file if one.type == "note_on" and one.velocity]
    assert len(seconds) == 8 + 8 + 8
    silent = exported(album, "motif-notes", "midi", track="Interval")[0]
    assert not [one for one in mido.MidiFile(file=io.BytesIO(silent.encoded)) if not one.is_meta]


# Exactly what the page says, though the line was followed through sound


def test_of_a_score_even_a_coarse_finding_has_the_places_of_the_page(scored):
    [motif] = scored.motifs
    coarse = []
    for one in motif.occurrences:
        onsets = np.round(one.notes.onset_s / 0.08) * 0.08
        notes = evolve(one.notes, onset_s=onsets, midi_pitch=one.notes.midi_pitch + 12)
        coarse.append(evolve(one, notes=notes))
    found = evolve(scored, motifs=(evolve(motif, occurrences=tuple(coarse)),))
    assert told(found) == told(scored)
