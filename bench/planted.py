"""Albums with known motifs: real folk melodies, planted in every disguise and rendered to sound.

An album has ten tracks. Each track is a row of phrases over an accompaniment (pad, bass,
arpeggio, sometimes drums) whose chords are chosen to fit the melody. Five motifs come back,
plainly and disguised; every other phrase is a melody that sounds once in the album, so that a
program cannot win by finding where there is a melody at all.

    python bench/planted.py FOLDER --part development --album 0

writes `01.wav` … `10.wav`, the MIDI behind them and `truth.json`. The parts use different
collections of melodies and different seeds; what is learned is learned on the background, whose
accompaniment may be louder. Even albums sound through one font, odd ones
through the other.
"""

import argparse
import json
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import mido
import numpy as np

from motif_melodies import Tune, tunes

FONTS = ("FluidR3_GM.sf2", "TimGM6mb.sf2")
FONT_FOLDER = Path("/usr/share/sounds/sf2")
SEEDS = {"development": 1000, "report": 2000, "background": 3000}
LOUDEST_BENEATH = {"development": 80, "report": 80, "background": 90}
"""How loud (MIDI velocity) the accompaniment may be; melodies are played at 94 to 110."""
LEADS = (40, 41, 42, 56, 57, 60, 68, 70, 71, 73, 46, 0, 11, 69)
PADS = (48, 49, 50, 52, 89, 61)
ARPEGGIOS = (46, 0, 45, 11, 24)
DISGUISES = (
    "key", "tempo", "register", "mode", "instrument", "harmony", "ornament", "rhythm",
    "fragment", "beneath",
)  # fmt: skip
TRIADS = ((0, 4, 7), (0, 3, 7))
TICKS = 480

Rows = list[tuple[float, float, int]]
Dice = np.random.Generator


class Phrase(NamedTuple):
    """A melody of whole bars: onset and duration in quarters, MIDI pitch; where it is at home."""

    source: str
    rows: Rows
    length_ql: float
    tonic_pitch_class: int
    mode: str


class Planted(NamedTuple):
    """One phrase as it will sound: its notes, how it is dressed, and which motif it states."""

    phrase: Phrase
    motif: str
    changes: tuple[str, ...]
    transposition_semitones: int
    tempo_ratio: float
    lead: int
    chords: tuple[int, ...]
    beneath: bool


def planted_album(part: str, number: int, folder: Path, shelf: Path) -> None:
    """Write the album's tracks and its truth into `folder`; nothing if it is there already."""
    if (folder / "truth.json").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    dice = np.random.default_rng(SEEDS[part] + number)
    phrases = _phrases(tunes(part, shelf), dice)
    rows = _album(phrases[:5], phrases[5:], dice)
    statements: list[dict[str, Any]] = []
    for position, planted in enumerate(rows, start=1):
        midi, found = _track(planted, dice, LOUDEST_BENEATH[part])
        midi.save(folder / f"{position:02}.mid")
        _render(folder / f"{position:02}", FONTS[number % 2])
        statements += [{"track": f"{position:02}.wav", **row} for row in found]
    (folder / "truth.json").write_text(json.dumps({"statements": statements}, indent=1))


def _phrases(all_tunes: list[Tune], dice: Dice) -> list[Phrase]:
    """One phrase of each tune, in an order decided by `dice`; the dull ones left out."""
    order = dice.permutation(len(all_tunes))
    opened = (_opening(all_tunes[k]) for k in order)
    return [phrase for phrase in opened if phrase is not None and _has_a_face(phrase)]


def _opening(tune: Tune) -> Phrase | None:
    """The first two or four bars from the first downbeat on, of eight to sixteen notes."""
    start = next((row[0] for row in tune.rows if row[0] % tune.bar_ql == 0), 0.0)
    for bars in (2, 3, 4):
        end = start + bars * tune.bar_ql
        rows = [(a - start, min(d, end - a), p) for a, d, p in tune.rows if start <= a < end]
        if 8 <= len(rows) <= 16 and 5 <= end - start <= 18:
            return Phrase(tune.source, rows, end - start, tune.tonic_pitch_class, tune.mode)
    return None


def _has_a_face(phrase: Phrase) -> bool:
    pitches = [row[2] for row in phrase.rows]
    rhythms = {row[1] for row in phrase.rows}
    repeated = sum(a == b for a, b in pairwise(pitches))
    return len(set(pitches)) >= 5 and len(rhythms) >= 2 and repeated <= len(pitches) // 3


def _album(motifs: list[Phrase], others: list[Phrase], dice: Dice) -> list[list[Planted]]:
    """Ten tracks of phrases: each motif plainly and in disguise, between phrases heard once."""
    shows = [
        (k, disguise)
        for k in range(len(motifs))
        for disguise in ("plain", *dice.permutation(DISGUISES)[: dice.integers(5, 9)])
    ]
    tracks: list[list[Planted]] = [[] for _ in range(10)]
    for k, disguise in shows:
        leads = dice.choice(len(LEADS), 2, replace=False)
        planted = _dressed(motifs[k], "ABCDE"[k], str(disguise), int(LEADS[leads[0]]), dice)
        tracks[int(dice.integers(10))].append(planted)
    passing = iter(others)
    for track in tracks:
        for _ in range(max(4, len(track) // 2 + 2)):
            lead = int(LEADS[dice.integers(len(LEADS))])
            track.insert(
                int(dice.integers(len(track) + 1)), _dressed(next(passing), "", "plain", lead, dice)
            )
    return tracks


def _dressed(phrase: Phrase, motif: str, disguise: str, lead: int, dice: Dice) -> Planted:
    """The phrase in one disguise; but for the plain statement, most are in another key too."""
    moved = int(dice.integers(-5, 7)) if disguise != "plain" and dice.random() < 0.7 else 0
    if disguise == "key" and moved == 0:
        moved = 5
    octave = int(dice.choice((-12, 12))) if disguise == "register" else 0
    tempo = float(dice.choice((0.5, 0.67, 0.8, 1.25, 1.5, 2.0))) if disguise == "tempo" else 1.0
    alter = ALTERATIONS.get(disguise)
    altered = alter(phrase, dice) if alter else phrase
    centre = np.mean([row[2] for row in phrase.rows])
    at_home = 12 * round((70 - centre) / 12)
    beneath = disguise == "beneath"
    shift = moved + octave + at_home - (12 if beneath else 0)
    rows = [(a, d, p + shift) for a, d, p in altered.rows]
    sounding = altered._replace(
        rows=rows, tonic_pitch_class=(altered.tonic_pitch_class + shift) % 12
    )
    chords = _chords(sounding, dice, unusual=disguise == "harmony")
    named = {"plain": ()}.get(disguise, (disguise,)) + (("key",) if moved % 12 else ())
    changes = tuple(dict.fromkeys(named))
    return Planted(sounding, motif, changes, shift - at_home, tempo, lead, chords, beneath)


def _in_the_other_mode(phrase: Phrase, _dice: Dice) -> Phrase:
    """Thirds, sixths and sevenths a semitone lower or higher, as the other mode has them."""
    lowered = {4: -1, 9: -1, 11: -1} if phrase.mode == "major" else {3: 1, 8: 1, 10: 1}
    rows = [
        (a, d, p + lowered.get((p - phrase.tonic_pitch_class) % 12, 0)) for a, d, p in phrase.rows
    ]
    return phrase._replace(rows=rows, mode="minor" if phrase.mode == "major" else "major")


def _ornamented(phrase: Phrase, dice: Dice) -> Phrase:
    """A third of the longer notes broken into note, neighbour, note; or filled towards the next."""
    rows: Rows = []
    for k, (a, d, p) in enumerate(phrase.rows):
        following = phrase.rows[k + 1][2] if k + 1 < len(phrase.rows) else p
        if d < 1 or dice.random() > 0.5:
            rows.append((a, d, p))
        elif abs(following - p) in {3, 4}:
            rows += [(a, d / 2, p), (a + d / 2, d / 2, p + 2 * int(np.sign(following - p)))]
        else:
            rows += [(a, d / 2, p), (a + d / 2, d / 4, p + 2), (a + 3 * d / 4, d / 4, p)]
    return phrase._replace(rows=rows)


def _rewritten_rhythm(phrase: Phrase, dice: Dice) -> Phrase:
    """The same pitches, dotted: pairs of equal notes become long and short, or all even."""
    onsets = np.array([row[0] for row in phrase.rows] + [phrase.length_ql])
    gaps = np.diff(onsets)
    if dice.random() < 0.5:
        for k in range(0, len(gaps) - 1, 2):
            total = gaps[k] + gaps[k + 1]
            gaps[k], gaps[k + 1] = 0.75 * total, 0.25 * total
    else:
        gaps[:] = phrase.length_ql / len(gaps)
    starts = np.concatenate(([0.0], np.cumsum(gaps)[:-1]))
    rows = [
        (float(a), float(g), p) for a, g, (_, _, p) in zip(starts, gaps, phrase.rows, strict=True)
    ]
    return phrase._replace(rows=rows)


def _fragment(phrase: Phrase, dice: Dice) -> Phrase:
    """The first or last part of it, about three fifths, on its own."""
    count = max(5, round(0.6 * len(phrase.rows)))
    kept = phrase.rows[:count] if dice.random() < 0.7 else phrase.rows[-count:]
    start = np.floor(kept[0][0])
    rows = [(a - start, d, p) for a, d, p in kept]
    length = float(np.ceil(rows[-1][0] + rows[-1][1]))
    return phrase._replace(rows=rows, length_ql=length)


ALTERATIONS: dict[str, Callable[[Phrase, Dice], Phrase]] = {
    "mode": _in_the_other_mode,
    "ornament": _ornamented,
    "rhythm": _rewritten_rhythm,
    "fragment": _fragment,
}


def _chords(phrase: Phrase, dice: Dice, *, unusual: bool) -> tuple[int, ...]:
    """A triad every two quarters, 0..23 (root, then minor): the best fit, or a rarer one."""
    chosen = []
    for start in np.arange(0, phrase.length_ql, 2.0):
        weight = np.zeros(12)
        for a, d, p in phrase.rows:
            weight[p % 12] += max(0.0, min(a + d, start + 2) - max(a, start))
        fit = np.array(
            [weight[list((np.array(TRIADS[k // 12]) + k) % 12)].sum() for k in range(24)]
        )
        fit[phrase.tonic_pitch_class + (12 if phrase.mode == "minor" else 0)] += 0.3
        fit += dice.uniform(0, 0.2, 24)
        chosen.append(int(np.argsort(-fit)[int(dice.integers(1, 4)) if unusual else 0]))
    return tuple(chosen)


def _track(
    planted: list[Planted], dice: Dice, loudest: int
) -> tuple[mido.MidiFile, list[dict[str, Any]]]:
    """The MIDI of a track, and where each statement lies in it."""
    bpm = float(dice.uniform(63, 108))
    pad, arpeggio = int(dice.choice(PADS)), int(dice.choice(ARPEGGIOS))
    drums, at_ql = dice.random() < 0.3, 2.0
    events: list[tuple[float, int, tuple[int, ...]]] = [
        (0, 1, (1, pad)),
        (0, 1, (2, 43)),
        (0, 1, (3, arpeggio)),
    ]
    statements = []
    for one in planted:
        notes, lasts_ql = _sounding(one, at_ql)
        events.append((at_ql - 0.01, 1, (0, one.lead)))
        events += [(a, 0, (0, p, int(dice.integers(94, 110)), _ticks(d))) for a, d, p in notes]
        loud = int(dice.integers(58, loudest))
        events += _accompaniment(one, at_ql, lasts_ql, loud, drums=drums)
        statements += _statement(one, notes, bpm) if one.motif else []
        at_ql += float(np.ceil(lasts_ql / 2) * 2 + dice.choice((0, 2, 2, 4)))
    return _midi(events, bpm), statements


def _sounding(one: Planted, at_ql: float) -> tuple[Rows, float]:
    stretch = 1 / one.tempo_ratio
    rows = [(at_ql + a * stretch, d * stretch * 0.95, p) for a, d, p in one.phrase.rows]
    return rows, one.phrase.length_ql * stretch


def _accompaniment(
    one: Planted, at_ql: float, lasts_ql: float, loud: int, *, drums: bool
) -> list[tuple[float, int, tuple[int, ...]]]:
    """Pad, bass, arpeggio and drums under (or, for a melody beneath, over) the phrase."""
    events: list[tuple[float, int, tuple[int, ...]]] = []
    count = int(np.ceil(lasts_ql / 2))
    for k in range(count):
        chord = one.chords[min(k * len(one.chords) // count, len(one.chords) - 1)]
        tones = [(chord + step) % 12 for step in TRIADS[chord // 12]]
        start = at_ql + 2 * k
        events += [(start, 0, (1, 48 + t if t > 4 else 60 + t, loud, _ticks(2))) for t in tones]
        events += [(start + b, 0, (2, 36 + tones[0], loud + 8, _ticks(0.9))) for b in (0, 1)]
        base = 84 if one.beneath else 60
        events += [
            (start + b / 2, 0, (3, base + tones[(0, 1, 2, 1)[b]], loud, _ticks(0.5)))
            for b in range(4)
        ]
        if drums:
            events += [(start + b, 0, (9, 36 if b == 0 else 38, loud, 60)) for b in (0, 1)]
            events += [(start + b / 2, 0, (9, 42, loud - 20, 60)) for b in range(4)]
    return events


def _statement(one: Planted, notes: Rows, bpm: float) -> list[dict[str, Any]]:
    second = 60 / bpm
    return [
        {
            "motif": one.motif,
            "start_s": notes[0][0] * second,
            "end_s": (notes[-1][0] + notes[-1][1]) * second,
            "transposition_semitones": one.transposition_semitones,
            "tempo_ratio": one.tempo_ratio,
            "changes": list(one.changes),
            "notes": [[a * second, p] for a, _, p in notes],
        }
    ]


def _midi(events: list[tuple[float, int, tuple[int, ...]]], bpm: float) -> mido.MidiFile:
    timed: list[tuple[int, int, mido.Message]] = []
    for at_ql, is_program, row in events:
        tick = _ticks(max(at_ql, 0))
        if is_program:
            channel, program = row
            timed.append(
                (tick, 1, mido.Message("program_change", channel=channel, program=program))
            )
        else:
            channel, pitch, velocity, lasts = row
            on = mido.Message("note_on", channel=channel, note=pitch, velocity=velocity)
            timed += [(tick, 2, on), (tick + lasts, 0, on.copy(velocity=0))]
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(bpm))])
    before = 0
    for tick, _, message in sorted(timed, key=lambda row: row[:2]):
        track.append(message.copy(time=tick - before))
        before = tick
    midi = mido.MidiFile(ticks_per_beat=TICKS)
    midi.tracks.append(track)
    return midi


def _ticks(quarters: float) -> int:
    return round(quarters * TICKS)


def _render(stem: Path, font: str) -> None:
    command = ["fluidsynth", "-ni", "-q", "-g", "0.5", "-r", "22050", "-F"]
    wav, midi = stem.with_suffix(".wav"), stem.with_suffix(".mid")
    subprocess.run([*command, str(wav), str(FONT_FOLDER / font), str(midi)], check=True)


def main() -> None:
    """Plant one album."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=tuple(SEEDS), default="development")
    parser.add_argument("--album", type=int, default=0)
    parser.add_argument("--shelf", type=Path, default=Path("folk"))
    chosen = parser.parse_args()
    planted_album(chosen.part, chosen.album, chosen.folder, chosen.shelf)


if __name__ == "__main__":
    main()
