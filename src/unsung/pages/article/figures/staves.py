"""An engraving taken apart into its staves, so that words can stand between them.

The staves were engraved together, note under note, and keep their columns; only how far they lie
from one another changes. Colours and glyphs become attributes and definitions of the figure's own.
"""

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from attrs import frozen
from markupsafe import Markup

from unsung.pages.article.figures.colours import painted
from unsung.pages.figures.svg import element
from unsung.pages.notation import Picture

SPACE = 180.0
"""From one line of a staff to the next, in the units of an engraving."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TRANSFORM = re.compile(r"translate\((-?[\d.]+), (-?[\d.]+)\)")
_SHAPE = ("d", "points", "cx", "cy", "rx", "ry", "x", "y", "width", "height", "transform")
_LINES = ("stroke-width", "stroke-linecap", "stroke-linejoin")
_SIGNS = {"added": ("+", "accent"), "moved": ("≠", "moved")}
_REACHES = {"E05": (4.5, 2.8), "E06": (1.2, 2.8)}
_REACH = (1.2, 1.2)
"""How far clefs, and all other glyphs, reach above and below their place, in spaces."""


@frozen
class Sign:
    """What stands beneath a note that was added (+) or moved (≠), in the colour of that note."""

    x: float
    y: float
    word: str
    colour: str


@frozen
class Staff:
    """One staff: its drawing, from `top` to `bottom`, and the signs beneath its notes."""

    drawn: Markup
    top: float
    bottom: float
    signs: tuple[Sign, ...]


@frozen
class Staves:
    """The staves of an engraving, from the upper to the lower, and how wide they are."""

    staves: tuple[Staff, ...]
    width: float
    definitions: Markup


def staves_of(picture: Picture, slug: str) -> Staves:
    """The staves, with glyphs that are named after `slug`."""
    root = ET.fromstring(picture.drawing)  # noqa: S314 (our own engraving)
    measures = root.findall("g/g[@class='measure']")
    lines = [_lines(staff) for staff in measures[0].findall("g[@class='staff']")]
    parts: list[list[ET.Element]] = [[] for _ in lines]
    for measure in measures:
        for place, one in _by_staff(measure, lines):
            parts[place].append(one)
    found = tuple(_staff(inside, middle, slug) for inside, middle in zip(parts, lines, strict=True))
    width = float(root.attrib["viewBox"].split()[2])
    return Staves(found, width, _definitions(picture, slug))


def _lines(staff: ET.Element) -> float:
    """The middle line of a staff."""
    return float(_NUMBER.findall(staff.findall("path")[2].attrib["d"])[1])


def _by_staff(measure: ET.Element, lines: Sequence[float]) -> Iterator[tuple[int, ET.Element]]:
    """What is in a bar, each with the staff it belongs to; ties and bar lines lie beside staves."""
    place = 0
    for one in measure:
        if one.get("class") == "staff":
            yield place, one
            place += 1
        else:
            heights = [y for _, y in _points(one)]
            if heights and max(heights) - min(heights) < 8 * SPACE:
                middle = sum(heights) / len(heights)
                yield min(range(len(lines)), key=lambda k: abs(lines[k] - middle)), one


def _staff(inside: Sequence[ET.Element], middle: float, slug: str) -> Staff:
    heights = [middle - 2 * SPACE, middle + 2 * SPACE]
    heights += [y for one in inside for y in _heights(one)]
    drawn = Markup("").join(_redrawn(one, slug) for one in inside)
    signs = tuple(
        Sign(_note_x(note), max(middle + 2 * SPACE, *_heights(note)), *sign)
        for one in inside
        for note in one.iter("g")
        for look, sign in _SIGNS.items()
        if look in note.get("class", "").split()
    )
    return Staff(drawn, min(heights), max(heights), signs)


def _points(one: ET.Element) -> list[tuple[float, float]]:
    """The points that an element and what is in it are drawn through."""
    found: list[tuple[float, float]] = []
    for each in one.iter():
        numbers = [*map(float, _NUMBER.findall(each.get("d") or each.get("points") or ""))]
        found += zip(numbers[::2], numbers[1::2], strict=False)
        if "cx" in each.attrib:
            found.append((float(each.attrib["cx"]), float(each.attrib["cy"])))
        elif "transform" in each.attrib:
            found += _translated(each)
    return found


def _translated(one: ET.Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in _TRANSFORM.findall(one.get("transform", ""))]


def _heights(one: ET.Element) -> list[float]:
    """How far up and down an element and what is in it reach."""
    return [y for each in one.iter() for y in _reach(each)]


def _reach(one: ET.Element) -> list[float]:
    """How far up and down an element alone reaches; a glyph about as far as its kind does."""
    if one.tag == "use":
        kind = one.attrib["href"].removeprefix("#glyph-")[:3]
        above, below = (SPACE * reach for reach in _REACHES.get(kind, _REACH))
        return [edge for _, y in _translated(one) for edge in (y - above, y + below)]
    if one.tag == "g":
        return []
    return [y for _, y in _points(one)]


def _note_x(note: ET.Element) -> float:
    head = note.find(".//use")
    return _translated(head)[0][0] if head is not None else 0.0


def _redrawn(one: ET.Element, slug: str, *, on_staff: bool = False) -> Markup:
    """The element in colours of its own, without what only a page that plays it needs."""
    names = one.get("class", "").split()
    if one.tag == "g":
        is_staff = "staff" in names
        inner = Markup("").join(_redrawn(each, slug, on_staff=is_staff) for each in one)
        shades = [_SIGNS[name][1] for name in names if name in _SIGNS]
        return element("g", painted(shades[0], shades[0]), inner) if shades else inner
    kept = {name: one.attrib[name] for name in (*_SHAPE, *_LINES) if name in one.attrib}
    if one.tag == "use":
        target = one.attrib["href"].removeprefix("#")
        return element("use", {"xlink:href": f"#{slug}-{target}"} | kept)
    line = painted("none", "staff") if on_staff and one.tag == "path" else {}
    return element(one.tag, line | kept)


def _definitions(picture: Picture, slug: str) -> Markup:
    glyphs = sorted(set(picture.glyphs), key=lambda one: one.name)
    drawn = (
        element("path", {"id": f"{slug}-{one.name}", "transform": "scale(1,-1)", "stroke": "none",
                         "d": one.outline})
        for one in glyphs
    )  # fmt: skip
    return element("defs", {}, *drawn)
