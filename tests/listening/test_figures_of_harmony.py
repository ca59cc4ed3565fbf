"""Pedals, ostinati, planing and cadences: what harmony does over a while."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.cadences import cadences
from unsung.listening.chords import score_chords
from unsung.listening.chroma import score_chroma
from unsung.listening.key import key
from unsung.listening.ostinati import ostinati
from unsung.listening.pedals import pedals
from unsung.listening.planing import planing
from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.model.settings import KeySettings

C, F, G, AM = (60, 64, 67), (60, 65, 69), (59, 62, 67), (60, 64, 69)


def struck(chords, each_s=1.0, start_s=0.0):
    rows = [(start_s + each_s * k, each_s, p) for k, one in enumerate(chords) for p in one]
    return Notes.sorted(*np.array(rows, float).T)


def line(pitches, each_s=0.25, start_s=0.0):
    onset_s = start_s + each_s * np.arange(len(pitches))
    return Notes.sorted(onset_s, np.full(len(pitches), each_s), pitches)


def together(*passages):
    columns = ("onset_s", "duration_s", "midi_pitch")
    return Notes.sorted(*(np.concatenate([getattr(p, c) for p in passages]) for c in columns))


def chords_of(notes, duration_s):
    return score_chords(notes, score_chroma(notes, duration_s), duration_s)


# Pedals


def found_pedals(notes, duration_s=None):
    duration_s = float(duration_s or notes.end_s.max())
    return pedals(notes, duration_s)


def test_changing_chords_over_a_held_bass_make_a_pedal_point():
    held = Notes.sorted([0.0], [12.0], [36])
    [one] = found_pedals(together(held, struck([C, F, G, (62, 65, 69), G, C], 2.0)))
    assert (one.midi_pitch, one.kind, one.is_bass) == (36, "pedal point", True)
    assert one.span.start_s == 0
    assert one.span.end_s == pytest.approx(12, abs=0.1)


def test_a_bass_that_is_struck_again_and_again_is_a_pedal_as_well():
    repeated = line([36] * 24, 0.5)
    [one] = found_pedals(together(repeated, struck([C] * 6, 2.0)))
    assert (one.midi_pitch, one.kind) == (36, "drone")


def test_a_note_held_above_is_a_drone_that_is_not_the_bass():
    bass = line([48, 50, 52, 53, 55, 53, 52, 50] * 2, 0.75)
    [one] = found_pedals(together(bass, Notes.sorted([0.0], [12.0], [79])))
    assert (one.midi_pitch, one.is_bass) == (79, False)


def test_of_octaves_the_lower_is_named():
    octaves = Notes.sorted([0.0, 0.0], [10.0, 10.0], [36, 48])
    assert [one.midi_pitch for one in found_pedals(octaves)] == [36]


def test_a_melody_that_touches_a_note_often_has_no_pedal():
    bass = line([48, 50, 52, 53, 55, 53, 52, 50] * 3, 0.5)
    touching = line([72, 74, 76, 72, 77, 72] * 4, 0.5)
    assert found_pedals(together(bass, touching)) == ()


# Ostinati


def test_a_repeated_figure_is_an_ostinato_with_its_period():
    figure = [48, 51, 55, 51, 56, 51]
    [one] = ostinati(line(figure * 8))
    assert one.midi_pitches == tuple(figure)
    assert one.period_s == pytest.approx(1.5, abs=0.02)
    assert one.repetitions == 8
    assert one.likeness > 0.9


def test_a_figure_under_a_free_melody_is_found():
    figure, free = [36, 43, 48, 43], np.random.default_rng(0).integers(70, 84, 40)
    [one] = ostinati(together(line(figure * 10), line(free)))
    assert (one.part, one.midi_pitches) == ("low", tuple(figure))


def test_it_ends_where_the_figure_ends():
    free = np.random.default_rng(2).integers(40, 50, 40)
    [one] = ostinati(together(line([36, 43, 48, 43] * 6), line(free, start_s=6.0)))
    assert one.span.start_s == 0
    assert one.span.end_s == pytest.approx(6, abs=0.6)


def test_a_part_of_a_score_is_named():
    notes = line([36, 43, 48, 43] * 6)
    parts = Notes.sorted(
        notes.onset_s, notes.duration_s, notes.midi_pitch, 1.0, 1, ("Flute", "Cello")
    )
    assert [one.part for one in ostinati(parts)] == ["Cello"]


@pytest.mark.parametrize("pitches", [[60] * 60, np.random.default_rng(1).integers(50, 66, 80)])
def test_one_repeated_pitch_and_free_music_are_no_ostinato(pitches):
    assert ostinati(line(pitches)) == ()


# Planing


def test_chords_that_slide_with_all_their_intervals_plane_chromatically():
    chords = [[p + k for p in (60, 64, 67, 70)] for k in (0, 2, 3, 5, 3)]
    [one] = planing(struck(chords))
    assert (one.kind, one.voices, one.moves) == ("chromatic", 4, 4)
    assert (one.span.start_s, one.span.end_s) == (0, 5)


def test_triads_that_climb_the_scale_plane_diatonically():
    scale = [60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77]
    chords = [[scale[k], scale[k + 2], scale[k + 4]] for k in range(6)]
    [one] = planing(struck(chords))
    assert (one.kind, one.moves) == ("diatonic", 5)


def test_a_cadence_and_parallel_thirds_do_not_plane():
    assert planing(struck([C, F, G, C] * 4)) == ()
    assert planing(struck([(60, 64), (62, 65), (64, 67), (65, 69), (67, 71)])) == ()


# Cadences


def found_cadences(notes):
    duration_s = float(notes.end_s.max())
    keys = key(notes, duration_s, KeySettings())
    return cadences(notes, chords_of(notes, duration_s), keys)


def phrase(*last):
    bass = {C: 48, F: 53, G: 55, AM: 57}
    chords = [C, F, C, G, C, F, *last]
    body = struck([(bass[one], *one) for one in chords])
    ending = struck([(bass[last[-1]], *last[-1])], 3.0, float(body.end_s.max()))
    return together(body, ending)


@pytest.mark.parametrize(
    ("last", "kind"), [((G, C), "authentic"), ((C, F, C), "plagal"), ((G, AM), "deceptive")]
)
def test_a_phrase_closes_as_its_last_two_chords_say(last, kind):
    *_, one = found_cadences(phrase(*last))
    assert (one.kind, one.key) == (kind, Key(0, "major"))
    assert one.at_s == 5 + len(last)
    assert one.confidence > 0.7


def test_a_phrase_that_rests_on_the_dominant_is_half_closed():
    first = phrase(F, G)
    again = phrase(G, C)
    moved = Notes.sorted(again.onset_s + first.end_s.max() + 2, again.duration_s, again.midi_pitch)
    kinds = [one.kind for one in found_cadences(together(first, moved))]
    assert "half" in kinds


def test_chords_that_pass_by_are_no_cadence():
    busy = struck([(48, *C), (53, *F), (55, *G)] * 6, 0.6)
    assert found_cadences(together(busy, Notes.sorted([10.8], [0.6], [60]))) == ()


# Nothing at all


def test_silence_holds_none_of_them():
    assert found_pedals(Notes.none(), 5.0) == ostinati(Notes.none()) == planing(Notes.none()) == ()
    keys = key(Notes.none(), 5.0, KeySettings())
    assert cadences(Notes.none(), chords_of(Notes.none(), 5.0), keys) == ()


any_notes = st.lists(
    st.tuples(st.floats(0, 20), st.floats(0.05, 9), st.integers(24, 96)), min_size=1, max_size=50
)


@settings(max_examples=40, deadline=None)
@given(any_notes)
def test_any_notes_are_answered(rows):
    notes = Notes.sorted(*np.array(rows, float).T)
    end_s = float(notes.end_s.max())
    assert all(one.span.end_s <= end_s for one in found_pedals(notes))
    assert all(0 <= one.likeness <= 1 for one in ostinati(notes))
    assert all(one.moves >= 3 for one in planing(notes))
    assert all(0 <= one.at_s <= end_s for one in found_cadences(notes))
