"""One scale for each quantity over the whole album, so that tracks can be compared by eye."""

from collections.abc import Iterable

import numpy as np
from attrs import frozen

from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Hearing, Soundtrack
from unsung.model.outcomes import NotHeard, Outcome
from unsung.pages.figures.axes import Scale

LOUDNESS_PX, TEMPO_PX, DENSITY_PX, REGISTER_PX, BRIGHTNESS_PX, SILHOUETTE_PX = (
    76,
    44,
    38,
    96,
    38,
    30,
)
EXPRESSION_PX = 44
_LEAST_DEPTH_LU = 20.0
_MOST_DEPTH_LU = 50.0


@frozen
class AlbumScales:
    """From the album's lowest to its highest; a quantity nobody heard keeps a plain scale."""

    loudness: Scale
    loudest_lufs: float
    tempo: Scale
    density: Scale
    register: Scale
    brightness: Scale
    expression: Scale


def album_scales(soundtrack: Soundtrack) -> AlbumScales:
    """The scales of all tracks together."""
    hearings = [one.hearing for one in soundtrack.heard]
    low_lufs, high_lufs = _loudness(hearings)
    low_bpm, high_bpm = _tempo(hearings)
    low_hz, high_hz = _brightness(hearings)
    low_pitch, high_pitch = _register(hearings)
    return AlbumScales(
        loudness=Scale(low_lufs, high_lufs, LOUDNESS_PX),
        loudest_lufs=_loudest_lufs(hearings),
        tempo=Scale(low_bpm, high_bpm, TEMPO_PX),
        density=Scale(0, _most(one.density.values for one in hearings) or 1.0, DENSITY_PX),
        register=Scale(low_pitch, high_pitch, REGISTER_PX),
        brightness=Scale(low_hz, high_hz, BRIGHTNESS_PX, logarithmic=True),
        expression=_expression(hearings),
    )


def _expression(hearings: list[Hearing]) -> Scale:
    """From the album's lowest to its highest arousal or tension; a rating apart at least."""
    curves = [
        row.values[0]
        for one in hearings
        if not isinstance(one.emotion, NotHeard)
        for row in (one.emotion.arousal, one.emotion.tension)
    ]
    values = np.concatenate([np.array([5.0]), *curves])
    low, high = float(values.min()), float(values.max())
    return Scale(min(low, high - 1), high, EXPRESSION_PX)


def _loudness(hearings: list[Hearing]) -> tuple[float, float]:
    """To the loudest instant; down to where 98 of 100 instants lie, so that fades do not count."""
    heights = _momentary(hearings)
    if not heights.size:
        return -50.0, 0.0
    high = float(5 * np.ceil(heights.max() / 5 + 1e-6))
    depth = high - float(5 * np.floor(np.percentile(heights, 2) / 5))
    return high - min(max(depth, _LEAST_DEPTH_LU), _MOST_DEPTH_LU), high


def _momentary(hearings: list[Hearing]) -> np.ndarray:
    """Every instant that is not silent."""
    curves = [one.loudness for one in hearings if not isinstance(one.loudness, NotHeard)]
    rows = [curve.momentary.values[0] for curve in curves]
    return np.concatenate([np.zeros(0), *(row[row > LOUDNESS_FLOOR_LUFS] for row in rows)])


def _loudest_lufs(hearings: list[Hearing]) -> float:
    """The loudest instant, but for one in a thousand: a lone bang would flatten all the rest."""
    heights = _momentary(hearings)
    return float(np.percentile(heights, 99.9)) if heights.size else 0.0


def _tempo(hearings: list[Hearing]) -> tuple[float, float]:
    """Around the tempos that are clear, to the next ten."""
    tempos = [
        span.tempo_bpm
        for one in hearings
        for span in one.tempo.spans
        if not isinstance(span.tempo_bpm, Outcome)
    ]
    if not tempos:
        return 40.0, 220.0
    return float(10 * (min(tempos) // 10) - 10), float(10 * (max(tempos) // 10) + 20)


def _brightness(hearings: list[Hearing]) -> tuple[float, float]:
    """Where 99 of 100 instants lie, to the next hundred."""
    curves = [one.brightness for one in hearings if not isinstance(one.brightness, NotHeard)]
    rows = [curve.values[0][curve.values[0] > 0] for curve in curves]
    heights = np.concatenate(rows) if rows else np.zeros(0)
    if not heights.size:
        return 100.0, 10000.0
    low, high = np.percentile(heights, [0.5, 99.5]).tolist()
    rounded = float(max(100 * (low // 100), 50))
    return rounded, max(float(100 * np.ceil(high / 100)), rounded * 2)


def _register(hearings: list[Hearing]) -> tuple[float, float]:
    """From the C under the lowest pitch to the C above the highest."""
    heights = [
        one.register.pitch.values[:, one.register.sounding.values[0] > 0] for one in hearings
    ]
    notes = [one.notes.midi_pitch for one in hearings]
    sounding = [part.ravel() for part in (*heights, *notes) if part.size]
    if not sounding:
        return 36.0, 84.0
    pitches = np.concatenate(sounding)
    low = 12 * np.floor(pitches.min() / 12)
    return float(low), float(max(12 * np.ceil(pitches.max() / 12), low + 12))


def _most(arrays: Iterable[np.ndarray]) -> float:
    return float(max((part.max() for part in arrays if part.size), default=0.0))
