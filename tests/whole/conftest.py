"""A small album in a folder: three short recordings, a score and a broken file."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

RATE_HZ = 44100

Unsung = Callable[..., subprocess.CompletedProcess[str]]


def melody(pitches: Sequence[int], note_s: float = 0.5, gain: float = 0.2) -> np.ndarray:
    """Plucked notes one after another, stereo."""
    time_s = np.arange(round(note_s * RATE_HZ)) / RATE_HZ
    notes = [
        sum(np.sin(2 * np.pi * hz * k * time_s) * np.exp(-3 * k * time_s) / k for k in range(1, 6))
        for hz in 440 * 2 ** ((np.array(pitches) - 69) / 12)
    ]
    return gain * np.repeat(np.concatenate(notes)[:, np.newaxis], 2, axis=1)


def write_tagged(path: Path, sound: np.ndarray, **tags: str) -> None:
    """A recording with tags."""
    with soundfile.SoundFile(path, "w", RATE_HZ, 2) as file:
        for name, value in tags.items():
            setattr(file, name, value)
        file.write(sound)


# Format 0, 480 ticks a quarter, 120 bpm: C4 E4 G4 C5, a quarter each.
SCORE = (
    b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x01\xe0MTrk\x00\x00\x00\x33\x00\xffQ\x03\x07\xa1\x20"
    + b"".join(
        bytes([0, 0x90, pitch, 80, 0x83, 0x60, 0x80, pitch, 0]) for pitch in (60, 64, 67, 72)
    )
    + b"\x00\xff\x2f\x00"
)
SCORE = SCORE.replace(b"\x00\x00\x00\x33", len(SCORE[22:]).to_bytes(4, "big"), 1)


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """The album as it comes."""
    return small_album(tmp_path)


def small_album(beside: Path) -> Path:
    """Three recordings, a score and a broken file."""
    folder = beside / "An Album"
    folder.mkdir()
    rising, falling = [60, 62, 64, 65, 67, 69, 71, 72], [72, 70, 68, 67, 65, 63, 62, 60]
    write_tagged(folder / "01 Rising.flac", melody(rising), title="Rising", album="An Album")
    write_tagged(folder / "02 Falling.ogg", melody(falling), title="Falling", album="An Album")
    write_tagged(folder / "03 Silence.wav", np.zeros((2 * RATE_HZ, 2)))
    (folder / "04 Chord.mid").write_bytes(SCORE)
    (folder / "05 Broken.ogg").write_bytes(b"this is not an Ogg file")
    return folder


@pytest.fixture(scope="session")
def _heard_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_album(tmp_path_factory.mktemp("heard"))
    command("listen", folder)
    return folder


@pytest.fixture
def heard_album(_heard_once: Path, tmp_path: Path) -> Path:
    """The album after it was listened to, a copy for each test."""
    return Path(shutil.copytree(_heard_once, tmp_path / "heard" / _heard_once.name))


def command(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it."""
    line = [sys.executable, "-m", "unsung", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False, **options)


@pytest.fixture
def unsung() -> Unsung:
    """The command as a person runs it."""
    return command
