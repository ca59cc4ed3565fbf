"""How well the leading line is found: raw pitch accuracy against the first violin or soprano.

    python bench/melody.py --part report [--renders FOLDER] [--json]

mir_eval's melody scores (10 ms, half a semitone): of the time the top part sounds, how often its
pitch is found (raw pitch), the same but for the octave (raw chroma), and of all time, rests
included, how often the answer is right (overall). From sound and from the exact score. The peer is
the plain skyline of the same notes. The first violin is not always the leading line, so no method
can or should reach 1.
"""

import mir_eval
import numpy as np

from rendered import arguments, chorales, is_chorale, printed, quartets, sound, truth
from unsung.listening.melody import melody
from unsung.listening.transcription import notes
from unsung.model.notes import Notes
from unsung.model.settings import NotesSettings

_STEP_S = 0.01


def main() -> None:
    """Prints the table for one part."""
    asked = arguments(__doc__)
    scores: dict[tuple[str, str, str], list[tuple[float, ...]]] = {}
    for rendering in quartets(asked.part) + chorales(asked.part, asked.chorales, asked.renders):
        played = truth(rendering, asked.renders)
        heard = notes(sound(rendering, asked.renders), NotesSettings())
        on = "chorales" if is_chorale(rendering) else "quartets"
        for source, polyphony in (("sound", heard), ("score", played)):
            for who, line in (("unsung", melody(polyphony)), ("skyline", polyphony)):
                found = _scores(line, played.where(played.part == 0))
                scores.setdefault((on, source, who), []).append(found)
    printed("melody", asked, [_row(*place, values) for place, values in scores.items()])


def _row(on: str, source: str, who: str, values: list[tuple[float, ...]]) -> dict[str, object]:
    raw_pitch, raw_chroma, overall = np.mean(values, axis=0).tolist()
    return {
        "who": who,
        "on": f"{on}, {source}",
        "raw_pitch": raw_pitch,
        "raw_chroma": raw_chroma,
        "overall": overall,
        "works": len(values),
    }


def _scores(line: Notes, top_part: Notes) -> tuple[float, ...]:
    count = int(max(line.end_s.max(initial=0), top_part.end_s.max()) / _STEP_S) + 1
    times_s = np.arange(count) * _STEP_S
    true_hz, found_hz = _highest_hz(top_part, count), _highest_hz(line, count)
    scores = mir_eval.melody.evaluate(times_s, true_hz, times_s, found_hz)
    wanted = ("Raw Pitch Accuracy", "Raw Chroma Accuracy", "Overall Accuracy")
    return tuple(float(scores[name]) for name in wanted)


def _highest_hz(notes_: Notes, count: int) -> np.ndarray:
    """The highest pitch at each instant, in hertz; 0 in rests."""
    pitch = np.zeros(count)
    columns = zip(notes_.onset_s, notes_.end_s, notes_.midi_pitch, strict=True)
    for start_s, end_s, midi_pitch in columns:
        during = slice(round(start_s / _STEP_S), round(end_s / _STEP_S))
        pitch[during] = np.maximum(pitch[during], midi_pitch)
    hz: np.ndarray = np.where(pitch > 0, 440 * 2 ** ((pitch - 69) / 12), 0)
    return hz


if __name__ == "__main__":
    main()
