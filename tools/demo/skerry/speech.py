"""Lines spoken by espeak-ng, each at one level, with the moment they really begin and end."""

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile as sf
from attrs import frozen
from scipy.signal import resample_poly

from skerry.effects import RATE_HZ
from skerry.render import tool
from skerry.story import VOICES, Spoken

SPEECH_RMS_DB = -21.0
"""Level of the sounding part of every line, re full scale."""

_AUDIBLE = 10 ** (-40 / 20)


@frozen(eq=False)
class Heard:
    """A spoken line and its sound, which begins at `line.start_s`."""

    line: Spoken
    samples: np.ndarray

    @property
    def end_s(self) -> float:
        """When the last of it is heard."""
        return round(self.line.start_s + len(self.samples) / RATE_HZ, 3)


def spoken(line: Spoken) -> Heard:
    """The line in its speaker's voice, silence cut away, levelled."""
    voice = VOICES[line.speaker]
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder) / "line.wav"
        pace = ("-s", str(voice.words_a_minute), "-p", str(voice.pitch), "-a", "120")
        subprocess.run(
            [tool("espeak-ng"), "-v", voice.espeak, *pace, "-w", str(wave), line.text], check=True
        )
        samples, rate_hz = sf.read(wave)
    sound = resample_poly(samples, RATE_HZ // 150, rate_hz // 150)
    return Heard(line, _levelled(_trimmed(sound / np.abs(sound).max())))


def _trimmed(sound: np.ndarray) -> np.ndarray:
    audible = np.flatnonzero(np.abs(sound) > _AUDIBLE)
    return sound[audible[0] : audible[-1] + 1]


def _levelled(sound: np.ndarray) -> np.ndarray:
    blocks = sound[: len(sound) // 960 * 960].reshape(-1, 960)
    power = np.mean(blocks**2, axis=1)
    active = power[power > power.max() * 1e-3]
    levelled: np.ndarray = sound / np.sqrt(active.mean()) * 10 ** (SPEECH_RMS_DB / 20)
    return levelled
