"""SMPTE timecode, exact: labels of frames, with drop frame where the standard has it.

At 29.97 frames a second a count of 30 labels a second falls behind the clock by 3.6 s an hour, so
drop frame leaves out the labels :00 and :01 of each minute that is no multiple of ten (SMPTE ST
12-1; at 59.94 four labels). No frame is lost. There is no drop frame at 23.976.
"""

import re
from fractions import Fraction

from unsung.model.errors import SettingsError
from unsung.model.picture import FrameRate

_LABEL = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)([:;.,])(\d{2})")
_DAY_HOURS = 24
_HALF_A_TICK = Fraction(1, 1000)


def frame_at(time_s: float, rate: FrameRate) -> int:
    """The frame that is seen at `time_s`, the first being 0.

    A thousandth of a frame is forgiven, so that a time that was a frame's beginning stays so.
    """
    return int(Fraction(time_s) * rate.frames_a_second + _HALF_A_TICK)


def timecode(frame: int, rate: FrameRate, *, drop_frame: bool = False) -> str:
    """The label of a frame, `HH:MM:SS:FF`, with `;` for drop frame; days begin again at 0."""
    labels = rate.labels_a_second
    counted = frame + (_dropped_before(frame, rate) if drop_frame else 0)
    seconds, frames = divmod(counted, labels)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    mark = ";" if drop_frame else ":"
    return f"{hours % _DAY_HOURS:02}:{minute:02}:{second:02}{mark}{frames:02}"


def frame_of(label: str, rate: FrameRate) -> int:
    """The frame that a label names; `;` (or `.` or `,`) before the frames means drop frame."""
    found = _LABEL.fullmatch(label.strip())
    if not found or int(found[5]) >= rate.labels_a_second:
        raise SettingsError(f"{label!r} is no timecode at this rate; give it as 01:00:00:00")
    hours, minutes, seconds, frames = (int(found[k]) for k in (1, 2, 3, 5))
    minutes += 60 * hours
    counted = (60 * minutes + seconds) * rate.labels_a_second + frames
    if found[4] == ":":
        return counted
    if minutes % 10 and not seconds and frames < _dropped_a_minute(rate):
        raise SettingsError(f"drop frame leaves out the label {label!r}; give the one after it")
    return counted - _dropped_a_minute(rate) * (minutes - minutes // 10)


def has_drop_frame(rate: FrameRate) -> bool:
    """Whether the standard has drop frame at this rate: 29.97 and 59.94 alone."""
    return rate.frames_a_second in (Fraction(30000, 1001), Fraction(60000, 1001))


def _dropped_a_minute(rate: FrameRate) -> int:
    if not has_drop_frame(rate):
        raise SettingsError(
            f"there is no drop frame at {float(rate.frames_a_second):.3f} frames a second"
        )
    return rate.labels_a_second // 15


def _dropped_before(frame: int, rate: FrameRate) -> int:
    """How many labels are left out up to this frame."""
    dropped = _dropped_a_minute(rate)
    a_minute = 60 * rate.labels_a_second - dropped
    tens, left = divmod(frame, 10 * a_minute + dropped)
    minutes = max(0, left - dropped) // a_minute
    return dropped * (9 * tens + minutes)
