"""Timecode against known answers of SMPTE ST 12-1, and against OpenTimelineIO."""

from fractions import Fraction

import opentimelineio as otio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.errors import SettingsError
from unsung.model.picture import FrameRate
from unsung.pages.cuesheet import frame_at, frame_of, has_drop_frame, timecode

NTSC, NTSC_60 = FrameRate(Fraction(30000, 1001)), FrameRate(Fraction(60000, 1001))
FILM_ON_VIDEO, PAL, FILM = FrameRate(Fraction(24000, 1001)), FrameRate(25), FrameRate(24)


@pytest.mark.parametrize(
    ("frame", "label"),
    [
        (0, "00:00:00;00"),
        (1799, "00:00:59;29"),
        (1800, "00:01:00;02"),
        (3597, "00:01:59;29"),
        (3598, "00:02:00;02"),
        (17981, "00:09:59;29"),
        (17982, "00:10:00;00"),
        (107892, "01:00:00;00"),
        (24 * 107892, "00:00:00;00"),
    ],
)
def test_drop_frame_leaves_out_two_labels_a_minute_but_every_tenth(frame, label):
    assert timecode(frame, NTSC, drop_frame=True) == label


def test_at_59_94_four_labels_are_left_out():
    assert timecode(3599, NTSC_60, drop_frame=True) == "00:00:59;59"
    assert timecode(3600, NTSC_60, drop_frame=True) == "00:01:00;04"
    assert timecode(215784, NTSC_60, drop_frame=True) == "01:00:00;00"


def test_an_hour_by_the_clock_is_an_hour_in_drop_frame_and_less_without():
    frame = frame_at(3600.0, NTSC)
    assert timecode(frame, NTSC, drop_frame=True) == "01:00:00;00"
    assert timecode(frame, NTSC) == "00:59:56:12"


def test_film_on_video_counts_24_and_has_no_drop_frame():
    assert timecode(frame_at(3603.6, FILM_ON_VIDEO), FILM_ON_VIDEO) == "01:00:00:00"
    assert not has_drop_frame(FILM_ON_VIDEO)
    with pytest.raises(SettingsError, match=r"23\.976"):
        timecode(100, FILM_ON_VIDEO, drop_frame=True)


def test_pal_and_film_count_as_they_run():
    assert timecode(frame_at(3661.04, PAL), PAL) == "01:01:01:01"
    assert timecode(frame_at(0.5, FILM), FILM) == "00:00:00:12"


@given(st.integers(0, 24 * 107892 - 1))
def test_opentimelineio_labels_frames_alike(frame):
    time = otio.opentime.RationalTime(frame, 30000 / 1001)
    label = otio.opentime.to_timecode(time, 30000 / 1001, drop_frame=True)
    assert timecode(frame, NTSC, drop_frame=True) == label


@given(
    st.integers(0, 24 * 86400 - 1),
    st.sampled_from(
        [(NTSC, True), (NTSC, False), (NTSC_60, True), (PAL, False), (FILM_ON_VIDEO, False)]
    ),
)
def test_labels_name_their_frame(frame, how):
    rate, drop = how
    assert frame_of(timecode(frame, rate, drop_frame=drop), rate) == frame


@given(st.integers(0, 500_000), st.sampled_from([NTSC, PAL, FILM_ON_VIDEO, FILM]))
def test_the_beginning_of_a_frame_is_that_frame(frame, rate):
    assert frame_at(float(frame / rate.frames_a_second), rate) == frame


@pytest.mark.parametrize("label", ["", "1:00", "00:61:00:00", "00:00:00:30", "00:01:00;01"])
def test_what_is_no_label_is_told(label):
    with pytest.raises(SettingsError):
        frame_of(label, NTSC)
