"""Whether a motif stands on other chords than before."""

import sys
from pathlib import Path

from attrs import evolve

sys.path.insert(0, str(Path(__file__).parent / "symbolic"))
sys.path.insert(0, str(Path(__file__).parents[1] / "pages"))

from lines_of_notes import TUNE, moved, notes
from soundtracks import score_hearing, track

from unsung.model.harmony import Chord, ChordSpan
from unsung.model.hearing import Heard
from unsung.model.motif import Motif, Occurrence
from unsung.model.outcomes import UNDECIDED
from unsung.model.time import Span
from unsung.motifs.answering import as_prototype, told_from
from unsung.motifs.beneath import with_harmony

C, F, G, A_MINOR, D = (
    Chord(root, quality, root)
    for root, quality in ((0, "maj"), (5, "maj"), (7, "maj"), (9, "min"), (2, "maj"))
)


def heard(file_number, chords):
    """A score of 12 s with a chord every 2 s."""
    one = track(file_number, "x", "score")
    hearing = score_hearing(12.0)
    spans = tuple(
        ChordSpan(Span(2 * k, 2 * k + 2), chord, 0.0 if chord is UNDECIDED else 0.9)
        for k, chord in enumerate(chords)
    )
    return Heard(one, evolve(hearing, chords=evolve(hearing.chords, spans=spans)))


def changes(ours, theirs, higher=0):
    tracks = (heard(1, ours), heard(2, theirs))
    first = as_prototype(Occurrence(tracks[0].track.file, Span(0, 5), notes=notes(TUNE)))
    line = notes(moved(TUNE, higher=higher))
    second = told_from(first, Occurrence(tracks[1].track.file, Span(0, 5), notes=line))
    chords = {one.track.file: one.hearing.chords for one in tracks}
    (motif,) = with_harmony((Motif("A", first, (first, second)),), chords)
    return motif.occurrences[1].changes


def test_the_same_chords_are_no_change():
    assert "harmony" not in changes((C, F, G) * 2, (C, F, G) * 2)


def test_other_chords_are():
    assert "harmony" in changes((C, F, G) * 2, (A_MINOR, D, A_MINOR) * 2)


def test_chords_that_move_with_the_melody_are_the_same():
    up = tuple(
        evolve(
            one,
            root_pitch_class=(one.root_pitch_class + 2) % 12,
            bass_pitch_class=(one.bass_pitch_class + 2) % 12,
        )
        for one in (C, F, G) * 2
    )
    assert "harmony" not in changes((C, F, G) * 2, up, higher=2)
    assert "harmony" in changes((C, F, G) * 2, (C, F, G) * 2, higher=2)


def test_where_chords_are_not_known_nothing_is_said():
    assert "harmony" not in changes((C, F, G) * 2, (UNDECIDED, UNDECIDED, D) * 2)
