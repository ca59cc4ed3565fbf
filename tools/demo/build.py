"""Composes, plays, records and films the demo, and writes it where the package ships it.

    python tools/demo/build.py

needs FluidSynth with FluidR3_GM.sf2, FFmpeg (libopus, libvpx) and espeak-ng
(`apt-get install fluidsynth fluid-soundfont-gm ffmpeg espeak-ng`), and from PyPI mido, Pillow,
NumPy, SciPy, soundfile and attrs. The truth and the scores come out the same, byte for byte, on
every run with the same espeak-ng; the sound may differ within rounding.

The score lives in `skerry/cues/`, one module a cue; `skerry/motifs.py` has the four motifs,
`skerry/transform.py` what happens to them, `skerry/story.py` the film.
"""

import json
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import soundfile as sf
from skerry.cues import cues
from skerry.midi import write_score
from skerry.mix import mixed
from skerry.papers import screenplay, subtitles
from skerry.performance import performance
from skerry.picture import write_film
from skerry.render import SAMPLE_RATE_HZ, levelled, rendered, write_opus
from skerry.sketch import Cue
from skerry.speech import Heard, spoken
from skerry.story import EFFECTS, FILM_TITLE, LINES, MUSIC, SHOTS
from skerry.truth import file_of, truth

SHIPPED = Path(__file__).parents[2] / "src" / "unsung" / "demo"
SOUND_FONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
_TRACK_BPS = 48_000


def main() -> None:
    """Write everything that is shipped."""
    score = cues()
    with ProcessPoolExecutor(2) as pool:
        takes = dict(
            zip((cue.number for cue in score), levelled(tuple(pool.map(_take, score))), strict=True)
        )
    _write_scores(score)
    _write_album(score, takes)
    lines = tuple(spoken(line) for line in LINES)
    _write_film(score, takes, lines)


def _take(cue: Cue) -> np.ndarray:
    return rendered(performance(cue), SOUND_FONT)


def _write_scores(score: tuple[Cue, ...]) -> None:
    folder = _emptied(SHIPPED / "scores", "*.mid")
    for cue in score:
        write_score(cue, folder / file_of(cue, "mid"))


def _write_album(score: tuple[Cue, ...], takes: dict[int, np.ndarray]) -> None:
    folder = _emptied(SHIPPED / "soundtrack", "*.opus")
    for cue in score:
        tags = {
            "title": cue.title,
            "artist": "Unsung",
            "composer": "Unsung",
            "album": FILM_TITLE,
            "track": f"{cue.number}/{len(score)}",
            "genre": "Soundtrack",
        }
        write_opus(takes[cue.number], folder / file_of(cue, "opus"), _TRACK_BPS, tags)
        print(f"{cue.number:2} {cue.title}: {len(takes[cue.number]) / SAMPLE_RATE_HZ:.1f} s")


def _write_film(
    score: tuple[Cue, ...], takes: dict[int, np.ndarray], lines: tuple[Heard, ...]
) -> None:
    folder = _emptied(SHIPPED / "film", "film.webm")
    mix = mixed(takes, MUSIC, lines, EFFECTS)
    with tempfile.TemporaryDirectory() as scratch:
        sound = Path(scratch) / "mix.wav"
        sf.write(sound, mix.samples, SAMPLE_RATE_HZ, subtype="PCM_24")
        write_film(SHOTS, sound, folder / "film.webm", Path(scratch))
    (folder / "subtitles.srt").write_text(subtitles(lines), encoding="utf-8")
    (folder / "screenplay.fountain").write_text(screenplay(lines), encoding="utf-8")
    durations_s = {number: round(len(take) / SAMPLE_RATE_HZ, 3) for number, take in takes.items()}
    known = truth(score, durations_s, lines, mix)
    text = json.dumps(known, ensure_ascii=False, indent=1) + "\n"
    (SHIPPED / "truth.json").write_text(text, encoding="utf-8")


def _emptied(folder: Path, pattern: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(pattern):
        old.unlink()
    return folder


if __name__ == "__main__":
    main()
