"""The leading line of each section, written to be read."""

import numpy as np
import pytest
import soundtracks
from attrs import evolve

from unsung.model.hearing import Heard, Section, Sections
from unsung.model.notes import Notes
from unsung.model.score import MetreMark, Score, TempoMark
from unsung.model.time import Span
from unsung.pages.exports import exported
from unsung.pages.notation import lines_of, written_melodies
from unsung.pages.report.melodies import MOST_LINES, melodies

TUNE_QL = (1, 1, 1, 1, 1.5, 0.5, 2, 1, 1, 1, 1, 3, 1)
TUNE = (60, 62, 64, 65, 67, 65, 64, 62, 64, 62, 59, 60, 60)


def tune(quarter_s=0.5, times=3, shake_s=0.0):
    """A plain tune, over and over."""
    lasts = np.tile(np.array(TUNE_QL), times)
    onset_ql = np.concatenate([[0.0], np.cumsum(lasts)[:-1]])
    shaken = onset_ql * quarter_s + np.random.default_rng(1).normal(0, 1, lasts.size) * shake_s
    onset_s = np.maximum(shaken, 0)
    return Notes.sorted(onset_s, lasts * quarter_s * 0.95, np.tile(TUNE, times)), onset_ql, lasts


def heard(line, duration_s, labels="AB"):
    """A recording whose sections are of one length."""
    hearing = soundtracks.recording_hearing(duration_s, seed=3)
    step_s = duration_s / len(labels)
    sections = tuple(
        Section(Span(k * step_s, (k + 1) * step_s), label, 1.0) for k, label in enumerate(labels)
    )
    novelty = hearing.sections.novelty
    return evolve(hearing, melody=line, notes=line, sections=Sections(sections, novelty))


def test_a_tune_that_was_heard_is_written_in_its_own_note_values():
    line, _, lasts = tune(times=2, shake_s=0.008)
    [written] = written_melodies(heard(line, 17.0, "A"))
    values = np.array([float(chord.length_ql) for chord in written.passage.chords[:-1]])
    ratio = values / lasts[:-1]
    assert written.passage.is_measured
    assert ratio == pytest.approx(np.full(ratio.size, ratio[0]), rel=0.01)
    assert [one.spelling.midi_pitch for one in written.passage.notes] == list(TUNE) * 2


def test_each_section_has_the_notes_that_begin_in_it():
    line, _, _ = tune(times=4)
    written = list(written_melodies(heard(line, 32.0, "ABAC")))
    assert [(one.number, one.section.label) for one in written] == [
        (1, "A"),
        (2, "B"),
        (3, "A"),
        (4, "C"),
    ]
    assert sum(len(one.passage.notes) for one in written) == len(line)


def test_notes_that_only_flit_by_are_not_written():
    line, _, _ = tune(times=1)
    flit = Notes.sorted(
        np.append(line.onset_s, 0.45), np.append(line.duration_s, 0.03), np.append(TUNE, 90)
    )
    [written] = written_melodies(heard(flit, 10.0, "A"))
    assert 90 not in [one.spelling.midi_pitch for one in written.passage.notes]


def test_a_score_gives_its_own_values_and_its_own_metre():
    line, onset_ql, lasts = tune(times=2)
    score = Score(line, onset_ql, lasts, 17.0, (TempoMark(0, 0, 120.0),), (MetreMark(0, 4, 4),))
    hearing = evolve(heard(line, 17.0, "A"), source=score)
    [written] = written_melodies(hearing)
    assert [float(chord.length_ql) for chord in written.passage.chords] == lasts.tolist()
    assert (written.passage.metre.beats, written.passage.metre.beat_type) == (4, 4)
    lines = lines_of(written.passage)
    assert [float(one.start_ql) for one in lines] == [0, 16]
    assert sum((one.chords for one in lines), ()) == written.passage.chords


@pytest.mark.parametrize("line", [Notes.none(), Notes.sorted([1.0], [0.5], [60.0])])
def test_hardly_a_line_is_not_written(line):
    assert not list(written_melodies(heard(line, 10.0)))


def test_a_score_without_bars_is_cut_into_lines_all_the_same():
    line, onset_ql, lasts = tune(times=8)
    score = Score(line, onset_ql, lasts, 70.0)
    [written] = written_melodies(evolve(heard(line, 70.0, "A"), source=score))
    lines = lines_of(written.passage)
    assert len(lines) > 2
    assert sum((one.chords for one in lines), ()) == written.passage.chords


@pytest.mark.parametrize("form", ["musicxml", "mei", "pae", "svg"])
def test_exports_write_every_section_of_every_track(form):
    line, _, _ = tune(times=2)
    album = soundtracks.soundtrack(Heard(soundtracks.track(1, "Alone"), heard(line, 16.0)))
    names = [one.name for one in exported(album, "melody", form)]
    assert names == [f"01 Alone.melody {k:02d}.{form}" for k in (1, 2)]
    assert all(one.content for one in exported(album, "melody", form))


def test_the_page_draws_a_little_of_each_track_and_says_what_is_left():
    line, _, _ = tune(times=12)
    one = Heard(soundtracks.track(1, "Alone"), heard(line, 96.0, "A"))
    [melody] = melodies([one]).values()
    assert 0 < len(melody.pictures) < MOST_LINES
    assert "of the melody’s 156 notes" in melody.caveat
    assert all('data-track="track-1"' in drawn for drawn in melody.drawn)


def test_what_fits_no_tempo_falls_into_phrases_and_no_note_is_lost():
    dice = np.random.default_rng(5)
    waits_s = dice.uniform(0.15, 1.3, 70)
    onset_s = np.cumsum(waits_s)
    line = Notes.sorted(onset_s, 0.14, dice.integers(55, 80, 70).astype(float))
    written = list(written_melodies(heard(line, float(onset_s[-1]) + 2, "A")))
    assert len(written) > 2
    assert sum(len(one.passage.notes) for one in written) == 70
