"""Beats are tapped where there is a pulse, counted in bars, and nowhere else."""

import numpy as np
import pytest

from unsung.listening.beat_chain import beat_chain
from unsung.listening.loudness import loudness
from unsung.listening.metre import bars
from unsung.listening.pulse import pulse
from unsung.listening.pulse_changes import fermatas, tempo_changes
from unsung.listening.transcription import notes as transcribed
from unsung.listening.written_pulse import score_pulse
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CLEAR_PULSE, UNDECIDED
from unsung.model.pulse import Beats
from unsung.model.score import MetreMark, Score, TempoMark
from unsung.model.settings import NotesSettings, TempoSettings
from unsung.model.sound import Audio, Feature
from unsung.model.time import Frames

RATE_HZ = 22_050


def chords(beats_s, seconds):
    """A piano-like chord on every beat, a lower one on every third."""
    samples = np.zeros(round((seconds + 1) * RATE_HZ))
    since_s = np.arange(round(0.4 * RATE_HZ)) / RATE_HZ
    for index, beat_s in enumerate(beats_s):
        pitches = (43, 55, 62) if index % 3 == 0 else (60, 64, 67)
        for pitch in pitches:
            hz = 440 * 2 ** ((pitch - 69) / 12)
            wave = sum(np.sin(2 * np.pi * hz * k * since_s) / k**1.5 for k in range(1, 6))
            start = round(beat_s * RATE_HZ)
            samples[start : start + len(wave)] += 0.1 * wave * np.exp(-since_s / 0.15)
    return samples[: round(seconds * RATE_HZ)]


def heard(samples):
    audio = Audio([samples], RATE_HZ)
    notes = transcribed(audio, NotesSettings())
    return pulse(audio, notes, loudness(audio), TempoSettings())


def test_beats_fall_on_the_beats():
    true_s = np.arange(0.5, 29.5, 60 / 110)
    found = heard(chords(true_s, 30.0))
    inner = true_s[(true_s > 5) & (true_s < 25)]
    nearest_s = np.abs(found.beats.time_s[:, None] - inner).min(axis=0)
    assert np.mean(nearest_s < 0.07) > 0.95
    assert found.metres[0].span.start_s == 0
    assert found.metres[-1].span.end_s == 30


@pytest.mark.parametrize("samples", [0, 1, 2, 5_000, 200_000])
def test_silence_and_the_shortest_sounds_have_no_beats(samples):
    found = heard(np.zeros(samples))
    assert len(found.beats) == 0
    assert all(one.beats_a_bar is NO_CLEAR_PULSE for one in found.metres)
    assert found.changes == ()


def slow_chain_worth(frames, kinds, struck, resting, intervals, widths, earned, lost):
    """What a chain is worth, added up frame by frame; beyond the end, nothing."""
    total, before = resting[frames[0]], None
    for frame, kind in zip(frames, kinds, strict=True):
        end = min(frame + intervals[kind], len(resting) - 1)
        after = min(frame + widths[kind], end)
        total += struck[after] - struck[frame] + resting[end] - resting[after] + earned[kind]
        total -= 0 if before is None else lost[before, kind]
        before = kind
    return total


@pytest.mark.parametrize("seed", range(5))
def test_no_other_chain_of_beats_is_worth_more(seed):
    dice = np.random.default_rng(seed)
    evidence = dice.uniform(0.01, 0.99, 22)
    intervals, widths = np.array([4, 5, 7]), np.array([1, 1, 2])
    struck, resting = (
        np.concatenate([[0], np.cumsum(row)])
        for row in (np.log(evidence), np.log(1 - evidence) - 1)
    )
    earned, lost = np.zeros(3), 2.0 * (1 - np.eye(3))
    told = (struck, resting, intervals, widths, earned, lost)
    frames, kinds = beat_chain(*told)
    best = slow_chain_worth(frames, kinds, *told)
    for _ in range(3000):
        at, chain = int(dice.integers(7)), []
        while at < 22:
            chain.append((at, int(dice.integers(3))))
            at += intervals[chain[-1][1]]
        other = slow_chain_worth(*zip(*chain, strict=True), *told)
        assert other <= best + 1e-9


def bass_and_chords(beats_a_bar, count=48):
    """Beats half a second apart; the bass and the harmony move on the first of every bar."""
    rows = []
    for beat in range(count):
        bar, first = beat // beats_a_bar, beat % beats_a_bar == 0
        root = (48, 53, 55, 50)[bar % 4]
        if first:
            rows.append((beat / 2, beats_a_bar / 2 - 0.05, root - 12))
        rows += [(beat / 2, 0.45, root + step) for step in (0, 4, 7)]
    return Notes.sorted(*np.array(rows, float).T), np.arange(count) / 2


@pytest.mark.parametrize("beats_a_bar", [2, 3, 4])
def test_bars_begin_where_harmony_and_bass_move(beats_a_bar):
    notes, beats_s = bass_and_chords(beats_a_bar)
    nothing = Feature(np.full((2, 50 * 26), 0.1), Frames(50.0))
    places, sizes, agreement = bars(beats_s, nothing, notes)
    assert (sizes == beats_a_bar).mean() > 0.9
    assert (places == 1 + np.arange(len(beats_s)) % beats_a_bar).mean() > 0.9
    assert np.median(agreement) > 0.5


def test_a_ritardando_is_told_and_a_steady_tempo_is_not():
    steady = np.full(120, 100.0)
    slowing = np.concatenate([np.full(60, 100.0), np.linspace(100, 75, 20), np.full(40, 75.0)])
    always = np.ones(120, bool)
    assert list(tempo_changes(steady, always, Frames(2.0))) == []
    (found,) = tempo_changes(slowing, always, Frames(2.0))
    assert found.kind == "ritardando"
    assert found.tempo_ratio == pytest.approx(0.75, abs=0.03)
    assert found.span.start_s == pytest.approx(31, abs=2)
    assert list(tempo_changes(slowing, ~always, Frames(2.0))) == []


def test_a_long_held_chord_among_quarters_is_a_fermata():
    onset_s = np.concatenate([np.arange(0, 10, 0.5), np.arange(13, 20, 0.5)])
    lasting_s = np.where(onset_s == 9.5, 3.4, 0.4)
    notes = Notes.sorted(onset_s, lasting_s, np.full(len(onset_s), 60))
    beats = Beats(np.arange(0, 20, 0.5), np.zeros(40))
    (found,) = fermatas(beats, notes)
    assert (found.span.start_s, found.span.end_s) == (9.5, 13.0)
    assert list(fermatas(beats, Notes.none())) == []


def score(count, marks, bpm=120.0):
    onset_ql = np.arange(count, dtype=float)
    notes = Notes.sorted(onset_ql * 60 / bpm, 60 / bpm, np.full(count, 60))
    return Score(
        notes, onset_ql, np.ones(count), count * 60 / bpm,
        tempo_marks=(TempoMark(0.0, 0.0, bpm),), metre_marks=marks,
    )  # fmt: skip


def test_a_score_has_its_written_beats_and_bars():
    found = score_pulse(score(12, (MetreMark(0.0, 3, 4),)))
    assert found.beats.time_s == pytest.approx(np.arange(12) / 2)
    assert found.beats.place.tolist() == [1, 2, 3] * 4
    assert [one.beats_a_bar for one in found.metres] == [3]
    assert found.tempo.values == pytest.approx(120)


def test_six_eight_has_two_beats():
    found = score_pulse(score(12, (MetreMark(0.0, 6, 8),)))
    assert np.diff(found.beats.time_s) == pytest.approx(0.75)
    assert found.metres[0].beats_a_bar == 2


def test_a_change_of_metre_is_a_new_span():
    found = score_pulse(score(14, (MetreMark(0.0, 4, 4), MetreMark(8.0, 3, 4))))
    assert [one.beats_a_bar for one in found.metres] == [4, 3]
    assert found.metres[1].span.start_s == pytest.approx(4)
    assert found.beats.downbeats_s == pytest.approx([0, 2, 4, 5.5])


def test_without_a_metre_the_bar_is_undecided_and_without_notes_there_is_no_pulse():
    assert score_pulse(score(4, ())).metres[0].beats_a_bar is UNDECIDED
    empty = score_pulse(Score(Notes.none(), [], [], 3.0))
    assert len(empty.beats) == 0
    assert empty.metres[0].beats_a_bar is NO_CLEAR_PULSE
    assert score_pulse(Score(Notes.none(), [], [], 0.0)).metres == ()
