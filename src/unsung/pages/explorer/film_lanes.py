"""The lanes of the film: scenes and shots, music, motifs, feeling, loudness, speech, silences."""

from collections.abc import Iterator, Mapping

import numpy as np
from attrs import frozen

from unsung.model.balance import GRADES, Spoken
from unsung.model.film import Placement
from unsung.model.film_case import FilmCase
from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Heard, Soundtrack
from unsung.model.motif import Motif, Occurrence
from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.pages.explorer.film_feeling import feeling
from unsung.pages.figures import film as drawn
from unsung.pages.figures import motif_map
from unsung.pages.figures.axes import Scale, TimeAxis
from unsung.pages.figures.film_time import FilmBlock, FilmCurve, block_lane, curve_lane, in_rows
from unsung.pages.report.lane import Lane
from unsung.pages.report.places import title, title_of
from unsung.pages.report.scales import album_scales
from unsung.pages.report.wording import answer, clock, count, number

_LOUDNESS_PX, _FEELING_PX = 64, 52
_DEPTH_LU = 50.0
_MOST_MOTIFS = 8
_SURE = 0.5


@frozen
class Sounding:
    """An occurrence of a motif where the film plays it; `place` is the motif's, by prominence."""

    motif: Motif
    place: int
    occurrence: Occurrence
    placement: Placement
    film_span: Span


def soundings(soundtrack: Soundtrack, film: FilmCase) -> tuple[Sounding, ...]:
    """Where motifs sound in the film, in film order; what is played again comes again."""
    found = (
        Sounding(motif, place, one, placed, placed.in_film(one.span))
        for placed in film.placements.placements
        for place, motif in enumerate(soundtrack.motifs)
        for one in motif.occurrences
        if one.confidence >= _SURE
        and one.track_file == placed.track_file
        and placed.plays(one.span)
    )
    return tuple(sorted(found, key=lambda one: (one.film_span, one.place)))


def film_lanes(soundtrack: Soundtrack, film: FilmCase) -> tuple[Lane, ...]:
    """All lanes that the film has anything to show in."""
    axis, heard = TimeAxis(film.duration_s), {one.track.file: one for one in soundtrack.heard}
    return (
        *_picture(film, axis),
        *_music(film, heard, axis),
        *_other_music(film, axis),
        *_motifs(soundtrack, film, axis),
        *_feeling(soundtrack, film, axis),
        *_loudness(film, axis),
        *_speech(film, axis),
        *_silences(film, axis),
    )


def _picture(film: FilmCase, axis: TimeAxis) -> Iterator[Lane]:
    scenes = [(k, one, one.film_span) for k, one in enumerate(film.scenes)]
    blocks = [
        FilmBlock(span, f"tint tint-{k % 6}", one.title or one.name,
                  f"{one.title or one.name}, {_between(span)}")
        for k, one, span in scenes if span
    ]  # fmt: skip
    if blocks:
        yield Lane("Scenes", block_lane(count(len(blocks), "scene"), in_rows(blocks), axis))
    cuts_s = film.sight.seen.shots.cuts_s if film.sight else ()
    if cuts_s:
        yield Lane("Shots", drawn.instants(count(len(cuts_s), "cut"), cuts_s, axis))


def _music(film: FilmCase, heard: Mapping[str, Heard], axis: TimeAxis) -> Iterator[Lane]:
    """The placements, and how the music sits beside the rest."""
    order = list(heard)
    blocks = [
        FilmBlock(
            one.film_span,
            f"motif hue-{order.index(one.track_file) % 6}",
            title_of(heard[one.track_file]),
            _placement_words(one, heard),
            one.confidence,
        )
        for one in film.placements.placements
        if one.track_file in heard
    ]
    if blocks:
        yield Lane("Music", block_lane(count(len(blocks), "placement"), in_rows(blocks), axis))
    if film.balance and film.balance.passages:
        sits = [
            FilmBlock(one.span, _grade_look(one.grade), str(one.grade),
                      f"{one.grade}, {_between(one.span)}")
            for one in film.balance.passages
        ]  # fmt: skip
        yield Lane("How it sits", block_lane("How music sits beside the rest", (sits,), axis))


def _other_music(film: FilmCase, axis: TimeAxis) -> Iterator[Lane]:
    """Music that the album lacks; hatched where nobody can tell whether there is any."""
    if film.unplaced is None:
        return
    told = [
        FilmBlock(one.span, "motif hue-5", "no source", f"no source, {_between(one.span)}",
                  one.confidence)
        for one in film.unplaced.stretches
    ]  # fmt: skip
    undecided = [
        FilmBlock(span, "unclear", "", f"undecided, {_between(span)}")
        for span in film.unplaced.undecided
    ]
    if told or undecided:
        blocks = sorted((*told, *undecided), key=lambda one: one.span)
        says = count(len(told), "place") + " with music of no source"
        yield Lane("Other music", block_lane(says, (blocks,), axis))


def _placement_words(one: Placement, heard: Mapping[str, Heard]) -> str:
    level, above = answer(one.level_db, "dB"), answer(one.above_rest_db, "dB")
    return (
        f"{title_of(heard[one.track_file])} {_between(one.track_span)}; level {level};"
        f" {above} above the rest"
    )


def _grade_look(grade: object) -> str:
    return f"grade-{GRADES.index(grade)}" if grade in GRADES else "unclear"


def _motifs(soundtrack: Soundtrack, film: FilmCase, axis: TimeAxis) -> Iterator[Lane]:
    """A lane for each of the most prominent motifs that the film plays."""
    found = soundings(soundtrack, film)
    for place in sorted({one.place for one in found})[:_MOST_MOTIFS]:
        own = [one for one in found if one.place == place]
        name = title(own[0].motif)
        blocks = [
            FilmBlock(one.film_span, motif_map.look(place), own[0].motif.label,
                      f"{name}, {_between(one.film_span)}", one.occurrence.confidence)
            for one in own
        ]  # fmt: skip
        figure = block_lane(f"{name}, {count(len(own), 'time')} in the film", in_rows(blocks), axis)
        yield Lane(name, figure)


def _feeling(soundtrack: Soundtrack, film: FilmCase, axis: TimeAxis) -> Iterator[Lane]:
    curves = feeling(soundtrack, film)
    if not curves[0].stretches:
        return
    scale = album_scales(soundtrack).expression
    ends = number(scale.high), number(scale.low)
    label = "Arousal and, dashed, tension of the music that plays"
    figure = curve_lane(label, curves, Scale(scale.low, scale.high, _FEELING_PX), axis)
    yield Lane("Feeling", figure, "arousal, tension", *ends)


def _loudness(film: FilmCase, axis: TimeAxis) -> Iterator[Lane]:
    if film.levels is None:
        return
    loud = film.levels.film.values
    high = float(5 * np.ceil(max(float(loud.max(initial=LOUDNESS_FLOOR_LUFS)), -40.0) / 5))
    scale = Scale(high - _DEPTH_LU, high, _LOUDNESS_PX)
    curves = (
        FilmCurve("hill", (_whole(film.levels.film),), is_hill=True),
        FilmCurve("line rest", _sounding(film.levels.rest)),
        FilmCurve("line score", _sounding(film.levels.music)),
    )
    label = "Loudness of the film, of the album's music in it, and, dotted, of the rest"
    ends = number(high, 0), number(high - _DEPTH_LU, 0)
    yield Lane("Loudness", curve_lane(label, curves, scale, axis), "LUFS", *ends)


def _whole(curve: Feature) -> tuple[np.ndarray, np.ndarray]:
    return curve.times_s, curve.values[0]


def _sounding(curve: Feature) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """The stretches in which there is anything to measure."""
    heard = np.diff(np.r_[0, (curve.values[0] > LOUDNESS_FLOOR_LUFS).astype(np.int8), 0])
    starts, ends = np.flatnonzero(heard == 1).tolist(), np.flatnonzero(heard == -1).tolist()
    times_s, values = _whole(curve)
    return tuple((times_s[a:b], values[a:b]) for a, b in zip(starts, ends, strict=True))


def _speech(film: FilmCase, axis: TimeAxis) -> Iterator[Lane]:
    blocks = [
        FilmBlock(one.span, "speech", line_words(one), _between(one.span))
        for one in (film.speech.spoken if film.speech else ())
    ]
    if blocks:
        label = f"Speech in {count(len(blocks), 'stretch' if len(blocks) == 1 else 'stretche')}"
        yield Lane("Speech", block_lane(label, in_rows(blocks), axis))


def line_words(one: Spoken) -> str:
    """`ANNA: We go at dawn.`; empty where it is not known what is said."""
    if one.line is None or not one.line.text:
        return ""
    return ": ".join(filter(None, (one.line.speaker, one.line.text)))


def _silences(film: FilmCase, axis: TimeAxis) -> Iterator[Lane]:
    blocks = [
        FilmBlock(one.span, "unclear", "", f"{number(one.drop_lu, 0)} LU beneath what came before,"
                  f" {_between(one.span)}")
        for one in film.silences
    ]  # fmt: skip
    if blocks:
        label = count(len(blocks), "silence")
        yield Lane("Silences", block_lane(label, (blocks,), axis))


def _between(span: Span) -> str:
    return f"{clock(span.start_s)}–{clock(span.end_s)}"
