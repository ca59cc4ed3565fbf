"""The film's other sounds, made from noise and sines: waves, wind, gulls, bell, door, steps."""

from collections.abc import Callable

import numpy as np
from scipy.signal import butter, sosfilt

from skerry.story import Effect

RATE_HZ = 48_000


def effect(made: Effect, seed: int) -> np.ndarray:
    """The sound of an effect at its level (RMS re full scale), `samples`, faded at both ends."""
    dice = np.random.default_rng(seed)
    count = round((made.end_s - made.start_s) * RATE_HZ)
    sound = _SOUNDS[made.sound](count, dice)
    sound = sound / (np.sqrt(np.mean(sound**2)) + 1e-12) * 10 ** (made.level_db / 20)
    ramp = min(count // 4, RATE_HZ if made.sound in ("waves", "wind") else RATE_HZ // 200)
    envelope = np.ones(count)
    envelope[:ramp] = np.linspace(0, 1, ramp)
    envelope[-ramp:] = np.linspace(1, 0, ramp)
    result: np.ndarray = sound * envelope
    return result


def _noise(count: int, dice: np.random.Generator, low_hz: float, high_hz: float) -> np.ndarray:
    sections = butter(2, (low_hz, high_hz), "bandpass", fs=RATE_HZ, output="sos")
    filtered: np.ndarray = sosfilt(sections, dice.normal(size=count))
    return filtered


def _time_s(count: int) -> np.ndarray:
    times: np.ndarray = np.arange(count) / RATE_HZ
    return times


def _waves(count: int, dice: np.random.Generator) -> np.ndarray:
    """Surf: noise that rises, breaks and draws back every seven seconds or so."""
    t = _time_s(count)
    phase = 2 * np.pi * t / 7.3 + 0.9 * np.sin(2 * np.pi * t / 19)
    swell = 0.25 + np.clip(np.sin(phase), 0, None) ** 2
    hiss = _noise(count, dice, 900, 6000) * np.clip(np.sin(phase - 0.7), 0, None) ** 3
    surf: np.ndarray = _noise(count, dice, 60, 700) * swell + 0.5 * hiss
    return surf


def _wind(count: int, dice: np.random.Generator) -> np.ndarray:
    t = _time_s(count)
    gust = 0.6 + 0.3 * np.sin(2 * np.pi * t / 5.1) + 0.2 * np.sin(2 * np.pi * t / 1.7 + 1)
    howl = _noise(count, dice, 280, 420) * (0.5 + 0.5 * np.sin(2 * np.pi * t / 8.3)) ** 2
    blown: np.ndarray = _noise(count, dice, 80, 900) * gust + 1.5 * howl
    return blown


def _gulls(count: int, dice: np.random.Generator) -> np.ndarray:
    """Cries: falling, slightly rough tones in groups."""
    sound = np.zeros(count)
    now_s = 0.2
    while now_s + 0.5 < count / RATE_HZ:
        t = _time_s(int(0.38 * RATE_HZ))
        top_hz = dice.uniform(1150, 1500)
        glide_hz = top_hz * (1 - 0.35 * t / 0.38 + 0.12 * np.sin(np.pi * t / 0.38))
        phase = 2 * np.pi * np.cumsum(glide_hz) / RATE_HZ
        cry = (np.sin(phase) + 0.5 * np.sin(2 * phase)) * np.sin(np.pi * t / 0.38) ** 0.7
        at = int(now_s * RATE_HZ)
        sound[at : at + len(cry)] += cry * dice.uniform(0.5, 1.0)
        now_s += dice.choice((0.45, 0.5, 1.6))
    return sound


def _bell(count: int, _dice: np.random.Generator) -> np.ndarray:
    """A harbour bell, struck twice; the partials of a church bell (hum, prime, tierce, quint)."""
    t = _time_s(count)
    strokes = np.zeros(count)
    for at_s in (0.0, 1.6):
        late = np.clip(t - at_s, 0, None)
        for ratio, strength, decay_s in (
            (0.5, 0.4, 3.0), (1.0, 0.8, 2.0), (1.183, 0.7, 1.6), (1.506, 0.4, 1.1), (2.0, 1.0, 1.2),
            (2.514, 0.3, 0.7), (3.011, 0.3, 0.6),
        ):  # fmt: skip
            ring = np.sin(2 * np.pi * 392.0 * ratio * late) * np.exp(-late / decay_s)
            strokes += strength * ring * (t >= at_s)
    return strokes


def _door(count: int, dice: np.random.Generator) -> np.ndarray:
    t = _time_s(count)
    thud = np.sin(2 * np.pi * 62 * t) * np.exp(-t / 0.09) * 3
    rattle = _noise(count, dice, 300, 2500) * np.exp(-t / 0.05) * 4
    echo = _noise(count, dice, 120, 900) * np.exp(-t / 0.25)
    slam: np.ndarray = thud + rattle + echo
    return slam


def _footsteps(count: int, dice: np.random.Generator) -> np.ndarray:
    sound = np.zeros(count)
    for at_s in np.arange(0.1, count / RATE_HZ - 0.2, 0.48):
        t = _time_s(int(0.12 * RATE_HZ))
        step = _noise(len(t), dice, 90, 1600) * np.exp(-t / 0.025)
        at = int((at_s + dice.uniform(-0.02, 0.02)) * RATE_HZ)
        sound[at : at + len(step)] += step
    return sound


def _paper(count: int, dice: np.random.Generator) -> np.ndarray:
    t = _time_s(count)
    crackle = (dice.uniform(size=count) > 0.9985) * dice.normal(size=count) * 6
    rustle: np.ndarray = (
        _noise(count, dice, 2000, 9000) * np.abs(np.sin(2 * np.pi * 3.1 * t)) + crackle
    )
    return rustle


_SOUNDS: dict[str, Callable[[int, np.random.Generator], np.ndarray]] = {
    "waves": _waves,
    "wind": _wind,
    "gulls": _gulls,
    "bell": _bell,
    "door": _door,
    "footsteps": _footsteps,
    "paper": _paper,
}
