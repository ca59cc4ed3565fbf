"""Discogs: how many collections hold a release, and how many people look for it."""

from unsung.model.world import ALBUM, World
from unsung.sources.client import Client, Question
from unsung.sources.reading import asked
from unsung.sources.service import DISCOGS, Service


def collections(client: Client, master: str, token: str = "", service: Service = DISCOGS) -> World:
    """Have, want and ratings of the main release of a master."""
    headers = {"Authorization": f"Discogs token={token}"} if token else {}
    found = asked(client, service, Question(f"masters/{master}", headers=headers))
    main = found.at("main_release").number if found else None
    if main is None:
        return World()
    found = asked(client, service, Question(f"releases/{main:.0f}", headers=headers))
    if found is None:
        return World()
    community = found.at("community")
    return (
        community.at("have").count(ALBUM, "discogs_have")
        + community.at("want").count(ALBUM, "discogs_want")
        + community.at("rating", "count").count(ALBUM, "discogs_ratings")
        + community.at("rating", "average").count(ALBUM, "discogs_rating")
    )
