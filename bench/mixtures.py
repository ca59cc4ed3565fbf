"""Mixtures in which it is known who plays: what instruments are learnt from and judged by.

Passages of 12 s from scores in music21's corpus are re-orchestrated at random: a soloist, a
section, a band, an orchestra, or any instruments at all. Every voice is rendered alone
(FluidSynth, General MIDI), so that its level in the mixture is known, and then mixed: levels,
entries and rests, reverberation, tone, noise, and loudness vary. An instrument counts as present
in a second where its voice lies within 15 dB of the whole, as absent 25 dB below or more; between
the two nobody is asked.

The scores of `development` and `report` are different works. The sound font of the report,
TimGM6mb, plays in no other part. MuseScore_General is partly made of FluidR3's samples, which is
why neither is a test of the other; sf_GMbank (Debian's csound-soundfont, public domain) and the
patches of Debian's freepats (played by TiMidity++; without every instrument) share none with them.
"""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import mido
import numpy as np
import scipy
import soundfile
import soxr
from attrs import frozen
from music21 import corpus

from rendered import score_truth
from unsung.model.instruments import FAMILIES, FAMILY_OF, INSTRUMENTS
from unsung.model.notes import Notes

RATE_HZ = 22_050
PASSAGE_S = 12
SOUND_FONTS = {
    "FluidR3_GM": "/usr/share/sounds/sf2/FluidR3_GM.sf2",
    "MuseScore_General": "/usr/share/sounds/sf3/MuseScore_General_Full.sf3",
    "sf_GMbank": "/usr/share/sounds/sf2/sf_GMbank.sf2",
    "freepats": "/etc/timidity/freepats.cfg",
    "TimGM6mb": "/usr/share/sounds/sf2/TimGM6mb.sf2",
}
PRESENT_DB, ABSENT_DB, SILENT_DBFS = -15.0, -25.0, -60.0

PROGRAMS: dict[str, tuple[int, ...]] = {
    "violin": (40, 40, 40, 110),
    "viola": (41,),
    "cello": (42,),
    "double bass": (43,),
    "string section": (48, 48, 48, 49, 44),
    "pizzicato strings": (45,),
    "flute": (73, 73, 72),
    "recorder": (74, 78, 79),
    "pan flute": (75, 77, 76),
    "oboe": (68,),
    "English horn": (69,),
    "clarinet": (71,),
    "bassoon": (70,),
    "saxophone": (64, 65, 66, 67),
    "bagpipe": (109, 111),
    "trumpet": (56, 56, 59),
    "trombone": (57,),
    "tuba": (58,),
    "French horn": (60,),
    "brass section": (61,),
    "choir": (52, 52, 53),
    "piano": (0, 0, 1, 3),
    "electric piano": (4, 5),
    "harpsichord": (6, 6, 7),
    "pipe organ": (19,),
    "electric organ": (16, 17, 18),
    "accordion": (21, 23, 22, 20),
    "harp": (46,),
    "sitar": (104,),
    "banjo": (105,),
    "koto": (106, 107),
    "acoustic guitar": (24, 25),
    "electric guitar": (26, 27, 28),
    "distorted guitar": (29, 30),
    "bass guitar": (32, 33, 34, 35, 36, 37),
    "synth bass": (38, 39),
    "celesta and bells": (8, 9, 10),
    "vibraphone": (11,),
    "xylophone and marimba": (12, 13),
    "tubular bells": (14,),
    "timpani": (47,),
    "drum kit": (128, 128, 128, 153, 144, 176),  # 128 + the kit's own program
    "deep drums": (116, 117),
    "synth lead": (80, 81, 81, 84, 87),
    "synth pad": (88, 89, 90, 91, 93, 94, 95, 50, 51),
}
_MIDDLE = {  # the pitch around which each is written, in MIDI pitch; others near middle C + 4
    "violin": 74, "viola": 64, "cello": 52, "double bass": 40, "string section": 62,
    "flute": 79, "recorder": 79, "pan flute": 74, "oboe": 73, "English horn": 66, "clarinet": 67,
    "bassoon": 50, "saxophone": 62, "bagpipe": 70, "trumpet": 69, "trombone": 53, "tuba": 40,
    "French horn": 56, "brass section": 60, "choir": 63, "harp": 66, "bass guitar": 36,
    "synth bass": 36, "celesta and bells": 84, "vibraphone": 69, "xylophone and marimba": 74,
    "tubular bells": 67, "timpani": 43, "deep drums": 48, "synth lead": 72, "synth pad": 60,
}  # fmt: skip
_CHORDAL = {
    *("string section", "choir", "piano", "electric piano", "harpsichord", "pipe organ"),
    *("electric organ", "accordion", "harp", "acoustic guitar", "electric guitar", "brass section"),
    *("synth pad", "celesta and bells", "vibraphone", "distorted guitar", "koto", "sitar"),
}
_GROUPS = {
    "strings": ("violin", "violin", "viola", "cello", "double bass", "string section"),
    "woodwind": ("flute", "oboe", "clarinet", "bassoon", "English horn"),
    "brass": ("trumpet", "trombone", "French horn", "tuba"),
    "orchestra": (
        *("string section", "string section", "French horn", "flute", "trumpet", "timpani"),
        *("oboe", "clarinet", "cello", "violin", "harp", "choir", "trombone", "bassoon"),
        *("brass section", "pizzicato strings", "celesta and bells", "drum kit", "deep drums"),
    ),
    "band": (
        *("drum kit", "bass guitar", "electric guitar", "distorted guitar", "electric piano"),
        *("electric organ", "piano", "saxophone", "synth bass", "synth lead", "acoustic guitar"),
    ),
    "synths": ("synth pad", "synth lead", "synth bass", "drum kit", "electric piano", "choir"),
    "folk": (
        *("acoustic guitar", "recorder", "accordion", "bagpipe", "violin", "banjo", "harp"),
        *("pan flute", "koto", "sitar", "deep drums", "flute"),
    ),
}
_SCORES = {
    "development": (
        *("haydn/opus1no1/movement1", "haydn/opus1no1/movement3", "mozart/k80/movement2"),
        *("mozart/k155/movement1", "mozart/k155/movement2", "beethoven/opus18no1/movement1"),
        *("beethoven/opus18no1/movement2", "beethoven/opus74"),
    ),
    "report": (
        *("haydn/opus74no1/movement1", "haydn/opus74no1/movement2", "mozart/k156/movement1"),
        *("mozart/k458/movement3", "mozart/k458/movement4", "beethoven/opus59no1/movement1"),
        *("beethoven/opus59no1/movement3", "beethoven/opus59no3/movement4"),
    ),
}
_CHORALES = {"development": 2, "report": 3}  # even and odd catalogue numbers, as in `rendered`
_KICK, _SNARE, _HATS, _CYMBALS, _TOMS = 36, 38, (42, 42, 46, 51), (49, 57, 52), (41, 45, 48)


@frozen
class Voice:
    """One instrument's line in a passage: start and length in seconds, pitch, strength."""

    instrument: str
    program: int
    notes: tuple[tuple[float, float, int, int], ...]


@frozen
class Mixture:
    """Sound, and for every instrument and second: 1 present, 0 absent, -1 not asked."""

    samples: np.ndarray
    present: np.ndarray
    level_db: np.ndarray


def mixtures(part: str, font: str, count: int, kept: Path, seed: int) -> Iterator[Mixture]:
    """`count` mixtures of one sound font; voices are rendered once and kept in `kept`."""
    chosen = passages(part, kept, count, seed)
    for first in range(0, count, 60):
        batch = chosen[first : first + 60]
        dice = np.random.default_rng([seed, first, *font.encode()])
        voices = [orchestrated(notes, dice) for notes in batch]
        sounds = stems(
            [v for one in voices for v in one], font, kept / f"{part}-{font}-{seed}-{first}"
        )
        at = 0
        for one in voices:
            stems_of_one = sounds[at : at + len(one)]
            if part == "development":
                stems_of_one = [varied(sound, dice) for sound in stems_of_one]
            yield mixed(one, stems_of_one, dice)
            at += len(one)


def family_truth(present: np.ndarray) -> np.ndarray:
    """The same for families: present with any of their instruments."""
    rows = [[k for k, one in enumerate(INSTRUMENTS) if FAMILY_OF[one] == name] for name in FAMILIES]
    masked = np.stack(
        [
            np.where(
                (present[row] == 1).any(axis=0),
                1,
                -(present[row] == -1).any(axis=0).astype(np.int8),
            )
            for row in rows
        ]
    )
    return masked.astype(np.int8)


def emptiness(kept: Path, count: int) -> Iterator[Mixture]:
    """Silence, noises of many colours, and speech (espeak-ng), in which nobody plays."""
    dice = np.random.default_rng(1)
    nobody = np.zeros((len(INSTRUMENTS), PASSAGE_S), np.int8)
    for k in range(count):
        sound = _spoken(kept, k, dice) if k % 3 == 0 else _noise(dice)
        level = 10 ** (dice.uniform(-60, -3) / 20) * (k % 7 != 1)
        yield Mixture(np.asarray(sound * level, np.float32), nobody, nobody - 120.0)


def _noise(dice: np.random.Generator) -> np.ndarray:
    white = dice.standard_normal(PASSAGE_S * RATE_HZ)
    low, high = np.sort(dice.uniform(30, 8000, 2))
    band = scipy.signal.butter(2, [low, max(high, low * 1.3)], "bandpass", fs=RATE_HZ, output="sos")
    coloured = scipy.signal.sosfilt(band, white) if dice.random() < 0.8 else white
    breath = 1 + dice.uniform(0, 1) * np.sin(np.arange(white.size) / RATE_HZ * dice.uniform(0.5, 9))
    return np.asarray(coloured * breath / np.abs(coloured * breath).max())


def _spoken(kept: Path, number: int, dice: np.random.Generator) -> np.ndarray:
    words = "the queen never knew who had opened the gate that night or why the river stood still"
    said = " ".join(dice.permutation(words.split()))
    wav = kept / f"spoken-{number}.wav"
    voice = str(dice.choice(("en", "de", "fr", "es", "it", "en+f3", "en+m3", "de+f2")))
    command = ["espeak-ng", "-v", voice, "-s", str(int(dice.integers(110, 190))), "-w", str(wav)]
    subprocess.run([*command, f"{said} {said} {said}"], check=True, capture_output=True)
    samples, rate = soundfile.read(wav)
    sound = scipy.signal.resample_poly(samples, RATE_HZ, rate)[: PASSAGE_S * RATE_HZ]
    return np.pad(sound, (0, PASSAGE_S * RATE_HZ - sound.size))


@cache
def passages(part: str, kept: Path, count: int, seed: int) -> list[Notes]:
    """Passages of 12 s, each from a score of the part, at a random speed and pitch."""
    scores, dice = score_names(part), np.random.default_rng([seed, len(part)])
    chosen: list[Notes] = []
    while len(chosen) < count:
        passage = _passage(_score(scores[dice.integers(len(scores))], kept), dice)
        if len(passage) >= 8:
            chosen.append(passage)
    return chosen


@cache
def _score(name: str, kept: Path) -> Notes:
    return score_truth(name, kept / "scores")[0]


def score_names(part: str) -> list[str]:
    """Quartets by name, and chorales by catalogue number; no work is in both parts."""
    numbered = []
    for path in corpus.getComposer("bach"):
        number = path.stem.removeprefix("bwv").split(".")[0].split("-")[0]
        if number.isdigit() and int(number) % 2 == _CHORALES[part] % 2:
            numbered.append((int(number), f"bach/{path.stem}"))
    chorales = [name for _, name in sorted(numbered)][:: max(1, len(numbered) // 24)]
    return [*_SCORES[part] * 3, *chorales]


def _passage(notes: Notes, dice: np.random.Generator) -> Notes:
    second_ql = dice.uniform(1.0, 2.8)
    ends = notes.end_s.max()
    start = dice.uniform(0, max(ends - PASSAGE_S * second_ql, 0.1))
    inside = (notes.onset_s >= start) & (notes.onset_s < start + (PASSAGE_S - 0.5) * second_ql)
    kept, up = notes.where(inside), int(dice.integers(-5, 7))
    onset_s = (kept.onset_s - start) / second_ql
    lasts_s = np.minimum(kept.duration_s / second_ql, PASSAGE_S - onset_s)
    pitch = np.clip(kept.midi_pitch + up, 0, 127)
    return Notes.sorted(onset_s, lasts_s, pitch, part=kept.part, part_names=kept.part_names)


def orchestrated(notes: Notes, dice: np.random.Generator) -> list[Voice]:
    """One to six instruments for the lines of a passage."""
    parts = sorted(set(notes.part.tolist()))
    players = _players(dice)
    voices = []
    for at, instrument in enumerate(players):
        program = int(dice.choice(PROGRAMS[instrument]))
        if instrument in {"drum kit", "deep drums"}:
            line = _drummed(instrument, dice)
        elif instrument == "timpani":
            line = _line(_thinned(notes.where(notes.part == parts[-1]), dice), instrument, dice)
        elif instrument in _CHORDAL and (len(players) == 1 or dice.random() < 0.45):
            line = _line(notes, instrument, dice)
        else:
            line = _line(notes.where(notes.part == parts[at % len(parts)]), instrument, dice)
        voices.append(Voice(instrument, program, _rested(line, len(players), dice)))
    return voices


def _players(dice: np.random.Generator) -> list[str]:
    kind = dice.random()
    if kind < 0.28:
        return [str(dice.choice(INSTRUMENTS))]
    count = int(dice.choice((2, 3, 4, 5, 6), p=(0.28, 0.27, 0.22, 0.14, 0.09)))
    if kind < 0.5:
        return [str(one) for one in dice.choice(INSTRUMENTS, count, replace=False)]
    group = _GROUPS[str(dice.choice(list(_GROUPS), p=(0.14, 0.12, 0.1, 0.34, 0.12, 0.08, 0.1)))]
    chosen = [str(one) for one in dice.choice(group, min(count, len(group)), replace=False)]
    if dice.random() < 0.2:
        chosen.append(str(dice.choice(INSTRUMENTS)))
    return list(dict.fromkeys(chosen))


def _line(
    notes: Notes, instrument: str, dice: np.random.Generator
) -> tuple[tuple[float, float, int, int], ...]:
    if not len(notes):
        return ()
    middle = _MIDDLE.get(instrument, 64) + dice.normal(0, 4)
    up = 12 * round((middle - float(np.median(notes.midi_pitch))) / 12)
    strength, breath = dice.integers(50, 115), dice.uniform(3, 14)
    short = 0.35 if dice.random() < 0.15 else 1.0
    rows = []
    for on, lasts, pitch in zip(notes.onset_s, notes.duration_s, notes.midi_pitch, strict=True):
        velocity = int(np.clip(strength + dice.normal(0, breath), 25, 127))
        rows.append((float(on), float(lasts * short), int(np.clip(pitch + up, 24, 103)), velocity))
    return tuple(rows)


def _thinned(notes: Notes, dice: np.random.Generator) -> Notes:
    return notes.where(dice.random(len(notes)) < dice.uniform(0.3, 1.0))


def _drummed(
    instrument: str, dice: np.random.Generator
) -> tuple[tuple[float, float, int, int], ...]:
    beat = dice.uniform(0.3, 0.7)
    loud, rows = int(dice.integers(60, 120)), []
    kind = dice.random()
    for k, at in enumerate(np.arange(0, PASSAGE_S - 0.3, beat / 2)):
        accent = int(np.clip(loud + dice.normal(0, 10), 30, 127))
        if instrument == "deep drums":
            if dice.random() < 0.55:
                rows.append((at, 0.4, int(dice.choice((36, 41, 48, 52))), accent))
        elif kind < 0.55:
            rows.append((at, 0.1, int(dice.choice(_HATS)), accent))
            if k % 4 == 0 or dice.random() < 0.1:
                rows.append((at, 0.2, _KICK, accent))
            if k % 4 == 2:
                rows.append((at, 0.2, _SNARE, accent))
        elif kind < 0.75:
            if k % 8 == 0:
                rows.append((at, 1.5, int(dice.choice(_CYMBALS)), accent))
                rows.append((at, 0.5, _KICK - 1, accent))
        elif dice.random() < 0.6:
            rows.append((at, 0.2, int(dice.choice((_SNARE, _KICK, *_TOMS))), accent))
    return tuple(rows)


def _rested(
    line: tuple[tuple[float, float, int, int], ...], players: int, dice: np.random.Generator
) -> tuple[tuple[float, float, int, int], ...]:
    """The line with a stretch of rest in half of the mixtures."""
    if players == 1 or dice.random() < 0.5:
        return line
    rest = dice.uniform(0, PASSAGE_S - 3)
    until = rest + dice.uniform(3, 8)
    return tuple(row for row in line if not rest <= row[0] < until)


def stems(voices: list[Voice], font: str, kept: Path) -> list[np.ndarray]:
    """Every voice alone as played by the font, two seconds of fading included."""
    wav, midi = kept.with_suffix(".wav"), kept.with_suffix(".mid")
    flac = kept.with_suffix(".flac")
    if not flac.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        _in_a_row(voices).save(midi)
        command = _renderer(SOUND_FONTS[font], str(wav))
        subprocess.run([*command, str(midi)], check=True, capture_output=True)
        samples, _ = soundfile.read(wav, dtype="float32")
        soundfile.write(flac, samples.mean(axis=1), RATE_HZ)
        wav.unlink()
    samples, _ = soundfile.read(flac, dtype="float32")
    length = PASSAGE_S * RATE_HZ
    apart = (PASSAGE_S + 3) * RATE_HZ
    samples = np.pad(samples, (0, max(0, apart * len(voices) - len(samples))))
    return [samples[k * apart : k * apart + length] for k in range(len(voices))]


def _renderer(font: str, wav: str) -> list[str]:
    """FluidSynth for sound fonts, TiMidity++ for patches; dry."""
    if font.endswith(".cfg"):
        dry = ["-EFreverb=0", "-EFchorus=0", "-c", font]
        return ["timidity", *dry, "-Ow1sS", "-s", str(RATE_HZ), "-o", wav]
    dry = ["-o", "synth.reverb.active=0", "-o", "synth.chorus.active=0", "-g", "0.5"]
    return ["fluidsynth", "-niq", *dry, "-r", str(RATE_HZ), "-F", wav, font]


def _in_a_row(voices: list[Voice]) -> mido.MidiFile:
    """One millisecond a tick; voices one after another, drums on their own channel."""
    timed: list[tuple[int, int, mido.Message]] = []
    for k, voice in enumerate(voices):
        start_ms = k * (PASSAGE_S + 3) * 1000
        channel = 9 if voice.program >= 128 else 0
        program = mido.Message("program_change", channel=channel, program=voice.program % 128)
        timed.append((start_ms, 1, program))
        for on_s, lasts_s, pitch, velocity in voice.notes:
            strike = mido.Message("note_on", channel=channel, note=pitch, velocity=velocity)
            at = start_ms + round(on_s * 1000)
            timed.append((at, 2, strike))
            timed.append((at + max(30, round(lasts_s * 1000) - 5), 0, strike.copy(velocity=0)))
    end = len(voices) * (PASSAGE_S + 3) * 1000
    timed.append((end, 3, mido.Message("note_off", note=0)))
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=1_000_000)])
    now = 0
    for at, _, message in sorted(timed, key=lambda row: row[:2]):
        track.append(message.copy(time=at - now))
        now = at
    return mido.MidiFile(ticks_per_beat=1000, tracks=[track])


def mixed(voices: list[Voice], sounds: list[np.ndarray], dice: np.random.Generator) -> Mixture:
    """The voices at random levels, through a room, with their truth."""
    levelled = [_levelled(sound, dice) for sound in sounds]
    dry = np.sum(levelled, axis=0)
    present, level_db = _truth(voices, levelled, dry)
    room = _room(dice)
    whole = scipy.signal.oaconvolve(dry, room)[: dry.size] if room.size > 1 else dry
    return Mixture(_recorded(whole, dice), present, level_db)


def varied(sound: np.ndarray, dice: np.random.Generator) -> np.ndarray:
    """The same line as another font might have sampled it: other tone, other speed of tape.

    Fonts are few and instruments many; what is learnt must not hang on the tone of a sample.
    """
    ratio = 2 ** (dice.uniform(-2.5, 2.5) / 12)
    turned = soxr.resample(sound, RATE_HZ, RATE_HZ * ratio, quality="QQ")
    turned = np.pad(turned, (0, max(0, sound.size - turned.size)))[: sound.size]
    spectrum = scipy.fft.rfft(turned)
    octaves = np.log2(np.linspace(20, RATE_HZ / 2, spectrum.size))
    corners = np.arange(np.log2(20), 14.5)
    gain_db = np.interp(octaves, corners, dice.normal(0, 3.5, corners.size))
    return np.asarray(scipy.fft.irfft(spectrum * 10 ** (gain_db / 20), sound.size), np.float32)


def _levelled(sound: np.ndarray, dice: np.random.Generator) -> np.ndarray:
    peak = np.sqrt(np.mean(np.square(sound)) + 1e-12)
    if peak < 1e-4:
        return np.zeros_like(sound)
    levelled: np.ndarray = sound / peak * 10 ** (dice.normal(0, 5) / 20)
    return levelled


def _room(dice: np.random.Generator) -> np.ndarray:
    """An impulse response: direct sound and decaying noise, in a third of the mixtures none."""
    if dice.random() < 0.33:
        return np.ones(1)
    lasts_s, share = dice.uniform(0.3, 2.5), dice.uniform(0.05, 0.6)
    t = np.arange(round(lasts_s * RATE_HZ)) / RATE_HZ
    tail = dice.standard_normal(t.size) * np.exp(-6.9 * t / lasts_s)
    tail = scipy.signal.lfilter([0.4], [1, -0.6], tail)
    room = tail / np.sqrt(np.square(tail).sum()) * share
    room[0] += 1
    return np.asarray(room)


def _truth(
    voices: list[Voice], wet: list[np.ndarray], whole: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    level = np.full((len(INSTRUMENTS), PASSAGE_S), -120.0)
    total_db = _second_db(whole)
    for voice, sound in zip(voices, wet, strict=True):
        row = INSTRUMENTS.index(voice.instrument)
        level[row] = np.maximum(level[row], _second_db(sound) - total_db)
    level[:, total_db < SILENT_DBFS] = -120.0
    present = np.where(level >= PRESENT_DB, 1, np.where(level <= ABSENT_DB, 0, -1))
    return present.astype(np.int8), level.astype(np.float32)


def _second_db(sound: np.ndarray) -> np.ndarray:
    power = np.square(sound).reshape(PASSAGE_S, RATE_HZ).mean(axis=1)
    decibels: np.ndarray = 10 * np.log10(power + 1e-12)
    return decibels


def _recorded(whole: np.ndarray, dice: np.random.Generator) -> np.ndarray:
    """Tone, hiss and loudness as recordings differ in them."""
    tilt = dice.uniform(-0.35, 0.35)
    toned = scipy.signal.lfilter([1, -max(tilt, 0)], [1, min(tilt, 0)], whole)
    if dice.random() < 0.25:
        cut = dice.uniform(3000, 9000)
        toned = scipy.signal.sosfilt(scipy.signal.butter(4, cut, fs=RATE_HZ, output="sos"), toned)
    hiss = dice.standard_normal(whole.size) * 10 ** (dice.uniform(-75, -42) / 20)
    loud = toned / (np.abs(toned).max() + 1e-9)
    level = 10 ** (dice.uniform(-26, -1) / 20)
    return np.asarray((loud + (hiss if dice.random() < 0.5 else 0)) * level, np.float32)
