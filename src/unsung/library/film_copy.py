"""A small copy of a film that browsers play: made piece by piece, so that nothing is made twice.

The sound is coded in one go, on the clock that the film is heard by. The picture is coded a minute
at a time; the pieces lie in the folder until all are there and are then joined without coding them
again. Whatever ends the work, what is whole stays and is used the next time.
"""

import math
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from attrs import frozen

from unsung.library.film_streams import LOCAL_ONLY, source_of
from unsung.model.errors import LibraryError, StoreError

COPY_PREFIX = "film-"
MOST_BYTES = 2**30
PIECE_S = 60.0
_SOUND_BPS, _MOST_PICTURE_BPS, _LEAST_PICTURE_BPS = 96_000, 600_000, 60_000
_LINES = 360
_SMALL = f"scale=-2:'2*trunc(min({_LINES},ih)/2)',setsar=1"
_ROOM_LEFT_BYTES = 200 * 2**20


@frozen
class _Coding:
    """What a copy is coded with: the container, and FFmpeg's words for picture and sound."""

    suffix: str
    container: str
    media_type: str
    picture: tuple[str, ...]
    sound: tuple[str, ...]


_H264 = _Coding(
    "mp4", "mp4", "video/mp4",
    ("-c:v", "libx264", "-preset", "veryfast", "-crf", "27", "-bf", "0", "-pix_fmt", "yuv420p"),
    ("-c:a", "aac"),
)  # fmt: skip
_VP8 = _Coding(
    "webm", "webm", "video/webm",
    ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-crf", "20", "-auto-alt-ref",
     "0", "-pix_fmt", "yuv420p"),
    ("-c:a", "libopus"),
)  # fmt: skip

Run = Callable[[Sequence[str]], bool]
"""Runs a command; false where it was told to stop, `LibraryError` where it fails."""


@frozen
class Copying:
    """A copy to be made: of which film, with which of its sounds, where, and how long it is."""

    film: Path
    number: int
    home: Path
    name: str
    duration_s: float
    has_picture: bool

    @property
    def whole(self) -> Path:
        """The copy, once it is there."""
        return self.home / f"{self.name}.{_coding().suffix}"

    @property
    def media_type(self) -> str:
        """What the copy is."""
        return _coding().media_type

    @property
    def pieces(self) -> tuple[Path, ...]:
        """The pieces of the picture, whether they are there or not."""
        count = math.ceil(self.duration_s / PIECE_S) if self.has_picture else 0
        return tuple(self._parts / f"{k:04}.mkv" for k in range(count))

    @property
    def share(self) -> float:
        """How much of it is there, 0..1."""
        if self.whole.exists():
            return 1.0
        made = [self._sound.exists(), *(piece.exists() for piece in self.pieces)]
        return sum(made) / (len(made) + 1)

    @property
    def at_most_bytes(self) -> int:
        """How large it can become."""
        picture_bps = self._picture_bps if self.has_picture else 0
        return int(self.duration_s * (picture_bps + _SOUND_BPS) / 8)

    def make(self, run: Run) -> None:
        """Make what is missing; returns early where `run` was told to stop."""
        if self.whole.exists():
            return
        try:
            self._check_room()
            self.clear_others()
            self._parts.mkdir(parents=True, exist_ok=True)
            if all(self._made(run, target, words) for target, words in self._steps()):
                shutil.rmtree(self._parts, ignore_errors=True)
        except OSError as error:
            raise StoreError(
                f"the copy of the film could not be written ({error.strerror}); free some space"
            ) from error

    def clear_others(self) -> None:
        """Copies of other films, or of this one as it was, make room."""
        for path in self.home.glob(f"{COPY_PREFIX}*"):
            if not path.name.startswith(f"{self.name}."):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def _steps(self) -> Iterator[tuple[Path, list[str]]]:
        coding = _coding()
        sound = ["-i", source_of(self.film), "-map", f"0:a:{self.number}"]
        sound += ["-af", "aresample=async=1:first_pts=0", "-ac", "2", "-ar", "48000", *coding.sound]
        yield self._sound, [*sound, "-b:a", str(_SOUND_BPS), "-f", coding.container]
        for k, piece in enumerate(self.pieces):
            yield piece, self._piece(k * PIECE_S)
        yield self.whole, self._joined()

    def _piece(self, start_s: float) -> list[str]:
        rate = str(self._picture_bps)
        words = ["-ss", f"{start_s:.3f}", "-i", source_of(self.film), "-t", f"{PIECE_S:.3f}"]
        words += ["-map", "0:V:0", "-an", "-sn", "-dn", "-vf", _SMALL, *_coding().picture]
        words += ["-b:v" if _coding() is _VP8 else "-maxrate", rate, "-bufsize", rate]
        return [*words, "-force_key_frames", "expr:gte(t,n_forced*2)", "-f", "matroska"]

    def _joined(self) -> list[str]:
        """All pieces one after the other, each as long as it was cut, beside the sound."""
        words = ["-i", source_of(self._sound), "-map", "0:a"]
        there = [(k, one) for k, one in enumerate(self.pieces) if one.stat().st_size]
        if there:
            ends = [k for k, _ in there[1:]] + [len(self.pieces)]
            rows = [
                f"file '{one.name}'\nduration {(end - k) * PIECE_S:.3f}\n"
                for (k, one), end in zip(there, ends, strict=True)
            ]
            listed = self._parts / "pieces.txt"
            listed.write_text("".join(rows))
            words = ["-f", "concat", "-safe", "0", "-i", source_of(listed), *words[:2]]
            words += ["-map", "0:v", "-map", "1:a"]
        fast = ["-movflags", "+faststart"] if _coding() is _H264 else []
        return [*words, "-c", "copy", *fast, "-f", _coding().container]

    def _made(self, run: Run, target: Path, words: list[str]) -> bool:
        """Whether the target is there, made now or before; an empty piece holds no picture."""
        if target.exists():
            return True
        draft = target.with_name(f"{target.name}.draft")
        before = ["ffmpeg", "-nostdin", "-v", "error", "-y", *LOCAL_ONLY]
        if not run([*before, *words, str(draft)]):
            draft.unlink(missing_ok=True)
            return False
        draft.touch()
        draft.replace(target)
        return True

    def _check_room(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.home).free
        need = 2 * self.at_most_bytes + _ROOM_LEFT_BYTES
        if free < need:
            raise StoreError(
                f"a copy of the film may take {need / 2**30:.1f} GB for a while, and"
                f" {free / 2**30:.1f} GB are free beside the music; free some space"
            )

    @property
    def _picture_bps(self) -> int:
        within = MOST_BYTES * 8 / max(self.duration_s, 1.0) - _SOUND_BPS
        return int(min(max(within, _LEAST_PICTURE_BPS), _MOST_PICTURE_BPS))

    @property
    def _parts(self) -> Path:
        return self.home / f"{self.name}.parts"

    @property
    def _sound(self) -> Path:
        return self._parts / f"sound.{_coding().suffix}"


def still(film: Path, at_s: float, wide_px: int) -> bytes:
    """What is seen at an instant, as JPEG; empty where nothing is."""
    asked = ["ffmpeg", "-nostdin", "-v", "error", *LOCAL_ONLY, "-ss", f"{at_s:.3f}"]
    asked += ["-i", source_of(film), "-map", "0:V:0", "-frames:v", "1"]
    asked += ["-vf", f"scale={wide_px}:-2,setsar=1", "-q:v", "6", "-f", "mjpeg", "-"]
    try:
        seen = subprocess.run(  # noqa: S603 - a list, never a shell
            asked, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise LibraryError("the picture of the film cannot be decoded there") from error
    return seen.stdout


@cache
def _coding() -> _Coding:
    """H.264 and AAC where FFmpeg can make them, else VP8 and Opus."""
    try:
        told = subprocess.run(
            ["ffmpeg", "-hide_banner", "-encoders"],  # noqa: S607 - found on the path
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False,
        ).stdout  # fmt: skip
    except (subprocess.TimeoutExpired, OSError) as error:
        raise LibraryError("FFmpeg cannot be run; install ffmpeg") from error
    return _H264 if " libx264 " in told else _VP8
