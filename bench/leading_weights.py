"""Learns how much each witness of the leading pitch class is worth, and says what that gains.

    python bench/leading_weights.py --albums 6

The weights of `unsung.motifs.witnesses` are learned on planted albums of the background part and
tried on the development part: the share of a melody's instants whose pitch class is named right
by the theme networks alone and by all witnesses.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import mido
import numpy as np
from scipy.optimize import minimize

from motif_sounds import Sounds, sounds
from planted import planted_album
from unsung.model.notes import Notes
from unsung.motifs.evidence import CLOCK, folded
from unsung.motifs.witnesses import NAMES, NOBODY, WEIGHTS, testimony

_MELODY_CHANNEL = 0
_SHRINKAGE = 1e-4


class Examples(NamedTuple):
    """What each witness said at each instant for each pitch class, and which one led (12: none)."""

    said: np.ndarray
    led: np.ndarray


def examples(folder: Path, shelf: Path) -> Examples:
    """The examples in one planted album."""
    files = sorted(folder.glob("*.wav"))
    parts = [_in_track(sounds(file, shelf), file.with_suffix(".mid")) for file in files]
    return Examples(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _in_track(heard: Sounds, midi: Path) -> Examples:
    said = testimony(heard.theme_chroma, heard.chroma, heard.notes, CLOCK.rate_hz)
    truth = folded(melody(midi), said.shape[2])
    return Examples(said.transpose(2, 1, 0), np.where(truth.any(axis=0), truth.argmax(axis=0), 12))


def melody(midi: Path) -> Notes:
    """The planted melodies of a track, as they were played."""
    at_s, begun, rows = 0.0, {}, []
    for message in mido.MidiFile(midi):
        at_s += message.time
        if message.type not in ("note_on", "note_off") or message.channel != _MELODY_CHANNEL:
            continue
        if message.type == "note_on" and message.velocity:
            begun[message.note] = at_s
        elif message.note in begun:
            start_s = begun.pop(message.note)
            rows.append((start_s, max(at_s - start_s, 0.01), message.note))
    return Notes.sorted(*np.array(rows).T)


def learned(known: Examples) -> np.ndarray:
    """One weight a witness, learned where a melody sounds; then what speaks for nobody."""
    sings = known.led < 12
    weights = _least(lambda b: _loss(b, known.said[sings], known.led[sings]), len(NAMES))
    scores = known.said @ weights

    def missed(b: np.ndarray) -> tuple[float, np.ndarray]:
        share = _shares(np.column_stack([scores, np.full(len(scores), b[0])]))
        right = np.where(sings, share[:, :12].sum(axis=1), share[:, 12])
        return -np.log(right).mean(), np.array([(share[:, 12] - ~sings).mean()])

    return np.append(weights, _least(missed, 1))


def _least(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], count: int) -> np.ndarray:
    best: np.ndarray = minimize(loss, np.zeros(count), jac=True, method="L-BFGS-B").x
    return best


def _loss(b: np.ndarray, said: np.ndarray, led: np.ndarray) -> tuple[float, np.ndarray]:
    """Softmax regression over the twelve pitch classes."""
    count, share = np.arange(len(led)), _shares(said @ b)
    value = -np.log(share[count, led] + 1e-12).mean() + _SHRINKAGE * b @ b
    share[count, led] -= 1
    return value, np.einsum("ic,icw->w", share, said) / len(led) + 2 * _SHRINKAGE * b


def _shares(scores: np.ndarray) -> np.ndarray:
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: np.ndarray = odds / odds.sum(axis=1, keepdims=True)
    return shares


def named_right(known: Examples, b: np.ndarray) -> float:
    """The share of a melody's instants at which its pitch class is the likeliest of the twelve."""
    led = known.led < 12
    return float(((known.said[led] @ b[:-1]).argmax(axis=1) == known.led[led]).mean())


def main() -> None:
    """Learn on the background part; print the weights and what they are worth elsewhere."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--albums", type=int, default=6)
    parser.add_argument("--folder", type=Path, default=Path("planted"))
    parser.add_argument("--shelf", type=Path, default=Path("folk"))
    parser.add_argument("--heard", type=Path, default=Path("heard"))
    chosen = parser.parse_args()
    known = {}
    for part, albums in (("background", chosen.albums), ("development", 2)):
        folders = [chosen.folder / f"{part}{k}" for k in range(albums)]
        for number, folder in enumerate(folders):
            planted_album(part, number, folder, chosen.shelf)
        columns = zip(*(examples(folder, chosen.heard) for folder in folders), strict=True)
        known[part] = Examples(*(np.concatenate(column) for column in columns))
    b = learned(known["background"])
    print({name: round(float(w), 2) for name, w in zip((*NAMES, "nobody"), b, strict=True)})
    theme_alone = np.append(np.eye(len(NAMES))[0], 0)
    shipped = np.append(WEIGHTS, NOBODY)
    for name, weights in (("theme", theme_alone), ("learned", b), ("shipped", shipped)):
        print(f"{name}: {named_right(known['development'], weights):.3f}")


if __name__ == "__main__":
    main()
