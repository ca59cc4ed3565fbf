"""What comes back by coincidence is told from what comes back."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from lines_of_notes import OTHER, TUNE, moved, notes, together, wandering

from unsung.model.notes import Notes
from unsung.motifs.lines import lines
from unsung.motifs.symbolic.coincidence import evidence_bits, luck_in, own_bits
from unsung.motifs.symbolic.recurrence import motifs_in_scores, occurrences_in_score

EVERYTHING = tuple((k, k) for k in range(len(TUNE)))


def album_of(*rows):
    return lines(tuple(notes(row) for row in rows))


@pytest.fixture
def luck():
    return luck_in(album_of(TUNE, *(wandering(60, seed) for seed in range(4))))


def evidence(found, luck, pairs=EVERYTHING, tempo_ratio=1.0):
    return evidence_bits(notes(TUNE), found, pairs, tempo_ratio, luck)


def test_an_exact_return_is_worth_what_the_line_costs(luck):
    assert evidence(notes(TUNE), luck) == pytest.approx(own_bits(notes(TUNE), luck))
    assert own_bits(notes(TUNE), luck) > 8


def test_key_and_tempo_take_nothing_away(luck):
    other = notes(moved(TUNE, higher=5, slower=2))
    assert evidence(other, luck, tempo_ratio=0.5) == pytest.approx(own_bits(notes(TUNE), luck))


def test_what_agrees_less_is_worth_less(luck):
    bent = [(onset, pitch + (k == 3)) for k, (onset, pitch) in enumerate(TUNE)]
    exact, nearly = evidence(notes(TUNE), luck), evidence(notes(bent), luck)
    assert evidence(notes(OTHER), luck) < 0 < nearly < exact


def test_what_the_album_plays_all_the_time_costs_little():
    figure = tuple((k / 2, pitch) for k, pitch in enumerate((60, 72, 61, 73) * 2))
    rare = luck_in(album_of(*(wandering(100, seed) for seed in range(4))))
    everywhere = luck_in(album_of(*(moved(figure * 8, later=k) for k in range(8))))
    assert own_bits(notes(figure), everywhere) < own_bits(notes(figure), rare) - 8


@pytest.mark.parametrize("line", [Notes.none(), notes(TUNE[:2])], ids=["no notes", "two notes"])
def test_too_short_a_line_is_no_evidence(line, luck):
    assert evidence_bits(line, notes(TUNE), EVERYTHING[: len(line)], 1.0, luck) < 0


def test_unrelated_tracks_share_no_motif():
    scores = tuple((f"{k}.mid", notes(wandering(150, 40 + k))) for k in range(8))
    shared = [
        one for one in motifs_in_scores(scores) if len({o.track_file for o in one.occurrences}) > 1
    ]
    assert shared == []


def test_a_tune_that_goes_through_an_album_comes_first_with_its_fragments():
    dressed = (TUNE, moved(TUNE, higher=4), moved(TUNE[:6], higher=-2), moved(TUNE, slower=2))
    scores = tuple(
        (f"{k}.mid", together(one, moved(wandering(30, 60 + k), later=20)))
        for k, one in enumerate(dressed)
    )
    first = motifs_in_scores(scores)[0]
    assert {one.track_file for one in first.occurrences if one.span.start_s < 1} == {
        "0.mid", "1.mid", "2.mid", "3.mid",
    }  # fmt: skip
    assert all(one.confidence >= 0.8 for one in first.occurrences)


def test_silence_and_a_single_note_hold_no_motif():
    assert motifs_in_scores((("a", Notes.none()), ("b", notes(TUNE[:1])))) == ()
    assert occurrences_in_score(notes(TUNE), Notes.none()) == ()


def test_a_hundred_thousand_notes_at_once_and_stuck_notes_end_in_time():
    heap = Notes.sorted(np.zeros(100_000), 1.0, np.arange(100_000) % 128)
    stuck = Notes.sorted(np.arange(50.0), 1e6, 60 + np.arange(50) % 3)
    found = motifs_in_scores((("heap", heap), ("stuck", stuck)))
    assert {one.track_file for motif in found for one in motif.occurrences} <= {"stuck"}
