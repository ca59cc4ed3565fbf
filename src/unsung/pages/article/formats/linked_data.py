"""The article as schema.org sees it: an Article about a MusicAlbum of MusicRecordings."""

from typing import Any

from unsung.model.album import Album, Track, Work
from unsung.model.article import Manuscript
from unsung.pages.article.formats.context import ArticleContext

_WORK_TYPES = {"film": "Movie", "game": "VideoGame", "series": "TVSeries"}


def linked_data(manuscript: Manuscript, context: ArticleContext) -> dict[str, Any]:
    """JSON-LD of the article, its album, and what it cites."""
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": manuscript.title,
        "inLanguage": "en",
        "datePublished": context.issued_on,
        "keywords": list(manuscript.tags),
        "about": _album(context),
        "citation": _citations(manuscript),
    }


def _album(context: ArticleContext) -> dict[str, Any]:
    album = context.album
    creators = [
        {"@type": "Role", "roleName": one.role, "creator": {"@type": "Person", "name": one.name}}
        for one in context.credits
    ]
    return {
        "@type": "MusicAlbum",
        "name": album.title,
        "numTracks": len(album.tracks),
        **({"creator": creators} if creators else {}),
        **_work(album),
        "track": [_track(track, context) for track in album.tracks],
    }


def _work(album: Album) -> dict[str, Any]:
    work: Work | None = album.work
    if work is None:
        return {}
    year = {"datePublished": str(work.year)} if work.year else {}
    kind = _WORK_TYPES.get(work.kind, "CreativeWork")
    return {"isPartOf": {"@type": kind, "name": work.title, **year}}


def _track(track: Track, context: ArticleContext) -> dict[str, Any]:
    lasts_s = context.durations_s.get(track.file)
    return {
        "@type": "MusicRecording",
        "position": track.position,
        "name": track.title or track.file,
        **({"duration": f"PT{lasts_s:.1f}S"} if lasts_s else {}),
    }


def _citations(manuscript: Manuscript) -> list[dict[str, str]]:
    """Every method and source that the findings cite, once, in order of name."""
    cited = {one.reference: one.name for each in manuscript.findings.values() for one in each.cites}
    return [
        {"@type": "CreativeWork", "name": name, "description": reference}
        for reference, name in sorted(cited.items(), key=lambda pair: (pair[1], pair[0]))
    ]
