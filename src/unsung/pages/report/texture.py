"""What a track's texture is, for its part of the page: a line of words, and a lane."""

from collections import defaultdict

import numpy as np

from unsung.model.hearing import Hearing
from unsung.model.outcomes import SILENT, UNDECIDED
from unsung.model.texture import Texture
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.figures.texture import texture_lane
from unsung.pages.report.lane import Lane
from unsung.pages.report.wording import clock, listed, number

TEXTURE_PX = 24
_MOST_SPOKEN = 12
_LEAST_SHARE = 0.1
_MOSTLY = 0.8


def with_texture(drawn: tuple[Lane, ...], hearing: Hearing) -> tuple[Lane, ...]:
    """The lane of texture put in above that of the register; none in silence."""
    if all(one.kind is SILENT for one in hearing.texture.spans):
        return drawn
    spans = [f"{one.kind} from {clock(one.span.start_s)}" for one in hearing.texture.spans]
    said = f"Texture: {'; '.join(spans[:_MOST_SPOKEN])}"
    axis = TimeAxis(hearing.duration_s)
    lane = Lane("Texture", texture_lane(said, hearing.texture, axis, TEXTURE_PX))
    place = next((k for k, one in enumerate(drawn) if one.name == "Register"), len(drawn))
    return (*drawn[:place], lane, *drawn[place:])


def texture_answers(hearing: Hearing) -> tuple[tuple[str, str], ...]:
    """The texture of the whole in words, how many voices, and how the melody is played."""
    return (
        ("Texture", texture_words(hearing.texture)),
        ("Voices, typically", _voices(hearing.texture)),
        ("Melody played", str(hearing.articulation.overall)),
    )


def texture_words(texture: Texture) -> str:
    """`polyphony`, `mostly homophony`, `monophony and polyphony`; silence does not count."""
    lengths_s: defaultdict[str, float] = defaultdict(float)
    for one in texture.spans:
        if one.kind is not SILENT:
            lengths_s[str(one.kind)] += one.span.duration_s
    whole_s = sum(lengths_s.values())
    if not whole_s:
        return str(SILENT)
    named = sorted(lengths_s, key=lambda kind: (kind == str(UNDECIDED), -lengths_s[kind]))
    shares = {kind: lengths_s[kind] / whole_s for kind in named}
    if shares[named[0]] >= _MOSTLY:
        return named[0] if shares[named[0]] > 1 - _LEAST_SHARE else f"mostly {named[0]}"
    return listed([kind for kind in named if shares[kind] >= _LEAST_SHARE] or named[:1])


def _voices(texture: Texture) -> str:
    """The median of how many notes sound at a time, where any do."""
    voices = texture.measures.values[0]
    return number(float(np.median(voices[voices > 0]))) if (voices > 0).any() else "none"
