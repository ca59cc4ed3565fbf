"""Films in which music sounds that no album has, and it is known when.

Music of other games comes and goes under voices and effects, at levels that are told (RMS against
that of active speech, or of the effects while they sound). One channel at 16 kHz. The parts share
no piece of music, no voice and no effect: `development` has music of hyperrogue, flare and
ardentryst, voices by espeak-ng and the merchants of flare, the sounds of flare and half of
colobot's; `report` has music of 0ad, ufoai, drascula and colobot, the actors of Drascula's opening,
the sounds of naev and freedink and the other half of colobot's.
"""

import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy

RATE_HZ = 16_000
LEVELS_DB = (0, -6, -12, -18)
LOUD_RMS = 0.08
SEEDS = {"development": 7, "report": 41}
UNDER = ("nothing", "speech", "effects", "both")
FILM_S = 180
_MUSIC = {
    "development": ("hyperrogue-music/**/hr3*.ogg", "hyperrogue-music/**/hr-domina*.ogg",
                    "ref/flare-game/**/*_theme.ogg",
                    "ardentryst/**/*theme*.ogg", "ardentryst/**/castle*.ogg",
                    "ardentryst/**/battle*.ogg"),
    "report": ("ref/0ad/*.ogg", "ref/ufoai/**/*.ogg", "drascula-music/**/audio/*.ogg",
               "colobot-common-sounds/**/music0*.ogg"),
}  # fmt: skip
_NOISES = {
    "development": ("ref/flare-game/**/soundfx/**/*.ogg",),
    "report": ("ref/naev-data/**/snd/sounds/**/*.ogg", "ref/naev-data/**/snd/sounds/**/*.wav",
               "ref/freedink-data/**/*.wav"),
}  # fmt: skip
_LEAST_BYTES = 300_000
_VOICES = ("en-us", "en-gb", "en-gb-scotland", "en-us+f2", "en-gb+f4", "en-us+m3", "en+m7")
_SENTENCES = (
    "I never thought we would see this place again.", "Close the door behind you.",
    "There were twelve of them, and not one came back.", "What did he say to you last night?",
    "We leave before the sun is up.", "You can not be serious about the bridge.",
    "My father built this house with his own hands.", "Listen. Do you hear that?",
    "It has been raining since the day she left.", "Nobody told me, so how could I know?",
)  # fmt: skip

Sound = np.ndarray
Dice = np.random.Generator


class Places(NamedTuple):
    """Where the material lies: unpacked packages, Drascula's dialogue run, and what is kept."""

    packages: Path
    dialogue: Path
    kept: Path


class Made(NamedTuple):
    """A film and whether, in each second, music sounds: 1, 0, or -1 where it begins or ends."""

    film: Sound
    music: np.ndarray


def conditions() -> list[tuple[str, float | None]]:
    """What lies over the music, and how loud that is; None for films without any."""
    levels = (None, *map(float, LEVELS_DB))
    return [(under, level) for under in UNDER for level in levels]


def made(places: Places, part: str, under: str, level_db: float | None, seed: int) -> Made:
    """Three minutes, turned down by 0 to 18 dB; a level of None is a film without music."""
    dice = np.random.default_rng(
        [SEEDS[part], seed, len(under), 1 if level_db is None else 100 - round(level_db)]
    )
    samples = FILM_S * RATE_HZ
    film = (dice.standard_normal(samples) * 3e-4).astype(np.float32)
    if under in ("speech", "both"):
        film += spoken(places, part, dice, samples)
    if under in ("effects", "both"):
        film += effects(places, part, dice, samples)
    truth = np.zeros(FILM_S, int)
    if level_db is not None:
        truth = _played(places, part, dice, film, level_db)
    return Made(film * np.float32(10 ** (-dice.uniform(0, 18) / 20)), truth)


def _played(places: Places, part: str, dice: Dice, film: Sound, level_db: float) -> np.ndarray:
    """Mix pieces of 8 to 45 s into the film; what was played when."""
    truth, at_s, end_s = np.zeros(FILM_S, int), dice.uniform(3, 12), len(film) / RATE_HZ
    files = music_files(places.packages, part)
    while at_s < end_s - 10:
        lasts_s = min(float(dice.uniform(8, 45)), end_s - at_s - 1)
        piece = _piece(files[int(dice.integers(len(files)))], dice, lasts_s)
        at = round(at_s * RATE_HZ)
        film[at : at + len(piece)] += piece * np.float32(LOUD_RMS * 10 ** (level_db / 20))
        first, last = at / RATE_HZ, (at + len(piece)) / RATE_HZ
        truth[int(np.ceil(first)) : int(last)] = 1
        truth[[int(first), int(last)]] = -1
        at_s = last + dice.uniform(8, 30)
    return truth


def music_files(packages: Path, part: str) -> list[Path]:
    """The pieces of a part; jingles are left out."""
    found = [file for pattern in _MUSIC[part] for file in sorted(packages.glob(pattern))]
    return [one for one in found if one.stat().st_size > _LEAST_BYTES]


def _piece(file: Path, dice: Dice, lasts_s: float) -> Sound:
    """A stretch at an RMS of 1, from anywhere in the piece, with fades of 50 ms."""
    whole = decoded(file)
    length = min(round(lasts_s * RATE_HZ), len(whole) - 1)
    first = int(dice.integers(max(1, len(whole) - length)))
    part = whole[first : first + length].copy()
    part /= np.sqrt((part**2).mean()) + 1e-9
    fade = np.linspace(0, 1, RATE_HZ // 20, dtype=np.float32)
    part[: len(fade)] *= fade
    part[-len(fade) :] *= fade[::-1]
    return part


@cache
def decoded(file: Path, rate_hz: int = RATE_HZ) -> Sound:
    """A file as one channel."""
    asked = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(file), "-ac", "1"]
    asked += ["-ar", str(rate_hz), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(asked, capture_output=True, check=True).stdout, "<f4")


def spoken(places: Places, part: str, dice: Dice, samples: int) -> Sound:
    """Sentences one after another, two seconds apart on average, at the same level each."""
    sentences = phrases(places, part)
    result, at = np.zeros(samples, np.float32), 0
    while at < samples:
        one = sentences[int(dice.integers(len(sentences)))][: samples - at]
        result[at : at + len(one)] += one
        at += len(one) + round(dice.exponential(2.0) * RATE_HZ) + 1
    return result


@cache
def phrases(places: Places, part: str) -> tuple[Sound, ...]:
    """By machines, or cut from what actors said where they pause for 0.4 s."""
    if part == "development":
        said = [*_by_machine(places.kept), *_merchants(places.packages) * 3]
    else:
        said = _by_actors(places.dialogue)
    return tuple(_levelled(one) for one in said)


def _merchants(packages: Path) -> list[Sound]:
    return [decoded(one) for one in sorted(packages.glob("ref/flare-game/**/*_merchant_0*.ogg"))]


def _by_machine(kept: Path) -> list[Sound]:
    file = kept / "sentences.npz"
    if not file.exists():
        kept.mkdir(parents=True, exist_ok=True)
        np.savez(file, *(_said(kept, text, voice) for voice in _VOICES for text in _SENTENCES))
    return list(np.load(file).values())


def _said(kept: Path, text: str, voice: str) -> Sound:
    wav = kept / "sentence.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", "160", "-w", str(wav), text], check=True)
    said: Sound = decoded.__wrapped__(wav)
    return said


def _by_actors(run: Path) -> list[Sound]:
    whole = decoded(run)
    power = (whole[: len(whole) // 1600 * 1600].reshape(-1, 1600) ** 2).mean(axis=1)
    loud = scipy.ndimage.binary_closing(power > 1e-5, np.ones(5))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], loud.astype(int), [0]])))
    return [
        whole[first * 1600 : end * 1600]
        for first, end in zip(edges[::2], edges[1::2], strict=True)
        if 10 <= end - first <= 80
    ]


def effects(places: Places, part: str, dice: Dice, samples: int) -> Sound:
    """Sounds of a game, one in three seconds, and a bed of coloured noise 20 dB below them."""
    sounds = noises(places, part)
    result = _bed(dice, samples)
    at = 0
    while at < samples:
        one = sounds[int(dice.integers(len(sounds)))][: samples - at]
        result[at : at + len(one)] += one * np.float32(10 ** (dice.uniform(-10, 3) / 20))
        at += round(dice.exponential(3.0) * RATE_HZ) + 1
    return result


@cache
def noises(places: Places, part: str) -> tuple[Sound, ...]:
    """Half of colobot's sounds, and those of other games."""
    files = sorted((places.packages / "colobot-common-sounds").rglob("sound*.wav"))
    files = files[part == "report" :: 2]
    for pattern in _NOISES[part]:
        files += [
            one for one in sorted(places.packages.glob(pattern)) if "merchant" not in one.name
        ]
    sounds = [decoded(one)[: 6 * RATE_HZ] for one in files]
    return tuple(_levelled(one) for one in sounds if len(one) > RATE_HZ // 10)


def _bed(dice: Dice, samples: int) -> Sound:
    low_hz, high_hz = np.sort(dice.uniform(80, 5000, 2))
    filters = scipy.signal.butter(1, (low_hz, high_hz + 300), "bandpass", fs=RATE_HZ, output="sos")
    noise = scipy.signal.sosfilt(filters, dice.standard_normal(samples))
    bed: Sound = (noise * LOUD_RMS / 10 / noise.std()).astype(np.float32)
    return bed


def _levelled(sound: Sound) -> Sound:
    """The same as loud as all others while it sounds."""
    peak = float(np.abs(sound).max()) + 1e-9
    active = sound[np.abs(sound) > 0.05 * peak]
    gain = LOUD_RMS / (np.sqrt((active**2).mean()) + 1e-9)
    levelled: Sound = (sound * gain).astype(np.float32)
    return levelled
