"""How well cuts are found, beside PySceneDetect's adaptive detector.

    python bench/film_cuts.py --part report [--peer PATH_OF_SCENEDETECT]

Made films: shots of a second to six from sources that move, zoom, flicker and crawl, with grain,
joined by hard cuts, through H.264 at a low rate. Recall and precision to one frame. Only
`development` was looked at while writing.
"""

import argparse
import csv
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from unsung.film.picture.cuts import shots
from unsung.library.picture import pictures

_SOURCES = (
    "mandelbrot=s=320x180:rate=25:start_scale={seed}",
    "life=s=320x180:rate=25:seed={number}:ratio=0.2:mold=10:death_color=#4030{hue:02x}:life_color=#{hue:02x}c0a0",
    "gradients=s=320x180:rate=25:seed={number}:speed=0.02",
    "testsrc2=s=320x180:rate=25,hue=h={degrees},scroll=h={seed}*0.01",
    "cellauto=s=320x180:rate=25:rule=110:seed={number},hue=h={degrees}:s=0,eq=brightness=0.{tenth}",
    "color=#{hue:02x}{hue:02x}50:s=320x180:rate=25",
)
_FRAME_S = 1 / 25
_SEEDS = {"development": range(3), "report": range(100, 106)}


def main() -> None:
    """A row a film, and the sums."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--part", choices=tuple(_SEEDS), default="development")
    asked.add_argument("--peer", default="scenedetect")
    given = asked.parse_args()
    totals = np.zeros((2, 3), int)
    for seed in _SEEDS[given.part]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "film.mp4"
            truth = _film(path, seed)
            ours = shots(pictures(path)).cuts_s
            totals += [_counts(ours, truth), _counts(_peers(given.peer, path), truth)]
    for name, (right, found, true) in zip(("unsung", "PySceneDetect"), totals, strict=True):
        recall, precision = right / max(1, true), right / max(1, found)
        print(f"{name}: {true} cuts, recall {recall:.3f}, precision {precision:.3f}")


def _film(path: Path, seed: int) -> list[float]:
    """A film of 24 shots; when its cuts are."""
    dice = np.random.default_rng(seed)
    lengths = dice.integers(25, 150, 24)
    asked, chains, last = ["ffmpeg", "-v", "error"], [], -1
    for k, length in enumerate(lengths):
        kind = int(dice.choice([one for one in range(len(_SOURCES)) if one != last]))
        last, numbers = kind, dice.integers(1, 9, 4)
        source = _SOURCES[kind].format(
            seed=numbers[0],
            number=numbers[1] * 77,
            hue=20 * numbers[2],
            degrees=40 * numbers[3],
            tenth=numbers[2] % 4,
        )
        asked += ["-f", "lavfi", "-t", f"{length / 25:.2f}", "-i", source]
        chains.append(f"[{k}:v]format=yuv420p,setsar=1,noise=alls=8:allf=t[s{k}]")
    joined = "".join(f"[s{k}]" for k in range(len(lengths)))
    graph = ";".join([*chains, f"{joined}concat=n={len(lengths)}[v]"])
    asked += ["-filter_complex", graph, "-map", "[v]", "-c:v", "libx264", "-crf", "28", str(path)]
    subprocess.run(asked, check=True)
    return [float(at) * _FRAME_S for at in np.cumsum(lengths)[:-1]]


def _peers(command: str, path: Path) -> list[float]:
    asked = [
        command,
        "-q",
        "-i",
        str(path),
        "-o",
        str(path.parent),
        "detect-adaptive",
        "list-scenes",
        "-q",
    ]
    subprocess.run(asked, check=True, capture_output=True)
    rows = list(csv.reader((path.parent / "film-Scenes.csv").read_text().splitlines()))
    return [float(row[3]) for row in rows[2:]][1:]


def _counts(found: Sequence[float], truth: Sequence[float]) -> tuple[int, int, int]:
    """Cuts of the truth that were found to one frame, cuts found, cuts there are."""
    right = sum(any(abs(at - true) < 1.5 * _FRAME_S for at in found) for true in truth)
    return right, len(found), len(truth)


if __name__ == "__main__":
    main()
