"""Chords over time: which chord sounds, over which bass, and how surely.

Three witnesses speak about each instant: the notes that were heard, the chroma, and (for sound) a
network that has learned how harmony goes. Notes and chroma are compared with the tones of each
chord as draws from them (multinomial templates: every tone of the chord is equally likely, and a
share is left for tones that do not belong). That favours the smallest chord that explains what
sounds; the lowest note speaks for the bass. The witnesses' logarithms are added, weighed, and a
chord holds until another is so much better for so long that it pays for the change (a Viterbi
search, as in Sheh and Ellis, ISMIR 2003, but all changes cost the same). Then each change is
moved to the notes that begin near it: old tones ring on and new ones rise slowly, so the sound of
a chord comes later than its beginning.

The weights were chosen on the development part of `bench/chords.py`.
"""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float32, Int64

from unsung.listening.chord_chances import TRIADS as TRIAD_ROWS
from unsung.listening.chord_vocabulary import basses, members, triads, vocabulary
from unsung.listening.roll import sounding_strength
from unsung.listening.steady import steady_states, stretches
from unsung.model.harmony import STEPS, Chord, Chords, ChordSpan
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CHORD, UNDECIDED, NoChord, Undecided
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span

_FOREIGN_NOTE, _FOREIGN_CHROMA = 0.15, 0.35
_CHROMA_WEIGHT = 2.0
_RIGHT_BASS, _BASS_WEIGHT = 0.3, 0.6
_TRIAD_DOUBT, _BASS_DOUBT = 0.05, 0.1
_TRIAD_WEIGHT, _NETWORK_BASS_WEIGHT = 0.2, 0.1
_CHANGE_COST = 6.0
_NO_CHORD_LOG = -2.2
"""What a note says for no chord: more than a chord it is foreign to, less than its own."""
_SILENT_REWARD = 0.5

_BEFORE_S, _AFTER_S = 0.3, 0.05
_TOGETHER_S = 0.03
_LEAST_CHORD_S = 0.08
_NEARBY_S = 0.3
_NEW_TONE = 1.5

_SURENESS = 2.0
_LEAST_CONFIDENCE = 0.35
_SUSPENDED, _LEAST_SUSPENDED_CONFIDENCE = ("sus2", "sus4"), 0.6
"""A line that moves by steps and fifths looks like a suspension: more is asked of these."""
_FEWEST_TONES = 2
_ALONE, _OVERTONES = 0.9, ("maj", "7")
_LEAST_SHARE, _CLEAR_CHROMA = 0.04, 0.02


class _Evidence(NamedTuple):
    """How well each chord (and last, no chord) fits each column, and which pitch classes sound."""

    fit: Float32[np.ndarray, "columns states"]
    notes: Float32[np.ndarray, "12 columns"]
    chroma: Float32[np.ndarray, "12 columns"]


def chords(notes: Notes, pitches: Feature, chances: Feature, duration_s: float) -> Chords:
    """The chords of a recording, from its notes, its `chroma` and its `chord_chances`."""
    evidence = _from_notes(notes, pitches)
    heard = evidence._replace(fit=evidence.fit + _from_network(chances))
    return _decided(heard, notes, pitches.frames, duration_s)


def score_chords(notes: Notes, pitches: Feature, duration_s: float) -> Chords:
    """The chords of a score, from its notes and its `score_chroma`."""
    return _decided(_from_notes(notes, pitches), notes, pitches.frames, duration_s)


def _from_notes(notes: Notes, pitches: Feature) -> _Evidence:
    """What notes, bass and chroma say."""
    strength = sounding_strength(notes, pitches.frames, pitches.values.shape[1])
    heard = np.stack([strength[k::12].sum(axis=0) for k in range(12)])
    fit = heard.T @ _template(_FOREIGN_NOTE)
    fit += _CHROMA_WEIGHT * (pitches.values.T @ _template(_FOREIGN_CHROMA))
    fit += _BASS_WEIGHT * _bass_fit(strength)
    fit[:, -1] += _SILENT_REWARD * (strength.max(axis=0, initial=0) == 0)
    return _Evidence(fit, heard, pitches.values)


def _template(foreign: float) -> Float32[np.ndarray, "12 states"]:
    """The log chance of each pitch class given each chord, and given none."""
    belongs = members()
    size = belongs.sum(axis=1, keepdims=True)
    chance = np.where(belongs, (1 - foreign) / size, foreign / (12 - size))
    logs = np.vstack([np.log(chance), np.full(12, _NO_CHORD_LOG)])
    return logs.T.astype(np.float32)


def _bass_fit(
    strength: Float32[np.ndarray, "pitches columns"],
) -> Float32[np.ndarray, "columns states"]:
    sounds = strength > 0
    lowest = sounds.argmax(axis=0) % 12
    table = np.full((12, 12), np.log((1 - _RIGHT_BASS) / 11))
    np.fill_diagonal(table, np.log(_RIGHT_BASS))
    states = np.column_stack([table[:, basses()], np.full(12, np.log(1 / 12))])
    sounding = np.asarray(sounds.any(axis=0), np.float32)
    fit: np.ndarray = states.astype(np.float32)[lowest] * sounding[:, None]
    return fit


def _from_network(chances: Feature) -> Float32[np.ndarray, "columns states"]:
    triad, bass = np.split(chances.values, [TRIAD_ROWS])
    triad_logs = _TRIAD_WEIGHT * _log_with_doubt(triad, _TRIAD_DOUBT)
    bass_logs = _NETWORK_BASS_WEIGHT * _log_with_doubt(bass, _BASS_DOUBT)
    chord = triad_logs[triads()] + bass_logs[1 + basses()]
    nothing = triad_logs[:1] + bass_logs[:1]
    return np.concatenate([chord, nothing]).T


def _log_with_doubt(
    chances: Float32[np.ndarray, "rows columns"], doubt: float
) -> Float32[np.ndarray, "rows columns"]:
    """Logs of chances that are never quite 0: the network may be mistaken."""
    logs: np.ndarray = np.log((1 - doubt) * chances + doubt / len(chances))
    return logs.astype(np.float32)


def _decided(evidence: _Evidence, notes: Notes, clock: Frames, duration_s: float) -> Chords:
    if duration_s <= 0 or not len(evidence.fit):
        return Chords(())
    states = steady_states(evidence.fit, _CHANGE_COST)
    found = stretches(states)
    kinds = [int(states[first]) for first, _ in found]
    begins_s = [clock.first_s + (first - 0.5) / clock.rate_hz for first, _ in found]
    edges_s = _on_the_notes([*begins_s, duration_s], kinds, notes)
    spans = [
        ChordSpan(Span(*bounds_s), *_answer(kind, evidence, first, last))
        for bounds_s, kind, (first, last) in zip(pairwise(edges_s), kinds, found, strict=True)
    ]
    return Chords(_joined(spans))


def _on_the_notes(edges_s: list[float], kinds: list[int], notes: Notes) -> list[float]:
    """Each change where the notes of its chord begin, if any do near it; the ends stay."""
    edges_s = [0.0, *edges_s[1:]]
    belongs = np.vstack([members(), np.zeros(12, bool)])
    for k in range(1, len(kinds)):
        earliest_s = max(edges_s[k] - _BEFORE_S, edges_s[k - 1] + _LEAST_CHORD_S)
        latest_s = min(edges_s[k] + _AFTER_S, edges_s[k + 1] - _LEAST_CHORD_S)
        first, last = np.searchsorted(notes.onset_s, (earliest_s, latest_s), side="left")
        begin = notes.where((np.arange(len(notes)) >= first) & (np.arange(len(notes)) < last))
        edges_s[k] = _begin_s(begin, belongs[kinds[k - 1]], belongs[kinds[k]], edges_s[k])
    return edges_s


def _begin_s(
    notes: Notes,
    before: Bool[np.ndarray, " 12"],
    after: Bool[np.ndarray, " 12"],
    otherwise_s: float,
) -> float:
    """Where most of the new chord's tones begin together; tones it does not share count more."""
    pitch_class = np.rint(notes.midi_pitch).astype(np.int64) % 12
    news = np.where(before[pitch_class], 1, _NEW_TONE) * after[pitch_class] * notes.salience
    apart_s = np.abs(notes.onset_s[:, None] - notes.onset_s)
    together = (apart_s < _TOGETHER_S) @ news
    votes = together * np.exp(-np.abs(notes.onset_s - otherwise_s) / _NEARBY_S)
    return float(notes.onset_s[votes.argmax()]) if votes.any() else otherwise_s


def _answer(
    kind: int, evidence: _Evidence, first: int, last: int
) -> tuple[Chord | NoChord | Undecided, float]:
    """The chord, if it is sure enough and enough of it sounds; and the confidence in it."""
    fit = evidence.fit[first:last].mean(axis=0, dtype=float)
    chances = np.exp(_SURENESS * (fit - fit.max()))
    confidence = float(chances[_kin() == _kin()[kind]].sum() / chances.sum())
    sounds = _sounding(evidence, first, last)
    if not sounds.any():
        return NO_CHORD, 1.0
    if kind == len(vocabulary()) or sounds.sum() < _FEWEST_TONES:
        return NO_CHORD, confidence
    chord = vocabulary()[kind]
    if _is_one_tone(chord, evidence.notes[:, first:last].sum(axis=1)):
        return NO_CHORD, confidence
    is_suspended = chord.quality in _SUSPENDED
    least = _LEAST_SUSPENDED_CONFIDENCE if is_suspended else _LEAST_CONFIDENCE
    if confidence < least or not _tells(chord, sounds):
        return UNDECIDED, confidence
    return chord, confidence


def _sounding(evidence: _Evidence, first: int, last: int) -> Bool[np.ndarray, " 12"]:
    """Which pitch classes sound: as notes, or enough of it in the chroma."""
    notes = evidence.notes[:, first:last].sum(axis=1)
    chroma = evidence.chroma[:, first:last].mean(axis=1)
    sounding: np.ndarray = (notes > _LEAST_SHARE * notes.sum()) | (chroma > _CLEAR_CHROMA)
    return sounding


def _is_one_tone(chord: Chord, notes: Float32[np.ndarray, " 12"]) -> bool:
    """Whether one pitch class sounds and the chord is no more than its overtones."""
    alone = notes[chord.root_pitch_class] > _ALONE * notes.sum() > 0
    return bool(alone) and chord.quality in _OVERTONES


@cache
def _kin() -> Int64[np.ndarray, " states"]:
    """A number for each root and third, 24 for no chord: what confidence is about."""
    kin = [chord.root_pitch_class + 12 * chord.is_minor_like for chord in vocabulary()]
    return np.array([*kin, 24])


def _tells(chord: Chord, sounds: Bool[np.ndarray, " 12"]) -> bool:
    """Whether three tones sound, or the third and another: a bare fifth is no chord."""
    third = (chord.root_pitch_class + STEPS[chord.quality][1]) % 12
    tones = sum(bool(sounds[tone]) for tone in chord.pitch_classes)
    return tones >= 2 + (not sounds[third])


def _joined(spans: list[ChordSpan]) -> tuple[ChordSpan, ...]:
    """Neighbours that say the same made one; its confidence is the longer one's."""
    joined = spans[:1]
    for one in spans[1:]:
        last = joined[-1]
        if one.chord == last.chord:
            longer = max(last, one, key=lambda each: each.span.duration_s)
            whole = Span(last.span.start_s, one.span.end_s)
            joined[-1] = ChordSpan(whole, one.chord, longer.confidence)
        else:
            joined.append(one)
    return tuple(joined)
