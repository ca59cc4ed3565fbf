"""The album along the width of a figure: where its instants stand, and its tracks beneath."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from attrs import frozen
from markupsafe import Markup

from unsung.model.hearing import Soundtrack
from unsung.model.time import Span
from unsung.pages.article.figures.colours import painted
from unsung.pages.article.figures.sheet import SMALL, length, rectangle, text_width, words
from unsung.pages.figures.axes import PLOT_WIDTH
from unsung.pages.figures.motif_map import AlbumAxis

LEFT, RIGHT = 108, 108 + PLOT_WIDTH
"""Where the album begins and ends: on every figure alike, with room for words to its left."""
NUMBERS_HEIGHT = 26
_GAP = 7


@frozen
class Along:
    """All tracks one after the other, from `LEFT` to `RIGHT`."""

    axis: AlbumAxis

    def x(self, track: int, at_s: float) -> float:
        """Where an instant of a track (counted from 0) stands; cut at the track's end."""
        return float(self.columns(track, np.array([at_s]))[0])

    def columns(self, track: int, times_s: np.ndarray) -> np.ndarray:
        """The same for many instants."""
        inside_s = np.clip(times_s, 0.0, self.axis.durations_s[track])
        return LEFT + self.axis.time.x(self.axis.starts_s[track] + inside_s)

    def stretch(self, track: int, span: Span, least: float = 0.0) -> tuple[float, float]:
        """Where a span begins and how wide it is: so wide at least, around its middle."""
        start, end = self.x(track, span.start_s), self.x(track, span.end_s)
        wide = max(end - start, least)
        start = min(max((start + end - wide) / 2, LEFT), RIGHT - wide)
        return start, wide


def along(soundtrack: Soundtrack) -> Along | None:
    """The tracks of an album; nothing where none lasts."""
    durations_s = tuple(one.hearing.duration_s for one in soundtrack.heard)
    return Along(AlbumAxis(durations_s)) if sum(durations_s) > 0 else None


def track_bands(album: Along, top: float, bottom: float) -> Markup:
    """Every other track on a darker ground."""
    edges = [*(album.x(k, 0.0) for k in range(len(album.axis.durations_s))), RIGHT]
    drawn = "".join(
        f"M{length(start)} {length(top)}H{length(end)}V{length(bottom)}H{length(start)}z"
        for start, end in list(pairwise(edges))[::2]
    )
    frame = rectangle(LEFT, top, PLOT_WIDTH, bottom - top, painted("none", "rule"))
    return (
        Markup('<path class="fill-band" fill="{}" d="{}"/>').format(painted("band")["fill"], drawn)
        + frame
    )


def track_numbers(album: Along, numbers: Sequence[int], top: float) -> Markup:
    """The number of each track beneath its beginning, where there is room."""
    y, free_from = top + SMALL + 4, float(LEFT)
    drawn = [words("track", LEFT - 10, y, colour="soft", anchor="end")]
    for track, number in enumerate(map(str, numbers)):
        start = album.x(track, 0.0) + 1
        if start >= free_from and start + text_width(number, SMALL) <= RIGHT + 4:
            drawn.append(words(number, start, y, colour="soft"))
            free_from = start + text_width(number, SMALL) + _GAP
    return Markup("").join(drawn)
