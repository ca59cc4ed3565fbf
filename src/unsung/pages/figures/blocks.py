"""Stretches of a track as blocks: its sections, its keys, and the ticks of its axis."""

from collections.abc import Sequence

from markupsafe import Markup

from unsung.model.hearing import KeyCurve, Sections
from unsung.model.outcomes import Outcome, Undecided
from unsung.model.pitch import Key
from unsung.model.time import Span
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.figures.svg import decoration, element, figure

STRIP_PX = 7
_WIDE_LETTER, _NARROW_LETTER = 0.009, 0.026
"""The share of the width that a letter takes on a wide page, and on a telephone."""


def block(
    classes: str,
    span: Span,
    axis: TimeAxis,
    height_px: int,
    words: Sequence[str] = (),
) -> Markup:
    """A stretch of the axis with the longest of `words` that fits; words are cut at its end."""
    share = max(min(span.end_s, axis.duration_s) - span.start_s, 0) / axis.duration_s
    place = {"x": axis.percent(span.start_s), "width": f"{100 * share:.4g}%", "height": height_px}
    fill = element("rect", {"class": classes, "width": "100%", "height": height_px})
    return element("svg", place, fill, *_fitting_words(words, share, height_px))


def _fitting_words(words: Sequence[str], share: float, height_px: int) -> tuple[Markup, ...]:
    """The word for a wide page, and, where it differs, the one for a narrow page."""
    wide, narrow = _fitting(words, share, _WIDE_LETTER), _fitting(words, share, _NARROW_LETTER)
    middle = {"x": 5, "y": f"{height_px / 2 + 4:g}"}
    if wide == narrow:
        return (element("text", middle, wide),) if wide else ()
    shown = (("wide", wide), ("narrow", narrow))
    return tuple(element("text", {"class": page, **middle}, word) for page, word in shown if word)


def _fitting(words: Sequence[str], share: float, letter_share: float) -> str:
    return next((word for word in words if (len(word) + 1) * letter_share < share), "")


def sections_lane(label: str, sections: Sections, axis: TimeAxis, height_px: int) -> Markup:
    """Sections as labelled blocks; `data-from` is where a click begins to play."""
    drawn = (
        element(
            "g",
            {"class": "section", "data-from": f"{section.span.start_s:.3f}"},
            block(_section_class(section.label), section.span, axis, height_px, (section.label,)),
        )
        for section in sections.sections
    )
    return figure(label, height_px, *drawn)


def _section_class(label: str) -> str:
    """Equal labels look alike; six tints go round, the letter tells them apart."""
    return f"tint tint-{sum(map(ord, label)) % 6}"


def key_lane(label: str, key: KeyCurve, axis: TimeAxis, height_px: int) -> Markup:
    """Keys as coloured blocks with their names; what is undecided is hatched."""
    return figure(label, height_px, *_keys(key, axis, height_px, named=True))


def key_strip(key: KeyCurve, axis: TimeAxis) -> list[Markup]:
    """The same keys without names, for a thin strip whose words stand beside it."""
    return _keys(key, axis, STRIP_PX, named=False)


def _keys(key: KeyCurve, axis: TimeAxis, height_px: int, *, named: bool) -> list[Markup]:
    return [
        block(key_class(one.key), one.span, axis, height_px, _key_words(one.key) if named else ())
        for one in key.spans
    ]


def key_class(key: Key | Undecided) -> str:
    """Neighbours on the circle of fifths have neighbouring hues; minor is the darker."""
    if isinstance(key, Outcome):
        return "unclear"
    return f"key fifth-{key.tonic_pitch_class * 7 % 12} {key.mode}"


def _key_words(key: Key | Undecided) -> tuple[str, ...]:
    """From the full name to the letter: `E♭ minor`, `E♭m`."""
    if isinstance(key, Outcome):
        return (str(key), "?")
    tonic = key.name.split()[0]
    return (key.name, f"{tonic}m" if key.mode == "minor" else tonic)


def ticks(axis: TimeAxis, words: Sequence[str], height_px: int) -> Markup:
    """The axis itself: `words` (one a tick) at the round instants."""
    texts = (
        element("text", {"x": axis.percent(tick), "dx": 3, "y": height_px - 5}, word)
        for tick, word in zip(axis.ticks_s, words, strict=True)
    )
    return decoration("ticks", height_px, *texts)
