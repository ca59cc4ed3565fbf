"""How likely there is music, second by second, whatever else sounds over it.

The network for everyday sound has a word for music, but a voice six decibels louder makes it forget
it. What it describes still holds the music: one weight for each of its numbers, our own, reads it
there (logistic regression, learnt by `tools/train_music_chance.py` from music under made voices and
effects, judged by `bench/film_unplaced.py` on other music, actors and effects).
"""

import numpy as np
import scipy

from unsung.listening.impressions import Impressions
from unsung.listening.networks import arrays, arrays_digest
from unsung.model.sound import Feature

WEIGHTS = "music"


def music_chance(heard: Impressions) -> Feature:
    """One row, 0..1, once a second. Silence is near 0."""
    learnt = arrays(WEIGHTS)
    logits = learnt["weight"] @ heard.facets.values + learnt["bias"]
    chance = scipy.special.expit(logits.astype(np.float64))
    return Feature(chance[np.newaxis], heard.facets.frames)


def music_weights_digest() -> str:
    """Tells one set of weights from another."""
    return arrays_digest(WEIGHTS)
