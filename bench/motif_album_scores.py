"""Discovery in albums of scores: planted albums, unrelated songs, and what it costs.

    python bench/motif_album_scores.py --part report --albums 4 [--songs FOLDER] [--json]

The planted albums are those of `bench/motif_tracking.py`, by their MIDI files instead of their
sound: motifs found, F of statements, precision of the first five. `--songs` names a folder of MIDI
files that have nothing to do with each other (such as OpenTTD's openmsx): whatever family goes
across two of them is a false alarm. Cost is measured on the same songs, a quarter of them, half
and all: CPU seconds, and the exponent of their growth with the number of notes.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from motif_tracking import discovered
from planted import planted_album
from unsung.library import score_at
from unsung.model.motif import Motif
from unsung.model.notes import Notes
from unsung.motifs.symbolic.recurrence import motifs_in_scores

Scores = tuple[tuple[str, Notes], ...]


def main() -> None:
    """Prints a row for each album, the false alarms and the cost."""
    asked = _arguments()
    said: list[dict[str, object]] = []
    for number in range(asked.albums):
        folder = asked.folder / f"{asked.part}{number}"
        planted_album(asked.part, number, folder, asked.shelf)
        said.append(_planted(folder))
    measured = [row["figures"] for row in said]
    said.append({"album": "mean", "figures": np.mean(np.array(measured, float), axis=0).tolist()})
    if asked.songs:
        songs = _scores(asked.songs)
        said += [_false_alarms(songs), _cost(songs)]
    for row in said:
        print(json.dumps(row) if asked.json else "  ".join(map(_words, row.items())))


def _planted(folder: Path) -> dict[str, object]:
    truth = json.loads((folder / "truth.json").read_text())["statements"]
    scores = tuple((f"{Path(file).stem}.wav", notes) for file, notes in _scores(folder))
    found = [
        [(one.track_file, one.span) for one in motif.occurrences]
        for motif in motifs_in_scores(scores)
    ]
    return {"album": folder.name, "figures": list(discovered(truth, found))}


def _false_alarms(songs: Scores) -> dict[str, object]:
    motifs_in_scores(songs[:2])
    found = motifs_in_scores(songs)
    across = [one for one in found if _songs_of(one) > 1]
    return {"songs": len(songs), "motifs": len(found), "across songs": len(across)}


def _cost(songs: Scores) -> dict[str, object]:
    notes, spent_s = [], []
    for share in (4, 2, 1):
        some = songs[: len(songs) // share]
        started_s = time.process_time()
        motifs_in_scores(some)
        spent_s.append(time.process_time() - started_s)
        notes.append(sum(len(one) for _, one in some))
    exponent = float(np.polyfit(np.log(notes), np.log(spent_s), 1)[0])
    return {"notes": notes, "cpu_s": [round(s, 2) for s in spent_s], "exponent": exponent}


def _songs_of(motif: Motif) -> int:
    return len({one.track_file for one in motif.occurrences})


def _scores(folder: Path) -> Scores:
    files = sorted((*folder.glob("*.mid"), *folder.glob("*.midi")))
    return tuple((path.name, score_at(path).notes) for path in files)


def _words(item: tuple[str, object]) -> str:
    key, value = item
    if isinstance(value, list):
        value = ", ".join(f"{one:.2f}" if isinstance(one, float) else str(one) for one in value)
    return f"{key} {value:.2f}" if isinstance(value, float) else f"{key} {value}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--part", choices=("development", "report"), default="development")
    parser.add_argument("--albums", type=int, default=4)
    parser.add_argument("--folder", type=Path, default=Path("planted"))
    parser.add_argument("--shelf", type=Path, default=Path("folk"))
    parser.add_argument("--songs", type=Path)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
