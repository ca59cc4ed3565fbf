"""What stays and what repeats: drones and pedal points, ostinati, chords that move in parallel."""

from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from typing import TypeVar

import numpy as np

from unsung.model.finding import Citation, Finding, Quantity
from unsung.model.harmony import Ostinato, Pedal, Planing
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.pitch import pitch_name
from unsung.model.time import Span
from unsung.questions.culture.wording import QUESTION, heard_at, instant
from unsung.questions.facts import LEAST_NOTES, title_of

_LEAST_DRONE_S, _LONG_DRONE_S = 12.0, 60.0
_LEAST_OSTINATO_S, _LEAST_REPETITIONS, _FEWEST_PITCHES, _MANY = 8.0, 6, 3, 24
_NEARLY = 0.8
_LEAST_MOVES = 4
_STRONGEST = 3
_MOST = 2

_PISTON = Citation("Piston 1987", "W. Piston, Harmony, 5th ed., Norton, 1987, chapter 8")
_PERSICHETTI = Citation(
    "Persichetti 1961", "V. Persichetti, Twentieth-Century Harmony, Norton, 1961, chapter 9"
)

_Figure = TypeVar("_Figure", Pedal, Ostinato, Planing)


def figures(soundtrack: Soundtrack) -> tuple[Finding, ...]:
    """The longest held tones, the most repeated figures, the longest parallel motion."""
    heard = [one for one in soundtrack.heard if len(one.hearing.notes) >= LEAST_NOTES]
    return (*_drones(heard), *_ostinati(heard), *_planing(heard))


def _drones(heard: list[Heard]) -> Iterator[Finding]:
    held = _longest(heard, lambda one: one.hearing.pedals, _stays)
    shares = [_share(one) for one in heard]
    for one, pedal in islice(held, _MOST):
        low = " below all else" if pedal.is_bass else ""
        over = (
            " while harmony that it does not belong to passes"
            if pedal.kind == "pedal point"
            else ""
        )
        yield Finding(
            slug=f"held-tone-{one.track.position}",
            question=QUESTION,
            kind=pedal.kind,
            claim=f"In {{track}} {{pitch}} goes on{low} for {{length}} from {{start}}{over};"
            " held tones fill {share} of the track, {usual} at the album’s median",
            facts={
                "track": title_of(one),
                "pitch": pitch_name(float(pedal.midi_pitch)),
                "length": Quantity(pedal.span.duration_s, "s"),
                "start": instant(pedal.span.start_s),
                "share": Quantity(100 * _share(one), "%"),
                "usual": Quantity(100 * float(np.median(shares)), "%"),
            },
            verdict="supported",
            method="One pitch held or struck again within a second, the lowest for most of the"
            " time or truly held; its pitch class is among the three strongest of the sound.",
            compared_with=f"the album’s {len(heard)} tracks with notes",
            weight=0.2 + 0.5 * min(1.0, pedal.span.duration_s / _LONG_DRONE_S),
            places=(
                heard_at(one, pedal.span, f"the {pitch_name(float(pedal.midi_pitch))} that stays"),
            ),
            cites=(_PISTON,),
            against="Drones belong to folk and church music of many places, and to suspense.",
        )


def _ostinati(heard: list[Heard]) -> Iterator[Finding]:
    repeated = _longest(heard, lambda one: one.hearing.ostinati, _repeats)
    with_one = sum(any(_repeats(one, found) for found in one.hearing.ostinati) for one in heard)
    for one, found in islice(repeated, _MOST):
        yield Finding(
            slug=f"ostinato-{one.track.position}",
            question=QUESTION,
            kind="ostinato",
            claim="In {track} a figure of {notes} notes sounds {times} times without a pause from"
            " {start}, once every {period}; such figures are in {tracks} of {all} tracks",
            facts={
                "track": title_of(one),
                "notes": Quantity(len(found.midi_pitches)),
                "times": Quantity(found.repetitions),
                "start": instant(found.span.start_s),
                "period": Quantity(found.period_s, "s", 1),
                "tracks": Quantity(with_one),
                "all": Quantity(len(heard)),
                "likeness": Quantity(100 * found.likeness, "%"),
            },
            verdict="supported",
            method="Notes of the same pitch come again one period later, nearly all of them, time"
            " after time; three pitches or more come nearly every time.",
            compared_with=f"the album’s {len(heard)} tracks with notes",
            weight=0.2 + 0.4 * min(1.0, found.repetitions / _MANY),
            places=(heard_at(one, found.span, "the figure that repeats"),),
        )


def _planing(heard: list[Heard]) -> Iterator[Finding]:
    moving = _longest(heard, lambda one: one.hearing.planing, _planes)
    for one, found in islice(moving, _MOST):
        kept = "keeping every interval" if found.kind == "chromatic" else "within the scale"
        yield Finding(
            slug=f"planing-{one.track.position}",
            question=QUESTION,
            kind="planing",
            claim=f"In {{track}} chords of {{voices}} voices move in parallel {{moves}} times in a"
            f" row from {{start}}, {kept}",
            facts={
                "track": title_of(one),
                "voices": Quantity(found.voices),
                "moves": Quantity(found.moves),
                "start": instant(found.span.start_s),
            },
            verdict="supported",
            method="Voices that begin together and all move by the same interval.",
            compared_with=f"the album’s {len(heard)} tracks with notes",
            weight=min(1.0, 0.2 + 0.05 * found.moves),
            places=(heard_at(one, found.span, "chords that move as one"),),
            cites=(_PERSICHETTI,),
        )


def _longest(
    heard: list[Heard],
    figures_of: Callable[[Heard], tuple[_Figure, ...]],
    counts: Callable[[Heard, _Figure], bool],
) -> list[tuple[Heard, _Figure]]:
    """Each track's longest figure that counts, the longest first."""
    found = []
    for one in heard:
        able = [figure for figure in figures_of(one) if counts(one, figure)]
        if able:
            found.append((one, max(able, key=lambda figure: figure.span.duration_s)))
    return sorted(found, key=lambda pair: -pair[1].span.duration_s)


def _stays(one: Heard, pedal: Pedal) -> bool:
    """Whether it lasts, and the sound has it among its strongest pitch classes throughout."""
    if pedal.span.duration_s < _LEAST_DRONE_S:
        return False
    return all(_is_strong(one, pedal, part) for part in _thirds(pedal.span))


def _is_strong(one: Heard, pedal: Pedal, part: Span) -> bool:
    inside = one.hearing.chroma.during(part)
    if not inside.size:
        return False
    strongest = np.argsort(-inside.mean(axis=1))[:_STRONGEST]
    return pedal.midi_pitch % 12 in strongest


def _thirds(span: Span) -> list[Span]:
    edges = np.linspace(span.start_s, span.end_s, 4).tolist()
    return [Span(start, end) for start, end in pairwise(edges)]


def _repeats(one: Heard, found: Ostinato) -> bool:
    """Whether it is long, and three of its pitches sound nearly as often as it is repeated."""
    if found.span.duration_s < _LEAST_OSTINATO_S or found.repetitions < _LEAST_REPETITIONS:
        return False
    notes = one.hearing.notes
    inside = (notes.onset_s >= found.span.start_s) & (notes.onset_s < found.span.end_s)
    pitches = np.rint(notes.midi_pitch[inside]).astype(int).tolist()
    often = [pitches.count(pitch) for pitch in set(found.midi_pitches)]
    enough: bool = sum(c >= _NEARLY * found.repetitions for c in often) >= _FEWEST_PITCHES
    return enough


def _planes(_one: Heard, found: Planing) -> bool:
    return found.moves >= _LEAST_MOVES


def _share(one: Heard) -> float:
    """How much of the track has a held tone under, in or over it."""
    seconds = np.zeros(max(1, round(one.hearing.duration_s)), bool)
    for pedal in one.hearing.pedals:
        seconds[round(pedal.span.start_s) : round(pedal.span.end_s)] = True
    return float(seconds.mean())
