"""The curves of a track, each in a lane of its own over the one time axis."""

import numpy as np
from markupsafe import Markup

from unsung.model.hearing import Loudness, Register, Swell, TempoCurve
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CLEAR_PULSE, Outcome
from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.pages.figures import paths
from unsung.pages.figures.axes import PLOT_WIDTH, Scale, TimeAxis
from unsung.pages.figures.blocks import block
from unsung.pages.figures.svg import decoration, element, figure, path

HAIRPINS_PX = 14
_CHROMA_COLUMNS = 240
_CHROMA_LEVELS = 5
_ROOM_FOR_A_TEMPO = 0.05


def canvas(height_px: int, *children: str) -> Markup:
    """Where curves are drawn: stretched to the width of the figure, true in height."""
    box = {"viewBox": f"0 0 {PLOT_WIDTH} {height_px}", "preserveAspectRatio": "none"}
    return element("svg", {**box, "width": "100%", "height": height_px}, *children)


def curve(row: np.ndarray, times_s: np.ndarray, axis: TimeAxis, scale: Scale) -> Markup:
    """One curve: a line where every value has its column, else the envelope."""
    x, lowest, highest = paths.columns(axis.x(times_s), row)
    if lowest is highest:
        return path("line", paths.line(x, scale.y(highest)))
    return path("line envelope", paths.band(x, scale.y(highest), scale.y(lowest)))


def hill(row: np.ndarray, times_s: np.ndarray, axis: TimeAxis, scale: Scale) -> Markup:
    """The area under a curve, drawn to the highest value of each column."""
    x, _, highest = paths.columns(axis.x(times_s), row)
    ground = np.full(len(x), float(scale.height_px))
    return path("hill", paths.band(x, scale.y(highest), ground))


def curve_lane(label: str, feature: Feature, axis: TimeAxis, scale: Scale) -> Markup:
    """A one-row feature as a curve over its own area."""
    row, times_s = feature.values[0], feature.times_s
    drawn = (hill(row, times_s, axis, scale), curve(row, times_s, axis, scale))
    return figure(label, scale.height_px, canvas(scale.height_px, *drawn))


def loudness_lane(
    label: str, loudness: Loudness, swells: tuple[Swell, ...], axis: TimeAxis, scale: Scale
) -> Markup:
    """Momentary loudness as a silhouette, short-term as a line, swells as hairpins below."""
    momentary, short_term = loudness.momentary, loudness.short_term
    height_px = scale.height_px + HAIRPINS_PX
    drawn = (
        hill(momentary.values[0], momentary.times_s, axis, scale),
        curve(short_term.values[0], short_term.times_s, axis, scale),
        path("hairpin", "".join(_hairpin(swell, axis, scale.height_px) for swell in swells)),
    )
    return figure(label, height_px, canvas(height_px, *drawn))


def _hairpin(swell: Swell, axis: TimeAxis, top_px: int) -> str:
    """`<` for a crescendo, `>` for a diminuendo, as a musician writes them."""
    start, end = axis.x(np.array([swell.span.start_s, swell.span.end_s])).tolist()
    tip, mouth = (start, end) if swell.change_lu > 0 else (end, start)
    middle, opening = top_px + HAIRPINS_PX / 2, HAIRPINS_PX / 2 - 3
    upper, lower = middle - opening, middle + opening
    return f"M{mouth:.1f} {upper:g}L{tip:.1f} {middle:g}L{mouth:.1f} {lower:g}"


def tempo_lane(label: str, tempo: TempoCurve, axis: TimeAxis, scale: Scale) -> Markup:
    """The tempo where a pulse is clear; elsewhere a hatched stretch, and words where they fit."""
    clear, unclear = [], []
    for one in tempo.spans:
        if isinstance(one.tempo_bpm, Outcome):
            unclear.append(one.span)
        else:
            clear.append((one.span, one.tempo_bpm))
    names = (str(NO_CLEAR_PULSE), "no pulse", "–")
    stretches = [block("unclear", span, axis, scale.height_px, names) for span in unclear]
    lines = [_clear_tempo(tempo.tempo, span, bpm, axis, scale) for span, bpm in clear]
    words = [_tempo_word(span, bpm, axis, scale) for span, bpm in clear]
    return figure(label, scale.height_px, *stretches, canvas(scale.height_px, *lines), *words)


def _clear_tempo(
    tempo: Feature, span: Span, tempo_bpm: float, axis: TimeAxis, scale: Scale
) -> Markup:
    """The curve within its stretch; a level line where no instant falls into it."""
    inside = tempo.frames.slice_of(span, tempo.values.shape[1])
    row, times_s = tempo.values[0][inside], tempo.times_s[inside]
    if len(row) < 2:
        row, times_s = np.full(2, tempo_bpm), np.array([span.start_s, span.end_s])
    return curve(row, times_s, axis, scale)


def _tempo_word(span: Span, tempo_bpm: float, axis: TimeAxis, scale: Scale) -> Markup:
    """Its number at its beginning, on the roomier side of the line."""
    if span.duration_s / axis.duration_s < _ROOM_FOR_A_TEMPO:
        return Markup("")
    is_high = scale.y(np.array(tempo_bpm)) < scale.height_px / 2
    height = scale.height_px - 4 if is_high else 12
    place = {"x": axis.percent(span.start_s), "dx": 5, "y": height}
    return element("text", place, f"{tempo_bpm:.0f}")


def chroma_lane(label: str, chroma: Feature, axis: TimeAxis, height_px: int) -> Markup:
    """Twelve strips, C at the bottom: the darker, the more of it sounds; blank under the median."""
    box = {"viewBox": f"0 -.5 {_CHROMA_COLUMNS} 12", "preserveAspectRatio": "none"}
    levels = _chroma_levels(chroma, axis)
    drawn = (
        path(f"heat heat-{level}", _level_runs(levels, level))
        for level in range(1, _CHROMA_LEVELS + 1)
    )
    inner = element("svg", {**box, "width": "100%", "height": height_px}, *drawn)
    return figure(label, height_px, inner)


def _chroma_levels(chroma: Feature, axis: TimeAxis) -> np.ndarray:
    """Strength of each pitch class in each column, 0..5, from the track's median to its top."""
    levels = np.zeros((12, _CHROMA_COLUMNS), int)
    if chroma.values.size == 0 or chroma.values.max() <= 0:
        return levels
    begins_s = np.arange(_CHROMA_COLUMNS) * (axis.duration_s / _CHROMA_COLUMNS)
    nearest = np.floor((begins_s - chroma.frames.first_s) * chroma.frames.rate_hz + 0.5 + 1e-9)
    starts = np.clip(nearest.astype(int), 0, chroma.values.shape[1] - 1)
    counts = np.maximum(np.diff(np.r_[starts, chroma.values.shape[1]]), 1)
    means = np.add.reduceat(chroma.values.astype(float), starts, axis=1) / counts
    low, high = np.percentile(means, [50, 99.5]).tolist()
    low = low if low < high else 0.0
    levels[:] = np.rint(_CHROMA_LEVELS * np.clip((means - low) / (high - low), 0, 1))
    return levels


def _level_runs(levels: np.ndarray, level: int) -> str:
    """Unbroken runs of one level, row by row, as strokes one row thick."""
    at_level = np.pad(levels[::-1] == level, ((0, 0), (1, 1))).astype(np.int8)
    change = np.diff(at_level, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    runs = zip(starts.tolist(), rows.tolist(), (ends - starts).tolist(), strict=True)
    return "".join(f"M{x} {y}h{length}" for x, y, length in runs)


def register_lane(
    label: str, register: Register, notes: Notes, axis: TimeAxis, scale: Scale
) -> Markup:
    """From the low to the high pitch as a band where it sounds; `notes` as a thin piano roll."""
    bands = (
        _register_band(register.pitch, start, end, axis, scale)
        for start, end in _runs(register.sounding.values[0] > 0)
    )
    strokes = paths.strokes(axis.x(notes.onset_s), axis.x(notes.end_s), scale.y(notes.midi_pitch))
    drawn = (
        path("octave", _octaves(scale)),
        path("hill", "".join(bands)),
        path("roll", strokes if len(notes) else ""),
    )
    return figure(label, scale.height_px, canvas(scale.height_px, *drawn))


def _register_band(pitch: Feature, start: int, end: int, axis: TimeAxis, scale: Scale) -> str:
    """One stretch that sounds, from half a frame before its first instant to half one after."""
    half_s = 0.5 / pitch.frames.rate_hz
    within_s = pitch.times_s[start:end]
    x = axis.x(np.r_[within_s[0] - half_s, within_s, within_s[-1] + half_s])
    low, _, high = np.pad(pitch.values[:, start:end], ((0, 0), (1, 1)), mode="edge")
    columns, _, highest = paths.columns(x, high)
    _, lowest, _ = paths.columns(x, low)
    return paths.band(columns, scale.y(highest), scale.y(lowest))


def _runs(sounding: np.ndarray) -> list[tuple[int, int]]:
    """Start and end of each unbroken stretch."""
    change = np.diff(np.r_[0, sounding.astype(np.int8), 0])
    starts, ends = np.flatnonzero(change == 1).tolist(), np.flatnonzero(change == -1).tolist()
    return list(zip(starts, ends, strict=True))


def _octaves(scale: Scale) -> str:
    """A level line at every C."""
    pitches = np.arange(12, 128, 12)
    inside = pitches[(pitches > scale.low) & (pitches < scale.high)]
    return "".join(f"M0 {y:.1f}h{PLOT_WIDTH}" for y in scale.y(inside).tolist())


def grid(axis: TimeAxis) -> Markup:
    """A thin line through all lanes at every tick."""
    ticks = (axis.percent(tick) for tick in axis.ticks_s[1:])
    return decoration(
        "grid", "100%", *(element("line", {"x1": x, "x2": x, "y2": "100%"}) for x in ticks)
    )
