"""The steadiest reading: one state at each instant, where a change has to pay for itself."""

from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int64


def steady_states(
    rewards: Float[np.ndarray, "frames states"], change_cost: float
) -> Int64[np.ndarray, " frames"]:
    """The path with the greatest sum of rewards, less `change_cost` for every change (Viterbi).

    All changes cost the same, so only the best state so far can be worth coming from, and each
    step takes time in proportion to the number of states, not to its square.
    """
    count, states = rewards.shape
    came_from = np.zeros((count, states), np.int16)
    itself = np.arange(states, dtype=np.int16)
    total = rewards[0].astype(np.float64)
    for k in range(1, count):
        best = int(total.argmax())
        changed = total[best] - change_cost
        came_from[k] = np.where(total >= changed, itself, best)
        total = np.maximum(total, changed) + rewards[k]
    path = np.zeros(count, np.int64)
    path[-1] = total.argmax()
    for k in range(count - 1, 0, -1):
        path[k - 1] = came_from[k, path[k]]
    return path


def stretches(states: Int64[np.ndarray, " frames"]) -> list[tuple[int, int]]:
    """First frame and frame after the last of each stretch of one state."""
    edges = [0, *(np.flatnonzero(np.diff(states)) + 1).tolist(), states.size]
    return list(pairwise(edges)) if states.size else []
