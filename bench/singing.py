"""Search by singing: how often the right music comes first, and among the first five.

    python bench/singing.py --part report --albums 4
    python bench/singing.py --part report --project PROJECT

Planted albums (`bench/planted.py`): each motif is sung from its plain statement; a place is right
that is a statement of it. A project folder of a real album: the prototypes of its first motifs are
sung; a place is right that is an occurrence of it. The singers are made (`bench/singers.py`): read
the figures against the row above, which searches for the very notes, and the rows below, in which
others write down the same sound. Voices, melodies and dice of the two parts are never the same.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from motif_sounds import album_of, sounds
from planted import planted_album
from singers import VOICES, Rows, performance, sound_of
from unsung import pipeline
from unsung.listening.melody import melody
from unsung.listening.sung import sung_notes
from unsung.listening.transcription import notes
from unsung.model.motif import Occurrence
from unsung.model.notes import Notes
from unsung.model.settings import NotesSettings
from unsung.model.sound import Audio
from unsung.model.time import Span
from unsung.motifs.recurrence import Listened, occurrences
from unsung.motifs.soundtrack import sought_in
from unsung.motifs.tracking import overlap

SEEDS = {"development": 70_000, "report": 90_000}
MOST_SUNG, LEAST_SHARED, FIRST = 12, 0.3, 5

Place = tuple[str, Span]
Writer = Callable[[Audio], Notes]


class Asked(NamedTuple):
    """A line to sing, and where it really is."""

    album: Listened
    line: Rows
    places: list[Place]


def by_us(audio: Audio) -> Notes:
    """What Unsung writes down."""
    return sung_notes(audio)


def by_network(audio: Audio) -> Notes:
    """What it hears in a track: the network's notes, and of them the leading line."""
    return melody(notes(audio, NotesSettings()))


def by_pyin(audio: Audio) -> Notes:
    """PYIN as librosa has it; each stretch that rounds to one semitone is a note."""
    import librosa  # noqa: PLC0415  (slow to import)

    hop = 256
    hz, is_voiced, _ = librosa.pyin(
        audio.samples[0], fmin=62, fmax=4200, sr=audio.sample_rate_hz, hop_length=hop
    )
    pitch = np.where(is_voiced, np.round(69 + 12 * np.log2(np.nan_to_num(hz, nan=1) / 440)), -1)
    edges = np.flatnonzero(np.diff(pitch, prepend=-2, append=-2))
    step_s = hop / audio.sample_rate_hz
    rows = [
        (a * step_s, (b - a) * step_s, pitch[a])
        for a, b in pairwise(edges)
        if pitch[a] >= 0 and (b - a) * step_s > 0.07
    ]
    return Notes.sorted(*zip(*rows, strict=True)) if rows else Notes.none()


WRITERS: dict[str, Writer] = {
    "sung notes": by_us, "network and leading line": by_network, "pYIN, rounded": by_pyin,
}  # fmt: skip


def planted_lines(
    part: str, albums: int, folder: Path, shelf: Path, heard: Path
) -> Iterator[Asked]:
    """The plain statements of planted motifs."""
    for number in range(albums):
        place = folder / f"{part}{number}"
        planted_album(part, number, place, shelf)
        album = album_of(sounds(file, heard) for file in sorted(place.glob("*.wav")))
        truth = json.loads((place / "truth.json").read_text())["statements"]
        for row in truth:
            if not row["changes"]:
                same = [r for r in truth if r["motif"] == row["motif"]]
                places = [(r["track"], Span(r["start_s"], r["end_s"])) for r in same]
                yield Asked(album, _line(row["notes"], row["end_s"]), places)


def prototype_lines(project: Path, most: int) -> Iterator[Asked]:
    """The prototypes of a real album's motifs."""
    soundtrack = pipeline.remembered(project)
    album = sought_in(soundtrack.heard).sound
    if album is None:
        raise SystemExit(f"{project} holds scores only")
    for motif in soundtrack.motifs[:most]:
        line = motif.prototype.notes
        if len(line) >= 5:
            rows = zip(line.onset_s, line.duration_s, line.midi_pitch, strict=True)
            sung = [(float(a), float(d), float(p)) for a, d, p in rows][:MOST_SUNG]
            yield Asked(album, sung, [(one.track_file, one.span) for one in motif.occurrences])


def _line(onsets: list[tuple[float, float]], end_s: float) -> Rows:
    ends = [row[0] for row in onsets[1:]] + [end_s]
    rows = [(a, 0.95 * (b - a), float(p)) for (a, p), b in zip(onsets, ends, strict=True)]
    return rows[:MOST_SUNG]


def rank(line: Notes, asked: Asked) -> int:
    """Which place is the first right one, counted from 1; 99 where none is."""
    found = occurrences(line, asked.album) if len(line) >= 2 else ()
    right = (k for k, one in enumerate(found, start=1) if _is_right(one, asked.places))
    return next(right, 99)


def _is_right(one: Occurrence, places: list[Place]) -> bool:
    return any(
        one.track_file == file and overlap(one.span, span) >= LEAST_SHARED for file, span in places
    )


def right_notes(line: Notes, sung: Rows) -> float:
    """F of the notes: onset within 0.15 s, the same semitone once both are in one key."""
    if not len(line):
        return 0.0
    onset, pitch = (np.array([row[k] for row in sung]) for k in (0, 2))
    near = np.abs(line.onset_s[:, None] - onset) < 0.15
    apart = line.midi_pitch[:, None] - pitch
    best = 0
    for moved in np.arange(-0.5, 0.5, 0.1):
        hit = near & (np.abs(apart - moved) < 0.65)
        best = max(best, min(int(hit.any(axis=0).sum()), int(hit.any(axis=1).sum())))
    return 2 * best / (len(line) + len(sung))


def main() -> None:
    """Sing, write down, search; print a table."""
    asks = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asks.add_argument("--part", choices=tuple(SEEDS), default="development")
    asks.add_argument("--albums", type=int, default=2)
    asks.add_argument("--project", type=Path, help="a real album that was heard, instead")
    asks.add_argument("--motifs", type=int, default=12, help="how many of its motifs are sung")
    asks.add_argument("--folder", type=Path, default=Path("planted"))
    asks.add_argument("--shelf", type=Path, default=Path("folk"))
    asks.add_argument("--heard", type=Path, default=Path("heard"))
    asks.add_argument("--writers", nargs="*", choices=tuple(WRITERS), default=tuple(WRITERS))
    chosen = asks.parse_args()
    every = list(
        prototype_lines(chosen.project, chosen.motifs)
        if chosen.project
        else planted_lines(chosen.part, chosen.albums, chosen.folder, chosen.shelf, chosen.heard)
    )
    if not every:
        raise SystemExit(f"{chosen.project} has no motifs to sing; listen to the album first")
    exact = [rank(Notes.sorted(*zip(*one.line, strict=True)), one) for one in every]
    print(f"{len(every)} lines, {chosen.part} part; the notes themselves: {_told(exact)}")
    for name in chosen.writers:
        _measured(name, every, SEEDS[chosen.part])


def _measured(name: str, every: list[Asked], seed: int) -> None:
    ranks: dict[str, list[int]] = {voice: [] for voice in VOICES}
    right, spent_s, sung_s = [], 0.0, 0.0
    for k, asked in enumerate(every):
        for v, voice in enumerate(VOICES):
            dice = np.random.default_rng(seed + 100 * k + v)
            sung = performance(asked.line, voice, dice)
            audio = sound_of(sung, voice, dice)
            began_s = time.perf_counter()
            line = WRITERS[name](audio)
            spent_s += time.perf_counter() - began_s
            sung_s += audio.duration_s
            ranks[voice].append(rank(line, asked))
            right.append(right_notes(line, sung.rows))
    every_rank = [one for found in ranks.values() for one in found]
    print(f"{name}: {_told(every_rank)}; notes F {np.mean(right):.3f}; "
          f"{spent_s / len(every_rank):.2f} s for {sung_s / len(every_rank):.1f} s")  # fmt: skip
    for voice, found in ranks.items():
        print(f"  {voice}: {_told(found)}", flush=True)


def _told(ranks: list[int]) -> str:
    first, five = np.mean(np.array(ranks) == 1), np.mean(np.array(ranks) <= FIRST)
    return f"first {first:.2f}, among five {five:.2f} of {len(ranks)}"


if __name__ == "__main__":
    main()
