"""What the world says of one album: every source asked in turn, each allowed to fail alone.

Identifiers come first, and each answer may bring the identifier for the next question: tags to a
release, the release to its album and recordings, the album to the work, the work to its makers. A
source that fails leaves an `Unknown` with its reason, and the rest goes on.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from attrs import Factory, field, frozen

from unsung.model.album import Album
from unsung.model.corrections import Corrections
from unsung.model.errors import SourceError
from unsung.model.world import ALBUM, WORK, Row, Subject, Unknown, World
from unsung.recognition.identity import identifier, isrcs, resolved
from unsung.sources import (
    critiquebrainz,
    discogs,
    lastfm,
    listenbrainz,
    musicbrainz,
    pageviews,
    tmdb,
    wikidata,
)
from unsung.sources.client import Client
from unsung.sources.imdb import ImdbFiles
from unsung.sources.reading import is_uuid
from unsung.sources.service import SERVICES_BY_NAME, Service

_MOST_RELEASES = 3
_GROUP = "musicbrainz_release_group"


@frozen
class Keys:
    """The user's own keys; a service that needs one is not asked without."""

    tmdb: str = field(default="", repr=False)
    lastfm: str = field(default="", repr=False)
    discogs: str = field(default="", repr=False)


@frozen
class Asking:
    """Whom to ask, and with what."""

    client: Client
    today: date
    keys: Keys = Factory(Keys)
    imdb: ImdbFiles | None = None
    services: Mapping[str, Service] = SERVICES_BY_NAME
    tell: Callable[[str], None] = lambda _said: None

    def at(self, name: str) -> Service:
        """The service of this name."""
        return self.services[name]

    def attempt(self, source: str, ask: Callable[[], World]) -> World:
        """What the source says; where it fails, why."""
        self.tell(f"asking {source}")
        try:
            return ask()
        except SourceError as error:
            return World(unknown=(Unknown(ALBUM, "", source, str(error)),))


def world_of(album: Album, corrections: Corrections, asking: Asking) -> World:
    """Everything that could be learned of an album, its tracks, its work and its makers."""
    world = _album(album, corrections, asking)
    world += _work(album, corrections, world, asking)
    world += _listeners(album, corrections, world, asking)
    return _once(world + _keyed(album, corrections, world, asking))


def _album(album: Album, corrections: Corrections, asking: Asking) -> World:
    """MusicBrainz: the release that the tags name, else that of the ISRCs, else found by name."""
    world, service = World(), asking.at("musicbrainz")
    codes = isrcs(album, corrections)
    matches, _ = resolved(album, corrections, world)
    release = identifier(matches, "musicbrainz_release")
    if is_uuid(release):
        world += _released(album, release, codes, asking)
    world += _coded(album, corrections, codes, world, asking)
    group = _group(album, corrections, world)
    if not group:
        world += _releases_of_codes(album, world, codes, asking)
        group = _group(album, corrections, world)
    if not group:
        title = album.title
        world += asking.attempt(
            service.name, lambda: musicbrainz.search(asking.client, title, service)
        )
        group = _group(album, corrections, world)
    if not group:
        return world
    world += asking.attempt(
        service.name, lambda: musicbrainz.release_group(asking.client, group, service)
    )
    if _recordings(world):
        return world
    return world + _fitting_release(album, group, codes, asking)


def _coded(
    album: Album, corrections: Corrections, codes: Mapping[str, str], world: World, asking: Asking
) -> World:
    """What MusicBrainz has under the ISRC of every track that is not known yet."""
    service, found = asking.at("musicbrainz"), World()
    matches, _ = resolved(album, corrections, world)
    known = {one.subject.name for one in matches if one.kind == "musicbrainz_recording"}
    for code, file in codes.items():
        if file not in known:
            subject = Subject("track", file)
            found += asking.attempt(
                service.name,
                lambda code=code, subject=subject: musicbrainz.isrc(  # type: ignore[misc]
                    asking.client, code, subject, service
                ),
            )
    return found


def _releases_of_codes(
    album: Album, world: World, codes: Mapping[str, str], asking: Asking
) -> World:
    """The releases that hold more of the tracks than any other, and at least half of them.

    Editions of one album share their recordings: the fullest is read, and the others tell only
    which album they are of, so that two albums with the same tracks stay unresolved.
    """
    on = Counter(
        release
        for release, _ in {
            (row.identifier, row.subject.name)
            for row in world.rows
            if row.indicator == "isrc_release"
        }
    )
    most = max(on.values(), default=0)
    if 2 * most < len(album.tracks):
        return World()
    best = sorted(one for one, count in on.items() if count == most)[:_MOST_RELEASES]
    found = [_released(album, one, codes, asking) for one in best]
    fullest = max(found, key=_recordings)
    others = [row for one in found for row in one.rows if row.indicator == _GROUP]
    return fullest + World(tuple(others))


def _fitting_release(album: Album, group: str, codes: Mapping[str, str], asking: Asking) -> World:
    """Of the first few releases of an album, the one with recordings for most of its tracks."""
    service, found = asking.at("musicbrainz"), []
    try:
        releases = musicbrainz.releases_of(asking.client, group, service)
    except SourceError:
        return World()
    for one in releases[:_MOST_RELEASES]:
        found.append(_released(album, one, codes, asking))
        if _recordings(found[-1]) == len(album.tracks):
            break
    return max(found, key=_recordings, default=World())


def _released(album: Album, release: str, codes: Mapping[str, str], asking: Asking) -> World:
    service = asking.at("musicbrainz")
    return asking.attempt(
        service.name,
        lambda: musicbrainz.release(asking.client, release, _by_place(album), codes, service),
    )


def _recordings(world: World) -> int:
    return sum(row.indicator == "musicbrainz_recording" for row in world.rows)


def _by_place(album: Album) -> dict[tuple[int, int], str]:
    """The file at each disc and number; by position where no number is tagged."""
    numbered = all(track.number for track in album.tracks)
    places = {
        (track.disc or 1, (track.number or 0) if numbered else track.position): track.file
        for track in album.tracks
    }
    return places if len(places) == len(album.tracks) else {}


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
    service = asking.at("listenbrainz")
    return asking.attempt(
        service.name,
        lambda: listenbrainz.popularity(asking.client, kind, subjects, names, service),
    )


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


def _group(album: Album, corrections: Corrections, world: World) -> str:
    matches, _ = resolved(album, corrections, world)
    group = identifier(matches, "musicbrainz_release_group")
    return group if is_uuid(group) else ""


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
