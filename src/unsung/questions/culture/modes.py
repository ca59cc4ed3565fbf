"""Modes: the longest stretches in a scale other than major and minor, where three witnesses agree.

A mode is easily misheard: the fifth of a minor key looks like a Phrygian dominant, a major scale
heard from its fifth like Mixolydian. So a stretch counts only where the mode stands above its
rivals, where the key that was found apart has the same tonic, where hardly any pitch class sounds
more than that tonic, and where the tones that make the
mode what it is (its sixth, seventh …) sound more than those that would make it plain major or
minor, in the notes by a factor of four and in the sound by a sixth, as overtones blur it.
"""

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from jaxtyping import Float64

from unsung.model.finding import Citation, Finding, Quantity
from unsung.model.harmony import SCALES, Mode, ModeSpan, Scale
from unsung.model.hearing import Heard, Hearing, Soundtrack
from unsung.model.pitch import Key
from unsung.model.time import Span
from unsung.questions.culture.wording import QUESTION, heard_at, instant
from unsung.questions.facts import listed, title_of

_TELLING: dict[Scale, tuple[tuple[int, int], ...]] = {
    "Dorian": ((3, 4), (9, 8)),
    "Phrygian": ((1, 2), (3, 4)),
    "Lydian": ((6, 5), (4, 3)),
    "Mixolydian": ((10, 11), (4, 3)),
    "Locrian": ((1, 2), (6, 7)),
    "Phrygian dominant": ((1, 2), (4, 3)),
    "double harmonic": ((1, 2), (4, 3), (11, 10)),
    "Hungarian minor": ((6, 5), (11, 10), (3, 4)),
    "major pentatonic": ((4, 5), (9, 10), (0, 11), (4, 3)),
    "minor pentatonic": ((3, 2), (10, 9), (7, 8), (3, 4)),
    "blues": ((6, 2), (10, 9), (3, 4)),
    "hirajōshi": ((3, 4), (2, 5), (8, 10)),
    "in": ((1, 2), (5, 4), (8, 10)),
}
"""Of each scale, the tones that tell it from its neighbours, in semitones above the tonic."""
_DEGREES = ("first", "lowered second", "second", "minor third", "major third", "fourth",
            "raised fourth", "fifth", "minor sixth", "major sixth", "minor seventh",
            "major seventh")  # fmt: skip

_LEAST_S = 15.0
_LEAST_IN_NOTES, _LEAST_IN_SOUND = 4.0, 1.15
_TONIC_SHARE = 0.8
_MOST_SCALES = 3
_LONG_S = 90.0
_CITES = (
    Citation(
        "Krumhansl 1990",
        "C. L. Krumhansl, Cognitive Foundations of Musical Pitch, Oxford University Press, 1990,"
        " chapter 4 (key finding by correlation)",
    ),
)


@frozen
class Stretch:
    """A stretch in one mode that the witnesses agree on, and how clearly its tones tell."""

    heard: Heard
    span: Span
    mode: Mode
    margin: float
    clearest: float


def modal_stretches(soundtrack: Soundtrack) -> tuple[Finding, ...]:
    """For each scale that is met, its longest stretch; those with the most time first."""
    certain = [one for heard in soundtrack.heard for one in _certain(heard)]
    scales = {one.mode.scale for one in certain}
    of_scale = [[one for one in certain if one.mode.scale == scale] for scale in sorted(scales)]
    most = sorted(of_scale, key=lambda stretches: -_time_s(stretches))[:_MOST_SCALES]
    return tuple(_finding(stretches, soundtrack) for stretches in most)


def _certain(heard: Heard) -> Iterator[Stretch]:
    for one in heard.hearing.modes.spans:
        if not isinstance(one.mode, Mode) or one.mode.scale not in _TELLING:
            continue
        clearest = _told_apart(heard.hearing, one.mode, one.span)
        if one.span.duration_s >= _LEAST_S and clearest and _same_tonic(heard.hearing, one):
            yield Stretch(heard, one.span, one.mode, one.margin, clearest)


def _same_tonic(hearing: Hearing, one: ModeSpan) -> bool:
    """Whether the keys found apart have this tonic for most of the stretch."""
    if not isinstance(one.mode, Mode):
        return False
    same_s = sum(
        key.span.overlap_s(one.span)
        for key in hearing.key.spans
        if isinstance(key.key, Key) and key.key.tonic_pitch_class == one.mode.tonic_pitch_class
    )
    return same_s > 0.5 * one.span.duration_s


def _told_apart(hearing: Hearing, mode: Mode, span: Span) -> float:
    """How many times the telling tones outsound their rivals, the least of them; 0 if too few."""
    in_notes, in_sound = _notes_from(hearing, mode, span), _sound_from(hearing, mode, span)
    if in_sound[0] < _TONIC_SHARE * in_sound.max():
        return 0.0
    for tone, rival in _TELLING[mode.scale]:
        if in_notes[tone] < _LEAST_IN_NOTES * in_notes[rival] or not in_notes[tone]:
            return 0.0
        if in_sound[tone] < _LEAST_IN_SOUND * in_sound[rival]:
            return 0.0
    return min(
        float(in_sound[tone] / max(in_sound[rival], 1e-9)) for tone, rival in _TELLING[mode.scale]
    )


def _notes_from(hearing: Hearing, mode: Mode, span: Span) -> Float64[np.ndarray, " 12"]:
    """How long each pitch class sounds in the span, from the tonic up."""
    notes = hearing.notes
    inside = (notes.onset_s >= span.start_s) & (notes.onset_s < span.end_s)
    classes = (np.rint(notes.midi_pitch[inside]).astype(int) - mode.tonic_pitch_class) % 12
    weights = notes.duration_s[inside].astype(float)
    return np.bincount(classes, weights=weights, minlength=12)


def _sound_from(hearing: Hearing, mode: Mode, span: Span) -> Float64[np.ndarray, " 12"]:
    """The energy of each pitch class in the span, from the tonic up."""
    inside = hearing.chroma.during(span)
    mean = inside.mean(axis=1, dtype=float) if inside.size else np.zeros(12)
    return np.roll(mean, -mode.tonic_pitch_class)


def _finding(stretches: list[Stretch], soundtrack: Soundtrack) -> Finding:
    longest = max(stretches, key=lambda one: one.span.duration_s)
    scale = longest.mode.scale
    total_s = sum(one.hearing.duration_s for one in soundtrack.heard)
    tracks = {one.heard.track.file for one in stretches}
    return Finding(
        slug=f"mode-{_PLAIN.get(scale, scale.lower().replace(' ', '-'))}",
        question=QUESTION,
        kind="mode",
        claim=_claim(scale) + _and_in_all(len(tracks)),
        facts={
            "track": title_of(longest.heard),
            "mode": longest.mode.name,
            "length": Quantity(longest.span.duration_s, "s"),
            "start": instant(longest.span.start_s),
            "tones": _tones(scale),
            "count": Quantity(len(SCALES[scale])),
            "inside": Quantity(100 * _inside(longest), "%"),
            "minutes": Quantity(_time_s(stretches) / 60, "minutes", 1),
            "share": Quantity(100 * _time_s(stretches) / total_s, "%"),
            "tracks": Quantity(len(tracks)),
            "margin": Quantity(longest.margin, "", 2),
            "clearest": Quantity(longest.clearest, "times", 1),
        },
        verdict="supported",
        method="Modes are followed through the notes; a stretch counts where the key found apart"
        " has the same tonic, and the tones that tell the mode outsound their rivals in the notes"
        " and in the sound.",
        compared_with="major, minor and the other scales on the same tonic",
        weight=0.3 + 0.6 * min(1.0, longest.span.duration_s / _LONG_S),
        places=tuple(
            heard_at(one.heard, one.span, one.mode.name)
            for one in sorted(stretches, key=lambda one: -one.span.duration_s)[:3]
        ),
        cites=_CITES,
        against="What tradition a scale belongs to the sound does not say: the same tones serve"
        " many.",
    )


def _claim(scale: Scale) -> str:
    if _has_gaps(scale):
        return (
            "{track} keeps to the {count} tones of {mode} for {length} from {start}: {inside} of"
            " the time of its notes lies on them"
        )
    return (
        "{track} keeps to {mode} for {length} from {start}: its {tones} sound where plain major or"
        " minor on the same tonic has others"
    )


def _tones(scale: Scale) -> str:
    """The tones that tell the scale, from the tonic up."""
    return listed([_DEGREES[tone] for tone in sorted({tone for tone, _ in _TELLING[scale]})])


def _has_gaps(scale: Scale) -> bool:
    return len(SCALES[scale]) < 7


def _inside(one: Stretch) -> float:
    """The share of the time of the notes that lies on the scale."""
    from_tonic = _notes_from(one.heard.hearing, one.mode, one.span)
    return float(from_tonic[list(SCALES[one.mode.scale])].sum() / from_tonic.sum())


_PLAIN: dict[Scale, str] = {"hirajōshi": "hirajoshi"}


def _and_in_all(tracks: int) -> str:
    return "; in all {minutes} in {tracks} tracks are of this scale" if tracks > 1 else ""


def _time_s(stretches: list[Stretch]) -> float:
    return sum(one.span.duration_s for one in stretches)
