"""What a listener would agree comes back, and what does not."""

import numpy as np
import pytest

from unsung.model.errors import UnsungError
from unsung.model.notes import Notes
from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.motifs.evidence import CLOCK, chances_in_sound, evidence, folded
from unsung.motifs.leading import leading_line
from unsung.motifs.recurrence import Listened, motifs, occurrences, passage
from unsung.motifs.tracking import overlap

THEME = (60, 64, 62, 67, 65, 69, 71, 66)
LENGTHS_S = (0.6, 0.3, 0.3, 0.9, 0.3, 0.6, 0.3, 0.9)


def sung(at_s: float, up: int = 0, speed: float = 1.0, pitches: tuple[int, ...] = THEME) -> Notes:
    lasts = np.array(LENGTHS_S[: len(pitches)]) / speed
    onset = at_s + np.concatenate(([0.0], np.cumsum(lasts)[:-1]))
    return Notes.sorted(onset, lasts, np.array(pitches) + up)


def wandering(seed: int, lasts_s: float) -> Notes:
    """A line that never says the same thing twice."""
    dice = np.random.default_rng(seed)
    onset = np.arange(0, lasts_s, 0.4)
    return Notes.sorted(onset, 0.4, dice.integers(55, 79, onset.size))


def with_theme(line: Notes, *themes: Notes) -> Notes:
    for theme in themes:
        start, end = theme.onset_s[0], theme.end_s[-1]
        line = line.where((line.end_s <= start) | (line.onset_s >= end))
        line = Notes.sorted(
            np.concatenate((line.onset_s, theme.onset_s)),
            np.concatenate((line.duration_s, theme.duration_s)),
            np.concatenate((line.midi_pitch, theme.midi_pitch)),
        )
    return line


def album(*tracks: Notes, lasts_s: float = 40.0) -> Listened:
    count = int(lasts_s * CLOCK.rate_hz)
    rows = tuple((f"{k}.ogg", folded(track, count)) for k, track in enumerate(tracks, start=1))
    return Listened(evidence(rows), tracks)


@pytest.fixture(scope="module")
def planted() -> Listened:
    return album(
        with_theme(wandering(1, 40), sung(4), sung(20, up=5)),
        with_theme(wandering(2, 40), sung(10, up=-3, speed=0.8)),
        with_theme(wandering(3, 40), sung(8, up=2, speed=1.25), sung(30, up=12)),
    )


def test_a_marked_passage_finds_its_fellows_in_every_key_and_tempo(planted: Listened):
    found = occurrences(passage(planted, "1.ogg", Span(4, 8.2)), planted)
    where = {(one.track_file, round(one.span.start_s)) for one in found[:5]}
    assert where == {("1.ogg", 4), ("1.ogg", 20), ("2.ogg", 10), ("3.ogg", 8), ("3.ogg", 30)}


def test_transposition_and_tempo_are_told_as_a_musician_would(planted: Listened):
    found = occurrences(passage(planted, "1.ogg", Span(4, 8.2)), planted)
    told = {(one.track_file, round(one.span.start_s)): one for one in found[:5]}
    fourth_up, slower, octave = told["1.ogg", 20], told["2.ogg", 10], told["3.ogg", 30]
    assert fourth_up.transposition_semitones == 5
    assert "key" in fourth_up.changes
    assert slower.transposition_semitones == -3
    assert slower.tempo_ratio == pytest.approx(0.8, rel=0.1)
    assert "tempo" in slower.changes
    assert octave.transposition_semitones == 12
    assert "register" in octave.changes
    assert "key" not in octave.changes


def test_every_note_of_a_plain_statement_answers_one_of_the_prototype(planted: Listened):
    found = occurrences(passage(planted, "1.ogg", Span(4, 8.2)), planted)
    best = next(one for one in found if one.track_file == "1.ogg" and one.span.start_s < 5)
    assert best.pairs == tuple((k, k) for k in range(len(THEME)))
    assert best.notes.midi_pitch.tolist() == list(THEME)


def test_what_comes_back_is_found_untold_and_first(planted: Listened):
    first, *_ = motifs(planted)
    for file, start_s in (("1.ogg", 4), ("1.ogg", 20), ("2.ogg", 10), ("3.ogg", 8), ("3.ogg", 30)):
        near = [one.span for one in first.occurrences if one.track_file == file]
        assert any(overlap(span, Span(start_s, start_s + 4.2)) > 0.6 for span in near)
    assert first.label == "A"
    assert first.prototype.changes == ()


def test_the_prototype_is_an_occurrence_that_sounds_where_it_says(planted: Listened):
    first, *_ = motifs(planted)
    assert first.prototype in first.occurrences
    sung_there = passage(planted, first.prototype.track_file, first.prototype.span)
    notes = first.prototype.notes
    assert notes.midi_pitch.tolist() == sung_there.midi_pitch.tolist()
    np.testing.assert_allclose(notes.onset_s, sung_there.onset_s, atol=0.2)
    assert first.prototype.pairs == tuple((k, k) for k in range(len(notes)))


def test_all_occurrences_are_told_relative_to_the_prototype(planted: Listened):
    first, *_ = motifs(planted)
    for one in first.occurrences:
        ours, theirs = np.array(one.pairs).T
        moved = one.notes.midi_pitch[theirs] - first.prototype.notes.midi_pitch[ours]
        assert np.median(moved) == one.transposition_semitones
        assert one.tempo_ratio == pytest.approx(
            first.prototype.span.duration_s / one.span.duration_s, rel=0.15
        )


def test_confidence_never_rises_towards_worse_places(planted: Listened):
    sure = [one.confidence for one in occurrences(passage(planted, "1.ogg", Span(4, 8.2)), planted)]
    assert sure == sorted(sure, reverse=True)
    assert sure[4] > 0.8


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(Notes.none(), id="silence"),
        pytest.param(Notes.sorted([1.0], [0.5], [60]), id="one note"),
        pytest.param(Notes.sorted(np.arange(0, 40, 0.5), 0.5, np.full(80, 48)), id="a drone"),
        pytest.param(
            Notes.sorted(np.arange(20_000) / 20_000, 0.01, np.arange(20_000) % 40 + 40),
            id="a swarm",
        ),
    ],
)
def test_music_without_an_idea_has_no_motif(line: Notes):
    assert motifs(album(line, line)) == ()


def test_noise_has_no_motif():
    dice = np.random.default_rng(0)
    chances = dice.dirichlet(np.full(12, 0.3), 2_000).T.astype(np.float32)
    still = Feature(np.vstack([chances, np.zeros((1, 2_000), np.float32)]), CLOCK)
    curve = chances_in_sound(still, Feature(chances, CLOCK), Notes.none())
    noise = Listened(evidence((("noise.ogg", curve),)), (leading_line(curve, Notes.none()),))
    assert motifs(noise) == ()


def test_a_ten_hour_drone_is_answered_soon_and_honestly():
    count = int(10 * 3600 * CLOCK.rate_hz)
    drone = Notes.sorted([0.0], [36_000.0], [48])
    long = Listened(evidence((("drone.ogg", folded(drone, count)),)), (drone,))
    assert motifs(long) == ()
    assert occurrences(drone, long) == ()
    found = occurrences(sung(0), long)
    assert all(one.confidence < 0.1 for one in found)


def test_drums_have_no_motif():
    """Unpitched strokes are transcribed, if at all, as the same few pitches over and over."""
    onset = np.arange(0, 39, 0.25)
    strokes = Notes.sorted(onset, 0.1, np.tile([36, 42, 38, 42], onset.size // 4))
    assert motifs(album(strokes, strokes)) == ()


def test_no_track_has_no_motif():
    assert motifs(Listened(evidence(()), ())) == ()


def test_lines_that_merely_wander_share_no_motif():
    wanderings = tuple(wandering(seed, 40) for seed in range(10, 14))
    assert sum(motif.prominence > 0 for motif in motifs(album(*wanderings))) <= 1


def test_an_unknown_track_is_named_in_the_error(planted: Listened):
    with pytest.raises(UnsungError, match="no track nowhere"):
        passage(planted, "nowhere.ogg", Span(0, 1))
