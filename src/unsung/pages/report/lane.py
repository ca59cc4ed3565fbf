"""A lane of a track: a figure and the words around it."""

from attrs import frozen
from markupsafe import Markup


@frozen
class Lane:
    """A figure and the words around it; `top` and `bottom` are the ends of its scale."""

    name: str
    figure: Markup
    unit: str = ""
    top: str = ""
    bottom: str = ""
