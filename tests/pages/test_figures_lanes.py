"""Each lane is well-formed, says what it shows in words, and draws nothing that was not heard."""

import re
from xml.etree import ElementTree as ET

import attrs
import numpy as np
import pytest
import soundtracks
from soundtracks import HOSTILE

from unsung.model.hearing import KeyCurve, KeySpan, PulseSpan, Register, Swell, TempoCurve
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CLEAR_PULSE, UNDECIDED
from unsung.model.pitch import Key
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span
from unsung.pages.figures import lanes
from unsung.pages.figures.axes import PLOT_WIDTH, Scale, TimeAxis
from unsung.pages.figures.blocks import key_class, key_lane, sections_lane
from unsung.pages.figures.silhouette import silhouette
from unsung.pages.figures.svg import element

AXIS = TimeAxis(100)
SCALE = Scale(0, 100, 102)


def drawn(figure):
    return ET.fromstring(str(figure))  # noqa: S314 (our own figure)


def texts(figure):
    return [text.text for text in drawn(figure).iter("text")]


def outlines(figure, of):
    return [one.get("d") for one in drawn(figure).iter("path") if of in one.get("class").split()]


def feature(rows, rate_hz=1.0):
    return Feature(np.atleast_2d(rows), Frames(rate_hz))


def test_a_figure_speaks_its_label_and_escapes_it():
    figure = lanes.curve_lane(HOSTILE, feature(np.ones(100)), AXIS, SCALE)
    assert drawn(figure).get("aria-label") == HOSTILE
    assert drawn(figure).get("role") == "img"
    assert "<script" not in figure


def test_text_inside_an_element_is_text():
    assert element("text", {}, "<b>&").endswith("&lt;b&gt;&amp;</text>")


@pytest.mark.parametrize(("change_lu", "mouth_on"), [(8.0, "right"), (-8.0, "left")])
def test_a_crescendo_opens_to_the_right_and_a_diminuendo_to_the_left(change_lu, mouth_on):
    hearing = soundtracks.recording_hearing(100)
    swell = Swell(Span(20, 60), change_lu)
    scale = Scale(-60, 0, 70)
    figure = lanes.loudness_lane("Loudness", hearing.loudness, (swell,), AXIS, scale)
    numbers = [float(n) for n in re.findall(r"[\d.]+", outlines(figure, "hairpin")[0])]
    mouth, tip = numbers[0], numbers[2]
    start, end = 0.2 * PLOT_WIDTH, 0.6 * PLOT_WIDTH
    assert (mouth, tip) == ((end, start) if mouth_on == "right" else (start, end))


def test_tempo_is_drawn_only_where_the_pulse_is_clear():
    spans = (PulseSpan(Span(0, 50), 90.0, 0.9), PulseSpan(Span(50, 100), NO_CLEAR_PULSE, 0.1))
    curve = feature(np.r_[np.full(50, 90.0), np.full(50, 55.0)])
    figure = lanes.tempo_lane("Tempo", TempoCurve(curve, curve, spans, 90.0), AXIS, SCALE)
    (line,) = outlines(figure, "line")
    assert line.startswith("M0 ")
    moves = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", line)]
    assert sum(moves[0::2]) == pytest.approx(49 / 100 * PLOT_WIDTH, abs=0.5)
    assert "no clear pulse" in texts(figure)
    assert "90" in texts(figure)


def test_register_is_drawn_only_where_something_sounds():
    sounding = np.ones(100)
    sounding[40:60] = 0
    pitch = feature(np.repeat([[40.0], [55.0], [70.0]], 100, axis=1))
    register = Register(pitch, feature(sounding))
    figure = lanes.register_lane("Register", register, Notes.none(), AXIS, SCALE)
    assert outlines(figure, "hill")[0].count("z") == 2
    assert outlines(figure, "roll") == []


def test_a_higher_note_is_drawn_higher_and_a_later_one_to_the_right():
    notes = Notes.sorted([10, 50], 1, [60, 80])
    hearing = soundtracks.silent_hearing(100)
    figure = lanes.register_lane("Register", hearing.register, notes, AXIS, SCALE)
    strokes = re.findall(r"M([\d.]+) ([\d.]+)h", outlines(figure, "roll")[0])
    (x_early, y_low), (x_late, y_high) = sorted(tuple(map(float, one)) for one in strokes)
    assert x_early == pytest.approx(60)
    assert x_late == pytest.approx(300)
    assert y_high < y_low


def test_keys_are_named_coloured_and_hatched_where_undecided():
    spans = (
        KeySpan(Span(0, 50), Key(3, "minor"), 0.4),
        KeySpan(Span(50, 100), UNDECIDED, 0.0),
    )
    key = KeyCurve(feature(np.zeros((24, 100))), spans, UNDECIDED, 0.0)
    figure = key_lane("Keys", key, AXIS, 20)
    assert {"E♭ minor", "undecided"} <= set(texts(figure))
    classes = [rectangle.get("class") for rectangle in drawn(figure).iter("rect")]
    assert classes == ["key fifth-9 minor", "unclear"]


def test_neighbours_on_the_circle_of_fifths_have_neighbouring_colours():
    c, g = (key_class(Key(tonic, "major")) for tonic in (0, 7))
    assert (c, g) == ("key fifth-0 major", "key fifth-1 major")


def test_a_click_on_a_section_knows_where_it_begins():
    hearing = soundtracks.recording_hearing(100)
    figure = sections_lane("Sections", hearing.sections, AXIS, 20)
    begins = [float(group.get("data-from")) for group in drawn(figure).iter("g")]
    assert begins == pytest.approx([s.span.start_s for s in hearing.sections.sections], abs=0.001)


def test_a_lone_pitch_class_darkens_one_row_over_its_own_time():
    chroma = np.zeros((12, 100))
    chroma[0, 50:] = 1
    centred = Feature(chroma, Frames(1.0, 0.5))
    figure = lanes.chroma_lane("Chroma", centred, AXIS, 72)
    assert outlines(figure, "heat") == ["M120 11h120"]


def test_a_silent_chroma_draws_nothing():
    assert outlines(lanes.chroma_lane("Chroma", feature(np.zeros((12, 9))), AXIS, 72), "heat") == []


def test_bars_are_as_long_as_their_tracks():
    figure = silhouette("A", soundtracks.recording_hearing(50), 200.0, 0.0)
    assert drawn(figure)[0].get("width") == "25%"


def test_half_as_loud_is_half_as_high():
    like = soundtracks.recording_hearing(100)
    steady = feature(np.r_[np.full(50, -10.0), np.full(50, -20.0)])
    loudness = attrs.evolve(like.loudness, momentary=steady)
    figure = silhouette("A", attrs.evolve(like, loudness=loudness), 100.0, -10.0)
    (outline,) = outlines(figure, "hill")
    moves = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", outline.rstrip("z"))]
    y = np.cumsum(moves[1::2])
    loud, soft = y.max() - y.min(), np.sort(np.unique(y))[2] - np.sort(np.unique(y))[1]
    assert soft == pytest.approx(loud / 2, abs=0.2)


def test_a_score_has_strokes_where_a_recording_has_loudness():
    figure = silhouette("A", soundtracks.score_hearing(), 60.0, 0.0)
    assert outlines(figure, "onset")
    assert outlines(figure, "hill") == []


@pytest.mark.parametrize("frames", [0, 1, 2])
def test_features_of_hardly_any_frames_are_drawn_without_complaint(frames):
    few = feature(np.full(frames, 50.0))
    rows = feature(np.full((3, frames), 50.0))
    drawn(lanes.curve_lane("Few", few, AXIS, SCALE))
    drawn(lanes.chroma_lane("Few", feature(np.ones((12, frames))), AXIS, 72))
    register = Register(rows, feature(np.ones(frames)))
    drawn(lanes.register_lane("Few", register, Notes.none(), AXIS, SCALE))
    hearing = soundtracks.recording_hearing(100)
    loudness = attrs.evolve(hearing.loudness, momentary=few, short_term=few)
    drawn(lanes.loudness_lane("Few", loudness, (), AXIS, SCALE))
