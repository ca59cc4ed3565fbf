"""Lines to test with: a tune, and how it is moved, stretched and hidden."""

import numpy as np

from unsung.model.notes import Notes

TUNE = ((0, 60), (1, 67), (1.5, 65), (2, 64), (3, 69), (3.5, 71), (4, 62))
OTHER = ((0, 72), (0.5, 71), (1.5, 74), (3, 66), (3.25, 65), (3.5, 70), (4, 61))


def notes(rows, lasts=0.4, part=0, part_names=("a", "b")):
    onset, pitch = np.array(rows, float).reshape(-1, 2).T
    return Notes.sorted(onset, lasts, pitch, 1.0, part, part_names)


def moved(rows, later=0.0, higher=0, slower=1.0):
    return tuple((onset * slower + later, pitch + higher) for onset, pitch in rows)


def together(*several):
    return notes([row for rows in several for row in rows])


def wandering(count, seed, later=0.0):
    dice = np.random.default_rng(seed)
    onset = later + np.cumsum(dice.choice([0.25, 0.5, 0.75, 1.0], count))
    return tuple(zip(onset.tolist(), dice.integers(50, 80, count).tolist(), strict=True))
