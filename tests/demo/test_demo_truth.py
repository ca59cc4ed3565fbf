"""The truth agrees with itself, and the score has all that a listener should be tried with."""

import statistics
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

CHANGES = {
    "key", "tempo", "register", "instrument", "mode", "rhythm", "ornament", "fragment", "harmony",
    "texture",
}  # fmt: skip


def _statements(known, label=None):
    return [one for one in known["statements"] if label in (None, one["motif"])]


def _core(statement):
    """The motif's own notes in a statement: index -> (onset, pitch)."""
    pairs = zip(statement["core"], statement["notes"], strict=True)
    return {index: note for index, note in pairs if index >= 0}


def test_there_are_eight_minutes_of_music_and_more(known):
    assert sum(one["duration_s"] for one in known["tracks"]) >= 8 * 60


def test_every_statement_lies_inside_its_track_and_holds_its_notes(known):
    durations_s = {one["file"]: one["duration_s"] for one in known["tracks"]}
    for one in _statements(known):
        onsets_s = [onset_s for onset_s, _ in one["notes"]]
        assert 0 <= one["start_s"] < one["end_s"] <= durations_s[one["track"]]
        assert onsets_s == sorted(onsets_s)
        assert one["start_s"] == onsets_s[0]
        assert onsets_s[-1] <= one["end_s"]


def test_four_motifs_return_each_at_least_eight_times(known):
    counts = Counter(one["motif"] for one in _statements(known))
    assert set(counts) == {motif["label"] for motif in known["motifs"]} == set("ABCD")
    assert min(counts.values()) >= 8


def test_the_motifs_differ_in_rhythm_and_in_contour(known):
    rhythms = {tuple(duration for _, duration, _ in one["notes"]) for one in known["motifs"]}
    contours = {
        tuple(int(np.sign(b[2] - a[2])) for a, b in pairwise(one["notes"]))
        for one in known["motifs"]
    }
    assert len(rhythms) == len(contours) == 4
    assert all(5 <= len(one["notes"]) <= 12 for one in known["motifs"])


def test_every_motif_is_first_stated_plainly(known):
    by_id = {one["id"]: one for one in _statements(known)}
    for motif in known["motifs"]:
        first = by_id[motif["prototype"]]
        assert first is next(one for one in _statements(known, motif["label"]))
        assert first["changes"] == []
        assert [pitch for _, pitch in first["notes"]] == [pitch for *_, pitch in motif["notes"]]


def test_every_disguise_is_worn_and_no_unknown_one(known):
    worn = Counter(change for one in _statements(known) for change in one["changes"])
    assert set(worn) == CHANGES


@pytest.mark.parametrize("label", "ABCD")
def test_each_motif_changes_key_tempo_instrument_and_harmony(known, label):
    worn = {change for one in _statements(known, label) for change in one["changes"]}
    assert {"key", "tempo", "instrument", "harmony", "fragment"} <= worn
    ratios = [one["tempo_ratio"] for one in _statements(known, label)]
    assert max(ratios) > 1.15
    assert min(ratios) < 0.85


def test_the_other_mode_is_heard_of_every_motif_that_has_one(known):
    modal = {one["motif"] for one in _statements(known) if "mode" in one["changes"]}
    assert modal == {"A", "B", "D"}


def test_the_transposition_is_what_the_notes_say(known):
    """In the same mode every note moves alike; in the other, the third, sixth and seventh yield."""
    notes = {motif["label"]: motif["notes"] for motif in known["motifs"]}
    for one in _statements(known):
        moves = [pitch - notes[one["motif"]][i][2] for i, (_, pitch) in _core(one).items()]
        off = [move - one["transposition_semitones"] for move in moves]
        allowed = {-1, 0, 1} if "mode" in one["changes"] else {0}
        assert set(off) <= allowed
        assert ("mode" in one["changes"]) == (set(off) != {0}) or "fragment" in one["changes"]


def test_the_tempo_ratio_is_what_the_onsets_say(known):
    by_id = {one["id"]: one for one in _statements(known)}
    for motif in known["motifs"]:
        first = _core(by_id[motif["prototype"]])
        for one in _statements(known, motif["label"]):
            here = _core(one)
            low, high = min(here), max(here)
            ratio = (first[high][0] - first[low][0]) / (here[high][0] - here[low][0])
            assert one["tempo_ratio"] == pytest.approx(ratio, rel=0.02)
            assert ("tempo" in one["changes"]) == (not 0.8 <= one["tempo_ratio"] <= 1.25)


def test_ornaments_are_marked_as_such(known):
    for one in _statements(known):
        assert (one["ornaments"] > 0) == (-1 in one["core"]) == ("ornament" in one["changes"])


def test_some_cues_state_no_motif_and_are_like_no_other(known):
    silent_about = {one["title"]: one["mode"] for one in known["tracks"] if not one["motifs"]}
    assert silent_about == {"Nets and Fiddles": "dorian", "Under the Keel": "atonal"}
    named = {one["track"] for one in _statements(known)}
    assert named == {one["file"] for one in known["tracks"] if one["motifs"]}


def test_one_cue_fuses_genres(known):
    (fusion,) = (one for one in known["tracks"] if one["kind"].startswith("fusion"))
    assert {"electronic drums", "sequencer", "violins", "horns"} <= set(fusion["instruments"])


def test_the_farewell_comes_late_and_disguises_the_keeper_as_nothing_else_does(known):
    tracks = known["tracks"]
    (place,) = (i for i, one in enumerate(tracks) if one["kind"] == "farewell")
    assert place >= len(tracks) * 0.7
    most = max(_statements(known, "A"), key=lambda one: len(one["changes"]))
    assert most["track"] == tracks[place]["file"]
    assert {"key", "tempo", "mode", "ornament", "harmony", "instrument"} <= set(most["changes"])


def test_every_cue_is_orchestrated_and_sections_cover_it(known):
    for one in known["tracks"]:
        assert len(one["instruments"]) >= 5
        edges = [(part["start_s"], part["end_s"]) for part in one["sections"]]
        assert edges[0][0] == 0
        assert edges[-1][1] == one["duration_s"]
        assert all(a[1] == b[0] for a, b in pairwise(edges))


def test_tempo_breathes_wherever_no_machine_plays(known):
    for one in known["tracks"]:
        spread = statistics.pstdev(bpm for _, bpm in one["tempo"])
        assert (spread == 0) == one["kind"].startswith("fusion")
