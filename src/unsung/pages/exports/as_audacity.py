"""Audacity label tracks: `start<TAB>end<TAB>text`, seconds with six decimals.

Audacity reads them with File > Import > Labels; many other programs read the same lines.
"""

import re
from collections.abc import Iterable

from unsung.pages.exports.columns import encodable
from unsung.pages.exports.stretches import Stretch


def label_track(stretches: Iterable[Stretch]) -> str:
    """One line a stretch; no lines where there is none."""
    return "".join(
        f"{one.start_s:.6f}\t{one.end_s:.6f}\t{_one_line(one.text)}\n" for one in stretches
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", encodable(text))
