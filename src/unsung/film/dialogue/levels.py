"""The film's sound told apart into the music of the album and the rest.

Once laid in, the album is a known signal in the film: what the mix did to it is a gain at every
moment and a colour, and both can be fitted. Cells of the spectrum count by how little else sounds
around them (iteratively re-weighted least squares; Holland and Welsch, Comm. Statist. A6, 1977), so
a voice far louder than the music costs little. Cues that sound together are fitted together, each
to what the others leave. The rest is the film without the music.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import scipy
from attrs import frozen
from jaxtyping import Bool, Complex64, Float32, Float64

from unsung.film.dialogue.bands import (
    CLOCK,
    band_of_bin,
    bands_hz,
    cells,
    hop_samples,
    part,
    powers,
    sound,
)
from unsung.film.dialogue.laying import Laid, laid
from unsung.model.balance import Parts
from unsung.model.film import Placement
from unsung.model.outcomes import UNDECIDED
from unsung.model.sound import Audio, Feature
from unsung.model.time import Span

_CHUNK, _MARGIN = 400, 20
_ROUNDS = 6
_AROUND = (5, 5)
_OVERLAP = 1.5
"""Windows overlap by half, so the cells hold fewer independent values than they are."""
_WINDOWS = ((61, 3.0), (13, 3.0), (5, 20.0))
"""Frames over which the gain is fitted, and how many deviations it must stand clear of nothing:
the shorter the better, where that is sure enough."""
_COLOUR_DOUBT = 0.5
"""How far, before the film is heard, a band's gain may lie from the whole's (as a deviation)."""
_CLEAR, _BURIED = np.float32(0.25), np.float32(0.02)
_NOTHING = 1e-9
_LOWEST_DB, _HIGHEST_DB = -80.0, 40.0


@frozen(eq=False)
class _Fitted:
    """One cue in a chunk: its music, the gain of each frame, and where that is sure."""

    music: Complex64[np.ndarray, "frames bins"]
    gain: Float32[np.ndarray, " frames"]
    measured: Bool[np.ndarray, " frames"]


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
    fitted = _fitted(heard, known, film.sample_rate_hz) if known else []
    unknown = _any([sounds for _, found, sounds in here if found is None], high - low)
    placed = _any([sounds for _, _, sounds in here], high - low)
    unsure = _any(
        [sounds & ~one.measured for one, (_, sounds) in zip(fitted, known, strict=True)], high - low
    )
    measured = placed & ~unknown & ~unsure
    return _rows(heard, fitted, placed, measured, inside, film.sample_rate_hz)


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


def _fitted(
    heard: Complex64[np.ndarray, "frames bins"],
    known: Sequence[tuple[Complex64[np.ndarray, "frames bins"], Bool[np.ndarray, " frames"]]],
    rate_hz: int,
) -> list[_Fitted]:
    """Each cue fitted to what the others leave, in rounds."""
    bands = band_of_bin(rate_hz)
    colours = [np.ones(bands.max() + 1, np.complex64) for _ in known]
    found = [
        _Fitted(np.zeros_like(heard), np.zeros(len(heard), np.float32), sounds)
        for _, sounds in known
    ]
    for _ in range(_ROUNDS):
        for k, (album, sounds) in enumerate(known):
            left = heard - sum(
                (one.music for j, one in enumerate(found) if j != k), np.complex64(0)
            )
            weight = _weight(left - found[k].music, album, found[k].music)
            found[k] = _with_gain(left, album * colours[k][bands], weight, sounds)
            colours[k] = _colour(left, album * found[k].gain[:, None], weight, bands)
    return found


def _weight(
    rest: Complex64[np.ndarray, "frames bins"],
    album: Complex64[np.ndarray, "frames bins"],
    music: Complex64[np.ndarray, "frames bins"],
) -> Float32[np.ndarray, "frames bins"]:
    """How much each cell counts. A codec leaves out music that lies buried, so that counts less."""
    power = rest.real**2 + rest.imag**2
    around = scipy.ndimage.uniform_filter(power, _AROUND)
    floor = np.float32(1e-6) * float(np.mean(np.abs(album) ** 2)) + np.float32(_NOTHING) ** 2
    weight: np.ndarray = 1 / (around + floor)
    weight[music.real**2 + music.imag**2 < _CLEAR * around] *= _BURIED
    return weight


def _with_gain(
    left: Complex64[np.ndarray, "frames bins"],
    album: Complex64[np.ndarray, "frames bins"],
    weight: Float32[np.ndarray, "frames bins"],
    sounds: Bool[np.ndarray, " frames"],
) -> _Fitted:
    """The gain over half a second where that is sure, else over 1.3 s or 6 s, else none."""
    shared = (weight * (album.real * left.real + album.imag * left.imag)).sum(axis=1)
    certainty = (weight * (album.real**2 + album.imag**2)).sum(axis=1)
    gain, measured = np.zeros(len(left), np.float32), np.zeros(len(left), bool)
    for frames, least_sigmas in _WINDOWS:
        value, deviation = _smoothed(shared, certainty, frames)
        sure = sounds & (value > least_sigmas * deviation)
        gain[sure], measured = value[sure], measured | sure
    return _Fitted(album * gain[:, None], gain, measured)


def _smoothed(
    shared: Float32[np.ndarray, " frames"], certainty: Float32[np.ndarray, " frames"], frames: int
) -> tuple[Float64[np.ndarray, " frames"], Float64[np.ndarray, " frames"]]:
    window = np.hanning(frames + 2)[1:-1]
    n = scipy.ndimage.convolve1d(shared.astype(np.float64), window, mode="constant")
    d = scipy.ndimage.convolve1d(certainty.astype(np.float64), window, mode="constant")
    squares = scipy.ndimage.convolve1d(certainty.astype(np.float64), window**2, mode="constant")
    d = np.maximum(d, _NOTHING)
    return n / d, _OVERLAP * np.sqrt(squares / 2) / d + _NOTHING


def _colour(
    left: Complex64[np.ndarray, "frames bins"],
    music: Complex64[np.ndarray, "frames bins"],
    weight: Float32[np.ndarray, "frames bins"],
    bands: np.ndarray,
) -> Complex64[np.ndarray, " bands"]:
    """The gain of each band relative to the whole's, held to 1 where the film does not tell."""
    shared = (weight * np.conj(music) * left).sum(axis=0)
    certainty = (weight * (music.real**2 + music.imag**2)).sum(axis=0)
    held = 1 / _COLOUR_DOUBT**2
    real, imag, sure = (np.bincount(bands, row) for row in (shared.real, shared.imag, certainty))
    colour: np.ndarray = (real + 1j * imag + held) / (sure + held)
    return colour.astype(np.complex64)


def _rows(
    heard: Complex64[np.ndarray, "frames bins"],
    fitted: Sequence[_Fitted],
    placed: Bool[np.ndarray, " frames"],
    measured: Bool[np.ndarray, " frames"],
    inside: slice,
    rate_hz: int,
) -> tuple[_Rows, Float32[np.ndarray, " samples"]]:
    music = np.zeros_like(heard)
    for one in fitted:
        music += one.music
    music[~measured] = 0
    loudest = np.max([np.zeros(len(heard)), *(one.gain for one in fitted)], axis=0)
    gain_db = 20 * np.log10(np.maximum(loudest * measured, _NOTHING))
    whole, known, rest = (powers(each[inside], rate_hz) for each in (heard, music, heard - music))
    level_db = np.clip(gain_db, _LOWEST_DB, _HIGHEST_DB)[inside]
    left = sound((heard - music)[inside.start : inside.stop + 1], rate_hz, len(whole))
    return _Rows(whole, known, rest, level_db, placed[inside], measured[inside]), left
