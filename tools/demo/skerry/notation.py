"""Notes as a composer jots them down.

`"D4/1 A4/2 | r/.5 C4+E4+G4"`: a pitch in scientific notation (`#`, `b`; C4 is middle C), a slash
and the length in quarters. A length holds until the next one is written; `r` rests, `+` joins a
chord, `|` is for the eye.
"""

import re
from collections.abc import Iterable

from attrs import evolve, frozen

_PITCH_CLASS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ACCIDENTAL = {"#": 1, "b": -1}


@frozen
class Tone:
    """One note: when and how long in quarters, and how high (MIDI pitch, 60 is middle C)."""

    onset_q: float
    duration_q: float
    midi_pitch: int

    @property
    def end_q(self) -> float:
        """When it stops, in quarters."""
        return self.onset_q + self.duration_q


Phrase = tuple[Tone, ...]


def phrase(jotted: str) -> Phrase:
    """The notes that were jotted down, the first at quarter 0."""
    tones: list[Tone] = []
    now_q, length_q = 0.0, 1.0
    for word in jotted.replace("|", " ").split():
        name, _, length = word.partition("/")
        length_q = float(length) if length else length_q
        if name != "r":
            tones.extend(Tone(now_q, length_q, midi_pitch(one)) for one in name.split("+"))
        now_q += length_q
    return tuple(tones)


def midi_pitch(name: str) -> int:
    """The MIDI pitch of a name such as `F#4`."""
    found = re.fullmatch(r"([A-G])([#b]*)(-?\d)", name)
    if not found:
        raise ValueError(f"a pitch is a letter, accidentals and an octave, not {name!r}")
    letter, accidentals, octave = found.groups()
    return pitch_class(letter + accidentals, wrap=False) + 12 * (int(octave) + 1)


def pitch_class(name: str, *, wrap: bool = True) -> int:
    """The pitch class of a letter with accidentals, C = 0."""
    value = _PITCH_CLASS[name[0]] + sum(_ACCIDENTAL[sign] for sign in name[1:])
    return value % 12 if wrap else value


def moved(tones: Iterable[Tone], semitones: int = 0, delay_q: float = 0.0) -> Phrase:
    """The same notes higher or later."""
    return tuple(
        evolve(tone, onset_q=tone.onset_q + delay_q, midi_pitch=tone.midi_pitch + semitones)
        for tone in tones
    )


def joined(durations_q: Iterable[float], pitches: Iterable[int]) -> Phrase:
    """A line without rests from its lengths and pitches."""
    tones: list[Tone] = []
    now_q = 0.0
    for duration_q, pitch in zip(durations_q, pitches, strict=True):
        tones.append(Tone(now_q, duration_q, pitch))
        now_q += duration_q
    return tuple(tones)
