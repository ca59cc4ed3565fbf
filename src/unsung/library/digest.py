"""The digest of a recording's sound: by it a recording is known, whatever its name or tags."""

import hashlib

import numpy as np
from jaxtyping import Int16

from unsung.model.sound import Audio

_FULL_SCALE = 32_768


class SoundDigest:
    """Grows by each block of sound; the same however the sound was cut into blocks.

    It covers the sample rate, the channels and every sample rounded to 16 bits, so a FLAC and the
    WAV it was made from have one digest, and so have copies under other names and tags.
    """

    def __init__(self) -> None:
        self._sum = hashlib.blake2b(digest_size=20)
        self._form = (0, 0)

    def add(self, audio: Audio) -> None:
        """Take the next block, of the same rate and channels as those before."""
        form = (audio.sample_rate_hz, audio.samples.shape[0])
        if self._form == (0, 0):
            self._form = form
            self._sum.update(f"{form[0]} Hz, {form[1]} channels\n".encode())
        if form != self._form:
            raise ValueError(f"a recording has one rate and channel count: {self._form}, {form}")
        self._sum.update(_rounded(audio).data)

    @property
    def hex(self) -> str:
        """The digest of all that was added, in 40 hexadecimal digits."""
        return self._sum.hexdigest()


def _rounded(audio: Audio) -> Int16[np.ndarray, "samples channels"]:
    """Samples in 16 bits, little end first, channels side by side: so cuts leave no trace."""
    rounded = np.empty(audio.samples.shape[::-1], "<i2")
    for channel, samples in enumerate(audio.samples):
        scaled = samples * np.float32(_FULL_SCALE)
        np.rint(scaled, out=scaled)
        np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1, out=scaled)
        rounded[:, channel] = scaled
    return rounded
