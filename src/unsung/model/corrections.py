"""What a person says of the album's identity. It outranks every source."""

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class TrackCorrection:
    """What a person says of one track."""

    identifiers: tuple[tuple[str, str], ...] = ()
    is_song: bool | None = None


@frozen
class Corrections:
    """The person's own file, as read; empty fields leave the question to the sources."""

    contact: str = ""
    imports: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    work_title: str = ""
    medium: str = ""
    year: int | None = None
    language: str = ""
    composers: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    orchestrators: tuple[str, ...] = ()
    not_identifiers: tuple[str, ...] = ()
    tracks: Mapping[str, TrackCorrection] = field(factory=dict)
