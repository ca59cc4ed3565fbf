"""Writes how well words for moods and genres fit film and game music, `weights/likeness.json`.

    python tools/rebuild_likeness.py FOLDER...

FOLDER are folders of music. The table holds, for each word, the mean over their tracks and the
spread; nothing of any track is shipped.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from unsung import library
from unsung.library.mono import MonoReduction
from unsung.listening.character import likeness
from unsung.listening.impressions import impressions
from unsung.listening.loudness import loudness
from unsung.model.instruments import GENRES, MOODS, Likeness

SHIPPED = Path(__file__).parents[1] / "src" / "unsung" / "listening" / "weights" / "likeness.json"


def main(folders: list[Path]) -> None:
    """Writes the table."""
    heard = [one for folder in folders for one in _heard(folder)]
    moods, genres = (np.stack([getattr(one, name) for one in heard]) for name in ("moods", "genres"))
    words = {
        word: {"mean": round(float(row.mean()), 4), "spread": round(float(row.std()), 4)}
        for names, rows in ((MOODS, moods), (GENRES, genres))
        for word, row in zip(names, rows.T, strict=True)
    }
    SHIPPED.write_text(json.dumps({"tracks": len(heard), "words": words}, indent=1) + "\n")


def _heard(folder: Path) -> Iterator[Likeness]:
    """How well the words fit each recording of a folder that sounds."""
    for track in library.shelf(folder).album.tracks:
        with library.opened(folder, track) as stream:
            mono = MonoReduction(stream.sample_rate_hz)
            for block in stream.blocks:
                mono.add(block)
        audio = mono.audio()
        found = likeness(impressions(audio), loudness(audio))
        if isinstance(found, Likeness):
            yield found
        print(track.file, flush=True)


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:]])
