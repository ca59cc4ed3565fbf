"""How fast Unsung listens, stage by stage and as a whole, next to librosa in the same run.

    python bench/speed.py [--album FOLDER] [--json]

Speed is audio seconds per CPU second: 60 means that a minute of music takes a second of one core.
Stages run in the order of the pipeline, each once a recording, in one process of one thread, such
as every worker is; the time of FFmpeg, where it decodes, is counted. What is loaded but once (the
networks, compiled code) is loaded beforehand.

librosa does comparable work on the same sound, not the same work: it stands beside the stage whose
question it answers, with its defaults. Loudness is set beside pyloudnorm, which measures the
integrated loudness alone; ours gives the curves, the range and the true peak as well.

The whole is `unsung listen` from nothing, on two workers, by the clock on the wall; its memory is
the peak of the largest process. The sound may lie in the system's file cache. On a machine that
does other work besides, read its CPU seconds; the load says how busy it was at the start.

Needs what `pip install '.[bench]'` installs.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import numpy as np
from attrs import asdict, field, frozen

from unsung import library
from unsung.engine import cores, local_workers
from unsung.library.mono import MONO_RATE_HZ
from unsung.listening.aspects import recording_sections
from unsung.listening.atonality import atonality
from unsung.listening.brightness import brightness
from unsung.listening.cadences import cadences
from unsung.listening.chord_chances import chord_chances
from unsung.listening.chords import chords
from unsung.listening.chroma import chroma, tuning
from unsung.listening.colour import sound_colour
from unsung.listening.colours import colours
from unsung.listening.constant_q import constant_q
from unsung.listening.density import density
from unsung.listening.dynamics import dynamics
from unsung.listening.emotion import emotion
from unsung.listening.impressions import impressions
from unsung.listening.instruments import instruments
from unsung.listening.key import key
from unsung.listening.loudness import LoudnessMeter
from unsung.listening.melody import melody
from unsung.listening.modes import modes
from unsung.listening.ostinati import ostinati
from unsung.listening.pedals import pedals
from unsung.listening.planing import planing
from unsung.listening.pulse import pulse
from unsung.listening.register import register
from unsung.listening.roughness import roughness
from unsung.listening.tempo import tempo
from unsung.listening.tension import tension
from unsung.listening.theme_chroma import theme_chroma
from unsung.listening.timbre import timbre
from unsung.listening.transcription import notes
from unsung.listening.turning_points import turning_points
from unsung.model.album import Track
from unsung.model.hearing import Loudness
from unsung.model.settings import Settings
from unsung.model.sound import Audio

Result = TypeVar("Result")

_SETTINGS = Settings()
_WORKERS = 2
_LONGEST_COMPARED_S = 600
_SOME_UNHEARD = 3

BESIDE = {
    "mono reduction": "load",
    "loudness": "pyloudnorm integrated_loudness",
    "constant-Q": "feature.chroma_cqt",
    "tuning": "estimate_tuning",
    "pulse": "beat.beat_track",
    "timbre": "feature.mfcc",
    "brightness": "feature.spectral_centroid",
}
"""The stage, and what of librosa answers its question."""


@frozen
class Stopwatch:
    """CPU seconds spent and audio seconds treated, by name."""

    cpu_s: dict[str, float] = field(factory=partial(defaultdict, float))
    audio_s: dict[str, float] = field(factory=partial(defaultdict, float))

    def __call__(self, name: str, function: Callable[..., Result], *arguments: object) -> Result:
        """What `function` gives, its time taken."""
        began_s = _cpu_s()
        result = function(*arguments)
        self.cpu_s[name] += _cpu_s() - began_s
        return result

    def speed(self, name: str) -> float:
        """Audio seconds per CPU second."""
        return self.audio_s[name] / max(self.cpu_s[name], 1e-9)


def _cpu_s() -> float:
    """CPU time of this process and of those it waited for."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


@frozen
class Whole:
    """One cold run of `unsung listen`."""

    wall_s: float
    cpu_s: float
    peak_memory_mb: float


def whole(place: Path) -> Whole:
    """`unsung listen` from nothing; to be measured first, while this process is small."""
    with TemporaryDirectory() as project:
        command = [sys.executable, "-m", "unsung", "listen", str(place), "--quiet"]
        command += ["--project", project, "--jobs", str(_WORKERS)]
        began_s, began_cpu_s = time.perf_counter(), _cpu_s()
        code = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
        wall_s, cpu_s = time.perf_counter() - began_s, _cpu_s() - began_cpu_s
    if code not in {0, _SOME_UNHEARD}:
        raise SystemExit(f"unsung listen ended with {code}")
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Whole(wall_s, cpu_s, peak_kb / 1000)


def measured(place: Path, tracks: tuple[Track, ...]) -> tuple[Stopwatch, Stopwatch]:
    """The stages of Unsung and the work of librosa, over these tracks."""
    _warm()
    ours, theirs = Stopwatch(), Stopwatch()
    for track in tracks:
        audio = _stages(place, track, ours)
        _librosa(place / track.file, audio, theirs)
    return ours, theirs


def _warm() -> None:
    """Load what is loaded once."""
    noise = 0.1 * np.random.default_rng(0).standard_normal((1, 10 * MONO_RATE_HZ))
    audio = Audio(noise, MONO_RATE_HZ)
    meter = LoudnessMeter(audio.sample_rate_hz, 1)
    meter.add(audio)
    _listening(audio, meter.loudness(), Stopwatch())
    _librosa(None, audio, Stopwatch())


def _stages(place: Path, track: Track, timed: Stopwatch) -> Audio:
    audio, loud = _playing(place, track, timed)
    _listening(audio, loud, timed)
    for name in timed.cpu_s:
        timed.audio_s[name] += audio.duration_s
    return audio


def _playing(place: Path, track: Track, timed: Stopwatch) -> tuple[Audio, Loudness]:
    with library.opened(place, track) as stream:
        digest = library.SoundDigest()
        mono = library.MonoReduction(stream.sample_rate_hz)
        meter = LoudnessMeter(stream.sample_rate_hz, stream.channels)
        while (block := timed("decoding", next, stream.blocks, None)) is not None:
            timed("digest", digest.add, block)
            timed("mono reduction", mono.add, block)
            timed("loudness", meter.add, block)
    return timed("mono reduction", mono.audio), timed("loudness", meter.loudness)


def _listening(audio: Audio, loud: Loudness, timed: Stopwatch) -> None:
    duration_s = audio.duration_s
    spectrum = timed("constant-Q", constant_q, audio)
    played = timed("notes", notes, audio, _SETTINGS.notes)
    timed("melody", melody, played)
    timed("theme-chroma", theme_chroma, spectrum)
    pitches = timed("chroma", chroma, spectrum)
    timed("tuning", tuning, spectrum)
    home = timed("key", key, played, duration_s, _SETTINGS.key)
    triads = timed("chord chances", chord_chances, spectrum)
    named = timed("chords", chords, played, pitches, triads, duration_s)
    timed("modes", modes, played, home, duration_s)
    timed("cadences", cadences, played, named, home)
    timed("pedals", pedals, played, duration_s)
    timed("ostinati", ostinati, played)
    timed("planing", planing, played)
    timed("tension", tension, played, home, duration_s)
    timed("colours", colours, played, duration_s)
    timed("atonality", atonality, played, home, duration_s)
    timed("roughness", roughness, spectrum)
    felt = timed("pulse", pulse, audio, played, loud, _SETTINGS.tempo)
    paced = timed("tempo", tempo, felt, duration_s, _SETTINGS.tempo)
    colour = timed("timbre", timbre, audio)
    parts = timed(
        "sections", recording_sections, pitches, colour, loud, duration_s, _SETTINGS.sections
    )
    bright = timed("brightness", brightness, audio)
    timed("dynamics", dynamics, loud)
    busy = timed("density", density, played, duration_s)
    height = timed("register", register, played, duration_s)
    shown = timed(
        "emotion", emotion, timed("colour", sound_colour, audio), pitches, home, felt, parts
    )
    timed("turning points", turning_points, shown, loud, paced, home, busy, height, bright)
    impressed = timed("impressions", impressions, audio)
    timed("instruments", instruments, impressed, loud)


def _librosa(file: Path | None, audio: Audio, timed: Stopwatch) -> None:
    """librosa, and pyloudnorm, on at most ten minutes of the same sound."""
    rate_hz = audio.sample_rate_hz
    mono = audio.samples[0, : _LONGEST_COMPARED_S * rate_hz]
    for name, work in _librosa_work(mono, rate_hz):
        timed(name, work)
        timed.audio_s[name] += len(mono) / rate_hz
    if file is not None and file.is_file():
        _decoded(file, timed)


def _librosa_work(mono: np.ndarray, rate_hz: int) -> Iterator[tuple[str, Callable[[], Any]]]:
    from librosa import estimate_tuning  # noqa: PLC0415 - in the worker alone, which may grow
    from librosa import feature as hears  # noqa: PLC0415
    from librosa.beat import beat_track  # noqa: PLC0415

    yield "feature.chroma_cqt", partial(hears.chroma_cqt, y=mono, sr=rate_hz)
    yield "estimate_tuning", partial(estimate_tuning, y=mono, sr=rate_hz)
    yield "beat.beat_track", partial(beat_track, y=mono, sr=rate_hz)
    yield "feature.mfcc", partial(hears.mfcc, y=mono, sr=rate_hz)
    yield "feature.spectral_centroid", partial(hears.spectral_centroid, y=mono, sr=rate_hz)
    yield "feature.rms", partial(hears.rms, y=mono)


def _decoded(file: Path, timed: Stopwatch) -> None:
    import librosa  # noqa: PLC0415
    import pyloudnorm  # noqa: PLC0415
    import soundfile  # noqa: PLC0415

    try:
        rate_hz = soundfile.info(file).samplerate
    except soundfile.SoundFileError:
        return
    mono, mono_rate_hz = timed("load", partial(librosa.load, file, duration=_LONGEST_COMPARED_S))
    sound, _ = soundfile.read(file, frames=_LONGEST_COMPARED_S * rate_hz, always_2d=True)
    meter = pyloudnorm.Meter(rate_hz)
    if len(sound) > rate_hz and sound.shape[1] <= 5:
        timed("pyloudnorm integrated_loudness", meter.integrated_loudness, sound)
        timed.audio_s["pyloudnorm integrated_loudness"] += len(sound) / rate_hz
    timed.audio_s["load"] += len(mono) / mono_rate_hz


def _machine() -> str:
    processor = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    except OSError:
        models = []
    return (
        f"{models[0] if models else processor}, {cores()} cores, Python {platform.python_version()}"
    )


def _report(
    album: str, load: float, run: Whole, ours: Stopwatch, theirs: Stopwatch
) -> dict[str, Any]:
    audio_s, cpu_s = max(ours.audio_s.values()), sum(ours.cpu_s.values())
    return {
        "machine": _machine(),
        "load_before": round(load, 1),
        "album": album,
        "audio_s": round(audio_s, 1),
        "stages": {name: round(ours.speed(name), 1) for name in ours.cpu_s},
        "shares": {name: round(spent / cpu_s, 4) for name, spent in ours.cpu_s.items()},
        "all_stages": round(audio_s / cpu_s, 1),
        "librosa": {name: round(theirs.speed(name), 1) for name in theirs.cpu_s},
        "whole": asdict(run) | {"workers": _WORKERS, "times_faster": audio_s / run.wall_s},
    }


def _table(report: dict[str, Any]) -> Iterator[str]:
    yield f"{report['album']}: {report['audio_s'] / 60:.1f} min of recordings"
    yield f"{report['machine']}, load {report['load_before']} before"
    yield f"\n{'stage':16}{'audio s / CPU s':>16}{'share':>8}   librosa on the same sound"
    beside = dict(report["librosa"])
    for stage, speed in report["stages"].items():
        name = BESIDE.get(stage, "")
        other = f"{beside.pop(name):8.0f}  {name}" if name in beside else ""
        yield f"{stage:16}{speed:16.0f}{report['shares'][stage]:8.1%}   {other}".rstrip()
    for name, speed in beside.items():
        yield f"{'':43}{speed:8.0f}  {name}"
    run = report["whole"]
    yield f"{'all stages':16}{report['all_stages']:16.0f}{1:8.1%}"
    yield (
        f"\nunsung listen, cold, {run['workers']} workers: {run['wall_s']:.1f} s on the wall,"
        f" {run['times_faster']:.0f} times faster than the music plays;"
        f" {run['cpu_s']:.1f} CPU s; at most {run['peak_memory_mb']:.0f} MB a process"
    )


def _measure(place: Path) -> dict[str, Any]:
    load, run = os.getloadavg()[0], whole(place)
    shelf = library.shelf(place)
    recordings = tuple(track for track in shelf.album.tracks if track.kind == "recording")
    with local_workers(1) as crew:
        ours, theirs = crew.submit(measured, place, recordings).result()
    return _report(shelf.album.title, load, run, ours, theirs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast Unsung listens.")
    parser.add_argument("--album", type=Path, help="a folder of recordings (default: the demo)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        report = _measure(chosen.album or _demo(Path(folder)))
    print(json.dumps(report, indent=1) if chosen.json else "\n".join(_table(report)))


def _demo(folder: Path) -> Path:
    from unsung.demo import write_demo  # noqa: PLC0415

    return write_demo(folder)


if __name__ == "__main__":
    main()
