"""Last.fm, with the user's key: listeners and plays of albums and tracks. Counts come as text."""

import json

from unsung.model.errors import SourceError
from unsung.model.world import ALBUM, Subject, Unknown, World
from unsung.sources.client import Client, Question, is_json
from unsung.sources.reading import asked
from unsung.sources.service import LASTFM, Service

_NOT_FOUND = {6, 7, 17}
_REFUSED = {4, 10, 14, 26}


def album(client: Client, artist: str, title: str, key: str, service: Service = LASTFM) -> World:
    """An album by its artist and title."""
    named = {"method": "album.getInfo", "artist": artist, "album": title}
    return _counts(client, named, "album", ALBUM, key, service)


def track(
    client: Client, mbid: str, subject: Subject, key: str, service: Service = LASTFM
) -> World:
    """A track by the MusicBrainz identifier of its recording."""
    return _counts(
        client, {"method": "track.getInfo", "mbid": mbid}, "track", subject, key, service
    )


def _counts(
    client: Client, named: dict[str, str], part: str, subject: Subject, key: str, service: Service
) -> World:
    question = Question(
        "", {**named, "format": "json"}, secret={"api_key": key}, is_whole=_is_final
    )
    found = asked(client, service, question)
    if found is None or found.at("error").number is not None:
        reason = "it does not know it"
        return World(unknown=(Unknown(subject, "lastfm_listeners", service.name, reason),))
    one = found.at(part)
    return one.at("listeners").count(subject, "lastfm_listeners") + one.at("playcount").count(
        subject, "lastfm_plays"
    )


def _is_final(content: bytes) -> bool:
    """Whether to keep it. Errors come with status 200: all but "not found" may pass."""
    if not is_json(content):
        return False
    said = json.loads(content)
    error = said.get("error") if isinstance(said, dict) else None
    if error in _REFUSED:
        raise SourceError(f"lastfm refused the key (error {error}); see that it is right")
    return error is None or error in _NOT_FOUND
