"""Pedal points and drones: one pitch that goes on, whatever happens around it.

A pitch counts while it is held or struck again within a second. In the bass it must be the lowest
pitch for most of the time; above the bass it must be truly held, for a note that a melody keeps
touching is no pedal. Where chords pass that it does not belong to, it is a *pedal point* (Piston,
*Harmony*, 5th ed. 1987, chapter 8: the non-harmonic tone that stays), otherwise a *drone*.
"""

import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Bool

from unsung.listening.chords import score_chords
from unsung.listening.chroma import score_chroma
from unsung.listening.roll import sounding_strength
from unsung.model.harmony import Chord, ChordSpan, Pedal, PedalKind
from unsung.model.notes import Notes
from unsung.model.time import Frames, Span

_FRAMES = Frames(rate_hz=10.0, first_s=0.05)
_LEAST_S = 6.0
_RESTRUCK_S = 1.0
_SHARE_SOUNDING = 0.75
_SHARE_HELD = 0.9
_SHARE_LOWEST = 0.8
_LEAST_FOREIGN_S = 1.0


@frozen
class _Run:
    """A stretch of frames in which one pitch goes on."""

    pitch: int
    first: int
    last: int


def pedals(notes: Notes, duration_s: float) -> tuple[Pedal, ...]:
    """All pedals of six seconds or more, in order; none in silence.

    Of octaves that go on together the lower one is named.
    """
    count = max(1, int(np.ceil(duration_s * _FRAMES.rate_hz)))
    sounds = sounding_strength(notes, _FRAMES, count) > 0
    lowest = np.where(sounds.any(axis=0), sounds.argmax(axis=0), -1)
    runs = [run for pitch in range(len(sounds)) for run in _runs(pitch, sounds[pitch])]
    found: list[Pedal] = []
    for run in runs:
        is_bass = _is_bass(run, lowest)
        if is_bass or _is_held(run, notes):
            pedal = _pedal(run, notes, duration_s, is_bass=is_bass)
            if not any(_is_octave(pedal, lower) for lower in found):
                found.append(pedal)
    return tuple(sorted(found, key=lambda one: (one.span.start_s, one.midi_pitch)))


def _runs(pitch: int, sounds: Bool[np.ndarray, " frames"]) -> list[_Run]:
    """Where the pitch sounds again and again, short gaps bridged."""
    gap = round(_RESTRUCK_S * _FRAMES.rate_hz)
    padded = np.pad(sounds, gap)
    bridged = scipy.ndimage.binary_closing(padded, np.ones(gap + 1, bool))[gap:-gap]
    edges = np.flatnonzero(np.diff(bridged.astype(np.int8), prepend=0, append=0))
    return [
        _Run(pitch, int(first), int(last))
        for first, last in edges.reshape(-1, 2)
        if last - first >= _LEAST_S * _FRAMES.rate_hz
        and sounds[first:last].mean() >= _SHARE_SOUNDING
    ]


def _is_bass(run: _Run, lowest: np.ndarray) -> bool:
    """Whether the pitch is the lowest for most of the time that anything sounds."""
    inside = lowest[run.first : run.last]
    inside = inside[inside >= 0]
    return bool((inside == run.pitch).mean() >= _SHARE_LOWEST)


def _is_held(run: _Run, notes: Notes) -> bool:
    """Whether long notes fill the run."""
    start_s, end_s = run.first / _FRAMES.rate_hz, run.last / _FRAMES.rate_hz
    chosen = notes.where(
        (np.rint(notes.midi_pitch) == run.pitch) & (notes.duration_s >= _LEAST_S / 2)
    )
    within_s = np.minimum(chosen.end_s, end_s) - np.maximum(chosen.onset_s, start_s)
    return float(np.maximum(within_s, 0).sum()) >= _SHARE_HELD * (end_s - start_s)


def _pedal(run: _Run, notes: Notes, duration_s: float, *, is_bass: bool) -> Pedal:
    span = Span(run.first / _FRAMES.rate_hz, min(run.last / _FRAMES.rate_hz, duration_s))
    foreign_s = sum(
        one.span.overlap_s(span)
        for one in _chords_beside(run, notes, span)
        if isinstance(one.chord, Chord) and run.pitch % 12 not in one.chord.pitch_classes
    )
    kind: PedalKind = "pedal point" if foreign_s >= _LEAST_FOREIGN_S else "drone"
    return Pedal(span, run.pitch, kind, is_bass)


def _chords_beside(run: _Run, notes: Notes, span: Span) -> tuple[ChordSpan, ...]:
    """The chords of all other notes: heard with it, a pedal would seem to be one of their tones."""
    others = np.rint(notes.midi_pitch) != run.pitch
    beside = notes.where(others & (notes.onset_s < span.end_s) & (notes.end_s > span.start_s))
    return score_chords(beside, score_chroma(beside, span.end_s), span.end_s).spans


def _is_octave(pedal: Pedal, lower: Pedal) -> bool:
    same = (pedal.midi_pitch - lower.midi_pitch) % 12 == 0
    return same and pedal.span.overlap_s(lower.span) > pedal.span.duration_s / 2
