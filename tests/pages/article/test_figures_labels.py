"""Labels that do not collide, and colours in pairs."""

import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.pages.article.figures import ChartPoint, GemChart, dark_rules, gem_chart
from unsung.pages.article.figures.colours import COLOURS, oklch_to_hex, painted
from unsung.pages.article.figures.labels import Box, free_place, spread
from unsung.pages.article.figures.sheet import shortened, text_width

PLACES = st.lists(st.floats(0, 600), max_size=12).map(sorted)


@given(PLACES)
def test_marks_keep_their_order_and_their_distance(places):
    moved = spread(places, 27.0, 0.0, 600.0)
    assert all(after - before >= 27.0 - 1e-6 for before, after in pairwise(moved))
    assert all(-1e-6 <= one <= 600 + 1e-6 for one in moved)


def test_marks_that_stand_apart_stay_where_they_are():
    assert spread([10.0, 100.0, 500.0], 27.0, 0.0, 600.0) == [10.0, 100.0, 500.0]


def test_marks_without_room_stand_as_far_apart_as_they_can():
    moved = spread([5.0] * 11, 27.0, 0.0, 100.0)
    assert moved == pytest.approx(np.linspace(0, 100, 11))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), min_size=1, max_size=14))
def test_labels_stand_on_no_other_label_and_on_no_point(points):
    within = Box(0, 0, 700, 440)
    taken = [Box(10 * x, 10 * y, 10 * x + 20, 10 * y + 20) for x, y in dict.fromkeys(points)]
    labels = []
    for point in list(taken):
        placed = free_place(point, (120.0, 40.0), within, taken)
        if placed:
            assert not any(placed.box.meets(other) for other in taken)
            assert placed.box.is_within(within)
            taken += placed.boxes
            labels.append(placed.box)
    assert not any(one.meets(other) for one, other in combinations(labels, 2))


def test_a_lone_label_stands_right_beside_its_point():
    placed = free_place(Box(90, 90, 110, 110), (80.0, 20.0), Box(0, 0, 700, 400), [])
    assert placed.line is None
    assert placed.box == Box(112, 90, 192, 110)


def test_where_everything_is_taken_there_is_no_label():
    everywhere = Box(0, 0, 700, 400)
    assert free_place(Box(9, 9, 11, 11), (80.0, 20.0), everywhere, [everywhere]) is None


def test_gems_are_told_by_shape_and_by_name():
    points = tuple(
        ChartPoint(f"Cue {k}", k, 10 + 70 * (k == 2), 5, 90, k == 2, "farewell") for k in range(4)
    )
    svg = gem_chart(GemChart(points)).svg
    assert svg.count("<circle") == 3
    assert re.findall(r">(Cue \d)<", svg) == ["Cue 2"]
    assert ">farewell<" in svg


def test_a_chart_without_gems_says_so():
    points = (ChartPoint("One", 1, 20, 10, 30), ChartPoint("Two", 2, 20, 20, 20))
    figure = gem_chart(GemChart(points))
    assert "None of them stands out enough" in figure.caption.words
    assert figure.description.startswith("No track is a gem. The 2 other tracks lie between")


def test_higher_merit_stands_higher_and_later_tracks_further_right():
    points = tuple(ChartPoint(f"Cue {k}", k, 10 * k, 10 * k, 10 * k) for k in range(5))
    circles = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', gem_chart(GemChart(points)).svg)
    x, y = zip(*((float(a), float(b)) for a, b in circles), strict=True)
    assert list(x) == sorted(x)
    assert list(y) == sorted(y, reverse=True)


def test_a_point_outside_its_interval_is_refused():
    with pytest.raises(ValueError, match="lies in its interval"):
        ChartPoint("One", 1, 50, 10, 30)


@pytest.mark.parametrize(
    ("oklch", "colour"),
    [((1, 0, 0), "#ffffff"), ((0, 0, 0), "#000000"), ((0.62796, 0.25768, 29.234), "#ff0000")],
)
def test_colours_are_those_of_the_specification(oklch, colour):
    assert oklch_to_hex(*oklch) == colour


def test_every_colour_has_a_dark_one():
    rules = dark_rules("figure")
    for name, (_, dark) in COLOURS.items():
        assert f"figure .fill-{name} {{ fill: {dark}; }}" in rules


@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize("name", ["ink", "soft", "accent", "curve", "moved"])
def test_words_and_lines_can_be_read_on_their_ground(name, page):
    assert _contrast(COLOURS[name][page], COLOURS["paper"][page]) >= 4.5
    assert _contrast(COLOURS[name][page], COLOURS["band"][page]) >= 4.5


@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize("name", [name for name in COLOURS if name.startswith(("major", "minor"))])
def test_names_of_keys_can_be_read_on_their_colours(name, page):
    assert _contrast(COLOURS["ink"][page], COLOURS[name][page]) >= 4.5


def _contrast(one, other):
    """The ratio of WCAG 2.2, 1.4.3."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    parts = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def test_what_is_only_drawn_is_not_filled():
    assert painted(stroke="rule") == {"class": "stroke-rule", "fill": "none",
                                      "stroke": COLOURS["rule"][0]}  # fmt: skip


@given(st.text(max_size=60), st.floats(20, 400))
def test_shortened_words_fit(text, room):
    assert text_width(shortened(text, room, 16), 16) <= room
