"""What the pages' one player must know of each track."""

from typing import Any

from unsung.model.hearing import Heard
from unsung.model.score import Score
from unsung.pages.report.places import title_of


def track_for_script(one: Heard, page: str, audio: str, excerpt: str = "") -> dict[str, Any]:
    """The track with the addresses of its page, its sound, and of what cuts it; empty: none."""
    return {
        "n": one.track.position,
        "title": title_of(one),
        "file": one.track.file,
        "durationS": round(one.hearing.duration_s, 3),
        "page": page,
        "audio": audio,
        "excerpt": excerpt,
        "isScore": isinstance(one.hearing.source, Score),
    }
