"""Chords and modes over the time axis, in the colours of the keys."""

from collections import defaultdict

from markupsafe import Markup

from unsung.model.harmony import Chord, Chords, Mode, Modes
from unsung.model.outcomes import NO_CHORD, NoChord, Undecided
from unsung.model.pitch import Key
from unsung.model.pitch import Mode as KeyMode
from unsung.model.time import Span
from unsung.pages.figures.axes import PLOT_WIDTH, TimeAxis
from unsung.pages.figures.blocks import block, key_class
from unsung.pages.figures.lanes import canvas
from unsung.pages.figures.svg import figure, path

_ROOM_FOR_A_NAME = 0.012


def chords_lane(label: str, chords: Chords, axis: TimeAxis, height_px: int) -> Markup:
    """Chords as blocks coloured by their root, with names where they fit.

    Narrow ones are drawn together, a path for each colour: a track has hundreds. Where there is
    no chord nothing is drawn; what is undecided is hatched.
    """
    narrow: defaultdict[str, list[str]] = defaultdict(list)
    wide = []
    for one in chords.spans:
        look = chord_class(one.chord)
        if one.span.duration_s / axis.duration_s < _ROOM_FOR_A_NAME:
            narrow[look].append(_rectangle(one.span, axis, height_px))
        else:
            wide.append(block(look, one.span, axis, height_px, _words(one.chord)))
    slivers = [path(look, "".join(drawn)) for look, drawn in narrow.items() if look]
    return figure(label, height_px, canvas(height_px, *slivers), *wide)


def modes_lane(label: str, modes: Modes, axis: TimeAxis, height_px: int) -> Markup:
    """Modes as blocks coloured by their tonic, with their names."""
    drawn = (
        block(_mode_class(one.mode), one.span, axis, height_px, _mode_words(one.mode))
        for one in modes.spans
    )
    return figure(label, height_px, *drawn)


def chord_class(chord: Chord | NoChord | Undecided) -> str:
    """The look of the key on the same root; chords with a minor third are the darker."""
    if not isinstance(chord, Chord):
        return "nothing" if chord is NO_CHORD else "unclear"
    like: KeyMode = "minor" if chord.is_minor_like else "major"
    return f"{key_class(Key(chord.root_pitch_class, like))} chord"


def _rectangle(span: Span, axis: TimeAxis, height_px: int) -> str:
    start, end = (
        PLOT_WIDTH * min(at_s / axis.duration_s, 1) for at_s in (span.start_s, span.end_s)
    )
    return f"M{start:.2f} 0V{height_px}H{end:.2f}V0z"


def _words(chord: Chord | NoChord | Undecided) -> tuple[str, ...]:
    if not isinstance(chord, Chord):
        return () if chord is NO_CHORD else ("?",)
    return (chord.name, chord.name.split("/")[0])


def _mode_class(mode: Mode | Undecided) -> str:
    if not isinstance(mode, Mode):
        return "unclear"
    like: KeyMode = "minor" if mode.is_minor_like else "major"
    return key_class(Key(mode.tonic_pitch_class, like))


def _mode_words(mode: Mode | Undecided) -> tuple[str, ...]:
    if not isinstance(mode, Mode):
        return (str(mode), "?")
    return (mode.name, mode.name.split()[0])
