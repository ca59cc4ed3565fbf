"""Tonal tension: how far apart, how fast moving and how far from home the harmony is.

Notes are placed on Chew's spiral array, a helix on which fifths are neighbours and major thirds lie
above one another (Chew, *Mathematical and Computational Modeling of Tonality*, 2014, chapter 3);
three distances on it make the ribbons of Herremans and Chew, "Tension ribbons: quantifying and
visualising tonal tension" (TENOR 2016), section 2: cloud diameter, cloud momentum, tensile strain.

They take spelled notes. Ours are pitch classes, each spelled as it lies nearest to the tonic on the
line of fifths: from five fifths below (a minor second above) to six above (the raised fourth).
Distances are scaled by that from C to B♯, the greatest that they allow for. Their weights, rounded
to a sum of 0.999, are brought to 1: transposing the music then changes nothing.
"""

from functools import cache
from itertools import product

import numpy as np
from jaxtyping import Float64

from unsung.listening.roll import sounding_strength
from unsung.model.harmony import Tension
from unsung.model.hearing import KeyCurve
from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.model.sound import Feature
from unsung.model.time import Frames

FRAMES = Frames(rate_hz=2.0, first_s=0.25)
"""One cloud for every half second."""

_RADIUS = 1.0
_RISE = np.sqrt(2 / 15) * np.pi / 2
_CHORD_WEIGHTS = np.array([0.516, 0.315, 0.168]) / 0.999  # root, fifth, third; I, V, IV
_MINOR_DOMINANT, _MINOR_SUBDOMINANT = 0.75, 0.75  # V against v, iv against IV
_FIFTHS_BELOW = 5


def tension(notes: Notes, keys: KeyCurve, duration_s: float) -> Tension:
    """The ribbons, twice a second.

    Strain is felt towards the key that fits best around each instant, decided or not. Where
    nothing sounds all three are 0; a single note has no diameter.
    """
    count = max(1, int(np.ceil(duration_s * FRAMES.rate_hz - 1e-6)))
    strength = sounding_strength(notes, FRAMES, count).astype(np.float64)
    heard = np.stack([strength[k::12].sum(axis=0) for k in range(12)])
    homes = _homes(keys, count)
    places = np.stack([_places(fifths) for fifths, _ in homes])
    centres, sounding = _centres(heard, places)
    strain = np.linalg.norm(centres - np.stack([key_centre(*home) for home in homes]), axis=1)
    momentum = np.linalg.norm(np.diff(centres, axis=0, prepend=centres[:1]), axis=1)
    moves = sounding & np.roll(sounding, 1)
    ribbons = [_diameters(heard, places), momentum * moves, strain * sounding]
    return Tension(Feature(np.stack(ribbons) / _widest(), FRAMES))


def place(fifths: int) -> Float64[np.ndarray, " 3"]:
    """Where a note so many fifths above C lies on the helix."""
    turn = fifths * np.pi / 2
    return np.array([_RADIUS * np.sin(turn), _RADIUS * np.cos(turn), fifths * _RISE])


def chord_centre(root_fifths: int, mode: str) -> Float64[np.ndarray, " 3"]:
    """The centre of a major or minor triad: root, fifth and third, weighed."""
    third = 4 if mode == "major" else -3
    tones = np.stack([place(root_fifths + step) for step in (0, 1, third)])
    centre: np.ndarray = _CHORD_WEIGHTS @ tones
    return centre


@cache
def key_centre(tonic_fifths: int, mode: str) -> Float64[np.ndarray, " 3"]:
    """The centre of a key: its tonic, dominant and subdominant chords, weighed."""
    up, down = tonic_fifths + 1, tonic_fifths - 1
    dominant, subdominant = chord_centre(up, "major"), chord_centre(down, "major")
    if mode == "minor":
        v, iv = chord_centre(up, "minor"), chord_centre(down, "minor")
        dominant = _MINOR_DOMINANT * dominant + (1 - _MINOR_DOMINANT) * v
        subdominant = _MINOR_SUBDOMINANT * iv + (1 - _MINOR_SUBDOMINANT) * subdominant
    chords = np.stack([chord_centre(tonic_fifths, mode), dominant, subdominant])
    centre: np.ndarray = _CHORD_WEIGHTS @ chords
    return centre


@cache
def _places(tonic_fifths: int) -> Float64[np.ndarray, "12 3"]:
    """Where each pitch class lies, spelled from that tonic."""
    above = [_fifths(k - 7 * tonic_fifths) for k in range(12)]
    return np.stack([place(tonic_fifths + step) for step in above])


def _fifths(pitch_class: int) -> int:
    """The spelling nearest to C on the line of fifths: D♭ is -5, F♯ is 6."""
    return (pitch_class * 7 + _FIFTHS_BELOW) % 12 - _FIFTHS_BELOW


@cache
def _widest() -> float:
    return float(np.linalg.norm(place(0) - place(12)))


def _homes(keys: KeyCurve, count: int) -> list[tuple[int, str]]:
    """The key that fits best at each instant, spelled as near as can be to the one before."""
    best = keys.strengths.values.argmax(axis=0)
    homes: list[tuple[int, str]] = []
    for time_s in FRAMES.times_s(count):
        column = keys.strengths.frames.index_at(float(time_s))
        found = Key.at(int(best[min(max(column, 0), len(best) - 1)]))
        fifths = _fifths(found.tonic_pitch_class)
        if homes:
            fifths += 12 * round((homes[-1][0] - fifths) / 12)
        homes.append((fifths, found.mode))
    return homes


def _centres(
    heard: Float64[np.ndarray, "12 moments"], places: Float64[np.ndarray, "moments 12 3"]
) -> tuple[Float64[np.ndarray, "moments 3"], np.ndarray]:
    """The centre of effect of each moment, and whether anything sounds in it."""
    total = heard.sum(axis=0)
    sums = np.einsum("pm,mpx->mx", heard, places)
    return sums / np.where(total > 0, total, 1)[:, None], total > 0


def _diameters(
    heard: Float64[np.ndarray, "12 moments"], places: Float64[np.ndarray, "moments 12 3"]
) -> Float64[np.ndarray, " moments"]:
    """The greatest distance between two notes that sound in the same moment."""
    widest = np.zeros(heard.shape[1])
    for a, b in product(range(12), range(12)):
        if a < b:
            both = (heard[a] > 0) & (heard[b] > 0)
            apart = np.linalg.norm(places[:, a] - places[:, b], axis=1)
            widest = np.maximum(widest, apart * both)
    return widest
