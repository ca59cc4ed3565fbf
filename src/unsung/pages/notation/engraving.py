"""Engraving by Verovio: SVG to look at, Plaine & Easie code to search for.

Pugin, Zitellini and Roland, "Verovio: a library for engraving MEI music notation into SVG", ISMIR
2014.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from unsung.pages.notation.mei import Stave, mei
from unsung.pages.notation.passage import Passage

_OPTIONS = {
    "adjustPageHeight": True,
    "adjustPageWidth": True,
    "breaks": "none",
    "footer": "none",
    "header": "none",
    "mnumInterval": 1000,
    "pageHeight": 60000,
    "pageMarginBottom": 20,
    "pageMarginLeft": 10,
    "pageMarginRight": 10,
    "pageMarginTop": 20,
    "pageWidth": 60000,
    "scale": 40,
    "spacingLinear": 0.27,
    "svgRemoveXlink": True,
    "svgViewBox": True,
    "xmlIdSeed": 1,
}


def svg(staves: Sequence[Stave], title: str = "") -> str:
    """The staves as a picture that stands alone; the same notes give the same bytes."""
    return str(_loaded(mei(staves, title)).renderToSVG(1, True))  # noqa: FBT003 (Verovio's own)


def pae(passage: Passage) -> str:
    """The passage as a Plaine & Easie incipit, the code that RISM catalogues music by.

    The music stands beside its `@data:`, for what stands beneath it Verovio writes but cannot read.
    """
    code = str(_loaded(mei([Stave("n", passage)])).renderToPAE())
    return code.replace("@data:\n", "@data:").rstrip() + "\n"


def _loaded(source: str) -> Any:
    toolkit = _toolkit()
    toolkit.setOptions(_OPTIONS)
    toolkit.loadData(source)
    return toolkit


@cache
def _toolkit() -> Any:
    """One for the process: loading its fonts is what takes time."""
    import verovio  # noqa: PLC0415  (slow to load, and only notation needs it)

    verovio.enableLog(verovio.LOG_OFF)
    return verovio.toolkit()
