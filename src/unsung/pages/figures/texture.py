"""Texture over the time axis: a pattern for each kind, as its voices lie to each other."""

from markupsafe import Markup

from unsung.model.outcomes import SILENT
from unsung.model.texture import TEXTURE_KINDS, Texture, TextureSpan
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.figures.blocks import block
from unsung.pages.figures.svg import figure

_SHORT = {
    "monophony": "mono",
    "homophony": "homo",
    "polyphony": "poly",
    "melody with accompaniment": "tune",
}


def texture_lane(label: str, texture: Texture, axis: TimeAxis, height_px: int) -> Markup:
    """Textures as blocks with their names: the more voices go their own ways, the darker.

    Where nothing sounds nothing is drawn; what is undecided is hatched.
    """
    drawn = (block(_look(one), one.span, axis, height_px, _words(one)) for one in texture.spans)
    return figure(label, height_px, *drawn)


def _look(one: TextureSpan) -> str:
    if one.kind is SILENT:
        return "nothing"
    if isinstance(one.kind, str):
        return f"texture texture-{TEXTURE_KINDS.index(one.kind)}"
    return "unclear"


def _words(one: TextureSpan) -> tuple[str, ...]:
    if one.kind is SILENT:
        return ()
    return (one.kind, _SHORT[one.kind]) if isinstance(one.kind, str) else (str(one.kind), "?")
