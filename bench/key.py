"""How well the key of a whole piece is found: Bach chorales, from sound and from the exact score.

    python bench/key.py --part report [--renders FOLDER] [--json]

Accuracy is the share of chorales whose tonic and mode are both right (undecided counts as wrong);
`mirex` is mir_eval's weighted score, which gives some credit to close relatives. The true key is
read off the page (last bass note and signature). Peers: plain Krumhansl-Kessler correlation over
the same notes, and over librosa's constant-Q chroma.
"""

from pathlib import Path

import librosa
import mir_eval
import numpy as np

from rendered import arguments, chorale_scores, chorales, printed, score_truth, sound
from unsung.listening.key import key
from unsung.listening.transcription import notes
from unsung.model.notes import Notes
from unsung.model.outcomes import Undecided
from unsung.model.pitch import Key
from unsung.model.settings import KeySettings, NotesSettings

_KRUMHANSL_KESSLER = (
    (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
    (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
)
_SHARPS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")

_Answers = dict[tuple[str, str], list[tuple[Key, Key | Undecided]]]


def main() -> None:
    """Prints the table for one part."""
    asked = arguments(__doc__)
    answers: _Answers = {}
    _ask_scores(answers, asked.part, asked.renders)
    _ask_sound(answers, asked.part, asked.chorales, asked.renders)
    printed("key", asked, [_row(*place, pairs) for place, pairs in answers.items()])


def _ask_scores(answers: _Answers, part: str, renders: Path) -> None:
    for score in chorale_scores(part, renders):
        written, true_key = score_truth(score, renders)
        if true_key is not None:
            _keep(answers, "score", "unsung", true_key, _ours(written))
            _keep(answers, "score", "plain Krumhansl", true_key, plain_key(time_by_class(written)))


def _ask_sound(answers: _Answers, part: str, count: int, renders: Path) -> None:
    for rendering in chorales(part, count, renders):
        _, true_key = score_truth(rendering.score, renders)
        if true_key is not None:
            audio = sound(rendering, renders)
            heard = notes(audio, NotesSettings())
            chroma = librosa.feature.chroma_cqt(y=audio.samples[0], sr=audio.sample_rate_hz)
            _keep(answers, "sound", "unsung", true_key, _ours(heard))
            _keep(answers, "sound", "plain Krumhansl", true_key, plain_key(time_by_class(heard)))
            _keep(answers, "sound", "librosa, Krumhansl", true_key, plain_key(chroma.sum(axis=1)))


def _keep(answers: _Answers, on: str, who: str, true: Key, found: Key | Undecided) -> None:
    answers.setdefault((on, who), []).append((true, found))


def _ours(heard: Notes) -> Key | Undecided:
    return key(heard, float(heard.end_s.max()), KeySettings()).overall


def plain_key(by_class: np.ndarray) -> Key:
    """The key whose profile correlates best with the time each pitch class sounds."""
    rows = [np.roll(profile, k) for profile in _KRUMHANSL_KESSLER for k in range(12)]
    return Key.at(int(np.argmax([np.corrcoef(row, by_class)[0, 1] for row in rows])))


def time_by_class(heard: Notes) -> np.ndarray:
    """How long each pitch class sounds."""
    pitch_class = np.rint(heard.midi_pitch).astype(int) % 12
    by_class: np.ndarray = np.bincount(pitch_class, heard.duration_s, minlength=12)
    return by_class


def _row(on: str, who: str, pairs: list[tuple[Key, Key | Undecided]]) -> dict[str, object]:
    return {
        "who": who,
        "on": on,
        "accuracy": float(np.mean([true == found for true, found in pairs])),
        "mirex": float(np.mean([_mirex(true, found) for true, found in pairs])),
        "undecided": sum(not isinstance(found, Key) for _, found in pairs),
        "chorales": len(pairs),
    }


def _mirex(true: Key, found: Key | Undecided) -> float:
    if not isinstance(found, Key):
        return 0.0
    return float(mir_eval.key.weighted_score(_plain_name(true), _plain_name(found)))


def _plain_name(one: Key) -> str:
    return f"{_SHARPS[one.tonic_pitch_class]} {one.mode}"


if __name__ == "__main__":
    main()
