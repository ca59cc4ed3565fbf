"""A track at a glance: one number, name or outcome for each thing that was heard in it."""

import numpy as np
from attrs import frozen

from unsung.model.hearing import Heard, Hearing, Register
from unsung.model.outcomes import SILENT, NoClearPulse, NotHeard, Silent, Undecided
from unsung.model.pitch import Key

_Level = float | Silent | NotHeard


@frozen
class Glance:
    """The row of a track in the album's table."""

    heard: Heard
    integrated_lufs: _Level
    range_lu: _Level
    true_peak_dbtp: _Level
    key: Key | Undecided
    tempo_bpm: float | NoClearPulse
    density_per_s: float | Silent
    brightness_hz: float | Silent | NotHeard
    register: tuple[float, float, float] | Silent
    """The medians of its low, central and high pitch while it sounds (MIDI)."""
    tuning_cents: float | Undecided | NotHeard
    form: str
    """The labels of its sections in order."""

    @property
    def position(self) -> int:
        """Where it stands on the album."""
        return self.heard.track.position

    @property
    def title(self) -> str:
        """Its title, or the name of its file where the tags say none."""
        return self.heard.track.title.strip() or self.heard.track.file

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return self.heard.hearing.duration_s

    @property
    def central_pitch(self) -> float | Silent:
        """Where it mostly lies (MIDI)."""
        return self.register[1] if isinstance(self.register, tuple) else self.register


def glance(heard: Heard) -> Glance:
    """All at a glance."""
    hearing = heard.hearing
    integrated_lufs, range_lu, true_peak_dbtp = _loudness(hearing)
    return Glance(
        heard=heard,
        integrated_lufs=integrated_lufs,
        range_lu=range_lu,
        true_peak_dbtp=true_peak_dbtp,
        key=hearing.key.overall,
        tempo_bpm=hearing.tempo.overall_bpm,
        density_per_s=_mean(hearing.density.values[0]) if len(hearing.notes) else SILENT,
        brightness_hz=_brightness(hearing),
        register=_register(hearing.register),
        tuning_cents=_tuning(hearing),
        form=" ".join(section.label for section in hearing.sections.sections),
    )


def _loudness(hearing: Hearing) -> tuple[_Level, _Level, _Level]:
    loudness = hearing.loudness
    if isinstance(loudness, NotHeard):
        return loudness, loudness, loudness
    return loudness.integrated_lufs, loudness.range_lu, loudness.true_peak_dbtp


def _mean(values: np.ndarray) -> float:
    return float(values.mean(dtype=float)) if values.size else 0.0


def _brightness(hearing: Hearing) -> float | Silent | NotHeard:
    """Its mean over the instants that have any; silence has no brightness."""
    if isinstance(hearing.brightness, NotHeard):
        return hearing.brightness
    row = hearing.brightness.values[0]
    return _mean(row[row > 0]) if (row > 0).any() else SILENT


def _register(register: Register) -> tuple[float, float, float] | Silent:
    sounding = register.sounding.values[0] > 0
    if not sounding.any():
        return SILENT
    low, centre, high = np.median(register.pitch.values[:, sounding], axis=1).tolist()
    return low, centre, high


def _tuning(hearing: Hearing) -> float | Undecided | NotHeard:
    if isinstance(hearing.tuning, NotHeard):
        return hearing.tuning
    return hearing.tuning.deviation_cents
