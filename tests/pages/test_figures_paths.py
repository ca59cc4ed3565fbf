"""Outlines say what the numbers say: read back, they are the curve."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.time import Span
from unsung.pages.figures import paths
from unsung.pages.figures.axes import PLOT_WIDTH, Scale, TimeAxis
from unsung.pages.figures.blocks import block

heights = st.lists(st.floats(0, 90, width=32), min_size=2, max_size=40)


def points(outline):
    """An outline read the slow way: start, then relative moves."""
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", outline.rstrip("z"))]
    return np.cumsum(np.reshape(numbers, (-1, 2)), axis=0)


@given(heights)
def test_a_line_read_back_is_the_curve_to_a_tenth_of_a_pixel(values):
    x = np.arange(len(values)) * 2.0
    drawn = points(paths.line(x, np.array(values)))
    for column, height in zip(x, values, strict=True):
        nearest = drawn[np.abs(drawn[:, 0] - column).argmin()]
        assert np.abs(drawn[:, 0] - column).min() < 0.06
        assert nearest[1] == pytest.approx(height, abs=0.06)


@given(heights)
def test_a_band_encloses_what_lies_between_two_curves(values):
    top = np.array(values)
    outline = paths.band(np.arange(len(top)) * 1.0, top, top + 5)
    drawn = points(outline)
    assert outline.endswith("z")
    assert drawn[:, 1].min() == pytest.approx(top.min(), abs=0.06)
    assert drawn[:, 1].max() == pytest.approx(top.max() + 5, abs=0.06)
    assert (drawn[0, 0], drawn[-1, 0]) == (0, 0)


def test_nothing_to_draw_is_an_empty_outline_and_one_instant_is_a_dot():
    nothing = np.zeros(0)
    assert paths.line(nothing, nothing) == ""
    assert paths.band(nothing, nothing, nothing) == ""
    assert paths.strokes(nothing, nothing, nothing) == ""
    assert paths.line(np.array([3.0]), np.array([4.5])) == "M3 4.5h1"


def test_no_peak_is_lost_however_long_the_track():
    values = np.zeros(72_000, np.float32)
    values[31_007] = 9
    values[50_001] = -4
    x = np.linspace(0, PLOT_WIDTH, len(values))
    columns, lowest, highest = paths.columns(x, values)
    assert len(columns) == PLOT_WIDTH
    assert highest.max() == 9
    assert lowest.min() == -4
    assert columns[highest.argmax()] == pytest.approx(x[31_007], abs=1)


def test_strokes_that_touch_on_one_level_are_one():
    start, end, row = np.array([1.0, 1.5, 8.0]), np.array([2.0, 4.0, 9.0]), np.full(3, 5.0)
    assert paths.strokes(start, end, row) == "M1 5h3M8 5h1"


def test_strokes_on_different_levels_stay_apart():
    start, end, row = np.array([1.0, 1.0]), np.array([2.0, 2.0]), np.array([5.0, 6.0])
    assert paths.strokes(start, end, row) == "M1 5h1M1 6h1"


def test_a_stroke_too_short_to_see_is_still_drawn():
    at = np.array([10.0])
    assert paths.strokes(at, at, np.array([5.0])) == "M10 5h.5"


stroke_lists = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 9), st.integers(0, 3)), min_size=1, max_size=30
)


@given(stroke_lists)
def test_strokes_cover_just_what_the_notes_cover(notes):
    start, length, row = np.array(notes, float).T
    covered = {
        (int(y), x) for a, n, y in notes for x in range(a, a + n)
    }  # the slow way: column by column
    outline = paths.strokes(start, start + length, row)
    drawn = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)", outline)
    seen = [
        (int(float(y)), x)
        for a, y, n in drawn
        for x in range(int(float(a)), int(float(a)) + int(float(n)))
    ]
    assert len(seen) == len(set(seen))
    assert set(seen) == covered


@given(st.floats(1, 10_000), st.floats(0, 1))
def test_the_instant_t_stands_at_t_over_the_duration_of_the_width(duration_s, share):
    axis = TimeAxis(duration_s)
    assert axis.x(np.array([share * duration_s]))[0] == pytest.approx(share * PLOT_WIDTH)
    assert float(axis.percent(share * duration_s)[:-1]) == pytest.approx(100 * share, abs=0.01)


@pytest.mark.parametrize("duration_s", [0.1, 1, 59, 187.4, 3600, 7200, 40_000])
def test_ticks_are_round_few_and_inside_the_track(duration_s):
    ticks = TimeAxis(duration_s).ticks_s
    assert ticks[0] == 0
    assert len(ticks) <= 7
    assert all(tick < duration_s for tick in ticks)


@pytest.mark.parametrize("duration_s", [0, -1, float("nan"), float("inf")])
def test_an_axis_without_a_duration_is_refused(duration_s):
    with pytest.raises(ValueError, match="duration"):
        TimeAxis(duration_s)


def test_high_values_stand_high_and_none_leaves_the_figure():
    scale = Scale(-50, 0, 80)
    y = scale.y(np.array([-90, -50, -25, 0, 6]))
    assert y.tolist() == [79, 79, 40, 1, 1]


def test_octaves_are_equal_steps_on_a_logarithmic_scale():
    steps = np.diff(Scale(100, 1600, 82, logarithmic=True).y(np.array([100, 200, 400, 800, 1600])))
    assert steps == pytest.approx([-20] * 4)


def test_a_scale_without_extent_is_refused():
    with pytest.raises(ValueError, match="low < high"):
        Scale(3, 3, 10)


def test_a_block_stands_where_its_span_does_and_ends_with_the_track():
    drawn = block("key", Span(30, 90), TimeAxis(60), 20, ("E♭ minor",))
    assert 'x="50%"' in drawn
    assert 'width="50%"' in drawn
    assert "E♭ minor" in drawn


def test_a_narrow_block_takes_the_shorter_word_or_none():
    axis = TimeAxis(100)
    assert "E♭m" in block("key", Span(0, 5), axis, 20, ("E♭ minor", "E♭m"))
    assert "<text" not in block("key", Span(0, 0.5), axis, 20, ("E♭ minor", "E♭m"))
