"""Whether this installation works: tried, not guessed."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from attrs import frozen

from unsung.model.settings import NotesSettings
from unsung.model.sound import Audio


@frozen
class Finding:
    """One thing tried: `state` is `works`, `missing` (something is lost) or `wrong`."""

    what: str
    state: str
    words: str


def examination() -> tuple[Finding, ...]:
    """Everything that was tried, in the order a listening needs it."""
    return tuple(
        _tried(what, attempt)
        for what, attempt in (
            ("Python", _python),
            ("sound files", _sound_files),
            ("other sound files", _ffmpeg),
            ("notes", _notes),
            ("cluster", _cluster),
        )
    )


def _tried(what: str, attempt: Callable[[], tuple[str, str]]) -> Finding:
    try:
        return Finding(what, *attempt())
    except Exception as error:  # noqa: BLE001  (whatever is broken here is what was looked for)
        return Finding(what, "wrong", f"{type(error).__name__}: {error}; install unsung again")


def _python() -> tuple[str, str]:
    return "works", sys.version.split()[0]


def _sound_files() -> tuple[str, str]:
    import soundfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        for name, encoding in _FORMATS.items():
            path = Path(folder) / f"tone.{name}"
            soundfile.write(path, _tone().samples[0], 44100, subtype=encoding)
            if not len(soundfile.read(path)[0]):
                return "wrong", f"{name} cannot be read; install unsung again"
    return "works", ", ".join(_FORMATS)


def _ffmpeg() -> tuple[str, str]:
    if shutil.which("ffmpeg"):
        return "works", "FFmpeg is there, for M4A, ALAC, WMA, APE and film files"
    return "missing", "FFmpeg is not installed: M4A, ALAC, WMA, APE and films cannot be heard"


def _notes() -> tuple[str, str]:
    from unsung.listening.transcription import notes  # noqa: PLC0415

    pitches = {round(float(pitch)) for pitch in notes(_tone(), NotesSettings()).midi_pitch}
    if 69 in pitches:
        return "works", "the network hears A4 where A4 sounds"
    return "wrong", f"the network hears {sorted(pitches)} where A4 (69) sounds; install it again"


def _cluster() -> tuple[str, str]:
    try:
        import distributed  # noqa: PLC0415
    except ImportError:
        return "missing", "Dask is not installed: --on cannot be used (pip install unsung[cluster])"
    return "works", f"Dask {distributed.__version__}"


_FORMATS = {"wav": "PCM_16", "flac": "PCM_16", "ogg": "VORBIS", "mp3": "MPEG_LAYER_III"}


def _tone() -> Audio:
    """Three seconds of A4 with a few harmonics, fading like a plucked string."""
    time_s = np.arange(3 * 22050) / 22050
    partials: Iterator[np.ndarray] = (
        np.sin(2 * np.pi * 440 * k * time_s) * np.exp(-k * time_s) / k for k in range(1, 6)
    )
    return Audio(0.3 * sum(partials, np.zeros_like(time_s))[np.newaxis], 22050)
