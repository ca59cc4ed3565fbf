"""Where the music strikes in the film: the weightiest beginnings of notes, as they are placed.

A stroke is where many or sure notes begin within a twentieth of a second: their saliences are
summed. Those count that no greater stroke is near, the upper quarter of each track.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import Float64

from unsung.model.film import Placement
from unsung.model.notes import Notes
from unsung.model.picture import Hit

_TOGETHER_S = 0.05
_ALONE_S = 0.5
_UPPER = 75.0


def hits(placed: Sequence[Placement], notes: Mapping[str, Notes]) -> tuple[Hit, ...]:
    """The strokes in film order; none for tracks without notes."""
    strokes = {file: _strokes(notes[file]) for file in {one.track_file for one in placed}}
    found = [hit for one in placed for hit in _in_film(one, *strokes[one.track_file])]
    return tuple(sorted(found, key=lambda hit: hit.film_s))


def _strokes(notes: Notes) -> tuple[Float64[np.ndarray, " strokes"], Float64[np.ndarray, " strokes"]]:
    """When a track strikes, and how hard against its hardest, 0..1."""
    onset_s = notes.onset_s
    if not len(onset_s):
        return np.empty(0), np.empty(0)
    sums = np.concatenate([[0.0], np.cumsum(notes.salience, dtype=np.float64)])
    until = np.searchsorted(onset_s, onset_s + _TOGETHER_S)
    weight = sums[until] - sums[np.arange(len(onset_s))]
    hard = weight >= np.percentile(weight, _UPPER)
    kept = [k for k in np.flatnonzero(hard) if _is_alone(k, onset_s, weight)]
    return onset_s[kept], weight[kept] / weight.max()


def _is_alone(
    k: int, onset_s: Float64[np.ndarray, " notes"], weight: Float64[np.ndarray, " notes"]
) -> bool:
    """Whether nothing near is greater; of equals, the first."""
    low, high = np.searchsorted(onset_s, (onset_s[k] - _ALONE_S, onset_s[k] + _ALONE_S))
    return bool(low + int(weight[low:high].argmax()) == k)


def _in_film(
    one: Placement, at_s: Float64[np.ndarray, " strokes"], strength: Float64[np.ndarray, " strokes"]
) -> Iterator[Hit]:
    taken, ratio = one.track_span, one.speed.tempo_ratio
    inside = (at_s >= taken.start_s) & (at_s < taken.end_s)
    for moment_s, hard in zip(at_s[inside].tolist(), strength[inside].tolist(), strict=True):
        yield Hit(one.film_span.start_s + (moment_s - taken.start_s) / ratio, hard)
