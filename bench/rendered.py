"""Scores with known notes, rendered to sound: what the listening benchmarks are judged by.

Quartet movements by Haydn, Mozart and Beethoven and chorales by Bach, from the corpus that ships
with music21, are played by General MIDI instruments (FluidSynth, two sound fonts). The truth is
what the renderer was told to play, to the sample. Works are dealt to a `development` part, on
which choices were made, and a `report` part, which is only ever measured; no work is in both.

Sampled instruments are not an orchestra in a hall: read the figures as relative.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import mido
import numpy as np
import soundfile
import soxr
from attrs import frozen
from music21 import corpus

from unsung.model.notes import Notes
from unsung.model.pitch import Key
from unsung.model.sound import Audio

PARTS = ("development", "report")
SOUND_FONTS = ("FluidR3_GM", "TimGM6mb")
EXCERPT_S = 60.0

_QUARTETS = {
    "development": {
        "haydn/opus1no1/movement1": 168,
        "haydn/opus1no1/movement3": 56,
        "mozart/k80/movement2": 132,
        "mozart/k155/movement1": 120,
        "mozart/k155/movement2": 60,
        "beethoven/opus18no1/movement1": 144,
        "beethoven/opus18no1/movement2": 104,
        "beethoven/opus74": 80,
    },
    "report": {
        "haydn/opus74no1/movement1": 126,
        "haydn/opus74no1/movement2": 72,
        "mozart/k156/movement1": 150,
        "mozart/k458/movement3": 44,
        "mozart/k458/movement4": 138,
        "beethoven/opus59no1/movement1": 132,
        "beethoven/opus59no1/movement3": 50,
        "beethoven/opus59no3/movement4": 160,
    },
}
_ENSEMBLES = {
    "quartet": (40, 40, 41, 42),
    "strings": (48, 48, 48, 43),
    "woodwind": (73, 68, 71, 70),
    "brass": (56, 60, 57, 58),
    "orchestra": (73, 48, 60, 43),
    "choir": (52, 52, 52, 52),
}
_CHORALE_ENSEMBLES = ("strings", "woodwind", "orchestra", "brass", "choir")


@frozen
class Rendering:
    """One work as it is played: the score, its speed, who plays, and with which samples."""

    score: str
    tempo_bpm: float
    ensemble: str
    sound_font: str

    @property
    def name(self) -> str:
        """A file name that tells renderings apart."""
        return f"{self.score.replace('/', '_')}-{self.ensemble}-{self.sound_font}"


def arguments(description: str | None) -> argparse.Namespace:
    """What a benchmark on renderings is asked: part, renders, chorales, json."""
    asks = argparse.ArgumentParser(description=description)
    asks.formatter_class = argparse.RawDescriptionHelpFormatter
    kept = Path(tempfile.gettempdir()) / "unsung-renders"
    asks.add_argument("--part", choices=PARTS, default="development")
    asks.add_argument("--renders", type=Path, default=kept, help="where renderings are kept")
    asks.add_argument("--chorales", type=int, default=24, help="how many chorales are played")
    asks.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    return asks.parse_args()


def printed(
    name: str,
    asked: argparse.Namespace,
    rows: list[dict[str, object]],
    also: Mapping[str, object] | None = None,
) -> None:
    """The measured rows, as a table or as one line of JSON."""
    if asked.json:
        print(json.dumps({"bench": name, "part": asked.part, "rows": rows, **(also or {})}))
        return
    print(f"{name}, {asked.part} part")
    for head in list(rows[0]):
        print(f"{head:>26}" if head == "who" else f"{head:>22}", end="")
    print()
    for row in rows:
        for head, value in row.items():
            shown = f"{value:.3f}" if isinstance(value, float) else str(value)
            print(f"{shown:>26}" if head == "who" else f"{shown:>22}", end="")
        print()
    for head, value in (also or {}).items():
        print(f"{head}: {value:.1f}" if isinstance(value, float) else f"{head}: {value}")


def is_chorale(rendering: Rendering) -> bool:
    """Chorales are told from quartets by their composer."""
    return rendering.score.startswith("bach/")


def quartets(part: str) -> list[Rendering]:
    """The quartet movements of `part`, by soloists and by a string orchestra in turn."""
    return [
        Rendering(score, bpm, ("quartet", "strings")[k % 2], SOUND_FONTS[k // 2 % 2])
        for k, (score, bpm) in enumerate(_QUARTETS[part].items())
    ]


def chorales(part: str, count: int, renders: Path) -> list[Rendering]:
    """`count` chorales of `part`, spread over the catalogue, ensembles in turn."""
    chosen = chorale_scores(part, renders)
    spread = chosen[:: max(1, len(chosen) // count)][:count]
    return [
        Rendering(score, 84, _CHORALE_ENSEMBLES[k % 5], SOUND_FONTS[k % 2])
        for k, score in enumerate(spread)
    ]


def chorale_scores(part: str, renders: Path) -> list[str]:
    """Every four-part chorale of `part` by catalogue number: even numbers are development."""
    numbered = {}
    for path in corpus.getComposer("bach"):
        number = path.stem.removeprefix("bwv").split(".")[0].split("-")[0]
        if number.isdigit() and PARTS[int(number) % 2] == part:
            numbered[f"bach/{path.stem}"] = int(number)
    ordered = sorted(numbered, key=lambda name: (numbered[name], name))
    return [name for name in ordered if len(score_truth(name, renders)[0].part_names) == 4]


def truth(rendering: Rendering, renders: Path) -> Notes:
    """The notes that are played, one part an instrument, at most `EXCERPT_S` of them."""
    notes, _ = score_truth(rendering.score, renders)
    inside = notes.onset_s * 60 / rendering.tempo_bpm < EXCERPT_S - 1
    kept, stretch = notes.where(inside), 60 / rendering.tempo_bpm
    return Notes.sorted(
        kept.onset_s * stretch,
        kept.duration_s * stretch,
        kept.midi_pitch,
        part=kept.part,
        part_names=kept.part_names,
    )


def score_truth(score: str, renders: Path) -> tuple[Notes, Key | None]:
    """The notes of a whole score at 60 quarters a minute and its key, if beyond doubt.

    The key of a chorale is read off the page, not from any profile: the last bass note is the
    tonic and the signature says major or minor (Dorian signatures count as minor). Where the
    two do not fit, nobody is asked.
    """
    kept = renders / f"{score.replace('/', '_')}.json"
    if not kept.exists():
        renders.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_parsed(score)))
    parsed = json.loads(kept.read_text())
    columns = np.array(parsed["notes"], float).reshape(-1, 4).T
    names = tuple(parsed["parts"]) or ("",)
    start_s, lasts_s, pitch, part = columns
    notes = Notes.sorted(start_s, lasts_s, pitch, part=part, part_names=names)
    return notes, None if parsed["key"] is None else Key.at(parsed["key"])


def sound(rendering: Rendering, renders: Path) -> Audio:
    """The rendering as mono 22,050 Hz, rendered once and then read from `renders`."""
    notes, programs = truth(rendering, renders), _ENSEMBLES[rendering.ensemble]
    return played(notes, programs, rendering.sound_font, renders / rendering.name)


def played(notes: Notes, programs: tuple[int, ...], sound_font: str, kept: Path) -> Audio:
    """Notes as mono 22,050 Hz, rendered once and then read from beside `kept`."""
    path = kept.with_name(f"{kept.name}.flac")
    if not path.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, _rendered(notes, programs, sound_font, kept), 22_050)
    samples, rate = soundfile.read(path, dtype="float32")
    return Audio(samples[None], rate)


def _parsed(score: str) -> dict[str, object]:
    page = corpus.parse(score)
    rows = []
    for index, part in enumerate(page.parts):
        for event in part.stripTies().flatten().notes:
            if event.duration.quarterLength > 0:
                start, lasts = float(event.offset), float(event.duration.quarterLength)
                rows += [(start, lasts, float(p.midi), index) for p in event.pitches]
    names = [part.partName or f"part {k + 1}" for k, part in enumerate(page.parts)]
    return {"notes": rows, "parts": names, "key": _key_on_the_page(page, rows)}


def _key_on_the_page(page: object, rows: list[tuple[float, float, float, int]]) -> int | None:
    signatures = page.flatten().getElementsByClass("KeySignature")  # type: ignore[attr-defined]
    if not signatures or not rows:
        return None
    end = max(start + lasts for start, lasts, _, _ in rows)
    bass = min(p for start, lasts, p, _ in rows if start + lasts > end - 0.1)
    above_major_tonic = int(bass - 7 * signatures[0].sharps) % 12
    row_offset = {0: 0, 9: 12, 2: 12}.get(above_major_tonic)
    return None if row_offset is None else int(bass) % 12 + row_offset


def _rendered(notes: Notes, programs: tuple[int, ...], sound_font: str, kept: Path) -> np.ndarray:
    midi, wav = kept.with_name(f"{kept.name}.mid"), kept.with_name(f"{kept.name}.wav")
    _midi(notes, programs).save(midi)
    font = f"/usr/share/sounds/sf2/{sound_font}.sf2"
    command = ["fluidsynth", "-ni", "-q", "-g", "0.6", "-r", "44100", "-F", str(wav), font]
    subprocess.run([*command, str(midi)], check=True, capture_output=True)
    stereo, rate = soundfile.read(wav, dtype="float32")
    wav.unlink()
    mono = soxr.resample(stereo.mean(axis=1), rate, 22_050)
    return np.asarray(mono / max(1.0, np.abs(mono).max()))


def _midi(notes: Notes, programs: tuple[int, ...]) -> mido.MidiFile:
    """One millisecond a tick; every part a channel; loudness breathing slightly, seeded."""
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=1_000_000)])
    for part in range(len(notes.part_names)):
        channel = part if part < 9 else part + 1
        program = programs[part * len(programs) // len(notes.part_names)]
        track.append(mido.Message("program_change", channel=channel, program=program))
    now_ms = 0
    for at_ms, message in sorted(_events(notes), key=lambda event: event[0]):
        track.append(message.copy(time=at_ms - now_ms))
        now_ms = at_ms
    return mido.MidiFile(ticks_per_beat=1000, tracks=[track])


def _events(notes: Notes) -> Iterator[tuple[int, mido.Message]]:
    strengths = np.random.default_rng(0).integers(64, 96, len(notes))
    columns = zip(notes.onset_s, notes.end_s, notes.midi_pitch, notes.part, strengths, strict=True)
    for start_s, end_s, pitch, part, velocity in columns:
        channel = int(part) if part < 9 else int(part) + 1
        struck = mido.Message("note_on", channel=channel, note=int(pitch), velocity=int(velocity))
        # A hair's breadth before the written end, so that a repeated note is struck anew.
        yield round(end_s * 1000) - 5, struck.copy(velocity=0)
        yield round(start_s * 1000), struck
