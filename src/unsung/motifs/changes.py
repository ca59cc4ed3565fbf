"""How an occurrence differs from the prototype, note by note and by name."""

import numpy as np
from attrs import frozen

from unsung.model.motif import Change, NotePair
from unsung.model.notes import Notes

_OTHER_TEMPO = 0.12
_OTHER_RHYTHM = 0.5
_FRAGMENT = 0.8
_ORNAMENT = 0.25


@frozen(eq=False)
class Comparison:
    """Two statements side by side: what answers to what, and what follows from it."""

    pairs: tuple[NotePair, ...]
    transposition_semitones: int
    tempo_ratio: float
    changes: tuple[Change, ...]


def comparison(
    prototype: Notes, found: Notes, pairs: tuple[NotePair, ...], shift: int, *, other_mode: bool
) -> Comparison:
    """What became of the prototype in `found`, given which notes answer and the key's `shift`.

    `shift` is a pitch class; the octave is that of most notes.
    """
    ours = np.array([pair[0] for pair in pairs], int)
    theirs = np.array([pair[1] for pair in pairs], int)
    moved = found.midi_pitch[theirs] - prototype.midi_pitch[ours]
    octaves = int(np.round(np.median((moved - shift) / 12))) if len(pairs) else 0
    transposition = shift + 12 * octaves
    before, after = prototype.onset_s[ours], found.onset_s[theirs]
    ratio = _tempo_ratio(before, after)
    named: dict[Change, bool] = {
        "key": shift % 12 != 0,
        "register": abs(transposition) >= 10,
        "tempo": abs(np.log2(ratio)) > _OTHER_TEMPO,
        "mode": other_mode,
        "rhythm": _bent(before, after, ratio) > _OTHER_RHYTHM,
        "interval": bool((np.round(moved - transposition) % 12 != 0).any()) and not other_mode,
        "ornament": _added(found, theirs) >= max(2, _ORNAMENT * len(pairs)),
        "left out": len(set(range(ours.min(), ours.max() + 1)) - set(ours)) > 0
        if len(pairs)
        else False,
        "fragment": len(pairs) < _FRAGMENT * len(prototype),
    }
    return Comparison(pairs, transposition, ratio, tuple(k for k, holds in named.items() if holds))


def _tempo_ratio(before: np.ndarray, after: np.ndarray) -> float:
    """How much faster the answer runs, by the time from its first to its last note."""
    if len(before) < 2 or after[-1] <= after[0]:
        return 1.0
    return float((before[-1] - before[0]) / (after[-1] - after[0]))


def _bent(before: np.ndarray, after: np.ndarray, ratio: float) -> float:
    """By how many octaves of time the steps between notes differ from the tempo, in the middle."""
    steps = np.diff(after)
    known = steps > 0
    if not known.any():
        return 0.0
    return float(np.median(np.abs(np.log2(np.diff(before)[known] / steps[known] / ratio))))


def _added(found: Notes, theirs: np.ndarray) -> int:
    """Notes between the first and the last that answer to none."""
    return len(found) - len(theirs)
