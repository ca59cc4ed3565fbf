"""Whether the same recording, another mix of it and another take are told apart.

    python bench/film_alternates.py PACKAGES DIALOGUE KEPT --part report [--scores N]

`in a film`: half a minute of a rendering (`mix_worlds`) in a film of its own, alone, under speech
or under effects (music 6 dB below both), sought in the album that has it as it is. Told are what
the search calls it (the recording, another take, not found) and which mix it is said to be.
`on an album`: all renderings of all scores as one album; which pairs are named alternates, and as
what. Peer: one figure for the whole stretch, the coherence of film and album (as in Carter, 1987),
with the thresholds that do best on the development part.
"""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import scipy
import soxr

from mix_worlds import KINDS, MEANT, RATE_HZ, rendered, scores
from unplaced_worlds import LOUD_RMS, Places, effects, spoken
from unsung.film.alternates import alternates
from unsung.film.mixes import mixes
from unsung.film.placements import placements
from unsung.model.film import FilmSound, Placement, Speed
from unsung.model.outcomes import Outcome
from unsung.model.sound import Audio
from unsung.model.time import Span

SEEDS = {"development": 11, "report": 29}
UNDER = ("nothing", "speech", "effects")
_AT_S, _LASTS_S = 5, 30
_SAME_COHERENCE, _ANOTHER_COHERENCE = 0.9, 0.6
_KIND = {
    "same mix": "same recording",
    "another mix": "same recording, another mix",
    "another take": "same music, other take",
}


def main() -> None:
    """Prints the tables of one part."""
    asks = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    for name in ("packages", "dialogue", "kept"):
        asks.add_argument(name, type=Path)
    asks.add_argument("--part", choices=tuple(SEEDS), default="development")
    asks.add_argument("--scores", type=int, default=4)
    asked = asks.parse_args()
    places = Places(asked.packages, asked.dialogue, asked.kept)
    files = scores(asked.packages, asked.part)[: asked.scores]
    dice = np.random.default_rng(SEEDS[asked.part])
    sounds = {(file.name, kind): _made(file, kind, dice) for file in files for kind in KINDS}
    _in_a_film(places, asked.part, sounds, dice)
    _on_an_album(sounds)


def _made(file: Path, kind: str, dice: np.random.Generator) -> np.ndarray:
    sound = rendered(file, kind, dice)
    if kind != "coloured":
        return sound
    band = scipy.signal.butter(1, (200, 3000), "bandpass", fs=RATE_HZ, output="sos")
    coloured: np.ndarray = 0.5 * sound + scipy.signal.sosfilt(band, sound)
    return coloured.astype(np.float32)


def _in_a_film(
    places: Places, part: str, sounds: dict[tuple[str, str], np.ndarray], dice: np.random.Generator
) -> None:
    print("in a film: kind | under | the search says | the mix is said to be | by coherence")
    for kind in KINDS:
        for under in UNDER:
            told = [
                _told(sounds[name, "as it is"], sound, places, part, under, dice)
                for (name, made), sound in sounds.items()
                if made == kind
            ]
            columns = (Counter(column) for column in zip(*told, strict=True))
            shown = (", ".join(f"{n} {word}" for word, n in one.most_common()) for one in columns)
            print(kind, "|", under, "|", " | ".join(shown), flush=True)


def _told(
    album: np.ndarray,
    sound: np.ndarray,
    places: Places,
    part: str,
    under: str,
    dice: np.random.Generator,
) -> tuple[str, str, str]:
    start_s = int(dice.integers(0, max(1, len(sound) // RATE_HZ - _LASTS_S - 2)))
    film = _film(sound[start_s * RATE_HZ :][: _LASTS_S * RATE_HZ], places, part, under, dice)
    low = Audio(_lower(film), 8000)
    found = placements(FilmSound(low, low), (("1", Audio(_lower(album), 8000)),)).placements
    longest = max(found, key=lambda one: one.film_span.duration_s, default=None)
    sameness = longest.sameness if longest else "not found"
    true = Placement(
        "1", Span(start_s, start_s + _LASTS_S), Span(_AT_S, _AT_S + _LASTS_S), Speed(),
        "same recording", 1.0,
    )  # fmt: skip
    whole = Audio(film[None], RATE_HZ)
    mix = mixes(whole, {"1": Audio(album[None], RATE_HZ)}, [true])[0]
    return sameness, str(mix) if isinstance(mix, Outcome) else mix, _by_coherence(album, film, true)


def _by_coherence(album: np.ndarray, film: np.ndarray, true: Placement) -> str:
    """One figure for all, at the true places."""
    here, there = (
        sound[round(span.start_s * RATE_HZ) : round(span.end_s * RATE_HZ)]
        for sound, span in ((film, true.film_span), (album, true.track_span))
    )
    length = min(len(here), len(there))
    hz, shared = scipy.signal.coherence(here[:length], there[:length], RATE_HZ, nperseg=3200)
    value = float(np.median(shared[(hz > 150) & (hz < 4000)]))
    if value >= _SAME_COHERENCE:
        return "same mix"
    return "another mix" if value >= _ANOTHER_COHERENCE else "undecided"


def _film(
    sound: np.ndarray, places: Places, part: str, under: str, dice: np.random.Generator
) -> np.ndarray:
    samples = (_LASTS_S + 2 * _AT_S) * RATE_HZ
    film = (dice.standard_normal(samples) * 1e-4).astype(np.float32)
    level = LOUD_RMS * (1.0 if under == "nothing" else 0.5)
    if under == "speech":
        film += spoken(places, part, dice, samples)
    if under == "effects":
        film += effects(places, part, dice, samples)
    first = _AT_S * RATE_HZ
    film[first : first + len(sound)] += sound * np.float32(level / (sound.std() + 1e-9))
    return film


def _lower(samples: np.ndarray) -> np.ndarray:
    low: np.ndarray = soxr.resample(samples, RATE_HZ, 8000).astype(np.float32)
    return low[None]


def _on_an_album(sounds: dict[tuple[str, str], np.ndarray]) -> None:
    files = {f"{name}|{kind}": (name, kind) for name, kind in sounds}
    album = tuple((file, Audio(_lower(sounds[key]), 8000)) for file, key in files.items())
    found = {
        frozenset((one.one.track_file, one.other.track_file)): one.kind for one in alternates(album)
    }
    counted: Counter[str] = Counter()
    for pair, kind in found.items():
        (one, other) = (files[file] for file in pair)
        if one[0] != other[0]:
            counted["false pairs"] += 1
        elif "as it is" in (one[1], other[1]):
            made = one[1] if other[1] == "as it is" else other[1]
            counted[f"{made}: {'right' if kind == _KIND[MEANT[made]] else kind}"] += 1
    print("on an album:", len(album), "tracks,", dict(sorted(counted.items())))


if __name__ == "__main__":
    main()
