"""The same music rendered again: another mix of it, or another take. What was done is known.

MIDI files of OpenTTD's OpenMSX and of Planet Blupi (as packaged by Debian), rendered by FluidSynth.
The parts share no file. A *mix* leaves every note where it was: instruments are muted, rebalanced,
or set in another room. A *take* is played again: another course of tempo, other touch.
"""

import subprocess
import tempfile
from pathlib import Path

import mido
import numpy as np
import soxr

RATE_HZ = 16_000
FONT = "/usr/share/sounds/sf2/FluidR3_GM.sf2"
KINDS = ("as it is", "coloured", "muted", "rebalanced", "other room", "take")
MEANT = {
    "as it is": "same mix", "coloured": "same mix", "muted": "another mix",
    "rebalanced": "another mix", "other room": "another mix", "take": "another take",
}  # fmt: skip
_LONGEST_S = 60

Sound = np.ndarray
Dice = np.random.Generator


def scores(packages: Path, part: str) -> list[Path]:
    """The MIDI files of a part that have several instruments."""
    found = sorted(packages.glob("openttd-openmsx/**/*.mid"))
    found += sorted(packages.glob("planetblupi-music-midi/**/*.mid"))
    several = [one for one in found if len(_channels(mido.MidiFile(one))) > 3]
    return several[part == "report" :: 2]


def rendered(file: Path, kind: str, dice: Dice) -> Sound:
    """One channel at 16 kHz, two minutes at most."""
    midi = mido.MidiFile(file)
    if kind == "take":
        midi = _played_again(midi, dice)
    elif kind in ("muted", "rebalanced"):
        midi = _remixed(midi, kind, dice)
    return _sounding(midi, "1" if kind != "other room" else "big")


def _channels(midi: mido.MidiFile) -> dict[int, float]:
    """How much is struck in each channel."""
    struck: dict[int, float] = {}
    for track in midi.tracks:
        for one in track:
            if one.type == "note_on" and one.velocity:
                struck[one.channel] = struck.get(one.channel, 0) + one.velocity**2
    return struck


def _remixed(midi: mido.MidiFile, kind: str, dice: Dice) -> mido.MidiFile:
    """Some instruments silent (a tenth to a half of all that is struck), or 8 dB up or down."""
    struck = _channels(midi)
    total, chosen, taken = sum(struck.values()), set(), 0.0
    for channel in dice.permutation(sorted(struck)).tolist():
        share = struck[channel] / total
        if taken + share <= 0.5:
            chosen.add(channel)
            taken += share
        if taken >= 0.1 and (kind == "muted" or taken >= 0.3):
            break
    gain = 0.0 if kind == "muted" else float(10 ** (dice.choice((-8, 8)) / 20))
    return _with_notes(midi, lambda one: _scaled(one, gain) if one.channel in chosen else one)


def _scaled(note: mido.Message, gain: float) -> mido.Message:
    """FluidSynth's level goes with the square of the velocity."""
    if note.type != "note_on" or not note.velocity:
        return note
    velocity = int(np.clip(round(note.velocity * gain**0.5), 1 if gain else 0, 127))
    return note.copy(velocity=velocity)


def _with_notes(midi: mido.MidiFile, change: object) -> mido.MidiFile:
    made = mido.MidiFile(type=midi.type, ticks_per_beat=midi.ticks_per_beat)
    for track in midi.tracks:
        made.tracks.append(
            mido.MidiTrack(change(one) if one.type.startswith("note") else one for one in track)  # type: ignore[operator]
        )
    return made


def _played_again(midi: mido.MidiFile, dice: Dice) -> mido.MidiFile:
    """Tempo that wanders by 4 %, attacks 10 ms early or late, touch that differs by a tenth."""
    merged = [one for one in midi if not one.is_meta]
    made = mido.MidiFile(ticks_per_beat=480)
    track = mido.MidiTrack()
    made.tracks.append(track)
    at_s, out_s, events = 0.0, 0.0, []
    pace = 1 + 0.04 * np.interp(
        np.arange(0, 2000), np.arange(0, 2001, 8), np.clip(dice.standard_normal(251), -1.5, 1.5)
    )
    shift = 1 + float(dice.choice((-0.03, 0.03)))
    for one in merged:
        at_s += one.time
        out_s += one.time * shift * pace[min(1999, int(at_s))]
        early = abs(dice.normal(0, 0.01)) if one.type.startswith("note") else 0.0
        if one.type == "note_on" and one.velocity:
            one = one.copy(velocity=int(np.clip(one.velocity * dice.normal(1, 0.1), 1, 127)))  # noqa: PLW2901
        events.append((out_s + early, one))
    last = 0
    for when, one in sorted(events, key=lambda pair: pair[0]):
        tick = round(when * 960)
        track.append(one.copy(time=tick - last))
        last = tick
    return made


def _sounding(midi: mido.MidiFile, room: str) -> Sound:
    """The first minute; FluidSynth is stopped there."""
    with tempfile.TemporaryDirectory() as folder:
        score = f"{folder}/a.mid"
        midi.save(score)
        asked = ["fluidsynth", "-ni", "-q", "-T", "raw", "-O", "float", "-F", "/dev/stdout"]
        asked += ["-r", str(2 * RATE_HZ), "-g", "0.4"]
        if room == "big":
            asked += ["-o", "synth.reverb.room-size=0.95", "-o", "synth.reverb.level=0.9"]
        with subprocess.Popen([*asked, FONT, score], stdout=subprocess.PIPE) as player:
            raw = player.stdout.read(_LONGEST_S * 2 * RATE_HZ * 8)  # type: ignore[union-attr]
            player.kill()
    stereo = np.frombuffer(raw[: len(raw) // 8 * 8], "<f4").reshape(-1, 2)
    return np.asarray(soxr.resample(stereo.mean(axis=1), 2 * RATE_HZ, RATE_HZ), np.float32)
