"""Clips of fifteen seconds beneath speech: what we find of them, and what others find.

Each clip is a film of its own. Hits have the right track and place; of tools that always answer,
those count that they are surer of than of any clip without album music. Chromaprint (fpcalc) is
compared bit by bit at every offset. audalign and audio-offset-finder need an old numpy, so they
run in an environment of their own (`film_peers.py`).
"""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soundfile

from film_worlds import (
    RATE_HZ,
    SEEDS,
    SPEECH_RMS,
    Sound,
    Way,
    decoded,
    dialogue,
    spoken,
    tracks,
    ways,
)
from unsung.film.placements import placements_of
from unsung.film.searched import SearchedAlbum, searched_album
from unsung.model.film import FilmSound, Placement
from unsung.model.sound import Audio

WAYS = {"film": "as it is", "pal": "25/24", "kept": "25/24, pitch kept"}
CLIP_S = 15.0
CHROMAPRINT_S = 0.1238
OURS_S, THEIRS_S = 0.5, 0.7
PEERS = ("audalign", "audio-offset-finder")
Album = tuple[tuple[str, Audio], ...]


class Clip(NamedTuple):
    """Fifteen seconds of a film, and where its music begins in which track."""

    film: Sound
    track: str
    start_s: float


class Answer(NamedTuple):
    """What a tool says of a clip, and how sure it is."""

    score: float
    track: str
    start_s: float


class Asked(NamedTuple):
    """How much is measured: levels, ways, tracks of the album (all if 0), clips; and by whom.

    There are half as many clips without album music as with it. Peers take minutes an album and
    many seconds a clip.
    """

    levels_db: Sequence[float]
    ways: Sequence[str]
    tracks: int = 0
    clips: int = 24
    python: Path | None = None


class Peers(NamedTuple):
    """An interpreter that has the peers, and a folder with the album as they read it."""

    python: Path
    folder: Path


def measured_clips(part: str, music: Path, folder: Path, asked: Asked) -> None:
    """Print a line for each way and level; peers are asked where the film plays as it is."""
    files, others = tracks(part, music)
    album, wrong = _long_tracks(files)[: asked.tracks or None], _long_tracks(others)
    print(f"album {len(album)} tracks, {sum(one.duration_s for _, one in album) / 60:.1f} min")
    searched, prints = searched_album(album), _fingerprints(album)
    sentences = spoken(folder)
    with tempfile.TemporaryDirectory() as place:
        peers = _peers(asked.python, Path(place), album) if asked.python else None
        for name, level_db in product(asked.ways, asked.levels_db):
            dice, way = np.random.default_rng(SEEDS[part]), ways()[name]
            true = [_clip(dice, album, k, level_db, sentences) for k in range(asked.clips)]
            false = [_clip(dice, wrong, k, level_db, sentences) for k in range(asked.clips // 2)]
            true = [one._replace(film=way.changed(one.film)) for one in true]
            false = [one._replace(film=way.changed(one.film)) for one in false]
            beside = peers if name == "film" else None
            told = [_ours(true, false, searched, way), *_theirs(true, false, prints, beside)]
            print(f"{WAYS[name]}, {level_db:+.0f} dB: {'; '.join(told)}", flush=True)


def _long_tracks(files: Sequence[Path]) -> Album:
    sounds = ((file.name, Audio(decoded(file)[np.newaxis], RATE_HZ)) for file in files)
    return tuple((name, audio) for name, audio in sounds if audio.duration_s > 20)


def _clip(
    dice: np.random.Generator, album: Album, k: int, level_db: float, sentences: Sequence[Sound]
) -> Clip:
    name, audio = album[k % len(album)]
    start_s = round(float(dice.uniform(0, audio.duration_s - CLIP_S)) * RATE_HZ) / RATE_HZ
    first = round(start_s * RATE_HZ)
    music = audio.samples[0][first : first + round(CLIP_S * RATE_HZ)]
    gain = SPEECH_RMS * 10 ** (level_db / 20) / (np.sqrt((music**2).mean()) + 1e-9)
    speech = dialogue(dice, len(music), sentences, 0.5)
    return Clip(speech + music * np.float32(gain), name, start_s)


def _ours(true: Sequence[Clip], false: Sequence[Clip], album: SearchedAlbum, way: Way) -> str:
    errors = [[_error_s(p, one, way) for p in _found(one.film, album)] for one in true]
    right = [[error for error in found if error < OURS_S] for found in errors]
    alarms = sum(bool(_found(one.film, album)) for one in false)
    every = [error for found in right for error in found]
    told = f"offset median {np.median(every):.4f} s" if every else "no offset"
    hits = f"{sum(map(bool, right))} of {len(true)}"
    return f"{hits}, false alarms {alarms} of {len(false)}, {told}"


def _found(film: Sound, album: SearchedAlbum) -> tuple[Placement, ...]:
    sound = Audio(film[np.newaxis], RATE_HZ)
    return placements_of(FilmSound(sound, sound), album).placements


def _error_s(p: Placement, clip: Clip, way: Way) -> float:
    """How far the nearest place that a placement names lies from the true one."""
    true_s = clip.start_s + float(way.made_s(np.array([p.film_span.start_s]))[0])
    places = [(p.track_file, p.track_span.start_s)]
    places += [(other.track_file, other.span.start_s) for other in p.also_at]
    return min((abs(at_s - true_s) for file, at_s in places if file == clip.track), default=np.inf)


def _theirs(
    true: Sequence[Clip],
    false: Sequence[Clip],
    prints: dict[str, np.ndarray],
    peers: Peers | None,
) -> Iterable[str]:
    """The hits of each tool, at no false alarm."""
    clips = [*true, *false]
    yield f"chromaprint {_hits(true, [_chromaprint(one.film, prints) for one in clips])}"
    if peers:
        for name, answers in _peers_answers(peers, clips).items():
            yield f"{name} {_hits(true, answers)}"


def _hits(true: Sequence[Clip], answers: Sequence[Answer]) -> str:
    """How many are right, and how many of them surer than all clips without album music."""
    surest = max(one.score for one in answers[len(true) :])
    right = [
        answer
        for clip, answer in zip(true, answers, strict=False)
        if answer.track == clip.track and abs(answer.start_s - clip.start_s) < THEIRS_S
    ]
    return f"{sum(one.score > surest for one in right)} (right at all {len(right)}) of {len(true)}"


def _fingerprints(album: Album) -> dict[str, np.ndarray]:
    return {name: _fingerprint(audio.samples[0]) for name, audio in album}


def _fingerprint(sound: Sound) -> np.ndarray:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        soundfile.write(file.name, sound, RATE_HZ)
        asked = ["fpcalc", "-raw", "-json", "-length", "0", file.name]
        # it complains (3) about how a file ends, and answers all the same
        answer = subprocess.run(asked, capture_output=True, check=False).stdout
    return np.array(json.loads(answer)["fingerprint"], np.uint32)


def _chromaprint(film: Sound, prints: dict[str, np.ndarray]) -> Answer:
    """The closest place in the album; the score is the share of bits that agree."""
    words = _fingerprint(film)
    best = Answer(0.0, "", 0.0)
    for name, track in prints.items():
        windows = np.lib.stride_tricks.sliding_window_view(track, len(words))
        alike = 1 - np.bitwise_count(windows ^ words).mean(axis=1) / 32
        at = int(np.argmax(alike))
        best = max(best, Answer(float(alike[at]), name, at * CHROMAPRINT_S))
    return best


def _peers(python: Path, folder: Path, album: Album) -> Peers:
    (folder / "album").mkdir()
    for name, audio in album:
        soundfile.write(folder / "album" / f"{name}.wav", audio.samples[0], RATE_HZ, "PCM_16")
    return Peers(python, folder)


def _peers_answers(peers: Peers, clips: Sequence[Clip]) -> dict[str, list[Answer]]:
    """What each peer says of each clip, as a file of 16 bits, turned down where it would clip."""
    with tempfile.TemporaryDirectory(dir=peers.folder) as place:
        for k, one in enumerate(clips):
            quiet = one.film * np.float32(0.9 / max(np.abs(one.film).max(), 0.9))
            # a name of its own in every run: audalign remembers by name
            soundfile.write(f"{place}/{Path(place).name}-{k:03}.wav", quiet, RATE_HZ, "PCM_16")
        script = Path(__file__).with_name("film_peers.py")
        asked = [str(peers.python), str(script), str(peers.folder / "album"), place]
        answer = subprocess.run(asked, stdout=subprocess.PIPE, check=True).stdout
    told = json.loads(answer.splitlines()[-1])
    return {
        name: [Answer(score, Path(file).stem, at_s) for score, file, at_s in told[name]]
        for name in PEERS
    }
