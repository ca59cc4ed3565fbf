"""Texture: how many voices, and how they stand to each other."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.listening.articulation import articulation
from unsung.listening.layers import layers
from unsung.listening.melody import melody
from unsung.listening.texture import score_texture, texture
from unsung.model.notes import Notes
from unsung.model.outcomes import SILENT, UNDECIDED

SUBJECT = (0, 2, 4, 5, 7, 5, 4, 2, 0, -1, 0, 2, 3, 5, 7, 9)
CHORDS = ((48, 55, 64, 72), (53, 57, 65, 72), (55, 59, 62, 74), (48, 55, 64, 76))


def made(rows, parts=0):
    onset_s, duration_s, pitch = np.array(rows, float).T
    names = tuple(str(k) for k in range(int(np.max(parts)) + 1))
    return Notes.sorted(onset_s, duration_s, pitch, part=parts, part_names=names)


def chorale():
    return made([(k, 1.0, p) for k in range(24) for p in CHORDS[k % 4]])


def canon():
    """A subject, and the same an octave below two beats and a half later."""
    first = [(0.5 * k, 0.5, 72 + SUBJECT[k % 16]) for k in range(56)]
    return made(first + [(a + 2.25, b, p - 12) for a, b, p in first])


def line():
    return made([(0.4 * k, 0.4, 60 + SUBJECT[k % 16]) for k in range(60)])


def in_octaves():
    alone = line()
    both = np.concatenate([alone.midi_pitch, alone.midi_pitch - 12])
    return Notes.sorted(np.tile(alone.onset_s, 2), 0.4, both)


def alberti():
    figure = [(0.25 * k, 0.25, (48, 55, 52, 55)[k % 4]) for k in range(96)]
    return made(figure + [(k, 1.0, 72 + (0, 4, 7, 5, 4, 2, 0, 2)[k % 8]) for k in range(24)])


def kinds(notes, of=score_texture):
    duration_s = float(notes.end_s.max())
    return {one.kind for one in of(notes, melody(notes), duration_s).spans}


@pytest.mark.parametrize(
    ("music", "kind"),
    [
        (line, "monophony"),
        (in_octaves, "monophony"),
        (chorale, "homophony"),
        (canon, "polyphony"),
        (alberti, "melody with accompaniment"),
    ],
)
def test_written_music_has_the_texture_that_every_textbook_gives_it(music, kind):
    assert kinds(music()) == {kind}


@pytest.mark.parametrize(
    ("music", "kind"), [(line, "monophony"), (alberti, "melody with accompaniment")]
)
def test_what_is_plain_is_plain_from_sound_too(music, kind):
    assert kinds(music(), texture) == {kind}


def test_a_chorale_after_a_line_changes_where_it_begins():
    alone, hymn = line(), chorale()
    begins_s = float(alone.end_s.max())
    whole = Notes.sorted(
        np.concatenate([alone.onset_s, hymn.onset_s + begins_s]),
        np.concatenate([alone.duration_s, hymn.duration_s]),
        np.concatenate([alone.midi_pitch, hymn.midi_pitch]),
    )
    found = score_texture(whole, melody(whole), begins_s + 24).spans
    assert [found[0].kind, found[-1].kind] == ["monophony", "homophony"]
    assert found[-1].span.start_s == pytest.approx(begins_s, abs=4)


@given(semitones=st.integers(-12, 12))
def test_transposed_music_keeps_its_texture(semitones):
    notes = alberti()
    moved = Notes.sorted(notes.onset_s, notes.duration_s, notes.midi_pitch + semitones)
    assert kinds(moved) == kinds(notes)


@pytest.mark.parametrize("of", [texture, score_texture])
def test_spans_cover_the_track_and_silence_is_silent(of):
    notes = line()
    quiet = Notes.sorted(notes.onset_s + 30, notes.duration_s, notes.midi_pitch)
    found = of(quiet, melody(quiet), 90.0).spans
    assert [one.kind for one in found] == [SILENT, "monophony", SILENT]
    assert (found[0].span.start_s, found[-1].span.end_s) == (0, 90)
    assert all(a.span.end_s == b.span.start_s for a, b in pairwise(found))


@pytest.mark.parametrize("duration_s", [0.0, 0.01, 5.0])
def test_nothing_is_silent(duration_s):
    none = Notes.none()
    assert all(one.kind is SILENT for one in texture(none, none, duration_s).spans)
    assert articulation(none, duration_s).overall is SILENT
    assert not len(layers(none, none, duration_s).bass)


def test_one_note_is_one_voice():
    note = made([(0.0, 1.0, 60)])
    assert kinds(note) <= {"monophony", UNDECIDED}
    assert articulation(note, 1.0).overall is UNDECIDED


def test_four_voices_count_as_four():
    found = score_texture(chorale(), melody(chorale()), 24.0)
    assert found.measures.values[0, 12] == pytest.approx(4, abs=0.01)


def test_the_bass_of_a_chorale_is_its_lowest_voice_and_the_rest_is_inner():
    found = layers(chorale(), melody(chorale()), 24.0)
    assert set(found.bass.midi_pitch.tolist()) == {48, 53, 55}
    assert len(found.inner) == 48
    assert found.density.values[:, 12] == pytest.approx([1, 2, 1], abs=0.1)


def test_chords_on_the_off_beats_stand_above_the_bass():
    bass = [(k, 0.5, 36) for k in range(16)]
    chords = [(k + 0.5, 0.5, p) for k in range(16) for p in (52, 55, 60)]
    tune = [(k, 1.0, 76 + k % 3) for k in range(16)]
    notes = made(bass + chords + tune)
    assert set(layers(notes, melody(notes), 16.0).bass.midi_pitch.tolist()) == {36}


@pytest.mark.parametrize(
    ("share", "touch"), [(1.0, "legato"), (0.7, "detached"), (0.3, "staccato")]
)
def test_touch_is_how_far_notes_are_held(share, touch):
    notes = made([(0.5 * k, 0.5 * share, 60 + k % 5) for k in range(20)])
    found = articulation(notes, 10.0)
    assert found.overall == touch
    assert found.connection.values[0] == pytest.approx(np.full(10, share), abs=0.01)


def test_a_rest_between_phrases_says_nothing_of_touch():
    notes = made([(20.0 * (k // 5) + 0.5 * (k % 5), 0.5, 60) for k in range(20)])
    assert articulation(notes, 80.0).overall == "legato"
    assert not articulation(notes, 80.0).known.values[0, 10]
