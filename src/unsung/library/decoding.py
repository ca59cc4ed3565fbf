"""Recordings decoded in blocks, so that ten hours take no more memory than ten seconds."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
import soundfile
from attrs import frozen
from jaxtyping import Float32

from unsung.library.ffmpeg import decoded, probed
from unsung.library.files import file_on_disk, opened_file
from unsung.library.kinds import FFMPEG_SUFFIXES, suffix_of
from unsung.library.mono import MonoReduction
from unsung.model.album import Track
from unsung.model.errors import LibraryError
from unsung.model.sound import Audio

BLOCK_S = 20
LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 1_000, 384_000
_MOST_VALUES = 2**22
_LOUDEST = 8.0
_FIRST_FRAME = 2048
_NOT_SOUND = (soundfile.SoundFileError, TypeError, ValueError)
_XIPH_TO_WAVE_ORDER = {
    3: (0, 2, 1),
    5: (0, 2, 1, 3, 4),
    6: (0, 2, 1, 5, 3, 4),
    7: (0, 2, 1, 6, 5, 3, 4),
    8: (0, 2, 1, 7, 5, 6, 3, 4),
}

Block = Float32[np.ndarray, "samples channels"]


@frozen
class Stream:
    """A recording while it is decoded: `blocks` of about 20 s, to be taken once, in order.

    Channels come in the order of WAV (5.1: left, right, centre, LFE, then surround). Samples are
    finite and within ±8; what is not a number is silence.
    """

    sample_rate_hz: int
    channels: int
    blocks: Iterator[Audio]


@contextlib.contextmanager
def opened(place: Path, track: Track) -> Iterator[Stream]:
    """The sound of a track. A truncated file gives what it still holds.

    libsndfile decodes what it can, FFmpeg the rest; `LibraryError` names the file and a remedy.
    """
    with contextlib.ExitStack() as stack:
        try:
            stream = _stream(place, track.file, stack)
        except LibraryError as error:
            raise LibraryError(_named(track.file, error)) from error
        yield Stream(stream.sample_rate_hz, stream.channels, _heard(track.file, stream.blocks))


def sound_at(path: Path, most_s: float) -> Audio:
    """The beginning of a recording that belongs to no album, as one channel at 22,050 Hz."""
    track = Track(position=1, file=path.name, kind="recording", title=path.stem)
    with opened(path.parent, track) as stream:
        reduction, left = (
            MonoReduction(stream.sample_rate_hz),
            round(most_s * stream.sample_rate_hz),
        )
        for block in stream.blocks:
            reduction.add(Audio(block.samples[:, :left], stream.sample_rate_hz))
            left -= block.samples.shape[1]
            if left <= 0:
                break
    return reduction.audio()


def _stream(place: Path, file: str, stack: contextlib.ExitStack) -> Stream:
    if suffix_of(file) not in FFMPEG_SUFFIXES:
        content = stack.enter_context(opened_file(place, file))
        sound = opened_sound(content) if _can_be_told_whole(file, content) else None
        if sound:
            stack.enter_context(sound)
            return _checked(Stream(sound.samplerate, sound.channels, _sound_blocks(sound)))
    path = stack.enter_context(file_on_disk(place, file))
    found = probed(path)
    length = _block_samples(found.sample_rate_hz, found.channels)
    raw = stack.enter_context(decoded(path, found, length))
    blocks = (_audio(block, found.sample_rate_hz) for block in raw)
    return _checked(Stream(found.sample_rate_hz, found.channels, blocks))


def _can_be_told_whole(file: str, content: IO[bytes]) -> bool:
    """Whether libsndfile knows how long it is.

    It guesses the length of an MP3 that does not state it from its first frame, and stops there; at
    a variable bit rate most of the music may be missing. FFmpeg, if it is there, plays to the end.
    """
    if suffix_of(file) != "mp3" or shutil.which("ffmpeg") is None:
        return True
    head = content.read(10)
    content.seek(10 + _synchsafe(head[6:]) if head[:3] == b"ID3" else 0)
    first_frame = content.read(_FIRST_FRAME)
    content.seek(0)
    return any(word in first_frame for word in (b"Xing", b"Info", b"VBRI"))


def _synchsafe(size: bytes) -> int:
    """A size as ID3v2 writes it: seven bits a byte (id3.org, ID3v2.4.0 structure, 6.2)."""
    return sum(byte << 7 * (len(size) - 1 - at) for at, byte in enumerate(size))


def opened_sound(stream: IO[bytes]) -> soundfile.SoundFile | None:
    """The stream as libsndfile reads it, or None where it cannot."""
    try:
        return soundfile.SoundFile(stream)
    except _NOT_SOUND:
        return None


def _checked(stream: Stream) -> Stream:
    if not LOWEST_RATE_HZ <= stream.sample_rate_hz <= HIGHEST_RATE_HZ:
        raise LibraryError(
            f"its sample rate of {stream.sample_rate_hz} Hz is outside 1..384 kHz; convert it"
        )
    return stream


def _sound_blocks(sound: soundfile.SoundFile) -> Iterator[Audio]:
    length = _block_samples(sound.samplerate, sound.channels)
    order = _XIPH_TO_WAVE_ORDER.get(sound.channels) if sound.format == "OGG" else None
    while True:
        block, is_last = _next_block(sound, length)
        if len(block):
            yield _audio(block[:, order] if order else block, sound.samplerate)
        if is_last:
            return


def _next_block(sound: soundfile.SoundFile, length: int) -> tuple[Block, bool]:
    """What can be decoded next, up to where the file ends or breaks off, and whether it does."""
    block, start = np.empty((length, sound.channels), np.float32), sound.tell()
    try:
        decoded_part = sound.read(out=block)
    except _NOT_SOUND:
        return block[: max(0, sound.tell() - start)], True
    return decoded_part, len(decoded_part) < length


def _block_samples(sample_rate_hz: int, channels: int) -> int:
    return max(1, min(BLOCK_S * sample_rate_hz, _MOST_VALUES // channels))


def _audio(block: Block, sample_rate_hz: int) -> Audio:
    samples = np.ascontiguousarray(block.T)
    if not (samples.min(initial=0) >= -_LOUDEST and samples.max(initial=0) <= _LOUDEST):
        samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0).clip(-_LOUDEST, _LOUDEST)
    return Audio(samples, sample_rate_hz)


def _heard(file: str, blocks: Iterator[Audio]) -> Iterator[Audio]:
    """The blocks, once there is at least one sample in them."""
    any_sound = False
    try:
        for block in blocks:
            any_sound = any_sound or block.samples.size > 0
            yield block
    except LibraryError as error:
        raise LibraryError(_named(file, error)) from error
    if not any_sound:
        raise LibraryError(f"{file}: it holds no sound; fetch it again")


def _named(file: str, error: LibraryError) -> str:
    return str(error) if str(error).startswith(file) else f"{file}: {error}"
