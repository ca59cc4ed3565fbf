"""A service: where it is, on what terms it gives, how often it may be asked."""

from datetime import datetime, timedelta

from attrs import evolve, frozen

from unsung.model.world import Answer


@frozen
class Service:
    """One service of the outside world.

    `shown` is printed wherever its numbers are; `licence` travels with every answer. `keep_for` is
    how long its terms let an answer be kept; nothing where they set no limit.
    """

    name: str
    base_url: str
    licence: str
    shown: str
    least_interval_s: float
    keep_for: timedelta | None = None

    def at(self, base_url: str, least_interval_s: float = 0.0) -> "Service":
        """The same service elsewhere: a mirror of one's own, or a test."""
        return evolve(self, base_url=base_url, least_interval_s=least_interval_s)


MUSICBRAINZ = Service(
    "musicbrainz",
    "https://musicbrainz.org/ws/2",
    "CC0-1.0; ratings and tags CC-BY-NC-SA-3.0",
    "MusicBrainz, core data CC0; ratings CC BY-NC-SA 3.0 (non-commercial)",
    1.0,
)
LISTENBRAINZ = Service(
    "listenbrainz", "https://api.listenbrainz.org", "CC0-1.0", "ListenBrainz, CC0", 0.5
)
WIKIDATA = Service("wikidata", "https://query.wikidata.org", "CC0-1.0", "Wikidata, CC0", 1.0)
WIKIMEDIA = Service(
    "wikimedia", "https://wikimedia.org/api/rest_v1", "CC0-1.0", "Wikimedia page views, CC0", 0.4
)
CRITIQUEBRAINZ = Service(
    "critiquebrainz",
    "https://critiquebrainz.org/ws/1",
    "per review: CC-BY-SA-3.0 or CC-BY-NC-SA-3.0",
    "CritiqueBrainz; each review under the licence it names",
    1.0,
)
DISCOGS = Service(
    "discogs",
    "https://api.discogs.com",
    "Discogs API terms of use",
    "Data provided by Discogs",
    2.5,
)
TMDB = Service(
    "tmdb",
    "https://api.themoviedb.org/3",
    "TMDB API terms: non-commercial, with attribution, kept six months at most",
    "This product uses the TMDB API but is not endorsed or certified by TMDB.",
    0.1,
    keep_for=timedelta(days=180),
)
LASTFM = Service(
    "lastfm",
    "https://ws.audioscrobbler.com/2.0",
    "Last.fm API terms: non-commercial, with a link",
    "Powered by Last.fm (https://www.last.fm)",
    0.25,
)
SERVICES = (
    MUSICBRAINZ, LISTENBRAINZ, WIKIDATA, WIKIMEDIA, CRITIQUEBRAINZ, DISCOGS, TMDB, LASTFM,
)  # fmt: skip

IMDB_SHOWN = "Information courtesy of IMDb (https://www.imdb.com). Used with permission."
IMDB_LICENCE = "IMDb non-commercial datasets: personal use, no redistribution"

SERVICES_BY_NAME = {one.name: one for one in SERVICES}

ATTRIBUTIONS = {one.name: one.shown for one in SERVICES} | {"imdb": IMDB_SHOWN}
"""What must be printed beside the numbers of each source."""


def kept_too_long(answer: Answer, now: datetime) -> bool:
    """Whether the terms of the service that gave the answer no longer let it be kept."""
    service = SERVICES_BY_NAME.get(answer.source)
    if service is None or service.keep_for is None:
        return False
    return now - datetime.fromisoformat(answer.retrieved_at) >= service.keep_for
