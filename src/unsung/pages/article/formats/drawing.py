"""Figures that stand alone: drawings for the page's style sheet, with that style written into them.

On the page, figures share its style sheet, with variables, `oklch` colours and shared patterns. A
book, a PDF or a file beside a text has none of these. Here every rule is applied once, in light
colours, as attributes of SVG 1.1.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree as ET

import cssselect2
import tinycss2
from attrs import frozen

from unsung.pages.article.formats.colours import hex_colour
from unsung.pages.figures.motif_map import weaves

WIDTH_PX = 720
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_SHEETS = (
    ("unsung.pages.report", "report.css"),
    ("unsung.pages.recognition", "recognition.css"),
    ("unsung.pages.article.formats", "article.css"),
)
_PAINTS = {"fill", "stroke", "color"}
_KEPT = _PAINTS | {
    "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity",
    "paint-order", "font-size", "font-weight", "font-style", "text-anchor", "display",
}  # fmt: skip
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_FONT = re.compile(r"(?:(?P<weight>bold|\d{3}) )?(?P<size>[\d.]+px|[\d.]+rem)")
_HOOKS = re.compile(r"(data-.*|aria-.*|role|class|tabindex)")
_FAMILY = "Liberation Sans, DejaVu Sans, Noto Sans, Arial, Helvetica, sans-serif"


@frozen
class _Rule:
    """A selector's weight and order, and what it declares."""

    selector: cssselect2.compiler.CompiledSelector
    order: int
    declared: tuple[tuple[str, str, bool], ...]


def standing_alone(svg: str, description: str, width_px: int = WIDTH_PX) -> str:
    """The drawing as an SVG file, `width_px` wide if it was drawn as wide as its place."""
    root = ET.fromstring(_rooted(svg))  # noqa: S314 (made by our own figures)
    _add_shared(root)
    _sized(root, width_px)
    wrapper = cssselect2.ElementWrapper.from_xml_root(root)
    for wrapped in wrapper.iter_subtree():
        _style(wrapped)
    for element in root.iter():
        _without_hooks(element)
    root.set("font-family", _FAMILY)
    title = ET.Element(f"{{{_SVG}}}title")
    title.text = description
    root.insert(0, title)
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    return ET.tostring(root, encoding="unicode")


def _rooted(svg: str) -> str:
    """With the namespaces that a page of HTML does without."""
    head = svg[: svg.index(">")]
    spaces = "" if "xmlns=" in head else f' xmlns="{_SVG}"'
    spaces += "" if "xmlns:xlink" in head else f' xmlns:xlink="{_XLINK}"'
    return svg.replace("<svg", f"<svg{spaces}", 1)


def _add_shared(root: ET.Element) -> None:
    """The patterns that a page holds once for all its figures, where this one uses them."""
    used = set(re.findall(r"weave-\w+|hatch", ET.tostring(root, encoding="unicode")))
    hatched = "hatch" in used or any("unclear" in one.get("class", "") for one in root.iter())
    shared = ET.fromstring(_rooted(f"<svg>{_HATCH}{weaves()}</svg>"))  # noqa: S314 (our own)
    definitions = ET.SubElement(root, f"{{{_SVG}}}defs")
    for pattern in shared:
        if pattern.get("id") in used or (hatched and pattern.get("id") == "hatch"):
            definitions.append(pattern)


_HATCH = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><path d="M0 0v6" class="hatch-line"/></pattern>'
)


def _sized(root: ET.Element, width_px: int) -> None:
    """A width and a height in pixels, and a view box of its own."""
    box = root.get("viewBox")
    if box:
        _, _, wide, high = (float(side) for side in box.split())
        width = _pixels(root.get("width"), float(width_px))
        height = width * high / wide
    else:
        width, height = float(width_px), _pixels(root.get("height"), 96.0)
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    for name, side in (("width", width), ("height", height)):
        root.attrib.pop(name, None)
        root.set(name, f"{side:g}")


def _pixels(length: str | None, otherwise: float) -> float:
    found = re.fullmatch(r"([\d.]+)(px)?", length or "")
    return float(found[1]) if found else otherwise


def _style(wrapped: cssselect2.ElementWrapper) -> None:
    """The rules that hold for an element, as its attributes; children inherit as SVG has it."""
    element = wrapped.etree_element
    variables = dict(getattr(wrapped.parent, "variables", _root_variables()))
    declared = _declared(wrapped)
    variables.update((name, value) for name, value in declared.items() if name.startswith("--"))
    wrapped.variables = variables
    for name, value in declared.items():
        if name == "font":
            _set_font(element, _resolved(value, variables))
        elif name in _KEPT:
            _set(element, name, _resolved(value, variables))


def _set(element: ET.Element, name: str, value: str) -> None:
    if name in _PAINTS and not value.startswith("url("):
        value = value if value in {"none", "currentColor"} else hex_colour(value)
    if value:
        element.set(name, value.removesuffix("px"))


def _set_font(element: ET.Element, value: str) -> None:
    found = _FONT.match(value)
    if found:
        size = found["size"]
        px = float(size[:-3]) * 16 if size.endswith("rem") else float(size[:-2])
        element.set("font-size", f"{px:g}")
        if found["weight"]:
            element.set("font-weight", found["weight"])


def _resolved(value: str, variables: Mapping[str, str]) -> str:
    while found := _VARIABLE.search(value):
        meant = variables.get(found[1], (found[2] or "").strip())
        value = value[: found.start()] + meant + value[found.end() :]
    return value.strip()


def _declared(wrapped: cssselect2.ElementWrapper) -> dict[str, str]:
    """What holds for an element: the more important, more specific and later rule wins."""
    holding = [
        (important, rule.selector.specificity, rule.order, name, value)
        for rule in _rules()
        if rule.selector.test(wrapped)
        for name, value, important in rule.declared
    ]
    return {name: value for *_, name, value in sorted(holding)}


def _without_hooks(element: ET.Element) -> None:
    """Without what only a page can use: classes, times to play from, links into the page."""
    for name in [name for name in element.attrib if _HOOKS.fullmatch(name)]:
        del element.attrib[name]
    address = element.attrib.pop("href", "")
    if element.tag == f"{{{_SVG}}}a":
        element.tag = f"{{{_SVG}}}g"
    elif address:
        element.set(f"{{{_XLINK}}}href", address)


@cache
def _root_variables() -> dict[str, str]:
    """The colours of paper and ink, by day."""
    return {
        name: value
        for rule in _rules(":root")
        for name, value, _ in rule.declared
        if name.startswith("--")
    }


@cache
def _rules(only: str = "") -> tuple[_Rule, ...]:
    return tuple(rule for sheet in _SHEETS for rule in _rules_of(*sheet, only))


def _rules_of(package: str, name: str, only: str) -> Iterator[_Rule]:
    """Plain rules; those for small or dark screens and for print are left aside."""
    sheet = files(package).joinpath(name).read_text("utf-8")
    parsed = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    for order, rule in enumerate(one for one in parsed if one.type == "qualified-rule"):
        if only and tinycss2.serialize(rule.prelude).strip() != only:
            continue
        declared = tuple(_declarations(rule.content))
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            continue
        place = order + 10_000 * [sheet for _, sheet in _SHEETS].index(name)
        yield from (_Rule(one, place, declared) for one in selectors if not one.pseudo_element)


def _declarations(content: list[tinycss2.ast.Node]) -> Iterator[tuple[str, str, bool]]:
    for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration":
            yield one.name, tinycss2.serialize(one.value).strip(), one.important
