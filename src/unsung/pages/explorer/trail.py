"""All places of a motif in story order: what the machine found and what only a person hears."""

from collections.abc import Mapping

import numpy as np
from attrs import evolve

from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Heard, Hearing, Soundtrack
from unsung.model.motif import Motif, Occurrence, Statement
from unsung.model.outcomes import SILENT, NotHeard, Silent
from unsung.model.time import Span
from unsung.pages.report.statements import stated_besides

LevelLufs = float | Silent | NotHeard


def trail(motif: Motif, soundtrack: Soundtrack) -> tuple[Occurrence | Statement, ...]:
    """Every place, in the order in which the album tells them; rejected ones stay, as rejected."""
    order = positions(soundtrack)
    besides = stated_besides(motif, soundtrack.testimony.statements)
    found: tuple[Occurrence | Statement, ...] = (*motif.occurrences, *besides)
    every = [one for one in found if one.track_file in order]
    return tuple(sorted(every, key=lambda one: (order[one.track_file], one.span.start_s)))


def positions(soundtrack: Soundtrack) -> Mapping[str, int]:
    """Where each file that was heard stands on the album."""
    return {one.track.file: one.track.position for one in soundtrack.heard}


def in_story_order(motif: Motif, heard: Mapping[str, Heard]) -> Motif:
    """The motif with its occurrences as the album goes on."""

    def order(one: Occurrence) -> tuple[int, float]:
        return heard[one.track_file].track.position, one.span.start_s

    known = (one for one in motif.occurrences if one.track_file in heard)
    return evolve(motif, occurrences=tuple(sorted(known, key=order)))


def level_lufs(hearing: Hearing, span: Span) -> LevelLufs:
    """How loud a stretch is: the mean power of its moments (BS.1770 without the second gate).

    Two stretches are compared by ear at the level of the softer, or the louder would always win.
    """
    if isinstance(hearing.loudness, NotHeard):
        return hearing.loudness
    momentary = hearing.loudness.momentary
    inside = momentary.values[0][momentary.frames.slice_of(span, momentary.values.shape[1])]
    heard = inside[inside > LOUDNESS_FLOOR_LUFS].astype(float)
    if not heard.size:
        return SILENT
    return float(10 * np.log10((10 ** (heard / 10)).mean()))
