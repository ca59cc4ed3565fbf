"""Exports in the forms of other programs, read back by readers that are not ours."""

import io
import json
import re
from xml.etree import ElementTree as ET

import jams
import mido
import mir_eval
import numpy as np
import pytest
from attrs import evolve
from soundtracks import awkward, recording_hearing, silent_hearing, small, soundtrack, track

from unsung.model.hearing import Heard
from unsung.model.notes import Notes
from unsung.model.outcomes import Outcome
from unsung.model.score import KeyMark, MetreMark, Score, TempoMark
from unsung.model.sound import Feature
from unsung.model.time import Frames
from unsung.pages.exports import EVERYTHING, exported

# jams itself calls jsonschema in a way that jsonschema has since deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Passing a schema:DeprecationWarning")

PER_TRACK_JAMS = (
    "motifs", "sections", "key", "chords", "modes", "tempo", "swells", "playing", "notes",
    "melody", "texture", "bass", "inner",
)  # fmt: skip


@pytest.fixture(scope="module")
def album():
    return small()


@pytest.fixture(scope="module")
def strange():
    return awkward()


def alone(hearing):
    return soundtrack(Heard(track(1, "Alone"), hearing))


def scored(notes, duration_s, onset_ql, duration_ql, **marks):
    """A track of these notes, read from a score."""
    paper = small()["5"]
    score = Score(notes, onset_ql, duration_ql, duration_s, **marks)
    hearing = evolve(paper.hearing, source=score, notes=notes, melody=notes)
    return soundtrack(Heard(paper.track, hearing))


# JAMS


def read_jams(document):
    text = document.encoded.decode()
    return jams.load(io.StringIO(text), validate=True, strict=True)


def annotation(read, what):
    [found] = [one for one in read.annotations if one.sandbox["unsung"]["what"] == what]
    return found


@pytest.mark.parametrize("name", ["small", "strange"])
def test_every_jams_file_holds_to_the_jams_schema(name, album, strange):
    whole = {"small": album, "strange": strange}[name]
    for heard, document in zip(whole.heard, exported(whole, EVERYTHING, "jams"), strict=True):
        told = [one.sandbox["unsung"]["what"] for one in read_jams(document).annotations]
        swells = heard.track.kind == "recording"
        assert told == [what for what in PER_TRACK_JAMS if what != "swells" or swells]


def test_jams_sections_score_one_against_themselves_and_cover_the_track(album):
    [document] = exported(album, "sections", "jams", track="1")
    intervals, labels = read_jams(document).annotations[0].to_interval_values()
    mir_eval.segment.validate_boundary(intervals, intervals, trim=False)
    assert intervals[-1, 1] == pytest.approx(album["1"].hearing.duration_s, abs=1e-5)
    assert mir_eval.segment.pairwise(intervals, labels, intervals, labels)[2] == 1.0


def test_jams_keys_are_keys_to_mir_eval_and_undecided_is_no_key(album):
    spans = album["3"].hearing.key.spans
    [document] = exported(album, "key", "jams", track="3")
    values = [one.value for one in read_jams(document).annotations[0].data]
    assert [value == "N" for value in values] == [isinstance(s.key, Outcome) for s in spans]
    for value, span in zip(values, spans, strict=True):
        if value != "N":
            tonic, mode = mir_eval.key.split_key_string(value.replace(":", " "))
            assert (tonic, mode) == (span.key.tonic_pitch_class, span.key.mode)


def test_jams_has_no_tempo_where_no_pulse_is_clear(album):
    spans = album["3"].hearing.tempo.spans
    [document] = exported(album, "tempo", "jams", track="3")
    heard = [one.tempo_bpm for one in spans if not isinstance(one.tempo_bpm, Outcome)]
    observations = list(read_jams(document).annotations[0].data)
    assert len(heard) < len(spans)
    assert [one.value for one in observations] == pytest.approx(heard)
    assert all(0 <= one.confidence <= 1 for one in observations)


def test_jams_notes_score_one_against_the_notes_that_were_heard(album):
    notes = album["2"].hearing.notes
    [document] = exported(album, "notes", "jams", track="2")
    intervals, pitches = read_jams(document).annotations[0].to_interval_values()
    own = np.c_[notes.onset_s, notes.end_s]
    hz, own_hz = (
        440 * 2 ** ((np.asarray(one, float) - 69) / 12) for one in (pitches, notes.midi_pitch)
    )
    measures = mir_eval.transcription.precision_recall_f1_overlap(own, own_hz, intervals, hz)
    assert measures[2] == 1.0


def test_jams_carries_the_answers_for_the_whole_in_its_sandbox(album):
    [document] = exported(album, EVERYTHING, "jams", track="4")
    read = read_jams(document)
    assert read.sandbox["unsung"]["track"]["integrated_lufs"] == "silent"
    assert list(annotation(read, "notes").data) == []


# Audacity


@pytest.mark.parametrize("what", PER_TRACK_JAMS)
def test_audacity_labels_are_start_tab_end_tab_text(album, what):
    lines = [one for d in exported(album, what, "audacity") for one in d.content.splitlines()]
    assert lines
    for line in lines:
        start, end, text = re.fullmatch(r"(\d+\.\d{6})\t(\d+\.\d{6})\t(\S[^\t]*)", line).groups()
        assert float(start) < float(end)
        assert text


def test_audacity_labels_say_what_the_report_says(album):
    texts = [
        line.split("\t")[2]
        for line in exported(album, "tempo", "audacity", "3")[0].content.splitlines()
    ]
    assert texts[:3] == ["84.0 bpm", "101.0 bpm", "no clear pulse"]


def test_a_label_with_line_breaks_stays_on_one_line():
    hearing = recording_hearing(40.0)
    section = hearing.sections.sections[0]
    broken = evolve(section, label="A\n0.0\t9.9\tB")
    album = alone(evolve(hearing, sections=evolve(hearing.sections, sections=(broken,))))
    [labels] = exported(album, "sections", "audacity")
    assert labels.content.count("\n") == 1
    assert labels.content.count("\t") == 2


# Sonic Visualiser


def layer(document):
    assert document.content.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    root = ET.fromstring(document.encoded)  # noqa: S314 - our own text
    model, dataset, shown = (
        root.find("data/model"),
        root.find("data/dataset"),
        root.find("display/layer"),
    )
    assert model.get("dataset") == dataset.get("id")
    assert model.get("dimensions") == dataset.get("dimensions")
    assert shown.get("model") == model.get("id")
    return model, dataset, shown


@pytest.mark.parametrize("name", ["small", "strange"])
def test_every_layer_is_xml_that_holds_together(name, album, strange):
    whole = {"small": album, "strange": strange}[name]
    quick = [one.track.title for one in whole.heard if one.hearing.duration_s < 300]
    for title in quick:
        for document in exported(whole, EVERYTHING, "svl", track=title):
            layer(document)


def test_a_notes_layer_stands_at_the_samples_of_the_recording(album):
    heard = album["Overture"].hearing
    [document] = exported(album, "notes", "svl", track="Overture")
    model, dataset, shown = layer(document)
    assert (model.get("subtype"), shown.get("type")) == ("note", "notes")
    seconds = [int(one.get("frame")) / int(model.get("sampleRate")) for one in dataset]
    pitches = [float(one.get("value")) for one in dataset]
    assert seconds == pytest.approx(heard.notes.onset_s, abs=1 / 44_100)
    assert pitches == pytest.approx(heard.notes.midi_pitch, abs=1e-3)


def test_regions_follow_one_another_as_the_sections_do(album):
    [document] = exported(album, "sections", "svl", track="1")
    _, dataset, shown = layer(document)
    ends = [int(one.get("frame")) + int(one.get("duration")) for one in dataset]
    assert shown.get("type") == "regions"
    assert [int(one.get("frame")) for one in dataset] == [0, *ends[:-1]]


def test_a_curve_becomes_one_layer_a_column(album):
    names = [one.name for one in exported(album, "tempo-curve", "svl", track="1")]
    assert names == ["01 Overture.tempo-curve.tempo_bpm.svl", "01 Overture.tempo-curve.clarity.svl"]


@pytest.mark.parametrize("rate_hz", [5.0, 43.066, 7.3])
def test_a_grid_keeps_time_to_the_end_whatever_the_clock(rate_hz):
    hearing = recording_hearing(600.0)
    count = int(600 * rate_hz)
    ramp = Feature(np.tile(np.arange(count), (12, 1)), Frames(rate_hz))
    [document] = exported(alone(evolve(hearing, chroma=ramp)), "chroma", "svl")
    model, dataset, _ = layer(document)
    shown = np.array([float(row.text.split(" ")[0]) for row in dataset.iter("row")])
    seconds = np.arange(len(shown)) * int(model.get("windowSize")) / int(model.get("sampleRate"))
    assert len(list(dataset.iter("bin"))) == 12
    assert seconds[-1] == pytest.approx(600, abs=2 / rate_hz)
    assert np.abs(shown / rate_hz - seconds).max() < 1.5 / rate_hz


# MIDI


def midi_notes(document):
    """Onset, end, pitch, velocity of every note, in seconds, as mido plays the file."""
    midi, now, sounding, found = mido.MidiFile(file=io.BytesIO(document.encoded)), 0.0, {}, []
    for message in midi:
        now += message.time
        if message.type == "note_on" and message.velocity:
            sounding[message.channel, message.note] = (now, message.velocity)
        elif message.type in {"note_off", "note_on"}:
            onset, velocity = sounding.pop((message.channel, message.note))
            found.append((onset, now, message.note, velocity))
    assert not sounding
    return sorted(found)


def test_midi_from_a_recording_has_its_notes_to_the_millisecond(album):
    notes = album["Overture"].hearing.notes
    read = midi_notes(exported(album, "notes", "midi", track="Overture")[0])
    assert len(read) == len(notes)
    assert [one[0] for one in read] == pytest.approx(notes.onset_s, abs=0.001)
    assert sorted(one[2] for one in read) == sorted(notes.midi_pitch.round().astype(int).tolist())
    assert {one[3] for one in read} == {1 + round(0.7 * 126)}


def test_midi_from_a_score_keeps_its_tempi_and_its_quarters():
    """Two quarters at 120, then two at 60: the second pair is twice as slow."""
    notes = Notes.sorted([0, 0.5, 1, 2], [0.5, 0.5, 1, 1], [60, 62, 64, 65])
    marks = (TempoMark(0, 0, 120), TempoMark(1, 2, 60))
    album = scored(notes, 3.0, [0, 1, 2, 3], [1, 1, 1, 1], tempo_marks=marks)
    [document] = exported(album, "notes", "midi")
    midi = mido.MidiFile(file=io.BytesIO(document.encoded))
    ticks = np.cumsum([one.time for one in midi.tracks[1]])
    onsets = [t for t, one in zip(ticks, midi.tracks[1], strict=True) if one.type == "note_on"]
    assert (np.array(onsets) / midi.ticks_per_beat).tolist() == [0, 1, 2, 3]
    assert [one[0] for one in midi_notes(document)] == pytest.approx([0, 0.5, 1, 2], abs=1e-4)


def test_midi_keeps_parts_apart_by_name_and_off_the_drum_channel():
    names = tuple(f"Stimme {number} ♪" for number in range(12))
    notes = Notes.sorted(
        np.arange(12) * 0.5, 0.4, np.full(12, 60), part=np.arange(12), part_names=names
    )
    album = scored(notes, 6.0, np.arange(12), np.ones(12))
    [document] = exported(album, "notes", "midi")
    midi = mido.MidiFile(file=io.BytesIO(document.encoded), charset="utf-8")
    assert tuple(one.name for one in midi.tracks[1:]) == names
    assert 9 not in {message.channel for message in midi if message.type == "note_on"}


def test_a_key_struck_again_while_it_sounds_ends_the_first_note():
    notes = Notes.sorted([0.0, 1.0], [5.0, 1.0], [60, 60])
    read = midi_notes(exported(scored(notes, 5.0, [0, 2], [10, 2]), "notes", "midi")[0])
    assert [one[:2] for one in read] == [pytest.approx((0, 1)), pytest.approx((1, 2))]


def test_silence_is_a_midi_file_without_notes():
    [document] = exported(alone(silent_hearing()), "melody", "midi")
    assert midi_notes(document) == []


# Scores


def test_what_a_score_states_is_told_in_order():
    notes = Notes.sorted([0.0], [1.0], [60])
    album = scored(
        notes, 1.0, [0], [2],
        tempo_marks=(TempoMark(0, 0, 120),),
        metre_marks=(MetreMark(0, 3, 4),),
        key_marks=(KeyMark(0, -2), KeyMark(8, 1)),
    )  # fmt: skip
    told = json.loads(exported(album, "score-marks", "json")[0].content)["rows"]
    assert [(one["onset_ql"], one["stated"]) for one in told] == [
        (0, "2 flats"), (0, "3/4"), (0, "120 bpm"), (8, "1 sharp"),
    ]  # fmt: skip
