"""How surely Unsung hears that a melody quotes a famous one, and how seldom it is wrong.

    python -m pip install -e '.[bench]'
    python bench/iconic_themes.py SHELF [--part report]

Folk melodies of music21's corpus stand for melodies that quote nothing; those that share twelve
notes in a row with the catalogue are left out. Into a stretch of each a famous melody is planted,
moved in pitch, and changed as ears and players change it: notes added and left out, rhythm bent,
pitches misheard. Counted are recall at one false alarm in a hundred, beside the smallest edit
distance of intervals, and how often melodies that quote nothing reach each chance.

The prices of `aligning.py` and the constants of `luck.py` were chosen on the development part.
"""

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from motif_melodies import tunes
from unsung.model.iconic import Incipit
from unsung.model.notes import Notes
from unsung.motifs.iconic.catalogue import shipped_incipits
from unsung.motifs.iconic.likeness import known, likenesses

CATALOGUE = known(shipped_incipits())
HOST_NOTES = (10, 16, 24, 40)
FALSE_ALARMS = 0.01
SHARED = 12
PLAIN, PLANTED = 300, 120
_QUARTER_S = 0.5


class Change(NamedTuple):
    """How a planted melody is changed: shares of notes, and the spread of lengths in octaves."""

    name: str
    added: float = 0.0
    left_out: float = 0.0
    misheard: float = 0.0
    bent: float = 0.0


CHANGES = (
    Change("moved only"),
    Change("ornamented", added=0.2),
    Change("notes missing", left_out=0.15),
    Change("rhythm bent", bent=0.6),
    Change("as transcribed", added=0.08, left_out=0.08, misheard=0.05, bent=0.3),
)


def main(shelf: Path, part: str) -> None:
    """Prints recall, and what melodies that quote nothing score."""
    hosts = hosts_of(part, shelf)
    dice = np.random.default_rng(2)
    plain = [host(hosts, dice, count) for _ in range(PLAIN // 4) for count in HOST_NOTES]
    calibration("as they are", plain)
    calibration("backwards, so that they surely quote nothing", [backwards(x) for x in plain])
    levels = [threshold([score(line) for line in plain]) for score in (by_chance, by_distance)]
    for change in CHANGES:
        planted = [plant(hosts, dice, change) for _ in range(PLANTED)]
        told = [share(planted, k, levels[k]) for k in range(2)]
        print(f"{change.name:16} recall {told[0]:.2f}  edit distance {told[1]:.2f}")


def calibration(name: str, plain: list[Notes]) -> None:
    """How many melodies that quote nothing reach each chance, by length."""
    print(name)
    nearest = [likenesses(line, CATALOGUE, 1)[0] for line in plain]
    chance = np.array([one.chance for one in nearest])
    count = np.array([len(line) for line in plain])
    for notes in (*HOST_NOTES, 0):
        these = chance[count == notes] if notes else chance
        told = [f"{np.mean(these <= level):.3f}" for level in (0.01, 0.05, 0.2)]
        print(f"{notes or 'all'} notes: reach a chance of .01 .05 .20: {' '.join(told)}")
    kinds = [one.kinship for one in nearest]
    print({kind: kinds.count(kind) for kind in sorted(set(kinds))})


def hosts_of(part: str, shelf: Path) -> list[np.ndarray]:
    """Melodies that quote nothing, as rows of onset, length and pitch."""
    told = {run for one in shipped_incipits() for run in runs(one.notes.midi_pitch)}
    rows = [np.array(tune.rows, float) for tune in tunes(part, shelf)]
    kept = [one for one in rows if not told & set(runs(one[:, 2]))]
    print(f"{part}: {len(kept)} melodies of {len(rows)} share no {SHARED} notes with the catalogue")
    return kept


def runs(pitch: np.ndarray) -> list[tuple[int, ...]]:
    """All runs of intervals that `SHARED` notes make."""
    steps = np.diff(np.round(pitch)).astype(int)
    return [tuple(steps[k : k + SHARED - 1]) for k in range(len(steps) - SHARED + 2)]


def host(hosts: list[np.ndarray], dice: np.random.Generator, count: int) -> Notes:
    """A stretch of a melody that quotes nothing."""
    long_enough = [one for one in hosts if len(one) >= count]
    one = long_enough[dice.integers(len(long_enough))]
    first = dice.integers(len(one) - count + 1)
    return notes_of(one[first : first + count])


def backwards(line: Notes) -> Notes:
    """The line from its end to its beginning."""
    return Notes.sorted(
        float(line.end_s[-1]) - line.end_s[::-1], line.duration_s[::-1], line.midi_pitch[::-1]
    )


def plant(
    hosts: list[np.ndarray], dice: np.random.Generator, change: Change
) -> tuple[Notes, Incipit]:
    """A famous melody, changed, between stretches of one that is none."""
    long_enough = [one for one in shipped_incipits() if len(one.notes) >= 8]
    told = long_enough[dice.integers(len(long_enough))]
    before, after = (host(hosts, dice, int(dice.integers(4, 12))) for _ in range(2))
    middle = changed(told.notes, dice, change)
    rows: list[tuple[float, float, float]] = []
    at = 0.0
    for line, up in ((before, 0), (middle, int(dice.integers(-6, 7))), (after, 0)):
        lasts = np.append(np.diff(line.onset_s), line.duration_s[-1:])
        onsets = at + np.append(0.0, np.cumsum(lasts)[:-1])
        rows += zip(onsets, lasts, line.midi_pitch + up, strict=True)
        at += float(lasts.sum())
    return notes_of(np.array(rows) / (_QUARTER_S, _QUARTER_S, 1.0)), told


def changed(line: Notes, dice: np.random.Generator, change: Change) -> Notes:
    """The line as a player or an ear may change it."""
    lasts = np.append(np.diff(line.onset_s), line.duration_s[-1:])
    rows: list[tuple[float, float]] = []
    for pitch, length in zip(line.midi_pitch, lasts, strict=True):
        if rows and dice.random() < change.left_out:
            rows[-1] = (rows[-1][0], rows[-1][1] + length)
            continue
        heard = pitch + dice.choice((-2, -1, 1, 2)) * (dice.random() < change.misheard)
        lasted = length * 2 ** (change.bent * dice.normal())
        rows.append((heard, lasted))
        if dice.random() < change.added:
            rows[-1] = (heard, lasted / 2)
            rows.append((heard + dice.choice((-2, -1, 1, 2)), lasted / 2))
    heard, lasted = np.array(rows, float).T
    onset = np.append(0.0, np.cumsum(lasted)[:-1])
    return notes_of(np.stack([onset, lasted, heard]).T / (_QUARTER_S, _QUARTER_S, 1.0))


def notes_of(rows: np.ndarray) -> Notes:
    """Rows of onset and length in quarters and pitch, as notes."""
    onset, lasts, pitch = rows.T
    return Notes.sorted(_QUARTER_S * (onset - onset[0]), np.maximum(lasts, 0.05) / 2, pitch)


def by_chance(line: Notes) -> float:
    """How surely the melody quotes something: less is chance."""
    return -likenesses(line, CATALOGUE, 1)[0].chance


def by_distance(line: Notes) -> float:
    """The plain peer: the smallest share of an incipit's intervals to edit, found anywhere."""
    return -min(distance(line, one.notes) for one in shipped_incipits())


def distance(line: Notes, told: Notes) -> float:
    """Edits that turn the incipit's intervals into some stretch of the line's (Sellers 1980)."""
    ours, theirs = (np.diff(np.round(one.midi_pitch)) for one in (told, line))
    row = np.zeros(len(theirs) + 1)
    for step in ours:
        kept = row[:-1] + (theirs != step)
        new = np.minimum(np.append(row[0] + 1, kept), row + 1)
        row = np.minimum.accumulate(new - np.arange(len(new))) + np.arange(len(new))
    return float(row.min()) / max(len(ours), 1)


def threshold(scores: list[float]) -> float:
    """The score that one melody in a hundred reaches that quotes nothing."""
    return float(np.quantile(scores, 1 - FALSE_ALARMS))


def share(planted: list[tuple[Notes, Incipit]], peer: int, level: float) -> float:
    """The share of planted melodies that are found, by their name, above the level."""
    found = [named(line, peer) for line, _ in planted]
    right = [
        score > level and name == told.name
        for (name, score), (_, told) in zip(found, planted, strict=True)
    ]
    return float(np.mean(right))


def named(line: Notes, peer: int) -> tuple[str, float]:
    """The famous melody that is nearest, and its score."""
    if peer == 0:
        nearest = likenesses(line, CATALOGUE, 1)[0]
        return nearest.incipit.name, -nearest.chance
    score, name = max((-distance(line, one.notes), one.name) for one in shipped_incipits())
    return name, score


if __name__ == "__main__":
    main(Path(sys.argv[1]), "report" if "report" in sys.argv else "development")
