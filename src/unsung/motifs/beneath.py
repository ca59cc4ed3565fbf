"""The harmony beneath a motif: whether an occurrence stands on other chords than its prototype.

Note by note, the chord under the prototype and the chord under its answer are held against each
other, the transposition taken out: root and third. Where the chords of either are not known for
most of the notes, nothing is said.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from attrs import evolve

from unsung.model.harmony import Chord, Chords
from unsung.model.motif import Motif, Occurrence

_KNOWN = 0.6
_SAME = 0.5
_AFTER_S = 0.1
"""Chords are heard to begin up to this much late."""


def with_harmony(motifs: tuple[Motif, ...], chords: Mapping[str, Chords]) -> tuple[Motif, ...]:
    """The motifs, with `harmony` among the changes of what stands on other chords.

    `chords` are those of each track, by its file.
    """
    return tuple(_with_harmony(motif, chords) for motif in motifs)


def _with_harmony(motif: Motif, chords: Mapping[str, Chords]) -> Motif:
    judged = tuple(_judged(motif.prototype, one, chords) for one in motif.occurrences)
    return evolve(motif, occurrences=judged)


def _judged(prototype: Occurrence, one: Occurrence, chords: Mapping[str, Chords]) -> Occurrence:
    if "harmony" in one.changes or not _reharmonised(prototype, one, chords):
        return one
    return evolve(one, changes=(*one.changes, "harmony"))


def _reharmonised(prototype: Occurrence, one: Occurrence, chords: Mapping[str, Chords]) -> bool:
    """Whether most of the notes are known to stand on other chords."""
    known = [_agree(*both, one.transposition_semitones) for both in _both(prototype, one, chords)]
    enough = max(3.0, _KNOWN * len(one.pairs))
    return len(known) >= enough and sum(known) < _SAME * len(known)


def _both(
    prototype: Occurrence, one: Occurrence, chords: Mapping[str, Chords]
) -> Iterator[tuple[Chord, Chord]]:
    """The chords under each note and its answer, where both are known."""
    for ours, theirs in one.pairs:
        before = _chord_at(chords[prototype.track_file], float(prototype.notes.onset_s[ours]))
        after = _chord_at(chords[one.track_file], float(one.notes.onset_s[theirs]))
        if before and after:
            yield before, after


def _agree(before: Chord, after: Chord, transposition_semitones: int) -> bool:
    moved = (after.root_pitch_class - before.root_pitch_class - transposition_semitones) % 12
    return moved == 0 and before.is_minor_like == after.is_minor_like


def _chord_at(chords: Chords, time_s: float) -> Chord | None:
    """The chord just after a note begins."""
    starts_s = [one.span.start_s for one in chords.spans]
    at = int(np.searchsorted(starts_s, time_s + _AFTER_S, side="right")) - 1
    chord = chords.spans[at].chord if at >= 0 else None
    return chord if isinstance(chord, Chord) else None
