"""The pictures of a film, as FFmpeg decodes them: how much each differs from the last.

FFmpeg shrinks every frame to 160 × 90 and measures there; no picture is kept. What FFmpeg finds no
picture in is an error; what breaks off gives what it still holds.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen
from jaxtyping import Float64

from unsung.library.ffmpeg import have_ffmpeg
from unsung.model.errors import LibraryError
from unsung.model.picture import FrameRate, Pictures

_PROBE_S = 60
_LOCAL_ONLY = ("-protocol_whitelist", "file,pipe")  # a playlist in disguise must not reach out
_MEASURES = (
    "scale=160:90:flags=area,format=yuv444p,signalstats,format=gbrp,scdet=t=100,"
    "metadata=print:file=-"
)
_BLACKEST, _WHITEST = 16.0, 235.0
_FRAME = re.compile(r"^frame:.*pts_time:(-?[\d.]+)")
_NEVER_STEADY = 0.002
_ASTRAY, _FORGIVEN = 0.2, 0.01


@frozen
class _Stream:
    rate: FrameRate
    steady: bool


def pictures(path: Path) -> Pictures:
    """Every frame of the first moving picture in the file.

    `LibraryError` where there is none: a film that is sound alone has no cuts.
    """
    stream = _stream(path)
    asked = ["ffmpeg", "-nostdin", "-v", "error", *_LOCAL_ONLY, "-i", f"file:{path.absolute()}"]
    asked += ["-map", "0:V:0", "-vf", _MEASURES, "-fps_mode", "passthrough", "-f", "null", "-"]
    with subprocess.Popen(  # noqa: S603 - a list, never a shell
        asked,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        rows = np.array(list(_rows(running.stdout or iter(()))), np.float64).reshape(-1, 3)
    if not len(rows):
        raise LibraryError(f"{path.name}: its picture could not be decoded; fetch it again")
    rows = rows[np.concatenate([[True], np.diff(np.maximum.accumulate(rows[:, 0])) > 0])]
    rate, steady = _clock(rows[:, 0], stream)
    return Pictures(rows[:, 0], rows[:, 1], rows[:, 2], rate, steady)


def _clock(times_s: Float64[np.ndarray, " frames"], stream: _Stream) -> tuple[FrameRate, bool]:
    """The rate the file names if frames truly come so, to a fifth of one; else their average.

    A lost frame here and there (1 in 100) is forgiven.
    """
    frame_s = stream.rate.frame_s
    astray = np.abs(np.diff(times_s) - frame_s) > _ASTRAY * frame_s
    if stream.steady and (len(times_s) < 2 or astray.mean() <= _FORGIVEN):
        return stream.rate, True
    average = (len(times_s) - 1) / max(float(times_s[-1] - times_s[0]), frame_s)
    return FrameRate(Fraction(max(average, 1e-3)).limit_denominator(1001)), False


def _stream(path: Path) -> _Stream:
    if not have_ffmpeg():
        raise LibraryError("it takes FFmpeg to see a film; install ffmpeg")
    fields = ("-select_streams", "V:0", "-show_entries", "stream=r_frame_rate,avg_frame_rate")
    asked = ["ffprobe", "-v", "error", *_LOCAL_ONLY, *fields, "-of", "json"]
    try:
        answer = subprocess.run(  # noqa: S603 - a list, never a shell
            [*asked, f"file:{path.absolute()}"],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=_PROBE_S, check=True,
        )  # fmt: skip
        return _rates(json.loads(answer.stdout)["streams"][0])
    except (subprocess.SubprocessError, OSError, ValueError, LookupError) as error:
        raise LibraryError(
            f"{path.name}: there is no picture in it; give the film itself to find its cuts"
        ) from error


def _rates(found: dict[str, Any]) -> _Stream:
    """The rate the frames are meant to have; unsteady where they come otherwise on the average."""
    meant, average = (_rate(str(found[key])) for key in ("r_frame_rate", "avg_frame_rate"))
    apart = abs(float(meant / average) - 1) if average else 0.0
    steady = apart < _NEVER_STEADY
    return _Stream(FrameRate(meant if steady else average), steady)


def _rate(written: str) -> Fraction:
    over, _, under = written.partition("/")
    return Fraction(int(over), int(under or 1)) if int(under or 1) else Fraction(0)


def _rows(lines: Iterator[str]) -> Iterator[tuple[float, float, float]]:
    """Time, change and brightness of every frame."""
    time_s, change, luma = 0.0, 0.0, 0.0
    begun = False
    for line in lines:
        frame = _FRAME.match(line)
        if frame:
            if begun:
                yield time_s, change, luma
            time_s, change, begun = float(frame[1]), 0.0, True
        elif line.startswith("lavfi.scd.mafd="):
            change = float(line.partition("=")[2]) / 100
        elif line.startswith("lavfi.signalstats.YAVG="):
            luma = (float(line.partition("=")[2]) - _BLACKEST) / (_WHITEST - _BLACKEST)
    if begun:
        yield time_s, change, min(max(luma, 0.0), 1.0)
