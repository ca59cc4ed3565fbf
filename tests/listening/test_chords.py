"""Chords: what a musician would write above the staff."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.listening.chord_chances import ROWS, TRIADS, chord_chances
from unsung.listening.chord_vocabulary import members, triads, vocabulary
from unsung.listening.chords import chords, score_chords
from unsung.listening.chroma import chroma, score_chroma
from unsung.listening.constant_q import FRAMES, constant_q
from unsung.listening.networks import session
from unsung.model.harmony import QUALITIES, STEPS, Chord
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CHORD, UNDECIDED
from unsung.model.sound import Audio, Feature

RATE_HZ = 22050
CADENCE = ((48, 64, 67, 72), (53, 65, 69, 72), (55, 62, 65, 71), (48, 64, 67, 72))
CADENCE_NAMES = ["C", "F", "G7", "C"]


def struck(chords_of_pitches, each_s=2.0):
    rows = [(each_s * k, each_s, p) for k, one in enumerate(chords_of_pitches) for p in one]
    return Notes.sorted(*np.array(rows, float).T)


def in_score(notes, duration_s=None):
    duration_s = float(duration_s or notes.end_s.max())
    return score_chords(notes, score_chroma(notes, duration_s), duration_s).spans


def in_sound(notes, audio):
    """The notes are given, so that this tells of chords alone."""
    spectrum = constant_q(audio)
    found = chords(notes, chroma(spectrum), chord_chances(spectrum), audio.duration_s)
    return found.spans


def names(spans):
    return [one.chord.name if isinstance(one.chord, Chord) else one.chord for one in spans]


def tones(notes):
    """Every note as six harmonics that die away."""
    sound = np.zeros(round(float(notes.end_s.max()) * RATE_HZ))
    for start_s, lasts_s, pitch in zip(
        notes.onset_s, notes.duration_s, notes.midi_pitch, strict=True
    ):
        times_s = np.arange(round(lasts_s * RATE_HZ)) / RATE_HZ
        hz = 440 * 2 ** ((float(pitch) - 69) / 12)
        wave = sum(np.sin(2 * np.pi * hz * k * times_s) / k for k in range(1, 7))
        first = round(start_s * RATE_HZ)
        sound[first : first + wave.size] += 0.05 * wave * np.exp(-times_s)
    return Audio(sound.astype(np.float32)[None], RATE_HZ)


def test_a_cadence_is_read_from_the_page_chord_by_chord():
    spans = in_score(struck(CADENCE))
    assert names(spans) == CADENCE_NAMES
    assert [one.span.start_s for one in spans] == [0, 2, 4, 6]
    assert min(one.confidence for one in spans) > 0.5


def test_a_cadence_is_heard_in_sound():
    notes = struck(CADENCE)
    spans = in_sound(notes, tones(notes))
    assert names(spans) == CADENCE_NAMES
    np.testing.assert_allclose([one.span.start_s for one in spans], [0, 2, 4, 6], atol=0.01)


@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize("root", [0, 5, 10])
def test_every_quality_is_told_from_the_others(quality, root):
    pitches = [36 + root, *(60 + root + step for step in STEPS[quality])]
    assert names(in_score(struck([pitches]))) == [Chord(root, quality, root).name]


@pytest.mark.parametrize("bass", [0, 1, 2, 3])
def test_an_inversion_is_named_by_its_bass(bass):
    steps = STEPS["7"]
    pitches = [36 + steps[bass], *(60 + step for step in steps)]
    [one] = in_score(struck([pitches]))
    assert one.chord == Chord(0, "7", steps[bass])


def together(*passages):
    columns = ("onset_s", "duration_s", "midi_pitch")
    return Notes.sorted(*(np.concatenate([getattr(p, c) for p in passages]) for c in columns))


def test_a_chord_broken_over_its_bass_is_one_chord():
    broken = Notes.sorted(0.25 * np.arange(24), np.full(24, 0.25), [55, 64, 60, 67] * 6)
    assert names(in_score(together(struck([(48,)], 6.0), broken))) == ["C"]


def test_a_passing_note_changes_nothing():
    passing = Notes.sorted([1.0, 1.3, 1.6], [0.3, 0.3, 0.3], [72, 74, 76])
    assert names(in_score(together(struck([(48, 55, 64)], 4.0), passing))) == ["C"]


def test_a_bare_fifth_is_undecided():
    assert names(in_score(struck([(48, 55)]))) == [UNDECIDED]


def test_one_held_note_is_no_chord():
    assert names(in_score(struck([(60,)]))) == [NO_CHORD]


def test_a_scale_played_alone_names_no_chord_surely():
    scale = Notes.sorted(0.3 * np.arange(8), np.full(8, 0.3), [60, 62, 64, 65, 67, 69, 71, 72])
    assert all(
        one.chord in (NO_CHORD, UNDECIDED) or one.confidence < 0.8 for one in in_score(scale)
    )


def test_a_cluster_is_no_chord():
    found = names(in_score(struck([tuple(range(60, 72))])))
    assert found in ([NO_CHORD], [UNDECIDED])


def test_where_the_music_rests_there_is_no_chord():
    notes = struck(CADENCE, 1.0)
    assert names(in_score(notes, 10.0)) == [*CADENCE_NAMES, NO_CHORD]


@pytest.mark.parametrize("duration_s", [1 / RATE_HZ, 0.5, 3.0])
def test_silence_is_no_chord(duration_s):
    silence = Audio(np.zeros((1, max(1, round(duration_s * RATE_HZ))), np.float32), RATE_HZ)
    [heard] = in_sound(Notes.none(), silence)
    [written] = in_score(Notes.none(), duration_s)
    assert heard.chord is written.chord is NO_CHORD


def test_what_lasts_no_time_has_no_chords():
    nothing = Audio(np.zeros((1, 0), np.float32), RATE_HZ)
    assert in_sound(Notes.none(), nothing) == ()


def test_noise_names_no_chord_surely():
    noise = np.random.default_rng(0).normal(0, 0.1, (1, 5 * RATE_HZ))
    spans = in_sound(Notes.none(), Audio(noise.astype(np.float32), RATE_HZ))
    assert all(one.chord in (NO_CHORD, UNDECIDED) for one in spans)


def test_gain_changes_no_chord():
    notes = struck(CADENCE)
    loud = tones(notes)
    soft = Audio(0.01 * loud.samples, RATE_HZ)
    assert names(in_sound(notes, loud)) == names(in_sound(notes, soft))


any_notes = st.lists(
    st.tuples(st.floats(0, 8), st.floats(0.1, 4), st.integers(36, 84)), min_size=1, max_size=25
)


@pytest.mark.parametrize("semitones", range(1, 12))
def test_music_transposed_moves_every_chord_by_as_much(semitones):
    inverted = struck([*CADENCE, (52, 60, 67), (53, 62, 69, 72), (56, 62, 65, 71), (57, 64, 72)])
    up = Notes.sorted(inverted.onset_s, inverted.duration_s, inverted.midi_pitch + semitones)
    for here, there in zip(in_score(inverted), in_score(up), strict=True):
        assert isinstance(here.chord, Chord)
        assert there.chord.harte.split(":")[1] == here.chord.harte.split(":")[1]
        assert there.chord.bass_pitch_class == (here.chord.bass_pitch_class + semitones) % 12
        assert there.confidence == pytest.approx(here.confidence, abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(any_notes, st.floats(0.05, 20))
def test_spans_cover_the_track_and_stay_in_range(rows, duration_s):
    spans = in_score(Notes.sorted(*np.array(rows, float).T), duration_s)
    edges = [(one.span.start_s, one.span.end_s) for one in spans]
    assert edges[0][0] == 0
    assert edges[-1][1] == duration_s
    assert all(end == start for (_, end), (start, _) in pairwise(edges))
    assert all(0 <= one.confidence <= 1 for one in spans)


# The network


def test_chances_sum_to_one_on_the_clock_of_the_spectrum():
    spectrum = constant_q(tones(struck(CADENCE)))
    found = chord_chances(spectrum)
    assert found.frames == spectrum.frames
    assert found.values.shape == (ROWS, spectrum.values.shape[1])
    np.testing.assert_allclose(found.values[:TRIADS].sum(axis=0), 1, atol=1e-4)
    np.testing.assert_allclose(found.values[TRIADS:].sum(axis=0), 1, atol=1e-4)


def test_a_long_track_is_heard_in_windows_and_a_repeat_sounds_the_same():
    spectrum = constant_q(tones(struck(CADENCE * 2)))
    repeated = Feature(np.tile(spectrum.values, (1, 4)), FRAMES)
    found = chord_chances(repeated).values[:TRIADS].argmax(axis=0)
    count = spectrum.values.shape[1]
    agree = found[count : 2 * count] == found[2 * count : 3 * count]
    assert agree.mean() > 0.9


def test_in_silence_the_network_is_not_asked():
    found = chord_chances(Feature(np.zeros((336, 40), np.float32), FRAMES)).values
    assert (found[[0, TRIADS]] == 1).all()
    assert found.sum() == 80


def test_the_network_names_triads_in_the_order_of_the_vocabulary():
    spectrum = constant_q(tones(struck([(48, 64, 67, 72), (57, 64, 69, 72)], 4.0)))
    found = chord_chances(spectrum).values[:TRIADS]
    rows = {chord.name: row for chord, row in zip(vocabulary(), triads(), strict=True)}
    assert found[:, 10:40].mean(axis=1).argmax() == rows["C"]
    assert found[:, 60:90].mean(axis=1).argmax() == rows["Am"]
    assert session("chords").get_outputs()[0].name == "triad"


def test_every_chord_of_the_vocabulary_has_its_tones_once():
    assert len(set(vocabulary())) == len(vocabulary())
    assert members().sum(axis=1).tolist() == [len(STEPS[one.quality]) for one in vocabulary()]
