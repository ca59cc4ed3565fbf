"""Where albums are looked up: MusicBrainz itself, or its dump on this machine.

Both answer the same five questions with the same rows; only the evidence differs.
"""

from collections.abc import Mapping
from typing import Protocol

from attrs import frozen

from unsung.model.world import Subject, World
from unsung.sources import musicbrainz
from unsung.sources.client import Client
from unsung.sources.service import MUSICBRAINZ, Service


class Catalogue(Protocol):
    """What can be asked of MusicBrainz, wherever it is."""

    def release_group(self, mbid: str) -> World:
        """The album: title, year, ratings, number of releases, links."""

    def release(
        self, mbid: str, files: Mapping[tuple[int, int], str], codes: Mapping[str, str]
    ) -> World:
        """A release: its album, its recordings by place and ISRC, and who made the music."""

    def isrc(self, code: str, subject: Subject) -> World:
        """The recordings that bear an ISRC, and their releases."""

    def search(self, title: str) -> World:
        """Soundtrack albums of this name, to be chosen from."""

    def releases_of(self, group_mbid: str) -> tuple[str, ...]:
        """The releases of an album, official ones first."""


@frozen
class Asked:
    """The service itself."""

    client: Client
    service: Service = MUSICBRAINZ

    def release_group(self, mbid: str) -> World:
        """As the service answers."""
        return musicbrainz.release_group(self.client, mbid, self.service)

    def release(
        self, mbid: str, files: Mapping[tuple[int, int], str], codes: Mapping[str, str]
    ) -> World:
        """As the service answers."""
        return musicbrainz.release(self.client, mbid, files, codes, self.service)

    def isrc(self, code: str, subject: Subject) -> World:
        """As the service answers."""
        return musicbrainz.isrc(self.client, code, subject, self.service)

    def search(self, title: str) -> World:
        """As the service answers."""
        return musicbrainz.search(self.client, title, self.service)

    def releases_of(self, group_mbid: str) -> tuple[str, ...]:
        """As the service answers."""
        return musicbrainz.releases_of(self.client, group_mbid, self.service)
