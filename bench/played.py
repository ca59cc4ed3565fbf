"""Music with and without a pulse, played as people play it: what the beat benchmark is judged by.

Works of many kinds from the corpus that ships with music21 are played with General MIDI
instruments, not to a metronome: the tempo wanders by some percent and notes come some
milliseconds early or late, from seeded dice. The truth is where the written beats fall in that
playing. Works are dealt to a `development` and a `report` part; no work is in both.

Pulseless are the same kind of works played so freely that no beat follows from the last
(`freely`), and what has no beats at all: drones, pads, clouds of single notes, wind.
"""

import json
import subprocess
from pathlib import Path

import mido
import numpy as np
import scipy
import soundfile
import soxr
from attrs import frozen
from music21 import corpus

from rendered import SOUND_FONTS
from unsung.model.sound import Audio

EXCERPT_S = 45.0
RATE_HZ = 22_050
_JITTER_S = 0.008
_WANDERING = 0.01
_FREEDOM = 0.5
_DRUMS = 9
_LEAST_BEATS = 64

STRINGS, QUARTET, WINDS, BRASS = (48, 48, 48, 43), (40, 40, 41, 42), (73, 68, 71, 70), (56, 60, 57)
PIANO, ORCHESTRA, CHOIR, GUITAR = (0,), (73, 48, 60, 43), (52,), (24,)
FIDDLE, FLUTE, ACCORDION, SONG = (40,), (73,), (21,), (71, 0, 0)


@frozen
class Piece:
    """A work, how many written beats a minute, who plays, and whether drums join in."""

    kind: str
    score: str
    beats_bpm: float
    programs: tuple[int, ...]
    number: int | None = None
    drums: bool = False
    freely: bool = False

    @property
    def name(self) -> str:
        """A file name that tells playings apart."""
        manner = "free" if self.freely else "drums" if self.drums else "plain"
        return f"played-{self.score.replace('/', '_')}-{self.number or 0}-{manner}"


def _quartet(score: str, bpm: float, programs: tuple[int, ...] = QUARTET) -> Piece:
    return Piece("quartet", score, bpm, programs)


def _dance(name: str, bpm: float, programs: tuple[int, ...], *, drums: bool = False) -> Piece:
    return Piece("dance", f"ryansMammoth/{name}", bpm, programs, drums=drums)


PIECES = {
    "development": (
        _quartet("haydn/opus1no1/movement1", 112),
        _quartet("haydn/opus1no1/movement3", 56, STRINGS),
        _quartet("mozart/k80/movement2", 132),
        _quartet("mozart/k155/movement2", 60, WINDS),
        _quartet("beethoven/opus18no1/movement1", 144),
        _quartet("beethoven/opus74", 72, ORCHESTRA),
        *(
            Piece("chorale", f"bach/bwv{one}", bpm, who)
            for one, bpm, who in (
                ("2.6", 76, CHOIR), ("16.6", 88, STRINGS), ("36.4-2", 84, BRASS),
                ("126.6", 80, ORCHESTRA), ("248.42-4", 92, WINDS),
            )
        ),
        Piece("rag", "joplin/maple_leaf_rag", 84, PIANO),
        Piece("piano", "chopin/mazurka06-2", 132, PIANO),
        Piece("piano", "schumann_clara/polonaise_op1n1", 96, PIANO),
        Piece("song", "schubert/Lindenbaum", 72, SONG),
        Piece("song", "handel/rinaldo/Lascia_chio_pianga", 66, ORCHESTRA),
        Piece("song", "liliuokalani/aloha_oe", 84, SONG),
        Piece("madrigal", "monteverdi/madrigal.3.2", 88, CHOIR),
        Piece("madrigal", "palestrina/Agnus_00", 66, CHOIR),
        _dance("AcaciaReel", 104, FIDDLE),
        _dance("AdmiralsHornpipe", 84, FLUTE, drums=True),
        _dance("AlbemarleHornpipe", 80, ACCORDION),
        _dance("7thRegimentReel", 108, FIDDLE, drums=True),
        _dance("42dHighlandRegimentStrathspey", 76, FLUTE),
        Piece("folk", "essenFolksong/altdeu10", 96, GUITAR, 20),
        Piece("folk", "essenFolksong/boehme10", 108, FLUTE, 5),
        Piece("folk", "essenFolksong/erk10", 120, ACCORDION, 12),
        Piece("orchestra", "beethoven/opus18no1/movement4", 96, ORCHESTRA, drums=True),
    ),
    "report": (
        _quartet("haydn/opus74no1/movement1", 126),
        _quartet("haydn/opus74no1/movement3", 120, STRINGS),
        _quartet("mozart/k458/movement4", 138),
        _quartet("mozart/k458/movement3", 50, WINDS),
        _quartet("beethoven/opus59no1/movement1", 132),
        _quartet("schumann_robert/opus41no1/movement3", 80, ORCHESTRA),
        *(
            Piece("chorale", f"bach/bwv{one}", bpm, who)
            for one, bpm, who in (
                ("1.6", 84, CHOIR), ("13.6", 76, STRINGS), ("83.5", 88, BRASS),
                ("139.6", 80, ORCHESTRA), ("245.17", 90, WINDS),
            )
        ),
        Piece("rag", "leadSheet/berlinAlexandersRagtime", 92, PIANO),
        Piece("piano", "mozart/k545/movement1_exposition", 126, PIANO),
        Piece("piano", "schumann_clara/polonaise_op1n4", 100, PIANO),
        Piece("song", "schumann_robert/opus48no2", 60, SONG),
        Piece("song", "verdi/laDonnaEMobile", 138, ORCHESTRA),
        Piece("song", "johnson_j_r/lift_every_voice", 72, SONG),
        Piece("madrigal", "monteverdi/madrigal.3.7", 84, CHOIR),
        Piece("madrigal", "palestrina/Agnus_04", 70, CHOIR),
        _dance("AlhambraReel", 106, FIDDLE),
        _dance("AmateurHornpipe", 82, FLUTE, drums=True),
        _dance("AlmacksHornpipe", 84, ACCORDION),
        _dance("AllTheRageReel", 110, FIDDLE, drums=True),
        _dance("AlistairMaclalastairStrathspey", 72, FLUTE),
        Piece("folk", "essenFolksong/ballad10", 92, GUITAR, 4),
        Piece("folk", "essenFolksong/fink0", 112, FLUTE, 7),
        Piece("folk", "essenFolksong/kinder0", 124, ACCORDION, 7),
        Piece("orchestra", "beethoven/opus59no1/movement4", 112, ORCHESTRA, drums=True),
    ),
}  # fmt: skip
FREE = {
    "development": ("AcaciaReel", "2.6", "k155/movement2", "polonaise_op1n1", "erk10", "Agnus_00"),
    "report": ("AlhambraReel", "13.6", "k458/movement3", "polonaise_op1n4", "fink0", "Agnus_04"),
}
TEXTURES = ("drone", "drone", "pad", "pad", "cloud", "cloud", "wind", "glass")


def pieces(part: str) -> list[Piece]:
    """The works of `part`, played with a pulse."""
    return list(PIECES[part])


def free_pieces(part: str) -> list[Piece]:
    """Works of `part` played without one."""
    chosen = [one for one in PIECES[part] if one.score.endswith(FREE[part])]
    return [
        Piece(one.kind, one.score, one.beats_bpm, one.programs, one.number, freely=True)
        for one in chosen
    ]


@frozen
class Written:
    """Notes (onset, duration in quarters, pitch, part), and where beats and bars fall."""

    notes: np.ndarray
    beats_ql: np.ndarray
    downbeats_ql: np.ndarray
    beats_a_bar: int


def written(piece: Piece, renders: Path) -> Written:
    """The score as the page has it, a short one sung in verses; parsed once."""
    kept = renders / f"beats-{piece.score.replace('/', '_')}-{piece.number or 0}.json"
    if not kept.exists():
        renders.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_parsed(piece)))
    parsed = json.loads(kept.read_text())
    return Written(
        np.array(parsed["notes"], float).reshape(-1, 4),
        np.array(parsed["beats"]),
        np.array(parsed["downbeats"]),
        parsed["beats_a_bar"],
    )


def _parsed(piece: Piece) -> dict[str, object]:
    page = corpus.parse(piece.score, number=piece.number)
    if not hasattr(page, "parts"):
        page = page.scores[0]
    parts = list(page.parts) or [page]
    rows = []
    for index, part in enumerate(parts):
        for event in part.stripTies().flatten().notes:
            if event.duration.quarterLength > 0:
                start, lasts = float(event.offset), float(event.duration.quarterLength)
                rows += [(start, lasts, float(p.midi), index) for p in event.pitches]
    beats, downbeats, sizes, end_ql = [], [], [], 0.0
    for measure in parts[0].getElementsByClass("Measure"):
        metre = measure.timeSignature or measure.getContextByClass("TimeSignature")
        end_ql = float(measure.offset + measure.duration.quarterLength)
        beat, bar = float(metre.beatDuration.quarterLength), float(metre.barDuration.quarterLength)
        lasts, start = float(measure.duration.quarterLength), float(measure.offset)
        count = round(min(lasts, bar) / beat)
        beats += [start + min(lasts, bar) - beat * k for k in range(count, 0, -1)]
        if lasts >= bar - 1e-6:
            downbeats.append(start)
            sizes.append(round(bar / beat))
    verses = [end_ql * k for k in range(1 + _LEAST_BEATS // len(beats))]
    return {
        "notes": [(start + verse, *rest) for verse in verses for start, *rest in rows],
        "beats": [beat + verse for verse in verses for beat in beats],
        "downbeats": [downbeat + verse for verse in verses for downbeat in downbeats],
        "beats_a_bar": int(np.bincount(sizes).argmax()),
    }


@frozen
class Playing:
    """The sound, and where its written beats and downbeats fall in it."""

    audio: Audio
    beats_s: np.ndarray
    downbeats_s: np.ndarray
    beats_a_bar: int


def playing(piece: Piece, renders: Path) -> Playing:
    """The piece as played; rendered once and then read from `renders`."""
    page, dice = written(piece, renders), np.random.default_rng(_seed(piece.name))
    grid_ql, grid_s = _clock(page, piece, dice)
    path = renders / f"{piece.name}.flac"
    if not path.exists():
        events = _notes(page, grid_ql, grid_s, dice)
        drums = _drums(page, grid_ql, grid_s) if piece.drums else np.zeros((0, 4))
        font = SOUND_FONTS[_seed(piece.name) % 2]
        _render(events, drums, piece.programs, font, path)
    samples, rate = soundfile.read(path, dtype="float32")
    beats_s, downbeats_s = (
        np.interp(ql, grid_ql, grid_s)[: np.searchsorted(np.interp(ql, grid_ql, grid_s), EXCERPT_S)]
        for ql in (page.beats_ql, page.downbeats_ql)
    )
    return Playing(Audio(samples[None], rate), beats_s, downbeats_s, page.beats_a_bar)


def _seed(name: str) -> int:
    return int(np.frombuffer(name.encode().ljust(64)[-16:], np.uint32).sum() % 10_000)


def _clock(page: Written, piece: Piece, dice: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Quarters and the seconds they fall at: two steps a beat, each at its own tempo."""
    beat_ql = float(np.median(np.diff(page.beats_ql)))
    end_ql = float(max((page.notes[:, 0] + page.notes[:, 1]).max(), page.beats_ql[-1] + beat_ql))
    grid_ql = np.arange(0, end_ql + beat_ql, beat_ql / 2)
    if piece.freely:
        slower = _FREEDOM * dice.standard_normal(len(grid_ql) - 1)
    else:
        steps = _WANDERING * dice.standard_normal(len(grid_ql) - 1)
        slower = scipy.signal.lfilter([1], [1, -0.95], steps)
    steps_s = 30 / piece.beats_bpm * np.exp(slower)
    return grid_ql, 0.5 + np.concatenate([[0], np.cumsum(steps_s)])


def _notes(
    page: Written, grid_ql: np.ndarray, grid_s: np.ndarray, dice: np.random.Generator
) -> np.ndarray:
    """Rows of onset and end in seconds, pitch, part."""
    start_ql, lasts_ql, pitch, part = page.notes.T
    onset_s = np.interp(start_ql, grid_ql, grid_s)
    end_s = np.interp(start_ql + lasts_ql, grid_ql, grid_s)
    onset_s = np.maximum(onset_s + _JITTER_S * dice.standard_normal(len(onset_s)), 0)
    rows = np.stack([onset_s, np.maximum(end_s, onset_s + 0.05), pitch, part], axis=1)
    inside: np.ndarray = rows[onset_s < EXCERPT_S]
    return inside


def _drums(page: Written, grid_ql: np.ndarray, grid_s: np.ndarray) -> np.ndarray:
    """A bass drum on the downbeat, a side drum on the other beats, a cymbal between."""
    beats, between = page.beats_ql, (page.beats_ql[:-1] + page.beats_ql[1:]) / 2
    pitch = np.where(np.isin(beats, page.downbeats_ql), 36, 38)
    strokes = [*zip(beats, pitch, strict=True), *((one, 42) for one in between)]
    rows = [(np.interp(at, grid_ql, grid_s), 0, what, 0) for at, what in strokes]
    kept = np.array([(at, at + 0.1, what, 0) for at, _, what, _ in rows if at < EXCERPT_S])
    return kept.reshape(-1, 4)


def _render(
    events: np.ndarray, drums: np.ndarray, programs: tuple[int, ...], font: str, path: Path
) -> None:
    midi, wav = path.with_suffix(".mid"), path.with_suffix(".wav")
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=1_000_000)])
    channels = [k if k < _DRUMS else k + 1 for k in range(15)]
    parts = int(events[:, 3].max(initial=0)) + 1
    for part in range(min(parts, 15)):
        program = programs[part * len(programs) // parts]
        track.append(mido.Message("program_change", channel=channels[part], program=program))
    strengths = np.random.default_rng(0).integers(64, 96, len(events) + len(drums))
    channel_of = [channels[int(part) % 15] for part in events[:, 3]] + [_DRUMS] * len(drums)
    messages = []
    rows = zip(np.concatenate([events, drums]), strengths, channel_of, strict=True)
    for (start_s, end_s, pitch, _), strength, channel in rows:
        note = {"channel": channel, "note": int(pitch)}
        messages.append((round(start_s * 1000), 1, {**note, "velocity": int(strength)}))
        messages.append((round(end_s * 1000) - 5, 0, {**note, "velocity": 0}))
    now_ms = 0
    for at_ms, _, message in sorted(messages, key=lambda one: one[:2]):
        track.append(mido.Message("note_on", time=at_ms - now_ms, **message))
        now_ms = at_ms
    mido.MidiFile(ticks_per_beat=1000, tracks=[track]).save(midi)
    sound_font = f"/usr/share/sounds/sf2/{font}.sf2"
    command = ["fluidsynth", "-ni", "-q", "-g", "0.6", "-r", "44100", "-F", str(wav), sound_font]
    subprocess.run([*command, str(midi)], check=True, capture_output=True)
    stereo, rate = soundfile.read(wav, dtype="float32")
    wav.unlink()
    mono = soxr.resample(stereo.mean(axis=1), rate, RATE_HZ)
    soundfile.write(path, mono / max(1.0, np.abs(mono).max()), RATE_HZ)


def textures(part: str, renders: Path) -> list[tuple[str, Audio]]:
    """Sound without beats, and its kind; other dice and other samples for each part."""
    return [(kind, _texture(kind, k, part, renders)) for k, kind in enumerate(TEXTURES)]


def _texture(kind: str, index: int, part: str, renders: Path) -> Audio:
    path = renders / f"texture-{part}-{index}.flac"
    if not path.exists():
        dice = np.random.default_rng([index, part == "report"])
        if kind in ("drone", "wind"):
            sound = (_drone if kind == "drone" else _wind)(dice)
            soundfile.write(path, 0.5 * sound / np.abs(sound).max(), RATE_HZ)
        else:
            programs = {"pad": (89 + index % 4,), "cloud": (0, 46), "glass": (92, 11)}[kind]
            events = _pad(dice) if kind == "pad" else _cloud(dice, 1.5 if kind == "cloud" else 0.6)
            _render(events, np.zeros((0, 4)), programs, SOUND_FONTS[part == "report"], path)
    samples, rate = soundfile.read(path, dtype="float32")
    return Audio(samples[None], rate)


def _times() -> np.ndarray:
    times: np.ndarray = np.arange(int(EXCERPT_S * RATE_HZ)) / RATE_HZ
    return times


def _drone(dice: np.random.Generator) -> np.ndarray:
    """A fifth of detuned saw-like tones, each swelling at its own slow, drifting pace."""
    times, sound = _times(), np.zeros(len(_times()))
    root = dice.uniform(50, 90)
    for ratio in (1, 1.5, 2, 3):
        swelling = np.interp(times, np.linspace(0, EXCERPT_S, 9), dice.uniform(0.2, 1, 9))
        for harmonic in range(1, 9):
            hz = root * ratio * harmonic * (1 + dice.normal(0, 0.0015))
            phase = dice.uniform(0, 2 * np.pi)
            sound += swelling * np.sin(2 * np.pi * hz * times + phase) / harmonic**1.5
    return sound


def _wind(dice: np.random.Generator) -> np.ndarray:
    """Noise through a resonance that wanders."""
    noise = dice.standard_normal(len(_times()))
    loud = np.interp(_times(), np.linspace(0, EXCERPT_S, 14), dice.uniform(0.1, 1, 14))
    sos = scipy.signal.butter(2, [200, 900], "bandpass", fs=RATE_HZ, output="sos")
    wind: np.ndarray = scipy.signal.sosfilt(sos, noise) * loud
    return wind


def _pad(dice: np.random.Generator) -> np.ndarray:
    """Chords of three to nine seconds, overlapping, never evenly spaced."""
    starts = np.cumsum(dice.uniform(2.5, 8, 12))
    rows = [
        (start + dice.uniform(0, 0.8), start + dice.uniform(5, 10), root + step, 0)
        for start in starts[starts < EXCERPT_S - 2]
        for root in [dice.integers(45, 58)]
        for step in (0, 7, 12 + dice.integers(3, 5), 19)
    ]
    return np.array(rows)


def _cloud(dice: np.random.Generator, notes_per_s: float) -> np.ndarray:
    """Single notes as rain falls: each gap is independent of the last."""
    starts = np.cumsum(dice.exponential(1 / notes_per_s, int(3 * EXCERPT_S * notes_per_s)))
    starts = starts[starts < EXCERPT_S - 2]
    pitches = dice.choice([48, 55, 60, 62, 64, 67, 69, 72, 74, 79, 81], len(starts))
    parts = dice.integers(0, 2, len(starts))
    lasting = dice.uniform(0.5, 3, len(starts))
    return np.stack([starts, starts + lasting, pitches, parts], axis=1)
