"""Small files for the tests of the library, made on the spot."""

import struct
from pathlib import Path

import numpy as np
import soundfile

from unsung.model.album import Track
from unsung.model.errors import LibraryError
from unsung.model.score import Score


def tone(duration_s=0.5, rate_hz=22_050, channels=1, pitch_hz=440.0):
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    wave = (0.3 * np.sin(2 * np.pi * pitch_hz * time_s)).astype(np.float32)
    return np.stack([wave] * channels, axis=1)


def recorded(path: Path, samples=None, rate_hz=22_050, tags=None, **form) -> Path:
    """A recording at `path`, in the format that its suffix names, with tags."""
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = tone() if samples is None else samples
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    with soundfile.SoundFile(path, "w", rate_hz, channels, **form) as sound:
        for name, value in (tags or {}).items():
            setattr(sound, name, value)
        sound.write(samples)
    return path


def vorbis_comments(path: Path, *comments: str) -> Path:
    """A FLAC file with these comments, as `TITLE=…`, repeated fields and all."""
    sound = recorded(path).read_bytes()
    listed = [len(one).to_bytes(4, "little") + one for one in map(str.encode, comments)]
    block = bytes(4) + len(listed).to_bytes(4, "little") + b"".join(listed)
    stream_info_end = 4 + 4 + 34
    frames = sound.index(b"\xff\xf8", stream_info_end)
    header = b"fLaC\x00" + sound[5:stream_info_end] + b"\x84" + len(block).to_bytes(3)
    path.write_bytes(header + block + sound[frames:])
    return path


def track(file: str, kind="recording", **said) -> Track:
    return Track(position=1, file=file, kind=kind, title="", **said)


def midi(*tracks: bytes, division=480, form=1) -> bytes:
    """A MIDI file of these track contents; the end of each track is added."""
    head = b"MThd" + struct.pack(">IHHh", 6, form, len(tracks), division)
    ended = [one + b"\x00\xff\x2f\x00" for one in tracks]
    return head + b"".join(b"MTrk" + struct.pack(">I", len(one)) + one for one in ended)


def event(ticks: int, *content: int) -> bytes:
    """Content after a wait, the wait in as many bytes as it takes."""
    wait = [ticks & 0x7F]
    while ticks := ticks >> 7:
        wait.insert(0, ticks & 0x7F | 0x80)
    return bytes(wait) + bytes(content)


def meta(ticks: int, kind: int, content: bytes) -> bytes:
    return event(ticks, 0xFF, kind, len(content)) + content


def is_score_or_one_line(reader, content: bytes) -> bool:
    """Whether a reader gives a score, or says in one line what is wrong."""
    try:
        return isinstance(reader(content), Score)
    except LibraryError as error:
        return "\n" not in str(error)
