import numpy as np
import pytest

from unsung.library.instruments import GENERAL_MIDI
from unsung.listening.written_instruments import instrument_named, written_instruments
from unsung.model.instruments import FAMILIES, FAMILY_OF, INSTRUMENTS
from unsung.model.notes import Notes
from unsung.model.time import Span

NO_MUSIC = {
    *("Breath noise", "Seashore", "Bird tweet", "Telephone ring", "Helicopter", "Applause"),
    "Gunshot",
}


@pytest.mark.parametrize(
    ("name", "instrument"),
    [
        ("Violino I", "violin"),
        ("Viola", "viola"),
        ("Violoncello", "cello"),
        ("Contrabbassi", "double bass"),
        ("Corni in F", "French horn"),
        ("Cor anglais", "English horn"),
        ("Tromba 1", "trumpet"),
        ("Tenor Trombone", "trombone"),
        ("Flauto traverso", "flute"),
        ("Alto Flute", "flute"),
        ("Klarinette in B", "clarinet"),
        ("Contrabassoon", "bassoon"),
        ("Soprano Sax", "saxophone"),
        ("Soprano", "choir"),
        ("Laute", "acoustic guitar"),
        ("Electric Piano", "electric piano"),
        ("Bass Drum", "drum kit"),
        ("Part 1", ""),
        ("Melody", ""),
        ("", ""),
    ],
)
def test_a_name_on_the_page_says_the_instrument(name, instrument):
    assert instrument_named(name) == instrument


@pytest.mark.parametrize("name", [name for name in GENERAL_MIDI if name not in NO_MUSIC])
def test_every_musical_program_of_general_midi_is_an_instrument(name):
    assert instrument_named(name) in FAMILY_OF


def test_an_instrument_plays_where_its_part_has_notes_and_is_solo_while_nobody_else_plays():
    notes = Notes.sorted(
        [0.0, 10.0, 10.0], [20.0, 10.0, 10.0], [74, 60, 64], part=[0, 1, 2],
        part_names=("Flute", "Violin I", "Violin II"),
    )  # fmt: skip
    heard = written_instruments(notes, 20.0)
    flute = heard.instruments.values[INSTRUMENTS.index("flute")]
    strings = heard.families.values[FAMILIES.index("strings")]
    assert flute.tolist() == [1.0] * 20
    assert strings.tolist() == [0.0] * 10 + [1.0] * 10
    assert [one.instrument for one in heard.playing] == ["flute", "violin"]
    assert heard.playing[1].span == Span(10.0, 20.0)


def test_a_bass_among_sopranos_sings_and_alone_is_plucked():
    onset, lasts, pitch = [0.0, 0.0], [4.0, 4.0], [70, 45]
    sung = Notes.sorted(onset, lasts, pitch, part=[0, 1], part_names=("Soprano", "Bass"))
    played = Notes.sorted(onset, lasts, pitch, part=[0, 1], part_names=("Piano", "Bass"))
    assert {one.name for one in written_instruments(sung, 4.0).present} == {"choir"}
    assert {one.name for one in written_instruments(played, 4.0).present} == {
        "piano",
        "bass guitar",
    }


def test_parts_without_a_telling_name_leave_their_stretch_undetermined():
    notes = Notes.sorted([2.0], [4.0], [60], part_names=("Part 1",))
    heard = written_instruments(notes, 10.0)
    assert heard.present == ()
    assert heard.undetermined == (Span(2.0, 6.0),)


def test_an_empty_score_is_played_by_nobody():
    heard = written_instruments(Notes.none(), 3.0)
    assert not heard.instruments.values.any()
    assert (heard.playing, heard.present, heard.undetermined) == ((), (), ())


def test_a_part_longer_than_the_score_ends_with_it():
    notes = Notes.sorted([0.0], [100.0], [60], part_names=("Harp",))
    heard = written_instruments(notes, 2.4)
    assert heard.instruments.values.shape[1] == 2
    assert np.all(heard.instruments.values[INSTRUMENTS.index("harp")] == 1)
