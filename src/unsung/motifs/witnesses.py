"""Which pitch class leads, by several witnesses who each hear only part of it.

The theme-chroma hears through the accompaniment but misses short notes; the transcription hears
those but not which of them leads; the chroma hears what is loudest. A softmax regression over the
twelve pitch classes, and nobody, weighs what they say at each instant. Its weights were learned by
`bench/leading_weights.py` on folk melodies played over an accompaniment, none of them used in any
figure that is reported.
"""

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64

from unsung.model.notes import Notes
from unsung.model.sound import Feature

PITCH_CLASSES = 12
NAMES = ("theme", "bass", "highest", "second highest", "just begun", "chroma")
WEIGHTS = np.array((1.30, -1.72, 0.89, 0.35, 0.75, 1.52), np.float32)
NOBODY = -5.0
"""What speaks for nobody, on the same scale: only where hardly anything sounds does nobody lead.

Learned together with the rests between melodies it would be higher, and faint melodies be lost."""
_HIGHEST_BASS = 51
_JUST_BEGUN = 2
_FAINT, _SMALL = 0.02, 0.05
_PITCHES = 128
_BLOCK = 4096


def chances(
    theme_chroma: Feature, chroma: Feature, notes: Notes, rate_hz: float
) -> Float32[np.ndarray, "pitch_classes instants"]:
    """How likely (0..1) each pitch class leads at each instant; together 1 less that nobody does.

    All three are heard in one recording, the curves at `rate_hz`.
    """
    said = testimony(theme_chroma, chroma, notes, rate_hz)
    scores = np.tensordot(WEIGHTS, said, axes=1)
    scores = np.vstack([scores, np.full((1, scores.shape[1]), NOBODY, np.float32)])
    odds = np.exp(scores - scores.max(axis=0, initial=NOBODY))
    likely: np.ndarray = (odds / odds.sum(axis=0))[:PITCH_CLASSES]
    return likely.astype(np.float32)


def testimony(
    theme_chroma: Feature, chroma: Feature, notes: Notes, rate_hz: float
) -> Float32[np.ndarray, "witnesses pitch_classes instants"]:
    """What each of `NAMES` says for each pitch class at each instant."""
    count = theme_chroma.values.shape[1]
    theme = _widened(theme_chroma.values[:PITCH_CLASSES])
    loud = np.zeros((PITCH_CLASSES, count), np.float32)
    loud[:, : chroma.values.shape[1]] = chroma.values[:, :count]
    loud /= np.maximum(loud.max(axis=0, initial=0), 1e-6)
    said = np.zeros((len(NAMES), PITCH_CLASSES, count), np.float32)
    said[0], said[5] = np.log(theme + _FAINT), np.log(loud + _SMALL)
    said[1:5] = _transcribed(notes, count, rate_hz)
    return said


def _widened(
    theme: Float32[np.ndarray, "pitch_classes instants"],
) -> Float32[np.ndarray, "pitch_classes instants"]:
    """The highest of each value and its neighbours in time: CTC names a note only in short."""
    padded = np.pad(theme, ((0, 0), (1, 1)))
    widened: np.ndarray = np.maximum(np.maximum(padded[:, :-2], padded[:, 2:]), theme)
    return widened


def _transcribed(
    notes: Notes, count: int, rate_hz: float
) -> Float32[np.ndarray, "witnesses pitch_classes instants"]:
    """Salience in the bass; highest, second highest, and just begun."""
    said = np.zeros((4, PITCH_CLASSES, count), np.float32)
    start = np.round(notes.onset_s * rate_hz).astype(np.int64)
    end = np.minimum(np.maximum(np.round(notes.end_s * rate_hz).astype(np.int64), start + 1), count)
    for opens in range(0, count, _BLOCK):
        closes = min(opens + _BLOCK, count)
        near = (start < closes) & (end > opens)
        part = said[:, :, opens:closes]
        sounding, begun = _roll(notes.where(near), start[near] - opens, end[near] - opens, part)
        part[0] = _folded(sounding[: _HIGHEST_BASS + 1])
        part[1], part[2] = _highest_two(sounding > 0)
        part[3] = _folded(begun)
    return said


def _roll(
    notes: Notes,
    start: Int64[np.ndarray, " notes"],
    end: Int64[np.ndarray, " notes"],
    part: Float32[np.ndarray, "witnesses pitch_classes instants"],
) -> tuple[Float32[np.ndarray, "pitches instants"], Float32[np.ndarray, "pitches instants"]]:
    """How surely each pitch sounds, and whether it began within the last two instants."""
    sounding = np.zeros((_PITCHES, part.shape[2]), np.float32)
    begun = np.zeros_like(sounding)
    pitch = np.round(notes.midi_pitch).astype(np.int64)
    for row, a, b, salience in zip(pitch, start, end, notes.salience, strict=True):
        sounding[row, max(a, 0) : max(b, 0)] = max(salience, _FAINT)
        begun[row, max(a, 0) : max(min(b, a + _JUST_BEGUN), 0)] = 1
    return sounding, begun


def _folded(
    roll: Float32[np.ndarray, "pitches instants"],
) -> Float32[np.ndarray, "pitch_classes instants"]:
    """The greatest value of each pitch class."""
    return np.stack([roll[row::PITCH_CLASSES].max(axis=0) for row in range(PITCH_CLASSES)])


def _highest_two(
    sounds: Bool[np.ndarray, "pitches instants"],
) -> tuple[Float64[np.ndarray, "pitch_classes instants"], ...]:
    """One for the pitch class of the highest note; one for that of the next below."""
    highest = _highest(sounds)
    below = sounds & (np.arange(len(sounds))[:, None] < highest)
    return _marked(highest), _marked(_highest(below))


def _highest(sounds: Bool[np.ndarray, "pitches instants"]) -> Int64[np.ndarray, " instants"]:
    """The highest pitch that sounds at each instant; -1 in silence."""
    top = len(sounds) - 1 - sounds[::-1].argmax(axis=0)
    return np.where(sounds.any(axis=0), top, -1)


def _marked(pitch: Int64[np.ndarray, " instants"]) -> Float64[np.ndarray, "pitch_classes instants"]:
    named = (pitch % PITCH_CLASSES == np.arange(PITCH_CLASSES)[:, None]) & (pitch >= 0)
    marked: np.ndarray = named.astype(np.float64)
    return marked
