"""What comes back in scores: `motifs_in_scores` finds it, `occurrences_in_score` what you ask for.

found = motifs_in_scores((("01.mid", notes), ("02.mid", more)))
places = occurrences_in_score(line, notes)
"""

from collections import Counter

import numpy as np
import scipy
from attrs import evolve, frozen

from unsung.model.motif import Motif, Occurrence
from unsung.model.notes import Notes
from unsung.model.time import Span
from unsung.motifs.answering import as_prototype, told_from
from unsung.motifs.changes import comparison
from unsung.motifs.labels import label
from unsung.motifs.lines import Lines, lines
from unsung.motifs.symbolic.coincidence import Luck, evidence_bits, luck_in
from unsung.motifs.symbolic.discovery import MOST_MOTIFS, Retold, retold_lines
from unsung.motifs.symbolic.passages import joined
from unsung.motifs.symbolic.resemblance import likenesses, log_odds
from unsung.motifs.symbolic.retelling import PRICES, answers
from unsung.motifs.symbolic.telling import Telling, stretch, tellings

LEAST_ASKED = 0.5
_LOOKED_AT = 40
_LEAST_BITS = 2.0
_IN_THE_SAME_TRACK = 0.25
_WEIGHT_OF_PRESENCE = 0.3
"""How much presence counts beside the odds, chosen on planted albums of scores."""
_TICKS_A_SECOND = 96
_MOST_ASKED = 64


def motifs_in_scores(
    scores: tuple[tuple[str, Notes], ...], most: int = MOST_MOTIFS
) -> tuple[Motif, ...]:
    """The motifs of scores, the most prominent first; none where nothing comes back.

    In a single work every figure that its composer works with counts, the likeliest first. Across
    the tracks of an album much comes back by coincidence: there a place must stand above luck, and
    a motif is prominent by its places, those in other tracks above all.
    """
    led, whose = voices(scores)
    if len({voice.file for voice in whose}) < 2:
        found = retold_lines(led, most)
        return tuple(_motif(label(k), one, led, whose) for k, one in enumerate(found))
    luck = luck_in(led)
    likely = (_motif("", one, led, whose) for one in retold_lines(led, _LOOKED_AT, luck))
    kept = [one for one in (_above_luck(motif, luck) for motif in likely) if one]
    ranked = sorted(kept, key=lambda one: -one.prominence)[:most]
    return tuple(evolve(one, label=label(k)) for k, one in enumerate(ranked))


def _above_luck(motif: Motif, luck: Luck) -> Motif | None:
    """The motif with the places that are no coincidence, if together they are none.

    The line is one of as many as the album has notes: its other places must pay for that choice.
    """
    line = motif.prototype.notes
    judged = [
        (one, evidence_bits(line, one.notes, one.pairs, one.tempo_ratio, luck))
        for one in motif.occurrences
    ]
    sure = [(one, bits) for one, bits in judged if bits >= _LEAST_BITS]
    total = sum(bits for _, bits in sure) - max((bits for _, bits in sure), default=0.0)
    if len(sure) < 2 or total < luck.offered_bits + _LEAST_BITS:
        return None
    places = tuple(evolve(one, confidence=1 / (1 + 2**-bits)) for one, bits in sure)
    more = _WEIGHT_OF_PRESENCE * np.log2(1 + _presence_bits(sure))
    prominence = scipy.special.expit(_odds(motif.prominence) + more)
    return evolve(motif, occurrences=places, prominence=prominence)


def _presence_bits(sure: list[tuple[Occurrence, float]]) -> float:
    """The evidence of the best place of each track but the first; of others, a quarter of it."""
    best: dict[str, float] = {}
    for one, bits in sure:
        best[one.track_file] = max(best.get(one.track_file, 0.0), bits)
    others = sum(bits for _, bits in sure) - sum(best.values())
    return sum(best.values()) - max(best.values()) + _IN_THE_SAME_TRACK * others


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


def _motif(name: str, found: Retold, led: Lines, whose: tuple[Voice, ...]) -> Motif:
    places = _occurrences(found.line, found.places, led, whose)
    order = list(dict.fromkeys(voice.file for voice in whose)).index
    in_order = sorted(places, key=lambda one: (order(one.track_file), one.span))
    plainest = as_prototype(max(places, key=lambda one: one.confidence))
    told = tuple(told_from(plainest, one) for one in in_order)
    return Motif(name, plainest, told, scipy.special.expit(found.log_odds))


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
    chance: np.ndarray = scipy.special.expit(log_odds(likenesses(heard, pairs)))
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


def _odds(chance: float) -> float:
    inner = min(max(chance, 1e-12), 1 - 1e-12)
    return float(np.log(inner / (1 - inner)))
