"""Cues that an album has twice, and what the two share."""

import numpy as np
from film_sounds import RATE_HZ, album

from unsung.film.alternates import alternates

SECONDS = 24


def cue(seed, bend=1.0, choir=1.0, touch=0):
    """Chords that change every second; `bend` slows it down, `touch` is other dice for the rest."""
    dice, other = np.random.default_rng(seed), np.random.default_rng([seed, touch])
    length = round(RATE_HZ * bend)
    at = np.arange(length) / RATE_HZ
    result = []
    for _ in range(SECONDS):
        low, high = dice.choice(12, 4, replace=False), dice.choice(12, 1)
        sound = np.zeros(length)
        for pitches, level, octave in ((low, 1.0, 220), (high, choir, 440)):
            for pitch in pitches:
                phase = other.uniform(0, 6)
                decay = np.exp(-at * other.uniform(1, 3))
                hz = octave * 2 ** (pitch / 12)
                for k in range(1, 9):
                    sound += 0.03 * level / k * decay * np.sin(k * (2 * np.pi * hz * at + phase))
        result.append(sound + 1e-3 * other.standard_normal(length))
    return np.concatenate(result).astype(np.float32)


def test_the_same_cue_with_another_balance_and_played_again_are_told_apart():
    first, mix, take = cue(1), cue(1, choir=0.0), cue(1, bend=1.06, touch=1)
    found = alternates(album(first, cue(2), mix, take))
    told = {(one.one.track_file, one.other.track_file): one.kind for one in found}
    assert told == {
        ("1", "3"): "same recording, another mix",
        ("1", "4"): "same music, other take",
        ("3", "4"): "same music, other take",
    }
    assert all(one.covers > 0.9 for one in found)


def test_other_cues_are_no_alternates():
    assert alternates(album(cue(3), cue(4))) == ()


def test_an_album_of_one_track_or_none_or_silence_has_none():
    silence = np.zeros(RATE_HZ, np.float32)
    assert alternates(()) == ()
    assert alternates(album(cue(6))) == ()
    assert alternates(album(silence, silence, silence[:1])) == ()
