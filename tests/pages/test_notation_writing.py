"""Notation: what is written reads back, in other programs, as what was heard."""

import io
from xml.etree import ElementTree as ET

import mido
import numpy as np
import pytest
import themes
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.model.score import KeyMark, MetreMark, Score, TempoMark
from unsung.pages.notation import (
    Stave,
    beside,
    glyph_definitions,
    mei,
    midi,
    musicxml,
    pae,
    picture,
    score_passage,
    svg,
    timemap,
)
from unsung.pages.notation.bars import bars
from unsung.pages.notation.hearing import heard_passage
from unsung.pages.notation.rhythm import UNMEASURED
from unsung.pages.notation.setting import gathered, measured

# partitura's parser still uses a module that Python has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:module 'sre_:DeprecationWarning")

SCALE = tuple((pitch, 1.0) for pitch in (60, 62, 64, 65, 67, 69, 71, 72))
MEI = "{http://www.music-encoding.org/ns/mei}"


def scored(tune, quarter_s=0.5, start_ql=0.0, **marks):
    """A score of one line, and its notes."""
    pitches, lengths = (np.array(column, float) for column in zip(*tune, strict=True))
    onset_ql = start_ql + np.concatenate([[0], np.cumsum(lengths)[:-1]])
    notes = Notes.sorted(onset_ql * quarter_s, lengths * quarter_s, pitches)
    return Score(notes, onset_ql, lengths, float(notes.end_s.max()), **marks)


def page(score):
    return score_passage(score, score.notes)


def named(passage):
    return [note.spelling.name for note in passage.notes]


def lengths(passage):
    return [float(chord.length_ql) for chord in passage.chords]


# What is written


def test_a_c_major_scale_is_written_c_d_e():
    passage = heard_passage(themes.played(SCALE, 20.0), Key(0, "major"), 120)
    assert named(passage) == ["C4", "D4", "E4", "F4", "G4", "A4", "B4", "C5"]
    assert (passage.fifths, passage.clef.shape) == (0, "G")
    assert lengths(passage)[:-1] == [1] * 7


def test_a_low_tune_takes_a_bass_clef():
    low = heard_passage(themes.played(SCALE, 0, semitones=-24))
    assert (low.clef.shape, low.clef.line) == ("F", 4)


def test_triplets_are_three_in_the_time_of_two_under_one_beam():
    tune = ((60, 1), (62, 1 / 3), (64, 1 / 3), (65, 1 / 3), (67, 1), (65, 1), (60, 2))
    passage = heard_passage(themes.played(tune, 5.0), None, 120)
    [triplet] = [g for bar in bars(passage) for g in bar.groups if g.count > 1]
    assert (triplet.count, triplet.instead_of, len(triplet.symbols)) == (3, 2, 3)
    assert {symbol.value_ql for symbol in triplet.symbols} == {0.5}
    assert len({symbol.beam for symbol in triplet.symbols}) == 1


def test_a_rest_that_is_heard_is_written():
    notes = Notes.sorted([0, 0.5, 2.0, 2.5], [0.5, 0.5, 0.5, 0.5], [60, 62, 64, 65])
    symbols = [symbol for bar in bars(heard_passage(notes, None, 120)) for symbol in bar.symbols]
    rests = [symbol for symbol in symbols if not symbol.notes and not symbol.is_blank]
    assert sum(rest.length_ql for rest in rests) == 2


def test_a_score_keeps_its_metre_its_key_and_its_pickup():
    marks = {
        "metre_marks": (MetreMark(0, 3, 4),),
        "key_marks": (KeyMark(0, -3),),
        "tempo_marks": (TempoMark(0, 0, 120),),
    }
    tune = ((70, 1), (75, 2), (74, 1), (72, 3))
    passage = page(scored(tune, start_ql=2.0, **marks))
    assert named(passage) == ["B♭4", "E♭5", "D5", "C5"]
    cut = bars(passage)
    assert [(float(bar.start_ql), float(bar.end_ql)) for bar in cut] == [(2, 3), (3, 6), (6, 9)]
    assert passage.tempo_bpm == 120


@pytest.mark.parametrize("held", [0.85, 0.9, 0.96, 0.98])
def test_notes_that_are_only_played_short_are_written_in_full(held):
    exact = scored(themes.CALL, metre_marks=(MetreMark(0, 4, 4),))
    lasting_ql = exact.duration_ql * held
    notes = evolve(exact.notes, duration_s=lasting_ql * 0.5)
    assert lengths(page(evolve(exact, notes=notes, duration_ql=lasting_ql)))[:-1] == [
        length for _, length in themes.CALL[:-1]
    ]


def test_a_staccato_that_is_plainly_short_keeps_its_rest():
    exact = scored(SCALE, metre_marks=(MetreMark(0, 4, 4),))
    notes = evolve(exact.notes, duration_s=np.full(8, 0.11))
    short = evolve(exact, notes=notes, duration_ql=np.full(8, 0.22))
    assert lengths(page(short)) == [0.25] * 8


def test_a_note_over_a_bar_line_is_tied():
    passage = page(scored(((60, 3), (62, 2), (64, 3)), metre_marks=(MetreMark(0, 4, 4),)))
    tied = [s for bar in bars(passage) for s in bar.symbols if s.is_tied_on or s.is_tied_back]
    assert [(s.is_tied_back, float(s.length_ql)) for s in tied] == [(False, 1), (True, 1)]


def test_without_bar_lines_no_tie_shows_a_beat_that_nobody_counts():
    tune = ((60, 0.5), (62, 1.5), (64, 1), (65, 2), (60, 1))
    passage = evolve(page(scored(tune)), metre=None)
    symbols = [symbol for bar in bars(passage) for symbol in bar.symbols]
    assert [float(symbol.value_ql) for symbol in symbols] == [length for _, length in tune]


def test_an_accidental_holds_to_the_end_of_the_bar_and_is_taken_back_in_it():
    tune = ((66, 1), (66, 1), (65, 1), (67, 1), (66, 1))
    passage = page(scored(tune, metre_marks=(MetreMark(0, 4, 4),), key_marks=(KeyMark(0, 0),)))
    printed = [s.signs[0] for bar in bars(passage) for s in bar.symbols]
    assert printed == [1, None, 0, None, 1]


def test_eighths_in_six_eight_are_beamed_by_threes():
    tune = tuple((60 + k, 0.5) for k in range(6))
    passage = page(scored(tune, metre_marks=(MetreMark(0, 6, 8),)))
    beams = [symbol.beam for bar in bars(passage) for symbol in bar.symbols]
    assert beams[0] == beams[1] == beams[2] != beams[3] == beams[4] == beams[5]


def test_a_performance_in_a_score_file_is_still_written_in_plain_values():
    exact = scored(SCALE)
    dice = np.random.default_rng(2)
    loose = exact.onset_ql + dice.uniform(0, 0.03, len(exact.onset_ql))
    notes = evolve(exact.notes, onset_s=loose / 2)
    performed = evolve(exact, notes=notes, onset_ql=loose, duration_s=9)
    assert lengths(page(performed))[:-1] == [1] * 7


@given(
    st.lists(
        st.tuples(st.integers(30, 100), st.sampled_from([0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5])),
        min_size=1,
        max_size=14,
    ),
    st.sampled_from([(4, 4), (3, 4), (6, 8), (2, 2), (5, 4)]),
    st.sampled_from([0.0, 0.5, 1.25, 3.0]),
)
@settings(max_examples=60)
def test_bars_are_filled_exactly_by_plain_values_and_no_note_is_lost(tune, metre, start_ql):
    passage = page(scored(tune, start_ql=start_ql, metre_marks=(MetreMark(0, *metre),)))
    heard = []
    for bar in bars(passage):
        assert sum(symbol.length_ql for symbol in bar.symbols) == bar.end_ql - bar.start_ql
        heard += [s for s in bar.symbols if s.notes and not s.is_tied_back]
        for symbol in bar.symbols:
            assert symbol.value_ql in (symbol.type_ql, symbol.type_ql * 3 / 2)
    assert [s.notes[0].spelling.midi_pitch for s in heard] == [pitch for pitch, _ in tune]


@given(
    st.lists(
        st.tuples(st.floats(0, 8), st.floats(0.02, 3), st.floats(20, 110)), min_size=1, max_size=9
    )
)
@settings(max_examples=40, deadline=None)
def test_whatever_was_heard_can_be_written_and_fills_its_bars(heard):
    onsets, durations, pitches = zip(*heard, strict=True)
    passage = heard_passage(Notes.sorted(onsets, durations, pitches))
    for bar in bars(passage):
        assert sum(symbol.length_ql for symbol in bar.symbols) == bar.end_ql - bar.start_ql
    assert musicxml(passage, "A")
    assert mei([Stave("A", passage)])
    assert midi(passage, "A")


@given(st.lists(st.tuples(st.integers(0, 96), st.integers(1, 60)), min_size=1, max_size=9))
@settings(max_examples=40)
def test_whatever_a_score_says_can_be_written(places):
    """In twenty-fourths: thirty-seconds and sixths in one beat, and worse."""
    onset_ql = np.array(sorted(onset for onset, _ in places)) / 24
    duration_ql = np.array([length for _, length in places]) / 24
    notes = Notes.sorted(onset_ql / 2, duration_ql / 2, 60 + np.arange(len(places)))
    score = Score(notes, onset_ql, duration_ql, 60.0, metre_marks=(MetreMark(0, 4, 4),))
    passage = page(score)
    for bar in bars(passage):
        assert sum(symbol.length_ql for symbol in bar.symbols) == bar.end_ql - bar.start_ql
    assert musicxml(passage, "A")
    assert mei([Stave("A", passage)])


# An occurrence under its prototype


def test_a_faster_higher_statement_stands_note_under_note():
    prototype = heard_passage(themes.played(themes.CALL, 12.0), Key(0, "minor"), 120)
    higher = themes.played(themes.CALL, 40.0, quarter_s=0.3, semitones=5)
    upper, lower = beside(prototype, higher, themes.straight(8), 0.5 / 0.3, Key(5, "minor"))
    assert [c.onset_ql for c in lower.chords] == [c.onset_ql for c in upper.chords]
    assert all(note.look == "" for note in lower.notes)


def test_added_notes_are_told_from_those_that_answer():
    prototype = heard_passage(themes.played(themes.CALL, 12.0), Key(0, "minor"), 120)
    adorned = themes.played(themes.ADORNED, 3.0)
    _, lower = beside(prototype, adorned, themes.ADORNED_PAIRS, 1.0)
    assert [note.look for note in lower.notes] == [""] * 4 + ["added"] * 2 + [""] * 4


def test_the_third_that_became_major_is_told_as_moved():
    prototype = heard_passage(themes.played(themes.CALL, 12.0), Key(0, "minor"), 120)
    _, lower = beside(prototype, themes.played(themes.IN_MAJOR, 3.0), themes.straight(8), 1.0)
    assert [note.index for note in lower.notes if note.look == "moved"] == [3]


def test_a_fragment_stands_under_the_part_it_is_of():
    prototype = heard_passage(themes.played(themes.CALL, 12.0), Key(0, "minor"), 120)
    pairs = tuple((k + 3, k) for k in range(5))
    upper, lower = beside(prototype, themes.played(themes.CALL[3:], 3.0), pairs, 1.0)
    assert [c.onset_ql for c in lower.chords] == [c.onset_ql for c in upper.chords[3:]]


def test_free_time_stands_as_heads_beneath_the_values_that_it_answers():
    prototype = heard_passage(themes.played(themes.CALL, 12.0), Key(0, "minor"), 120)
    free = Notes.sorted([0, 0.7, 1.01, 1.3, 4.18, 4.5], 0.2, [67, 72, 60, 75, 72, 79])
    pairs = ((0, 0), (1, 1), (3, 3), (5, 4), (6, 5))
    upper, lower = beside(prototype, free, pairs, 1.0)
    assert upper is prototype
    assert (lower.is_measured, lower.is_beneath) == (False, True)
    for theirs, ours in pairs:
        assert upper.chords[theirs].onset_ql == lower.chords[ours].onset_ql
    assert lower.chords[1].onset_ql < lower.chords[2].onset_ql < lower.chords[3].onset_ql
    heads = [s for bar in bars(lower) for s in bar.symbols if s.notes]
    assert [len(s.notes) for s in heads] == [1] * 6
    assert not any(s.is_tied_on or s.beam >= 0 or s.type_ql > 1 for s in heads)


@given(
    st.lists(st.tuples(st.floats(0, 9), st.integers(50, 90)), min_size=1, max_size=11),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 10)), max_size=8),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_whatever_answers_whatever_can_be_drawn_in_bars_of_one_length(heard, answers, has_metre):
    marks = {"metre_marks": (MetreMark(0, 3, 4),)} if has_metre else {}
    prototype = page(scored(themes.CALL, start_ql=0.5, **marks))
    notes = Notes.sorted([onset for onset, _ in heard], 0.3, [pitch for _, pitch in heard])
    pairs = tuple((theirs, ours) for theirs, ours in answers if ours < len(notes))
    upper, lower = beside(prototype, notes, pairs, 1.3)
    assert sorted(note.index for note in upper.notes) == list(range(8))
    assert {note.index for note in lower.notes} <= set(range(len(notes)))
    start, end = min(upper.start_ql, lower.start_ql), max(upper.end_ql, lower.end_ql)
    for above, below in zip(bars(upper, start, end), bars(lower, start, end), strict=True):
        lasting = {sum(s.length_ql for s in bar.symbols) for bar in (above, below)}
        assert lasting == {above.end_ql - above.start_ql}
    assert mei([Stave("A", upper), Stave("B", lower)])


def test_without_a_rhythm_above_both_stand_in_columns_and_pairs_share_theirs():
    free = Notes.sorted([0, 0.7, 1.01, 2.18, 2.61], 0.2, [60, 66, 61, 70, 59])
    prototype = evolve(heard_passage(themes.played(themes.CALL, 12.0)), is_measured=False)
    pairs = ((0, 0), (2, 1), (4, 3))
    upper, lower = beside(prototype, free, pairs, 1.0)
    assert not lower.is_measured
    for theirs, ours in pairs:
        assert upper.chords[theirs].onset_ql == lower.chords[ours].onset_ql


# In other forms, read back


def midi_notes(content):
    now, sounding, found = 0, {}, []
    file = mido.MidiFile(file=io.BytesIO(content))
    for message in mido.merge_tracks(file.tracks):
        now += message.time
        if message.type == "note_on" and message.velocity:
            sounding[message.note] = now
        elif message.type in {"note_on", "note_off"}:
            on = sounding.pop(message.note)
            found.append((on / file.ticks_per_beat, message.note, (now - on) / file.ticks_per_beat))
    return sorted(found)


def test_midi_reads_back_as_the_notes():
    exact = scored(themes.CALL, start_ql=3.5, metre_marks=(MetreMark(0, 4, 4),))
    read = midi_notes(midi(page(exact), "A"))
    onsets = [onset for onset, _, _ in read]
    assert np.array(onsets) - onsets[0] == pytest.approx(exact.onset_ql - 3.5)
    assert onsets[0] == 3.5
    assert [pitch for _, pitch, _ in read] == exact.notes.midi_pitch.tolist()
    assert [length for _, _, length in read] == pytest.approx(exact.duration_ql)


def test_heads_without_values_stand_wider_where_the_line_lingers():
    free = Notes.sorted([0, 0.3, 0.61, 2.18, 2.41, 3.3], 0.2, [60, 66, 61, 70, 59, 62])
    passage = measured(free, None, gathered(free), UNMEASURED)
    steps = np.diff([float(chord.onset_ql) for chord in passage.chords])
    assert steps.tolist() == [1, 1, 3, 1, 2]


def test_midi_of_what_is_unmeasured_keeps_its_seconds():
    free = Notes.sorted([7.0, 7.7, 8.01, 9.18, 9.61], 0.2, [60, 66, 61, 70, 59])
    passage = evolve(heard_passage(free), is_measured=False)
    read = midi_notes(midi(evolve(passage, tempo_bpm=120.0), "A"))
    assert [onset / 2 for onset, _, _ in read] == pytest.approx(free.onset_s - 7, abs=1e-3)


TUPLETS = ((67, 0.5), (72, 1.5), (74, 1 / 3), (75, 1 / 3), (70, 1 / 3), (78, 1.25), (73, 2.75))


def test_musicxml_reads_back_as_the_notes_and_their_names(tmp_path):
    import partitura

    exact = scored(TUPLETS, metre_marks=(MetreMark(0, 4, 4),), key_marks=(KeyMark(0, -3),))
    path = tmp_path / "a.musicxml"
    path.write_text(musicxml(page(exact), "A & B"))
    read = partitura.load_musicxml(path).note_array(include_pitch_spelling=True)
    assert read["pitch"].tolist() == exact.notes.midi_pitch.tolist()
    assert read["onset_quarter"] == pytest.approx(exact.onset_ql, abs=1e-6)
    assert read["duration_quarter"] == pytest.approx(exact.duration_ql, abs=1e-6)
    assert "".join(read["step"]) == "GCDEBGD"
    assert read["alter"].tolist() == [0, 0, 0, -1, -1, -1, -1]


def test_mei_reads_back_as_the_notes():
    exact = scored(themes.CALL, metre_marks=(MetreMark(0, 4, 4),), key_marks=(KeyMark(0, -3),))
    root = ET.fromstring(mei([Stave("A", page(exact))], "A"))  # noqa: S314
    letters = "".join(
        one.attrib["pname"] for one in root.iter(f"{MEI}note") if one.get("tie") not in {"m", "t"}
    )
    assert letters == "gcdedcgf"
    times = verovio_onsets_ql(mei([Stave("A", page(exact))]))
    assert times == pytest.approx(exact.onset_ql.tolist())


def verovio_onsets_ql(source):
    import verovio

    toolkit = verovio.toolkit()
    assert toolkit.loadData(source)
    begun = ((one["qstamp"], one.get("on", ())) for one in toolkit.renderToTimemap())
    return [time for time, names in begun if any("-at-" not in name for name in names)]


def test_plaine_and_easie_holds_key_metre_and_notes():
    exact = scored(SCALE, metre_marks=(MetreMark(0, 4, 4),), key_marks=(KeyMark(0, 2),))
    head, music = pae(page(exact)).split("@data:")
    assert "@timesig:4/4" in head
    assert "@keysig:xFC" in head
    assert [one for one in music if one in "ABCDEFG"] == list("CDEFGABC")


# Engraving


@pytest.fixture(scope="module")
def call():
    return heard_passage(themes.played(themes.CALL, 12.0), Key(0, "minor"), 120)


def test_the_same_notes_give_the_same_picture(call):
    staves = [Stave("m1", call, "track-1")]
    assert picture("A", staves) == picture("A", staves)
    assert svg(staves) == svg(staves)


def test_every_note_of_the_picture_knows_when_it_sounds(call):
    staves = [Stave("m1", call, "track-1")]
    drawn = ET.fromstring(str(picture("A", staves).drawing))  # noqa: S314
    notes = {one.attrib["id"]: one for one in drawn.iter("g") if "id" in one.attrib}
    sounds = timemap(staves)
    assert set(notes) == set(sounds)
    for name, one in notes.items():
        assert one.attrib["data-track"] == "track-1"
        assert float(one.attrib["data-from"]) == pytest.approx(sounds[name].start_s, abs=1e-3)
    heard = themes.played(themes.CALL, 12.0)
    assert sorted(one.start_s for one in sounds.values()) == pytest.approx(heard.onset_s)


def test_every_glyph_of_the_picture_is_defined_once(call):
    two = [picture("A", [Stave("m1", call)]), picture("B", [Stave("m2", call)])]
    held = ET.fromstring(f"<defs>{glyph_definitions(two)}</defs>")  # noqa: S314
    defined = [one.attrib["id"] for one in held]
    assert len(set(defined)) == len(defined)
    drawn = ET.fromstring(str(two[0].drawing))  # noqa: S314
    assert {one.attrib["href"][1:] for one in drawn.iter("use")} <= set(defined)


def test_the_picture_has_no_style_of_its_own(call):
    drawing = picture("<&\"'", [Stave("m1", call)]).drawing
    assert "style" not in drawing
    ET.fromstring(str(drawing))  # noqa: S314


@pytest.mark.parametrize("notes", [Notes.none(), Notes.sorted([1.0], 0.3, [60])])
def test_no_note_and_one_note_can_be_written(notes):
    passage = heard_passage(notes)
    assert len(passage.notes) == len(notes)
    assert musicxml(passage, "A").startswith("<?xml")
    assert midi(passage, "A").startswith(b"MThd")
    assert svg([Stave("A", passage)]).startswith("<?xml")


def test_notes_that_begin_together_are_a_chord_and_a_doubled_note_is_written_once():
    notes = Notes.sorted([0, 0.01, 0.02, 1.0], 0.4, [60, 64, 60, 67])
    assert [len(chord.notes) for chord in heard_passage(notes).chords] == [2, 1]
