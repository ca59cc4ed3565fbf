"""How likely somebody speaks, second by second, as a network for everyday sound has it.

The word "Speech" of AudioSet's 521, which `impressions` asks about; its logit as a chance. It was
learnt from videos, not from films: whispers and cries are heard less surely.
"""

import scipy

from unsung.listening.impressions import Impressions
from unsung.model.sound import Feature

_SPEECH = 0


def speech_chance(heard: Impressions) -> Feature:
    """One row, 0..1, once a second. Silence is near 0."""
    words = heard.words
    return Feature(scipy.special.expit(words.values[_SPEECH : _SPEECH + 1]), words.frames)
