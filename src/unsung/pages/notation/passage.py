"""A passage as a musician would write it down: chords with note values, a clef, a key, a metre."""

from fractions import Fraction

from attrs import frozen

from unsung.pages.notation.spelling import Spelling


@frozen
class Written:
    """A note on the staff; `index` is its place among the notes that were heard.

    `look` says what it is to the prototype: `added`, `moved` or nothing.
    """

    index: int
    spelling: Spelling
    start_s: float
    end_s: float
    look: str = ""


@frozen
class Chord:
    """Notes that begin together, the lowest first, and for how long they are written."""

    onset_ql: Fraction
    length_ql: Fraction
    notes: tuple[Written, ...]

    @property
    def end_ql(self) -> Fraction:
        """Where it ends."""
        return self.onset_ql + self.length_ql


@frozen
class Clef:
    """`G` or `F` on its line; `octaves` 1 if it sounds an octave higher, −1 lower."""

    shape: str
    line: int
    octaves: int = 0


@frozen
class Metre:
    """`beats` to the bar, each a 1/`beat_type` note; a bar line falls on `bar_ql`."""

    beats: int
    beat_type: int
    bar_ql: Fraction

    @property
    def length_ql(self) -> Fraction:
        """How long a bar is."""
        return Fraction(4 * self.beats, self.beat_type)

    @property
    def beat_ql(self) -> Fraction:
        """How long a felt beat is: three eighths in compound metres."""
        compound = self.beat_type >= 8 and self.beats % 3 == 0
        return Fraction(4, self.beat_type) * (3 if compound else 1)


@frozen
class Passage:
    """Chords in order. Not `is_measured`: heads only, their lengths mean nothing.

    Heads are `is_beneath` if they stand where the note values of the line above put them, else in
    columns. Without a metre there are no bar lines; `tempo_bpm` counts quarters.
    """

    chords: tuple[Chord, ...]
    fifths: int
    clef: Clef
    tempo_bpm: float
    metre: Metre | None = None
    is_measured: bool = True
    is_beneath: bool = False

    @property
    def notes(self) -> tuple[Written, ...]:
        """All written notes, chord by chord."""
        return tuple(note for chord in self.chords for note in chord.notes)

    @property
    def start_ql(self) -> Fraction:
        """Where it begins."""
        return self.chords[0].onset_ql if self.chords else Fraction(0)

    @property
    def end_ql(self) -> Fraction:
        """Where it ends."""
        return self.chords[-1].end_ql if self.chords else Fraction(0)


def clef(pitches: list[int]) -> Clef:
    """The clef that keeps most notes on the staff."""
    middle = sorted(pitches)[len(pitches) // 2] if pitches else 72
    if middle >= 57:
        return Clef("G", 2, 1 if middle > 86 else 0)
    return Clef("F", 4, -1 if middle < 36 else 0)
