"""From the page to the hall: when each key is struck, and how each part breathes.

A performance is in seconds of the recording. `lead_in_s` of silence comes first; `onset_s` is when
a note is meant to be heard, `struck_s` is when its key goes down (slow instruments begin early).
"""

import numpy as np
from attrs import frozen

from skerry.orchestra import ORCHESTRA, Instrument
from skerry.sketch import Cue, Placed, looseness, seconds

LEAD_IN_S = 0.25
_CONTROL_STEP_S = 0.04
_EVEN = 100.0
_COMPRESSION = 0.65
"""General MIDI's expression falls off steeply; a written 50 shall be soft, not gone."""


@frozen
class Struck:
    """One key going down, and when its note is heard."""

    onset_s: float
    struck_s: float
    released_s: float
    midi_pitch: int
    velocity: int


@frozen
class PartPlayed:
    """What one part does: its keys, its expression (controller 11) and its vibrato (1)."""

    instrument: Instrument
    keys: tuple[Struck, ...]
    expression: tuple[tuple[float, int], ...]
    vibrato: tuple[tuple[float, int], ...]


def performance(cue: Cue) -> tuple[PartPlayed, ...]:
    """Every part of the cue, played."""
    return tuple(_part_played(cue, part) for part in cue.parts)


def _part_played(cue: Cue, part: str) -> PartPlayed:
    instrument = ORCHESTRA[part]
    keys = _keys(cue, instrument)
    return PartPlayed(
        instrument, keys, _expression(cue, instrument, keys), _vibrato(instrument, keys)
    )


def _keys(cue: Cue, instrument: Instrument) -> tuple[Struck, ...]:
    played = [one for one in cue.notes if one.part == instrument.name]
    onset_s = heard_s(cue, instrument.name, np.array([one.tone.onset_q for one in played]))
    end_s = LEAD_IN_S + seconds(cue, np.array([one.tone.end_q for one in played]))
    dice = looseness(cue, f"{instrument.name} touch", len(played)) * 500
    keys = [
        Struck(
            round(float(onset), 4),
            round(float(onset) - instrument.lead_s, 4),
            round(max(float(end), float(onset) + 0.04), 4),
            one.tone.midi_pitch,
            int(np.clip(one.velocity + round(float(touch)), 1, 127)),
        )
        for one, onset, end, touch in zip(played, onset_s, end_s, dice, strict=True)
    ]
    return _without_collisions(sorted(keys, key=lambda key: (key.onset_s, key.midi_pitch)))


def heard_s(cue: Cue, part: str, onset_q: np.ndarray) -> np.ndarray:
    """When notes of a part are heard: on the beat, give or take what makes players human.

    The same part at the same quarter always deviates alike, so chords stay together.
    """
    cells = np.round(onset_q * 24).astype(int)
    loose_s = looseness(cue, part, int(cells.max()) + 1) if len(cells) else np.zeros(1)
    on_beat_s = seconds(cue, onset_q) + LEAD_IN_S
    return np.asarray(on_beat_s + loose_s[cells], float)


def statement_onsets_s(cue: Cue, placed: Placed) -> np.ndarray:
    """When the notes of a statement are heard in the recording."""
    onset_q = np.array([tone.onset_q + placed.at_q for tone in placed.disguise.tones])
    return np.round(heard_s(cue, placed.part, onset_q), 4)


def _without_collisions(keys: list[Struck]) -> tuple[Struck, ...]:
    """No key is struck while it is down: the earlier note gives way, a doubled one is dropped."""
    kept: list[Struck] = []
    latest: dict[int, int] = {}
    for key in keys:
        before = latest.get(key.midi_pitch)
        if before is not None and key.struck_s - kept[before].struck_s < 0.02:
            continue
        if before is not None and kept[before].released_s > key.struck_s - 0.01:
            old = kept[before]
            kept[before] = Struck(
                old.onset_s,
                old.struck_s,
                round(key.struck_s - 0.01, 4),
                old.midi_pitch,
                old.velocity,
            )
        latest[key.midi_pitch] = len(kept)
        kept.append(key)
    return tuple(kept)


def _expression(
    cue: Cue, instrument: Instrument, keys: tuple[Struck, ...]
) -> tuple[tuple[float, int], ...]:
    times_s = np.arange(0.0, max(key.released_s for key in keys) + 1.0, _CONTROL_STEP_S)
    points = sorted(cue.swells.get(instrument.name, []))
    level = np.full(len(times_s), _EVEN)
    if points:
        at_s = LEAD_IN_S + seconds(cue, np.array([quarter for quarter, _ in points]))
        level = np.interp(times_s, at_s, [value for _, value in points])
    if instrument.sung:
        level = level * _breath(times_s, keys)
    return _changes(times_s, 127 * np.clip(level / 127, 0.0, 1.0) ** _COMPRESSION)


def _breath(times_s: np.ndarray, keys: tuple[Struck, ...]) -> np.ndarray:
    """A long note begins a little softer, opens, and rounds off."""
    shape = np.ones(len(times_s))
    for key in keys:
        if key.released_s - key.struck_s > 0.8:
            inside = (times_s >= key.struck_s) & (times_s < key.released_s)
            at = (times_s[inside] - key.struck_s) / (key.released_s - key.struck_s)
            shape[inside] = np.interp(at, (0.0, 0.45, 1.0), (0.86, 1.06, 0.88))
    return shape


def _vibrato(instrument: Instrument, keys: tuple[Struck, ...]) -> tuple[tuple[float, int], ...]:
    if not instrument.sung:
        return ()
    changes: list[tuple[float, int]] = []
    for key in keys:
        if key.released_s - key.struck_s > 0.8:
            rise_s = min(0.5, (key.released_s - key.struck_s) / 2)
            changes.extend(
                (round(key.struck_s + 0.3 + rise_s * i / 8, 4), round(34 * i / 8)) for i in range(9)
            )
        changes.append((round(max(key.released_s - 0.02, key.struck_s), 4), 0))
    return tuple(sorted(changes))


def _changes(times_s: np.ndarray, values: np.ndarray) -> tuple[tuple[float, int], ...]:
    whole = np.round(values).astype(int)
    new = np.flatnonzero(np.diff(whole, prepend=-1))
    return tuple((round(float(times_s[i]), 4), int(whole[i])) for i in new)
