"""Whether a theme is recognised under its accompaniment, and how fast we hear.

    python bench/theme_chroma.py [--part {development,report}] [--renders DIR] [--json]

Folk melodies from the corpus that ships with music21 are the themes. Each is played once by a
General MIDI instrument (FluidSynth), in another key and at another tempo, over a pad, a bass, an
arpeggio and drums made from its own chords, so that harmony does not give it away. Every written
theme is then looked for in every rendering: subsequence DTW (Müller 2021, §7.2.3; steps 1-1, 1-2,
2-1) in twelve keys and three tempi. `top 1` is how often the right theme fits a rendering best,
`MRR` the mean reciprocal of its rank, with 95 % Wilson intervals for top 1.

Choices are made on the development part; the report part is only measured. Sampled instruments
are not an orchestra in a hall: read the figures as relative.
"""

import argparse
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import librosa
import mido
import numpy as np
import soundfile
import soxr
from attrs import asdict, frozen
from music21 import corpus

from unsung.listening.chroma import chroma
from unsung.listening.constant_q import FRAMES, constant_q
from unsung.listening.theme_chroma import theme_chroma
from unsung.model.sound import Audio, Feature

COLLECTIONS = {"development": "essenFolksong/altdeu10", "report": "essenFolksong/erk10"}
THEMES = {"development": 20, "report": 40}
BALANCES = {"theme leads": (100, 70), "theme buried": (70, 100)}
SOUND_FONT = "/usr/share/sounds/sf2/FluidR3_GM.sf2"

_BEATS = 16
_BEAT_S = 0.6
_SOLOISTS = (40, 41, 42, 56, 57, 60, 68, 70, 71, 73)
_TEMPO_RATIOS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)
_QUERY_TEMPO_RATIOS = (0.5, 1.0, 2.0)
_TRIADS = ((0, 4, 7), (2, 5, 9), (4, 7, 11), (5, 9, 0), (7, 11, 2), (9, 0, 4))

Note = tuple[float, float, int, int, int]  # onset and length in beats, pitch, strength, channel


@frozen
class Theme:
    """A melody: onsets and lengths in beats, pitches in MIDI numbers, and its key's tonic."""

    title: str
    onset_beats: tuple[float, ...]
    length_beats: tuple[float, ...]
    midi_pitch: tuple[int, ...]
    major_tonic: int


@frozen
class Score:
    """One line of the table."""

    balance: str
    feature: str
    renderings: int
    top1: float
    top1_low: float
    top1_high: float
    mrr: float


@frozen
class Speed:
    """Seconds of sound heard in one second of one core."""

    stage: str
    audio_s_per_cpu_s: float


def themes(part: str) -> list[Theme]:
    """The first melodies of the part's collection that last at least sixteen beats."""
    found: list[Theme] = []
    for tune in corpus.parse(COLLECTIONS[part]).scores:
        theme = _theme(tune)
        if theme and theme.onset_beats[-1] > _BEATS - 4 and len(theme.midi_pitch) >= 14:
            found.append(theme)
        if len(found) == THEMES[part]:
            break
    return found


def _theme(tune: object) -> Theme | None:
    notes = list(tune.flatten().notes)  # type: ignore[attr-defined]
    signatures = tune.flatten().getElementsByClass("KeySignature")  # type: ignore[attr-defined]
    if not notes:
        return None
    first = float(notes[0].offset)
    rows = [
        (float(n.offset) - first, float(n.quarterLength), int(n.pitches[-1].midi)) for n in notes
    ]
    rows = [row for row in rows if row[0] < _BEATS and row[1] > 0]
    onsets, lengths, pitches = zip(*rows, strict=True)
    tonic = (signatures[0].sharps if signatures else 0) * 7 % 12
    title = str(tune.metadata.title)  # type: ignore[attr-defined]
    return Theme(title, onsets, lengths, pitches, tonic)


def rendering(theme: Theme, balance: str, number: int, renders: Path) -> Audio:
    """The theme played with accompaniment: key, tempo and soloist drawn from its number."""
    path = renders / f"{theme.major_tonic}-{abs(hash_of(theme))}-{balance.replace(' ', '_')}.flac"
    if not path.exists():
        renders.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, _rendered(theme, balance, number, renders), 22_050)
    samples, rate = soundfile.read(path, dtype="float32")
    return Audio(samples[np.newaxis], rate)


def hash_of(theme: Theme) -> int:
    """A number that tells themes apart, the same in every run."""
    return int(np.dot(theme.midi_pitch, 31 ** (np.arange(len(theme.midi_pitch)) % 9)))


def _rendered(theme: Theme, balance: str, number: int, renders: Path) -> np.ndarray:
    dice = np.random.default_rng([7, number])
    semitones, ratio = int(dice.integers(1, 12)) - 6, float(dice.choice(_TEMPO_RATIOS))
    midi, wav = renders / "now.mid", renders / "now.wav"
    notes = _solo(theme, semitones, BALANCES[balance][0])
    notes += _accompaniment(theme, semitones, BALANCES[balance][1])
    _midi(notes, int(dice.choice(_SOLOISTS)), _BEAT_S / ratio).save(midi)
    command = ["fluidsynth", "-ni", "-q", "-g", "0.5", "-r", "44100", "-F", str(wav), SOUND_FONT]
    subprocess.run([*command, str(midi)], check=True, capture_output=True)
    stereo, rate = soundfile.read(wav, dtype="float32")
    return np.asarray(soxr.resample(stereo.mean(axis=1), rate, 22_050))


def _solo(theme: Theme, semitones: int, strength: int) -> list[Note]:
    columns = zip(theme.onset_beats, theme.length_beats, theme.midi_pitch, strict=True)
    return [(onset, length, pitch + semitones, strength, 0) for onset, length, pitch in columns]


def _accompaniment(theme: Theme, semitones: int, strength: int) -> list[Note]:
    notes: list[Note] = []
    for beat in range(0, _BEATS, 2):
        chord = [48 + (tone + semitones) % 12 for tone in _chord(theme, beat)]
        notes += [(beat, 2, pitch, strength - 20, 1) for pitch in chord]
        notes += [(beat + k, 1, chord[0] - 12, strength, 2) for k in (0, 1)]
        arpeggio = [chord[0] + 12, chord[1] + 12, chord[2] + 12, chord[1] + 12]
        notes += [(beat + k / 2, 0.5, pitch, strength - 10, 3) for k, pitch in enumerate(arpeggio)]
        notes += [(beat, 0.25, 36, strength, 9), (beat + 1, 0.25, 38, strength - 10, 9)]
    return notes


def _chord(theme: Theme, beat: int) -> list[int]:
    """The triad of the key that holds most of what the melody does in these two beats."""
    sung = np.zeros(12)
    for onset, length, pitch in zip(
        theme.onset_beats, theme.length_beats, theme.midi_pitch, strict=True
    ):
        sung[pitch % 12] += max(0.0, min(onset + length, beat + 2) - max(onset, beat))
    triads = [[(tone + theme.major_tonic) % 12 for tone in triad] for triad in _TRIADS]
    return max(triads, key=lambda triad: sung[triad].sum())


def _midi(notes: list[Note], soloist: int, beat_s: float) -> mido.MidiFile:
    """One millisecond a tick; solo, strings, bass and harp on channels 0 to 3, drums on 9."""
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=1_000_000)])
    for channel, program in enumerate((soloist, 48, 43, 46)):
        track.append(mido.Message("program_change", channel=channel, program=program))
    now = 0
    for at, message in sorted(_events(notes, beat_s), key=lambda event: event[0]):
        track.append(message.copy(time=at - now))
        now = at
    return mido.MidiFile(ticks_per_beat=1000, tracks=[track])


def _events(notes: list[Note], beat_s: float) -> list[tuple[int, mido.Message]]:
    events = []
    for onset, length, pitch, strength, channel in notes:
        struck = mido.Message("note_on", channel=channel, note=pitch, velocity=strength)
        start, end = round(onset * beat_s * 1000), round((onset + length) * beat_s * 1000) - 5
        events += [(end, struck.copy(velocity=0)), (start, struck)]
    return events


def our_theme_chroma(audio: Audio) -> Feature:
    """The twelve pitch classes of the theme."""
    heard = theme_chroma(constant_q(audio))
    return Feature(heard.values[:12], heard.frames)


def our_chroma(audio: Audio) -> Feature:
    """The pitch classes of all that sounds."""
    return chroma(constant_q(audio))


def librosa_chroma(audio: Audio) -> Feature:
    """`librosa.feature.chroma_cqt` at 36 bins an octave, median-pooled to our clock."""
    mono = audio.samples[0]
    values = librosa.feature.chroma_cqt(
        y=mono, sr=audio.sample_rate_hz, bins_per_octave=36, hop_length=512
    )
    times_s = np.arange(values.shape[1]) * 512 / audio.sample_rate_hz
    cuts = np.searchsorted(times_s, np.arange(0, times_s[-1], 1 / FRAMES.rate_hz))
    return Feature(librosa.util.sync(values, cuts.tolist(), aggregate=np.median), FRAMES)


FEATURES: dict[str, Callable[[Audio], Feature]] = {
    "theme-chroma": our_theme_chroma,
    "chroma": our_chroma,
    "librosa chroma_cqt": librosa_chroma,
}


def ranks(asked: list[Theme], heard: list[Feature]) -> np.ndarray:
    """For every rendering the rank of its own theme, 1 for best, among all that were asked."""
    costs = np.stack([_fits(theme, heard) for theme in asked])
    own = np.diagonal(costs)
    return np.asarray(1 + (costs < own).sum(axis=0))


def _fits(theme: Theme, heard: list[Feature]) -> np.ndarray:
    """The cost of the theme's best fit in every rendering, over keys and tempi."""
    rows, starts = _in_a_row(heard)
    costs = [_subsequence_costs(_query(theme, ratio), rows) for ratio in _QUERY_TEMPO_RATIOS]
    best = np.min([cost.min(axis=0) for cost in costs], axis=0)
    return np.asarray(np.minimum.reduceat(best, starts))


def _in_a_row(heard: list[Feature]) -> tuple[np.ndarray, np.ndarray]:
    """All renderings' cosine costs by pitch class, walls between them, and where each starts."""
    walls = np.full((12, 2), np.inf)
    parts = []
    for feature in heard:
        length = np.linalg.norm(feature.values, axis=0)
        parts += [1 - feature.values / np.maximum(length, 1e-9), walls]
    starts = np.cumsum([0] + [feature.values.shape[1] + 2 for feature in heard[:-1]])
    return np.concatenate(parts, axis=1), starts


def _query(theme: Theme, ratio: float) -> np.ndarray:
    """The theme's pitch class at every column; rests belong to the note before."""
    times_beats = (np.arange(int(_BEATS * _BEAT_S / ratio * FRAMES.rate_hz)) + 0.5) / (
        FRAMES.rate_hz * _BEAT_S / ratio
    )
    at = np.searchsorted(theme.onset_beats, times_beats, side="right") - 1
    return np.asarray(np.array(theme.midi_pitch)[np.maximum(at, 0)] % 12)


def _subsequence_costs(query: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Mean cost of ending the query at each column, in twelve keys (keys columns)."""
    keys = np.arange(12)
    before = np.full((12, rows.shape[1] + 2), np.inf)
    one = before.copy()
    one[:, 2:] = rows[(query[0] + keys) % 12]
    for pitch_class in query[1:]:
        now = np.full_like(one, np.inf)
        came = np.minimum(np.minimum(one[:, 1:-1], one[:, :-2]), before[:, 1:-1])
        now[:, 2:] = came + rows[(pitch_class + keys) % 12]
        before, one = one, now
    return one[:, 2:] / len(query)


def table(part: str, renders: Path) -> list[Score]:
    """Every feature in every balance."""
    asked = themes(part)
    scores = []
    for balance in BALANCES:
        sounds = [rendering(theme, balance, k, renders) for k, theme in enumerate(asked)]
        for name, feature in FEATURES.items():
            scores.append(_score(balance, name, ranks(asked, [feature(one) for one in sounds])))
    return scores


def _score(balance: str, feature: str, found: np.ndarray) -> Score:
    top1, count, z = float(np.mean(found == 1)), len(found), 1.96
    middle = (top1 + z**2 / (2 * count)) / (1 + z**2 / count)
    spread = np.sqrt(top1 * (1 - top1) / count + (z / (2 * count)) ** 2) * z / (1 + z**2 / count)
    mrr = float(np.mean(1 / found))
    return Score(balance, feature, count, top1, middle - spread, middle + spread, mrr)


def speeds(audio: Audio) -> list[Speed]:
    """Each stage on one core, after one run to warm up."""
    spectrum, mono = constant_q(audio), audio.samples[0]
    stages: dict[str, Callable[[], object]] = {
        "constant_q": lambda: constant_q(audio),
        "theme_chroma": lambda: theme_chroma(spectrum),
        "chroma": lambda: chroma(spectrum),
        "librosa.cqt, hop 512": lambda: librosa.cqt(
            mono, sr=22_050, fmin=16.35, n_bins=336, bins_per_octave=36, hop_length=512
        ),
        "librosa.feature.chroma_cqt": lambda: librosa_chroma(audio),
    }
    return [Speed(name, audio.duration_s / _cpu_s(stage)) for name, stage in stages.items()]


def _cpu_s(stage: Callable[[], object]) -> float:
    stage()
    start = time.process_time()
    stage()
    return time.process_time() - start


def main() -> None:
    """The table on a terminal, or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=tuple(COLLECTIONS), default="report")
    parser.add_argument("--renders", type=Path, default=Path("build/renders/theme_chroma"))
    parser.add_argument("--json", action="store_true")
    wish = parser.parse_args()
    scores = table(wish.part, wish.renders)
    sounds = [
        rendering(theme, "theme leads", k, wish.renders)
        for k, theme in enumerate(themes(wish.part))
    ]
    fast = speeds(Audio(np.concatenate([one.samples for one in sounds], axis=1), 22_050))
    if wish.json:
        print(json.dumps({"scores": [*map(asdict, scores)], "speeds": [*map(asdict, fast)]}))
        return
    for row in scores:
        interval = f"[{row.top1_low:.2f}, {row.top1_high:.2f}]"
        print(f"{row.balance:13} {row.feature:20} {row.top1:.3f} {interval} MRR {row.mrr:.3f}")
    for speed in fast:
        print(f"{speed.stage:28} {speed.audio_s_per_cpu_s:8.0f} s of sound a CPU second")


if __name__ == "__main__":
    main()
