"""Voices that sing a line of notes as people do: out of tune, out of time, and not to the end.

No real singer was at hand. What people do to a melody is thrown with dice; the kinds of error are
those that studies of singers name (Dalla Bella et al., "Singing proficiency in the general
population", JASA 2007), their sizes are ours: any key and tempo, each note off by a quarter of a
semitone (standard deviation), a tuning that drifts by up to six tenths, time that hurries or drags,
breaths, one note in twenty wrong, one in twenty-five missing. It sounds by two sampled voices
(General MIDI's voice and whistle, bent along the line) and three made of harmonics and breath (a
sung "la", a hum whose notes hardly begin, a whistle), in a small room with some noise.
"""

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import mido
import numpy as np
import soundfile
import soxr

from unsung.model.sound import Audio

RATE_HZ = 22_050
FONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
_CONTROL_HZ = 200
_LEAD_S = 0.4

Dice = np.random.Generator
Rows = list[tuple[float, float, float]]


class Performance(NamedTuple):
    """Onset, duration (seconds) and pitch (MIDI, with its error) of each note that is sung."""

    rows: Rows
    vibrato_cents: float
    vibrato_hz: float


def performance(line: Rows, voice: str, dice: Dice) -> Performance:
    """The line as somebody sings it."""
    centre = {"whistle": 86, "piped": 84}.get(voice, float(dice.choice((52, 64))))
    moved = centre - np.mean([row[2] for row in line]) + dice.uniform(-4, 4)
    pace = float(dice.uniform(0.75, 1.35))
    hurry, drift = dice.uniform(-0.15, 0.15), dice.uniform(-0.6, 0.6)
    rows: Rows = []
    at_s, before_s = _LEAD_S, line[0][0]
    for k, (onset_s, lasts_s, pitch) in enumerate(line):
        along = k / len(line)
        stretch = (1 + hurry * along) / pace
        at_s += (onset_s - before_s) * stretch + dice.normal(0, 0.025) * (k > 0)
        before_s = onset_s
        if k and k % 6 == 0 and dice.random() < 0.4:
            at_s += dice.uniform(0.15, 0.4)
        if dice.random() < 0.04 and 0 < k < len(line) - 1:
            continue
        wrong = float(dice.choice((-2, -1, 1, 2))) if dice.random() < 0.05 else 0.0
        off = float(pitch + moved + drift * along + wrong + dice.normal(0, 0.25))
        rows.append((at_s, max(0.09, lasts_s * stretch * dice.uniform(0.8, 1.0)), off))
    return Performance(rows, float(dice.uniform(10, 60)), float(dice.uniform(4.5, 6.5)))


def sound_of(sung: Performance, voice: str, dice: Dice) -> Audio:
    """How it sounds in a small room."""
    dry = VOICES[voice](sung, dice)
    tail = dice.normal(size=RATE_HZ // 4) * np.exp(-np.arange(RATE_HZ // 4) / (0.05 * RATE_HZ))
    wet = np.convolve(dry, tail / np.sqrt((tail**2).sum()))[: len(dry)]
    loud = dry + 0.25 * wet
    loud *= 0.25 / max(1e-9, np.sqrt(np.mean(loud**2)))
    noise = np.cumsum(dice.normal(size=len(loud)))
    noise = np.diff(noise - np.convolve(noise, np.ones(200) / 200, "same"), prepend=0.0) + 0.0
    noise += 0.1 * np.convolve(dice.normal(size=len(loud)), np.ones(30) / 30, "same")
    noise *= 0.25 * 10 ** (dice.uniform(-42, -28) / 20) / np.sqrt(np.mean(noise**2))
    level = 10 ** (dice.uniform(-24, -6) / 20)
    mixed = (loud + noise) / np.abs(loud).max() * level
    return Audio(np.clip(mixed, -1, 1)[np.newaxis].astype(np.float32), RATE_HZ)


def _curve(sung: Performance, glide_s: float, dice: Dice) -> tuple[np.ndarray, np.ndarray]:
    """Pitch (MIDI) and which note is sung, 200 times a second."""
    count = int((sung.rows[-1][0] + sung.rows[-1][1] + _LEAD_S) * _CONTROL_HZ)
    at_s = np.arange(count) / _CONTROL_HZ
    onsets = np.array([row[0] for row in sung.rows])
    note = np.clip(np.searchsorted(onsets, at_s, side="right") - 1, 0, None)
    target = np.array([row[2] for row in sung.rows])[note]
    width = max(3, int(glide_s * _CONTROL_HZ)) | 1
    shape = np.hanning(width + 2)[1:-1]
    padded = np.pad(target, width // 2, mode="edge")
    glided = np.convolve(padded, shape / shape.sum(), "valid")[:count]
    since_s = at_s - onsets[note]
    swing = np.clip((since_s - 0.15) / 0.3, 0, 1) * sung.vibrato_cents / 100
    unsteady = np.convolve(dice.normal(size=count), np.ones(20) / 20, "same") * 0.3
    curve = glided + swing * np.sin(2 * np.pi * sung.vibrato_hz * at_s) + unsteady
    return curve, note


def _envelope(sung: Performance, count: int, attack_s: float, dip: float) -> np.ndarray:
    """How loud, at the control rate: up within `attack_s`; `dip` is what is left between notes."""
    at_s = np.arange(count) / _CONTROL_HZ
    loud = np.zeros(count)
    for k, (onset_s, lasts_s, _) in enumerate(sung.rows):
        following = sung.rows[k + 1][0] if k + 1 < len(sung.rows) else onset_s + lasts_s
        end_s = following if dip and following - onset_s - lasts_s < 0.15 else onset_s + lasts_s
        rise = np.clip((at_s - onset_s) / attack_s, 0, 1)
        fall = np.clip((end_s - at_s) / 0.05, 0, 1)
        inside = (at_s >= onset_s) & (at_s < end_s)
        shape = np.minimum(rise, fall)
        loud = np.where(inside, np.maximum(loud, dip + (1 - dip) * shape), loud)
    return np.convolve(loud, np.ones(3) / 3, "same")


def _synthesised(
    pitch: np.ndarray, loud: np.ndarray, formants: tuple[tuple[float, float, float], ...],
    slope: float, breath: float, dice: Dice,
) -> np.ndarray:  # fmt: skip
    """Harmonics under formants (frequency, width, gain) with a slope, and breath."""
    size = int(len(pitch) / _CONTROL_HZ * RATE_HZ)
    control = np.arange(len(pitch)) / _CONTROL_HZ
    at_s = np.arange(size) / RATE_HZ
    hz = np.interp(at_s, control, 440 * 2 ** ((pitch - 69) / 12))
    level = np.interp(at_s, control, loud)
    phase = 2 * np.pi * np.cumsum(hz) / RATE_HZ
    sound = np.zeros(size)
    for k in range(1, 31):
        above = k * hz
        gain = sum(g / (1 + ((above - f) / w) ** 2) for f, w, g in formants)
        sound += np.where(above < 9_000, gain * k**-slope, 0) * np.sin(k * phase)
    noise = dice.normal(size=size) * breath * np.sqrt(np.mean(sound**2))
    sung: np.ndarray = level * (sound + noise)
    return sung


def _la(sung: Performance, dice: Dice) -> np.ndarray:
    pitch, _ = _curve(sung, 0.06, dice)
    vowel = ((700, 130, 1.0), (1150, 150, 0.6), (2600, 250, 0.25))
    return _synthesised(pitch, _envelope(sung, len(pitch), 0.05, 0.15), vowel, 0.9, 0.03, dice)


def _hum(sung: Performance, dice: Dice) -> np.ndarray:
    pitch, _ = _curve(sung, 0.12, dice)
    nose = ((250, 120, 1.0), (1000, 300, 0.06))
    return _synthesised(pitch, _envelope(sung, len(pitch), 0.08, 0.7), nose, 1.2, 0.01, dice)


def _ooh(sung: Performance, dice: Dice) -> np.ndarray:
    return _sampled(sung, 53, dice)


def _whistle(sung: Performance, dice: Dice) -> np.ndarray:
    pitch, _ = _curve(sung, 0.08, dice)
    tone = ((1500, 2500, 1.0),)
    return _synthesised(pitch, _envelope(sung, len(pitch), 0.04, 0.3), tone, 4.0, 0.12, dice)


def _piped(sung: Performance, dice: Dice) -> np.ndarray:
    return _sampled(sung, 78, dice)


def _sampled(sung: Performance, program: int, dice: Dice) -> np.ndarray:
    """A General MIDI voice, each note struck and then bent along the curve."""
    curve, note = _curve(sung, 0.03, dice)
    events: list[tuple[int, mido.Message]] = [(0, mido.Message("program_change", program=program))]
    for k, (onset_s, lasts_s, pitch) in enumerate(sung.rows):
        key, start, end = round(pitch), round(onset_s * 1000), round((onset_s + lasts_s) * 1000)
        events.append(
            (start, mido.Message("note_on", note=key, velocity=int(dice.integers(70, 110))))
        )
        events.append((end, mido.Message("note_off", note=key)))
        for at in np.flatnonzero(note == k)[::2]:
            bend = int(np.clip((curve[at] - key) / 2, -1, 1) * 8191)
            events.append((int(at * 1000 / _CONTROL_HZ), mido.Message("pitchwheel", pitch=bend)))
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=1_000_000)])
    before = 0
    for at, message in sorted(events, key=lambda event: event[0]):
        track.append(message.copy(time=at - before))
        before = at
    with tempfile.TemporaryDirectory() as folder:
        midi, wav = Path(folder) / "line.mid", Path(folder) / "line.wav"
        mido.MidiFile(ticks_per_beat=1000, tracks=[track]).save(midi)
        command = ["fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-r", "44100", "-F"]
        subprocess.run([*command, str(wav), str(FONT), str(midi)], check=True, capture_output=True)
        stereo, rate_hz = soundfile.read(wav)
    mono: np.ndarray = soxr.resample(stereo.mean(axis=1), rate_hz, RATE_HZ)
    return mono


VOICES: dict[str, Callable[[Performance, Dice], np.ndarray]] = {
    "la": _la, "hum": _hum, "ooh": _ooh, "whistle": _whistle, "piped": _piped,
}  # fmt: skip
