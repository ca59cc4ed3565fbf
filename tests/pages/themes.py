"""Motifs made for tests: two tunes, stated in many disguises, with what became of every note."""

import numpy as np
from attrs import evolve

from unsung.model.motif import Motif, Occurrence
from unsung.model.notes import Notes
from unsung.model.time import Span

CALL = ((67, 0.5), (72, 1.5), (74, 0.5), (75, 1.0), (74, 0.5), (72, 0.5), (79, 2.0), (77, 2.0))
"""A call in C minor: pitch and length in quarters."""
ROUND = ((64, 1.0), (62, 1.0), (60, 2.0), (64, 1.0), (62, 1.0), (60, 2.0), (67, 1.0), (65, 1.0))


def played(tune, start_s, quarter_s=0.5, semitones=0, legato=0.95):
    """A tune as notes that begin at `start_s`."""
    pitches, lengths = (np.array(column, float) for column in zip(*tune, strict=True))
    onsets = start_s + np.concatenate([[0], np.cumsum(lengths)[:-1]]) * quarter_s
    return Notes.sorted(onsets, lengths * quarter_s * legato, pitches + semitones)


def around(notes):
    """The span of these notes."""
    return Span(float(notes.onset_s[0]), float(notes.end_s.max()))


def straight(count):
    """Every note answers to its own."""
    return tuple((k, k) for k in range(count))


def stated(file, tune, start_s, pairs=None, **told):
    """An occurrence of a tune, or of a changed one."""
    quarter_s = 0.5 / told.get("tempo_ratio", 1.0)
    notes = played(tune, start_s, quarter_s, told.get("transposition_semitones", 0))
    return Occurrence(
        file,
        around(notes),
        notes=notes,
        pairs=straight(len(tune)) if pairs is None else pairs,
        **told,
    )


ADORNED = (*CALL[:3], (75, 0.5), (77, 0.25), (75, 0.25), *CALL[4:])
ADORNED_PAIRS = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 6), (5, 7), (6, 8), (7, 9))
DOTTED = ((67, 0.5), (72, 1.5), (74, 0.5), (75, 0.75), (74, 0.75), (72, 0.5), (79, 3.0), (77, 1.0))
IN_MAJOR = tuple((76 if pitch == 75 else pitch, length) for pitch, length in CALL)


def call(files):
    """The call: plain, higher and faster, adorned, half as fast, a fragment, in major, dotted."""
    one, two, three = files
    key, fast = {"transposition_semitones": 5}, {"tempo_ratio": 1.5}
    prototype = stated(one, CALL, 12.0, confidence=0.99)
    return Motif(
        "A",
        prototype,
        (
            prototype,
            stated(one, CALL, 25.0, changes=("key", "tempo"), confidence=0.97, **key, **fast),
            stated(two, ADORNED, 5.0, ADORNED_PAIRS, changes=("ornament",), confidence=0.91),
            stated(two, CALL, 18.0, changes=("tempo",), tempo_ratio=0.5, confidence=0.85),
            stated(three, CALL[:5], 3.0, changes=("fragment",), confidence=0.62),
            stated(three, IN_MAJOR, 11.0, changes=("mode",), confidence=0.93),
            stated(
                three,
                DOTTED,
                21.0,
                changes=("register", "rhythm"),
                transposition_semitones=-12,
                confidence=0.88,
            ),
        ),
        prominence=0.83,
        surprise_bits=3.4,
    )


def round_song(files):
    """A second idea, named by a person; it sounds over the first once."""
    one, two, _ = files
    prototype = stated(two, ROUND, 8.0, confidence=0.95)
    again = stated(one, ROUND, 30.0, transposition_semitones=-5, changes=("key",), confidence=0.81)
    return Motif("B", prototype, (again, prototype), prominence=0.4, name="The round")


def with_motifs(soundtrack, name="The round"):
    """The soundtrack, with both motifs stated in its first three recordings of some length."""
    long_enough = [one for one in soundtrack.heard if one.hearing.duration_s >= 39]
    files = [one.track.file for one in long_enough[:3]]
    return evolve(soundtrack, motifs=(call(files), evolve(round_song(files), name=name)))
