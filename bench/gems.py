"""How surely tracks that stand out are named, and how seldom any is where there is only luck.

    python bench/gems.py --part report [--albums 200] [--heard FOLDER ...] [--json]

Albums are made of parts that correlate within a side, as heard ones do, and that grow with length
and fade along the album; some parts could not be heard. On an album of luck nothing more is true.
On a planted one three tracks have more on four of the six sides, by `shift` standard deviations;
the number of tracks is 12, 20 or 40.

`named falsely` is the share of albums of luck (five times as many) on which any track is named, and
should be at most .05; `recall` the share of planted tracks that are named, `precision` how many of
the named were planted. The peer, `mean percentile`, takes the plain mean of all parts as heard and
names what lies above the limit that five of a hundred albums of luck reach with any track, learnt
on the development part: the same promise, without control and without sides. With `--heard`, each
side of the tracks of a project that was listened to is shuffled as often, and what is named is
counted.
"""

import argparse
import json
from collections.abc import Sequence

import numpy as np
from attrs import frozen

from unsung import pipeline
from unsung.questions.gems.shows import SIDES, what_tracks_show
from unsung.questions.gems.standing_out import standings
from unsung.recognition.merit import Parts
from unsung.recognition.percentiles import percentiles

FIRST_SEED = {"development": 1, "report": 50_001}
SHIFTS = (1.0, 2.0, 3.0)
_PLANTED, _PLANTED_SIDES = 3, 4
_WITHIN, _LENGTH, _PLACE, _UNHEARD = 0.6, 0.6, -0.3, 0.05
_SIZES = (12, 20, 40)
_LUCK_TIMES = 5


@frozen
class Made:
    """An album whose truth is known."""

    parts: tuple[Parts, ...]
    lengths_s: tuple[float, ...]
    planted: frozenset[int]

    @property
    def positions(self) -> range:
        """1 and on."""
        return range(1, len(self.parts) + 1)


def main() -> None:
    """Prints the table of one part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=sorted(FIRST_SEED), default="development")
    parser.add_argument("--albums", type=int, default=100)
    parser.add_argument("--heard", nargs="*", default=[])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    seeds = range(FIRST_SEED[asked.part], FIRST_SEED[asked.part] + asked.albums)
    figures = _figures(seeds) | {
        f"named falsely, {home} shuffled": _false_on(home, seeds) for home in asked.heard
    }
    for name, value in figures.items():
        print(f"{name:60} {value:6.3f}")
    if asked.json:
        print(json.dumps({"bench": "gems", "part": asked.part, "albums": asked.albums, **figures}))


def _figures(seeds: Sequence[int]) -> dict[str, float]:
    limits = {size: _limit(size) for size in _SIZES}
    luck = [made(seed) for seed in range(seeds[0], seeds[0] + _LUCK_TIMES * len(seeds))]
    figures = {
        "named falsely": float(np.mean([bool(named(one)) for one in luck])),
        "named falsely, mean percentile": float(
            np.mean([bool(named_by_mean(one, limits[len(one.parts)])) for one in luck])
        ),
    }
    for shift in SHIFTS:
        albums = [made(seed, shift) for seed in seeds]
        figures |= _found(f"planted {shift:g}", albums, [named(one) for one in albums])
        peer = [named_by_mean(one, limits[len(one.parts)]) for one in albums]
        figures |= _found(f"planted {shift:g}, mean percentile", albums, peer)
    return figures


def _found(title: str, albums: Sequence[Made], said: Sequence[frozenset[int]]) -> dict[str, float]:
    right = sum(len(one.planted & names) for one, names in zip(albums, said, strict=True))
    return {
        f"{title}: recall": right / sum(len(one.planted) for one in albums),
        f"{title}: precision": right / max(1, sum(map(len, said))),
    }


def named(album: Made) -> frozenset[int]:
    """What Unsung names."""
    found = standings(album.parts, album.positions, album.lengths_s)
    return frozenset(at for at, one in found.items() if one.stands_out)


def named_by_mean(album: Made, limit: float) -> frozenset[int]:
    """What lies above a limit in the plain mean of percentiles."""
    return frozenset(np.flatnonzero(mean_percentiles(album) > limit).tolist())


def mean_percentiles(album: Made) -> np.ndarray:
    """The plain mean of each track's percentiles in all parts that were heard."""
    sums, counts = np.zeros(len(album.parts)), np.zeros(len(album.parts))
    for part in {name for parts in album.parts for name in parts}:
        at = [row for row, parts in enumerate(album.parts) if part in parts]
        values = np.array([album.parts[row][part] for row in at])
        sums[at] += percentiles(values, np.sort(values))
        counts[at] += 1
    return sums / counts


def _limit(size: int) -> float:
    """What five in a hundred albums of luck of this size reach."""
    first = FIRST_SEED["development"] + 10_000
    highest = [mean_percentiles(made(first + k, size=size)).max() for k in range(400)]
    return float(np.percentile(highest, 95))


def made(seed: int, shift: float = 0.0, size: int = 0) -> Made:
    """An album of luck, or with planted tracks."""
    dice = np.random.default_rng(seed)
    count = size or int(dice.choice(_SIZES))
    lengths_s = np.exp(dice.normal(4.9, 0.6, count))
    planted = frozenset(dice.choice(count, _PLANTED, replace=False).tolist() if shift else ())
    rows: list[dict[str, float]] = [{} for _ in range(count)]
    high = {
        track: set(dice.choice(len(SIDES), _PLANTED_SIDES, replace=False).tolist())
        for track in sorted(planted)
    }
    given = _LENGTH * (np.log(lengths_s) - 4.9) / 0.6 + _PLACE * np.log(1 + np.arange(count))
    for side, parts in enumerate(SIDES.values()):
        more = np.array([shift if side in high.get(track, ()) else 0.0 for track in range(count)])
        shared = dice.standard_normal(count)
        for part in parts:
            own = np.sqrt(_WITHIN) * shared + np.sqrt(1 - _WITHIN) * dice.standard_normal(count)
            for track in np.flatnonzero(dice.random(count) >= _UNHEARD).tolist():
                rows[track][part] = float(own[track] + more[track] + given[track])
    return Made(tuple(rows), tuple(lengths_s.tolist()), planted)


def _false_on(home: str, seeds: Sequence[int]) -> float:
    """The share of shufflings of an album that was heard on which any track is named."""
    soundtrack = pipeline.remembered(home)
    shown = what_tracks_show(soundtrack)
    lengths_s = tuple(one.hearing.duration_s for one in soundtrack.heard)
    return float(np.mean([bool(named(Made(_shuffled(shown, seed), lengths_s, frozenset())))
                          for seed in seeds]))  # fmt: skip


def _shuffled(shown: Sequence[Parts], seed: int) -> tuple[Parts, ...]:
    """Each side dealt anew among the tracks that can be judged."""
    dice = np.random.default_rng(seed)
    able = [at for at, parts in enumerate(shown) if parts]
    rows: list[dict[str, float]] = [{} for _ in shown]
    for parts in SIDES.values():
        for to, whence in zip(able, dice.permutation(able).tolist(), strict=True):
            rows[to] |= {part: shown[whence][part] for part in parts if part in shown[whence]}
    return tuple(rows)


if __name__ == "__main__":
    main()
