"""What may happen to a motif: each change makes the notes and keeps the record of itself.

`plain(A).transposed(5).stretched(2).in_mode("major")` is motif A a fourth up, twice as slow, in
the major. The record becomes the statement's entry in the truth.
"""

from collections.abc import Mapping
from typing import Literal

from attrs import evolve, frozen

from skerry.motifs import Motif
from skerry.notation import Phrase, Tone, joined, moved

Ornament = Literal["mordent", "turn", "passing", "grace"]

_SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
_OTHER_MODE = {
    "major": {3: 4, 8: 9, 10: 11},
    # The leading tone stays: the harmonic minor keeps the cadence.
    "minor": {4: 3, 9: 8},
}
ORNAMENT_TONE = -1


@frozen
class Disguise:
    """A motif as it will sound: `tones` from quarter 0, and which motif note each tone is.

    `core` holds the index of the motif's note, or `ORNAMENT_TONE` for one that was added.
    """

    motif: Motif
    tones: Phrase
    core: tuple[int, ...]
    mode: str
    transposition_semitones: int = 0
    stretch: float = 1.0
    ornaments: int = 0
    rhythm_changed: bool = False

    def transposed(self, semitones: int) -> "Disguise":
        """Higher by so many semitones."""
        return evolve(
            self,
            tones=moved(self.tones, semitones),
            transposition_semitones=self.transposition_semitones + semitones,
        )

    def stretched(self, factor: float) -> "Disguise":
        """Longer notes: 2 is augmentation, 0.5 diminution."""
        tones = tuple(
            Tone(tone.onset_q * factor, tone.duration_q * factor, tone.midi_pitch)
            for tone in self.tones
        )
        return evolve(self, tones=tones, stretch=self.stretch * factor)

    def in_mode(self, mode: str) -> "Disguise":
        """The same degrees in the other mode."""
        other = _OTHER_MODE[mode]
        tones = tuple(
            evolve(tone, midi_pitch=tone.midi_pitch + other.get(degree, degree) - degree)
            for tone in self.tones
            for degree in ((tone.midi_pitch - self.tonic) % 12,)
        )
        return evolve(self, tones=tones, mode=mode)

    def fragment(self, first: int, last: int) -> "Disguise":
        """Only the motif's notes `first` up to, not including, `last`."""
        kept = [i for i, note in enumerate(self.core) if first <= note < last]
        tones = moved((self.tones[i] for i in kept), delay_q=-self.tones[kept[0]].onset_q)
        return evolve(self, tones=tones, core=tuple(self.core[i] for i in kept))

    def in_rhythm(self, *durations_q: float) -> "Disguise":
        """The same pitches in another rhythm."""
        tones = joined(durations_q, (tone.midi_pitch for tone in self.tones))
        return evolve(self, tones=tones, rhythm_changed=True)

    def ornamented(self, kinds: Mapping[int, Ornament]) -> "Disguise":
        """With an ornament on each of these notes of the motif."""
        tones: list[Tone] = []
        core: list[int] = []
        for tone, note in zip(self.tones, self.core, strict=True):
            added = self._ornament(tone, kinds[note]) if note in kinds else (tone,)
            tones.extend(added)
            core.extend((note, *(ORNAMENT_TONE,) * (len(added) - 1)))
        return evolve(
            self, tones=tuple(tones), core=tuple(core), ornaments=self.ornaments + len(kinds)
        )

    def _ornament(self, tone: Tone, kind: Ornament) -> Phrase:
        pitch = tone.midi_pitch
        up, down = self.neighbour(pitch, 1), self.neighbour(pitch, -1)
        parts, pitches = {
            "mordent": ((1, 1, 6), (pitch, up, pitch)),
            "turn": ((4, 1, 1, 1, 1), (pitch, up, pitch, down, pitch)),
            "passing": ((6, 1, 1), (pitch, up, self.neighbour(up, 1))),
            "grace": ((6, 1, 1), (pitch, down, up)),
        }[kind]
        unit_q = tone.duration_q / 8
        return moved(joined((unit_q * part for part in parts), pitches), delay_q=tone.onset_q)

    def neighbour(self, pitch: int, direction: int) -> int:
        """The next note of the scale above (1) or below (-1)."""
        scale = _SCALES[self.mode]
        found = pitch + direction
        while (found - self.tonic) % 12 not in scale:
            found += direction
        return found

    @property
    def tonic(self) -> int:
        """The pitch class this statement is at home in."""
        return (self.motif.tonic_pitch_class + self.transposition_semitones) % 12

    @property
    def duration_q(self) -> float:
        """How long it lasts, in quarters."""
        return max(tone.end_q for tone in self.tones)


def plain(motif: Motif) -> Disguise:
    """The motif as it was jotted down."""
    return Disguise(motif, motif.tones, tuple(range(len(motif.tones))), motif.mode)
