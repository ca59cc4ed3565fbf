"""How ears weigh pitch, as the loudness standards model it: the K filter.

References: ITU-R BS.1770-5 (2023), Annex 1; De Man, "Evaluation of implementations of the EBU R128
loudness measurement" (AES 145, 2018), the analogue prototype behind K.
"""

import numpy as np
from jaxtyping import Float64


def k_weighting(sample_rate_hz: int) -> Float64[np.ndarray, "2 6"]:
    """The K filter at any rate: a high shelf for the head, a high-pass for the bass.

    BS.1770-5 Annex 1 tabulates it for 48 kHz only. These are the bilinear images of the same
    analogue prototype (De Man 2018), equal to the table at 48 kHz. The table's high-pass passes
    treble at a gain of 1.005, a quirk of 48 kHz that is kept at every rate.
    """
    shelf_tan = _prewarped(1681.974450955533, sample_rate_hz)
    shelf_q, shelf_gain = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band_gain = shelf_gain**0.4996667741545416
    shelf = [
        shelf_gain + band_gain * shelf_tan / shelf_q + shelf_tan**2,
        2 * (shelf_tan**2 - shelf_gain),
        shelf_gain - band_gain * shelf_tan / shelf_q + shelf_tan**2,
    ]
    shelf_below = _resonance(shelf_tan, shelf_q)
    pass_tan, pass_q = _prewarped(38.13547087602444, sample_rate_hz), 0.5003270373238773
    pass_below = _resonance(pass_tan, pass_q)
    pass_gain = _resonance(_prewarped(38.13547087602444, 48_000), pass_q)[0]
    high_pass = [pass_gain, -2 * pass_gain, pass_gain]
    return np.array(
        [
            np.divide(shelf + shelf_below, shelf_below[0]),
            np.divide(high_pass + pass_below, pass_below[0]),
        ]
    )


def _prewarped(frequency_hz: float, sample_rate_hz: int) -> float:
    """tan(ω/2), held below the Nyquist frequency of very low rates."""
    return float(np.tan(np.pi * min(frequency_hz / sample_rate_hz, 0.45)))


def _resonance(tan: float, q: float) -> list[float]:
    return [1 + tan / q + tan**2, 2 * (tan**2 - 1), 1 - tan / q + tan**2]
