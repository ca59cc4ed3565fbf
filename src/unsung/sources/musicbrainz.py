"""MusicBrainz, web service 2: identity, credits, ratings, and links to where else to look.

Asked by identifier wherever one is known. Composers are read from the works that the recordings
perform. There is no director in MusicBrainz: that comes through the link to IMDb or Wikidata.
"""

import re
from collections.abc import Iterator, Mapping

from unsung.model.world import ALBUM, WORK, Row, Subject, Unknown, World
from unsung.sources.client import Client, Question
from unsung.sources.reading import Found, asked
from unsung.sources.service import MUSICBRAINZ, Service

_GROUP_INC = "artist-credits+releases+ratings+url-rels"
_RELEASE_INC = (
    "recordings+release-groups+artist-credits+isrcs+work-rels+recording-level-rels"
    "+work-level-rels+artist-rels"
)
_ROLES = {"composer": "composer", "orchestrator": "orchestrator", "conductor": "conductor"}
STREAMING = {"streaming", "free streaming"}
_IMDB_TITLE = re.compile(r"^https?://(?:www\.)?imdb\.com/title/(tt\d{5,10})/?$")
_WIKIDATA = re.compile(r"^https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)$")
_DISCOGS = re.compile(r"^https?://(?:www\.)?discogs\.com/master/(\d+)")


def release_group(client: Client, mbid: str, service: Service = MUSICBRAINZ) -> World:
    """The album: its title, year, ratings, number of releases, and links."""
    found = asked(client, service, Question(f"release-group/{mbid}", _json(inc=_GROUP_INC)))
    if found is None:
        return World()
    return (
        World(tuple(_group_rows(found)))
        + found.at("rating", "votes-count").count(ALBUM, "musicbrainz_rating_votes")
        + _rating(found)
        + World(tuple(_links(found)))
        + _counted(found)
    )


def release(client: Client, mbid: str, files: Mapping[tuple[int, int], str],
            codes: Mapping[str, str], service: Service = MUSICBRAINZ) -> World:  # fmt: skip
    """A release: its release group, its recordings by disc and place, and who made the music.

    `files` names the track at each disc and place on it, both counted from 1; `codes` names the
    track of each ISRC.
    """
    found = asked(client, service, Question(f"release/{mbid}", _json(inc=_RELEASE_INC)))
    if found is None:
        return World()
    group = found.at("release-group", "id")
    rows = [group.row(ALBUM, "musicbrainz_release_group", group.uuid)] if group.uuid else []
    for disc in found.at("media"):
        for track in disc.at("tracks"):
            rows += _track_rows(disc, track, files)
            rows += _coded_rows(track.at("recording"), codes)
    return World((*rows, *_people(found, ALBUM)))


def isrc(client: Client, code: str, subject: Subject, service: Service = MUSICBRAINZ) -> World:
    """The recordings that bear an ISRC, and the releases that these are on.

    An ISRC should stand for one recording; codes that were given twice are part of the world.
    """
    found = asked(client, service, Question(f"isrc/{code}", _json(inc="releases")))
    recordings = (
        [] if found is None else [one for one in found.at("recordings") if one.at("id").uuid]
    )
    if not recordings:
        reason = f"no recording bears the ISRC {code}"
        return World(unknown=(Unknown(subject, "musicbrainz_recording", service.name, reason),))
    return World(tuple(row for one in recordings for row in _bearing(one, subject)))


def releases_of(client: Client, group_mbid: str, service: Service = MUSICBRAINZ) -> tuple[str, ...]:
    """Identifiers of the releases of an album, official ones first."""
    found = asked(client, service, Question(f"release-group/{group_mbid}", _json(inc=_GROUP_INC)))
    every = [] if found is None else [one for one in found.at("releases") if one.at("id").uuid]
    every.sort(key=lambda one: one.at("status").text != "Official")
    return tuple(one.at("id").uuid for one in every)


def search(client: Client, title: str, service: Service = MUSICBRAINZ) -> World:
    """Soundtrack albums of this name, with year and artist: to be chosen from, never trusted."""
    query = f'secondarytype:soundtrack AND releasegroup:"{_escaped(title)}"'
    found = asked(client, service, Question("release-group", _json(query=query, limit="10")))
    rows = [] if found is None else [
        row for one in found.at("release-groups") for row in _candidate(one)
    ]  # fmt: skip
    return World(tuple(rows))


def _group_rows(found: Found) -> Iterator[Row]:
    yield found.at("title").row(ALBUM, "title", found.at("id").uuid)
    if found.at("first-release-date").text:
        yield found.at("first-release-date").row(ALBUM, "released")
    for credit in found.at("artist-credit"):
        artist = credit.at("artist")
        yield artist.at("name").row(ALBUM, "artist", _artist(artist))


def _rating(found: Found) -> World:
    rating = found.at("rating", "value")
    return rating.count(ALBUM, "musicbrainz_rating", "nobody has rated it")


def _counted(found: Found) -> World:
    releases = found.at("releases")
    links = [one for one in found.at("relations") if one.at("type").text in STREAMING]
    rows = []
    if isinstance(releases.value, list) and releases.value:
        count = float(len(releases.value))
        rows.append(Row(ALBUM, "releases", count, found.answer, releases.pointer))
    if links:
        pointer = found.at("relations").pointer
        rows.append(Row(ALBUM, "streaming_links", float(len(links)), found.answer, pointer))
    return World(tuple(rows))


def _links(found: Found) -> Iterator[Row]:
    """Identifiers elsewhere, and reviews to link to."""
    for relation in found.at("relations"):
        address = relation.at("url", "resource")
        for subject, kind, identifier in linked(relation.at("type").text, address.text):
            yield address.row(subject, kind, identifier)


def linked(type_: str, address: str) -> Iterator[tuple[Subject, str, str]]:
    """What a link of an album leads to: about whom, of what kind, and its identifier there."""
    for pattern, subject, kind in (
        (_IMDB_TITLE, WORK, "imdb"),
        (_WIKIDATA, ALBUM, "wikidata"),
        (_DISCOGS, ALBUM, "discogs_master"),
    ):
        if match := pattern.match(address):
            yield subject, kind, match.group(1)
    if type_ == "review" and address.startswith("https://"):
        yield ALBUM, "review", ""


def _track_rows(disc: Found, track: Found, files: Mapping[tuple[int, int], str]) -> list[Row]:
    place = (int(disc.at("position").number or 0), int(track.at("position").number or 0))
    recording = track.at("recording")
    mbid = recording.at("id")
    if place not in files or not mbid.uuid:
        return []
    subject = Subject("track", files[place])
    title = recording.at("title").row(subject, "title")
    return [
        mbid.row(subject, "musicbrainz_recording", mbid.uuid),
        title,
        *_people(recording, subject),
    ]


def _coded_rows(recording: Found, codes: Mapping[str, str]) -> Iterator[Row]:
    """The recording as the one of the file that bears its ISRC."""
    for code in recording.at("isrcs"):
        if code.text in codes and recording.at("id").uuid:
            subject = Subject("track", codes[code.text])
            yield recording.at("title").row(subject, "isrc_recording", recording.at("id").uuid)


def _bearing(recording: Found, subject: Subject) -> Iterator[Row]:
    yield recording.at("title").row(subject, "isrc_recording", recording.at("id").uuid)
    for one in recording.at("releases"):
        if one.at("id").uuid:
            yield one.at("title").row(subject, "isrc_release", one.at("id").uuid)


def _people(found: Found, subject: Subject) -> Iterator[Row]:
    """Who did what, on the recording itself and on the works it performs."""
    for relation in found.at("relations"):
        role = _ROLES.get(relation.at("type").text)
        artist = relation.at("artist")
        if role and artist.at("name").text:
            yield artist.at("name").row(subject, role, _artist(artist))
        if relation.at("target-type").text == "work":
            yield from _people(relation.at("work"), subject)


def _candidate(one: Found) -> Iterator[Row]:
    mbid = one.at("id").uuid
    if mbid:
        subject = Subject("album", mbid)
        yield one.at("title").row(subject, "title", mbid)
        yield one.at("first-release-date").row(subject, "released", mbid)
        for credit in one.at("artist-credit"):
            yield credit.at("artist", "name").row(subject, "artist", mbid)


def _artist(artist: Found) -> str:
    return f"musicbrainz_artist:{artist.at('id').uuid}" if artist.at("id").uuid else ""


def _escaped(text: str) -> str:
    """Lucene's special characters are quoted, so that a title cannot be a query."""
    return re.sub(r'([+\-&|!(){}\[\]^"~*?:\\/])', r"\\\1", text)


def _json(**parameters: str) -> dict[str, str]:
    return {**parameters, "fmt": "json"}
