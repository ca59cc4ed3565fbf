"""The figures of an article: SVG that stands alone, on a page, in a book and in print.

Conventions. Every figure is 720 units wide and brings all it needs: its ground, its colours as
attributes, its glyphs. No style, no script, nothing outside it. Album time runs over the same
stretch of the width on every figure that has it. Elements carry classes that name their colours
(`fill-ink`, `stroke-rule`), so that a page can have its own in the dark (`dark_rules`). Nothing is
told by colour alone, and each figure says the same in words. Where there is nothing to draw there
is no figure.
"""

from unsung.pages.article.figures.arc import emotional_arc
from unsung.pages.article.figures.colours import dark_rules
from unsung.pages.article.figures.gem_chart import Axis, ChartPoint, GemChart, gem_chart
from unsung.pages.article.figures.motif_map import motif_map
from unsung.pages.article.figures.tapestry import tapestry
from unsung.pages.article.figures.transformations import transformations

__all__ = [
    "Axis",
    "ChartPoint",
    "GemChart",
    "dark_rules",
    "emotional_arc",
    "gem_chart",
    "motif_map",
    "tapestry",
    "transformations",
]
