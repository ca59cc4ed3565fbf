"""From a performance to sound: FluidSynth with FluidR3_GM, then Opus by FFmpeg.

The album is levelled by one gain for all cues: what is quiet stays quiet.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import soundfile as sf

from skerry.midi import write_flat
from skerry.performance import PartPlayed

SAMPLE_RATE_HZ = 48_000
"""Opus knows no other; FluidSynth renders at it, so nothing is resampled."""

_SYNTH_GAIN = 0.5
_QUIET = 10 ** (-66 / 20)
_FADE_S = 0.4
_PEAK = 10 ** (-1.5 / 20)
_REVERB = {"room-size": 0.72, "damp": 0.35, "width": 0.9, "level": 0.55}


def rendered(parts: tuple[PartPlayed, ...], sound_font: Path) -> np.ndarray:
    """The performance as sound, `samples 2`, its tail cut where it falls silent."""
    with tempfile.TemporaryDirectory() as folder:
        ports = [_synthesized(path, sound_font) for path in write_flat(parts, Path(folder))]
    whole = np.zeros((max(len(port) for port in ports), 2))
    for port in ports:
        whole[: len(port)] += port
    return _without_silent_tail(whole)


def _synthesized(midi: Path, sound_font: Path) -> np.ndarray:
    wave = midi.with_suffix(".wav")
    options = [f"-osynth.reverb.{name}={value}" for name, value in _REVERB.items()]
    subprocess.run(
        [
            tool("fluidsynth"), "-n", "-i", "-q", "-F", str(wave), "-T", "wav", "-O", "float",
            "-r", str(SAMPLE_RATE_HZ), "-g", str(_SYNTH_GAIN), "-R", "1", "-C", "0",
            "-osynth.polyphony=1024", *options, str(sound_font), str(midi),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    samples, _ = sf.read(wave, always_2d=True)
    return np.asarray(samples, float)


def _without_silent_tail(samples: np.ndarray) -> np.ndarray:
    last = int(np.flatnonzero(np.abs(samples).max(axis=1) > _QUIET)[-1]) + 1
    kept = samples[: min(len(samples), last + SAMPLE_RATE_HZ // 4)].copy()
    fade = min(len(kept), int(_FADE_S * SAMPLE_RATE_HZ))
    kept[-fade:] *= np.linspace(1.0, 0.0, fade)[:, None] ** 2
    return kept


def levelled(takes: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
    """All cues by one gain, so that the loudest sample of the album is at -1.5 dBFS."""
    gain = _PEAK / max(float(np.abs(take).max()) for take in takes)
    return tuple(take * gain for take in takes)


def write_opus(samples: np.ndarray, path: Path, rate_bps: int, tags: Mapping[str, str]) -> None:
    """Ogg Opus with tags, the same bytes each time."""
    words = [word for name, value in tags.items() for word in ("-metadata", f"{name}={value}")]
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder) / "take.wav"
        sf.write(wave, samples, SAMPLE_RATE_HZ, subtype="PCM_24")
        ffmpeg("-i", str(wave), "-c:a", "libopus", "-b:a", str(rate_bps), *words, str(path))


def ffmpeg(*words: str) -> None:
    """FFmpeg, overwriting, silent unless it fails, without date or version in what it writes."""
    loose = ("-hide_banner", "-loglevel", "error", "-nostdin", "-y")
    exact = ("-fflags", "+bitexact", "-flags", "+bitexact", "-map_metadata", "-1")
    subprocess.run([tool("ffmpeg"), *loose, *words[:-1], *exact, words[-1]], check=True)


def tool(name: str) -> str:
    """The path of a program that the build needs."""
    found = shutil.which(name)
    if not found:
        raise SystemExit(f"the build needs {name}: apt-get install {name}")
    return found
