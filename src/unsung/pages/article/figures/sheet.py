"""A figure that stands alone: one SVG with all that it needs, as wide as every other.

It is `WIDTH` units wide however wide it is shown; words are set so large that they can be read on a
telephone half as wide. It has a ground of its own, for nobody knows what it will lie on.
"""

import unicodedata
from collections.abc import Mapping

from markupsafe import Markup

from unsung.pages.article.figures.colours import painted
from unsung.pages.figures.svg import element

WIDTH = 720
LARGE, SMALL = 19, 16
"""Sizes of words: those one looks for, and those one looks up."""
_SERIF = (
    "'Iowan Old Style', 'Palatino Linotype', Palatino, P052, Georgia, 'Libertinus Serif',"
    " 'DejaVu Serif', serif"
)
_LETTER, _WIDE_LETTER = 0.56, 1.0
_HATCH = 7


def sheet(slug: str, label: str, description: str, height: float, *drawn: str) -> str:
    """The whole figure, with its text alternative."""
    box = {
        "xmlns": "http://www.w3.org/2000/svg",
        "xmlns:xlink": "http://www.w3.org/1999/xlink",
        "class": "article-figure",
        "viewBox": f"0 0 {WIDTH} {length(height)}",
        "role": "img",
        "aria-label": printable(label),
        "aria-describedby": f"{slug}-description",
        "font-family": _SERIF,
    }
    words = element("desc", {"id": f"{slug}-description"}, printable(description))
    ground = rectangle(0, 0, WIDTH, height, painted("paper"))
    return str(element("svg", box, words, ground, *drawn))


def words(
    text: str,
    x: float,
    y: float,
    size: int = SMALL,
    colour: str = "ink",
    anchor: str = "start",
    **more: object,
) -> Markup:
    """A line of text; `more` are attributes with `_` for `-`."""
    place = {"x": length(x), "y": length(y), "font-size": size}
    turned = {} if anchor == "start" else {"text-anchor": anchor}
    further = {name.replace("_", "-"): value for name, value in more.items()}
    return element("text", place | turned | painted(colour) | further, printable(text))


def rimmed_words(
    text: str, x: float, y: float, size: int = SMALL, anchor: str = "start", **more: object
) -> Markup:
    """A line of text on a busy ground: with a rim of paper around its letters."""
    rim = painted("ink", "paper") | {"stroke-width": 4, "stroke-linejoin": "round"}
    under = {name.replace("-", "_"): value for name, value in rim.items()}
    return words(text, x, y, size, "ink", anchor, **under, paint_order="stroke", **more)


def rectangle(
    x: float, y: float, width: float, height: float, look: Mapping[str, object]
) -> Markup:
    """A rectangle that looks so."""
    place = {"x": length(x), "y": length(y), "width": length(width), "height": length(height)}
    return element("rect", {**place, **look})


def stroke(colour: str, drawn: str, **more: object) -> Markup:
    """A path that is drawn, not filled; nothing where there is nothing to draw."""
    further = {name.replace("_", "-"): value for name, value in more.items()}
    return element("path", painted(stroke=colour) | further | {"d": drawn}) if drawn else Markup("")


def hatching(slug: str) -> Markup:
    """What is undecided is filled with this: a definition, by `hatched`."""
    box = {"id": f"{slug}-hatch", "width": _HATCH, "height": _HATCH,
           "patternUnits": "userSpaceOnUse"}  # fmt: skip
    drawn = f"M-1 {_HATCH + 1}L{_HATCH + 1} -1"
    ground = rectangle(0, 0, _HATCH, _HATCH, painted("band"))
    return element("defs", {}, element("pattern", box, ground, stroke("soft", drawn)))


def hatched(slug: str) -> dict[str, str]:
    """The attribute that fills with hatching."""
    return {"fill": f"url(#{slug}-hatch)"}


def length(value: float) -> str:
    """A length to a tenth of a unit."""
    return f"{round(float(value), 1) + 0.0:g}"


def printable(text: str) -> str:
    """Without what no page can hold: control characters, halves of characters, marks of direction.

    All white space is one space.
    """
    one_line = " ".join(text.split())
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in one_line)


def text_width(text: str, size: float) -> float:
    """About how wide a line is set; rather too wide than too narrow."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return size * (_WIDE_LETTER * wide + _LETTER * (len(text) - wide))


def shortened(text: str, room: float, size: float) -> str:
    """The text, cut with an ellipsis where it has no room."""
    text = printable(text)
    if text_width(text, size) <= room:
        return text
    while text and text_width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…" if text else ""
