"""The film's sound told apart into the music of the album and the rest.

Once laid in, the album is a known signal in the film, and what the mix did to it can be fitted
(`fitting`). The rest is the film without the music.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen
from jaxtyping import Bool, Complex64, Float32, Float64

from unsung.film.dialogue.bands import (
    CLOCK,
    bands_hz,
    cells,
    hop_samples,
    part,
    powers,
    sound,
)
from unsung.film.dialogue.fitting import Fitted, fitted
from unsung.film.dialogue.laying import Laid, laid
from unsung.model.balance import Parts
from unsung.model.film import Placement
from unsung.model.outcomes import UNDECIDED
from unsung.model.sound import Audio, Feature
from unsung.model.time import Span

_CHUNK, _MARGIN = 400, 20
_NOTHING = 1e-9
_LOWEST_DB, _HIGHEST_DB = -80.0, 40.0


@frozen(eq=False)
class _Rows:
    """The columns of all parts over some frames."""

    whole: Float64[np.ndarray, "frames rows"]
    music: Float64[np.ndarray, "frames rows"]
    rest: Float64[np.ndarray, "frames rows"]
    gain_db: Float64[np.ndarray, " frames"]
    placed: Bool[np.ndarray, " frames"]
    measured: Bool[np.ndarray, " frames"]


@frozen(eq=False)
class ToldApart:
    """The powers of the parts, and the rest as sound: what a detector of speech should hear."""

    parts: Parts
    rest: Audio


def told_apart(
    film: Audio, album: Mapping[str, Audio], placements: Sequence[Placement]
) -> ToldApart:
    """The powers of the film, of the album's music in it, and of the rest; and the rest.

    Film and tracks have one channel and one sample rate, a multiple of 10 Hz; 16 kHz holds all
    that speech needs. Only the same recording can be taken away: music in another take, or
    stretched, is placed but not measured, as is music too soft to tell.
    """
    cues = [(one.film_span, _laid(film, album, one)) for one in placements]
    count = film.samples.shape[1] // hop_samples(film.sample_rate_hz) + 1
    rows: list[_Rows] = []
    left = np.zeros(film.samples.shape[1], np.float32)
    for first in range(0, count, _CHUNK):
        chunk, rest = _chunk(film, cues, first, count)
        at = first * hop_samples(film.sample_rate_hz)
        left[at : at + len(rest)] = rest[: len(left) - at]
        rows.append(chunk)
    whole, music, other, gain_db, placed, measured = (
        np.concatenate([getattr(one, name) for one in rows])
        for name in ("whole", "music", "rest", "gain_db", "placed", "measured")
    )
    found = Parts(
        bands_hz(film.sample_rate_hz), part(whole), part(music), part(other),
        Feature(gain_db[None], CLOCK), Feature(placed[None], CLOCK), Feature(measured[None], CLOCK),
    )  # fmt: skip
    return ToldApart(found, Audio(left[None], film.sample_rate_hz))


def _laid(film: Audio, album: Mapping[str, Audio], one: Placement) -> Laid | None:
    track = album.get(one.track_file)
    if track is None or one.sameness != "same recording":
        return None
    if track.sample_rate_hz != film.sample_rate_hz or len(track.samples) != 1:
        raise ValueError(f"{one.track_file}: one channel at the film's sample rate is needed")
    found = laid(film, track, one)
    return None if found is UNDECIDED else found


def _chunk(
    film: Audio, cues: Sequence[tuple[Span, Laid | None]], first: int, count: int
) -> tuple[_Rows, Float32[np.ndarray, " samples"]]:
    """Frames from `first`, and the sound of the rest in them.

    A margin on both sides lets the gain be as smooth at their ends as anywhere.
    """
    low, high = max(0, first - _MARGIN), min(count, first + _CHUNK + _MARGIN)
    inside = slice(first - low, min(count, first + _CHUNK) - low)
    heard = _window(film, low, high)
    here = [(span, found, _during(span, low, high)) for span, found in cues]
    known = [
        (_known(film, found, low, high, sounds), sounds)
        for _, found, sounds in here
        if found is not None and sounds.any()
    ]
    gained = fitted(heard, known, film.sample_rate_hz) if known else []
    unknown = _any([sounds for _, found, sounds in here if found is None], high - low)
    placed = _any([sounds for _, _, sounds in here], high - low)
    unsure = _any(
        [sounds & ~one.measured for one, (_, sounds) in zip(gained, known, strict=True)], high - low
    )
    measured = placed & ~unknown & ~unsure
    return _rows(heard, gained, placed, measured, inside, film.sample_rate_hz)


def _window(film: Audio, low: int, high: int) -> Complex64[np.ndarray, "frames bins"]:
    hop = hop_samples(film.sample_rate_hz)
    taken = film.samples[0, max(0, (low - 1) * hop) : (high) * hop]
    before = hop if low == 0 else 0
    return cells(
        np.pad(taken, (before, (high - low + 1) * hop - len(taken) - before)), film.sample_rate_hz
    )


def _known(
    film: Audio, found: Laid, low: int, high: int, sounds: Bool[np.ndarray, " frames"]
) -> Complex64[np.ndarray, "frames bins"]:
    hop = hop_samples(film.sample_rate_hz)
    music = cells(found.during((low - 1) * hop, (high - low + 1) * hop), film.sample_rate_hz)
    music[~sounds] = 0
    return music


def _during(span: Span, low: int, high: int) -> Bool[np.ndarray, " frames"]:
    at_s = np.arange(low, high) / CLOCK.rate_hz
    during: np.ndarray = (at_s >= span.start_s) & (at_s < span.end_s)
    return during


def _any(rows: Sequence[Bool[np.ndarray, " frames"]], count: int) -> Bool[np.ndarray, " frames"]:
    some: np.ndarray = np.zeros(count, bool)
    for row in rows:
        some = some | row
    return some


def _rows(
    heard: Complex64[np.ndarray, "frames bins"],
    gained: Sequence[Fitted],
    placed: Bool[np.ndarray, " frames"],
    measured: Bool[np.ndarray, " frames"],
    inside: slice,
    rate_hz: int,
) -> tuple[_Rows, Float32[np.ndarray, " samples"]]:
    music = np.zeros_like(heard)
    for one in gained:
        music += one.music
    music[~measured] = 0
    loudest = np.max([np.zeros(len(heard)), *(one.gain for one in gained)], axis=0)
    gain_db = 20 * np.log10(np.maximum(loudest * measured, _NOTHING))
    whole, known, rest = (powers(each[inside], rate_hz) for each in (heard, music, heard - music))
    level_db = np.clip(gain_db, _LOWEST_DB, _HIGHEST_DB)[inside]
    left = sound((heard - music)[inside.start : inside.stop + 1], rate_hz, len(whole))
    return _Rows(whole, known, rest, level_db, placed[inside], measured[inside]), left
