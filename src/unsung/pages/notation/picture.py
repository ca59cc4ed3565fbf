"""An engraving for a page that has many: glyphs are drawn once, and notes know when they sound."""

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from attrs import frozen
from markupsafe import Markup

from unsung.pages.notation.engraving import svg
from unsung.pages.notation.mei import Stave, note_id

_SVG = "{http://www.w3.org/2000/svg}"
_GLYPH = re.compile(r"#?(E[0-9A-F]{3,4})-\w+")
_KEPT_CLASSES = {"measure", "staff", "note", "added", "moved"}
_KEPT_ATTRIBUTES = {
    "cx", "cy", "d", "height", "points", "rx", "ry", "stroke-linecap", "stroke-linejoin",
    "stroke-width", "transform", "width", "x", "y",
}  # fmt: skip


@frozen
class Sound:
    """From when until when a note sounds, and in which track."""

    track: str
    start_s: float
    end_s: float


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


def picture(label: str, staves: Sequence[Stave], scale: float = 1.0) -> Picture:
    """The staves; each note carries `data-track`, `data-from` and `data-until`: where it sounds."""
    root = ET.fromstring(svg(staves))  # noqa: S314 (Verovio made it)
    inner = root.find(f"{_SVG}svg")
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    box = Markup(
        '<svg class="score" role="img" aria-label="{}" viewBox="{}" width="{:.0f}" height="{:.0f}">'
    ).format(label, inner.attrib["viewBox"], width * scale, height * scale)  # type: ignore[union-attr]
    sounds = timemap(staves)
    drawn = Markup("").join(_drawn(child, sounds) for child in inner or ())
    return Picture(box + drawn + Markup("</svg>"), _glyphs(root))


def glyph_definitions(pictures: Iterable[Picture]) -> Markup:
    """All glyphs that these pictures use, each once."""
    distinct = {glyph.name: glyph for one in pictures for glyph in one.glyphs}
    symbol = Markup('<path id="{}" transform="scale(1,-1)" d="{}"/>')
    return Markup("").join(
        symbol.format(glyph.name, glyph.outline) for _, glyph in sorted(distinct.items())
    )


def timemap(staves: Iterable[Stave]) -> dict[str, Sound]:
    """Where each note sounds, by its id."""
    return {
        note_id(stave, note): Sound(stave.sounds_in, note.start_s, note.end_s)
        for stave in staves
        for note in stave.passage.notes
    }


def _glyphs(root: ET.Element) -> tuple[Glyph, ...]:
    return tuple(
        Glyph(_name(glyph.attrib["id"]), path.attrib["d"])
        for glyph in root.iterfind(f"{_SVG}defs/{_SVG}g")
        for path in glyph.iterfind(f"{_SVG}path")
    )


def _name(identifier: str) -> str:
    return _GLYPH.sub(r"glyph-\1", identifier)


def _drawn(element: ET.Element, sounds: dict[str, Sound]) -> Markup:
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


def _group(element: ET.Element, inner: Markup, sounds: dict[str, Sound]) -> Markup:
    names = element.attrib.get("class", "").split()
    if not inner or "placeholder" in names:
        return Markup("")
    classes = [name for name in names if name in _KEPT_CLASSES]
    transform = element.attrib.get("transform")
    if not classes and transform is None:
        return inner
    opened = Markup("<g")
    if classes:
        opened += Markup(' class="{}"').format(" ".join(classes))
    if transform:
        opened += Markup(' transform="{}"').format(transform)
    return opened + _clock(element, sounds) + Markup(">") + inner + Markup("</g>")


def _clock(element: ET.Element, sounds: dict[str, Sound]) -> Markup:
    identifier = element.attrib.get("id", "")
    if identifier not in sounds:
        identifier = identifier.partition("-at-")[0]
        if identifier not in sounds:
            return Markup("")
    sound = sounds[identifier]
    played = Markup(' data-track="{}"').format(sound.track) if sound.track else Markup("")
    return played + Markup(' id="{}" data-from="{:.3f}" data-until="{:.3f}"').format(
        element.attrib["id"], sound.start_s, sound.end_s
    )
