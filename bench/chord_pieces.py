"""Music whose chords are known, rendered to sound: what `bench/chords.py` is judged by.

Three kinds. *Progressions*: forty random chords of eleven qualities in any voicing, in root
position, in inversions too, or these broken into figures under a melody that passes through other
notes. *Chorales* by Bach
and *madrigals* by Monteverdi with the harmony that people wrote beneath them in Roman numerals
(the analyses that ship with music21). Seeds and works are dealt to a `development` and a `report`
part; no seed and no work is in both.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from attrs import frozen
from music21 import converter, corpus

from rendered import EXCERPT_S, PARTS, SOUND_FONTS, played
from unsung.model.notes import Notes
from unsung.model.sound import Audio

Labels = list[tuple[float, float, str]]
"""From, to, and the chord in Harte's notation."""

_QUALITIES = {
    "maj": ((0, 4, 7), 8),
    "min": ((0, 3, 7), 8),
    "7": ((0, 4, 7, 10), 4),
    "min7": ((0, 3, 7, 10), 4),
    "maj7": ((0, 4, 7, 11), 3),
    "dim": ((0, 3, 6), 2),
    "hdim7": ((0, 3, 6, 10), 2),
    "dim7": ((0, 3, 6, 9), 2),
    "sus4": ((0, 5, 7), 2),
    "sus2": ((0, 2, 7), 1),
    "aug": ((0, 4, 8), 1),
}
_DEGREES = ("1", "b2", "2", "b3", "3", "4", "b5", "5", "b6", "6", "b7", "7")
_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_ROMAN_QUALITIES = {shape: name for name, (shape, _) in _QUALITIES.items()} | {
    (0, 3, 7, 11): "minmaj7",
    (0, 4, 8, 10): "aug(b7)",
    (0, 4, 8, 11): "aug(7)",
}
_PLAYERS = {
    "strings": (48, 48, 48, 48, 48),
    "brass": (61, 61, 61, 61, 61),
    "piano": (0, 0, 0, 0, 0),
    "film": (43, 60, 48, 52, 73),
    "choir": (52, 52, 52, 52, 52),
    "woodwind": (70, 71, 71, 68, 73),
    "organ": (19, 19, 19, 19, 19),
    "harp": (46, 46, 46, 46, 46),
}
_NEVER_INVERTED = ((0, 3, 6, 9), (0, 4, 8), (0, 5, 7), (0, 2, 7))
"""Inverted, these are another chord of the same kind, or sus4 for sus2."""
_INVERTED = 0.4
_CHORDS = 40
_LENGTHS_S = (0.5, 0.75, 1.0, 1.0, 1.5, 2.0, 3.0)
_PROGRESSIONS = {
    "development": ("strings", "brass", "piano", "film", "choir", "organ"),
    "report": ("strings", "brass", "piano", "film", "choir", "woodwind", "organ", "harp"),
}
_MADRIGALS = {
    "development": ("3.1", "3.2", "3.5", "3.6", "3.8", "3.10", "3.13", "3.15", "3.17", "3.19"),
    "report": ("4.1", "4.5", "4.10", "4.12", "4.16", "5.7"),
}
_LEAST_AGREEMENT = 0.8


@frozen
class Piece:
    """Music to play, who plays it, and the chords that it is made of."""

    kind: str
    name: str
    notes: Notes
    chords: Labels
    players: str
    sound_font: str

    def sound(self, renders: Path) -> Audio:
        """The piece as mono 22,050 Hz, rendered once and then read from `renders`."""
        name = f"chords-{self.name}-{self.players}-{self.sound_font}"
        return played(self.notes, _PLAYERS[self.players], self.sound_font, renders / name)


def pieces(part: str, renders: Path) -> Iterator[Piece]:
    """All pieces of `part`: progressions plain and figured, chorales, madrigals."""
    yield from _progressions(part)
    yield from _analysed("chorale", _chorale_sources(part), ("strings", "woodwind"), renders)
    madrigals = [(f"monteverdi/madrigal.{n}", f"monteverdi/madrigal.{n}") for n in _MADRIGALS[part]]
    yield from _analysed("madrigal", madrigals, ("choir", "film"), renders)


def _progressions(part: str) -> Iterator[Piece]:
    for k, players in enumerate(_PROGRESSIONS[part]):
        for n, kind in enumerate(("root position", "inversions", "figures")):
            seed = 1000 * PARTS.index(part) + 10 * k + n
            notes, chords = _progression(seed, kind)
            name = f"{kind.replace(' ', '-')}-{seed}"
            yield Piece(kind, name, notes, chords, players, SOUND_FONTS[(k + n) % 2])


def _progression(seed: int, kind: str) -> tuple[Notes, Labels]:
    """Forty random chords, none twice in a row, and their names."""
    dice = np.random.default_rng(seed)
    rows: list[tuple[float, float, float, int]] = []
    labels: Labels = []
    now_s = 0.0
    while len(labels) < _CHORDS:
        chord = _random_chord(dice, may_invert=kind != "root position")
        label = _label(*chord)
        if labels and labels[-1][2] == label:
            continue
        lasts_s = float(dice.choice(_LENGTHS_S))
        sounding = _figure if kind == "figures" and lasts_s >= 1 else _block
        rows += sounding(_voiced(*chord, dice), now_s, lasts_s, dice)
        labels.append((now_s, now_s + lasts_s, label))
        now_s += lasts_s
    start_s, length_s, pitch, part = np.array(rows, float).T
    return Notes.sorted(start_s, length_s, pitch, 1.0, part, tuple("abcde")), labels


_Chord = tuple[int, tuple[int, ...], int]
"""Root, steps above it, and which of them is in the bass."""


def _random_chord(dice: np.random.Generator, *, may_invert: bool) -> _Chord:
    shapes, weights = zip(*_QUALITIES.values(), strict=True)
    shape = shapes[dice.choice(len(shapes), p=np.array(weights) / sum(weights))]
    inverted = may_invert and shape not in _NEVER_INVERTED and dice.random() < _INVERTED
    bass = int(dice.integers(1, len(shape))) if inverted else 0
    return int(dice.integers(12)), shape, bass


def _label(root: int, shape: tuple[int, ...], bass: int) -> str:
    quality = _ROMAN_QUALITIES[shape]
    over = f"/{_DEGREES[shape[bass]]}" if bass else ""
    return f"{_NAMES[root]}:{quality}{over}"


def _voiced(
    root: int, shape: tuple[int, ...], bass: int, dice: np.random.Generator
) -> list[tuple[int, int]]:
    """Part and pitch of each voice: a bass, then every tone somewhere above it."""
    low = int(dice.integers(36, 48))
    bottom = low + (root + shape[bass] - low) % 12
    tones = [*shape, shape[int(dice.integers(len(shape)))]][:4]
    upper = [int(dice.integers(bottom + 3, 76)) for _ in tones]
    placed = zip(upper, tones, strict=True)
    pitches = sorted({near + (root + tone - near) % 12 for near, tone in placed})
    missing = [t for t in shape if (root + t) % 12 not in {p % 12 for p in [bottom, *pitches]}]
    pitches += [60 + (root + tone) % 12 for tone in missing]
    return [(0, bottom), *((1 + k % 4, pitch) for k, pitch in enumerate(pitches))]


def _block(
    voices: list[tuple[int, int]], at_s: float, lasts_s: float, _dice: np.random.Generator
) -> list[tuple[float, float, float, int]]:
    return [(at_s, lasts_s, float(pitch), part) for part, pitch in voices]


def _figure(
    voices: list[tuple[int, int]], at_s: float, lasts_s: float, dice: np.random.Generator
) -> list[tuple[float, float, float, int]]:
    """The bass held, inner voices broken into quarters of a second, a melody with passing notes."""
    (_, bass), *upper = voices
    rows = [(at_s, lasts_s, float(bass), 0)]
    rows += [(at_s, lasts_s, float(pitch), 3) for _, pitch in upper[1:3]]
    steps = round(lasts_s / 0.25)
    broken = [upper[k % len(upper)][1] for k in range(steps)]
    rows += [(at_s + 0.25 * k, 0.25, float(pitch), 1) for k, pitch in enumerate(broken)]
    top = max(pitch for _, pitch in upper) + 12
    melody = top + np.cumsum(dice.choice([-2, -1, 1, 2], steps)) * (np.arange(steps) % 2)
    return rows + [(at_s + 0.25 * k, 0.25, float(m), 4) for k, m in enumerate(melody)]


def _chorale_sources(part: str) -> list[tuple[str, str]]:
    numbered = corpus.chorales.ChoraleListRKBWV().byRiemenschneider
    chosen = [n for n in range(1, 21) if PARTS[n % 2] == part]
    return [
        (f"bach/bwv{numbered[n]['bwv']}", f"bach/choraleAnalyses/riemenschneider{n:03}")
        for n in chosen
    ]


def _analysed(
    kind: str, sources: list[tuple[str, str]], players: tuple[str, ...], renders: Path
) -> Iterator[Piece]:
    """Works with their analyses; one whose page and analysis do not run together is left out."""
    quarter_s = 60 / 72 if kind == "chorale" else 60 / 120
    for k, (score, analysis) in enumerate(sources):
        rows, chords = _parsed(score, analysis, renders)
        if _agreement(rows, chords) >= _LEAST_AGREEMENT:
            notes, labels = _excerpt(rows, chords, quarter_s)
            name = analysis.split("/")[-1]
            yield Piece(kind, name, notes, labels, players[k % 2], SOUND_FONTS[k // 2 % 2])


_Rows = list[tuple[float, float, float, int]]
_Roman = list[tuple[float, float, str, list[int]]]


def _parsed(score: str, analysis: str, renders: Path) -> tuple[_Rows, _Roman]:
    kept = renders / f"{analysis.replace('/', '_')}.json"
    if not kept.exists():
        renders.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([_page(score), _numerals(analysis)]))
    rows, chords = json.loads(kept.read_text())
    return rows, chords


def _page(score: str) -> _Rows:
    rows: _Rows = []
    for index, part in enumerate(corpus.parse(score).parts):
        for event in part.stripTies().flatten().notes:
            start, lasts = float(event.offset), float(event.duration.quarterLength)
            rows += [(start, lasts, float(p.midi), index) for p in event.pitches if lasts > 0]
    return rows


def _numerals(analysis: str) -> _Roman:
    path = corpus.getWork(f"{analysis}.rntxt")
    numerals = (
        converter.parse(path, format="romantext").flatten().getElementsByClass("RomanNumeral")
    )
    found: _Roman = []
    for one in numerals:
        root, classes = one.root().pitchClass, {p.pitchClass for p in one.pitches}
        shape = tuple(sorted((c - root) % 12 for c in classes))
        bass = (one.bass().pitchClass - root) % 12
        if shape in _ROMAN_QUALITIES and bass in shape:
            label = _label(root, shape, shape.index(bass))
        else:
            label = "X"
        start = float(one.offset)
        found.append((start, start + float(one.duration.quarterLength), label, sorted(classes)))
    return found


def _agreement(rows: _Rows, chords: _Roman) -> float:
    """How much of what sounds belongs to the chord beneath it, 0..1."""
    inside = total = 0.0
    for start, end, _, classes in chords:
        for onset, lasts, pitch, _ in rows:
            shared = min(end, onset + lasts) - max(start, onset)
            if shared > 0:
                total += shared
                inside += shared * (round(pitch) % 12 in classes)
    return inside / total if total else 0.0


def _excerpt(rows: _Rows, chords: _Roman, quarter_s: float) -> tuple[Notes, Labels]:
    start, lasts, pitch, part = np.array(rows, float).T
    inside = start * quarter_s < EXCERPT_S
    names = tuple(f"part {k + 1}" for k in range(int(part.max()) + 1))
    notes = Notes.sorted(
        start[inside] * quarter_s,
        lasts[inside] * quarter_s,
        pitch[inside],
        1.0,
        part[inside],
        names,
    )
    end_s = float(notes.end_s.max())
    labels = [
        (first * quarter_s, min(last * quarter_s, end_s), label)
        for first, last, label, _ in chords
        if first * quarter_s < min(end_s, EXCERPT_S) - 0.01
    ]
    return notes, labels
