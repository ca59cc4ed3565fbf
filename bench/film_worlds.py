"""Films made of known parts: album music under speech and effects, with the truth written down.

Real orchestral tracks (Wesnoth, as packaged by Debian) are placed under espeak-ng voices: whole,
from the middle, cut, looped, faded, two at a time; other tracks of the same game, which are not on
the album, play as music without a source. Everything is mono at 8 kHz. The parts use
different tracks and different dice; what is tuned is tuned on `development`.
"""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy

from unsung.model.sound import Audio

RATE_HZ = 8_000
SEEDS = {"development": 11, "report": 29}
LEVELS_DB = (3.0, 0.0, -6.0, -12.0, -18.0, -24.0)
KINDS = ("plain", "plain", "cut", "loop", "fade", "overlap")
VOICES = ("en-us", "en-gb", "en-gb-scotland", "en-029", "en-us+f2", "en-gb+f4", "en-us+m3", "en+m7")
SENTENCES = (
    "I never thought we would see this place again.", "Close the door behind you.",
    "There were twelve of them, and not one came back.", "What did he say to you last night?",
    "We leave before the sun is up.", "You can not be serious about the bridge.",
    "My father built this house with his own hands.", "Listen. Do you hear that?",
    "It has been raining since the day she left.", "Nobody told me, so how could I know?",
    "Give me the letter and go.", "The road to the north is closed until spring.",
)  # fmt: skip
SPEECH_RMS = 0.08

Sound = np.ndarray
Dice = np.random.Generator


class Part(NamedTuple):
    """A stretch of a track in the film: film time = film_start_s + (track time - track_start_s)."""

    track: str
    film_start_s: float
    film_end_s: float
    track_start_s: float
    gain_db: float
    level_db: float
    kind: str
    cue: int


Album = tuple[tuple[str, Audio], ...]


class Recipe(NamedTuple):
    """What cues of a film are like; `played` is a track of the album as the film has it."""

    levels_db: Sequence[float] = LEVELS_DB
    kinds: Sequence[str] = KINDS
    lengths_s: tuple[float, float] = (10.0, 60.0)
    played: Callable[[Audio], Audio] = lambda audio: audio


class World(NamedTuple):
    """A film, the album, and where it truly sounds."""

    film: Sound
    album: Album
    parts: tuple[Part, ...]


def tracks(part: str, music: Path) -> tuple[list[Path], list[Path]]:
    """The files of the album and of other music; the two parts share none."""
    files = sorted(music.glob("*.ogg"))
    half = files[::2] if part == "development" else files[1::2]
    return half[:15], half[15:]


def decoded(file: Path) -> Sound:
    """A file as one channel at 8 kHz."""
    asked = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(file), "-ac", "1"]
    asked += ["-ar", str(RATE_HZ), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(asked, capture_output=True, check=True).stdout, "<f4")


def spoken(folder: Path) -> list[Sound]:
    """Sentences in eight voices at 8 kHz, equally loud while they last; made once."""
    kept = folder / "spoken.npz"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = [_spoken(folder, text, voice) for voice in VOICES for text in SENTENCES]
        np.savez(kept, *made)
    return list(np.load(kept).values())


def _spoken(folder: Path, text: str, voice: str) -> Sound:
    file = folder / "sentence.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", "160", "-w", str(file), text], check=True)
    sound = decoded(file).astype(np.float32)
    active = sound[np.abs(sound) > 0.05 * np.abs(sound).max()]
    return sound * np.float32(SPEECH_RMS / np.sqrt((active**2).mean()))


def dialogue(dice: Dice, samples: int, sentences: Sequence[Sound], pause_s: float = 2.0) -> Sound:
    """Sentences one after another, with pauses of random length."""
    result, at = np.zeros(samples, np.float32), 0
    while at < samples:
        sentence = sentences[int(dice.integers(len(sentences)))][: samples - at]
        result[at : at + len(sentence)] += sentence
        at += len(sentence) + round(dice.exponential(pause_s) * RATE_HZ) + 1
    return result


def effects(dice: Dice, samples: int) -> Sound:
    """Ambience 50 dB down and bursts of coloured noise, one in twenty seconds."""
    result = (dice.standard_normal(samples) * 10 ** (-50 / 20) * 0.3).astype(np.float32)
    for _ in range(max(1, samples // (20 * RATE_HZ))):
        length = round(dice.uniform(0.2, 1.5) * RATE_HZ)
        at = int(dice.integers(max(1, samples - length)))
        low_hz, high_hz = np.sort(dice.uniform(100, 3800, 2))
        filters = scipy.signal.butter(
            2, (low_hz, high_hz + 50), "bandpass", fs=RATE_HZ, output="sos"
        )
        burst = scipy.signal.sosfilt(filters, dice.standard_normal(length))
        burst *= np.exp(-np.arange(length) / length * 4) * SPEECH_RMS / (burst.std() + 1e-9)
        end = min(samples, at + length)
        result[at:end] += burst[: end - at].astype(np.float32)
    return result


def world(part: str, minutes: float, music: Path, folder: Path, seed: int = 0) -> World:
    """A film of so many minutes; a fifth of the album is never used."""
    on_album, others = tracks(part, music)
    album = tuple((file.name, Audio(decoded(file)[np.newaxis], RATE_HZ)) for file in on_album)
    dice = np.random.default_rng(SEEDS[part] * 1000 + seed)
    return film_with(dice, minutes, album, others, folder, Recipe())


def film_with(
    dice: Dice, minutes: float, album: Album, others: Sequence[Path], folder: Path, recipe: Recipe
) -> World:
    """A film with cues of the album as the recipe says, other music, speech and effects."""
    samples = round(minutes * 60 * RATE_HZ)
    film = dialogue(dice, samples, spoken(folder)) + effects(dice, samples)
    used = album[: len(album) * 4 // 5]
    played = [(name, recipe.played(audio)) for name, audio in used]
    parts = _placed(dice, film, played, recipe)
    _play_others(dice, film, others, parts)
    return World(film, album, tuple(parts))


def _placed(
    dice: Dice, film: Sound, used: Sequence[tuple[str, Audio]], recipe: Recipe
) -> list[Part]:
    parts: list[Part] = []
    at_s, cue, end_s = dice.uniform(2, 10), 0, len(film) / RATE_HZ
    while at_s < end_s - 15:
        kind = recipe.kinds[int(dice.integers(len(recipe.kinds)))]
        level_db = recipe.levels_db[int(dice.integers(len(recipe.levels_db)))]
        length_s = min(dice.uniform(*recipe.lengths_s), end_s - at_s - 2)
        made = _cue(dice, film, used, kind, level_db, at_s, length_s, cue)
        parts += made
        at_s = max(one.film_end_s for one in made) + dice.uniform(3, 40)
        cue += 1
    return parts


def _cue(
    dice: Dice,
    film: Sound,
    used: Sequence[tuple[str, Audio]],
    kind: str,
    level_db: float,
    at_s: float,
    length_s: float,
    cue: int,
) -> list[Part]:
    track = int(dice.integers(len(used)))
    stretches = _stretches(dice, used[track][1].duration_s, kind, length_s)
    made = []
    for track_s, stretch_s in stretches:
        made.append(_mixed(film, used[track], track_s, at_s, stretch_s, level_db, kind, cue))
        at_s = made[-1].film_end_s
    if kind == "overlap":
        other = (track + 1 + int(dice.integers(len(used) - 1))) % len(used)
        start_s = at_s - min(8.0, length_s / 2)
        [(track_s, stretch_s)] = _stretches(dice, used[other][1].duration_s, "plain", length_s)
        stretch_s = min(stretch_s, len(film) / RATE_HZ - start_s)
        made.append(_mixed(film, used[other], track_s, start_s, stretch_s, level_db, kind, cue))
    return made


def _stretches(dice: Dice, track_s: float, kind: str, length_s: float) -> list[tuple[float, float]]:
    """Starts in the track and lengths, in the order in which the film plays them."""
    length_s = min(length_s, track_s - 1)
    start_s = dice.uniform(0, track_s - length_s) if dice.random() < 0.6 else 0.0
    if kind == "loop":
        return [(start_s, length_s / 3)] * 3
    if kind == "cut":
        jump_s = dice.uniform(0, track_s - length_s / 2)
        return [(start_s, length_s / 2), (jump_s, length_s / 2)]
    return [(start_s, length_s)]


def _mixed(
    film: Sound,
    track: tuple[str, Audio],
    track_s: float,
    at_s: float,
    length_s: float,
    level_db: float,
    kind: str,
    cue: int,
) -> Part:
    """Add the stretch to the film; `level_db` is its RMS against that of active speech."""
    name, audio = track
    first, at = round(track_s * RATE_HZ), round(at_s * RATE_HZ)
    music = audio.samples[0][first : first + round(length_s * RATE_HZ)]
    music = music[: len(film) - at]
    gain = SPEECH_RMS * 10 ** (level_db / 20) / (np.sqrt((music**2).mean()) + 1e-9)
    film[at : at + len(music)] += music * _shape(len(music), kind) * np.float32(gain)
    end_s = (at + len(music)) / RATE_HZ
    gain_db = 20 * float(np.log10(gain))
    return Part(name, at / RATE_HZ, end_s, first / RATE_HZ, gain_db, level_db, kind, cue)


def _shape(samples: int, kind: str) -> Sound:
    fade = min(samples // 2, round((2.0 if kind == "fade" else 0.01) * RATE_HZ))
    shape = np.ones(samples, np.float32)
    shape[:fade] = np.linspace(0, 1, fade)
    shape[samples - fade :] = np.linspace(1, 0, fade)
    return shape


def _play_others(dice: Dice, film: Sound, others: Sequence[Path], parts: Sequence[Part]) -> None:
    """Music that is not on the album, in gaps of more than 15 seconds."""
    ends = [0.0, *(one.film_end_s for one in parts)]
    for end_s, start_s in zip(ends, [one.film_start_s for one in parts], strict=False):
        if start_s - end_s > 15 and others:
            music = decoded(others[int(dice.integers(len(others)))])
            length = min(len(music), round((start_s - end_s - 4) * RATE_HZ))
            at = round((end_s + 2) * RATE_HZ)
            part = music[:length] * np.float32(SPEECH_RMS / 2 / (music.std() + 1e-9))
            film[at : at + length] += part


class Way(NamedTuple):
    """How a film plays what was made: its sound changed, and when a moment of it was made."""

    changed: Callable[[Sound], Sound]
    made_s: Callable[[np.ndarray], np.ndarray]


PAL = 25 / 24
_REEL_S, _WAVE_S = 300.0, 600.0
_REELS_PPM = (0, 60, -40, 150, -100, 30)


def ways() -> dict[str, Way]:
    """By name; those after the first three are what goes wrong on the way to a film."""
    reels = [1 + 1e-6 * ppm for ppm in _REELS_PPM]
    return {
        "film": Way(lambda sound: sound, lambda at_s: at_s),
        "pal": Way(lambda sound: faster(sound, PAL), lambda at_s: at_s * PAL),
        "kept": Way(lambda sound: shorter(sound, PAL), lambda at_s: at_s * PAL),
        "inverted": Way(lambda sound: -sound, lambda at_s: at_s),
        "reels-pal": _in_reels((1.0, PAL)),
        "reels-pulldown": _in_reels((1.0, 1.001)),
        "reels-ppm": _in_reels(reels),
        **{f"drift-{ppm}": _drifting(ppm * 1e-6) for ppm in (30, 100, 200)},
    }


def _in_reels(ratios: Sequence[float]) -> Way:
    """Reels of five minutes, each played at another of the ratios."""

    def made_s(at_s: np.ndarray) -> np.ndarray:
        made = np.arange(200) * _REEL_S
        played = np.concatenate(([0.0], np.cumsum(_REEL_S / np.resize(ratios, len(made) - 1))))
        moments: np.ndarray = np.interp(at_s, played, made)
        return moments

    return Way(lambda sound: warped(sound, made_s), made_s)


def _drifting(most: float) -> Way:
    """A speed that swings to and fro by `most`, once in ten minutes."""
    turn = 2 * np.pi / _WAVE_S

    def made_s(at_s: np.ndarray) -> np.ndarray:
        moved: np.ndarray = np.asarray(at_s) + most / turn * np.sin(turn * np.asarray(at_s))
        return moved

    return Way(lambda sound: warped(sound, made_s), made_s)


def warped(sound: Sound, made_s: Callable[[np.ndarray], np.ndarray]) -> Sound:
    """The sound as it is heard if a moment `t` of it was made at `made_s(t)`."""
    import soxr  # noqa: PLC0415

    finer = 8
    fine = soxr.resample(sound, RATE_HZ, finer * RATE_HZ, quality="VHQ")
    played = np.arange(len(sound) * 1.1) / RATE_HZ
    made = np.concatenate([made_s(part) for part in np.array_split(played, 16)])
    inside = made * finer * RATE_HZ
    inside = inside[inside < len(fine) - 1]
    low = inside.astype(np.int64)
    part = (inside - low).astype(np.float32)
    result: Sound = fine[low] * (1 - part) + fine[low + 1] * part
    return result


def faster(sound: Sound, ratio: float) -> Sound:
    """Played `ratio` times as fast, its pitch higher in proportion."""
    import soxr  # noqa: PLC0415

    played: Sound = soxr.resample(sound, RATE_HZ * ratio, RATE_HZ, quality="VHQ")
    return played.astype(np.float32)


def shorter(sound: Sound, ratio: float) -> Sound:
    """As long as `faster` makes it, by Rubber Band, at the pitch it had."""
    asked = ["rubberband", "--quiet", "--time", str(1 / ratio)]
    return _through(sound, lambda a, b: [*asked, a, b])


def squeezed(sound: Sound) -> Sound:
    """Coded as AAC at 64 kb/s and back."""

    def commands(before: str, after: str) -> list[str]:
        code = f"ffmpeg -y -v error -i {before} -ar 44100 -b:a 64k {after}.m4a"
        back = f"ffmpeg -y -v error -i {after}.m4a -ar {RATE_HZ} -c:a pcm_f32le {after}"
        return ["sh", "-c", f"{code} && {back}"]

    return _through(sound, commands)


def _through(sound: Sound, command: Callable[[str, str], list[str]]) -> Sound:
    import tempfile  # noqa: PLC0415

    import soundfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        before, after = f"{folder}/before.wav", f"{folder}/after.wav"
        soundfile.write(before, sound, RATE_HZ, "FLOAT")
        subprocess.run(command(before, after), check=True, capture_output=True)
        result: Sound = soundfile.read(after, dtype="float32")[0]
    return result
