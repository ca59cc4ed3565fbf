"""The curves of a track as a table of few rows: what the figures show, for those who read."""

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from unsung.model.hearing import Hearing
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.pages.report.instruments import playing_at
from unsung.pages.report.wording import answer, chord_word, clock, level, number, pitches

_MOST_ROWS = 48
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300)


@frozen
class Column:
    """A heading, the unit that its cells share, and the cells."""

    name: str
    unit: str
    cells: tuple[str, ...]


@frozen
class Values:
    """Columns over the same instants, `step_s` apart, the first at the beginning."""

    step_s: int
    columns: tuple[Column, ...]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The same cells, an instant a row."""
        return tuple(zip(*(column.cells for column in self.columns), strict=True))


class _Stretch(Protocol):
    @property
    def span(self) -> Span: ...


def values(hearing: Hearing) -> Values:
    """What was heard at a few instants, evenly spaced."""
    step_s = next((step for step in _STEPS_S if hearing.duration_s / step <= _MOST_ROWS), 600)
    at_s = [float(instant) for instant in range(0, max(int(hearing.duration_s), 1), step_s)]
    sections, keys, pulses = hearing.sections.sections, hearing.key.spans, hearing.tempo.spans
    chords = hearing.chords.spans
    columns = (
        Column("Time", "", tuple(map(clock, at_s))),
        Column("Section", "", tuple(sections[i].label for i in _covering(sections, at_s))),
        Column("Plays", "", tuple(playing_at(hearing.instruments, time_s) for time_s in at_s)),
        Column("Loudness", "LUFS", _loudness(hearing, at_s)),
        Column("Key", "", tuple(answer(keys[i].key) for i in _covering(keys, at_s))),
        Column("Chord", "", tuple(chord_word(chords[i].chord) for i in _covering(chords, at_s))),
        Column("Tempo", "bpm", _tempo(hearing, _covering(pulses, at_s), at_s)),
        Column("Register", "", _register(hearing, at_s)),
        Column("Density", "notes/s", _row(hearing.density, at_s, 1)),
        Column("Brightness", "Hz", _brightness(hearing, at_s)),
    )
    return Values(step_s, tuple(column for column in columns if len(column.cells) == len(at_s)))


def _covering(stretches: Sequence[_Stretch], at_s: list[float]) -> list[int]:
    """Which stretch each instant lies in."""
    begins = [one.span.start_s for one in stretches]
    last = [sum(begin <= instant for begin in begins) - 1 for instant in at_s]
    return [max(index, 0) for index in last] if begins else []


def _nearest(feature: Feature, at_s: list[float]) -> list[int]:
    """The column nearest to each instant."""
    last = feature.values.shape[1] - 1
    return [min(max(feature.frames.index_at(t), 0), last) for t in at_s] if last >= 0 else []


def _row(feature: Feature, at_s: list[float], digits: int) -> tuple[str, ...]:
    row = feature.values[0]
    return tuple(number(row[k], digits) for k in _nearest(feature, at_s))


def _loudness(hearing: Hearing, at_s: list[float]) -> tuple[str, ...]:
    if isinstance(hearing.loudness, NotHeard):
        return ()
    curve = hearing.loudness.short_term
    return tuple(level(float(curve.values[0, k])) for k in _nearest(curve, at_s))


def _tempo(hearing: Hearing, spans: list[int], at_s: list[float]) -> tuple[str, ...]:
    """The outcome where no pulse is clear; else the tempo of the instant."""
    outcomes = [hearing.tempo.spans[i].tempo_bpm for i in spans]
    tempos = _row(hearing.tempo.tempo, at_s, 0)
    pairs = zip(outcomes, tempos, strict=False)
    return tuple(answer(out) if isinstance(out, Outcome) else bpm for out, bpm in pairs)


def _register(hearing: Hearing, at_s: list[float]) -> tuple[str, ...]:
    pitch, sounding = hearing.register.pitch, hearing.register.sounding
    heard = zip(_nearest(pitch, at_s), _nearest(sounding, at_s), strict=False)
    return tuple(
        pitches(float(pitch.values[0, k]), float(pitch.values[2, k]))
        if sounding.values[0, j] > 0
        else "no notes"
        for k, j in heard
    )


def _brightness(hearing: Hearing, at_s: list[float]) -> tuple[str, ...]:
    if isinstance(hearing.brightness, NotHeard):
        return ()
    cells = _row(hearing.brightness, at_s, 0)
    return cells if (hearing.brightness.values > 0).any() else ("silent",) * len(cells)
