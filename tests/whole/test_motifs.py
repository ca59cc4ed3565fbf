"""`unsung motifs`, as a person meets it: found, sought, confirmed, rejected, named, taken back."""

import json
import shutil
import sys
from pathlib import Path

import mido
import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

import unsung as api
from unsung.cli import unsung as cli
from unsung.model.errors import UnsungError

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from voices import RATE_HZ, voice

TUNE = ((0, 60), (1, 67), (1.5, 65), (2, 64), (3, 69), (3.5, 71), (4, 62), (5, 60))
TUNE_S = 3.0


def wandering(count: int, seed: int) -> list[tuple[float, int]]:
    """A line that nobody has heard before."""
    dice = np.random.default_rng(seed)
    onset = np.cumsum(dice.choice([0.5, 1.0, 1.5], count))
    return list(zip(onset.tolist(), dice.integers(55, 80, count).tolist(), strict=True))


def written(path: Path, rows: list[tuple[float, int]]) -> None:
    """A MIDI file of quarters (120 a minute) and pitches."""
    track = mido.MidiTrack()
    timed = [(onset + 0.45 * off, off, pitch) for onset, pitch in rows for off in (0, 1)]
    now = 0.0
    for at, off, pitch in sorted(timed):
        kind = "note_off" if off else "note_on"
        track.append(mido.Message(kind, note=pitch, time=round((at - now) * 480)))
        now = at
    midi = mido.MidiFile(ticks_per_beat=480)
    midi.tracks.append(track)
    midi.save(path)


def told(later: float, higher: int = 0) -> list[tuple[float, int]]:
    return [(onset + later, pitch + higher) for onset, pitch in TUNE]


@pytest.fixture(scope="module")
def _heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "Scores"
    folder.mkdir()
    for number, higher in enumerate((0, 5, -3), start=1):
        passing = [(onset + 8, pitch) for onset, pitch in wandering(16, number)]
        rows = told(0, higher) + passing + told(40, higher + 2)
        written(folder / f"0{number} Track.mid", rows)
    api.listen(folder, jobs=1)
    return folder


@pytest.fixture
def scores(_heard: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_heard, tmp_path / _heard.name))


def listed(unsung, place):
    return json.loads(unsung("motifs", "list", place, "--json").stdout)["motifs"]


def test_the_motif_that_comes_back_everywhere_is_found_first(unsung, scores):
    first = listed(unsung, scores)[0]
    places = {(one["track"], round(one["start_s"])) for one in first["occurrences"]}
    wanted = {(f"0{number} Track.mid", start) for number in (1, 2, 3) for start in (0, 20)}
    assert wanted <= places
    assert first["label"] == "A"
    shown = unsung("motifs", "list", scores).stdout
    assert shown.startswith("A ")


def test_a_passage_asks_for_all_its_returns(unsung, scores):
    done = unsung("motifs", "find", scores / "01 Track.mid", "0:00-0:03", "--json")
    found = json.loads(done.stdout)
    best = {(one["track"], round(one["start_s"])): one for one in found[:6]}
    assert len(best) == 6
    assert best["02 Track.mid", 0]["transposition_semitones"] == 5
    assert best["03 Track.mid", 20]["transposition_semitones"] == -1


def test_notes_in_words_and_a_midi_file_ask_the_same(unsung, scores, tmp_path):
    words = "C4 G4:1/2 F4:1/2 E4 A4:1/2 B4:1/2 D4 C4"
    written(tmp_path / "asked.mid", told(0))
    by_words = unsung("motifs", "find", words, "--in", scores, "--json")
    by_file = unsung("motifs", "find", tmp_path / "asked.mid", "--in", scores, "--json")
    places = [
        {(one["track"], round(one["start_s"])) for one in json.loads(done.stdout)[:6]}
        for done in (by_words, by_file)
    ]
    assert places[0] == places[1]
    assert len(places[0]) == 6
    assert "fourth higher" in unsung("motifs", "find", words, "--in", scores).stdout


def test_what_somebody_sings_asks_too(unsung, scores, tmp_path):
    pitches, lasts_s = [pitch for _, pitch in TUNE], np.diff([onset for onset, _ in TUNE] + [6]) / 2
    soundfile.write(tmp_path / "hum.wav", voice(pitches, lasts_s, semitones=-7.3), RATE_HZ)
    found = json.loads(
        unsung("motifs", "find", tmp_path / "hum.wav", "--sung", "--in", scores, "--json").stdout
    )
    assert len({(one["track"], round(one["start_s"])) for one in found[:6]}) == 6
    soundfile.write(tmp_path / "none.wav", np.zeros(RATE_HZ), RATE_HZ)
    done = unsung("motifs", "find", tmp_path / "none.wav", "--sung", "--in", scores)
    assert done.returncode == 1
    assert "0 notes can be heard in it" in done.stderr


def test_what_people_say_counts_at_once_and_survives_the_loss_of_the_project(unsung, scores):
    unsung("motifs", "name", scores, "A", "The Sea", "--means", "home", "--source", "liner notes")
    unsung("motifs", "reject", scores, "A", "02 Track", "0:20-0:23")
    shutil.rmtree(scores / "unsung")
    unsung("listen", scores)
    first = listed(unsung, scores)[0]
    soundtrack = api.remembered(scores)
    assert (soundtrack.motifs[0].name, soundtrack.motifs[0].meaning) == ("The Sea", "home")
    places = {(one["track"], round(one["start_s"])) for one in first["occurrences"]}
    assert ("02 Track.mid", 20) not in places
    assert ("02 Track.mid", 0) in places
    assert "The Sea" in (scores / "unsung" / "report.html").read_text()


def test_what_was_said_last_can_be_taken_back(unsung, scores):
    unsung("motifs", "reject", scores, "A", "02 Track", "0:20-0:23")
    assert "02 Track.mid" in unsung("motifs", "undo", scores).stdout
    places = {
        (one["track"], round(one["start_s"])) for one in listed(unsung, scores)[0]["occurrences"]
    }
    assert ("02 Track.mid", 20) in places
    empty = unsung("motifs", "undo", scores)
    assert empty.returncode == 1
    assert "nothing was said" in empty.stderr


def test_a_motif_only_a_person_heard_is_added(unsung, scores):
    done = unsung("motifs", "confirm", scores, "Passing", "1", "0:05-0:09")
    assert done.returncode == 0
    named = [one.name for one in api.remembered(scores).motifs]
    assert "Passing" in named


def by_label(place):
    return {one.label: one for one in api.remembered(place).motifs}


def said_to(*words):
    """The command in this very process: what it prints, or what it raises."""
    done = CliRunner().invoke(cli, ["motifs", *map(str, words)])
    if done.exception:
        raise done.exception
    return done.output


def test_places_are_split_off_merged_again_and_all_is_taken_back(scores):
    before = by_label(scores)
    assert len(said_to("list", scores, "A").splitlines()) == 2 + len(before["A"].occurrences)
    split = said_to("split", scores, "A", "2", "03 Track@0:21", "--name", "The Sea")
    (label,) = set(by_label(scores)) - set(before)
    own = by_label(scores)[label]
    assert (own.name, own.parted_from, len(own.occurrences)) == ("The Sea", "A", 2)
    assert f"2 of {len(before['A'].occurrences)} places of A are {label} now" in split
    assert "Parted from motif A" in (scores / "unsung" / "report.html").read_text()
    said_to("merge", scores, "A", "The Sea")
    whole = by_label(scores)["A"]
    assert len(whole.occurrences) == len(before["A"].occurrences)
    assert (whole.name, set(whole.other_names)) == ("The Sea", {label})
    assert f"also known as {label}" in said_to("list", scores)
    assert f"one with {label}" in said_to("undo", scores)
    assert f"{label} as a motif of its own" in said_to("undo", scores)
    assert set(by_label(scores)) == set(before)


def test_what_was_split_off_survives_the_loss_of_the_project(scores):
    before = by_label(scores)
    said_to("split", scores, "A", "2", "4")
    after = by_label(scores)
    (label,) = set(after) - set(before)
    shutil.rmtree(scores / "unsung")
    api.listen(scores, jobs=1)
    again = by_label(scores)
    assert again.keys() == after.keys()
    assert len(again[label].occurrences) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("merge", "{}", "A", "Q"), "no motif 'Q'"),
        (("merge", "{}", "A", "A"), "one motif already"),
        (("split", "{}", "A"), "no place of A was chosen"),
        (("split", "{}", "A", "99"), "'99' is no place of A; give a number of 1 to"),
        (("split", "{}", "A", "1@0:15"), "'1@0:15' is no place of A"),
        (("split", "{}", "A", "1@noon"), "'1@noon' is no place of A"),
        (("split", "{}", "A", "9@0:01"), "no track '9'"),
        (("split", "{}", "A", *map(str, range(1, 7))), "that is every place of A"),
    ],
)
def test_a_merge_or_split_that_makes_no_sense_is_one_line(scores, words, said):
    with pytest.raises(UnsungError) as error:
        said_to(*(word.format(scores) for word in words))
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert not (scores / "motifs.jsonl").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("find", "no such thing", "--in", "{}"), "neither a file nor a line of notes"),
        (("find", "1", "5-3", "--in", "{}"), "no stretch of time"),
        (("find", "9", "0:01-0:03", "--in", "{}"), "no track '9'"),
        (("find", "C4 D4"), "--in"),
        (("name", "{}", "Q", "X"), "no motif 'Q'"),
        (("name", "{}", "A", "X", "--means", "home"), "needs its source"),
        (("reject", "{}", "A", "nowhere", "0:01-0:02"), "no track 'nowhere'"),
    ],
)
def test_what_is_not_understood_is_one_line(unsung, scores, words, said):
    done = unsung("motifs", *(word.format(scores) for word in words))
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
