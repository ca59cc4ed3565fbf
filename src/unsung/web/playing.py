"""Sound that a browser can play from any instant, exact to the sample.

Chromium seeks exactly in WAV, FLAC and Ogg; in an MP3 of variable bitrate it lands seconds away
from where it says it is, and some formats it cannot play at all. Whatever does not seek exactly is
therefore decoded as listening decodes it, so that both share one clock, and kept as FLAC in the
project folder: quick to make (some seconds for a long track) and nothing is lost.
"""

import contextlib
import io
import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
import soxr
from attrs import frozen

from unsung import library
from unsung.library.files import located
from unsung.library.kinds import suffix_of
from unsung.library.mono import channel_mean
from unsung.model.album import Recording, Track
from unsung.model.errors import LibraryError, StoreError
from unsung.model.hearing import Soundtrack
from unsung.model.sound import Audio
from unsung.model.time import Span
from unsung.web.outline import Outline
from unsung.web.pages import Outlined

COPIES_FOLDER = "played"
MOST_COPIED_BYTES = 2 * 2**30
LONGEST_EXCERPT_S = 60.0
_PLAYED_RATE_HZ = 48_000
_PLAYABLE_RATES_HZ = range(8_000, 96_001)
_MOST_CHANNELS = 8
_MAKING = ".making-"
_MADE_WITHIN_S = 3_600
_EXACT = {
    ("WAV", "PCM_16"), ("WAV", "PCM_24"), ("WAV", "PCM_U8"), ("WAV", "FLOAT"), ("WAV", "PCM_32"),
    ("WAVEX", "PCM_16"), ("WAVEX", "PCM_24"), ("WAVEX", "PCM_32"), ("WAVEX", "FLOAT"),
    ("FLAC", "PCM_16"), ("FLAC", "PCM_24"), ("OGG", "VORBIS"), ("OGG", "OPUS"),
}  # fmt: skip
_TYPES = {"wav": "audio/wav", "wave": "audio/wav", "flac": "audio/flac"}
_OGG = dict.fromkeys(("ogg", "oga", "opus"), "audio/ogg")


@frozen
class Sound:
    """A file that a browser plays exactly, and its media type."""

    path: Path
    media_type: str


@frozen
class Excerpt:
    """A cut of a recording as a WAV file; `start_s` is where it begins, exact to the sample."""

    wav: bytes
    start_s: float


class Player:
    """What is played of one album; copies are made once, on first demand, and bounded in size."""

    def __init__(self, place: Path, home: Path, most_bytes: int = MOST_COPIED_BYTES) -> None:
        self._place, self._folder, self._most_bytes = place, home / COPIES_FOLDER, most_bytes
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}

    def sound(self, track: Track, recording: Recording) -> Sound:
        """The file to play: the recording itself where a browser seeks exactly in it."""
        direct = exact_file(self._place, track.file)
        if direct:
            return direct
        copy = self._folder / f"{recording.digest}.flac"
        if not copy.exists():
            self._make(track, recording, copy)
        _touch(copy)
        return Sound(copy, "audio/flac")

    def outline(self, track: Track, recording: Recording, *, to_be_played: bool = True) -> bytes:
        """The outline of the recording, as JSON; a copy is made along if it is to be played too."""
        kept = self._folder / f"{recording.digest}.json"
        if not kept.exists():
            direct = not to_be_played or exact_file(self._place, track.file)
            copy = None if direct else self._folder / f"{recording.digest}.flac"
            self._make(track, recording, copy)
        return kept.read_bytes()

    def excerpt(self, track: Track, recording: Recording, span: Span) -> Excerpt:
        """The sound in `span`, cut exactly, at the rate of the recording."""
        with soundfile.SoundFile(self.sound(track, recording).path) as sound:
            start, end = (round(at_s * sound.samplerate) for at_s in (span.start_s, span.end_s))
            if start >= sound.frames:
                raise LibraryError(f"{track.file} lasts {sound.frames / sound.samplerate:.1f} s")
            sound.seek(start)
            samples = sound.read(max(1, end - start), dtype="float32", always_2d=True)
            buffer = io.BytesIO()
            soundfile.write(buffer, samples, sound.samplerate, format="WAV", subtype="PCM_16")
            return Excerpt(buffer.getvalue(), start / sound.samplerate)

    def _make(self, track: Track, recording: Recording, copy: Path | None) -> None:
        """Decode once, for the copy (where one is needed) and the outline together."""
        with self._lock:
            turn = self._making.setdefault(recording.digest, threading.Lock())
        with turn:
            outline = self._folder / f"{recording.digest}.json"
            if outline.exists() and (copy is None or copy.exists()):
                return
            self._write(track, copy, outline)
            self._forget_oldest()

    def _write(self, track: Track, copy: Path | None, outline: Path) -> None:
        checked(track.file)
        with library.opened(self._place, track) as stream, contextlib.ExitStack() as stack:
            drawn = Outline(stream.sample_rate_hz)
            writer = stack.enter_context(_written(copy, stream)) if copy else None
            for block in stream.blocks:
                drawn.add(block)
                if writer:
                    writer.add(block)
            if writer:
                writer.end()
        with _whole(outline) as draft:
            draft.write_text(json.dumps(drawn.plain(), separators=(",", ":")))

    def _forget_oldest(self) -> None:
        """Delete the copies played longest ago until the rest is within bounds; never the last."""
        copies = sorted(self._folder.glob("*.flac"), key=lambda path: path.stat().st_mtime)
        size = sum(path.stat().st_size for path in copies)
        for path in copies[:-1]:
            if size <= self._most_bytes:
                return
            size -= path.stat().st_size
            path.unlink(missing_ok=True)


def exact_file(place: Path, file: str) -> Sound | None:
    """The recording itself, if it lies on disk and a browser seeks exactly in it."""
    kind = (_TYPES | _OGG).get(suffix_of(file))
    path, member = located(place, checked(file))
    if not kind or member:
        return None
    try:
        found = soundfile.info(str(path))
    except (soundfile.SoundFileError, OSError, TypeError, ValueError):
        return None
    plain = found.channels <= 2 and found.samplerate in _PLAYABLE_RATES_HZ
    named = (found.format == "OGG") == (suffix_of(file) in _OGG)
    exact = (found.format, found.subtype) in _EXACT
    return Sound(path, kind) if plain and exact and named else None


def checked(file: str) -> str:
    """A name that stays inside the album: a project folder that came with it may be a forgery."""
    parts = file.replace("\\", "/").split("/")
    if "" in parts or ".." in parts or Path(file).drive or "\0" in file:
        raise LibraryError(f"{file[:80]!r} is no name of music inside the album; listen again")
    return file


def remove_unfinished(home: Path) -> None:
    """Clear away copies that a killed server had begun; what is young may still be under way."""
    for path in (home / COPIES_FOLDER).glob(f"{_MAKING}*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _MADE_WITHIN_S:
                path.unlink()


def outlines(place: Path, home: Path, soundtrack: Soundtrack) -> dict[str, Outlined]:
    """The outlines of all tracks whose recordings are there, by file."""
    player, drawn = Player(place, home), {}
    for one in soundtrack.heard:
        if isinstance(one.hearing.source, Recording):
            with contextlib.suppress(LibraryError):
                told = player.outline(one.track, one.hearing.source, to_be_played=False)
                plain = json.loads(told)
                drawn[one.track.file] = Outlined(plain["low"], plain["high"])
    return drawn


class _Writer:
    """Sound written block by block, at a rate and with channels that browsers play."""

    def __init__(self, file: soundfile.SoundFile, stream: library.Stream) -> None:
        rate_hz = stream.sample_rate_hz
        self._file, self._is_mono = file, stream.channels > _MOST_CHANNELS
        self._resampler = None
        if rate_hz != file.samplerate:
            self._resampler = soxr.ResampleStream(
                rate_hz, file.samplerate, file.channels, dtype="float32"
            )

    def add(self, block: Audio) -> None:
        samples = channel_mean(block)[:, np.newaxis] if self._is_mono else block.samples.T
        samples = np.ascontiguousarray(samples)
        self._file.write(self._resampler.resample_chunk(samples) if self._resampler else samples)

    def end(self) -> None:
        if self._resampler:
            nothing = np.empty((0, self._file.channels), np.float32)
            self._file.write(self._resampler.resample_chunk(nothing, last=True))


@contextlib.contextmanager
def _written(copy: Path, stream: library.Stream) -> Iterator[_Writer]:
    rate_hz = stream.sample_rate_hz
    rate_hz = rate_hz if rate_hz in _PLAYABLE_RATES_HZ else _PLAYED_RATE_HZ
    channels = stream.channels if stream.channels <= _MOST_CHANNELS else 1
    with (
        _whole(copy) as draft,
        soundfile.SoundFile(
            draft, "w", rate_hz, channels, "PCM_16", format="FLAC", compression_level=0.0
        ) as file,
    ):
        yield _Writer(file, stream)


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A draft that takes its name only once it is whole."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=_MAKING, dir=path.parent)
        os.close(descriptor)
        draft = Path(name)
        try:
            yield draft
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path} could not be written ({error.strerror}); free some space") from (
            error
        )


def _touch(path: Path) -> None:
    with contextlib.suppress(OSError):
        os.utime(path)
