"""The composer's tools: what they promise about notes, motifs and chords."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skerry.cues import cues
from skerry.harmony import bass_line, harmony, voiced
from skerry.motifs import MOTIFS, A
from skerry.notation import midi_pitch, phrase
from skerry.orchestra import ORCHESTRA
from skerry.performance import performance
from skerry.sketch import seconds
from skerry.transform import plain

from unsung.demo import truth

motifs = st.sampled_from(MOTIFS)


@pytest.fixture(scope="module")
def score():
    return cues()


def test_a_phrase_is_read_as_it_is_jotted():
    tones = phrase("D4/1 A4/.5 r/2 | C5+E5/1")
    assert [(one.onset_q, one.duration_q, one.midi_pitch) for one in tones] == [
        (0, 1, 62), (1, 0.5, 69), (3.5, 1, 72), (3.5, 1, 76),
    ]  # fmt: skip


def test_middle_c_is_sixty_and_accidentals_may_cross_the_octave():
    assert [midi_pitch(name) for name in ("C4", "Cb4", "B#3", "F##4")] == [60, 59, 60, 67]


@pytest.mark.parametrize("wrong", ["H4", "C", "4", "c4"])
def test_what_is_no_pitch_is_refused(wrong):
    with pytest.raises(ValueError, match="a pitch is"):
        midi_pitch(wrong)


@given(motifs, st.integers(-24, 24), st.sampled_from([0.5, 1.5, 2.0]))
def test_transposing_and_stretching_may_be_done_in_either_order(motif, semitones, factor):
    one = plain(motif).transposed(semitones).stretched(factor)
    other = plain(motif).stretched(factor).transposed(semitones)
    assert one == other
    assert one.duration_q == pytest.approx(plain(motif).duration_q * factor)


@given(motifs, st.integers(-12, 12))
def test_the_other_mode_keeps_the_tonic_and_the_fifth(motif, semitones):
    mode = "minor" if motif.mode == "major" else "major"
    before = plain(motif).transposed(semitones)
    after = before.in_mode(mode)
    for a, b in zip(before.tones, after.tones, strict=True):
        if (a.midi_pitch - before.tonic) % 12 in (0, 7):
            assert b.midi_pitch == a.midi_pitch
        assert abs(b.midi_pitch - a.midi_pitch) <= 1


def test_mara_in_the_major_has_a_major_third_and_sixth():
    pitches = [tone.midi_pitch for tone in plain(A).in_mode("major").tones]
    assert pitches == [
        midi_pitch(name) for name in ["D4", "A4", "G4", "F#4", "E4", "C#5", "B4", "A4"]
    ]


@given(motifs, st.sampled_from(["mordent", "turn", "passing", "grace"]), st.integers(0, 4))
def test_an_ornament_leaves_the_motif_where_it_was(motif, kind, note):
    ornate = plain(motif).ornamented({note: kind})
    kept = [tone for tone, core in zip(ornate.tones, ornate.core, strict=True) if core >= 0]
    assert [(t.onset_q, t.midi_pitch) for t in kept] == [
        (t.onset_q, t.midi_pitch) for t in motif.tones
    ]
    assert ornate.duration_q == pytest.approx(plain(motif).duration_q)


def test_a_fragment_starts_at_once_and_knows_which_notes_it_has():
    piece = plain(A).fragment(5, 8)
    assert piece.core == (5, 6, 7)
    assert piece.tones[0].onset_q == 0


CHORDS = harmony("Dm:4 Bb/D:2 Gm:2 C#dim7:2 Dm/F:2 Em7b5:2 A7:2 Dm:4")


def test_voicings_hold_only_tones_of_their_chords():
    for chord, voicing in zip(CHORDS, voiced(CHORDS, 48, 72, 4), strict=True):
        assert {pitch % 12 for pitch in voicing} <= set(chord.pitch_classes)
        assert list(voicing) == sorted(voicing)


def test_voices_move_by_small_steps_and_not_in_parallel_fifths():
    for before, after in pairwise(voiced(CHORDS, 48, 72, 4)):
        assert max(abs(b - a) for a, b in zip(before, after, strict=True)) <= 7
        for i in range(4):
            for j in range(i + 1, 4):
                gap = before[j] - before[i]
                moved = before[i] != after[i]
                assert not (moved and gap % 12 in (0, 7) and after[j] - after[i] == gap)


def test_the_bass_plays_the_note_after_the_slash():
    assert [pitch % 12 for pitch in bass_line(harmony("F/A:1 C/E:1 Dm:1"), 28, 43)] == [9, 4, 2]


def test_a_chord_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="no chord is known"):
        harmony("Xm:4")


def test_the_tempo_turns_quarters_into_seconds(score):
    """At 122 a minute throughout, 61 quarters are half a minute."""
    (engine,) = (cue for cue in score if cue.title == "Signal Engine")
    assert seconds(engine, np.array([0.0, 61.0])) == pytest.approx([0.0, 30.0])


def test_composing_twice_gives_the_same_notes(score):
    assert cues() == score


def test_players_keep_to_their_instruments_and_never_strike_a_key_that_is_down(score):
    for cue in score:
        for part in performance(cue):
            assert part.instrument == ORCHESTRA[part.instrument.name]
            held: dict[int, float] = {}
            for key in part.keys:
                assert held.get(key.midi_pitch, -1.0) <= key.struck_s < key.released_s
                held[key.midi_pitch] = key.released_s


def test_the_shipped_truth_is_of_this_score(score):
    shipped = truth()
    for cue, track in zip(score, shipped["tracks"], strict=True):
        stated = [one for one in shipped["statements"] if one["track"] == track["file"]]
        assert track["title"] == cue.title
        assert [one["notes"][0][1] for one in stated] == [
            placed.disguise.tones[0].midi_pitch
            for placed in sorted(cue.statements, key=lambda one: one.at_q)
        ]
