"""How each track sounds, in a few hundred bytes: by this a reader's own copy of it is known.

What is taken is how loud a track is from moment to moment (`Loudness.momentary`, five times a
second, in steps of a third of a decibel): no coder changes it, no name is needed, and it was heard
already. A browser measures the same of a file and lays one over the other, which also tells how
much later the file begins. An article holds them; the explorer has them as a script of one
assignment, since a page that is read from disk may load no other file.
"""

import base64
import json
from collections.abc import Mapping

import numpy as np

from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Loudness, Soundtrack
from unsung.model.weighting import k_weighting

_EVERY = 2
_STEPS_PER_DB = 3
_SOUND_RATE_HZ = 16_000


def as_script(prints: Mapping[str, object]) -> bytes:
    """The prints as a script."""
    return f"self.unsungPrints={json.dumps(prints, separators=(',', ':'))};\n".encode()


def prints(soundtrack: Soundtrack) -> dict[str, object]:
    """The prints of all recordings, by position."""
    return told_of(
        {
            one.track.position: one.hearing.loudness
            for one in soundtrack.heard
            if isinstance(one.hearing.loudness, Loudness)
        }
    )


def told_of(curves: Mapping[int, Loudness]) -> dict[str, object]:
    """The prints, and all that a browser needs to measure the same."""
    return {
        "floorDb": LOUDNESS_FLOOR_LUFS,
        "stepsPerDb": _STEPS_PER_DB,
        "soundRateHz": _SOUND_RATE_HZ,
        "weighting": k_weighting(_SOUND_RATE_HZ).tolist(),
        "clocks": {at: _clock(curve) for at, curve in curves.items()},
        "loudness": {at: _bytes(curve) for at, curve in curves.items()},
    }


def _clock(loudness: Loudness) -> tuple[float, float]:
    """Values a second, and the instant of the first."""
    frames = loudness.momentary.frames
    return frames.rate_hz / _EVERY, frames.first_s


def _bytes(loudness: Loudness) -> str:
    curve = loudness.momentary.values[0, ::_EVERY]
    steps = np.round((curve - LOUDNESS_FLOOR_LUFS) * _STEPS_PER_DB)
    return base64.b64encode(np.clip(steps, 0, 255).astype(np.uint8).tobytes()).decode()
