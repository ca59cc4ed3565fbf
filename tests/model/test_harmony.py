"""Chords as nouns: their names and their tones."""

import mir_eval
import pytest

from unsung.model.harmony import QUALITIES, STEPS, Chord


def test_a_chord_is_named_as_on_a_lead_sheet():
    assert Chord(9, "min7", 7).name == "Am7/G"
    assert Chord(1, "maj", 1).name == "D♭"
    assert Chord(1, "min", 1).name == "C♯m"
    assert Chord(11, "hdim7", 11).name == "Bm7♭5"
    assert Chord(9, "7", 1).name == "A7/C♯"
    assert Chord(8, "maj", 0).name == "A♭/C"
    assert Chord(4, "dim", 10).name == "Edim/B♭"


@pytest.mark.parametrize("quality", QUALITIES)
def test_the_notation_of_harte_has_the_same_tones(quality):
    for step in STEPS[quality]:
        chord = Chord(10, quality, (10 + step) % 12)
        root, tones, bass = mir_eval.chord.encode(chord.harte)
        assert root == 10
        assert bass == step
        assert {(root + k) % 12 for k in tones.nonzero()[0].tolist()} == chord.pitch_classes


def test_a_bass_that_is_no_tone_of_the_chord_is_refused():
    with pytest.raises(ValueError, match="one of its tones"):
        Chord(0, "maj", 1)
