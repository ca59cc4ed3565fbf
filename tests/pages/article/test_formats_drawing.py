"""Drawings that stand alone look as they do on the page."""

from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manuscripts import figures

from unsung.pages.article.formats.colours import hex_colour
from unsung.pages.article.formats.drawing import standing_alone

SVG = "{http://www.w3.org/2000/svg}"


def drawn(slug, width_px=720):
    figure = figures()[slug]
    return ET.fromstring(  # noqa: S314 (our own)
        standing_alone(figure.svg, figure.description, width_px)
    )


@pytest.mark.parametrize("slug", ["arc", "tapestry", "motif-map", "notation", "gems"])
def test_every_drawing_has_a_size_a_view_and_words(slug):
    root = drawn(slug)
    assert float(root.get("width")) > 0
    assert float(root.get("height")) > 0
    assert len(root.get("viewBox").split()) == 4
    assert root[0].tag == f"{SVG}title"
    assert root[0].text


def test_a_drawing_as_wide_as_its_place_takes_the_width_it_is_given():
    assert drawn("arc", 400).get("width") == "400"
    assert drawn("arc", 400).get("height") == "96"


def test_colours_of_the_style_sheet_become_attributes():
    hill = next(one for one in drawn("arc").iter(f"{SVG}path") if one.get("fill") != "none")
    assert hill.get("fill") == "#a9c3c9"
    words = list(drawn("tapestry").iter(f"{SVG}text"))
    assert {one.get("fill") for one in words} == {"#1f1c18"}


def test_the_hatch_of_what_cannot_be_told_comes_along():
    patterns = {one.get("id") for one in drawn("tapestry").iter(f"{SVG}pattern")}
    fills = {one.get("fill") for one in drawn("tapestry").iter()}
    assert patterns == {"hatch"}
    assert "url(#hatch)" in fills


def test_links_into_a_page_are_left_behind():
    linked = (
        '<svg viewBox="0 0 2 1"><a href="#x" data-from="1"><rect width="1" height="1"/></a></svg>'
    )
    alone = standing_alone(linked, "x")
    assert "href" not in alone
    assert "<rect" in alone
    assert "data-from" not in alone


@pytest.mark.parametrize(
    ("colour", "digits"),
    [
        ("#fff", "#ffffff"),
        ("rebeccapurple", "#663399"),
        ("#0009", "#666666"),
        ("oklch(0.62796 0.25768 29.2339)", "#ff0000"),
        ("oklch(0.86644 0.29483 142.4953)", "#00ff00"),
        ("oklch(0.45201 0.31321 264.052)", "#0000ff"),
        ("color-mix(in oklab, #000 50%, #000)", "#000000"),
        ("currentColor", ""),
        ("nonsense", ""),
    ],
)
def test_colours_are_those_of_the_specification(colour, digits):
    """The primaries of sRGB in OKLCH as CSS Color 4 gives them."""
    assert hex_colour(colour) == digits


@given(st.floats(0, 1), st.floats(0, 0.4), st.floats(0, 360))
def test_every_oklch_colour_is_six_digits(lightness, chroma, hue):
    assert len(hex_colour(f"oklch({lightness:.4f} {chroma:.4f} {hue:.2f})")) == 7


def test_greys_have_no_hue():
    for hue in np.linspace(0, 360, 7):
        digits = hex_colour(f"oklch(.5 0 {hue:.0f})")[1:]
        assert digits[:2] == digits[2:4] == digits[4:]
