"""What runs along the map above the motifs: expression, loudness and keys, short enough to send."""

from typing import Any

import numpy as np

from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Hearing, Soundtrack
from unsung.model.outcomes import NotHeard, Undecided
from unsung.model.pitch import Key
from unsung.model.sound import Feature
from unsung.pages.figures.blocks import key_class
from unsung.pages.report.scales import AlbumScales
from unsung.pages.report.wording import answer

_LEAST_STEP_S = 2.0
_MOST_STEPS = 2_400


def map_lanes(soundtrack: Soundtrack, scales: AlbumScales) -> dict[str, Any]:
    """A value for every `stepS` seconds of each track.

    Arousal and tension in tenths of the ratings' scale, loudness in half LUFS beneath 0 (the
    loudest moment of each step), keys as [end in seconds, place in `keyNames`]. What was not heard
    in a track is an empty list.
    """
    hearings = [one.hearing for one in soundtrack.heard]
    whole_s = sum(one.duration_s for one in hearings)
    step_s = max(_LEAST_STEP_S, round(whole_s / _MOST_STEPS, 1))
    keys = dict.fromkeys(span.key for one in hearings for span in one.key.spans)
    places = {key: place for place, key in enumerate(keys)}
    return {
        "stepS": step_s,
        "expression": [round(scales.expression.low, 2), round(scales.expression.high, 2)],
        "loudestLufs": round(scales.loudest_lufs, 1),
        "keyNames": [[key_class(key), answer(key)] for key in keys],
        "tracks": [_along(one, step_s, places) for one in hearings],
    }


def _along(hearing: Hearing, step_s: float, places: dict[Key | Undecided, int]) -> dict[str, Any]:
    emotion, loudness = hearing.emotion, hearing.loudness
    lufs = [] if isinstance(loudness, NotHeard) else _steps(loudness.momentary, step_s, np.maximum)
    return {
        "arousal": [] if isinstance(emotion, NotHeard) else _tenths(emotion.arousal, step_s),
        "tension": [] if isinstance(emotion, NotHeard) else _tenths(emotion.tension, step_s),
        "loudness": [round(-2 * max(value, LOUDNESS_FLOOR_LUFS)) for value in lufs],
        "keys": [[round(one.span.end_s, 1), places[one.key]] for one in hearing.key.spans],
    }


def _tenths(curve: Feature, step_s: float) -> list[int]:
    return [round(10 * value) for value in _steps(curve, step_s, np.add, mean=True)]


def _steps(curve: Feature, step_s: float, gathered: np.ufunc, *, mean: bool = False) -> list[float]:
    """The values of a one-row curve gathered step by step; a step without any has the one before.

    The first value stands for what comes before it.
    """
    row, times_s = curve.values[0].astype(float), curve.times_s
    if not row.size:
        return []
    steps = np.maximum(times_s // step_s, 0).astype(int)
    starts = np.flatnonzero(np.diff(steps, prepend=-1))
    found = gathered.reduceat(row, starts)
    if mean:
        found = found / np.diff(starts, append=row.size)
    last = np.searchsorted(steps[starts], np.arange(steps[-1] + 1), side="right") - 1
    filled: list[float] = found[np.maximum(last, 0)].tolist()
    return filled
