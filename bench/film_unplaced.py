"""How well music is heard that the album lacks, and that nothing else is taken for it.

    python bench/film_unplaced.py PACKAGES DIALOGUE KEPT --part report

PACKAGES are unpacked Debian packages, DIALOGUE is the run of Drascula's dialogue (see
`unplaced_worlds`). A row a background and level: seconds of music that are found (recall), seconds
found that are music (precision), their F, and the share of seconds told as undecided; seconds in
which music begins or ends are not counted. Films without music show seconds of false music.

`residue`: music of the album alone (Wesnoth) under the same backgrounds, found by the search and
taken away; seconds of music with no source that are told all the same: as the program does, over
placements too, and in the film from which nothing is taken away. Peers in the same run: the
network's own word for music and how flat the spectrum is, each with the threshold that is best on
the development part.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy
import soxr
from attrs import frozen

from film_worlds import tracks
from unplaced_worlds import LOUD_RMS, RATE_HZ, Places, conditions, decoded, effects, made, spoken
from unsung.film.dialogue.levels import told_apart
from unsung.film.placements import placements
from unsung.film.unplaced import unplaced
from unsung.listening.impressions import Impressions, impressions
from unsung.listening.music_chance import music_chance
from unsung.model.film import FilmSound, Placement
from unsung.model.sound import Audio
from unsung.model.time import Span
from unsung.model.unplaced import Unplaced

MUSIC_WORD = 132
_WORD_THRESHOLD, _FLATNESS_THRESHOLD = -5.52, -2.6
_RESIDUE_DB = (0.0, -12.0)


@frozen(eq=False)
class Told:
    """Second by second: is there music, what is said of it by each way of hearing."""

    truth: np.ndarray
    ours: np.ndarray
    undecided: np.ndarray
    word: np.ndarray
    flatness: np.ndarray


def main() -> None:
    """Prints the tables of one part."""
    asks = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    for name in ("packages", "dialogue", "kept"):
        asks.add_argument(name, type=Path)
    asks.add_argument("--part", choices=("development", "report"), default="development")
    asks.add_argument("--films", type=int, default=1, help="of each condition")
    asks.add_argument("--what", choices=("films", "residue", "both"), default="both")
    asked = asks.parse_args()
    places = Places(asked.packages, asked.dialogue, asked.kept)
    if asked.what != "residue":
        _films(places, asked.part, asked.films)
    if asked.what != "films":
        _residue(places, asked.part)


def _films(places: Places, part: str, films: int) -> None:
    print("under | level dB | recall | precision | F | undecided | F of the word | F of flatness")
    every = []
    for under, level_db in conditions():
        rows = [_told(places, part, under, level_db, 100 + seed) for seed in range(films)]
        every += rows
        level = "no music" if level_db is None else f"{level_db:.0f}"
        print(under, "|", level, "|", _row(rows), flush=True)
    print("all | |", _row(every))
    if part == "development":
        _thresholds(every)


def _told(places: Places, part: str, under: str, level_db: float | None, seed: int) -> Told:
    film = made(places, part, under, level_db, seed)
    heard = impressions(Audio(film.film[None], RATE_HZ))
    found, count = unplaced(music_chance(heard), ()), len(film.music)
    return Told(
        film.music,
        _seconds([one.span for one in found.stretches], count),
        _seconds(found.undecided, count),
        _evened(heard.words.values[MUSIC_WORD]),
        _flatness(film.film),
    )


def _seconds(spans: Sequence[Span], count: int) -> np.ndarray:
    on = np.zeros(count, bool)
    for span in spans:
        on[round(span.start_s) : round(span.end_s)] = True
    return on


def _flatness(film: np.ndarray) -> np.ndarray:
    """How far the spectrum's geometric mean lies below its mean, in nats; tones make it deep."""
    frames = film[: len(film) // 1024 * 1024].reshape(-1, 1024) * np.hanning(1024)
    power = np.abs(scipy.fft.rfft(frames, axis=1))[:, 4:400] ** 2 + 1e-12
    flat = np.log(power).mean(axis=1) - np.log(power.mean(axis=1))
    second = np.arange(len(film) // RATE_HZ)
    return _evened(np.interp(second + 0.5, (np.arange(len(flat)) + 0.5) * 1024 / RATE_HZ, flat))


def _evened(row: np.ndarray) -> np.ndarray:
    evened: np.ndarray = scipy.ndimage.uniform_filter1d(row.astype(float), 5)
    return evened


def _row(rows: list[Told]) -> str:
    truth, ours, undecided, word, flat = (
        np.concatenate([getattr(one, name) for one in rows])
        for name in ("truth", "ours", "undecided", "word", "flatness")
    )
    known = truth >= 0
    if not (truth == 1).any():
        peers = (word > _WORD_THRESHOLD, flat < _FLATNESS_THRESHOLD)
        false = " | ".join(f"{(one & known).sum()} s false" for one in peers)
        ours_s, unclear = (ours & known).sum(), undecided.mean()
        return f"{ours_s} s of {known.sum()} false | | | {unclear:.2f} | {false}"
    recall, precision, f = _scores(ours[known], truth[known])
    others = [
        _scores(one[known], truth[known])[2]
        for one in (word > _WORD_THRESHOLD, flat < _FLATNESS_THRESHOLD)
    ]
    return (
        f"{recall:.3f} | {precision:.3f} | {f:.3f} | {undecided[known].mean():.2f} |"
        f" {others[0]:.3f} | {others[1]:.3f}"
    )


def _scores(found: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    both = (found & (truth == 1)).sum()
    recall, precision = both / max(1, (truth == 1).sum()), both / max(1, found.sum())
    return recall, precision, 2 * both / max(1, found.sum() + (truth == 1).sum())


def _thresholds(rows: list[Told]) -> None:
    """The best threshold of each peer, to be written down above."""
    known = np.concatenate([one.truth for one in rows])
    for name, sign in (("word", 1), ("flatness", -1)):
        values = sign * np.concatenate([getattr(one, name) for one in rows])
        tried = np.percentile(values, np.arange(2, 99, 2))
        f = [_scores((values > one)[known >= 0], known[known >= 0])[2] for one in tried]
        print(f"best threshold of {name}: {sign * tried[int(np.argmax(f))]:.2f}, F {max(f):.3f}")


def _residue(places: Places, part: str) -> None:
    print(
        "residue: under | dB | placed s | false s: ours | over placements too | nothing taken away"
    )
    on_album, _ = tracks(part, places.packages / _WESNOTH)
    for under in ("nothing", "speech", "effects"):
        for level_db in _RESIDUE_DB:
            print(
                under,
                "|",
                level_db,
                "|",
                _left_over(places, part, under, level_db, on_album),
                flush=True,
            )


_WESNOTH = "wesnoth-1.16-music/usr/share/games/wesnoth/1.16/data/core/music"


def _left_over(places: Places, part: str, under: str, level_db: float, files: list[Path]) -> str:
    dice = np.random.default_rng([len(part), len(under), round(-level_db)])
    chosen = [files[k] for k in dice.permutation(len(files))[:3]]
    album = {one.name: Audio(decoded(one)[None], RATE_HZ) for one in chosen}
    film = _with_album(places, part, under, level_db, list(album.values()), dice)
    sound = Audio(film[None], RATE_HZ)
    low = Audio(_lower(film), 8000)
    reduced = tuple((file, Audio(_lower(one.samples[0]), 8000)) for file, one in album.items())
    placed = placements(FilmSound(low, low), reduced).placements
    rest = impressions(told_apart(sound, album, placed).rest)
    whole = impressions(sound)
    placed_s = sum(one.film_span.duration_s for one in placed)
    told = [_false(rest, placed), _false(rest, ()), _false(whole, ())]
    return " | ".join(f"{one:.0f}" for one in (placed_s, *told))


def _false(heard: Impressions, placed: tuple[Placement, ...]) -> float:
    found: Unplaced = unplaced(music_chance(heard), placed)
    return found.music_s


def _lower(samples: np.ndarray) -> np.ndarray:
    low: np.ndarray = soxr.resample(samples, RATE_HZ, 8000).astype(np.float32)
    return low[None]


def _with_album(
    places: Places,
    part: str,
    under: str,
    level_db: float,
    album: list[Audio],
    dice: np.random.Generator,
) -> np.ndarray:
    """Three minutes: each track for half a minute, one faded, ten seconds or more apart."""
    samples = 180 * RATE_HZ
    film = (dice.standard_normal(samples) * 3e-4).astype(np.float32)
    if under == "speech":
        film += spoken(places, part, dice, samples)
    if under == "effects":
        film += effects(places, part, dice, samples)
    for k, audio in enumerate(album):
        whole = audio.samples[0]
        first = int(dice.integers(max(1, len(whole) - 32 * RATE_HZ)))
        piece = whole[first : first + 30 * RATE_HZ].copy()
        piece *= LOUD_RMS * 10 ** (level_db / 20) / (np.sqrt((piece**2).mean()) + 1e-9)
        fade = (3 if k == 1 else 0.02) * RATE_HZ
        piece *= np.clip(np.arange(len(piece))[::-1] / fade, 0, 1).astype(np.float32)
        at = (10 + 55 * k) * RATE_HZ
        film[at : at + len(piece)] += piece
    return film


if __name__ == "__main__":
    main()
