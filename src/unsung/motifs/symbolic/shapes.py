"""Every stretch of every line, and how often its shape comes back.

A shape is what a stretch keeps when it is moved to another key or played at another speed: the way
of each step (still, step, skip, leap, up or down) and the ratio of each time to the one before.
Shapes are counted by number, longer ones from shorter ones, so the cost grows with the notes and
not with their pairs. Where a shape that returns goes on differently each time, it ends (Harris,
Language 1955: successor variety): that is where a listener hears a boundary.
"""

import numpy as np
from attrs import frozen
from jaxtyping import Bool, Float64, Int64

from unsung.motifs.lines import Lines

SHORTEST, LONGEST = 3, 24
_WIDTHS = (1, 3, 5, 8)
_PER_OCTAVE = 2
_MOST_OCTAVES = 3

Flags = Bool[np.ndarray, " notes"]
Counts = Int64[np.ndarray, " notes"]


@frozen(eq=False)
class Shapes:
    """All stretches of one number of notes, by first note.

    `shape` numbers the shape of the stretch that begins there (-1 where none does), `count` says
    how often it occurs, `exactly` how often with the same intervals, `in_rhythm` with the same
    rhythm.
    """

    shape: Counts
    count: Counts
    exactly: Counts
    in_rhythm: Counts


def shapes(led: Lines) -> dict[int, Shapes]:
    """Shapes of three to twenty-five notes, by number of notes."""
    steps = _steps(led)
    kinds = [(way, ratio) for way, ratio in steps]
    known = [_pairs(way, led) for way, _ in kinds]
    found: dict[int, Shapes] = {}
    for count in range(SHORTEST, LONGEST + 2):
        fits = _fits(led, count)
        known = [
            _longer(shape, way, ratio, count, fits)
            for shape, (way, ratio) in zip(known, kinds, strict=True)
        ]
        exactly, in_rhythm = _times(known[1]), _times(known[2])
        found[count] = Shapes(known[0], _times(known[0]), exactly, in_rhythm)
    return found


def _steps(led: Lines) -> list[tuple[Counts, Counts]]:
    """For way, interval and rhythm alone: a number for each step, and one for its ratio of time."""
    interval = np.diff(led.pitch, append=0).astype(np.int64)
    way = np.sign(interval) * np.digitize(np.abs(interval), _WIDTHS)
    step_s = np.maximum(np.diff(led.onset_s, append=np.inf), 1e-3)
    turned = np.zeros(len(led))
    with np.errstate(invalid="ignore"):
        turned[1:] = np.nan_to_num(np.log2(step_s[1:] / step_s[:-1]))
    ratio = np.round(np.clip(turned, -_MOST_OCTAVES, _MOST_OCTAVES) * _PER_OCTAVE).astype(np.int64)
    ratio += _MOST_OCTAVES * _PER_OCTAVE
    return [(way + 4, ratio), (interval + 128, ratio), (np.zeros_like(way), ratio)]


def _fits(led: Lines, count: int) -> Flags:
    """Where a stretch of `count` notes begins that stays in its line."""
    fits = np.zeros(len(led), bool)
    starts = max(0, len(led) - count + 1)
    fits[:starts] = led.line[:starts] == led.line[len(led) - starts :]
    return fits


def _pairs(way: Counts, led: Lines) -> Counts:
    fits = _fits(led, 2)
    return np.where(fits, way, -1)


def _longer(shape: Counts, way: Counts, ratio: Counts, count: int, fits: Flags) -> Counts:
    """Numbers of the shapes one note longer: the shorter shape, and how it goes on."""
    at = np.flatnonzero(fits)
    last = at + count - 2
    key = (shape[at] * 512 + way[last]) * 32 + ratio[last]
    longer = np.full(len(fits), -1)
    longer[at] = np.unique(key, return_inverse=True)[1]
    return longer


def _times(shape: Counts) -> Counts:
    """How often the shape that begins at each note occurs; 1 where none begins."""
    at = np.flatnonzero(shape >= 0)
    times = np.ones(len(shape), np.int64)
    times[at] = np.bincount(shape[at])[shape[at]] if at.size else 1
    return times


def bits_after(found: dict[int, Shapes], count: int) -> Float64[np.ndarray, " notes"]:
    """How many bits the note after each stretch costs, if one knows how its shape goes on."""
    now, on = found[count].count, found[count + 1].count
    bits: np.ndarray = np.log2(np.maximum(now / on, 1))
    return bits


def bits_before(found: dict[int, Shapes], count: int) -> Float64[np.ndarray, " notes"]:
    """The same of the note before."""
    now, on = found[count].count, found[count + 1].count
    earlier = np.concatenate([np.ones(1), on[:-1]]) if len(on) else on
    inside = np.concatenate([np.zeros(1, bool), found[count + 1].shape[:-1] >= 0])[: len(on)]
    bits: np.ndarray = np.log2(np.maximum(now / np.where(inside, earlier, 1), 1))
    return bits
