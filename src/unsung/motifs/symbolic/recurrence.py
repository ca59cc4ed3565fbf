"""What comes back in scores: `motifs_in_scores` finds it, `occurrences_in_score` what you ask for.

found = motifs_in_scores((("01.mid", notes), ("02.mid", more)))
places = occurrences_in_score(line, notes)
"""

from collections import Counter

import numpy as np
from attrs import evolve, frozen

from unsung.model.motif import Motif, Occurrence
from unsung.model.notes import Notes
from unsung.model.time import Span
from unsung.motifs.answering import as_prototype, told_from
from unsung.motifs.changes import comparison
from unsung.motifs.labels import label
from unsung.motifs.lines import Lines, lines
from unsung.motifs.symbolic.discovery import MOST_MOTIFS, Retold, retold_lines
from unsung.motifs.symbolic.passages import joined
from unsung.motifs.symbolic.resemblance import likenesses, log_odds
from unsung.motifs.symbolic.retelling import PRICES, answers
from unsung.motifs.symbolic.telling import Telling, stretch, tellings

LEAST_ASKED = 0.5
_TICKS_A_SECOND = 96
_MOST_ASKED = 64


def motifs_in_scores(
    scores: tuple[tuple[str, Notes], ...], most: int = MOST_MOTIFS
) -> tuple[Motif, ...]:
    """The motifs of an album of scores, the likeliest first; none where nothing comes back."""
    led, whose = voices(scores)
    found = retold_lines(led, most)
    return tuple(_motif(label(k), one, led, whose) for k, one in enumerate(found))


def occurrences_in_score(
    asked: Notes, notes: Notes, track_file: str = ""
) -> tuple[Occurrence, ...]:
    """The places in a score where a line is told, exactly or varied, the surest first.

    Of a passage in several parts its highest line is sought; of a very long one, its beginning.
    """
    line = lines((asked,))
    line = stretch(line, 0, min(len(line), _MOST_ASKED) - 1)
    led, whose = voices(((track_file, notes),))
    found = _occurrences(line, tellings(line, led, LEAST_ASKED), led, whose)
    return tuple(sorted(found, key=lambda one: (-one.confidence, one.span)))


@frozen
class Voice:
    """Whose line it is: the file, and the part in it."""

    file: str
    part_name: str


def voices(scores: tuple[tuple[str, Notes], ...]) -> tuple[Lines, tuple[Voice, ...]]:
    """The highest line of every part of every score, and whose each line is."""
    parts = [
        (Voice(file, notes.part_names[part]), notes.where(notes.part == part))
        for file, notes in scores
        for part in _parts(notes)
    ]
    return lines(tuple(notes for _, notes in parts)), tuple(voice for voice, _ in parts)


def _parts(notes: Notes) -> list[int]:
    return [int(part) for part in np.unique(notes.part)]


def _motif(label: str, found: Retold, led: Lines, whose: tuple[Voice, ...]) -> Motif:
    places = _occurrences(found.line, found.places, led, whose)
    order = list(dict.fromkeys(voice.file for voice in whose)).index
    in_order = sorted(places, key=lambda one: (order(one.track_file), one.span))
    plainest = as_prototype(max(places, key=lambda one: one.confidence))
    told = tuple(told_from(plainest, one) for one in in_order)
    prominence = 1 / (1 + np.exp(-np.clip(found.log_odds, -50, 50)))
    return Motif(label, plainest, told, float(prominence))


def _occurrences(
    line: Lines, places: tuple[Telling, ...], led: Lines, whose: tuple[Voice, ...]
) -> list[Occurrence]:
    if not places:
        return []
    sure = _confidences(line, [stretch(led, one.first, one.last) for one in places])
    return [
        _occurrence(line, place, float(confidence), led, whose)
        for place, confidence in zip(places, sure, strict=True)
    ]


def _confidences(line: Lines, told: list[Lines]) -> np.ndarray:
    """The chance that each line states the same, by all that makes passages resemble each other."""
    heard = joined([(_rows(one), np.zeros((0, 2), np.int64)) for one in [line, *told]])
    pairs = np.array([(0, k + 1) for k in range(len(told))], np.int64).reshape(-1, 2)
    odds: np.ndarray = log_odds(likenesses(heard, pairs))
    chance: np.ndarray = 1 / (1 + np.exp(-np.clip(odds, -50, 50)))
    return chance


def _rows(line: Lines) -> np.ndarray:
    tick = np.round((line.onset_s - line.onset_s[0]) * _TICKS_A_SECOND)
    rows: np.ndarray = np.stack([tick, line.pitch], axis=1).astype(np.int64)
    return rows


def _occurrence(
    line: Lines, place: Telling, confidence: float, led: Lines, whose: tuple[Voice, ...]
) -> Occurrence:
    told = stretch(led, place.first, place.last)
    answered = answers(
        line.pitch, line.onset_s, told.pitch, told.onset_s, place.tempo_ratio, PRICES
    )
    pairs = tuple((k, int(at)) for k, at in enumerate(answered) if at >= 0)
    prototype, notes = line.notes(0, len(line) - 1), told.notes(0, len(told) - 1)
    shift, other_mode = _shift(prototype, notes, pairs)
    like = comparison(prototype, notes, pairs, shift, other_mode=other_mode)
    voice = whose[int(led.line[place.first])]
    sung = evolve(notes, part_names=(voice.part_name,))
    return Occurrence(
        voice.file,
        Span(float(told.onset_s[0]), float(told.end_s.max())),
        like.transposition_semitones, like.tempo_ratio, confidence, like.changes, sung, pairs,
    )  # fmt: skip


def _shift(prototype: Notes, notes: Notes, pairs: tuple[tuple[int, int], ...]) -> tuple[int, bool]:
    """The transposition of most notes, -5..6, and whether the others all moved by a semitone."""
    moved = [round(float(notes.midi_pitch[b] - prototype.midi_pitch[a])) % 12 for a, b in pairs]
    shift = Counter(moved).most_common(1)[0][0]
    off = {(semitones - shift + 5) % 12 - 5 for semitones in moved} - {0}
    return (shift + 5) % 12 - 5, off in ({1}, {-1})
