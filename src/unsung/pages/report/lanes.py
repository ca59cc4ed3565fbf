"""The lanes of a track: each figure with its name, its unit, its ends and what it says in words."""

from collections.abc import Callable, Sequence

from unsung.model.hearing import Hearing, Loudness, Swell
from unsung.model.motif import Motif
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.pitch import pitch_name
from unsung.model.score import Score
from unsung.model.sound import Feature
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.figures.blocks import key_lane, sections_lane
from unsung.pages.figures.lanes import (
    chroma_lane,
    curve_lane,
    loudness_lane,
    register_lane,
    tempo_lane,
)
from unsung.pages.figures.motif_map import motifs_lane
from unsung.pages.report.glance import Glance
from unsung.pages.report.instruments import instruments_lane
from unsung.pages.report.lane import Lane
from unsung.pages.report.scales import AlbumScales
from unsung.pages.report.wording import answer, clock, count, level, listed, number, pitches

SECTIONS_PX, KEYS_PX, CHROMA_PX = 28, 28, 72
_MOST_SPOKEN = 12


def lanes(one: Glance, scales: AlbumScales) -> tuple[Lane, ...]:
    """All that can be drawn of this track, top to bottom."""
    hearing = one.heard.hearing
    axis = TimeAxis(hearing.duration_s)
    drawn = (
        _sections(hearing, axis),
        instruments_lane(hearing, axis),
        _loudness(hearing, axis, scales),
        _keys(hearing, axis),
        _chroma(hearing, axis),
        _tempo(hearing, axis, scales),
        _register(hearing, axis, scales),
        _density(hearing, axis, scales),
        _brightness(one, hearing, axis, scales),
    )
    return tuple(lane for lane in drawn if lane is not None)


def motif_lanes(one: Glance, motifs: Sequence[Motif]) -> tuple[Lane, ...]:
    """One lane with the motifs of this track; none where none is heard."""
    file, axis = one.heard.track.file, TimeAxis(one.duration_s)
    placed = [
        (place, motif.label, found.span)
        for place, motif in enumerate(motifs)
        for found in motif.occurrences
        if found.track_file == file
    ]
    if not placed:
        return ()
    parts = [f"{letter} from {clock(span.start_s)}" for _, letter, span in placed]
    words = f"{count(len(parts), 'occurrence')} of motifs: {_spoken(parts)}"
    return (Lane("Motifs", motifs_lane(words, placed, axis)),)


def _sections(hearing: Hearing, axis: TimeAxis) -> Lane:
    parts = [f"{one.label} from {clock(one.span.start_s)}" for one in hearing.sections.sections]
    words = f"{count(len(parts), 'section')}: {_spoken(parts)}"
    return Lane("Sections", sections_lane(words, hearing.sections, axis, SECTIONS_PX))


def _loudness(hearing: Hearing, axis: TimeAxis, scales: AlbumScales) -> Lane | None:
    if isinstance(hearing.loudness, NotHeard):
        return None
    swells = () if isinstance(hearing.dynamics, NotHeard) else hearing.dynamics.swells
    words = _loudness_words(hearing.loudness, swells)
    figure = loudness_lane(words, hearing.loudness, swells, axis, scales.loudness)
    return Lane("Loudness", figure, "LUFS", *_ends(scales.loudness.high, scales.loudness.low))


def _loudness_words(loudness: Loudness, swells: tuple[Swell, ...]) -> str:
    moves = [
        f"{'crescendo' if swell.change_lu > 0 else 'diminuendo'} of"
        f" {number(abs(swell.change_lu))} LU from {clock(swell.span.start_s)}"
        f" to {clock(swell.span.end_s)}"
        for swell in swells
    ]
    heard = _extent("Loudness over three seconds", loudness.short_term, level, "LUFS")
    return f"{heard}; {_spoken(moves)}" if moves else heard


def _keys(hearing: Hearing, axis: TimeAxis) -> Lane:
    spans = [f"{answer(one.key)} from {clock(one.span.start_s)}" for one in hearing.key.spans]
    return Lane("Key", key_lane(f"Keys: {_spoken(spans)}", hearing.key, axis, KEYS_PX))


def _chroma(hearing: Hearing, axis: TimeAxis) -> Lane:
    means = hearing.chroma.values.sum(axis=1)
    strongest = [pitch_name(float(k + 60))[:-1] for k in means.argsort()[::-1][:3] if means[k] > 0]
    words = f"Chroma; strongest pitch classes: {listed(strongest) or 'none'}"
    figure = chroma_lane(words, hearing.chroma, axis, CHROMA_PX)
    return Lane("Chroma", figure, "pitch class", "B", "C")


def _tempo(hearing: Hearing, axis: TimeAxis, scales: AlbumScales) -> Lane:
    spans = [
        f"{answer(one.tempo_bpm, 'bpm', 0)} from {clock(one.span.start_s)}"
        for one in hearing.tempo.spans
    ]
    figure = tempo_lane(f"Tempo: {_spoken(spans)}", hearing.tempo, axis, scales.tempo)
    return Lane("Tempo", figure, "bpm", *_ends(scales.tempo.high, scales.tempo.low))


def _register(hearing: Hearing, axis: TimeAxis, scales: AlbumScales) -> Lane:
    is_score = isinstance(hearing.source, Score)
    notes = hearing.notes if is_score else hearing.melody
    drawn = "all notes" if is_score else "melody"
    heard = "nothing sounds"
    if len(notes):
        low, high = float(notes.midi_pitch.min()), float(notes.midi_pitch.max())
        heard = f"{count(len(notes), 'note')}, {pitches(low, high)}"
    figure = register_lane(
        f"Register; {drawn}: {heard}", hearing.register, notes, axis, scales.register
    )
    ends = pitch_name(scales.register.high), pitch_name(scales.register.low)
    return Lane("Register", figure, f"and {drawn}", *ends)


def _density(hearing: Hearing, axis: TimeAxis, scales: AlbumScales) -> Lane:
    words = _extent("Density", hearing.density, number, "notes a second")
    figure = curve_lane(words, hearing.density, axis, scales.density)
    return Lane("Density", figure, "notes/s", *_ends(scales.density.high, 0, digits=1))


def _brightness(one: Glance, hearing: Hearing, axis: TimeAxis, scales: AlbumScales) -> Lane | None:
    if isinstance(hearing.brightness, NotHeard) or isinstance(one.brightness_hz, Outcome):
        return None
    words = f"Brightness, around {answer(one.brightness_hz, 'Hz', 0)} on average"
    figure = curve_lane(words, hearing.brightness, axis, scales.brightness)
    return Lane("Brightness", figure, "Hz", *_ends(scales.brightness.high, scales.brightness.low))


def _ends(high: float, low: float, digits: int = 0) -> tuple[str, str]:
    return number(high, digits), number(low, digits)


def _extent(name: str, feature: Feature, shown: Callable[[float], str], unit: str) -> str:
    row = feature.values[0]
    if not row.size:
        return f"{name}: too short to measure"
    top_s = float(feature.times_s[row.argmax()])
    ends = f"from {shown(float(row.min()))} to {shown(float(row.max()))} {unit}"
    return f"{name}: {ends}, highest at {clock(max(top_s, 0))}"


def _spoken(parts: list[str]) -> str:
    """At most a dozen parts: a text alternative is listened to, the table holds the rest."""
    more = len(parts) - _MOST_SPOKEN
    return "; ".join([*parts[:_MOST_SPOKEN], f"and {more} more"] if more > 0 else parts)
