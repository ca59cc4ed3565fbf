"""Pitch classes, keys and how a musician writes them."""

from typing import Literal

from attrs import frozen

Mode = Literal["major", "minor"]

_MAJOR_NAMES = ("C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
_MINOR_NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "G♯", "A", "B♭", "B")


@frozen
class Key:
    """A tonic (pitch class 0..11, C first) and its mode; spelled as musicians usually do."""

    tonic_pitch_class: int
    mode: Mode

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.tonic_pitch_class <= 11:
            raise ValueError(f"a tonic is a pitch class 0..11, not {self.tonic_pitch_class}")

    @property
    def name(self) -> str:
        """Such as `E♭ major`."""
        names = _MAJOR_NAMES if self.mode == "major" else _MINOR_NAMES
        return f"{names[self.tonic_pitch_class]} {self.mode}"

    @classmethod
    def at(cls, bin_index: int) -> "Key":
        """The key of a row in `KeyCurve.strengths`: C major..B major, then C minor..B minor."""
        return cls(bin_index % 12, "major" if bin_index < 12 else "minor")

    @property
    def bin_index(self) -> int:
        """The row in `KeyCurve.strengths`."""
        return self.tonic_pitch_class + (0 if self.mode == "major" else 12)


def pitch_name(midi_pitch: float) -> str:
    """The nearest note in scientific pitch notation, C4 = 60: 61 is `C♯4`."""
    sharps = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
    nearest = round(midi_pitch)
    return f"{sharps[nearest % 12]}{nearest // 12 - 1}"
