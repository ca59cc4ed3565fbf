"""The kernels that find a line again in longer ones, and align it note by note.

Semi-global alignment (Sellers, J. Algorithms 1980) over steps: the whole line is told, begun and
ended anywhere. A step keeps its worth when interval and time agree, less of it when only the way
agrees; two notes may be passed over on either side.
"""

import numba
import numpy as np
from jaxtyping import Float64, Int64

REACH = 4
PRICES = np.array((0.2, 0.45, 1.3, 0.8, 0.5))
"""Of a semitone beside, of another interval the same way, of one the other way, of an octave of
time, of a note passed over."""
_NEVER = -1e9


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def retold(
    pitch: Float64[np.ndarray, " told"],
    onset_s: Float64[np.ndarray, " told"],
    line_pitch: Float64[np.ndarray, " notes"],
    line_onset_s: Float64[np.ndarray, " notes"],
    line: Int64[np.ndarray, " notes"],
    ratio: float,
    prices: Float64[np.ndarray, " prices"],
) -> tuple[Float64[np.ndarray, " notes"], Int64[np.ndarray, " notes"]]:
    """For each note, how well the line is told when it ends there, at most 1, and where it began.

    `ratio` is the speed at which it is told.
    """
    told, notes = len(pitch), len(line_pitch)
    score = np.zeros((told, REACH))
    began = np.zeros((told, REACH), np.int64)
    best, start = np.full(notes, _NEVER), np.zeros(notes, np.int64)
    for y in range(notes):
        here = y % REACH
        for x in range(told):
            score[x, here] = 0.0 if x == 0 else _NEVER
            began[x, here] = y
            for back_x in range(1, min(REACH, x + 1)):
                for back_y in range(1, min(REACH, y + 1)):
                    if line[y - back_y] != line[y]:
                        break
                    if back_x > 1 and back_y > 1:
                        break
                    before = score[x - back_x, (y - back_y) % REACH]
                    total = before + _worth(
                        pitch[x] - pitch[x - back_x], onset_s[x] - onset_s[x - back_x],
                        line_pitch[y] - line_pitch[y - back_y],
                        (line_onset_s[y] - line_onset_s[y - back_y]) * ratio,
                        back_x + back_y - 2, prices,
                    )  # fmt: skip
                    if total > score[x, here]:
                        score[x, here] = total
                        began[x, here] = began[x - back_x, (y - back_y) % REACH]
        best[y] = score[told - 1, here] / max(told - 1, 1)
        start[y] = began[told - 1, here]
    return best, start


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def answers(
    pitch: Float64[np.ndarray, " told"],
    onset_s: Float64[np.ndarray, " told"],
    line_pitch: Float64[np.ndarray, " notes"],
    line_onset_s: Float64[np.ndarray, " notes"],
    ratio: float,
    prices: Float64[np.ndarray, " prices"],
) -> Int64[np.ndarray, " told"]:
    """For each note of the line, the note that answers it; -1 where it is left out."""
    told, notes = len(pitch), len(line_pitch)
    score = np.full((told, notes), _NEVER)
    came = np.zeros((told, notes, 2), np.int64)
    score[0, 0] = 0.0
    for y in range(1, notes):
        for x in range(1, told):
            for back_x in range(1, min(REACH, x + 1)):
                for back_y in range(1, min(REACH, y + 1)):
                    if back_x > 1 and back_y > 1:
                        break
                    total = score[x - back_x, y - back_y] + _worth(
                        pitch[x] - pitch[x - back_x], onset_s[x] - onset_s[x - back_x],
                        line_pitch[y] - line_pitch[y - back_y],
                        (line_onset_s[y] - line_onset_s[y - back_y]) * ratio,
                        back_x + back_y - 2, prices,
                    )  # fmt: skip
                    if total > score[x, y]:
                        score[x, y] = total
                        came[x, y, 0], came[x, y, 1] = back_x, back_y
    answered = np.full(told, -1)
    x, y = told - 1, notes - 1
    while True:
        answered[x] = y
        back_x, back_y = came[x, y]
        if back_x == 0:
            return answered
        x, y = x - back_x, y - back_y


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _worth(
    interval: float,
    step_s: float,
    other_interval: float,
    other_step_s: float,
    passed: int,
    prices: Float64[np.ndarray, " prices"],
) -> float:
    """What a step earns that answers another."""
    off = abs(interval - other_interval)
    if off == 0:
        price = 0.0
    elif off == 1:
        price = prices[0]
    elif np.sign(interval) == np.sign(other_interval):
        price = prices[1]
    else:
        price = prices[2]
    octaves = abs(np.log2(max(other_step_s, 1e-6) / max(step_s, 1e-6)))
    worth: float = 1.0 - price - prices[3] * min(octaves, 2.0) - prices[4] * passed
    return worth
