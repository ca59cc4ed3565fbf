"""A person's own melodies are read from the files that hold melodies, or the fault is named."""

import mido
import numpy as np
import pytest

from unsung.library.incipit_file import MOST_NOTES, own_incipits
from unsung.model.errors import LibraryError

ABC = "X:1\nT:Our song\nC:trad.\nO:here\nM:4/4\nL:1/4\nK:G\nGABc|d4|\n"
CSV = "name,notes,tradition\nOur song,G4 A4 B4 C5 D5:4,here\n"


def written(path, content):
    path.write_text(content, encoding="utf-8")
    return path


def midi(path, pitches):
    file, track = mido.MidiFile(), mido.MidiTrack()
    file.tracks.append(track)
    for pitch in pitches:
        track.append(mido.Message("note_on", note=pitch, velocity=80, time=0))
        track.append(mido.Message("note_off", note=pitch, velocity=0, time=480))
    file.save(path)
    return path


def test_abc_and_csv_say_the_same(tmp_path):
    (abc,) = own_incipits(written(tmp_path / "a.abc", ABC))
    (csv,) = own_incipits(written(tmp_path / "a.csv", CSV))
    assert abc.notes == csv.notes
    assert (abc.name, abc.tradition, abc.kind) == (csv.name, csv.tradition, csv.kind)
    assert (abc.name, abc.kind, abc.by) == ("Our song", "own", "trad.")


def test_a_score_is_one_melody_by_the_name_of_its_file(tmp_path):
    (found,) = own_incipits(midi(tmp_path / "Ours.mid", (60, 62, 64, 65, 67)))
    assert found.name == "Ours"
    assert np.diff(found.notes.midi_pitch).tolist() == [2, 2, 1, 2]


def test_a_folder_holds_all_its_melodies_and_other_files_are_passed_over(tmp_path):
    written(tmp_path / "b.abc", ABC)
    written(tmp_path / "a.csv", CSV)
    written(tmp_path / "notes.txt", "hello")
    assert [one.name for one in own_incipits(tmp_path)] == ["Our song", "Our song"]


def test_of_a_long_melody_the_beginning_counts(tmp_path):
    (found,) = own_incipits(midi(tmp_path / "long.mid", [60 + k % 7 for k in range(90)]))
    assert len(found.notes) == MOST_NOTES


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.abc", "X:1\nT:Ours\nK:C\nC ? D E F G\n", "Ours: '"),
        ("a.abc", "X:1\nT:Ours\nK:C\nCD\n", "Ours has fewer than 5 notes"),
        ("a.abc", "nothing", "it holds fewer than 5 notes"),
        ("a.abc", "", "it holds fewer"),
        ("a.csv", "", "its columns are none"),
        ("a.csv", "title,notes\nx,C4\n", "its columns are title, notes"),
        ("a.csv", "name,notes\nOurs,C4 D4 H4\n", "line 2: 'H4' is no note"),
        ("a.csv", "name,notes\n,C4 D4\n", "line 2 has no name"),
        ("a.csv", "name,notes\nOurs,C4 D4,more\n", "line 2 has no name, or more cells"),
        ("a.mid", "not midi", ""),
        ("a.doc", "x", "is no ABC"),
    ],
)
def test_a_fault_is_one_line_that_names_the_file(tmp_path, name, content, said):
    path = written(tmp_path / name, content)
    with pytest.raises(LibraryError) as told:
        own_incipits(path)
    assert str(path) in str(told.value) or path.name in str(told.value)
    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_what_is_not_there_and_an_empty_folder_are_named(tmp_path):
    with pytest.raises(LibraryError, match="does not exist"):
        own_incipits(tmp_path / "none.abc")
    with pytest.raises(LibraryError, match="holds no ABC"):
        own_incipits(tmp_path)


def test_what_is_no_text_is_named(tmp_path):
    (tmp_path / "a.abc").write_bytes(b"\xff\xfe\x00X:1")
    with pytest.raises(LibraryError, match="not UTF-8"):
        own_incipits(tmp_path / "a.abc")
