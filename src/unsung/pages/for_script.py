"""What the pages' one player must know of each track."""

from typing import Any

from unsung.model.album import Track


def track_for_script(
    track: Track, duration_s: float, page: str, audio: str, excerpt: str = ""
) -> dict[str, Any]:
    """The track with the addresses of its page, its sound, and of what cuts it; empty: none."""
    return {
        "n": track.position,
        "title": track.title.strip() or track.file,
        "file": track.file,
        "durationS": round(duration_s, 3),
        "page": page,
        "audio": audio,
        "excerpt": excerpt,
        "isScore": track.kind == "score",
    }
