"""Every place of an album where a line of notes is sung, in any key, tempo or mode."""

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from jaxtyping import Float64, Int64

from unsung.model.time import Span
from unsung.motifs.evidence import CLOCK, PITCH_CLASSES, Evidence
from unsung.motifs.query import Query, in_the_other_mode
from unsung.motifs.singing import sung, sung_notes

TEMPO_RATIOS = (0.5, 0.63, 0.8, 1.0, 1.25, 1.6, 2.0)
_PRICES = np.array((0.3, 1.0, 0.3))
"""Of a duration an octave off, of a note passed over, of a note beyond a fragment."""
_PRICE_OF_TEMPO = 1.0
_PRICE_OF_MODE = 1.0
_MOST = 400
_CLEAR = 1.5
"""Mean evidence of a note that is heard well."""


@frozen
class Sung:
    """A place where a line is sung: how well, between which instants, and how it was altered."""

    score: float
    start: int
    end: int
    shift_semitones: int
    tempo_ratio: float
    other_mode: bool


def singings(asked: Query, heard: Evidence, most: int = _MOST) -> tuple[Sung, ...]:
    """The places where `asked` is sung best, the best first; none overlaps another by much."""
    lines, weight = _lines(asked), _weight(asked)
    expected = np.array([_expected(asked, ratio) for ratio in TEMPO_RATIOS])
    handicap = _handicap(len(lines))
    score, start, variant, tempo = sung(heard.summed, lines, expected, weight, _PRICES, handicap)
    found = (
        Sung(
            float(score[end]),
            int(start[end]),
            int(end),
            int(variant[end]) % PITCH_CLASSES,
            TEMPO_RATIOS[int(tempo[end])],
            bool(variant[end] >= PITCH_CLASSES),
        )
        for end in _peaks(score, most)
    )
    return _apart(found)


def notes_sung(asked: Query, place: Sung, heard: Evidence) -> Int64[np.ndarray, "notes bounds"]:
    """Where each note of `asked` is sung there: first and last instant, (-1, -1) if it is not."""
    line = _lines(asked)[place.shift_semitones + PITCH_CLASSES * place.other_mode]
    expected, weight = _expected(asked, place.tempo_ratio), _weight(asked)
    opens = max(0, place.start - 1)
    around = np.ascontiguousarray(heard.summed[:, opens : place.end + 1])
    bounds = sung_notes(around, line, expected, weight, _PRICES, place.end - opens)
    absolute: np.ndarray = np.where(bounds >= 0, bounds + opens, bounds)
    return absolute


def sharpened(asked: Query, places: tuple[Sung, ...], heard: Evidence) -> Query:
    """The query as its best singings agree on it: pitches corrected, doubtful notes weighed down.

    Each note takes the pitch class for which there is most evidence over all places together
    (Viterbi training, one step), and is trusted by how clear that evidence is.
    """
    agreed = np.zeros((len(asked), PITCH_CLASSES))
    for place in places:
        if not place.other_mode:
            agreed += _at(notes_sung(asked, place, heard), place.shift_semitones, heard)
    moved = (agreed.argmax(axis=1) - asked.pitch + 6) % PITCH_CLASSES - 6
    clear = agreed.max(axis=1) / max(1, len(places))
    surely = np.clip(clear / _CLEAR, 0.05, 1)
    return Query(asked.onset_s, asked.lasts_s, asked.pitch + moved, surely)


def _at(
    bounds: Int64[np.ndarray, "notes bounds"], shift: int, heard: Evidence
) -> Float64[np.ndarray, "notes pitch_classes"]:
    """Mean evidence while each note is sung, brought back by `shift`; 0 for a note left out."""
    first, last = np.maximum(bounds, 0).T
    lasted = np.maximum(last - first, 1)
    mean = ((heard.summed[:, last] - heard.summed[:, first]) / lasted).T
    back: np.ndarray = np.roll(np.maximum(mean, -2), -shift, axis=1)
    return back * (bounds[:, :1] >= 0)


def _lines(asked: Query) -> Int64[np.ndarray, "variants notes"]:
    """The pitch classes of the line at all twelve transpositions, then in the other mode."""
    both = [asked, in_the_other_mode(asked)]
    if (both[0].pitch == both[1].pitch).all():
        both = both[:1]
    return np.array([(line.pitch + k) % 12 for line in both for k in range(PITCH_CLASSES)])


def _expected(asked: Query, ratio: float) -> Float64[np.ndarray, " notes"]:
    instants: np.ndarray = np.maximum(asked.lasts_s * CLOCK.rate_hz / ratio, 1.0)
    return instants


def _weight(asked: Query) -> Float64[np.ndarray, " notes"]:
    """Longer and surer notes count for more, by the root of both; one on average."""
    root = np.sqrt(asked.lasts_s * np.maximum(asked.surely, 0.05))
    weight: np.ndarray = root / root.mean()
    return weight


def _handicap(lines: int) -> Float64[np.ndarray, "variants tempi"]:
    tempo = _PRICE_OF_TEMPO * np.abs(np.log2(TEMPO_RATIOS))
    mode = _PRICE_OF_MODE * (np.arange(lines) >= PITCH_CLASSES)
    both: np.ndarray = tempo[None, :] + mode[:, None]
    return both


def _peaks(score: np.ndarray, most: int) -> Int64[np.ndarray, " peaks"]:
    """Where the score is highest among its neighbours, the highest first."""
    inner = score[1:-1]
    peaks = np.flatnonzero((inner >= score[:-2]) & (inner > score[2:]) & (inner > 0)) + 1
    order: np.ndarray = peaks[np.argsort(-score[peaks], kind="stable")[:most]]
    return order


def _apart(found: Iterator[Sung]) -> tuple[Sung, ...]:
    kept: list[Sung] = []
    for one in found:
        if all(_shared(one, other) < 0.3 for other in kept):
            kept.append(one)
    return tuple(kept)


def _shared(one: Sung, other: Sung) -> float:
    """The share of the shorter of two places that lies in the other."""
    together = min(one.end, other.end) - max(one.start, other.start)
    return together / max(1, min(one.end - one.start, other.end - other.start))


def overlap(one: Span, other: Span) -> float:
    """Intersection over union, 0..1."""
    shared = one.overlap_s(other)
    return shared / (one.duration_s + other.duration_s - shared)
