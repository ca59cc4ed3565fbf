"""False alarms on real music: albums mixed from unrelated works, where no motif can cross.

    python bench/motif_false_alarms.py --heard heard WORK=FOLDER WORK=FOLDER …

The recordings of several works are heard as one album. A place of a family that lies in another
work than most of the family (than its prototype, where there is no most) is a false alarm. Of the
places with confidence q no more than 1 - q may be. Tracking: passages taken at even steps from
one work are sought in all.
"""

import argparse
from pathlib import Path

import numpy as np

from motif_confidence import Judged, joined, reliability
from motif_sounds import album_of, sounds
from unsung.model.motif import Motif
from unsung.model.time import Span
from unsung.motifs.recurrence import Listened, motifs, occurrences, passage

_PASSAGE_S = 8.0
_LINE = 6
SUFFIXES = (".ogg", ".wav", ".mp3", ".flac", ".opus")


def mixed(works: dict[str, Path], shelf: Path) -> Listened:
    """One album of all works; a track's file is named after its work."""
    return album_of(
        sounds(file, shelf)._replace(name=f"{work}/{file.name}")
        for work, folder in works.items()
        for file in sorted(folder.iterdir())
        if file.suffix in SUFFIXES
    )


def at_home(motif: Motif) -> Judged:
    """Which places of a family lie in the work that most of it lies in, the prototype left out."""
    others = [one for one in motif.occurrences if one is not motif.prototype]
    works = [work_of(one.track_file) for one in motif.occurrences]
    own = work_of(motif.prototype.track_file)
    home = max({own, *works}, key=lambda work: (works.count(work), work == own))
    right = np.array([work_of(one.track_file) == home for one in others], bool)
    return Judged(np.array([one.confidence for one in others]), np.zeros(len(others)), right)


def sought(album: Listened, file: str, start_s: float) -> Judged:
    """Where a passage comes back: which places lie in its own work, itself left out."""
    span = Span(start_s, start_s + _PASSAGE_S)
    line = passage(album, file, span)
    if len(line) < _LINE:
        return Judged(*np.zeros((3, 0)))
    found = [
        one
        for one in occurrences(line, album)
        if one.track_file != file or not one.span.overlap_s(span)
    ]
    right = np.array([work_of(one.track_file) == work_of(file) for one in found], bool)
    return Judged(np.array([one.confidence for one in found]), np.zeros(len(found)), right)


def work_of(file: str) -> str:
    """The work a track belongs to."""
    return file.split("/", 1)[0]


def main() -> None:
    """Mix, discover, track; print how often a confident place lies in another work."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("works", nargs="+", metavar="WORK=FOLDER")
    parser.add_argument("--heard", type=Path, default=Path("heard"))
    parser.add_argument("--passages", type=int, default=60)
    chosen = parser.parse_args()
    works = {name: Path(folder) for name, folder in (one.split("=", 1) for one in chosen.works)}
    album = mixed(works, chosen.heard)
    found = motifs(album)
    across = sum(len({work_of(one.track_file) for one in motif.occurrences}) > 1 for motif in found)
    print(f"discovery: {len(found)} families, {across} of them across works")
    reliability(joined([at_home(motif) for motif in found]))
    print("tracking: share of places in the passage's own work")
    files = album.heard.track_files
    step = max(1, len(files) // chosen.passages)
    asked = [(file, 10.0 + 7 * k % 40) for k, file in enumerate(files[::step])]
    reliability(joined([sought(album, file, start_s) for file, start_s in asked]))


if __name__ == "__main__":
    main()
