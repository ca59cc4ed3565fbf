"""CritiqueBrainz: reviews with an explicit licence, and what they give."""

from unsung.model.world import ALBUM, Row, World
from unsung.sources.client import Client, Question
from unsung.sources.reading import Found, asked
from unsung.sources.service import CRITIQUEBRAINZ, Service


def reviews(client: Client, group_mbid: str, service: Service = CRITIQUEBRAINZ) -> World:
    """How many reviews an album has, their mean rating, and where each can be read."""
    parameters = {"entity_id": group_mbid, "entity_type": "release_group", "limit": "50"}
    found = asked(client, service, Question("review/", parameters))
    if found is None:
        return World()
    return (
        found.at("count").count(ALBUM, "critiquebrainz_reviews")
        + found.at("average_rating", "rating").count(
            ALBUM, "critiquebrainz_rating", "nobody has rated it"
        )
        + World(tuple(row for one in found.at("reviews") for row in _links(one)))
    )


def _links(review: Found) -> list[Row]:
    """A link to the review, under the licence that the review itself names."""
    address, licence = review.at("source_url"), review.at("license", "id").text
    if not licence or not address.text.startswith(("https://", "http://")):
        return []
    return [address.row(ALBUM, "review", f"licence:{licence}")]
