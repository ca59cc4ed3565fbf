"""Chords by name, and how to voice them: every voice moves as little as it can.

`harmony("Dm:4 F/A:2 E7:2")` are chords with their lengths in quarters. `voiced` chooses pitches
by a beam search: common tones stay, parallel fifths and octaves are shunned, wide gaps too.
"""

import re
from itertools import combinations, pairwise

from attrs import frozen

from skerry.notation import pitch_class

_QUALITIES = {
    "": (0, 4, 7), "m": (0, 3, 7), "5": (0, 7), "dim": (0, 3, 6), "aug": (0, 4, 8),
    "sus4": (0, 5, 7), "sus2": (0, 2, 7), "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9),
    "7": (0, 4, 7, 10), "maj7": (0, 4, 7, 11), "m7": (0, 3, 7, 10), "dim7": (0, 3, 6, 9),
    "m7b5": (0, 3, 6, 10), "7sus4": (0, 5, 7, 10), "add9": (0, 2, 4, 7), "madd9": (0, 2, 3, 7),
    "maj9": (0, 2, 4, 7, 11), "m9": (0, 2, 3, 7, 10), "9": (0, 2, 4, 7, 10),
    "13": (0, 4, 9, 10), "7b9": (0, 1, 4, 7, 10), "7#9": (0, 3, 4, 10), "mmaj7": (0, 3, 7, 11),
}  # fmt: skip
_BEAM = 16
_CHOICES = 100
_WIDEST_GAP = 10


@frozen
class Chord:
    """Pitch classes that sound together, the bass apart."""

    onset_q: float
    duration_q: float
    pitch_classes: tuple[int, ...]
    bass: int


Harmony = tuple[Chord, ...]
Voicing = tuple[int, ...]


def harmony(named: str) -> Harmony:
    """The chords of a line such as `"Dm:4 F/A:2 | E7:2"`."""
    chords: list[Chord] = []
    now_q = 0.0
    for word in named.replace("|", " ").split():
        name, _, length = word.partition(":")
        chords.append(_chord(name, now_q, float(length)))
        now_q += float(length)
    return tuple(chords)


def _chord(name: str, onset_q: float, duration_q: float) -> Chord:
    found = re.fullmatch(r"([A-G][#b]?)([^/]*)(?:/([A-G][#b]?))?", name)
    if not found or found[2] not in _QUALITIES:
        raise ValueError(f"no chord is known by the name {name!r}")
    root = pitch_class(found[1])
    tones = tuple((root + step) % 12 for step in _QUALITIES[found[2]])
    return Chord(onset_q, duration_q, tones, pitch_class(found[3]) if found[3] else root)


def voiced(chords: Harmony, low: int, high: int, voices: int) -> tuple[Voicing, ...]:
    """One voicing a chord, low to high, inside `low`..`high`, led as smoothly as can be."""
    beam: list[tuple[float, tuple[Voicing, ...]]] = [(0.0, ())]
    for chord in chords:
        coloured = sorted(
            (_colour(choice, chord, (low + high) / 2), choice)
            for choice in _choices(chord, low, high, voices)
        )[:_CHOICES]
        grown = [
            (cost + colour + _motion(path, choice), (*path, choice))
            for cost, path in beam
            for colour, choice in coloured
        ]
        beam = sorted(grown)[:_BEAM]
    return beam[0][1]


def _choices(chord: Chord, low: int, high: int, voices: int) -> list[Voicing]:
    pitches = [p for p in range(low, high + 1) if p % 12 in chord.pitch_classes]
    close = [
        choice
        for choice in combinations(pitches, voices)
        if all(b - a <= _WIDEST_GAP for a, b in pairwise(choice))
    ]
    return close or [tuple(pitches[:voices])]


def _colour(choice: Voicing, chord: Chord, centre: float) -> float:
    """What a voicing costs by itself: missing tones, mud below E3, rubs, being out of the way."""
    missing = len({*chord.pitch_classes} - {p % 12 for p in choice} - {chord.bass})
    mud = sum(b < 52 and b - a < 5 for a, b in pairwise(choice))
    rubs = sum(high - low in (1, 13) for low, high in combinations(choice, 2))
    return 6.0 * missing + 5.0 * (mud + rubs) + 0.3 * abs(sum(choice) / len(choice) - centre)


def _motion(path: tuple[Voicing, ...], choice: Voicing) -> float:
    """What it costs to get there from the voicing before."""
    if not path:
        return 0.0
    before = path[-1]
    steps = [b - a for a, b in zip(before, choice, strict=False)]
    moves = sum(abs(step) for step in steps) + sum(abs(step) > 7 for step in steps) * 4.0
    return moves + 8.0 * _parallels(before, choice)


def _parallels(before: Voicing, after: Voicing) -> int:
    return sum(
        (before[j] - before[i]) % 12 in (0, 7)
        and (before[j] - before[i]) == (after[j] - after[i])
        and before[i] != after[i]
        for i, j in combinations(range(min(len(before), len(after))), 2)
    )


def bass_line(chords: Harmony, low: int, high: int) -> Voicing:
    """One bass pitch a chord, each the nearest to the one before."""
    line: list[int] = []
    for chord in chords:
        near = line[-1] if line else (low + high) / 2
        pitches = [p for p in range(low, high + 1) if p % 12 == chord.bass]
        line.append(min(pitches, key=lambda pitch: abs(pitch - near)))
    return tuple(line)
