"""Which album it is, and which recordings, as MusicBrainz or its dump has them.

Identifiers first: the release that the tags name, else the release on which the recordings with
the tracks' ISRCs are, and only then an album of the same name, year or artist.
"""

from collections import Counter
from collections.abc import Mapping

from unsung.model.album import Album
from unsung.model.corrections import Corrections
from unsung.model.world import Subject, World
from unsung.recognition.identity import identifier, resolved
from unsung.recognition.recordings import isrcs
from unsung.session.asking import Asking
from unsung.sources.reading import is_uuid

_MOST_RELEASES = 3
_GROUP = "musicbrainz_release_group"


def album_world(album: Album, corrections: Corrections, asking: Asking) -> World:
    """The album, its recordings and who made them."""
    world, codes = World(), isrcs(album, corrections)
    matches, _ = resolved(album, corrections, world)
    release = identifier(matches, "musicbrainz_release")
    if is_uuid(release):
        world += _released(album, release, codes, asking)
    world += _coded(album, corrections, codes, world, asking)
    group = group_of(album, corrections, world)
    if not group:
        world += _releases_of_codes(album, world, codes, asking)
        group = group_of(album, corrections, world)
    if not group:
        world += asking.looked_up(lambda catalogue: catalogue.search(album.title))
        group = group_of(album, corrections, world)
    if not group:
        return world
    world += asking.looked_up(lambda catalogue: catalogue.release_group(group))
    return world if _recordings(world) else world + _fitting_release(album, group, codes, asking)


def group_of(album: Album, corrections: Corrections, world: World) -> str:
    """MusicBrainz' identifier of the album; empty where it is not one for certain."""
    matches, _ = resolved(album, corrections, world)
    group = identifier(matches, _GROUP)
    return group if is_uuid(group) else ""


def _released(album: Album, release: str, codes: Mapping[str, str], asking: Asking) -> World:
    places = _by_place(album)
    return asking.looked_up(lambda catalogue: catalogue.release(release, places, codes))


def _coded(
    album: Album, corrections: Corrections, codes: Mapping[str, str], world: World, asking: Asking
) -> World:
    """What there is under the ISRC of every track that is not known yet."""
    found = World()
    matches, _ = resolved(album, corrections, world)
    known = {one.subject.name for one in matches if one.kind == "musicbrainz_recording"}
    for code, file in codes.items():
        if file not in known:
            subject = Subject("track", file)
            found += asking.looked_up(
                lambda catalogue, code=code, subject=subject: catalogue.isrc(code, subject)  # type: ignore[misc]
            )
    return found


def _releases_of_codes(
    album: Album, world: World, codes: Mapping[str, str], asking: Asking
) -> World:
    """The release that holds more of the tracks than any other, and at least half of them.

    Editions of one album share their recordings: the fullest is read, and the others tell only
    which album they are of, so that two albums with the same tracks stay unresolved.
    """
    borne = {
        (row.identifier, row.subject.name) for row in world.rows if row.indicator == "isrc_release"
    }
    on = Counter(release for release, _ in borne)
    most = max(on.values(), default=0)
    if 2 * most < len(album.tracks):
        return World()
    best = sorted(one for one, count in on.items() if count == most)[:_MOST_RELEASES]
    found = [_released(album, one, codes, asking) for one in best]
    fullest = max(found, key=_recordings)
    return fullest + World(tuple(r for one in found for r in one.rows if r.indicator == _GROUP))


def _fitting_release(album: Album, group: str, codes: Mapping[str, str], asking: Asking) -> World:
    """Of the first few releases of an album, the one with recordings for most of its tracks."""
    found = []
    for one in asking.releases_of(group)[:_MOST_RELEASES]:
        found.append(_released(album, one, codes, asking))
        if _recordings(found[-1]) == len(album.tracks):
            break
    return max(found, key=_recordings, default=World())


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
