"""How well placements are found: in made films with exact truth, in clips, in a captured film.

    python bench/film_placement.py film --music FOLDER --minutes 25 [--way pal] [--aac]
    python bench/film_placement.py clips --music FOLDER --part report [--peers PYTHON]
    python bench/film_placement.py drascula FILM.mp4 CUES.json ALBUM_FOLDER

`film`: a cue is found if half of it is covered by placements of the right track, or of a place in
the album with the same waveform, at the right offset (within 10 ms). `--way` is how the film plays
what was made: at another speed, upside down, in reels that differ, drifting. `clips`: 24 clips of
15 s a condition and 12 without album music, next to other tools (`film_clips.py`).
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from attrs import evolve

from film_clips import WAYS, Asked, measured_clips
from film_worlds import RATE_HZ, SEEDS, Part, Sound, Way, World, decoded, squeezed, ways, world
from unsung.film.placements import placements
from unsung.model.film import FilmSound, Placement
from unsung.model.sound import Audio
from unsung.model.time import Span

OFFSET_S = 0.01
Album = tuple[tuple[str, Audio], ...]


def found_in(film: Sound, album: Album) -> tuple[Placement, ...]:
    """The placements in a film of one channel at 8 kHz."""
    sound = Audio(film[np.newaxis], RATE_HZ)
    return placements(FilmSound(sound, sound), album).placements


def measured_film(made: World, way: str, *, aac: bool, verbose: bool) -> None:
    """Print what was found in a made film."""
    sound = ways()[way].changed(made.film)
    sound = squeezed(sound) if aac else sound
    began, cpu = time.perf_counter(), time.process_time()
    found = found_in(sound, made.album)
    wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    found = tuple(_as_made(p, ways()[way]) for p in found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    album_s = sum(audio.duration_s for _, audio in made.album)
    print(
        f"film {len(sound) / RATE_HZ / 60:.1f} min, album {album_s / 60:.1f} min, {way}, aac {aac}"
    )
    print(f"wall {wall_s:.1f} s, cpu {cpu_s:.1f} s, peak memory {memory:.2f} GiB")
    _score(made, found, verbose=verbose)


def _as_made(p: Placement, way: Way) -> Placement:
    """The placement on the clock of the film before it went its way."""
    start_s, end_s = way.made_s(np.array([p.film_span.start_s, p.film_span.end_s]))
    return evolve(p, film_span=Span(float(start_s), float(end_s)))


def _score(made: World, found: Sequence[Placement], *, verbose: bool) -> None:
    right = [[p for p in found if _is_right(made, one, p)] for one in made.parts]
    share = [_covered(one, places) for one, places in zip(made.parts, right, strict=True)]
    hit = np.array(share) > 0.5
    print(f"parts {len(made.parts)}, found {hit.mean():.3f}, time covered {np.mean(share):.3f}")
    cues = sorted({one.cue for one in made.parts})
    whole = [all(h for h, one in zip(hit, made.parts, strict=True) if one.cue == c) for c in cues]
    some = [any(h for h, one in zip(hit, made.parts, strict=True) if one.cue == c) for c in cues]
    print(f"cues {len(cues)}, found {np.mean(some):.3f}, with all their parts {np.mean(whole):.3f}")
    for name in ("level_db", "kind"):
        for value in sorted({getattr(one, name) for one in made.parts}):
            rows = [
                h for h, one in zip(hit, made.parts, strict=True) if getattr(one, name) == value
            ]
            print(f"  {name} {value}: {sum(rows)} of {len(rows)}")
    _print_time(made, found, verbose=verbose)
    _print_errors(made, right)
    if verbose:
        for one, h, s in zip(made.parts, hit, share, strict=True):
            print(f"{'  ' if h else '! '}{s:.2f} {one}")
        for p in found:
            print(_line(p))


def _line(p: Placement) -> str:
    level = f"{p.level_db:.2f}" if isinstance(p.level_db, float) else "undecided"
    return (
        f"{p.film_span.start_s:8.2f} {p.film_span.end_s:8.2f} {p.track_file[:20]:20}"
        f" {p.track_span.start_s:7.2f} {p.speed.tempo_ratio:.5f} {p.sameness[:14]} {level}"
        f" confidence {p.confidence:.2f} also {len(p.also_at)}"
    )


def _offset_error_s(one: Part, p: Placement) -> float:
    """Track time of the placement minus true track time, where the placement begins."""
    true_s = one.track_start_s + (p.film_span.start_s - one.film_start_s)
    return p.track_span.start_s - true_s


def _overlap_s(one: Part, p: Placement) -> float:
    low = max(one.film_start_s, p.film_span.start_s)
    return max(0.0, min(one.film_end_s, p.film_span.end_s) - low)


def _is_right(made: World, one: Part, p: Placement) -> bool:
    if _overlap_s(one, p) <= 0:
        return False
    error_s = _offset_error_s(one, p)
    limit = OFFSET_S if p.sameness == "same recording" else 5 * OFFSET_S
    if p.track_file == one.track and abs(error_s) < limit:
        return True
    return _sounds_the_same(made, one, p)


def _sounds_the_same(made: World, one: Part, p: Placement) -> bool:
    """Whether the album's sound where the placement says is that of the true place."""
    album = dict(made.album)
    low = max(one.film_start_s, p.film_span.start_s)
    length_s = _overlap_s(one, p)
    true_s = one.track_start_s + low - one.film_start_s
    said_s = p.track_span.start_s + low - p.film_span.start_s
    a = _cut(album[one.track], true_s, length_s)
    best = 0.0
    for slip in range(-4, 5):
        b = _cut(album[p.track_file], said_s + slip / RATE_HZ, length_s)
        size = min(len(a), len(b))
        power = np.linalg.norm(a[:size]) * np.linalg.norm(b[:size])
        best = max(best, float(a[:size] @ b[:size] / (power + 1e-9)))
    return best > 0.95


def _cut(audio: Audio, start_s: float, length_s: float) -> Sound:
    first = max(0, round(start_s * RATE_HZ))
    taken: Sound = audio.samples[0][first : first + round(length_s * RATE_HZ)]
    return taken


def _covered(one: Part, places: Sequence[Placement]) -> float:
    grid = np.arange(one.film_start_s, one.film_end_s, 0.05)
    inside = np.zeros(len(grid), bool)
    for p in places:
        inside |= (grid >= p.film_span.start_s) & (grid < p.film_span.end_s)
    return float(inside.mean())


def right_share(made: World, p: Placement) -> float:
    """The share of its time during which a placement has the right music."""
    truly = [one for one in made.parts if _is_right(made, one, p)]
    return min(1.0, sum(_overlap_s(one, p) for one in truly) / p.film_span.duration_s)


def _print_time(made: World, found: Sequence[Placement], *, verbose: bool) -> None:
    """How much of the reported time has the right music."""
    reported = right = nowhere = 0.0
    for p in found:
        reported += p.film_span.duration_s
        here = right_share(made, p) * p.film_span.duration_s
        right += here
        if not any(_overlap_s(one, p) > 0 for one in made.parts):
            nowhere += p.film_span.duration_s
        if verbose and here < p.film_span.duration_s * 0.8:
            print(f"wrong {here:.2f} of {_line(p)}")
    used = {one.track for one in made.parts}
    said = {p.track_file for p in found}
    print(
        f"placements {len(found)}, right music {right / max(reported, 1e-9):.3f} of the time,"
        f" {nowhere:.1f} s where there is no album music; tracks used {len(said & used)} of"
        f" {len(used)}, unused but reported {len(said - used)}"
    )


def _print_errors(made: World, right: Sequence[Sequence[Placement]]) -> None:
    ins: dict[str, list[float]] = {"in": [], "out": [], "in faded": [], "out faded": []}
    offsets, levels = [], dict[float, list[float]]()
    refused = 0
    for one, places in zip(made.parts, right, strict=True):
        if not places:
            continue
        name = " faded" if one.kind == "fade" else ""
        if one.kind not in {"cut", "loop"}:
            first = min(p.film_span.start_s for p in places)
            last = max(p.film_span.end_s for p in places)
            ins["in" + name].append(abs(first - one.film_start_s))
            ins["out" + name].append(abs(last - one.film_end_s))
        for p in places:
            if abs(_offset_error_s(one, p)) < 0.05:
                offsets.append(abs(_offset_error_s(one, p)))
            if isinstance(p.level_db, float):
                levels.setdefault(one.level_db, []).append(abs(p.level_db - one.gain_db))
            else:
                refused += 1
    for name, errors in ins.items():
        print(f"{name}: {_quantiles(errors)} s, within 0.2 s {np.mean(np.array(errors) < 0.2):.3f}")
    print(f"offset: {_quantiles(offsets)} s, within 1 ms {np.mean(np.array(offsets) < 1e-3):.3f}")
    for value in sorted(levels):
        within = np.mean(np.array(levels[value]) < 0.3)
        print(f"level at {value}: error {_quantiles(levels[value])} dB, within 0.3 dB {within:.3f}")
    print(f"level refused: {refused}")


def _quantiles(values: Sequence[float]) -> str:
    if not values:
        return "none"
    middle, most = np.quantile(values, (0.5, 0.9))
    return f"median {middle:.4f}, 90 % {most:.4f}"


def measured_drascula(film: Path, cues: Path, folder: Path) -> None:
    """The captured opening: starts against those written down."""
    album = tuple(
        (f.stem, Audio(decoded(f)[np.newaxis], RATE_HZ)) for f in sorted(folder.glob("*.ogg"))
    )
    began = time.perf_counter()
    found = found_in(decoded(film), album)
    print(f"wall {time.perf_counter() - began:.1f} s")
    for p in found:
        print(_line(p))
    truth = json.loads(cues.read_text())
    for start_s, name in truth:
        errors = [p.film_span.start_s - start_s for p in found if p.track_file == name]
        print(start_s, name, f"{min(errors, key=abs):+.3f} s" if errors else "missed")
    names = {name for _, name in truth}
    print("false:", sum(p.track_file not in names for p in found), "of", len(found))


def main() -> None:
    """One of the three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("film", "clips", "drascula"))
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--part", choices=tuple(SEEDS), default="development")
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--way", choices=tuple(ways()), default="film")
    parser.add_argument("--levels", type=float, nargs="+", default=[0, -6, -12, -18, -24, -30])
    parser.add_argument("--ways", choices=tuple(WAYS), nargs="+", default=list(WAYS))
    parser.add_argument("--tracks", type=int, default=0, help="of the album; 0 for all")
    parser.add_argument("--clips", type=int, default=24)
    parser.add_argument("--peers", type=Path, help="an interpreter, as film_peers.py says")
    parser.add_argument("--aac", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--music", type=Path, default=Path(), help="Wesnoth's music, as Ogg")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "film-worlds")
    given = parser.parse_args()
    if given.what == "film":
        made = world(given.part, given.minutes, given.music, given.folder, given.seed)
        measured_film(made, given.way, aac=given.aac, verbose=given.verbose)
    elif given.what == "clips":
        asked = Asked(given.levels, given.ways, given.tracks, given.clips, given.peers)
        measured_clips(given.part, given.music, given.folder, asked)
    else:
        measured_drascula(*given.paths)


if __name__ == "__main__":
    main()
