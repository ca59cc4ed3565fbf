"""Cadences: where a phrase closes, and how; only where chords, key and rest all say so.

Dominant to tonic is *authentic*, subdominant to tonic *plagal*, dominant to the sixth degree
*deceptive*, and to come to rest on the dominant *half* (Caplin, *Classical Form*, 1998, chapter
2, who adds what no chord tells: that a theme must be ending). So a cadence is claimed only where
both chords are sure and in root position, the key is decided, and the last chord is held longer
than usual or followed by silence.
"""

from itertools import pairwise

import numpy as np

from unsung.model.harmony import Cadence, CadenceKind, Chord, Chords, ChordSpan
from unsung.model.hearing import KeyCurve
from unsung.model.notes import Notes
from unsung.model.pitch import Key

_LEAST_CONFIDENCE = 0.7
_HELD = 1.5
_LEAST_HELD_S = 1.0
_LEAST_REST_S, _BREATH_S = 0.4, 0.1

_DOMINANTS, _LEADING = ("maj", "7"), ("dim", "hdim7", "dim7")
_STABLE = ("maj", "min")


def cadences(notes: Notes, chords: Chords, keys: KeyCurve) -> tuple[Cadence, ...]:
    """All cadences that are certain, in order."""
    lengths_s = [one.span.duration_s for one in chords.spans if isinstance(one.chord, Chord)]
    usual_s = float(np.median(lengths_s)) if lengths_s else 0.0
    found = []
    for one, last in pairwise(chords.spans):
        key = _key_at(keys, last.span.start_s)
        rests = _rests(notes, last.span.end_s)
        held = last.span.duration_s >= max(_HELD * usual_s, _LEAST_HELD_S)
        if key is not None and (held or rests):
            found += _cadence(one, last, key, rests=rests)
    return tuple(found)


def _key_at(keys: KeyCurve, at_s: float) -> Key | None:
    for one in keys.spans:
        if one.span.start_s <= at_s < one.span.end_s and isinstance(one.key, Key):
            return one.key
    return None


def _rests(notes: Notes, at_s: float) -> bool:
    """Whether no note begins for a while from there on."""
    first, last = np.searchsorted(notes.onset_s, (at_s - _BREATH_S, at_s + _LEAST_REST_S))
    return bool(first == last)


def _cadence(one: ChordSpan, last: ChordSpan, key: Key, *, rests: bool) -> list[Cadence]:
    """The cadence that two chords make, if they make one."""
    first_chord, last_chord = one.chord, last.chord
    confidence = min(one.confidence, last.confidence)
    if not (isinstance(first_chord, Chord) and isinstance(last_chord, Chord)):
        return []
    kind = _kind(first_chord, last_chord, key, rests=rests)
    if kind is None or confidence < _LEAST_CONFIDENCE:
        return []
    return [Cadence(last.span.start_s, kind, key, first_chord, last_chord, confidence)]


def _kind(first: Chord, last: Chord, key: Key, *, rests: bool) -> CadenceKind | None:
    if last.bass_step or last.quality not in _STABLE:
        return None
    degree = _degree(last, key)
    if degree == 0 and _is_home(last, key):
        if _is_dominant(first, key):
            return "authentic"
        return "plagal" if _degree(first, key) == 5 and not first.bass_step else None
    if degree in (8, 9) and _degree(first, key) == 7 and _is_dominant(first, key):
        return "deceptive"
    return "half" if degree == 7 and last.quality == "maj" and rests else None


def _degree(chord: Chord, key: Key) -> int:
    """The root in semitones above the tonic."""
    return (chord.root_pitch_class - key.tonic_pitch_class) % 12


def _is_home(chord: Chord, key: Key) -> bool:
    """The tonic triad; a minor piece may end on a major one (the Picardy third)."""
    return chord.quality == "maj" or key.mode == "minor"


def _is_dominant(chord: Chord, key: Key) -> bool:
    degree = _degree(chord, key)
    fifth = degree == 7 and chord.quality in _DOMINANTS and not chord.bass_step
    return fifth or (degree == 11 and chord.quality in _LEADING)
