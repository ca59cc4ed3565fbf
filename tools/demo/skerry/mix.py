"""The film mix: music laid in, lines over it, effects around both; and what was really done."""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from skerry.effects import RATE_HZ, effect
from skerry.speech import Heard
from skerry.story import FILM_END_S, VOICES, Effect, Laid

_PEAK = 10 ** (-1.0 / 20)
_CUT_S = 0.004
"""Even a hard cut takes this long, or it clicks."""


@frozen(eq=False)
class Mixed:
    """The mix (`samples 2`), the gain that kept it from clipping, and each placement's place.

    `under_speech_db` holds, for every placement, its level minus the level of the speech that
    sounds over it, or nothing where nobody speaks.
    """

    samples: np.ndarray
    master_db: float
    under_speech_db: tuple[float | None, ...]


def mixed(
    takes: Mapping[int, np.ndarray],
    music: Sequence[Laid],
    lines: Sequence[Heard],
    effects: Sequence[Effect],
) -> Mixed:
    """The film's sound from the album's cues, the spoken lines and the effects."""
    stems = [_music_stem(takes[laid.cue], laid) for laid in music]
    speech = _speech_stem(lines)
    whole = sum(stems, start=speech + _effects_stem(effects))
    gain = min(1.0, _PEAK / float(np.abs(whole).max()))
    return Mixed(
        whole * gain,
        round(float(20 * np.log10(gain)), 3),
        tuple(
            _under_speech_db(stem, speech, laid) for stem, laid in zip(stems, music, strict=True)
        ),
    )


def _silence() -> np.ndarray:
    return np.zeros((round(FILM_END_S * RATE_HZ), 2))


def _music_stem(take: np.ndarray, laid: Laid) -> np.ndarray:
    start, end = round(laid.track_start_s * RATE_HZ), round(laid.track_end_s * RATE_HZ)
    if end > len(take):
        raise ValueError(f"cue {laid.cue} ends before {laid.track_end_s} s")
    part = take[start:end] * 10 ** (laid.level_db / 20) * _fades(end - start, laid)[:, None]
    stem = _silence()
    at = round(laid.film_start_s * RATE_HZ)
    stem[at : at + len(part)] = part
    return stem


def _fades(count: int, laid: Laid) -> np.ndarray:
    """Raised-cosine fades at both ends."""
    shape = np.ones(count)
    rise = max(1, round(max(laid.fade_in_s, _CUT_S) * RATE_HZ))
    fall = max(1, round(max(laid.fade_out_s, _CUT_S) * RATE_HZ))
    shape[:rise] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / rise)
    shape[-fall:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(fall) / fall)
    return shape


def _speech_stem(lines: Sequence[Heard]) -> np.ndarray:
    stem = _silence()
    for heard in lines:
        pan = VOICES[heard.line.speaker].pan
        sides = np.sqrt([(1 - pan) / 2, (1 + pan) / 2]) * np.sqrt(2)
        at = round(heard.line.start_s * RATE_HZ)
        stem[at : at + len(heard.samples)] += heard.samples[:, None] * sides
    return stem


def _effects_stem(effects: Sequence[Effect]) -> np.ndarray:
    """Each effect, its two sides a little apart in time, as in a room."""
    stem = _silence()
    for seed, made in enumerate(effects):
        sound = effect(made, seed)
        at = round(made.start_s * RATE_HZ)
        stem[at : at + len(sound), 0] += sound
        stem[at : at + len(sound), 1] += np.roll(sound, 331)
    return stem


def _under_speech_db(stem: np.ndarray, speech: np.ndarray, laid: Laid) -> float | None:
    inside = slice(round(laid.film_start_s * RATE_HZ), round(laid.film_end_s * RATE_HZ))
    talking = np.abs(speech[inside]).max(axis=1) > 1e-3
    if talking.sum() < RATE_HZ // 2:
        return None
    music_power = float(np.mean(stem[inside][talking] ** 2))
    speech_power = float(np.mean(speech[inside][talking] ** 2))
    return round(float(10 * np.log10(music_power / speech_power)), 1)
