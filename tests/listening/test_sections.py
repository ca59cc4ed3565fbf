"""Sections end where the texture changes, like sounds bear like letters, and luck stays rare."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter1d

from unsung.listening.sections import _novelty, _scaled, sections
from unsung.model.settings import SectionSettings
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span

DEFAULTS = SectionSettings()


def texture(kind, seconds, rate_hz, bins, seed=0):
    """Music of one kind: its own profile, another chord every two seconds around it."""
    profile = np.random.default_rng(100 + kind).random((bins, 1))
    chords = np.random.default_rng(seed).normal(0, 0.15, (bins, round(seconds / 2) + 1))
    frames = np.arange(round(seconds * rate_hz)) / rate_hz
    return profile + chords[:, (frames / 2).astype(int)]


def track(*kinds_and_lengths, seed=0):
    """Two aspects, a fast and a slow one, of textures that follow one another."""
    clocks = [(12.5, 12), (2.0, 13)]
    return tuple(
        Feature(
            np.concatenate(
                [
                    texture(kind, seconds, rate_hz, bins, seed + place)
                    for place, (kind, seconds) in enumerate(kinds_and_lengths)
                ],
                axis=1,
            ),
            Frames(rate_hz),
        )
        for rate_hz, bins in clocks
    )


def boundaries_s(found):
    return [section.span.start_s for section in found.sections[1:]]


def letters(found):
    return "".join(section.label for section in found.sections)


@pytest.mark.parametrize("seconds", [20, 33, 47])
def test_where_one_texture_follows_another_there_is_a_boundary(seconds):
    found = sections(track((0, seconds), (1, 40)), seconds + 40.0, DEFAULTS)
    assert boundaries_s(found) == pytest.approx([seconds], abs=1)
    assert letters(found) == "AB"


def test_a_texture_that_returns_gets_its_letter_back():
    found = sections(track((0, 30), (1, 25), (0, 30)), 85.0, DEFAULTS)
    assert letters(found) == "ABA"
    assert boundaries_s(found) == pytest.approx([30, 55], abs=1)


def test_a_rondo_is_spelled_out():
    rondo = track(*((kind, 25) for kind in (0, 1, 0, 2, 0)))
    assert letters(sections(rondo, 125.0, DEFAULTS)) == "ABACA"


@pytest.mark.parametrize("seed", range(5))
def test_steady_texture_is_one_section(seed):
    found = sections(track((0, 120), seed=seed), 120.0, DEFAULTS)
    assert letters(found) == "A"


@pytest.mark.parametrize("value", [0.0, -70.0, 0.1])
def test_silence_and_a_held_tone_are_one_section(value):
    held = Feature(np.full((3, 1000), value), Frames(10))
    found = sections((held,), 100.0, DEFAULTS)
    assert letters(found) == "A"
    assert found.novelty.values.max() == pytest.approx(0, abs=1e-6)


def test_shuffled_music_has_hardly_any_boundaries():
    """Calibration: on grains of two seconds in random order, less than one in three minutes."""
    dice = np.random.default_rng(5)
    count = 0
    for seed in range(20):
        aspects = track((0, 40), (1, 40), (2, 40), seed=seed)
        order = dice.permutation(60)
        shuffled = tuple(
            Feature(
                np.concatenate([_grain(aspect, place) for place in order], axis=1), aspect.frames
            )
            for aspect in aspects
        )
        count += len(sections(shuffled, 120.0, DEFAULTS).sections) - 1
    assert count <= 12


def _grain(aspect, place):
    return aspect.during(Span(2.0 * place, 2.0 * place + 2))


@settings(deadline=None, max_examples=20)
@given(delay_s=st.integers(0, 40))
def test_what_comes_later_is_found_later(delay_s):
    aspects = track((0, 60 + delay_s), (1, 30), (2, 30))
    found = sections(aspects, 120.0 + delay_s, DEFAULTS)
    assert boundaries_s(found) == pytest.approx([60 + delay_s, 90 + delay_s], abs=1)


@settings(deadline=None, max_examples=20)
@given(gain=st.floats(0.01, 100))
def test_the_unit_of_an_aspect_does_not_matter(gain):
    aspects = track((0, 30), (1, 30))
    scaled = (Feature(aspects[0].values * gain, aspects[0].frames), aspects[1])
    expected = sections(aspects, 60.0, DEFAULTS).novelty.values
    assert sections(scaled, 60.0, DEFAULTS).novelty.values == pytest.approx(expected, abs=1e-3)


def test_novelty_is_footes_kernel_on_the_self_similarity_matrix():
    """The oracle: the checkerboard slid over the whole matrix."""
    side = 8
    features = _scaled(gaussian_filter1d(np.random.default_rng(0).normal(size=(5, 80)), 3, axis=1))
    similarity = features.T @ features
    taper = np.exp(-2 * ((np.arange(side) + 0.5) / side) ** 2)
    signed = np.concatenate([-taper[::-1], taper]) / taper.sum()
    kernel = np.outer(signed, signed)
    novelty = _novelty([features], side)
    for frame in range(side, 80 - side):
        square = slice(frame - side, frame + side)
        foote = (kernel * similarity[square, square]).sum() / 4
        assert novelty[frame] == pytest.approx(foote / (1 + foote), abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(
    lengths_s=st.lists(st.integers(3, 40), min_size=1, max_size=8),
    extra_s=st.floats(0, 5),
    least_s=st.floats(2, 30),
)
def test_sections_cover_the_track_without_gaps_and_none_is_too_short(lengths_s, extra_s, least_s):
    aspects = track(*enumerate(lengths_s))
    duration_s = sum(lengths_s) + extra_s
    found = sections(aspects, duration_s, SectionSettings(least_section_s=least_s)).sections
    assert found[0].span.start_s == 0
    assert found[0].boundary_strength == 1
    assert found[-1].span.end_s == duration_s
    for before, after in pairwise(found):
        assert before.span.end_s == after.span.start_s
        assert before.span.duration_s >= least_s - 1
    assert all(0 <= section.boundary_strength <= 1 for section in found)


@pytest.mark.parametrize("duration_s", [1e-4, 0.1, 3.0, 19.0])
@pytest.mark.parametrize("count", [0, 1, 7])
def test_the_shortest_tracks_are_one_section(duration_s, count):
    aspects = (Feature(np.random.default_rng(0).random((2, count)), Frames(3)),)
    (only,) = sections(aspects, duration_s, DEFAULTS).sections
    assert only.label == "A"
    assert only.span == Span(0, duration_s)


def test_what_lasts_no_time_has_no_section():
    assert sections((), 0.0, DEFAULTS).sections == ()


def test_two_hours_are_cut_in_little_time_and_room():
    import tracemalloc

    aspects = track(*((kind % 4, 60) for kind in range(120)))
    tracemalloc.start()
    found = sections(aspects, 7200.0, DEFAULTS)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100e6
    assert 120 <= len(found.sections) <= 123
    assert set(letters(found)) == set("ABCD")
