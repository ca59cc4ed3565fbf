"""The kernel that compares two melodies by what they have in common that is uncommon.

Local alignment (Smith and Waterman, J. Mol. Biol. 1981; of melodies: Mongeau and Sankoff,
Computers and the Humanities 1990) of steps from note to note. A step that agrees earns the bits
that its interval costs in other music, so a turn that every song has proves little. A step may
stand for up to three of the other melody: notes added or left out. Rhythm is compared as the ratio
of two steps' lengths, so tempo plays no part.
"""

import numba
import numpy as np
from jaxtyping import Float64, Int64

REACH = 4
PRICES = np.array((8.0, 11.0, 1.2, 5.0, 6.0, 0.9))
"""In bits: of a step a semitone off, of any other, of an octave of time, of a note passed over, of
an octave between the notes; and what a step earns that keeps the tempo."""
_MOST_OCTAVES = 2.0


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def agreement(  # noqa: C901 (as long as its recursion)
    pitch: Float64[np.ndarray, " told"],
    onset_s: Float64[np.ndarray, " told"],
    other_pitch: Float64[np.ndarray, " notes"],
    other_onset_s: Float64[np.ndarray, " notes"],
    own_bits: Float64[np.ndarray, " steps"],
    bits: Float64[np.ndarray, " intervals"],
    prices: Float64[np.ndarray, " prices"],
) -> tuple[float, Int64[np.ndarray, " told"]]:
    """The bits on which the melodies agree, and for each note the one that answers, or -1.

    `own_bits` are what each step of the first melody costs after the step before; `bits` what an
    interval costs on its own, from as many semitones down to as many up.
    """
    told, notes = len(pitch), len(other_pitch)
    widest = len(bits) // 2
    score, speed = np.zeros((told, notes)), np.full((told, notes), np.nan)
    came = np.zeros((told, notes, 2), np.int64)
    best, end_x, end_y = 0.0, -1, -1
    for x in range(1, told):
        for y in range(1, notes):
            for back_x in range(1, min(REACH, x + 1)):
                for back_y in range(1, min(REACH, y + 1)):
                    if back_x > 1 and back_y > 1:
                        break
                    before_x, before_y = x - back_x, y - back_y
                    ratio = np.log2(
                        max(onset_s[x] - onset_s[before_x], 1e-3)
                        / max(other_onset_s[y] - other_onset_s[before_y], 1e-3)
                    )
                    here = pitch[x] - pitch[before_x]
                    earned = own_bits[x - 1]
                    if back_x > 1:
                        earned = bits[int(min(max(here, -widest), widest)) + widest]
                    worth = _worth(
                        earned, abs(here - other_pitch[y] + other_pitch[before_y]),
                        ratio - speed[before_x, before_y], back_x + back_y - 2, prices,
                    )  # fmt: skip
                    total = score[before_x, before_y] + worth
                    if total > score[x, y]:
                        score[x, y], speed[x, y] = total, ratio
                        came[x, y, 0], came[x, y, 1] = back_x, back_y
            if score[x, y] > best:
                best, end_x, end_y = score[x, y], x, y
    answered = np.full(told, -1)
    x, y = end_x, end_y
    while x >= 0:
        answered[x] = y
        back_x, back_y = came[x, y]
        if back_x == 0:
            break
        x, y = x - back_x, y - back_y
    return best, answered


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _worth(
    earned: float, off: float, bent: float, passed: int, prices: Float64[np.ndarray, " prices"]
) -> float:
    """What a step is worth that is so many semitones off and so much longer than the tempo says."""
    worth = earned
    if off == 12:
        worth -= prices[4]
    elif off > 0:
        worth = -prices[0] if off == 1 else -prices[1]
    if not np.isnan(bent):
        worth += prices[5] - prices[2] * min(abs(bent), _MOST_OCTAVES)
    total: float = worth - prices[3] * passed
    return total
