"""Elements of SVG, with everything that comes from outside escaped."""

from collections.abc import Mapping

from markupsafe import Markup


def element(name: str, attributes: Mapping[str, object], *children: str) -> Markup:
    """One element; children that are not `Markup` are text and escaped."""
    written = Markup("").join(Markup(' {}="{}"').format(*pair) for pair in attributes.items())
    if not children:
        return Markup("<{}{}/>").format(name, written)
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, Markup("").join(children))


def path(classes: str, drawn: str) -> Markup:
    """A path, or nothing where nothing is drawn. `drawn` holds numbers and commands only."""
    return Markup('<path class="{}" d="{}"/>').format(classes, drawn) if drawn else Markup("")


def figure(label: str, height_px: int, *children: str) -> Markup:
    """A figure as wide as its place, with `label` as its text alternative."""
    box = {"role": "img", "aria-label": label, "width": "100%", "height": height_px}
    return element("svg", {"class": "figure", **box}, *children)


def decoration(classes: str, height: object, *children: str) -> Markup:
    """A figure that says nothing its neighbours do not say: hidden from a screen reader."""
    box = {"aria-hidden": "true", "width": "100%", "height": height}
    return element("svg", {"class": classes, **box}, *children)
