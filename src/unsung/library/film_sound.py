"""The sound of a film, as its music is sought in it: one channel at 8 kHz, in two views.

FFmpeg decodes and reduces; two hours come through a pipe as 230 MB at most.
"""

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from jaxtyping import Float32

from unsung.library.decoding import BLOCK_S, Stream
from unsung.library.ffmpeg import decoded, probed
from unsung.library.film_streams import LOCAL_ONLY, film_stream, source_of
from unsung.model.errors import LibraryError
from unsung.model.film import FilmSound
from unsung.model.sound import Audio

FILM_RATE_HZ = 8_000
_LOUDEST = 8.0
_MOST_VALUES = 2**22
_CENTRED_CHANNELS = (6, 8)
_FRONT_CENTRE = 2
_LOW_EFFECTS = 3
_WITHOUT_CENTRE = 0.05
"""Of the mix's power: where less lies outside the centre channel, the mix is the clearer view."""


def film_sound(path: Path, number: int = 0) -> FilmSound:
    """The sound of the film at `path`, its sound stream `number`.

    A broken file gives what can still be decoded. The centre channel is left out of the clearer
    view if there are 5.1 or 7.1 channels and something is left.
    """
    channels = film_stream(path, number).channels
    whole = film_mono(path, number)
    clearest = whole.samples[0]
    if channels in _CENTRED_CHANNELS:
        mix = _equal_parts(channels, without=(_FRONT_CENTRE,))
        clearest = _clearer(clearest, _decoded(path, number, mix, FILM_RATE_HZ))
    return FilmSound(whole, Audio(clearest[np.newaxis], FILM_RATE_HZ))


def film_mono(path: Path, number: int = 0, rate_hz: int = FILM_RATE_HZ) -> Audio:
    """The mean of the channels of a sound stream at `rate_hz`; low effects are left out."""
    mix = _equal_parts(film_stream(path, number).channels)
    return Audio(_decoded(path, number, mix, rate_hz)[np.newaxis], rate_hz)


@contextlib.contextmanager
def film_blocks(path: Path, number: int = 0) -> Iterator[Stream]:
    """A sound stream as it is, all its channels at their own rate, in blocks."""
    film_stream(path, number)
    try:
        found = probed(path, number)
        length = max(1, min(BLOCK_S * found.sample_rate_hz, _MOST_VALUES // found.channels))
        with decoded(path, found, length, number) as blocks:
            heard = (Audio(_bounded(block.T), found.sample_rate_hz) for block in blocks)
            yield Stream(found.sample_rate_hz, found.channels, heard)
    except LibraryError as error:
        raise LibraryError(f"{path.name}: {error}") from error


def _equal_parts(channels: int, without: tuple[int, ...] = ()) -> str:
    """A filter that takes the mean of the channels; the low effects of 5.1 and 7.1 are left out."""
    left_out = (*without, _LOW_EFFECTS) if channels in _CENTRED_CHANNELS else without
    taken = [k for k in range(channels) if k not in left_out]
    return "pan=mono|c0=" + "+".join(f"{1 / len(taken):.6f}*c{k}" for k in taken)


def _decoded(path: Path, number: int, mix: str, rate_hz: int) -> Float32[np.ndarray, " samples"]:
    asked = ["ffmpeg", "-nostdin", "-v", "error", *LOCAL_ONLY, "-i", source_of(path), "-vn", "-sn"]
    asked += ["-map", f"0:a:{number}", "-af", f"aresample=async=1:first_pts=0,{mix}"]
    asked += ["-ar", str(rate_hz), "-c:a", "pcm_f32le", "-f", "f32le", "-"]
    with tempfile.TemporaryFile() as complaints:
        run = subprocess.run(  # noqa: S603 - a list, never a shell
            asked,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            check=False,
        )
    sound = np.frombuffer(run.stdout, "<f4", len(run.stdout) // 4)
    if not len(sound):
        raise LibraryError(f"{path.name}: its sound cannot be decoded; fetch it again")
    return _bounded(sound)


def _bounded(sound: np.ndarray) -> np.ndarray:
    """What is not a number is silence, and nothing lies beyond ±8."""
    if sound.min(initial=0) >= -_LOUDEST and sound.max(initial=0) <= _LOUDEST:
        return sound
    bounded: np.ndarray = np.nan_to_num(sound, nan=0.0).clip(-_LOUDEST, _LOUDEST)
    return bounded.astype(np.float32)


def _clearer(
    whole: Float32[np.ndarray, " samples"], sides: Float32[np.ndarray, " samples"]
) -> Float32[np.ndarray, " samples"]:
    """The sides, if they last as long and carry more than traces."""
    if len(sides) != len(whole):
        return whole
    power = [float(np.dot(view, view)) for view in (sides, whole)]
    return sides if power[0] > _WITHOUT_CENTRE * power[1] else whole
