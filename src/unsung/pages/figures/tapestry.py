"""Who plays, as a tapestry: a thread for each family, the thicker the surer."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from markupsafe import Markup

from unsung.model.time import Span
from unsung.pages.figures.axes import PLOT_WIDTH, TimeAxis
from unsung.pages.figures.blocks import block
from unsung.pages.figures.svg import element, figure, path

NAME_PX, THREAD_PX = 15, 13
_LEVELS = (0.35, 0.6, 0.85)


@frozen
class Thread:
    """A name, a look (a class of the style sheet), and how likely it is heard in each second."""

    name: str
    look: str
    likely: np.ndarray


def tapestry(
    label: str, threads: Sequence[Thread], unknown: Sequence[Span], axis: TimeAxis
) -> Markup:
    """Threads under one another, each below its name; hatched where nobody can be told."""
    row_px = NAME_PX + THREAD_PX
    drawn = [_placed(at * row_px, thread, axis) for at, thread in enumerate(threads)]
    top = len(drawn) * row_px
    hatched = [block("unclear", span, axis, THREAD_PX) for span in unknown]
    if hatched:
        rest = element("svg", {"y": top + NAME_PX, "width": "100%", "height": THREAD_PX}, *hatched)
        drawn += [_name(top, "not told"), rest]
        top += row_px
    return figure(label, max(top, row_px), *drawn)


def _placed(top: int, thread: Thread, axis: TimeAxis) -> Markup:
    box = {"viewBox": f"0 0 {PLOT_WIDTH} {THREAD_PX}", "preserveAspectRatio": "none"}
    place = {"y": top + NAME_PX, "width": "100%", "height": THREAD_PX}
    strands = [path(f"strand {thread.look}", _bars(thread.likely, k, axis)) for k in range(3)]
    return Markup("").join([_name(top, thread.name), element("svg", {**box, **place}, *strands)])


def _name(top: int, name: str) -> Markup:
    return element("text", {"x": 0, "y": top + NAME_PX - 3}, name)


def _bars(likely: np.ndarray, level: int, axis: TimeAxis) -> str:
    """The stretches that reach a level, a third, two thirds or all of the thread thick."""
    there = np.diff((likely >= _LEVELS[level]).astype(np.int8), prepend=0, append=0)
    edges = axis.x(np.flatnonzero(there).astype(float)).reshape(-1, 2).tolist()
    thick = THREAD_PX * (level + 1) / len(_LEVELS)
    top = (THREAD_PX - thick) / 2
    return "".join(f"M{a:.1f} {top:.1f}H{b:.1f}v{thick:.1f}H{a:.1f}z" for a, b in edges)
