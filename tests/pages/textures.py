"""Texture made for tests: every kind in turn, and a bass of a few notes."""

from itertools import pairwise

import numpy as np

from unsung.model.notes import Notes
from unsung.model.outcomes import SILENT, UNDECIDED
from unsung.model.sound import Feature
from unsung.model.texture import TEXTURE_KINDS, Articulation, Layers, Texture, TextureSpan
from unsung.model.time import Frames, Span

KINDS = (*TEXTURE_KINDS, UNDECIDED)


def texture(duration_s):
    """The fields of a hearing that tell of texture."""
    duration_s = float(duration_s)
    count = max(1, round(duration_s))
    edges = np.linspace(0, duration_s, 6).tolist()
    spans = [TextureSpan(Span(a, b), KINDS[k], 0.7) for k, (a, b) in enumerate(pairwise(edges))]
    starts = np.arange(0, duration_s / 2, max(1.0, duration_s / 8))
    notes = Notes.sorted(starts, 0.5, np.full(len(starts), 43.0), part_names=("bass",))
    inner = Notes.sorted(starts, 0.4, np.full(len(starts), 55.0), part_names=("inner",))
    measures = np.stack([np.linspace(1, 4, count), np.linspace(0, 1, count), np.full(count, 0.5)])
    return {
        "layers": Layers(notes, inner, _row(np.ones((3, count)))),
        "texture": Texture(_row(measures), tuple(spans)),
        "articulation": Articulation(
            _row(np.linspace(0, 1, count)[None]), _row(np.ones((1, count))), "detached"
        ),
    }


def no_texture(duration_s):
    """What is said of silence."""
    duration_s = float(duration_s)
    still = _row(np.zeros((1, max(1, round(duration_s)))))
    three = _row(np.zeros((3, max(1, round(duration_s)))))
    return {
        "layers": Layers(Notes.none(("bass",)), Notes.none(("inner",)), three),
        "texture": Texture(three, (TextureSpan(Span(0, duration_s), SILENT, 1.0),)),
        "articulation": Articulation(still, still, SILENT),
    }


def _row(values):
    return Feature(values, Frames(1.0, 0.5))
