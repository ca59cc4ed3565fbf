"""The notes of a track as a piano roll: a lane that a reader switches on."""

import numpy as np
from markupsafe import Markup

from unsung.model.hearing import Hearing
from unsung.model.notes import Notes
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.figures.svg import element, figure, path
from unsung.pages.report.wording import count, pitches

_ROW_PX = 3
_COLUMNS = 10_000
_FAINT, _STRONG = 0.35, 0.7


def piano_roll(hearing: Hearing, axis: TimeAxis) -> Markup:
    """Every note, a stroke as long as it sounds; the surer, the darker. Nothing without notes."""
    notes = hearing.notes
    if not len(notes):
        return Markup("")
    low, high = int(notes.midi_pitch.min()) - 1, int(np.ceil(notes.midi_pitch.max())) + 1
    height = (high - low) * _ROW_PX
    sure = np.digitize(notes.salience, (_FAINT, _STRONG))
    strokes = (
        path(f"sound sound-{k}", _strokes(notes.where(sure == k), high, axis)) for k in range(3)
    )
    box = {"viewBox": f"0 0 {_COLUMNS} {high - low}", "preserveAspectRatio": "none"}
    drawn = element(
        "svg", {**box, "width": "100%", "height": height}, *_octaves(low, high), *strokes
    )
    words = f"Piano roll: {count(len(notes), 'note')}, {pitches(low + 1.0, high - 1.0)}"
    return figure(words, height, drawn)


def _strokes(notes: Notes, high: int, axis: TimeAxis) -> str:
    """One path for all: a move and a level line a note."""
    left = np.rint(notes.onset_s / axis.duration_s * _COLUMNS).astype(int)
    wide = np.maximum(np.rint(notes.duration_s / axis.duration_s * _COLUMNS).astype(int), 4)
    rows = high - np.rint(notes.midi_pitch).astype(int)
    each = zip(left.tolist(), rows.tolist(), wide.tolist(), strict=True)
    return "".join(f"M{x} {y}h{w}" for x, y, w in each)


def _octaves(low: int, high: int) -> list[Markup]:
    """A line under every C."""
    lines = (high - pitch + 0.5 for pitch in range(low, high) if pitch % 12 == 0)
    return [path("octave", f"M0 {y:g}h{_COLUMNS}") for y in lines]
