"""A reader's own copy of the album: which track each file is, and how exactly it is laid over it.

    python bench/attached.py ALBUM [ALBUM …] --tracks 10

Tracks of real albums are coded anew (MP3 at 128 and 64 kb/s, AAC, Opus; and MP3 with half a second
of silence before it), decoded by Chromium, and compared with the published prints of all tracks of
all albums by the explorer's own script. Told: files whose likest track is the right one and near
enough to be taken; pairs of files and other tracks of about the same length that would be taken
alone, and of any length; how far the offset lies from the true one, found by correlating the
samples. Needs Chromium, FFmpeg and `npm ci` in `frontend/`.
"""

import argparse
import base64
import json
import subprocess
import tempfile
from itertools import compress, product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy
import soundfile
import soxr

from unsung import library
from unsung.listening.loudness import LoudnessMeter
from unsung.model.album import Track
from unsung.model.hearing import Loudness
from unsung.pages.prints import told_of

CODINGS = {
    "mp3 128": (".mp3", ["-c:a", "libmp3lame", "-b:a", "128k"]),
    "mp3 64": (".mp3", ["-c:a", "libmp3lame", "-b:a", "64k"]),
    "aac 128": (".m4a", ["-c:a", "aac", "-b:a", "128k"]),
    "opus 64": (".opus", ["-c:a", "libopus", "-b:a", "64k"]),
    "mp3 128, later": (".mp3", ["-af", "adelay=500:all=1", "-c:a", "libmp3lame", "-b:a", "128k"]),
}
NEAR_S, MOST_APART, MOST_APART_DB = 3.0, 0.35, 1.5
_FRONTEND = Path(__file__).parents[1] / "frontend"
_RATE_HZ, _EXCERPT_S, _FARTHEST_S = 8_000, 6.0, 1.0

LIKENESSES = """async ([coded, known, tracks]) => {
  const bytes = Uint8Array.from(atob(coded), (sign) => sign.charCodeAt(0));
  const began = performance.now();
  const curve = await bundle.curveOf(new Blob([bytes]), known);
  const heard = performance.now();
  const rows = tracks.map((track) => bundle.likeness(curve, track, known));
  const spent = [heard - began, performance.now() - heard];
  const sound = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(bytes.buffer);
  const from = Math.floor(sound.length / 2);
  const until = Math.min(from + 48000, sound.length - 8000);
  const samples = Array.from(sound.getChannelData(0).slice(from, until));
  const found = rows.map((row) => [row.apart, row.apartDb, row.offsetS]);
  return [curve.durationS, spent, found, from / 8000, samples];
}"""


class Copy(NamedTuple):
    """A track coded anew, as the browser found it."""

    coding: str
    right: int
    duration_s: float
    spent_ms: list[float]
    apart: np.ndarray
    apart_db: np.ndarray
    offset_s: float
    true_offset_s: float


def loudness_of(place: Path, track: Track) -> tuple[float, Loudness]:
    """How long and how loud a track is, as listening has it."""
    with library.opened(place, track) as stream:
        meter, lasts_s = LoudnessMeter(stream.sample_rate_hz, stream.channels), 0.0
        for block in stream.blocks:
            meter.add(block)
            lasts_s += block.duration_s
    return lasts_s, meter.loudness()


def copies(
    page: Any, known: dict[str, Any], tracks: list[dict[str, Any]], files: dict[int, Path]
) -> list[Copy]:
    """Every track in every coding."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            _copy(page, known, tracks, file, k, coding, Path(folder))
            for k, file in files.items()
            for coding in CODINGS
        ]


def _copy(
    page: Any, known: dict[str, Any], tracks: list[dict[str, Any]], file: Path, right: int,
    coding: str, folder: Path,
) -> Copy:  # fmt: skip
    suffix, how = CODINGS[coding]
    out = folder / f"copy{suffix}"
    asked = [
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-i",
        str(file),
        "-vn",
        "-map_metadata",
        "-1",
        *how,
        str(out),
    ]
    subprocess.run(asked, check=True, stdin=subprocess.DEVNULL)
    coded = base64.b64encode(out.read_bytes()).decode()
    duration_s, spent, rows, from_s, samples = page.evaluate(LIKENESSES, [coded, known, tracks])
    apart, apart_db, offset_s = np.array(rows).T
    true_s = _true_offset_s(file, from_s, np.array(samples))
    return Copy(coding, right, duration_s, spent, apart, apart_db, float(offset_s[right]), true_s)


def _true_offset_s(file: Path, from_s: float, heard: np.ndarray) -> float:
    """How much later the same samples come in the copy."""
    samples, rate_hz = soundfile.read(file, always_2d=True, dtype="float32")
    start = max(0, round((from_s - _FARTHEST_S) * rate_hz))
    stretch = samples[start : start + round((_EXCERPT_S + 2 * _FARTHEST_S) * rate_hz), 0]
    ours = soxr.resample(stretch, rate_hz, _RATE_HZ)
    match = scipy.signal.correlate(ours, heard, "valid", "fft")
    energy = scipy.signal.correlate(ours**2, np.ones(len(heard)), "valid", "fft")
    came_s = float((match / np.sqrt(np.maximum(energy, 1e-6))).argmax()) / _RATE_HZ
    return float(from_s - start / rate_hz - came_s)


def told(every: list[Copy], tracks: list[dict[str, Any]]) -> None:
    """A line a coding, and one about false matches."""
    near = [np.abs([t["durationS"] - one.duration_s for t in tracks]) < NEAR_S for one in every]
    is_taken = [(one.apart < MOST_APART) & (one.apart_db < MOST_APART_DB) for one in every]
    for coding in CODINGS:
        mine = [k for k, one in enumerate(every) if one.coding == coding]
        right = [
            bool((is_taken[k] & near[k])[every[k].right])
            and int(np.where(near[k], every[k].apart, np.inf).argmin()) == every[k].right
            for k in mine
        ]
        errors_ms = [1000 * abs(every[k].offset_s - every[k].true_offset_s) for k in mine]
        offsets_ms = [1000 * every[k].true_offset_s for k in mine]
        farthest = max(every[k].apart[every[k].right] for k in mine)
        print(f"{coding}: right {sum(right)} of {len(right)}; "
              f"offset {np.median(offsets_ms):.0f} ms, "
              f"error median {np.median(errors_ms):.1f}, worst {max(errors_ms):.1f} ms; "
              f"farthest apart {farthest:.3f}")  # fmt: skip
    pairs = [
        (k, t) for k, t in product(range(len(every)), range(len(tracks))) if t != every[k].right
    ]
    false_near = sum(bool(is_taken[k][t] and near[k][t]) for k, t in pairs)
    false_any = sum(bool(is_taken[k][t]) for k, t in pairs)
    likest = min(every[k].apart[t] for k, t in pairs)
    spent = np.mean([one.spent_ms for one in every], axis=0)
    alike = sum(bool(near[k][t]) for k, t in pairs)
    print(f"other tracks taken: {false_near} of {alike} of like length, {false_any} of "
          f"{len(pairs)} of any; the likest {likest:.3f} apart; {spent[0]:.0f} ms to hear a file, "
          f"{spent[1] / len(tracks):.1f} ms a comparison")  # fmt: skip


def main() -> None:
    """Print of all, copies of some, compare."""
    asks = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asks.add_argument("albums", type=Path, nargs="+")
    asks.add_argument("--tracks", type=int, default=10, help="how many of each album, the shortest")
    chosen = asks.parse_args()
    heard, files = [], []
    for place in chosen.albums:
        album = [one for one in library.shelf(place).album.tracks if one.kind == "recording"]
        album = sorted(album, key=lambda one: (place / one.file).stat().st_size)[: chosen.tracks]
        heard += [loudness_of(place, one) for one in album]
        files += [place / one.file for one in album]
    tracks = [{"n": k, "durationS": lasts_s} for k, (lasts_s, _) in enumerate(heard)]
    known = told_of({k: curve for k, (_, curve) in enumerate(heard)})
    size = len(json.dumps(known["loudness"])) / len(tracks)
    print(f"{len(tracks)} tracks, {size:.0f} bytes each")
    with _browser() as page:
        tells = page.evaluate(
            "([tracks, known]) => tracks.map((one) => bundle.isTelling(one, known))",
            [tracks, known],
        )
        print(f"{tells.count(False)} too short or too even to be told by their print")
        told(copies(page, known, tracks, dict(compress(enumerate(files), tells))), tracks)


class _browser:  # noqa: N801 (used as a function)
    """A page that holds the explorer's own comparison."""

    def __enter__(self) -> Any:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415

        self._playwright = sync_playwright().start()
        self._chromium = self._playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = self._chromium.new_page()
        bundled = subprocess.run(
            ["node_modules/.bin/esbuild", "src/prints.ts", "--bundle", "--format=iife",
             "--global-name=bundle"],
            cwd=_FRONTEND, check=True, capture_output=True, text=True,
        )  # fmt: skip
        page.add_script_tag(content=bundled.stdout)
        return page

    def __exit__(self, *_: object) -> None:
        self._chromium.close()
        self._playwright.stop()


if __name__ == "__main__":
    main()
