"""Colours of CSS as the six digits that every reader of SVG knows."""

import re

import numpy as np
import tinycss2.color5

_OKLAB_TO_LMS = np.array([
    [1, 0.3963377774, 0.2158037573],
    [1, -0.1055613458, -0.0638541728],
    [1, -0.0894841775, -1.2914855480],
])  # fmt: skip
_LMS_TO_LINEAR = np.array([
    [4.0767416621, -3.3077115913, 0.2309699292],
    [-1.2684380046, 2.6097574011, -0.3413193965],
    [-0.0041960863, -0.7034186147, 1.7076147010],
])  # fmt: skip
_MIX = re.compile(r"color-mix\(in oklab, (.+?) ([\d.]+)%, (.+)\)")


def hex_colour(colour: str) -> str:
    """`#rrggbb` (Björn Ottosson's Oklab where it is given so); empty where it is no colour.

    What is transparent is taken as lying on white; what lies outside sRGB is cut off at its edge.
    """
    rgb = _rgb(colour)
    return "" if rgb is None else "#" + "".join(f"{round(255 * one):02x}" for one in rgb)


def _rgb(colour: str) -> np.ndarray | None:
    mixed = _MIX.fullmatch(colour)
    if mixed:
        one, other, share = _rgb(mixed[1]), _rgb(mixed[3]), float(mixed[2]) / 100
        return None if one is None or other is None else np.add(share * one, (1 - share) * other)
    parsed = tinycss2.color5.parse_color(colour)
    if parsed is None or parsed == "currentcolor":
        return None
    values = np.array([one or 0.0 for one in parsed.coordinates], float)
    rgb = _from_oklch(values) if parsed.space == "oklch" else values
    return np.asarray(np.clip(rgb * parsed.alpha + (1 - parsed.alpha), 0, 1))


def _from_oklch(values: np.ndarray) -> np.ndarray:
    lightness, chroma, hue = values[0], values[1], np.radians(values[2])
    lms = _OKLAB_TO_LMS @ np.array([lightness, chroma * np.cos(hue), chroma * np.sin(hue)])
    linear = np.clip(_LMS_TO_LINEAR @ lms**3, 0, 1)
    curved = 1.055 * linear ** (1 / 2.4) - 0.055
    return np.asarray(np.where(linear <= 0.0031308, 12.92 * linear, curved))
