"""JKU-PDD rendered to sound: stretches found there, and the patterns that musicians marked.

    python bench/motif_jku_sound.py FOLDER [--shelf FOLDER] [--json]

Each of the five pieces is rendered (FluidR3, as its MIDI file says) and heard as one track. A found
stretch stands for the notes of the score that sound in it; MIREX's three-layer F, mean of the five
pieces. The peer in the same run is VMO (Wang, Hsu and Dubnov, ISMIR 2015) on the chroma of the same
sound, twice a second. Most patterns marked here are whole sections, which motifs are not: the
figure says how far the two notions are apart, and nothing was tuned on it.
"""

import argparse
import json
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path

import mir_eval
import numpy as np

from jku import Pattern, Piece, pieces
from motif_sounds import Sounds, album_of, sounds
from planted import FONT_FOLDER, FONTS
from unsung.library import score_at
from unsung.model.notes import Notes
from unsung.motifs.recurrence import motifs

Families = list[list[tuple[float, float]]]
PUBLISHED = {"VMO (published)": 0.483, "MotivesExtractor (published)": 0.313}


def main() -> None:
    """Prints the mean three-layer F of each finder."""
    asked = _arguments()
    finders: dict[str, Callable[[Sounds], Families]] = {"unsung": _motifs, "VMO": _vmo}
    scores: dict[str, list[float]] = {who: [] for who in finders}
    for piece in pieces(asked.folder):
        heard, seconds = _rendered(piece, asked.folder, asked.shelf)
        for who, finder in finders.items():
            scores[who].append(_three_layer(piece, finder(heard), seconds))
    rows = {who: float(np.mean(found)) for who, found in scores.items()}
    if asked.json:
        print(json.dumps({"three_layer_f": rows, "published": PUBLISHED}))
        return
    for who, figure in {**rows, **PUBLISHED}.items():
        print(f"{who:30} {figure:.3f}")


def _rendered(piece: Piece, folder: Path, shelf: Path) -> tuple[Sounds, tuple[np.ndarray, ...]]:
    """The piece as heard, and where its quarters lie in seconds."""
    midi = next((folder / "groundTruth" / piece.name / "polyphonic" / "midi").glob("*.mid"))
    wav = shelf / f"{piece.name}.wav"
    if not wav.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        font = str(FONT_FOLDER / FONTS[0])
        line = ["fluidsynth", "-ni", "-q", "-g", "0.5", "-r", "22050", "-F", str(wav), font]
        subprocess.run([*line, str(midi)], check=True)
    score = score_at(midi)
    return sounds(wav, shelf), (score.onset_ql, score.notes.onset_s)


def _motifs(heard: Sounds) -> Families:
    return [
        [(one.span.start_s, one.span.end_s) for one in motif.occurrences]
        for motif in motifs(album_of([heard]))
    ]


def _vmo(heard: Sounds) -> Families:
    import vmo.analysis.analysis as van  # noqa: PLC0415
    import vmo.VMO.oracle as vo  # noqa: PLC0415

    rate_hz = heard.chroma.frames.rate_hz
    grain = round(rate_hz / 2)
    count = heard.chroma.values.shape[1] // grain
    rows = heard.chroma.values[:, : count * grain].reshape(12, count, grain).mean(axis=2).T
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ideal = vo.find_threshold(rows, r=(0.0, 1.0, 0.02), dim=12)
        oracle = vo.build_oracle(rows, flag="a", threshold=ideal[0][1], dim=12)
        found = van.find_repeated_patterns(oracle, lower=4)
    step_s = grain / rate_hz
    return [[((end - lasts) * step_s, end * step_s) for end in ends] for ends, lasts in found]


def _three_layer(piece: Piece, found: Families, clock: tuple[np.ndarray, ...]) -> float:
    patterns = [
        [one for one in (_notes_in(piece.notes, span, clock) for span in family) if one]
        for family in found
    ]
    named: list[Pattern] = [one for one in patterns if one]
    if not named:
        return 0.0
    return float(mir_eval.pattern.three_layer_FPR(list(piece.patterns), named)[0])


def _notes_in(
    notes: Notes, span_s: tuple[float, float], clock: tuple[np.ndarray, ...]
) -> list[tuple[float, float]]:
    quarters, seconds = clock
    start, end = np.interp(span_s, seconds, quarters - quarters.min())
    inside = (notes.onset_s >= start - 0.1) & (notes.onset_s < end - 0.1)
    onset = np.round(notes.onset_s[inside], 3).tolist()
    return list(zip(onset, notes.midi_pitch[inside].tolist(), strict=True))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shelf", type=Path, default=Path("jku-sound"))
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
