"""FFmpeg, asked for the formats that libsndfile does not read."""

import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from attrs import frozen
from jaxtyping import Float32

from unsung.model.errors import LibraryError

_PROBE_S = 30
_LOCAL_ONLY = ("-protocol_whitelist", "file,pipe")  # a playlist in disguise must not reach out


@frozen
class SoundStream:
    """Sound in a file, as FFmpeg would decode it."""

    sample_rate_hz: int
    channels: int


def have_ffmpeg() -> bool:
    """Whether `ffmpeg` and `ffprobe` can be run here."""
    return bool(shutil.which("ffmpeg") and shutil.which("ffprobe"))


def probed(path: Path, number: int = 0) -> SoundStream:
    """A sound stream of the file at `path`; `LibraryError` where there is none."""
    if not have_ffmpeg():
        raise LibraryError("it takes FFmpeg to decode it; install ffmpeg")
    fields = ("-select_streams", f"a:{number}", "-show_entries", "stream=sample_rate,channels")
    asked = ["ffprobe", "-v", "error", *_LOCAL_ONLY, *fields, "-of", "json", _source(path)]
    try:
        answer = subprocess.run(  # noqa: S603 - a list, never a shell
            asked, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PROBE_S, check=True
        )
        stream = json.loads(answer.stdout)["streams"][0]
        found = SoundStream(int(stream["sample_rate"]), int(stream["channels"]))
    except subprocess.CalledProcessError as error:
        raise LibraryError(f"it is damaged or no sound: {_last_line(error.stderr)}") from error
    except (subprocess.SubprocessError, OSError, ValueError, LookupError) as error:
        raise LibraryError("FFmpeg finds no sound in it; fetch it again") from error
    if found.sample_rate_hz <= 0 or found.channels <= 0:
        raise LibraryError("FFmpeg finds no sound in it; fetch it again")
    return found


@contextlib.contextmanager
def decoded(
    path: Path, stream: SoundStream, block_samples: int, number: int = 0
) -> Iterator[Iterator[np.ndarray]]:
    """Blocks `samples channels` of a sound stream of the file; FFmpeg ends with the context."""
    asked = ["ffmpeg", "-nostdin", "-v", "error", *_LOCAL_ONLY, "-i", _source(path)]
    asked += ["-map", f"0:a:{number}", "-c:a", "pcm_f32le", "-f", "f32le"]
    asked += ["-ac", str(stream.channels), "-ar", str(stream.sample_rate_hz), "-"]
    with tempfile.TemporaryFile() as complaints:
        running = subprocess.Popen(  # noqa: S603 - a list, never a shell
            asked, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints
        )
        try:
            yield _blocks(running, stream.channels, block_samples, complaints)
        finally:
            running.kill()
            running.communicate()


def _blocks(
    running: "subprocess.Popen[bytes]", channels: int, block_samples: int, complaints: IO[bytes]
) -> Iterator[Float32[np.ndarray, "samples channels"]]:
    """What FFmpeg could decode; its complaint only where that is nothing at all."""
    if running.stdout is None:
        return
    heard = False
    while block := running.stdout.read(4 * channels * block_samples):
        whole = len(block) // (4 * channels) * channels
        heard = True
        yield np.frombuffer(block, "<f4", whole).reshape(-1, channels)
    if not heard:
        complaints.seek(0)
        raise LibraryError(f"it could not be decoded: {_last_line(complaints.read(10_000))}")


def _source(path: Path) -> str:
    return f"file:{path.absolute()}"


def _last_line(complaints: bytes) -> str:
    lines = complaints.decode("utf-8", "replace").strip().splitlines()
    return (
        lines[-1].rpartition(": ")[2][:120] if lines else "no reason given"
    ) + "; fetch it again"
