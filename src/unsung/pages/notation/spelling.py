"""How a pitch is written: its letter and accidental, as the key has it.

Pitches stand on the line of fifths (… B♭ F C G D …), where a key is a stretch; a pitch is spelled
as near to the middle of that stretch as may be (Temperley, "The Cognition of Basic Musical
Structures", 2001, chapter 5), and a note beside the scale leans towards the note that it leads to.
"""

from collections.abc import Sequence

from attrs import frozen

from unsung.model.pitch import Key

_LETTERS = "FCGDAEB"
_NATURAL = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_MAJOR_FIFTHS = (0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)
_MIDDLE = {"major": 2.0, "minor": 2.6}
_LEANING = 1.5
_MOST_STRANGERS = 0.4


@frozen
class Spelling:
    """A letter, sharps (+) or flats (−) before it, and the octave it is written in."""

    letter: str
    alter: int
    octave: int

    @property
    def midi_pitch(self) -> int:
        """The key on the piano: 60 is C4."""
        return _NATURAL[self.letter] + self.alter + 12 * (self.octave + 1)

    @property
    def morph_pitch(self) -> int:
        """Its place on the staff, C4 = 60, as David Meredith numbers it."""
        return "CDEFGAB".index(self.letter) + 7 * self.octave + 32

    @property
    def name(self) -> str:
        """Such as `E♭4`."""
        sign = "♯" * self.alter if self.alter > 0 else "♭" * -self.alter
        return f"{self.letter}{sign}{self.octave}"


def fifths(key: Key) -> int:
    """The signature of a key: sharps, or flats below 0."""
    if key.mode == "major":
        return _MAJOR_FIFTHS[key.tonic_pitch_class]
    if key.name.startswith("E♭"):
        return -6
    return _MAJOR_FIFTHS[(key.tonic_pitch_class + 3) % 12]


def signature(pitches: Sequence[int], key: Key | None) -> int:
    """The key's own signature where the notes live in it, else that which needs fewest signs."""
    if key is not None and _strangers(pitches, fifths(key)) <= _MOST_STRANGERS * len(pitches):
        return fifths(key)
    return min(range(-6, 7), key=lambda one: (_strangers(pitches, one) + 0.4 * abs(one), -one))


def spelled(pitches: Sequence[int], of_fifths: int, mode: str = "major") -> list[Spelling]:
    """Successive pitches as they are written under a signature."""
    following = [*pitches[1:], *pitches[-1:]]
    return [
        _spelling(pitch, _line_place(pitch, after, of_fifths, mode))
        for pitch, after in zip(pitches, following, strict=True)
    ]


def signs(of_fifths: int) -> dict[str, int]:
    """What the signature alters: letter to sharp (1) or flat (−1)."""
    order = _LETTERS if of_fifths > 0 else _LETTERS[::-1]
    return dict.fromkeys(order[: abs(of_fifths)], 1 if of_fifths > 0 else -1)


def _strangers(pitches: Sequence[int], of_fifths: int) -> int:
    """How many notes the signature leaves to accidentals."""
    scale = {(of_fifths + k) * 7 % 12 for k in range(-1, 6)}
    return sum(pitch % 12 not in scale for pitch in pitches)


def _line_place(pitch: int, after: int, of_fifths: int, mode: str) -> int:
    """Places on the line of fifths, C = 0; twelve apart they sound the same."""
    near = pitch * 7 % 12
    leaning = {1: _LEANING, -1: -_LEANING}.get(after - pitch, 0.0)
    middle = of_fifths + _MIDDLE[mode] + leaning
    in_scale = [k for k in range(of_fifths - 1, of_fifths + 6) if k % 12 == near]
    places = in_scale or [near + 12 * turn for turn in (-2, -1, 0, 1)]
    return min(places, key=lambda place: (abs(place - middle), place))


def _spelling(pitch: int, place: int) -> Spelling:
    alter, letter = divmod(place + 1, 7)
    natural = pitch - alter
    return Spelling(_LETTERS[letter], alter, natural // 12 - 1)
