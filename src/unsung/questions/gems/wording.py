"""What findings of gems share: their names, and phrases for parts."""

import re
import unicodedata

from unsung.model.album import Track

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
