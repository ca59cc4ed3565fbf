"""Harmony made for tests: one of each kind, as far as the track is long enough."""

from itertools import pairwise

import numpy as np

from unsung.model.harmony import (
    Atonality,
    Cadence,
    Chord,
    Chords,
    ChordSpan,
    Colours,
    ColourSpan,
    Mode,
    Modes,
    ModeSpan,
    Ostinato,
    Pedal,
    Planing,
    Tension,
)
from unsung.model.outcomes import NO_CHORD, UNDECIDED
from unsung.model.pitch import Key
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span

CHORDS = (Chord(9, "min7", 7), Chord(2, "min", 2), NO_CHORD, Chord(7, "7", 7), UNDECIDED)
HOME = Chord(0, "maj", 0)


def harmony(duration_s, seed=1):
    """The fields of a hearing that tell of harmony."""
    duration_s, dice = float(duration_s), np.random.default_rng(seed)
    whole = Span(0, duration_s)
    count = max(1, int(duration_s))
    edges = np.linspace(0, duration_s, max(2, int(duration_s / 3)))
    spans = [Span(a, b) for a, b in pairwise(edges.tolist())]
    return {
        "chords": Chords(tuple(ChordSpan(s, CHORDS[k % 5], 0.6) for k, s in enumerate(spans))),
        "modes": Modes((ModeSpan(whole, Mode(2, "Dorian"), 0.2, 0.5),)),
        "cadences": (
            Cadence(
                duration_s / 2, "authentic", Key(0, "major"), CHORDS[3], Chord(0, "maj", 0), 0.9
            ),
        ),
        "pedals": (Pedal(whole, 38, "pedal point", is_bass=True),),
        "ostinati": (Ostinato(whole, duration_s / 4, (48, 55, 60), "low", 0.9),),
        "planing": (Planing(whole, 4, 3, "chromatic"),),
        "tension": Tension(_curve(dice, 3, 2 * count, 2.0)),
        "colours": Colours(_curve(dice, 6, count, 1.0), (ColourSpan(whole, "octatonic", 0.97),)),
        "atonality": Atonality(_curve(dice, 1, count, 1.0), (whole,)),
        "roughness": _curve(dice, 1, 2 * count, 2.0),
    }


def no_harmony(duration_s):
    """What is said of silence."""
    duration_s = float(duration_s)
    whole, count = Span(0, duration_s), max(1, int(duration_s))
    return {
        "chords": Chords((ChordSpan(whole, NO_CHORD, 1.0),)),
        "modes": Modes((ModeSpan(whole, UNDECIDED, 0.0, 0.0),)),
        "cadences": (),
        "pedals": (),
        "ostinati": (),
        "planing": (),
        "tension": Tension(_still(3, 2 * count, 2.0)),
        "colours": Colours(_still(6, count, 1.0), ()),
        "atonality": Atonality(_still(1, count, 1.0), ()),
        "roughness": _still(1, 2 * count, 2.0),
    }


def _curve(dice, rows, count, rate_hz):
    return Feature(dice.random((rows, count)) * 0.6, Frames(rate_hz, 0.5 / rate_hz))


def _still(rows, count, rate_hz):
    return Feature(np.zeros((rows, count)), Frames(rate_hz, 0.5 / rate_hz))
