"""How strongly each pitch class leads, along a whole album: what lines are compared with.

From sound, several witnesses are heard (see `witnesses`). From a score, the notes alone speak, the
leading ones loudest.
"""

import numpy as np
from attrs import field, frozen
from jaxtyping import Float32, Float64, Int64

from unsung.model.hearing import Heard
from unsung.model.notes import Notes
from unsung.model.sound import Feature, float64, int64, read_only, same_array
from unsung.model.time import Frames, Span
from unsung.motifs.witnesses import PITCH_CLASSES, chances

CLOCK = Frames(rate_hz=12.5)
COARSER = 2
"""A first look is taken at every second instant."""
_FROM_NOTES = 0.2
_FLOOR = 0.05
_NEUTRAL = -1.75
"""The log evidence of a pitch class that neither leads nor is absent."""
_BETWEEN_TRACKS = -1e4


@frozen
class Evidence:
    """Log evidence for each pitch class, summed along time over all tracks laid end to end.

    Track k takes up `lasts[k]` instants from `first[k]` on; one prohibitive instant follows, so
    that no line is sung across.
    """

    summed: Float64[np.ndarray, "pitch_classes instants"] = field(converter=float64, eq=same_array)
    first: Int64[np.ndarray, " tracks"] = field(converter=int64, eq=same_array)
    lasts: Int64[np.ndarray, " tracks"] = field(converter=int64, eq=same_array)
    track_files: tuple[str, ...]
    coarse: Float64[np.ndarray, "pitch_classes instants"] = field(init=False, eq=False)

    @coarse.default
    def _coarser(self) -> np.ndarray:
        return read_only(self.summed[:, ::COARSER] / COARSER, np.float64)

    def track_at(self, instant: int) -> int:
        """Which track an instant lies in."""
        return int(np.searchsorted(self.first, instant, side="right")) - 1

    def span(self, start: int, end: int) -> Span:
        """From one instant to another, in seconds of the track where they lie."""
        track = self.track_at(start)
        opens = int(self.first[track])
        return Span((start - opens) / CLOCK.rate_hz, max(end - opens, 1) / CLOCK.rate_hz)

    def instant(self, track: int, time_s: float) -> int:
        """Where a moment of a track lies."""
        within = min(max(CLOCK.index_at(time_s), 0), int(self.lasts[track]))
        return int(self.first[track]) + within


def evidence(
    leading: tuple[tuple[str, Float32[np.ndarray, "pitch_classes instants"]], ...],
) -> Evidence:
    """The evidence of tracks (file, how likely each pitch class leads) laid end to end."""
    lasts = np.array([curve.shape[1] for _, curve in leading], np.int64)
    first = np.concatenate(([0], np.cumsum(lasts + 1)[:-1])) if len(lasts) else lasts
    total = int((lasts + 1).sum())
    summed = np.zeros((PITCH_CLASSES, total + 1))
    for (_, curve), opens, count in zip(leading, first, lasts, strict=True):
        summed[:, opens + 1 : opens + 1 + count] = np.log(curve + _FLOOR) - _NEUTRAL
        summed[:, opens + 1 + count] = _BETWEEN_TRACKS
    np.cumsum(summed, axis=1, out=summed)
    return Evidence(summed, first, lasts, tuple(file for file, _ in leading))


def leading_chances(heard: Heard) -> Float32[np.ndarray, "pitch_classes instants"]:
    """How likely (0..1) each pitch class leads at each instant of `CLOCK`; 0 in silence."""
    hearing = heard.hearing
    if isinstance(hearing.theme_chroma, Feature):
        return chances_in_sound(hearing.theme_chroma, hearing.chroma, hearing.notes)
    count = int(np.ceil(hearing.duration_s * CLOCK.rate_hz))
    written = folded(hearing.melody, count), folded(hearing.notes, count)
    chances: np.ndarray = (1 - _FROM_NOTES) * written[0] + _FROM_NOTES * written[1]
    return chances


def chances_in_sound(
    theme_chroma: Feature, chroma: Feature, notes: Notes
) -> Float32[np.ndarray, "pitch_classes instants"]:
    """The same, from what was heard in a recording."""
    return chances(theme_chroma, chroma, notes, CLOCK.rate_hz)


def folded(notes: Notes, count: int) -> Float32[np.ndarray, "pitch_classes instants"]:
    """The salience of the surest note of each pitch class at each of `count` instants."""
    raster = np.zeros((PITCH_CLASSES, count), np.float32)
    starts = np.round(notes.onset_s * CLOCK.rate_hz).astype(int)
    ends = np.maximum(np.round(notes.end_s * CLOCK.rate_hz).astype(int), starts + 1)
    rows = np.round(notes.midi_pitch).astype(int) % PITCH_CLASSES
    for row, start, end, salience in zip(rows, starts, ends, notes.salience, strict=True):
        stretch = raster[row, start:end]
        np.maximum(stretch, salience, out=stretch)
    return raster
