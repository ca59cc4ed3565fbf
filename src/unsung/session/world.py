"""What the world says of one album: every source asked in turn, each allowed to fail alone.

Identifiers come first, and each answer may bring the identifier for the next question: tags to a
release, the release to its album and recordings, the album to the work, the work to its makers. A
source that fails leaves an `Unknown` with its reason, and the rest goes on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from unsung.model.album import Album
from unsung.model.corrections import Corrections
from unsung.model.world import ALBUM, WORK, Row, Subject, World
from unsung.recognition.identity import identifier, resolved
from unsung.session.album_world import album_world
from unsung.session.asking import Asking
from unsung.sources import critiquebrainz, discogs, lastfm, listenbrainz, pageviews, tmdb, wikidata
from unsung.sources.dumped import dumped_popularity
from unsung.sources.reading import is_uuid


def world_of(album: Album, corrections: Corrections, asking: Asking) -> World:
    """Everything that could be learned of an album, its tracks, its work and its makers."""
    world = album_world(album, corrections, asking)
    world += _work(album, corrections, world, asking)
    world += _listeners(album, corrections, world, asking)
    return _once(world + _keyed(album, corrections, world, asking))


def _work(album: Album, corrections: Corrections, world: World, asking: Asking) -> World:
    """Wikidata, Wikipedia's page views and IMDb: how far the work itself reached."""
    matches, _ = resolved(album, corrections, world)
    imdb = identifier(matches, "imdb")
    if not imdb:
        return World()
    found = asking.attempt(
        "wikidata", lambda: wikidata.work(asking.client, imdb, asking.at("wikidata"))
    )
    items = {row.identifier for row in found.said(WORK, "wikidata")}
    for item in sorted(items):
        found += asking.attempt(
            "wikidata",
            lambda item=item: wikidata.awards(asking.client, item, asking.at("wikidata")),  # type: ignore[misc]
        )
    for indicator, name in (
        ("article", "work_page_views"),
        ("composer_article", "composer_page_views"),
    ):
        found += _views(found.said(WORK, indicator), name, asking)
    files = asking.imdb
    if files is not None:
        found += asking.attempt("imdb", lambda: files.work(imdb))
    return found


def _views(articles: Iterable[Row], indicator: str, asking: Asking) -> World:
    """Page views of the one article; of none where several could be meant."""
    titles = {row.identifier for row in articles}
    if len(titles) != 1:
        return World()
    (title,) = titles
    return asking.attempt(
        "wikimedia",
        lambda: pageviews.monthly_views(
            asking.client, title, WORK, indicator, asking.today, asking.at("wikimedia")
        ),
    )


def _listeners(album: Album, corrections: Corrections, world: World, asking: Asking) -> World:
    """ListenBrainz for album, tracks and composer; CritiqueBrainz and Discogs for the album."""
    matches, _ = resolved(album, corrections, world)
    groups = {
        one.identifier: ALBUM
        for one in matches
        if one.kind == "musicbrainz_release_group" and is_uuid(one.identifier)
    }
    recordings = {
        one.identifier: one.subject
        for one in matches
        if one.kind == "musicbrainz_recording" and is_uuid(one.identifier)
    }
    artists = {row.identifier: WORK for row in world.said(WORK, "composer_musicbrainz")}
    found = _popularity("release-group", groups, asking)
    found += _popularity("recording", recordings, asking)
    if len(artists) == 1:
        names = ("composer_listeners", "composer_listens")
        found += _popularity("artist", artists, asking, names)
    service = asking.at("critiquebrainz")
    for group in groups:
        found += asking.attempt(
            service.name,
            lambda group=group: critiquebrainz.reviews(asking.client, group, service),  # type: ignore[misc]
        )
    return found + _collections(identifier(matches, "discogs_master"), asking)


def _popularity(
    kind: str,
    subjects: Mapping[str, Subject],
    asking: Asking,
    names: tuple[str, str] = ("listenbrainz_listeners", "listenbrainz_listens"),
) -> World:
    if not subjects:
        return World()
    service, dumps = asking.at("listenbrainz"), asking.dumps
    found = asking.attempt(
        service.name,
        lambda: listenbrainz.popularity(asking.client, kind, subjects, names, service),
    )
    if dumps is None or not dumps.has_listens or kind == "artist":
        return found
    return found + dumped_popularity(dumps, kind, subjects)


def _collections(master: str, asking: Asking) -> World:
    if not master:
        return World()
    service = asking.at("discogs")
    return asking.attempt(
        service.name,
        lambda: discogs.collections(asking.client, master, asking.keys.discogs, service),
    )


def _keyed(album: Album, corrections: Corrections, world: World, asking: Asking) -> World:
    """What the user's own keys open."""
    found, keys, client = World(), asking.keys, asking.client
    matches, _ = resolved(album, corrections, world)
    imdb = identifier(matches, "imdb")
    if keys.tmdb and imdb:
        found += asking.attempt(
            "tmdb", lambda: tmdb.film(client, imdb, keys.tmdb, asking.at("tmdb"))
        )
    if not keys.lastfm:
        return found
    service = asking.at("lastfm")
    artist = next((str(row.value) for row in world.said(ALBUM, "artist")), "")
    if artist:
        found += asking.attempt(
            "lastfm", lambda: lastfm.album(client, artist, album.title, keys.lastfm, service)
        )
    for one in matches:
        if one.kind == "musicbrainz_recording":
            found += asking.attempt(
                "lastfm",
                lambda one=one: lastfm.track(  # type: ignore[misc]
                    client, one.identifier, one.subject, keys.lastfm, service
                ),
            )
    return found


def _once(world: World) -> World:
    """A source that fails again and again with one reason is reported once."""
    seen = Counter[tuple[str, str, str, str]]()
    kept = []
    for one in world.unknown:
        key = (one.source, one.reason, one.indicator, one.subject.name if one.indicator else "")
        seen[key] += 1
        if seen[key] == 1:
            kept.append(one)
    return World(world.rows, tuple(kept))
