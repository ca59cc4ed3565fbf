"""A motif planted in scores is found in every disguise, and nothing where nothing returns."""

import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from lines_of_notes import TUNE, moved, notes, together, wandering

from unsung.model.notes import Notes
from unsung.motifs.symbolic.recurrence import motifs_in_scores, occurrences_in_score

STARTS = (0.0, 30.0, 60.0, 90.0)


def album(dressed):
    return together(
        *(moved(dressed[k], later=start) for k, start in enumerate(STARTS)),
        *(wandering(24, k, later=start + 12) for k, start in enumerate(STARTS[:3])),
    )


PLAIN = (TUNE,) * 4
DISGUISES = {
    "key": (moved(TUNE, higher=5), 0),
    "register": (moved(TUNE, higher=12), 0),
    "tempo": (moved(TUNE, slower=2), 0),
    "ornament": ((*TUNE[:3], (1.75, 66), (1.9, 63), *TUNE[3:]), 1),
    "left out": ((*TUNE[:2], *TUNE[3:]), 1),
}


@pytest.mark.parametrize("change", DISGUISES)
def test_a_line_is_found_in_every_disguise_and_the_disguise_is_named(change):
    dressed, _ = DISGUISES[change]
    score = album((TUNE, dressed, TUNE, TUNE))
    found = occurrences_in_score(notes(TUNE), score, "a.mid")
    there = [one for one in found if one.span.start_s == STARTS[1]]
    assert len(there) == 1
    assert change in there[0].changes
    assert {one.span.start_s for one in found[:4]} == set(STARTS)


def test_transposition_and_tempo_are_said():
    score = album((TUNE, moved(TUNE, higher=-4), moved(TUNE, slower=2), TUNE))
    found = {one.span.start_s: one for one in occurrences_in_score(notes(TUNE), score)}
    assert found[STARTS[1]].transposition_semitones == -4
    assert found[STARTS[2]].tempo_ratio == pytest.approx(0.5)


def test_every_pair_names_notes_that_answer_each_other():
    found = occurrences_in_score(notes(TUNE), album(PLAIN))
    assert found[0].pairs == tuple((k, k) for k in range(len(TUNE)))


def test_a_motif_that_returns_in_two_tracks_is_found_unasked():
    one, other = album(PLAIN), album(tuple(moved(TUNE, higher=3) for _ in STARTS))
    found = motifs_in_scores((("01.mid", one), ("02.mid", other)))
    stated = [{(o.track_file, o.span.start_s) for o in motif.occurrences} for motif in found]
    everywhere = {(file, start) for file in ("01.mid", "02.mid") for start in STARTS}
    nearly = [
        len({(f, s) for f, s in everywhere if any(f == g and abs(s - t) < 2 for g, t in places)})
        for places in stated
    ]
    assert max(nearly) == len(everywhere)


def test_motifs_come_likeliest_first_with_labels_in_order():
    found = motifs_in_scores((("01.mid", album(PLAIN)),))
    assert [motif.label for motif in found] == [chr(65 + k) for k in range(len(found))]
    assert all(a.prominence >= b.prominence for a, b in pairwise(found))


@pytest.mark.parametrize("rows", [[], [(0, 60)], [(0, 60), (1, 62)], [(0, 60), (1, 62), (2, 64)]])
def test_too_few_notes_hold_no_motif(rows):
    assert motifs_in_scores((("a.mid", notes(rows)),)) == ()
    assert occurrences_in_score(notes(rows), Notes.none()) == ()
    assert occurrences_in_score(Notes.none(), notes(rows)) == ()


def test_no_scores_hold_no_motif():
    assert motifs_in_scores(()) == ()


def crowds():
    drone = Notes.sorted(np.arange(20_000) / 4, 0.2, np.full(20_000, 60))
    dice = np.random.default_rng(3)
    bar = Notes.sorted(dice.uniform(0, 4, 100_000), 0.1, dice.integers(0, 128, 100_000))
    at_once = Notes.sorted(np.zeros(100_000), 0.1, np.arange(100_000) % 128)
    return {"drone": drone, "a bar of 100,000 notes": bar, "all at once": at_once}


@pytest.mark.parametrize("name", crowds())
def test_silly_music_is_answered_in_bounded_time(name):
    started_s = time.process_time()
    motifs_in_scores((("a.mid", crowds()[name]),))
    occurrences_in_score(notes(TUNE), crowds()[name])
    assert time.process_time() - started_s < 20
