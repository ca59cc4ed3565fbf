"""What a track's harmony does, for its part of the page: lanes, and places with words on them."""

from collections.abc import Iterator

import numpy as np
import scipy

from unsung.model.harmony import Chord, Mode
from unsung.model.hearing import Hearing
from unsung.model.pitch import pitch_name
from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.pages.figures.axes import Scale, TimeAxis
from unsung.pages.figures.harmony import chords_lane, modes_lane
from unsung.pages.figures.lanes import curve_lane
from unsung.pages.report.lane import Lane
from unsung.pages.report.wording import answer, clock, count, listed, number

CHORDS_PX, MODES_PX, TENSION_PX = 28, 24, 34
_MOST_STRAIN = 0.5
_CALM_S = 3.0
_MOST_SPOKEN = 4
_MOST_PLACES = 16


def with_harmony(drawn: tuple[Lane, ...], hearing: Hearing) -> tuple[Lane, ...]:
    """The lanes of chords, modes and tension put in below that of the key."""
    after_key = next((k for k, lane in enumerate(drawn, 1) if lane.name == "Key"), len(drawn))
    return (*drawn[:after_key], *_lanes(hearing), *drawn[after_key:])


def harmony_places(hearing: Hearing) -> Iterator[tuple[str, Span]]:
    """What happens in the harmony, in order, each a word or two and where; the first of them."""
    every = sorted(_places(hearing), key=lambda place: place[1])
    yield from every[:_MOST_PLACES]


def _lanes(hearing: Hearing) -> Iterator[Lane]:
    axis = TimeAxis(hearing.duration_s)
    yield Lane("Chords", chords_lane(_chord_words(hearing), hearing.chords, axis, CHORDS_PX))
    if any(isinstance(one.mode, Mode) for one in hearing.modes.spans):
        yield Lane("Mode", modes_lane(_mode_words(hearing), hearing.modes, axis, MODES_PX))
    strain = _strain(hearing)
    if strain.values.any():
        words = _strain_words(strain)
        scale = Scale(0, _MOST_STRAIN, TENSION_PX)
        yield Lane("Tension", curve_lane(words, strain, axis, scale), "from the key", "far", "home")


def _chord_words(hearing: Hearing) -> str:
    """How many chords, and the ones that sound longest."""
    lengths_s: dict[str, float] = {}
    named = [one for one in hearing.chords.spans if isinstance(one.chord, Chord)]
    for one in named:
        name = one.chord.name if isinstance(one.chord, Chord) else ""
        lengths_s[name] = lengths_s.get(name, 0.0) + one.span.duration_s
    longest = sorted(lengths_s, key=lambda name: -lengths_s[name])[:_MOST_SPOKEN]
    most = f"; longest: {listed(longest)}" if longest else ""
    return f"{count(len(named), 'chord')}{most}"


def _mode_words(hearing: Hearing) -> str:
    spans = [
        f"{one.mode.name if isinstance(one.mode, Mode) else answer(one.mode)}"
        f" from {clock(one.span.start_s)}"
        for one in hearing.modes.spans
    ]
    return f"Modes: {'; '.join(spans[:12])}"


def _strain(hearing: Hearing) -> Feature:
    """How far the harmony is from its key, calmed over three seconds."""
    ribbons = hearing.tension.ribbons
    size = max(1, round(_CALM_S * ribbons.frames.rate_hz))
    calm = scipy.ndimage.uniform_filter1d(ribbons.values[2:], size, axis=1, mode="nearest")
    return Feature(calm, ribbons.frames)


def _strain_words(strain: Feature) -> str:
    row = strain.values[0]
    at_s = float(strain.times_s[int(np.argmax(row))])
    return (
        f"Tonal tension: from {number(float(row.min()), 2)} to {number(float(row.max()), 2)}"
        f" of the way from C to B♯, highest at {clock(at_s)}"
    )


def _places(hearing: Hearing) -> Iterator[tuple[str, Span]]:
    for cadence in hearing.cadences:
        span = Span(cadence.at_s, max(hearing.duration_s, cadence.at_s + 1))
        yield f"{cadence.kind} cadence, {cadence.key.name}", span
    for pedal in hearing.pedals:
        yield f"{pedal.kind} {pitch_name(float(pedal.midi_pitch))}", pedal.span
    for ostinato in hearing.ostinati:
        where = "" if ostinato.part in ("", "all") else f", {ostinato.part}"
        yield f"ostinato ×{ostinato.repetitions}{where}", ostinato.span
    for planing in hearing.planing:
        yield f"{planing.kind} planing", planing.span
    for colour in hearing.colours.spans:
        if colour.colour != "diatonic":
            yield colour.colour, colour.span
    for atonal in hearing.atonality.spans:
        yield "no tonal centre", atonal
