"""An engraving for a page that has many: glyphs are drawn once, and notes know when they sound."""

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from attrs import frozen
from markupsafe import Markup

from unsung.pages.notation.engraving import svg
from unsung.pages.notation.mei import note_id
from unsung.pages.notation.passage import Passage

_SVG = "{http://www.w3.org/2000/svg}"
_GLYPH = re.compile(r"#?(E[0-9A-F]{3,4})-\w+")
_KEPT_CLASSES = {"note", "rest", "staff", "added", "moved", "tie"}
_KEPT_ATTRIBUTES = {
    "cx", "cy", "d", "height", "points", "rx", "ry", "stroke-linecap", "stroke-linejoin",
    "stroke-width", "transform", "width", "x", "y",
}  # fmt: skip


@frozen
class Glyph:
    """A sign of the music font: drawn once on a page, used by name."""

    name: str
    outline: str


@frozen
class Picture:
    """An engraving as SVG without style, and the glyphs that the page must hold for it."""

    drawing: Markup
    glyphs: tuple[Glyph, ...]


def picture(label: str, staves: Sequence[tuple[str, Passage]], scale: float = 1.0) -> Picture:
    """The staves; each note carries `data-from` and `data-until`, the seconds it sounds."""
    root = ET.fromstring(svg(staves))  # noqa: S314 (Verovio made it)
    inner = root.find(f"{_SVG}svg")
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    box = Markup(
        '<svg class="score" role="img" aria-label="{}" viewBox="{}" width="{:.0f}" height="{:.0f}">'
    ).format(label, inner.attrib["viewBox"], width * scale, height * scale)  # type: ignore[union-attr]
    sounds = _sounds(staves)
    drawn = Markup("").join(_drawn(child, sounds) for child in inner or ())
    return Picture(box + drawn + Markup("</svg>"), _glyphs(root))


def glyph_definitions(pictures: Iterable[Picture]) -> Markup:
    """All glyphs that these pictures use, each once."""
    distinct = {glyph.name: glyph for one in pictures for glyph in one.glyphs}
    symbol = Markup('<path id="{}" transform="scale(1,-1)" d="{}"/>')
    return Markup("").join(
        symbol.format(glyph.name, glyph.outline) for _, glyph in sorted(distinct.items())
    )


def _sounds(staves: Sequence[tuple[str, Passage]]) -> dict[str, tuple[float, float]]:
    """When each note sounds, by its id."""
    return {
        note_id(name, note): (note.start_s, note.end_s)
        for name, passage in staves
        for note in passage.notes
    }


def _glyphs(root: ET.Element) -> tuple[Glyph, ...]:
    return tuple(
        Glyph(_name(glyph.attrib["id"]), path.attrib["d"])
        for glyph in root.iterfind(f"{_SVG}defs/{_SVG}g")
        for path in glyph.iterfind(f"{_SVG}path")
    )


def _name(identifier: str) -> str:
    return _GLYPH.sub(r"glyph-\1", identifier)


def _drawn(element: ET.Element, sounds: dict[str, tuple[float, float]]) -> Markup:
    """The element without what only an editor needs; nothing where nothing is drawn."""
    tag = element.tag.removeprefix(_SVG)
    inner = Markup("").join(_drawn(child, sounds) for child in element)
    if tag == "g":
        return _group(element, inner, sounds)
    if tag == "use":
        target = f"#{_name(element.attrib['href'].lstrip('#'))}"
        return Markup('<use href="{}" transform="{}"/>').format(
            target, element.attrib.get("transform", "")
        )
    if tag in {"text", "tspan"}:
        return Markup("")
    kept = [(name, element.attrib[name]) for name in element.attrib if name in _KEPT_ATTRIBUTES]
    written = Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in kept)
    return Markup("<{}{}/>").format(tag, written)


def _group(element: ET.Element, inner: Markup, sounds: dict[str, tuple[float, float]]) -> Markup:
    if not inner:
        return inner
    classes = [one for one in element.attrib.get("class", "").split() if one in _KEPT_CLASSES]
    transform = element.attrib.get("transform")
    if not classes and transform is None:
        return inner
    opened = Markup("<g")
    if classes:
        opened += Markup(' class="{}"').format(" ".join(classes))
    if transform:
        opened += Markup(' transform="{}"').format(transform)
    return opened + _clock(element, sounds) + Markup(">") + inner + Markup("</g>")


def _clock(element: ET.Element, sounds: dict[str, tuple[float, float]]) -> Markup:
    identifier = element.attrib.get("id", "")
    if identifier not in sounds:
        identifier = identifier.partition("-at-")[0]
        if identifier not in sounds:
            return Markup("")
    start_s, end_s = sounds[identifier]
    return Markup(' id="{}" data-from="{:.3f}" data-until="{:.3f}"').format(
        element.attrib["id"], start_s, end_s
    )
