"""A metre guessed from a rhythm: long notes fall on strong beats, and none hangs over the bar.

The preference rule of length (Lerdahl and Jackendoff, "A Generative Theory of Tonal Music", 1983,
MPR 5a). Where two readings of four beats, half a bar apart, are as good, two beats are written. A
single line seldom speaks loudly: unless one reading is clearly the best there is no metre, and no
bar lines are drawn.
"""

from fractions import Fraction

from unsung.pages.notation.passage import Chord, Metre

_LEAST_FIT, _LEAST_MARGIN = 0.35, 0.08
_FEWEST_CHORDS = 5
_LONGEST_QL = Fraction(2)


def metre(chords: tuple[Chord, ...]) -> Metre | None:
    """Two, three or four quarters to the bar and where a bar begins; None if it cannot be told."""
    if len(chords) < _FEWEST_CHORDS:
        return None
    fits = {(beats, at): _fit(chords, beats, at) for beats in (4, 3) for at in range(beats)}
    beats, at = max(fits, key=lambda reading: fits[reading])
    halves = {(4, at), (4, (at + 2) % 4)} if beats == 4 else {(beats, at)}
    rival = max(fit for reading, fit in fits.items() if reading not in halves)
    if fits[beats, at] < _LEAST_FIT or fits[beats, at] - rival < _LEAST_MARGIN:
        return None
    if min(fits[half] for half in halves) > fits[beats, at] - _LEAST_MARGIN and beats == 4:
        return Metre(2, 4, Fraction(at % 2))
    return Metre(beats, 4, Fraction(at))


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
