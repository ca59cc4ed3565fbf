"""Findings on use: the tracks that the work never plays, or hardly ever. A fact, not a merit."""

from collections.abc import Sequence

import numpy as np

from unsung.model.finding import Finding, HeardPlace, Quantity, ReadPlace
from unsung.model.hearing import Heard
from unsung.questions.facts import listed, title_of
from unsung.questions.gems.exposure import Uses
from unsung.questions.gems.naming import QUESTION
from unsung.questions.gems.window import Window
from unsung.questions.gems.wording import slug_of

_METHOD = "Every place where the work calls for music was read and the files it names were counted."
_RARE_SHARE = 0.25
_ELSEWHERE = (
    "It may be used where what was read does not say so: in a menu, by default at an end, by a"
    " player’s choice, or in another edition."
)


def never_used(heard: Heard, window: Window, uses: Uses, usual_s: float) -> Finding:
    """The work has the track and never plays it; the longer, the more it weighs."""
    used = sum(count > 0 for count in uses.counts.values())
    length_s = heard.hearing.duration_s
    return Finding(
        slug=slug_of("never-used", heard.track),
        question=QUESTION,
        kind="never used in the work",
        claim="{track}, {length} long, is nowhere in {source}; {used} of the"
        " album’s {tracks} tracks are",
        facts={
            "track": title_of(heard),
            "length": Quantity(length_s, "clock"),
            "source": uses.source,
            "used": Quantity(used),
            "tracks": Quantity(len(uses.counts)),
        },
        verdict="supported",
        method=_METHOD,
        compared_with=f"the {len(uses.counts)} tracks that were looked for",
        weight=0.5 + 0.4 * min(1.0, length_s / usual_s),
        places=(HeardPlace(heard.track.file, window.span),),
        readings=(ReadPlace(uses.source, "all of it", f"{heard.track.file} is named nowhere"),),
        against=_ELSEWHERE,
    )


def never_used_jingles(jingles: Sequence[tuple[Heard, Window]], uses: Uses) -> Finding:
    """The short pieces that the work never plays, together."""
    are = "is" if len(jingles) == 1 else "are"
    return Finding(
        slug="never-used-jingles",
        question=QUESTION,
        kind="never used in the work",
        claim=f"{{count}} of the album’s short pieces {are} nowhere in {{source}}: {{names}}",
        facts={
            "count": Quantity(len(jingles)),
            "source": uses.source,
            "names": listed([one.track.title or one.track.file for one, _ in jingles]),
        },
        verdict="supported",
        method=_METHOD,
        compared_with=f"the {len(uses.counts)} tracks that were looked for",
        weight=0.4,
        places=tuple(HeardPlace(one.track.file, found.span) for one, found in jingles),
        readings=tuple(
            ReadPlace(uses.source, "all of it", f"{one.track.file} is named nowhere")
            for one, _ in jingles
        ),
        against=_ELSEWHERE,
    )


def rarely_used(heard: Heard, window: Window, uses: Uses) -> Finding:
    """The work plays the track far less often than its others."""
    count = uses.counts[heard.track.file]
    return Finding(
        slug=slug_of("rarely-used", heard.track),
        question=QUESTION,
        kind="rarely used in the work",
        claim="{track} comes {count} times in {source}, where the tracks that come at all come"
        " {usual} times at the median",
        facts={
            "track": title_of(heard),
            "count": Quantity(count),
            "usual": Quantity(usual_count(uses)),
            "source": uses.source,
        },
        verdict="supported",
        method=_METHOD,
        compared_with="the tracks that the work uses",
        weight=0.5 * (1 - count / usual_count(uses)),
        places=(HeardPlace(heard.track.file, window.span),),
        readings=(
            ReadPlace(uses.source, "all of it", f"{heard.track.file} is named {count} times"),
        ),
        against="How often a script names a track is not how long it plays.",
    )


def is_rare(file: str, uses: Uses) -> bool:
    """Whether the track is used, but at most a quarter as often as is usual."""
    return 0 < uses.counts.get(file, 0) <= _RARE_SHARE * usual_count(uses)


def usual_count(uses: Uses) -> float:
    """The median count of the tracks that are used."""
    used = [count for count in uses.counts.values() if count > 0]
    return float(np.median(used)) if used else 0.0
