"""How well notes are heard: frame and onset F against rendered scores, and at what speed.

    python bench/notes.py --part report [--renders FOLDER] [--json]

Frame F is mir_eval's multipitch F (10 ms, half a semitone); onset F is mir_eval's transcription F
without offsets (50 ms, half a semitone). The peer is the note creation that Basic Pitch ships with
(onset threshold 0.5, frame threshold 0.3, least note 11 frames), on the very same posteriors.
"""

import time

import mir_eval
import numpy as np

from rendered import arguments, chorales, is_chorale, printed, quartets, sound, truth
from unsung.listening.transcription import notes_from_posteriors, posteriors
from unsung.model.notes import Notes
from unsung.model.settings import NotesSettings

_FRAMES_A_SECOND = 22_050 / 256
_TOLERATED_REST = 11


def main() -> None:
    """Prints the table for one part."""
    asked = arguments(__doc__)
    chosen = quartets(asked.part) + chorales(asked.part, asked.chorales, asked.renders)
    heard_s, cpu_s = 0.0, 0.0
    scores: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for rendering in chosen:
        audio, played = sound(rendering, asked.renders), truth(rendering, asked.renders)
        started_s = time.process_time()
        curves = posteriors(audio)
        ours = notes_from_posteriors(*curves, NotesSettings())
        cpu_s, heard_s = cpu_s + time.process_time() - started_s, heard_s + audio.duration_s
        on = "chorales" if is_chorale(rendering) else "quartets"
        for who, heard in (("unsung", ours), ("Basic Pitch note creation", _published(*curves))):
            scores.setdefault((on, who), []).append(_scores(heard, played))
    rows = [_row(on, who, values) for (on, who), values in scores.items()]
    printed("notes", asked, rows, {"audio_seconds_per_cpu_second": heard_s / cpu_s})


def _row(on: str, who: str, values: list[tuple[float, float]]) -> dict[str, object]:
    frame_f, onset_f = np.mean(values, axis=0).tolist()
    return {"who": who, "on": on, "frame_f": frame_f, "onset_f": onset_f, "works": len(values)}


def _scores(heard: Notes, played: Notes) -> tuple[float, float]:
    return _frame_f(heard, played), _onset_f(heard, played)


def _onset_f(heard: Notes, played: Notes) -> float:
    *_, f, _ = mir_eval.transcription.precision_recall_f1_overlap(
        _intervals(played), _hz(played), _intervals(heard), _hz(heard), offset_ratio=None
    )
    return float(f)


def _frame_f(heard: Notes, played: Notes) -> float:
    times_s = np.arange(0, played.end_s.max(), 0.01)
    scores = mir_eval.multipitch.evaluate(
        times_s, _frequencies_at(times_s, played), times_s, _frequencies_at(times_s, heard)
    )
    precision, recall = scores["Precision"], scores["Recall"]
    return float(2 * precision * recall / max(1e-9, precision + recall))


def _frequencies_at(times_s: np.ndarray, notes: Notes) -> list[np.ndarray]:
    sounding = np.zeros((128, times_s.size), bool)
    for start_s, end_s, pitch in zip(notes.onset_s, notes.end_s, notes.midi_pitch, strict=True):
        sounding[round(float(pitch)), round(start_s * 100) : round(end_s * 100)] = True
    hz = 440 * 2 ** ((np.arange(128) - 69) / 12)
    return [hz[column] for column in sounding.T]


def _intervals(notes: Notes) -> np.ndarray:
    return np.stack([notes.onset_s, notes.end_s], axis=1)


def _hz(notes: Notes) -> np.ndarray:
    hz: np.ndarray = 440 * 2 ** ((notes.midi_pitch - 69) / 12)
    return hz


def _published(sounding: np.ndarray, beginning: np.ndarray) -> Notes:
    """Basic Pitch's own note creation, written out plainly (onsets, then the remaining energy)."""
    left, onsets = sounding.astype(float), _with_inferred_onsets(sounding, beginning)
    padded = np.pad(onsets, ((0, 0), (1, 1)))
    peaks = (onsets > padded[:, :-2]) & (onsets > padded[:, 2:]) & (onsets >= 0.5)
    rows = []
    for frame, pitch in np.argwhere(peaks.T)[::-1]:
        rows += _struck(left, int(pitch), int(frame))
    while left.max() > 0.3:
        rows += _left_over(left, *map(int, np.unravel_index(left.argmax(), left.shape)))
    pitch, first, last = np.array(rows).reshape(-1, 3).T
    return Notes.sorted(first / _FRAMES_A_SECOND, (last - first) / _FRAMES_A_SECOND, pitch + 21)


def _with_inferred_onsets(sounding: np.ndarray, beginning: np.ndarray) -> np.ndarray:
    curve, onsets = sounding.astype(float), beginning.astype(float)
    earlier = [np.pad(curve, ((0, 0), (n, 0)))[:, : curve.shape[1]] for n in (1, 2)]
    rise = np.maximum(0, np.minimum(curve - earlier[0], curve - earlier[1]))
    rise[:, :2] = 0
    inferred: np.ndarray = np.maximum(onsets, onsets.max() * rise / max(1e-9, rise.max()))
    return inferred


def _struck(left: np.ndarray, pitch: int, first: int) -> list[tuple[int, int, int]]:
    last = _edge(left[pitch], first, 1)
    return _taken(left, pitch, first, last, first, last)


def _left_over(left: np.ndarray, pitch: int, middle: int) -> list[tuple[int, int, int]]:
    last = _edge(left[pitch], middle, 1) - 1
    first = _edge(left[pitch], middle, -1) + 1
    left[pitch, middle] = 0
    return _taken(left, pitch, first, last, first - _TOLERATED_REST, last + _TOLERATED_REST)


def _edge(curve: np.ndarray, start: int, step: int) -> int:
    """Where the curve has gone under the threshold for longer than is tolerated."""
    at, under = start + step, 0
    while 0 < at < curve.size - 1 and under < _TOLERATED_REST:
        under = under + 1 if curve[at] < 0.3 else 0
        at += step
    return at - step * under


def _taken(
    left: np.ndarray, pitch: int, first: int, last: int, clear_from: int, clear_to: int
) -> list[tuple[int, int, int]]:
    long_enough = last - first > 11
    if long_enough or (clear_from, clear_to) != (first, last):
        left[max(0, pitch - 1) : pitch + 2, max(0, clear_from) : clear_to] = 0
    return [(pitch, first, last)] if long_enough else []


if __name__ == "__main__":
    main()
