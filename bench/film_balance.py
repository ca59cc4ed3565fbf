"""How exactly the parts of a film's sound are told, against stems that are known.

    python bench/film_balance.py synthetic --part report
    python bench/film_balance.py drascula FOLDER ALBUM_FOLDER

`synthetic`: music of an album at 0 to -24 dB under speech (espeak-ng, as RMS against active
speech), with and without a step back of 6 dB under speech, through no codec, AAC and Opus. Told
are, line by line, how far the music's and the speech's loudness lie from the stems'; whether a step
back is found; how well speech is found without subtitles, beside a plain detector by energy.
`--part` chooses other tracks and other words; only `development` was looked at while writing.

`drascula`: the captured opening of a game, its dialogue and its music in separate runs that drift
against each other; the dialogue is laid against the film cue by cue before it is compared.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np
import scipy
import soundfile
import soxr
from attrs import frozen

from unsung.film.dialogue.balance import balance
from unsung.film.dialogue.levels import told_apart
from unsung.film.dialogue.loudnesses import integrated_lufs
from unsung.film.dialogue.speech import speaking, speech_from_lines, speech_from_sound
from unsung.film.placements import placements
from unsung.listening.impressions import impressions
from unsung.listening.loudness import loudness
from unsung.model.balance import Part, Parts, Speech, Step
from unsung.model.film import FilmSound, Placement, Speed
from unsung.model.outcomes import Outcome
from unsung.model.sound import Audio, Feature
from unsung.model.story import Line
from unsung.model.time import Span

RATE_HZ = 16_000
LEVELS_DB = (0, -12, -24)
CODECS: dict[str, tuple[str, ...]] = {
    "none": (),
    "aac 96k": ("-c:a", "aac", "-b:a", "96k", "-f", "adts"),
    "opus 64k": ("-c:a", "libopus", "-b:a", "64k", "-f", "ogg"),
}
_FILM_S, _FIRST_S = 90.0, 4.0
_DUCK_DB, _DUCK_S = -6.0, 0.4
_TRACKS = {
    "development": ("elvish-theme", "battle"),
    "report": ("northerners", "vengeful"),
}
_WORDS = {
    "development": (
        "Nobody has come this way since the winter.",
        "Close the gate, and do not look back.",
        "I heard it again last night, down by the water.",
        "You were not meant to see that letter.",
        "Then we go together, or we do not go at all.",
        "There is still time, if you hurry now.",
    ),
    "report": (
        "The lamp went out an hour before the storm.",
        "Tell her the boat is ready, and bring the rope.",
        "We never spoke of the house on the hill.",
        "If the bridge holds, we will be home by morning.",
        "What did you hide under the floor?",
        "He said the king would not forgive this.",
    ),
}
_VOICES = ("en-gb", "en-us", "en-gb-scotland")


@frozen(eq=False)
class Mix:
    """A film of which everything is known."""

    film: Audio
    album: dict[str, Audio]
    placement: Placement
    lines: tuple[Line, ...]
    speech: Parts
    music: Parts


def main() -> None:
    """Run what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("what", choices=("synthetic", "drascula"))
    asked.add_argument("folders", nargs="*", type=Path)
    asked.add_argument("--part", choices=("development", "report"), default="development")
    given = asked.parse_args()
    if given.what == "synthetic":
        synthetic(given.folders[0], given.part)
    else:
        drascula(given.folders[0], given.folders[1])


@frozen(eq=False)
class Row:
    """What was told of one mix: errors in LU line by line, steps, and F of speech found."""

    lines: int
    music: list[float]
    speech: list[float]
    gain: float
    down: Step
    up: Step
    ours: float
    energy: float


def synthetic(music: Path, part: str) -> None:
    """A row a codec and level: errors of levels, speech found, steps back found."""
    print(
        "codec | dB | ducked | lines measured | music error LU med/90% | speech error LU med/90% |"
        " gain bias dB | step back dB, chance, verdict | return | F ours | F energy"
    )
    for codec, ducked, level_db in product(CODECS, (False, True), LEVELS_DB):
        mixes = (_mix(music, part, k, level_db, codec, ducked=ducked) for k in range(2))
        print(codec, "|", level_db, "|", ducked, "|", _summary([_row(mix) for mix in mixes]))


def _row(mix: Mix) -> Row:
    apart = told_apart(mix.film, mix.album, [mix.placement])
    told = apart.parts
    speech = speech_from_lines(mix.lines, told)
    found = balance(told, speech, loudness(mix.film), [mix.placement])
    music, spoken = _errors(mix, told, speech)
    spans = tuple(line.span for line in mix.lines if line.span)
    truth = np.zeros(told.placed.values.shape[1], bool)
    for span in spans:
        truth[round(span.start_s * 10) : round(span.end_s * 10)] = True
    detected = speaking(speech_from_sound(told, _chance(apart.rest)), len(truth))
    return Row(
        sum(span.end_s < mix.placement.film_span.end_s for span in spans),
        music,
        spoken,
        _gain_bias(mix, told),
        found.ducking.down,
        found.ducking.up,
        _f(detected, truth),
        _f(_energetic(told.whole), truth),
    )


def _errors(mix: Mix, told: Parts, speech: Speech) -> tuple[list[float], list[float]]:
    """Line by line, the loudness told less the stem's own; lines not measured are left out."""
    music, spoken = [], []
    for one in speech.spoken:
        during = np.zeros(told.placed.values.shape[1], bool)
        during[round(one.span.start_s * 10) : round(one.span.end_s * 10)] = True
        measured = during & (told.measured.values[0] > 0)
        if measured.sum() < during.sum() / 2:
            continue
        music += _apart(told.music, mix.music.whole, measured)
        spoken += _apart(told.rest, mix.speech.whole, measured)
    return music, spoken


def _apart(told: Part, true: Part, during: np.ndarray) -> list[float]:
    one, other = integrated_lufs(told, during), integrated_lufs(true, during)
    return [] if isinstance(one, Outcome) or isinstance(other, Outcome) else [one - other]


def _gain_bias(mix: Mix, told: Parts) -> float:
    """The median of what is told of the music's power in its band less what it is, in dB."""
    measured = told.measured.values[0] > 0
    one, other = (p.weighted.values[0] + 1e-12 for p in (told.music, mix.music.whole))
    return float(np.median(10 * np.log10(one / other)[measured])) if measured.any() else 0.0


def _summary(rows: Sequence[Row]) -> str:
    music, speech = (_both([getattr(row, name) for row in rows]) for name in ("music", "speech"))
    gain, ours, energy = (
        np.mean([getattr(row, name) for row in rows]) for name in ("gain", "ours", "energy")
    )
    measured, lines = sum(len(row.music) for row in rows), sum(row.lines for row in rows)
    down, up = _steps([row.down for row in rows]), _steps([row.up for row in rows])
    return (
        f"{measured} of {lines} | {music} | {speech} | {gain:+.2f} | {down} | {up} |"
        f" {ours:.3f} | {energy:.3f}"
    )


def _both(errors: Sequence[list[float]]) -> str:
    values = np.abs(np.concatenate(errors))
    return f"{np.median(values):.2f}/{np.percentile(values, 90):.2f}" if len(values) else "-"


def _steps(steps: Sequence[Step]) -> str:
    return ", ".join(
        "undecided"
        if isinstance(step.change_db, Outcome)
        else f"{step.change_db:+.1f} {step.chance:.3f} {step.verdict}"
        for step in steps
    )


def _mix(folder: Path, part: str, at: int, level_db: float, codec: str, *, ducked: bool) -> Mix:
    track = _decoded(folder / f"{_TRACKS[part][at]}.ogg")
    start_s, length = 5.00313, round(_FILM_S * RATE_HZ)
    speech, lines = _speech(part, at, length)
    music = np.resize(track[round(start_s * RATE_HZ) :], length).copy()
    left = len(track) - round(start_s * RATE_HZ)
    music[min(left, length) :] = 0
    active = np.abs(speech) > 0.02
    gain = np.sqrt((speech[active] ** 2).mean() / (music**2).mean()) * 10 ** (level_db / 20)
    music = (music * gain * (_ducking(lines, length) if ducked else 1)).astype(np.float32)
    mixed = (speech + music) / max(1.0, float(np.abs(speech + music).max()))
    scale = 1 / max(1.0, float(np.abs(speech + music).max()))
    film = _coded(mixed.astype(np.float32), CODECS[codec])
    end_s = min(_FILM_S, left / RATE_HZ)
    placement = Placement(
        "track",
        Span(round(start_s * RATE_HZ) / RATE_HZ, round(start_s * RATE_HZ) / RATE_HZ + end_s),
        Span(0, end_s),
        Speed(),
        "same recording",
        1.0,
    )
    stems = (told_apart(_audio(stem * scale), {}, []).parts for stem in (speech, music))
    return Mix(_audio(film), {"track": _audio(track)}, placement, lines, *stems)


def _speech(part: str, at: int, length: int) -> tuple[np.ndarray, tuple[Line, ...]]:
    samples, lines = np.zeros(length, np.float32), []
    dice = np.random.default_rng(at)
    at_s = _FIRST_S
    for k in range(100):
        words = _WORDS[part][(k + at) % len(_WORDS[part])]
        voice = _spoken(words, _VOICES[(k + at) % len(_VOICES)])
        if at_s + len(voice) / RATE_HZ + 4 > length / RATE_HZ:
            break
        first = round(at_s * RATE_HZ)
        samples[first : first + len(voice)] = voice
        end_s = at_s + len(voice) / RATE_HZ
        lines.append(Line(words, "", Span(first / RATE_HZ, end_s)))
        at_s = end_s + dice.uniform(0.8, 6.0)
    return samples, tuple(lines)


def _spoken(words: str, voice: str) -> np.ndarray:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["espeak-ng", "-v", voice, "-w", file.name, words], check=True)
        samples, rate = soundfile.read(file.name, dtype="float32")
    voiced = np.flatnonzero(np.abs(samples) > 0.003)
    trimmed: np.ndarray = soxr.resample(samples[voiced[0] : voiced[-1]], rate, RATE_HZ) * 0.7
    return trimmed


def _ducking(lines: Sequence[Line], length: int) -> np.ndarray:
    """Down by 6 dB while somebody speaks, with ramps of 0.4 s before and after."""
    depth = np.zeros(length)
    for line in lines:
        if line.span:
            low, high = (
                round(x * RATE_HZ) for x in (line.span.start_s - _DUCK_S, line.span.end_s + _DUCK_S)
            )
            depth[max(0, low) : high] = 1
    ramp = round(_DUCK_S * RATE_HZ)
    smooth: np.ndarray = scipy.ndimage.uniform_filter1d(depth, ramp)
    return 10 ** (_DUCK_DB * smooth / 20)


def _coded(samples: np.ndarray, how: Sequence[str]) -> np.ndarray:
    """The samples after a codec, at their own time."""
    if not how:
        return samples
    raw = ["-f", "f32le", "-ac", "1", "-ar"]
    into = [
        "ffmpeg",
        "-v",
        "error",
        *raw,
        str(RATE_HZ),
        "-i",
        "-",
        "-ar",
        "48000",
        "-ac",
        "2",
        *how,
        "-",
    ]
    packed = subprocess.run(
        into, input=samples.astype("<f4").tobytes(), capture_output=True, check=True
    )
    back = ["ffmpeg", "-v", "error", "-i", "-", *raw, str(RATE_HZ), "-"]
    out = subprocess.run(back, input=packed.stdout, capture_output=True, check=True)
    decoded = np.frombuffer(out.stdout, "<f4")
    lag = int(
        scipy.signal.correlate(
            decoded[: RATE_HZ * 30], samples[: RATE_HZ * 30], method="fft"
        ).argmax()
    )
    shift = lag - (len(samples[: RATE_HZ * 30]) - 1)
    moved = decoded[shift:] if shift >= 0 else np.pad(decoded, (-shift, 0))
    return np.resize(np.pad(moved, (0, max(0, len(samples) - len(moved)))), len(samples))


def _chance(film: Audio) -> Feature:
    """How likely somebody speaks, as a network for everyday sound says once a second."""
    words = impressions(Audio(soxr.resample(film.samples[0], RATE_HZ, 22_050)[None], 22_050)).words
    return Feature(scipy.special.expit(words.values[:1]), words.frames)


def _energetic(whole: Part) -> np.ndarray:
    """The plain detector: louder than 40 % of the way from soft to loud, in the band of speech."""
    db = 10 * np.log10(whole.weighted.values[0] + 1e-9)
    low, high = np.percentile(db, [5, 95])
    loud: np.ndarray = scipy.ndimage.median_filter(db, 5) > low + 0.4 * (high - low)
    return loud


def _f(found: np.ndarray, truth: np.ndarray) -> float:
    return float(2 * (found & truth).sum() / max(1, found.sum() + truth.sum()))


def _decoded(path: Path) -> np.ndarray:
    asked = [
        "ffmpeg",
        "-v",
        "error",
        "-i",
        str(path),
        "-ac",
        "1",
        "-ar",
        str(RATE_HZ),
        "-f",
        "f32le",
        "-",
    ]
    return np.frombuffer(
        subprocess.run(asked, capture_output=True, check=True).stdout, "<f4"
    ).copy()


def _audio(samples: np.ndarray) -> Audio:
    return Audio(np.asarray(samples, np.float32)[None], RATE_HZ)


def drascula(folder: Path, album: Path) -> None:
    """How far the dialogue told from the film lies from its own run, phrase by phrase."""
    film, spoken = _decoded(folder / "film.mp4"), _decoded(folder / "dx.opus")
    names = [name for _, name in json.loads((folder / "cues.json").read_text())]
    tracks = {name: _audio(_decoded(next(album.rglob(f"{name}.ogg")))) for name in names}
    placed = _placed(_audio(film), tracks)
    apart = told_apart(_audio(film), tracks, placed).parts
    own = told_apart(_audio(spoken), {}, []).parts.whole
    for one in placed:
        inside = slice(round(one.film_span.start_s * 10), round(one.film_span.end_s * 10))
        sure = apart.measured.values[0, inside] > 0
        gain = np.median(apart.gain_db.values[0, inside][sure]) if sure.any() else np.nan
        print(
            f"{one.track_file} at {one.film_span.start_s:.1f} s:"
            f" measured {sure.mean():.2f}, {gain:+.2f} dB"
        )
    errors = list(_phrase_errors(film, spoken, own, apart))
    for name in ("whole", "rest"):
        values = np.abs([error[name] for error in errors])
        print(
            f"dialogue level from the {name}: {len(values)} phrases, error LU median "
            f"{np.median(values):.2f}, 90 % {np.percentile(values, 90):.2f}"
        )


def _placed(film: Audio, tracks: dict[str, Audio]) -> tuple[Placement, ...]:
    """Where the film's own search finds the tracks."""
    low = Audio(soxr.resample(film.samples[0], RATE_HZ, 8000)[None], 8000)
    album = tuple(
        (name, Audio(soxr.resample(track.samples[0], RATE_HZ, 8000)[None], 8000))
        for name, track in tracks.items()
    )
    return placements(FilmSound(low, low), album).placements


def _phrase_errors(
    film: np.ndarray, spoken: np.ndarray, own: Part, apart: Parts
) -> Iterator[dict[str, float]]:
    """Each phrase of the dialogue's run, laid on the film where both agree, and its errors."""
    for span in _phrases(own):
        first, end = round(span.start_s * RATE_HZ), round(span.end_s * RATE_HZ)
        low = max(0, first - 2 * RATE_HZ)
        agreement = scipy.signal.correlate(
            film[low : end + 2 * RATE_HZ], spoken[first:end], "valid", "fft"
        )
        top = int(agreement.argmax())
        if agreement[top] < 12 * np.median(np.abs(agreement)):
            continue
        late = round((low + top - first) / RATE_HZ * 10)
        here, there = (np.zeros(row.weighted.values.shape[1], bool) for row in (own, apart.whole))
        here[round(span.start_s * 10) : round(span.end_s * 10)] = True
        there[round(span.start_s * 10) + late : round(span.end_s * 10) + late] = True
        if not (there & (apart.measured.values[0] > 0)).sum() > 0.8 * there.sum():
            continue
        truth = integrated_lufs(own, here)
        told = [integrated_lufs(part, there) for part in (apart.whole, apart.rest)]
        if isinstance(truth, Outcome):
            continue
        errors = [one - truth for one in told if not isinstance(one, Outcome)]
        if len(errors) == len(told):
            yield dict(zip(("whole", "rest"), errors, strict=True))


def _phrases(own: Part) -> Iterator[Span]:
    """Stretches of the dialogue's run of a second or more without a pause of 0.4 s."""
    loud = own.weighted.values[0] > 1e-5
    loud = scipy.ndimage.binary_closing(loud, np.ones(5))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], loud.astype(int), [0]])))
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        if end - first >= 10:
            yield Span(first / 10, end / 10)


if __name__ == "__main__":
    main()
