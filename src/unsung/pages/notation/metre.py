"""A metre guessed from a rhythm: long notes fall on strong beats, and none hangs over the bar.

The preference rule of length (Lerdahl and Jackendoff, "A Generative Theory of Tonal Music", 1983,
MPR 5a). A single line seldom says it loudly: unless one reading is clearly the best there is no
metre, and no bar lines are drawn.
"""

from fractions import Fraction

from unsung.pages.notation.passage import Chord, Metre

_BEATS = (4, 3)
_LEAST_MARGIN = 0.08
_FEWEST_CHORDS = 5
_LONGEST_QL = Fraction(2)


def metre(chords: tuple[Chord, ...]) -> Metre | None:
    """Four or three quarters to the bar and where a bar begins; None if it cannot be told."""
    if len(chords) < _FEWEST_CHORDS or not any(chord.onset_ql.denominator == 1 for chord in chords):
        return None
    readings = [
        (_fit(chords, beats, offset), beats, offset) for beats in _BEATS for offset in range(beats)
    ]
    (best, beats, offset), (second, *_) = sorted(readings, reverse=True)[:2]
    if best - second < _LEAST_MARGIN:
        return None
    return Metre(beats, 4, Fraction(offset))


def _fit(chords: tuple[Chord, ...], beats: int, offset: int) -> float:
    """The share of the length that begins where it should, less what hangs over a bar line."""
    whole = sum(min(chord.length_ql, _LONGEST_QL) for chord in chords)
    fits = sum(_weight(chord, beats, offset) for chord in chords)
    return float(fits / whole)


def _weight(chord: Chord, beats: int, offset: int) -> Fraction:
    length = min(chord.length_ql, _LONGEST_QL)
    within = (chord.onset_ql - offset) % beats
    if within == 0:
        return length
    strong = within == 2 and beats == 4
    over = max(Fraction(0), within + chord.length_ql - beats)
    return length * Fraction(1, 2) * strong - over
