"""The colours of an article's figures, in pairs: on paper, and on a dark screen.

A figure that stands alone in a book has no style sheet, so every colour is an attribute, in the
plain sRGB that all readers know. Its class says what it is for (`fill-ink`, `stroke-rule`), so that
a page can have another one in the dark: `dark_rules` are those of this palette.

Hues are given in Oklch, where equal numbers look equally light (Ottosson, "A perceptual color space
for image processing", 2020).
"""

import math
from collections.abc import Mapping

import numpy as np

_PLAIN = {
    "paper": ("#ffffff", "#171512"),
    "ink": ("#1f1c18", "#ece6da"),
    "soft": ("#5f584e", "#aea597"),
    "rule": ("#cfc8ba", "#4a443a"),
    "band": ("#f3f0e8", "#211e19"),
    "accent": ("#8c2f1b", "#eda378"),
    "curve": ("#1d4e5f", "#9fd0dc"),
    "hill": ("#b9d0d5", "#35555d"),
    "staff": ("#8a8276", "#7d756a"),
    "moved": ("#1d5f8a", "#8ec5f2"),
}
_MOTIF_HUES = (25, 235, 145, 305, 85, 195)
_FAMILY_HUES = (25, 145, 85, 330, 265, 300, 175, 55, 235, 205, 5, 120)
_MOTIF, _KEY = ((0.62, 0.12), (0.66, 0.11)), {
    "major": ((0.86, 0.075), (0.5, 0.08)),
    "minor": ((0.74, 0.085), (0.38, 0.07)),
}  # fmt: skip

_TO_CONES = np.array([
    [1.0, 0.3963377774, 0.2158037573],
    [1.0, -0.1055613458, -0.0638541728],
    [1.0, -0.0894841775, -1.2914855480],
])  # fmt: skip
_TO_LIGHT = np.array([
    [4.0767416621, -3.3077115913, 0.2309699292],
    [-1.2684380046, 2.6097574011, -0.3413193965],
    [-0.0041960863, -0.7034186147, 1.7076147010],
])  # fmt: skip


def painted(fill: str = "none", stroke: str = "") -> dict[str, str]:
    """The attributes that fill and draw an element in these colours."""
    pairs = [("fill", fill), *[("stroke", stroke)] * bool(stroke)]
    names = [f"{part}-{name}" for part, name in pairs if name != "none"]
    box = {"class": " ".join(names)} if names else {}
    return box | {part: "none" if name == "none" else COLOURS[name][0] for part, name in pairs}


def dark_rules(within: str) -> str:
    """Style rules that give the figures `within` a selector their dark colours."""
    return "\n".join(
        f"{within} .{part}-{name} {{ {part}: {dark}; }}"
        for name, (_, dark) in COLOURS.items()
        for part in ("fill", "stroke")
    )


def oklch_to_hex(lightness: float, chroma: float, hue_degrees: float) -> str:
    """The colour as `#rrggbb`; what a screen cannot show is cut at its edge."""
    hue = math.radians(hue_degrees)
    oklab = np.array([lightness, chroma * math.cos(hue), chroma * math.sin(hue)])
    light = np.clip(_TO_LIGHT @ (_TO_CONES @ oklab) ** 3, 0, 1)
    encoded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(255 * float(part)):02x}" for part in encoded)


def _all() -> Mapping[str, tuple[str, str]]:
    motifs = {f"motif-{k}": _pair(_MOTIF, hue) for k, hue in enumerate(_MOTIF_HUES)}
    families = {f"family-{k}": _pair(_MOTIF, hue) for k, hue in enumerate(_FAMILY_HUES)}
    keys = {
        f"{mode}-{k}": _pair(pair, 90 + 30 * k) for mode, pair in _KEY.items() for k in range(12)
    }
    return _PLAIN | motifs | families | keys


def _pair(pair: tuple[tuple[float, float], tuple[float, float]], hue: float) -> tuple[str, str]:
    paper, dark = (oklch_to_hex(lightness, chroma, hue) for lightness, chroma in pair)
    return paper, dark


COLOURS = _all()
"""By name: on paper, and on a dark screen."""
