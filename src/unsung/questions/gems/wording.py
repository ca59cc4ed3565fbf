"""What findings of gems share: names of tracks, phrases for parts, and joined lists."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from attrs import evolve

from unsung.model.album import Track
from unsung.model.finding import Title
from unsung.model.hearing import Soundtrack

PHRASES = {
    "largest turn": "the size of its largest turn of expression",
    "loudness range": "its range from soft to loud",
    "swells": "crescendo and diminuendo a minute",
    "colour change": "how far its brightness moves",
    "key journey": "how evenly keys share its time",
    "harmonic individuality": "harmony unlike the others’",
    "melody variety": "variety of melodic steps",
    "melody individuality": "melodic steps unlike the others’",
    "form": "sections that differ",
    "motif change": "how changed a motif appears in it",
    "contrast with neighbours": "contrast with its neighbours",
}
"""What a track is number one in, said of each part."""


def slug_of(kind: str, track: Track) -> str:
    """`gem-17-journey-s-end`: the kind, the position and the title in plain letters."""
    plain = unicodedata.normalize("NFKD", track.title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())[:6]
    return "-".join((kind, str(track.position), *words))


def title_of(track: Track) -> Title:
    """The track's title, or its file where it has none."""
    return Title(track.title or track.file, track.file)


def with_distinct_titles(soundtrack: Soundtrack) -> Soundtrack:
    """The soundtrack, with the file beside every title that several tracks bear."""
    times = Counter(one.track.title for one in soundtrack.heard)
    heard = tuple(
        evolve(one, track=evolve(one.track, title=f"{one.track.title} ({one.track.file})"))
        if one.track.title and times[one.track.title] > 1
        else one
        for one in soundtrack.heard
    )
    return evolve(soundtrack, heard=heard)


def listed(phrases: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = phrases
    return f"{', '.join(most)} and {last}" if most else last
