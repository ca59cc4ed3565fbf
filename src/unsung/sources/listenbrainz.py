"""ListenBrainz: how many people listened, and how often, by MusicBrainz identifier.

The counts add ListenBrainz's own listens to those of MLHD+ (Last.fm until about 2014): people in
both count twice, and music from before 2014 looks better known. Release year is therefore always
part of what is expected. A count of null means that nothing is known, not that nobody listened.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from unsung.model.world import Subject, Unknown, World
from unsung.sources.client import Client, Question
from unsung.sources.reading import asked
from unsung.sources.service import LISTENBRAINZ, Service

MOST_AT_ONCE = 1000
_KEYS = {
    "recording": "recording_mbid",
    "release-group": "release_group_mbid",
    "artist": "artist_mbid",
}


def popularity(
    client: Client,
    kind: str,
    subjects: Mapping[str, Subject],
    names: tuple[str, str] = ("listenbrainz_listeners", "listenbrainz_listens"),
    service: Service = LISTENBRAINZ,
) -> World:
    """Listeners and listens of many things of one `kind`; `subjects` are by identifier."""
    world = World()
    every = sorted(subjects)
    for start in range(0, len(every), MOST_AT_ONCE):
        mbids = tuple(every[start : start + MOST_AT_ONCE])
        world += _batch(client, kind, mbids, subjects, names, service)
    return world


def _batch(
    client: Client,
    kind: str,
    mbids: tuple[str, ...],
    subjects: Mapping[str, Subject],
    names: tuple[str, str],
    service: Service,
) -> World:
    key = _KEYS[kind]
    body = json.dumps({f"{key}s": mbids}).encode()
    found = asked(client, service, Question(f"1/popularity/{kind}", body=body))
    world, missing = World(), set(mbids)
    for one in found or ():
        mbid = one.at(key).uuid
        if mbid in missing:
            missing.remove(mbid)
            people, times = one.at("total_user_count"), one.at("total_listen_count")
            world += people.count(subjects[mbid], names[0], "nothing is known of it")
            world += times.count(subjects[mbid], names[1], "nothing is known of it")
    return world + World(unknown=tuple(_unknown(missing, subjects, names, service)))


def _unknown(
    missing: Iterable[str],
    subjects: Mapping[str, Subject],
    names: tuple[str, str],
    service: Service,
) -> Iterator[Unknown]:
    for mbid in sorted(missing):
        for name in names:
            yield Unknown(subjects[mbid], name, service.name, "it was left out of the answer")
