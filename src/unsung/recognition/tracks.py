"""The tracks of one album against what their place, length and kind would bring.

Listening decays along an album, long tracks and songs are played more, and so is whatever bears the
work's name. log(1 + listeners) of each voice, centred on the album, is regressed on these (ridge:
slopes are pulled to 0, that is to the album's mean, where tracks are few), each track by a line
fitted to the others. Residuals are pooled in part: a track's own keeps the share that the voices
agree on, the rest is the album's mean.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen
from jaxtyping import Float64

from unsung.model.album import Track
from unsung.model.corrections import Corrections
from unsung.model.recognition import DataTooThin, Estimate, TrackGap
from unsung.model.world import INDICATORS, Row, Subject, World
from unsung.recognition.gaps import DRAWS, spanned
from unsung.recognition.names import folded
from unsung.recognition.percentiles import percentile, percentiles

LEAST_TRACKS = 8
_RIDGE = 2.0
_SONG = re.compile(r"\b(?:song|vocals?|feat|featuring|performed by|lyrics|sung)\b")
_CREDITS = re.compile(r"\b(?:end credits|end titles?|finale|closing titles?)\b")


@frozen
class TrackGaps:
    """A gap for every track that two voices know, and the draws that its interval holds."""

    gaps: tuple[TrackGap, ...]
    draws: Float64[np.ndarray, "tracks draws"]


def track_gaps(
    tracks: Sequence[Track],
    durations_s: Mapping[str, float],
    world: World,
    corrections: Corrections,
    work_title: str,
    seed: int = 0,
) -> TrackGaps | DataTooThin:
    """How far each track's listeners fall short, in percentiles of this album's tracks."""
    rows = {track.file: _listeners(world, track.file) for track in tracks}
    known = [track for track in tracks if len(rows[track.file]) >= 2 and track.file in durations_s]
    voices = _voices_of_all(known, rows)
    if len(known) < LEAST_TRACKS or len(voices) < 2:
        return DataTooThin(
            f"data too thin: {LEAST_TRACKS} tracks that two sources count are needed, and the same"
            f" two for each; there are {len(known)}"
        )
    heard = np.array([[_log(rows[track.file][voice]) for voice in voices] for track in known])
    scores = (heard - heard.mean(axis=0)) / np.maximum(heard.std(axis=0), 1e-9)
    row_of = [_row(track, durations_s[track.file], corrections, work_title) for track in known]
    residuals = left_out(np.array(row_of), scores.mean(axis=1))
    share, error = _agreed(scores)
    draws = _draws(share * residuals, error, np.random.default_rng(seed))
    return TrackGaps(_named(known, rows, voices, share * residuals, draws), draws)


def left_out(
    rows: Float64[np.ndarray, "tracks columns"], scores: Float64[np.ndarray, " tracks"]
) -> Float64[np.ndarray, " tracks"]:
    """Residuals of a ridge line fitted without the track itself (in closed form)."""
    spread = rows.std(axis=0)
    scaled = np.where(spread > 0, (rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1), 0)
    columns = np.c_[np.ones(len(scaled)), scaled]
    penalty = _RIDGE * np.diag([0.0] + [1.0] * scaled.shape[1])
    hat = columns @ np.linalg.solve(columns.T @ columns + penalty, columns.T)
    residuals: np.ndarray = (scores - hat @ scores) / (1 - np.diag(hat))
    return residuals


def _listeners(world: World, file: str) -> dict[str, Row]:
    """By voice, its count of people; where it has none, its count of listens."""
    found: dict[str, Row] = {}
    for row in world.numbers(Subject("track", file)):
        indicator = INDICATORS.get(row.indicator)
        if indicator and indicator.bearing == "recognition":
            people = row.indicator.endswith("_listeners")
            if people or row.voice not in found:
                found[row.voice] = row
    return found


def _voices_of_all(
    known: Sequence[Track], rows: Mapping[str, Mapping[str, Row]]
) -> tuple[str, ...]:
    """The voices that know every one of these tracks."""
    each = [set(rows[track.file]) for track in known]
    return tuple(sorted(set.intersection(*each))) if each else ()


def _log(row: Row) -> float:
    return float(np.log1p(float(row.value)))


def _row(track: Track, duration_s: float, corrections: Corrections, work_title: str) -> list[float]:
    """Place, length, and three kinds."""
    title, own = folded(track.title), corrections.tracks.get(track.file)
    song = own.is_song if own and own.is_song is not None else bool(_SONG.search(title))
    bears_name = bool(folded(work_title)) and folded(work_title) in title
    return [
        float(np.log(track.position)),
        float(np.log(max(duration_s, 1.0))),
        float(song),
        float(bool(_CREDITS.search(title))),
        float(bears_name or "main title" in title or "main theme" in title),
    ]


def _agreed(scores: Float64[np.ndarray, "tracks voices"]) -> tuple[float, float]:
    """The share of a track's mean that the voices agree on (0..1), and its standard error."""
    voices = scores.shape[1]
    within = float(np.mean(np.var(scores, axis=1, ddof=1))) / voices
    between = float(np.var(scores.mean(axis=1), ddof=1))
    share = max(1 - within / between, 0.0) if between > 0 else 0.0
    return share, float(np.sqrt(share * within))


def _draws(
    residuals: Float64[np.ndarray, " tracks"], error: float, dice: np.random.Generator
) -> Float64[np.ndarray, "tracks draws"]:
    allowed = residuals[:, None] + error * dice.standard_normal((len(residuals), DRAWS))
    ordered = np.sort(residuals)
    draws: np.ndarray = 100 - percentiles(allowed, ordered)
    return draws


def _named(
    known: Sequence[Track],
    rows: Mapping[str, Mapping[str, Row]],
    voices: Sequence[str],
    residuals: Float64[np.ndarray, " tracks"],
    draws: Float64[np.ndarray, "tracks draws"],
) -> tuple[TrackGap, ...]:
    ordered = np.sort(residuals)
    return tuple(
        TrackGap(
            track.file,
            track.title,
            _gap(float(residuals[at]), ordered, draws[at]),
            tuple(rows[track.file][voice] for voice in voices),
        )
        for at, track in enumerate(known)
    )


def _gap(
    residual: float, ordered: Float64[np.ndarray, " tracks"], draws: Float64[np.ndarray, " draws"]
) -> Estimate:
    return spanned(100 - percentile(residual, ordered), draws)
