"""Whether the mix turns music down when somebody speaks, and up again afterwards.

The gain of the album in the film is what the mix did, whatever the composer wrote; so a soft
passage under speech is no step back. The gain after the beginnings of speech is held against the
gain before them, as the average of many; chance says how often events put anywhere else in the
same music come out as far. The limit of 1 dB is ours: it is about the least change people hear.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from jaxtyping import Bool, Float64, Int64

from unsung.film.dialogue.bands import FRAMES_A_SECOND
from unsung.model.balance import Ducking, Parts, Step, Verdict
from unsung.model.film import Placement
from unsung.model.outcomes import UNDECIDED
from unsung.model.sound import Feature
from unsung.model.time import Frames

_BEFORE, _AFTER = 30, 50
_PAST, _SPEAKING, _SPEAKING_STILL, _AFTERWARDS = (
    slice(5, 23),
    slice(35, 45),
    slice(15, 25),
    slice(38, 55),
)
"""In the window: 2.5 to 0.7 s before speech begins and 0.5 to 1.5 s after that; 1.5 to 0.5 s before
it ends and 0.8 to 2.5 s after that."""
_PAUSE = 15
_LEAST_EVENTS = 5
_DRAWS = 1000
_SEED = 1729
_LEAST_DB, _LEAST_CHANCE = 1.0, 0.05
_TWO_SIGMAS = 2.0


@frozen(eq=False)
class _Gains:
    """The gain of the mix, and the moments around which it is known throughout."""

    gain_db: Float64[np.ndarray, " frames"]
    eligible: Int64[np.ndarray, " moments"]

    def around(self, events: Int64[np.ndarray, " events"]) -> Float64[np.ndarray, "events frames"]:
        windows = np.lib.stride_tricks.sliding_window_view(self.gain_db, _BEFORE + _AFTER)
        found: np.ndarray = windows[events - _BEFORE]
        return found


def ducking(
    parts: Parts, speaks: Bool[np.ndarray, " frames"], placements: Sequence[Placement]
) -> Ducking:
    """What the mix does around beginnings and ends of speech, 1.5 s or more from other speech."""
    gains = _gains(parts, placements)
    starts, ends = _edges(speaks)
    down, up = (np.intersect1d(edges, gains.eligible) for edges in (starts, ends))
    around = gains.around(down).mean(axis=0) if len(down) else np.zeros(_BEFORE + _AFTER)
    curve = Feature(
        (around - around[_PAST].mean())[None],
        Frames(FRAMES_A_SECOND, -_BEFORE / FRAMES_A_SECOND),
    )
    return Ducking(
        _step(gains, down, (_PAST, _SPEAKING), -1),
        _step(gains, up, (_SPEAKING_STILL, _AFTERWARDS), 1),
        curve,
    )


def _gains(parts: Parts, placements: Sequence[Placement]) -> _Gains:
    """Moments with measured gain all around and no cue that begins or ends there."""
    known = parts.measured.values[0] > 0
    for one in placements:
        for edge_s in (one.film_span.start_s, one.film_span.end_s):
            edge = round(edge_s * FRAMES_A_SECOND)
            known = known & (np.abs(np.arange(len(known)) - edge) > 1)
    run = np.concatenate([[0], np.cumsum(known)])
    at = np.arange(_BEFORE, max(_BEFORE, len(known) - _AFTER + 1))
    whole = run[at + _AFTER] - run[at - _BEFORE] == _BEFORE + _AFTER
    return _Gains(parts.gain_db.values[0].astype(np.float64), at[whole])


def _edges(
    speaks: Bool[np.ndarray, " frames"],
) -> tuple[Int64[np.ndarray, " starts"], Int64[np.ndarray, " ends"]]:
    """Where speech begins after a pause and goes on, and where it ends before one."""
    change = np.diff(np.concatenate([[0], speaks.astype(int), [0]]))
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    pauses = np.concatenate([[_PAUSE], starts[1:] - ends[:-1], [_PAUSE]])
    long = ends - starts >= _PAUSE
    return starts[(pauses[:-1] >= _PAUSE) & long], ends[(pauses[1:] >= _PAUSE) & long]


def _step(
    gains: _Gains, events: Int64[np.ndarray, " events"], sides: tuple[slice, slice], sign: int
) -> Step:
    if len(events) < _LEAST_EVENTS or len(gains.eligible) < 2 * len(events):
        return Step(len(events), UNDECIDED, UNDECIDED, "undecided")
    changes = _changes(gains, events, sides)
    change_db = float(changes.mean())
    elsewhere = _changes(gains, gains.eligible, sides)
    drawn = np.random.default_rng(_SEED).choice(elsewhere, (_DRAWS, len(events))).mean(axis=1)
    chance = float((1 + (sign * drawn >= sign * change_db).sum()) / (1 + _DRAWS))
    return Step(len(events), change_db, chance, _verdict(sign * changes, chance))


def _changes(
    gains: _Gains, events: Int64[np.ndarray, " events"], sides: tuple[slice, slice]
) -> Float64[np.ndarray, " events"]:
    around = gains.around(events)
    before, after = (around[:, side].mean(axis=1) for side in sides)
    changes: np.ndarray = after - before
    return changes


def _verdict(changes: Float64[np.ndarray, " events"], chance: float) -> Verdict:
    """Met: by 1 dB and not by luck. Not met: surely by less than 1 dB."""
    change, error = changes.mean(), changes.std(ddof=1) / np.sqrt(len(changes))
    if change >= _LEAST_DB and chance <= _LEAST_CHANCE:
        return "met"
    return "not met" if change + _TWO_SIGMAS * error < _LEAST_DB else "undecided"
