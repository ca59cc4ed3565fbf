"""The keys of an album as one strip: coloured, named where there is room, hatched where open."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from attrs import frozen
from markupsafe import Markup

from unsung.model.hearing import Hearing, Soundtrack
from unsung.model.outcomes import Outcome, Undecided
from unsung.model.pitch import Key
from unsung.model.time import Span
from unsung.pages.article.figures.along import LEFT, Along
from unsung.pages.article.figures.colours import painted
from unsung.pages.article.figures.sheet import (
    SMALL,
    hatched,
    length,
    rectangle,
    text_width,
    words,
)

STRIP = 46
_LEAST_WIDTH, _UPRIGHT_WIDTH = 12.0, 13.0


@frozen
class KeyBlock:
    """A stretch of a track (counted from 0) in one key."""

    track: int
    span: Span
    key: Key | Undecided


@frozen
class Keys:
    """What the strip shows: every stretch, or of each track the key that it keeps longest."""

    blocks: tuple[KeyBlock, ...]
    is_by_track: bool


def keys_along(soundtrack: Soundtrack, album: Along) -> Keys:
    """Every stretch, unless most would be too narrow to see."""
    blocks = tuple(
        KeyBlock(track, one.span, one.key)
        for track, heard in enumerate(soundtrack.heard)
        for one in heard.hearing.key.spans
    )
    wide = [album.stretch(one.track, one.span)[1] for one in blocks]
    if not wide or median(wide) >= _LEAST_WIDTH:
        return Keys(blocks, is_by_track=False)
    return Keys(tuple(_by_track(soundtrack)), is_by_track=True)


def _by_track(soundtrack: Soundtrack) -> Iterable[KeyBlock]:
    for track, one in enumerate(soundtrack.heard):
        if one.hearing.key.spans:
            yield KeyBlock(track, Span(0.0, one.hearing.duration_s), _kept_longest(one.hearing))


def _kept_longest(hearing: Hearing) -> Key | Undecided:
    lengths_s: defaultdict[Key | Undecided, float] = defaultdict(float)
    for one in hearing.key.spans:
        lengths_s[one.key] += one.span.duration_s
    return max(lengths_s, key=lambda key: lengths_s[key])


def key_strip(slug: str, blocks: Sequence[KeyBlock], top: float, album: Along) -> Markup:
    """The strip; its hatching is that of the figure `slug`."""
    label = words("key", LEFT - 10, top + STRIP / 2 + 5, anchor="end")
    placed = [(one.key, *album.stretch(one.track, one.span)) for one in blocks]
    grounds = [_ground(slug, key, x, wide, top) for key, x, wide in placed]
    names = [_name(key, x, wide, top) for key, x, wide in placed if isinstance(key, Key)]
    return Markup("").join([label, *grounds, *names])


def _ground(slug: str, key: Key | Undecided, x: float, wide: float, top: float) -> Markup:
    """Neighbours on the circle of fifths look alike; minor is the darker."""
    if isinstance(key, Outcome):
        return rectangle(x, top, wide, STRIP, hatched(slug))
    look = painted(f"{key.mode}-{key.tonic_pitch_class * 7 % 12}", "paper")
    return rectangle(x, top, wide, STRIP, look)


def _name(key: Key, x: float, wide: float, top: float) -> Markup:
    """Its name, or its letter, or its letter upright, or nothing, as there is room."""
    letter = f"{key.name.split()[0]}{'m' if key.mode == 'minor' else ''}"
    middle, centre = x + wide / 2, top + STRIP / 2
    for name in (key.name, letter):
        if text_width(name, SMALL) + 6 <= wide:
            return words(name, middle, centre + 5, anchor="middle")
    if wide < _UPRIGHT_WIDTH:
        return Markup("")
    turned = f"rotate(-90 {length(middle)} {length(centre)})"
    return words(letter, middle, centre + 5, SMALL - 1, anchor="middle", transform=turned)
