"""The four motifs of the score, each with its own rhythm and contour.

- **A, Mara**: the keeper. A fifth upward, a slow walk down, a second and higher reach.
- **B, Finn**: the boy. A skipping tune in six-eight.
- **C, the Sea**: a chromatic turn in the depths that gapes into a tritone.
- **D, the Lamp**: home. A rocking lullaby in three-four.
"""

from attrs import frozen

from skerry.notation import Phrase, phrase


@frozen
class Motif:
    """A short musical idea, and what the composer intends it to stand for."""

    label: str
    intended: str
    intended_kind: str
    character: str
    tonic_pitch_class: int
    mode: str
    tones: Phrase


A = Motif(
    "A",
    "Mara",
    "person",
    "noble, patient; an upward fifth and a long way down",
    2,
    "minor",
    phrase("D4/1 | A4/2 G4/.5 F4 E4/1 | C5/1.5 Bb4/.5 A4/2"),
)
B = Motif(
    "B",
    "Finn",
    "person",
    "skipping, cheerful; a six-eight tune that climbs an octave",
    7,
    "major",
    phrase("D5/.5 | G5/.75 A5/.25 B5/.5 D6/1 B5/.5 | C6/.5 A5 F#5 G5/1.5"),
)
C = Motif(
    "C",
    "the Sea",
    "idea",
    "threatening; a chromatic turn that falls through a tritone",
    0,
    "minor",
    phrase("C3/1.5 Db3/.5 C3 B2 Eb3/2 A2/3"),
)
D = Motif(
    "D",
    "the Lamp",
    "place",
    "a lullaby; a rocking third and one high note",
    10,
    "major",
    phrase("F5/1 D5 F5 | Bb5/2 G5/1 | F5/1 C5/2 | D5/3"),
)

MOTIFS = (A, B, C, D)
