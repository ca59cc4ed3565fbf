"""Peaks agree on an offset where film and album are the same music."""

import numpy as np
import pytest
from film_sounds import RATE_HZ, cut, track

from unsung.film.histogram import (
    AROUND,
    HOP_FRAMES,
    WINDOW_HOPS,
    agreements,
    film_frame,
    film_pitch,
    peak_index,
)
from unsung.film.peaks import HOP, Peaks, peaks
from unsung.model.film import Speed


def _random_peaks(seed, count, frames):
    dice = np.random.default_rng(seed)
    frame = np.sort(dice.integers(0, frames, count))
    return Peaks(frame, dice.uniform(10, 60, count).astype(np.float32), frames)


def _slow_heights(film, album, speed, hop):
    """The height above chance of every offset, counted pair by pair."""
    first, end = hop * HOP_FRAMES, (hop + WINDOW_HOPS) * HOP_FRAMES
    counts = {}
    frames, pitches = film_frame(film, speed), film_pitch(film, speed)
    for frame, moved, pitch in zip(film.frame, frames, pitches, strict=True):
        if first <= frame < end:
            for there, other in zip(album.frame, np.rint(album.pitch), strict=True):
                if other == pitch:
                    counts[there - moved] = counts.get(there - moved, 0) + 1
    heights = {}
    for offset, count in counts.items():
        pair = count + counts.get(offset + 1, 0)
        total = sum(counts.get(k, 0) for k in range(offset - AROUND, offset + AROUND + 1))
        mean = 2 * total / (2 * AROUND + 1)
        heights[offset] = (pair - mean) / np.sqrt(mean + 5)
    return heights


@pytest.mark.parametrize("speed", [Speed(), Speed(25 / 24), Speed(24 / 25, pitch_kept=True)])
def test_the_kernel_finds_the_height_that_counting_pair_by_pair_gives(speed):
    film = _random_peaks(1, 300, 1400)
    shifted = (film.frame * speed.tempo_ratio + 555).astype(int)
    pitch = np.float32(1 if speed.pitch_kept else speed.tempo_ratio)
    same = Peaks(shifted, film.pitch / pitch, 2200)
    other = _random_peaks(2, 400, 2200)
    frame = np.concatenate((same.frame, other.frame))
    order = np.argsort(frame, kind="stable")
    pitches = np.concatenate((same.pitch, other.pitch))
    album = Peaks(frame[order], pitches[order], 2200)
    found = agreements(film, peak_index(album), speed, 4.0)
    for hop in (1, 2):
        best = max((one for one in found if one.hop == hop), key=lambda one: one.sigmas)
        slow = _slow_heights(film, album, speed, hop)
        assert best.sigmas == pytest.approx(max(slow.values()), abs=0.05)
        assert best.offset == pytest.approx(max(slow, key=slow.get), abs=1.0)


def test_the_offset_of_a_cue_is_where_it_was_taken_from():
    sound = track(3, 60)
    film = np.concatenate((np.zeros(12 * RATE_HZ, np.float32), cut(sound, 20, 40)))
    found = agreements(peaks(film), peak_index(peaks(sound)), Speed(), 8.0)
    best = max(found, key=lambda one: one.sigmas)
    assert best.offset * HOP / RATE_HZ == pytest.approx(20 - 12, abs=0.02)


def test_other_music_agrees_on_nothing():
    found = agreements(peaks(track(4, 30)), peak_index(peaks(track(5, 60))), Speed(), 8.0)
    assert found == ()


def test_nothing_agrees_with_no_peaks():
    none = peaks(np.zeros(100, np.float32))
    some = peaks(track(4, 12))
    assert agreements(none, peak_index(some), Speed(), 4.0) == ()
    assert agreements(some, peak_index(none), Speed(), 4.0) == ()
