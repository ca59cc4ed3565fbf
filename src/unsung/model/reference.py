"""The works that one work is compared with."""

from collections.abc import Mapping

from attrs import field, frozen

MEDIA = ("film", "series", "game", "other")


@frozen
class ReferenceWork:
    """A work, what is known of its reach and recognition, and its makers.

    `numbers` holds indicators by name; one that is missing is unknown. `voices` says whose voice a
    number is, where it is not that of the indicator. `merit_parts` holds what was heard in its
    music, where it was heard.
    """

    identifier: str
    title: str
    medium: str
    year: int | None
    language: str = ""
    numbers: Mapping[str, float] = field(factory=dict, eq=False)
    voices: Mapping[str, str] = field(factory=dict, eq=False)
    merit_parts: Mapping[str, float] = field(factory=dict, eq=False)
    composers: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.medium not in MEDIA:
            raise ValueError(f"a medium is one of {', '.join(MEDIA)}, not {self.medium!r}")

    @property
    def decade(self) -> int | None:
        """Such as 1990; None where the year is unknown."""
        return None if self.year is None else 10 * (self.year // 10)


@frozen
class ReferenceSet:
    """Works to compare with, where they come from and on what terms."""

    name: str
    works: tuple[ReferenceWork, ...]
    source: str = ""
    licence: str = ""
    built_at: str = ""
    synthetic: bool = False
