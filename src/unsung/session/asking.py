"""Whom to ask about an album, and what happens where one of them fails."""

from collections.abc import Callable, Mapping
from datetime import date

from attrs import Factory, field, frozen

from unsung.model.errors import SourceError
from unsung.model.world import ALBUM, Unknown, World
from unsung.sources.catalogue import Asked, Catalogue
from unsung.sources.client import Client
from unsung.sources.dumped import Dumped
from unsung.sources.dumps import Dumps
from unsung.sources.imdb import ImdbFiles
from unsung.sources.service import SERVICES_BY_NAME, Service


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
    dumps: Dumps | None = None
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

    def looked_up(self, ask: Callable[[Catalogue], World]) -> World:
        """What MusicBrainz' dump says; where there is none, or it is silent, the service."""
        found = World() if self.dumps is None else ask(Dumped(self.dumps))
        if found.rows:
            return found
        service = self.at("musicbrainz")
        return self.attempt(service.name, lambda: ask(Asked(self.client, service)))

    def releases_of(self, group: str) -> tuple[str, ...]:
        """The releases of an album, from the dump or the service; none where neither knows."""
        found = () if self.dumps is None else Dumped(self.dumps).releases_of(group)
        try:
            return found or Asked(self.client, self.at("musicbrainz")).releases_of(group)
        except SourceError:
            return ()
