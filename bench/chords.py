"""How well chords are named: progressions, chorales and madrigals, from sound and from the score.

    python bench/chords.py --part report [--renders FOLDER] [--json]

mir_eval's weighted chord symbol recall: `root`, `majmin` (major and minor triads and what is built
on them), `sevenths`, and how well changes are placed (`seg`). Peers, on the same sound: the plain
network (its own Viterbi decoding: triad, bass and seventh in the published file are not ours, so
triads only) and templates on our chroma; and ours on the exact score. `undecided` is the share of
the time without an answer, which counts as wrong.
"""

from pathlib import Path

import mir_eval
import numpy as np

from chord_pieces import Labels, Piece, pieces
from rendered import arguments, printed
from unsung.listening.chord_chances import TRIADS, chord_chances
from unsung.listening.chord_vocabulary import TRIADS as TRIAD_NAMES
from unsung.listening.chords import chords, score_chords
from unsung.listening.chroma import chroma, score_chroma
from unsung.listening.constant_q import constant_q
from unsung.listening.steady import steady_states, stretches
from unsung.listening.transcription import notes
from unsung.model.harmony import QUALITIES, STEPS, Chord, Chords
from unsung.model.outcomes import NO_CHORD, UNDECIDED
from unsung.model.settings import NotesSettings
from unsung.model.sound import Feature

_MEASURES = ("root", "majmin", "sevenths", "seg")
_RATE_HZ = 12.5
_NETWORK_CHANGE, _TEMPLATE_CHANGE = 1.0, 0.3
_LEAST_S = 1e-3

_Scores = dict[tuple[str, str], list[dict[str, float]]]


def main() -> None:
    """Prints the table for one part."""
    asked = arguments(__doc__)
    scores: _Scores = {}
    for piece in pieces(asked.part, asked.renders):
        for who, answer, unsure in _answers(piece, asked.renders):
            measured = {**_measured(piece.chords, answer), "undecided": unsure}
            scores.setdefault((piece.kind, who), []).append(measured)
    rows = [_row(kind, who, measured) for (kind, who), measured in scores.items()]
    printed("chords", asked, [*rows, *_means(rows)])


def _answers(piece: Piece, renders: Path) -> list[tuple[str, Labels, float]]:
    audio = piece.sound(renders)
    duration_s, spectrum = audio.duration_s, constant_q(audio)
    heard, pitches = notes(audio, NotesSettings()), chroma(spectrum)
    chances = chord_chances(spectrum)
    ours = chords(heard, pitches, chances, duration_s)
    exact = score_chords(piece.notes, score_chroma(piece.notes, duration_s), duration_s)
    return [
        ("unsung", *_labels(ours)),
        ("plain network", _by_network(chances, duration_s), 0.0),
        ("chroma templates", _by_templates(pitches, duration_s), 0.0),
        ("unsung, score", *_labels(exact)),
    ]


def _labels(found: Chords) -> tuple[Labels, float]:
    labels = [(one.span.start_s, one.span.end_s, _label(one.chord)) for one in found.spans]
    unsure_s = sum(one.span.duration_s for one in found.spans if one.chord is UNDECIDED)
    return labels, unsure_s / found.spans[-1].span.end_s


def _label(chord: object) -> str:
    if isinstance(chord, Chord):
        return chord.harte
    return "N" if chord is NO_CHORD else "X"


def _by_network(chances: Feature, duration_s: float) -> Labels:
    """The likeliest path through the network's triads, with its bass left aside."""
    names = ["N", *(Chord(k, name, k).harte for name in TRIAD_NAMES for k in range(12))]
    logs = np.log(np.maximum(chances.values[:TRIADS], 1e-6)).T
    return _path(steady_states(logs, _NETWORK_CHANGE), names, duration_s)


def _by_templates(pitches: Feature, duration_s: float) -> Labels:
    """Cosine similarity of chroma with the tones of every chord, changes costing a little."""
    every = [Chord(k, name, k) for name in QUALITIES for k in range(12)]
    tones = np.array([np.roll(_binary(STEPS[one.quality]), one.root_pitch_class) for one in every])
    length = np.linalg.norm(pitches.values, axis=0)
    similar = (tones @ (pitches.values / np.where(length > 0, length, 1))).T
    names = [one.harte for one in every]
    return _path(steady_states(similar, _TEMPLATE_CHANGE), names, duration_s)


def _binary(steps: tuple[int, ...]) -> np.ndarray:
    tones = np.zeros(12)
    tones[list(steps)] = len(steps) ** -0.5
    return tones


def _path(states: np.ndarray, names: list[str], duration_s: float) -> Labels:
    found = stretches(states)
    begins = [first / _RATE_HZ for first, _ in found]
    return [
        (start_s, end_s, names[states[first]])
        for start_s, end_s, (first, _) in zip(begins, [*begins[1:], duration_s], found, strict=True)
    ]


def _measured(true: Labels, found: Labels) -> dict[str, float]:
    true = [one for one in true if one[1] - one[0] > _LEAST_S]
    end_s = true[-1][1]
    found = [(a, min(b, end_s), label) for a, b, label in found if a < end_s - _LEAST_S]
    measured = mir_eval.chord.evaluate(*_columns(true), *_columns(found))
    return {name: float(measured[name]) for name in _MEASURES}


def _columns(labels: Labels) -> tuple[np.ndarray, list[str]]:
    return np.array([(a, b) for a, b, _ in labels]), [label for *_, label in labels]


def _row(kind: str, who: str, measured: list[dict[str, float]]) -> dict[str, object]:
    means = {name: float(np.mean([one[name] for one in measured])) for name in measured[0]}
    return {"who": who, "on": kind, **means, "pieces": len(measured)}


def _means(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Each listener over all kinds, every kind counting the same."""
    found = []
    for who in dict.fromkeys(str(row["who"]) for row in rows):
        of_one = [row for row in rows if row["who"] == who]
        names = (*_MEASURES, "undecided")
        means = {name: float(np.mean([float(str(row[name])) for row in of_one])) for name in names}
        count = sum(int(str(row["pieces"])) for row in of_one)
        found.append({"who": who, "on": "all", **means, "pieces": count})
    return found


if __name__ == "__main__":
    main()
