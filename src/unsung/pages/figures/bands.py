"""A percentile with what was expected: a scale from 0 to 100, a band, and two marks."""

from markupsafe import Markup

from unsung.model.recognition import Estimate
from unsung.pages.figures.svg import element

_HEIGHT_PX = 56


def expected_band(received: float, expected: Estimate) -> Markup:
    """What was received, on the band that holds nine tenths of works of equal exposure."""
    label = (
        f"Received {received:.0f}, expected {expected.value:.0f}"
        f" ({expected.low:.0f} to {expected.high:.0f})"
    )
    box = {"class": "figure band", "role": "img", "aria-label": label, "width": "100%",
           "height": _HEIGHT_PX}  # fmt: skip
    band = {"x": f"{expected.low:.1f}%", "y": 18, "width": f"{expected.high - expected.low:.1f}%"}
    return element(
        "svg",
        box,
        element("rect", {"class": "scale", "x": 0, "y": 27, "width": "100%", "height": 2}),
        element("rect", {"class": "expected", **band, "height": 20}),
        _mark("middle-mark", expected.value, 14, 42),
        _mark("received-mark", received, 8, 48),
    )


def _mark(look: str, percent: float, top: int, bottom: int) -> Markup:
    at = f"{percent:.1f}%"
    return element("line", {"class": look, "x1": at, "x2": at, "y1": top, "y2": bottom})
