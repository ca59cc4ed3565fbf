"""A whole track as one small shape: as long as it lasts, as high as it is loud.

Both against the album. Ten decibels less sound half as loud (Stevens, "The measurement of
loudness", JASA 27, 1955), so they are drawn half as high.
"""

import numpy as np
from markupsafe import Markup

from unsung.model.hearing import Hearing
from unsung.model.outcomes import NotHeard
from unsung.pages.figures import paths
from unsung.pages.figures.axes import PLOT_WIDTH, TimeAxis
from unsung.pages.figures.blocks import STRIP_PX, key_strip
from unsung.pages.figures.lanes import canvas
from unsung.pages.figures.svg import element, figure, path

HEIGHT_PX = 32
_COLUMNS = 200
_GAP_PX = 2
_LEAST_SHARE = 0.002


def silhouette(label: str, hearing: Hearing, longest_s: float, loudest_lufs: float) -> Markup:
    """Loudness mirrored about a middle line, as a wave looks, over a strip of the track's keys."""
    axis = TimeAxis(hearing.duration_s)
    strip_top_px = HEIGHT_PX + _GAP_PX
    shape = canvas(HEIGHT_PX, _shape(hearing, axis, loudest_lufs))
    keys = element("svg", {"y": strip_top_px, "height": STRIP_PX}, *key_strip(hearing.key, axis))
    share = max(hearing.duration_s / longest_s, _LEAST_SHARE)
    bar = element("svg", {"width": f"{100 * share:.4g}%"}, shape, keys)
    return figure(label, strip_top_px + STRIP_PX, bar)


def _shape(hearing: Hearing, axis: TimeAxis, loudest_lufs: float) -> Markup:
    if isinstance(hearing.loudness, NotHeard):
        return _onsets(hearing, axis)
    momentary = hearing.loudness.momentary
    x, _, highest = paths.columns(axis.x(momentary.times_s), momentary.values[0], _COLUMNS)
    height = (HEIGHT_PX - 1) * 2.0 ** ((np.minimum(highest, loudest_lufs) - loudest_lufs) / 10)
    return path("hill", paths.band(x, (HEIGHT_PX - height) / 2, (HEIGHT_PX + height) / 2))


def _onsets(hearing: Hearing, axis: TimeAxis) -> Markup:
    """A score has no loudness: a stroke where notes begin."""
    columns = np.unique(np.rint(axis.x(hearing.notes.onset_s) * _COLUMNS / PLOT_WIDTH))
    top, height = HEIGHT_PX * 0.3, HEIGHT_PX * 0.4
    x = (columns * PLOT_WIDTH / _COLUMNS).tolist()
    return path("onset", "".join(f"M{column:g} {top:g}v{height:g}" for column in x))
