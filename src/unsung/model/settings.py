"""What a person may set. Each stage gets its own part, so a change re-runs only what it touches."""

from typing import Any

from attrs import Factory, field, frozen, validators


def _between(low: float, high: float, default: float) -> Any:
    within = validators.and_(validators.ge(low), validators.le(high))
    return field(default=default, converter=float, validator=within)


@frozen
class NotesSettings:
    """Transcription: how sure the network must be of an onset and of a sounding note (0..1)."""

    onset_threshold: float = _between(0.05, 0.95, 0.65)
    frame_threshold: float = _between(0.05, 0.95, 0.3)
    least_note_s: float = _between(0.02, 1.0, 0.09)


@frozen
class KeySettings:
    """Key: the window it is felt over, and the clarity under which it stays undecided."""

    window_s: float = _between(2.0, 120.0, 15.0)
    least_clarity: float = _between(0.0, 1.0, 0.03)
    least_span_s: float = _between(1.0, 120.0, 8.0)


@frozen
class TempoSettings:
    """Tempo: its range, the window it is felt over, the clarity that counts as a pulse."""

    slowest_bpm: float = _between(20.0, 100.0, 40.0)
    fastest_bpm: float = _between(100.0, 400.0, 220.0)
    window_s: float = _between(3.0, 30.0, 6.0)
    least_clarity: float = _between(0.0, 1.0, 0.2)


@frozen
class SectionSettings:
    """Sections: the shortest that counts, and how sharp a boundary must be (0..1)."""

    least_section_s: float = _between(2.0, 120.0, 10.0)
    least_boundary_strength: float = _between(0.0, 1.0, 0.2)


@frozen
class Settings:
    """All settings, one table a stage, as in `unsung.toml`."""

    notes: NotesSettings = Factory(NotesSettings)
    key: KeySettings = Factory(KeySettings)
    tempo: TempoSettings = Factory(TempoSettings)
    sections: SectionSettings = Factory(SectionSettings)
