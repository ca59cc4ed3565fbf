"""How much of what makes speech intelligible lies under music.

Speech is understood from the spots of time and pitch where it stands clear of all else (glimpses;
Cooke, JASA 119, 2006). Counted are the spots that matter: within 15 dB of the speech's own level in
their third of an octave, as the speech intelligibility index takes its range, and each by the
importance of its band (ANSI S3.5-1997, Table 3, average speech). A spot is masked where the music
comes within 3 dB of the speech or above; that limit is Cooke's.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float64

from unsung.model.balance import Parts

_IMPORTANCE = {
    160: 0.0083, 200: 0.0095, 250: 0.0150, 315: 0.0289, 400: 0.0440, 500: 0.0578, 630: 0.0653,
    800: 0.0711, 1000: 0.0818, 1250: 0.0844, 1600: 0.0882, 2000: 0.0898, 2500: 0.0868,
    3150: 0.0844, 4000: 0.0771, 5000: 0.0527, 6300: 0.0364, 8000: 0.0185,
}  # fmt: skip
_WITHIN = 10 ** (3 / 10)
_RANGE = 10 ** (-15 / 10)


def masked_share(parts: Parts, during: Bool[np.ndarray, " frames"]) -> float:
    """The share of speech, 0..1, that music covers in the frames of `during`; 0 without speech.

    Speech is what is left of the film without the music. Bands above half the sample rate are
    left out, and the others count for them.
    """
    speech = parts.rest.bands.values[:, during].astype(np.float64)
    music = parts.music.bands.values[:, during].astype(np.float64)
    if not speech.size:
        return 0.0
    matters = (speech > 0) & (speech >= speech.mean(axis=1, keepdims=True) * _RANGE)
    weight = (
        matters * _importance(parts.bands_hz)[:, None] / np.maximum(matters.sum(axis=1), 1)[:, None]
    )
    masked = matters & (music * _WITHIN >= speech) & (music > 0)
    return float((weight * masked).sum() / weight.sum()) if weight.any() else 0.0


def _importance(bands_hz: Sequence[float]) -> Float64[np.ndarray, " bands"]:
    return np.array([_IMPORTANCE.get(round(middle), 0.0) for middle in bands_hz])
