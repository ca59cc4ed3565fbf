"""How far the confidence of placements can be trusted: of those with .9, nine in ten are right.

    python bench/film_confidence.py --music FOLDER --part report

In ordinary films nearly every placement is right, which tells little. So these are hard: music
24 to 36 dB beneath speech; cues of two to six seconds; albums put together of the same few samples
bar by bar, so that a wrong place nearly fits; other takes; and films with the music of another
album, where everything is wrong. A placement is right if for half of its time its track sounds
there, at the right moment. The curve in `unsung.film.confidence` was fitted to `development`.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from film_placement import found_in, right_share
from film_worlds import (
    RATE_HZ,
    SEEDS,
    Album,
    Dice,
    Recipe,
    Sound,
    World,
    decoded,
    film_with,
    tracks,
    warped,
)
from unsung.model.film import Placement
from unsung.model.sound import Audio

BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
ALBUM = 8
BAR_S, BARS, STEMS, AT_ONCE = 2.0, 60, 18, 3
WOBBLE, WOBBLE_S = 3e-3, 10.0


class Judged(NamedTuple):
    """A placement, the condition it comes from, and whether it is right."""

    condition: str
    placement: Placement
    right: bool


def judged(part: str, minutes: float, music: Path, folder: Path) -> Iterator[Judged]:
    """All placements in the hard films."""
    for condition, made in hard_worlds(part, minutes, music, folder):
        for p in found_in(made.film, made.album):
            yield Judged(condition, p, right_share(made, p) >= 0.5)


def hard_worlds(
    part: str, minutes: float, music: Path, folder: Path
) -> Iterator[tuple[str, World]]:
    """The conditions by name, one film each."""
    files, others = tracks(part, music)
    album = tuple((f.name, Audio(decoded(f)[np.newaxis], RATE_HZ)) for f in files[:ALBUM])
    stranger = tuple((f.name, Audio(decoded(f)[np.newaxis], RATE_HZ)) for f in others[:ALBUM])
    dice = np.random.default_rng(SEEDS[part] * 77)
    sampled = _sampled(dice, album)
    buried, usual = (-24.0, -30.0, -36.0), (0.0, -12.0, -24.0)
    recipes: dict[str, tuple[Album, Recipe]] = {
        "buried": (album, Recipe(buried)),
        "short": (album, Recipe((-6.0, -18.0, -30.0), ("plain", "cut"), (2.0, 6.0))),
        "sampled": (sampled, Recipe(usual, ("plain", "cut"), (4.0, 20.0))),
        "other take": (album, Recipe(usual, played=lambda audio: _retaken(dice, audio))),
        "other take, sampled": (
            sampled,
            Recipe(usual, ("plain", "cut"), (4.0, 20.0), lambda audio: _retaken(dice, audio)),
        ),
    }
    for name, (of, recipe) in recipes.items():
        yield name, film_with(dice, minutes, of, others[ALBUM:], folder, recipe)
    for name, of in (("another album", stranger), ("another album, sampled", sampled)):
        made = film_with(dice, minutes, of, (), folder, Recipe((0.0, -12.0)))
        heard = _sampled(dice, album) if of is sampled else album
        yield name, World(made.film, heard, ())


def _sampled(dice: Dice, album: Album) -> Album:
    """Tracks of bars, each three of the same few stems: neighbours share two of three."""
    length = round(BAR_S * RATE_HZ)
    stems = [_stem(dice, album, length) for _ in range(STEMS)]
    return tuple((f"sampled {k}", _of_bars(dice, stems)) for k in range(ALBUM))


def _stem(dice: Dice, album: Album, length: int) -> Sound:
    sound = album[int(dice.integers(len(album)))][1].samples[0]
    first = int(dice.integers(len(sound) - length))
    stem = sound[first : first + length] * np.hanning(length).astype(np.float32) ** 0.25
    loud: Sound = stem * np.float32(0.05 / (np.sqrt((stem**2).mean()) + 1e-6))
    return loud


def _of_bars(dice: Dice, stems: Sequence[Sound]) -> Audio:
    chosen = [int(k) for k in dice.choice(len(stems), AT_ONCE, replace=False)]
    bars = []
    for _ in range(BARS):
        chosen[int(dice.integers(AT_ONCE))] = int(dice.integers(len(stems)))
        bars.append(sum(stems[k] for k in chosen))
    return Audio(np.concatenate(bars)[np.newaxis], RATE_HZ)


def _retaken(dice: Dice, audio: Audio) -> Audio:
    """The track as if played again: a speed that wavers by some thousandths."""
    turn, begin = 2 * np.pi / WOBBLE_S, dice.uniform(0, 2 * np.pi)

    def made_s(at_s: np.ndarray) -> np.ndarray:
        moved = at_s + WOBBLE / turn * np.sin(turn * at_s + begin)
        inside: np.ndarray = np.maximum(moved, 0)
        return inside

    return Audio(warped(audio.samples[0], made_s)[np.newaxis], RATE_HZ)


def reliability(rows: Sequence[Judged]) -> Iterator[str]:
    """A line for each range of confidence, and the expected calibration error."""
    confidence = np.array([row.placement.confidence for row in rows])
    right = np.array([row.right for row in rows])
    error = 0.0
    for low, high in pairwise(BOUNDS):
        inside = (confidence >= low) & ((confidence < high) | (high == 1))
        if inside.any():
            said, true = confidence[inside].mean(), right[inside].mean()
            error += abs(said - true) * inside.mean()
            yield f"{low:.2f} to {high:.2f}: {inside.sum()}, said {said:.3f}, right {true:.3f}"
    yield f"expected calibration error {error:.3f}; Brier {np.mean((confidence - right) ** 2):.3f}"


def main() -> None:
    """Counts by condition, then how far confidence holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=tuple(SEEDS), default="development")
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--music", type=Path, required=True, help="Wesnoth's music, as Ogg")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "film-worlds")
    given = parser.parse_args()
    rows = list(judged(given.part, given.minutes, given.music, given.folder))
    for condition in dict.fromkeys(row.condition for row in rows):
        here = [row.right for row in rows if row.condition == condition]
        print(f"{condition}: {len(here)} placements, {sum(here)} right")
    for sameness in dict.fromkeys(row.placement.sameness for row in rows):
        print(sameness)
        print(*reliability([row for row in rows if row.placement.sameness == sameness]), sep="\n")
    print("all", *reliability(rows), sep="\n")


if __name__ == "__main__":
    main()
