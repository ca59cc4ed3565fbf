"""What the sound alone shows. Nothing of the world is read here: no counts, no names, no tags.

A short list of things that can be heard, each a number per track:

- loudness range: from its soft to its loud passages (EBU Tech 3342), LU;
- swells: how many LU of crescendo and diminuendo a minute holds;
- key journey: how evenly the time is shared among keys (entropy), bits;
- harmonic individuality: how far the track's pitch classes, read from its own tonic, lie from
  those of the tracks it is compared with (Kullback-Leibler divergence, as in CATCHY's
  "conventionality", Van Balen et al. 2015), bits;
- melody variety: entropy of the steps between successive notes of the leading line, bits;
- melody individuality: how far those steps lie from the tracks compared with, bits;
- form: how evenly the time is shared among sections that differ, bits;
- colour change: how far brightness moves, octaves.

More of each counts as more to notice. That is a choice, not a law of taste: it says "varied,
moving and unlike its neighbours", not "beautiful". How much the weights matter is in the interval.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float64

from unsung.model.hearing import Hearing
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.pitch import Key

UNITS = {
    "loudness range": "LU",
    "swells": "LU a minute",
    "key journey": "bits",
    "harmonic individuality": "bits",
    "melody variety": "bits",
    "melody individuality": "bits",
    "form": "bits",
    "colour change": "octaves",
}
LEAST_DURATION_S = 20.0
_LEAST_NOTES = 16
_WIDEST_STEP = 12
_SOFT = 0.5

Parts = Mapping[str, float]
Profile = Float64[np.ndarray, " bins"]


def merit_parts(hearings: Sequence[Hearing]) -> tuple[Parts, ...]:
    """For each track what can be said of it; individuality is against all the others here."""
    harmonies = [harmony(one) for one in hearings]
    steps = [melody_steps(one) for one in hearings]
    return tuple(
        {
            **_alone(one),
            **_individuality("harmonic individuality", harmonies, index),
            **_individuality("melody individuality", steps, index),
        }
        if one.duration_s >= LEAST_DURATION_S
        else {}
        for index, one in enumerate(hearings)
    )


def album_parts(hearings: Sequence[Hearing]) -> Parts:
    """What is typical of an album's tracks: the median of each part."""
    parts = merit_parts(hearings)
    names = sorted({name for one in parts for name in one})
    return {name: float(np.median([one[name] for one in parts if name in one])) for name in names}


def harmony(hearing: Hearing) -> Profile | None:
    """How much of each pitch class sounds, counted from the tonic; None without a key."""
    key = hearing.key.overall
    total = hearing.chroma.values.sum(axis=1, dtype=float)
    if not isinstance(key, Key) or total.sum() <= 0:
        return None
    return _shares(np.roll(total / total.sum(), -key.tonic_pitch_class), 1e-3)


def melody_steps(hearing: Hearing) -> Profile | None:
    """How often the leading line steps by each interval, an octave down to an octave up."""
    pitches = np.rint(hearing.melody.midi_pitch).astype(int)
    if len(pitches) < _LEAST_NOTES:
        return None
    steps = np.clip(np.diff(pitches), -_WIDEST_STEP, _WIDEST_STEP) + _WIDEST_STEP
    return _shares(np.bincount(steps, minlength=2 * _WIDEST_STEP + 1).astype(float), _SOFT)


def _alone(hearing: Hearing) -> dict[str, float]:
    """What one track shows by itself."""
    steps = melody_steps(hearing)
    found = {
        "loudness range": _loudness_range(hearing),
        "swells": _swells(hearing),
        "key journey": _key_journey(hearing),
        "melody variety": None if steps is None else entropy_bits(steps),
        "form": _form(hearing),
        "colour change": _colour_change(hearing),
    }
    return {name: value for name, value in found.items() if value is not None}


def _loudness_range(hearing: Hearing) -> float | None:
    loud = hearing.loudness
    if isinstance(loud, NotHeard) or isinstance(loud.range_lu, Outcome):
        return None
    return float(loud.range_lu)


def _swells(hearing: Hearing) -> float | None:
    if isinstance(hearing.dynamics, NotHeard) or _loudness_range(hearing) is None:
        return None
    moved_lu = sum(abs(swell.change_lu) for swell in hearing.dynamics.swells)
    return 60.0 * moved_lu / hearing.duration_s


def _key_journey(hearing: Hearing) -> float | None:
    time_s: dict[Key, float] = {}
    for span in hearing.key.spans:
        if isinstance(span.key, Key):
            time_s[span.key] = time_s.get(span.key, 0.0) + span.span.duration_s
    return _evenness_bits(list(time_s.values())) if time_s else None


def _form(hearing: Hearing) -> float | None:
    if not len(hearing.notes):
        return None
    time_s: dict[str, float] = {}
    for section in hearing.sections.sections:
        time_s[section.label] = time_s.get(section.label, 0.0) + section.span.duration_s
    return _evenness_bits(list(time_s.values()))


def _colour_change(hearing: Hearing) -> float | None:
    """How far brightness moves while something sounds, a tenth to nine tenths of the time."""
    if isinstance(hearing.brightness, NotHeard):
        return None
    heard_hz = hearing.brightness.values[0].astype(float)
    heard_hz = heard_hz[heard_hz > 0]
    if len(heard_hz) < 2 or _loudness_range(hearing) is None:
        return None
    low_hz, high_hz = np.percentile(heard_hz, [10, 90])
    return float(np.log2(high_hz / low_hz))


def _individuality(name: str, profiles: Sequence[Profile | None], index: int) -> dict[str, float]:
    """How far one profile lies from the mean of the others, in bits; nothing without others."""
    own = profiles[index]
    others = [one for at, one in enumerate(profiles) if one is not None and at != index]
    if own is None or len(others) < 3:
        return {}
    usual = np.mean(others, axis=0)
    return {name: float(np.sum(own * np.log2(own / usual)))}


def entropy_bits(shares: Profile) -> float:
    """How undecided a distribution is; 0 where all lies in one place."""
    present = shares[shares > 0]
    return float(-np.sum(present * np.log2(present))) + 0.0


def _evenness_bits(amounts: Sequence[float]) -> float:
    shares = np.asarray(amounts, float)
    return entropy_bits(shares / shares.sum())


def _shares(amounts: Profile, softened_by: float) -> Profile:
    """Shares that add up to 1, none of them 0."""
    soft = amounts + softened_by
    shares: Profile = soft / soft.sum()
    return shares
