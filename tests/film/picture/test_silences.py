import numpy as np
import pytest

from unsung.film.picture.silences import silences
from unsung.listening.loudness import loudness
from unsung.model.sound import Audio
from unsung.model.time import Span

RATE_HZ = 8000


def _film(levels, seed=0):
    """Noise at these levels, five seconds each."""
    noise = np.random.default_rng(seed).normal(size=len(levels) * 5 * RATE_HZ)
    return loudness(
        Audio((0.1 * noise * np.repeat(levels, 5 * RATE_HZ))[None].astype(np.float32), RATE_HZ)
    )


def test_a_sudden_silence_is_found_where_it_is():
    (found,) = silences(_film([1, 1, 1, 0.001, 1, 1]), [Span(2.0, 15.0)])
    assert found.span.start_s == pytest.approx(15, abs=0.4)
    assert found.span.end_s == pytest.approx(20, abs=0.4)
    assert found.drop_lu > 40
    assert found.cuts_music


def test_silence_without_music_before_it_cuts_none():
    (found,) = silences(_film([1, 1, 1, 0.001, 1, 1]), [])
    assert not found.cuts_music


@pytest.mark.parametrize("levels", [[1, 1, 1, 1], [1, 1, 0.3, 1, 1], [0.001, 1, 1], [1, 1, 0.001]])
def test_no_contrast_a_soft_place_and_both_ends_are_none(levels):
    assert silences(_film(levels), []) == ()


def test_a_pause_of_speech_over_soft_music_is_none():
    assert silences(_film([1, 1, 1, 0.001, 1, 1]), [Span(2.0, 25.0)]) == ()


def test_turning_the_film_down_changes_nothing():
    levels = np.array([1, 1, 1, 0.01, 1, 1])
    one, other = (silences(_film(gain * levels), []) for gain in (1.0, 0.25))
    assert [found.span for found in one] == [found.span for found in other]


@pytest.mark.parametrize("samples", [1, 4000, 80_000])
def test_a_silent_film_has_no_silence(samples):
    assert silences(loudness(Audio(np.zeros((1, samples), np.float32), RATE_HZ)), []) == ()
