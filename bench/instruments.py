"""How well it is heard who plays, second by second, in mixtures of one to seven instruments.

    python bench/instruments.py --part report [--mixtures N] [--kept FOLDER] [--json]

The material is that of `bench/mixtures.py`. The report part plays scores and a sound font
(TimGM6mb) that nothing was learnt or chosen from; the development part plays those that were
learnt from, so its figures flatter.

`leads` is the share of seconds whose loudest instrument is among the three surest; `of three` the
share of the (up to three) loudest instruments that are among the three surest; `family F` the F
measure of families over all seconds, by the threshold that the program uses; `error` the mean gap
between how sure it is and how often it is right (ten bins, instruments). Peers: YAMNet's own words
for the instruments, and a probe like ours on MFCCs, learnt from the development part; the
thresholds of both are the best for what is measured.
"""

import argparse
import json
from pathlib import Path

import librosa
import numpy as np
from attrs import frozen
from sklearn.neural_network import MLPClassifier

from mixtures import RATE_HZ, Mixture, family_truth, mixtures
from unsung.listening.impressions import impressions
from unsung.listening.instruments import TELLING, probabilities
from unsung.model.instruments import FAMILIES, FAMILY_OF, INSTRUMENTS
from unsung.model.sound import Audio

FONTS = {
    "development": ("sf_GMbank", "FluidR3_GM", "MuseScore_General"),
    "report": ("TimGM6mb",),
}
SEEDS = {"development": 11, "report": 23}
_WORDS = {
    "violin": (186,), "viola": (184,), "cello": (188,), "double bass": (189,),
    "string section": (185,), "pizzicato strings": (187,), "flute": (191,), "recorder": (191,),
    "pan flute": (191,), "oboe": (190,), "English horn": (190,), "clarinet": (193,),
    "bassoon": (190,), "saxophone": (192,), "bagpipe": (205,), "trumpet": (182,),
    "trombone": (183,), "tuba": (180,), "French horn": (181,), "brass section": (180,),
    "choir": (25, 24), "piano": (148,), "electric piano": (149,), "harpsichord": (155,),
    "pipe organ": (150,), "electric organ": (151, 152), "accordion": (204, 203), "harp": (194,),
    "sitar": (143,), "banjo": (142,), "koto": (145,), "acoustic guitar": (138,),
    "electric guitar": (136,), "distorted guitar": (136,), "bass guitar": (137,),
    "synth bass": (137, 153), "celesta and bells": (176, 195), "vibraphone": (177,),
    "xylophone and marimba": (175,), "tubular bells": (173,), "timpani": (164,),
    "drum kit": (157,), "deep drums": (159,), "synth lead": (153,), "synth pad": (153, 241),
}  # fmt: skip
"""The words of YAMNet (by index) that come nearest to each instrument."""


@frozen
class Heard:
    """One way of hearing: how sure of every instrument and family in every second."""

    who: str
    sure: np.ndarray
    threshold: float | None = None


def main() -> None:
    """Prints the table for one part."""
    asks = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asks.add_argument("--part", choices=tuple(FONTS), default="development")
    asks.add_argument("--mixtures", type=int, default=150, help="of each sound font")
    asks.add_argument("--kept", type=Path, default=Path("mixtures"), help="where sound is kept")
    asks.add_argument("--json", action="store_true")
    asked = asks.parse_args()
    played = _played(asked.part, asked.mixtures, asked.kept)
    truth = np.concatenate([_truth(one) for one in played], axis=1)
    level_db = np.concatenate([one.level_db for one in played], axis=1)
    rows = [_row(one, truth, level_db) for one in _all_heard(played, asked.kept)]
    if asked.json:
        print(json.dumps({"bench": "instruments", "part": asked.part, "rows": rows}))
        return
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items()))


def _played(part: str, count: int, kept: Path) -> list[Mixture]:
    return [one for font in FONTS[part] for one in mixtures(part, font, count, kept, SEEDS[part])]


def _truth(one: Mixture) -> np.ndarray:
    return np.concatenate([one.present, family_truth(one.present)])


def _all_heard(played: list[Mixture], kept: Path) -> list[Heard]:
    impressed = [impressions(Audio(one.samples[None], RATE_HZ)) for one in played]
    ours = np.concatenate([probabilities(one.facets.values) for one in impressed], axis=1)
    words = np.concatenate([one.words.values for one in impressed], axis=1)
    return [
        Heard("unsung", ours, TELLING),
        Heard("YAMNet's words", _named(words)),
        _probe(played, kept),
    ]


def _named(words: np.ndarray) -> np.ndarray:
    rows = np.stack([words[list(_WORDS[one])].max(axis=0) for one in INSTRUMENTS])
    return np.concatenate([rows, _families(rows)])


def _families(rows: np.ndarray) -> np.ndarray:
    """Each family as sure as the surest of its instruments."""
    of = np.array([FAMILY_OF[one] for one in INSTRUMENTS])
    return np.stack([rows[of == name].max(axis=0) for name in FAMILIES])


def _probe(played: list[Mixture], kept: Path) -> Heard:
    learnt = _played("development", 60, kept)
    x = np.concatenate([_cepstra(one) for one in learnt])
    y = np.concatenate([_truth(one) for one in learnt], axis=1).T
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    network = MLPClassifier((128,), alpha=1e-2, max_iter=60, random_state=0)
    network.fit((x - mean) / spread, y == 1)
    asked = np.concatenate([_cepstra(one) for one in played])
    return Heard("MFCC probe", network.predict_proba((asked - mean) / spread).T)


def _cepstra(one: Mixture) -> np.ndarray:
    """Mean and deviation of 20 coefficients over each second, and of their differences."""
    frames = librosa.feature.mfcc(y=one.samples, sr=RATE_HZ, n_mfcc=20, hop_length=735)
    seconds = frames[:, :360].reshape(20, -1, 30)
    moves = np.diff(seconds, axis=2)
    return np.concatenate([seconds.mean(2), seconds.std(2), moves.std(2)]).T


def _row(heard: Heard, truth: np.ndarray, level_db: np.ndarray) -> dict[str, object]:
    count = len(INSTRUMENTS)
    sure, true = heard.sure[:count], truth[:count]
    leads, of_three = _top_three(sure, true, level_db)
    family = _best_f(heard.sure[count:], truth[count:], heard.threshold)
    row = {"who": heard.who, "leads": leads, "of three": of_three, "family F": family}
    if heard.threshold is not None:
        row["error"] = _calibration_error(sure, true)
        row["each"] = _each_family(heard.sure[count:] >= heard.threshold, truth[count:])
    return {**row, "seconds": int((true == 1).any(axis=0).sum())}


def _top_three(sure: np.ndarray, true: np.ndarray, level_db: np.ndarray) -> tuple[float, float]:
    played = (true == 1).any(axis=0)
    surest = np.argsort(-sure[:, played], axis=0)[:3]
    loudest = np.argsort(-level_db[:, played], axis=0)[:3]
    wanted = np.minimum((true[:, played] == 1).sum(axis=0), 3)
    found = (loudest[:, None] == surest[None]).any(axis=1)
    share = (found & (np.arange(3)[:, None] < wanted)).sum(axis=0) / wanted
    return round(float(found[0].mean()), 3), round(float(share.mean()), 3)


def _best_f(sure: np.ndarray, true: np.ndarray, threshold: float | None) -> float:
    tried = np.quantile(sure, np.linspace(0.5, 0.99, 50)) if threshold is None else [threshold]
    return round(max(_f_measure(sure >= one, true) for one in tried), 3)


def _f_measure(said: np.ndarray, true: np.ndarray) -> float:
    right = float((said & (true == 1)).sum())
    return 2 * right / max(float((said & (true >= 0)).sum() + (true == 1).sum()), 1.0)


def _each_family(said: np.ndarray, true: np.ndarray) -> dict[str, float]:
    return {name: round(_f_measure(said[k], true[k]), 2) for k, name in enumerate(FAMILIES)}


def _calibration_error(sure: np.ndarray, true: np.ndarray) -> float:
    """Over the answers that are more than a hundredth sure."""
    asked = (true >= 0) & (sure > 0.01)
    said, right = sure[asked], true[asked] == 1
    bins = np.minimum((said * 10).astype(int), 9)
    gaps = [
        abs(said[bins == k].mean() - right[bins == k].mean()) * (bins == k).sum()
        for k in range(10)
        if (bins == k).any()
    ]
    return round(float(sum(gaps) / len(said)), 3)


if __name__ == "__main__":
    main()
