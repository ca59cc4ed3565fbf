"""What audalign and audio-offset-finder say of clips; run by an interpreter that has them.

    python -m venv PEERS && PEERS/bin/pip install audalign==1.3.1 audio-offset-finder==0.5.5
    python bench/film_placement.py clips --music FOLDER --peers PEERS/bin/python

Both need numpy 1, so this file imports nothing of Unsung. It takes two folders of WAV files, album
and clips, and prints one line of JSON: for each tool and clip its surest answer, as score, track
and where in the track the clip begins.
"""

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

import audalign
import numpy as np
from audio_offset_finder.audio_offset_finder import find_offset_between_buffers
from scipy.io import wavfile

ACCURACY = 1
NOTHING = (0.0, "", 0.0)


def main() -> None:
    """The answers to the clips of one folder about the album in another."""
    album, clips = (sorted(Path(folder).glob("*.wav")) for folder in sys.argv[1:3])
    with redirect_stdout(sys.stderr):
        told = {
            "audalign": by_audalign(album, clips),
            "audio-offset-finder": [by_offset_finder(album, clip) for clip in clips],
        }
    print(json.dumps(told))


def by_audalign(album: list[Path], clips: list[Path]) -> list[tuple[float, str, float]]:
    """Its fingerprints. It takes each clip into its own database, from where it is taken again."""
    recognizer = audalign.FingerprintRecognizer()
    recognizer.config.set_accuracy(ACCURACY)
    recognizer.config.multiprocessing = False
    kept = album[0].parent.parent / "audalign.pickle"
    if kept.exists():
        recognizer.load_fingerprinted_files(str(kept))
    else:
        recognizer.fingerprint_directory(str(album[0].parent))
        recognizer.save_fingerprinted_files(str(kept))
    answers = []
    for clip in clips:
        found = recognizer.recognize(str(clip))
        if clip.name in recognizer.file_names:
            recognizer.pop_filename(clip.name)
        matches = found["match_info"].items() if found else ()
        answers.append(max((_best(name, match) for name, match in matches), default=NOTHING))
    return answers


def _best(name: str, match: dict[str, list[float]]) -> tuple[float, str, float]:
    score, at_s = max(zip(match["confidence"], match["offset_seconds"], strict=True))
    return float(score), name, float(at_s)


def by_offset_finder(album: list[Path], clip: Path) -> tuple[float, str, float]:
    """The offset with the highest standard score in any track."""
    rate_hz, asked = wavfile.read(clip)
    answers = [NOTHING]
    for track in album:
        found = find_offset_between_buffers(
            wavfile.read(track)[1].astype(float), asked.astype(float), rate_hz
        )
        if np.isfinite(found["standard_score"]):
            answers.append((float(found["standard_score"]), track.name, found["time_offset"]))
    return max(answers)


if __name__ == "__main__":
    main()
