"""What an article is made from, beside its manuscript."""

import re
from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from unsung.model.album import Album, Person
from unsung.model.time import Span

AudioMode = Literal["none", "sidecar", "embedded"]
"""No sound (readers attach their own album), sound beside the page, or clips inside it."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@frozen
class ArticleContext:
    """Everything a format shows beside the manuscript; nothing else is looked up."""

    album: Album
    """The album: titles of tracks, their order, and the work. Places are named by its tracks."""

    version: str
    """The version of Unsung that wrote it, such as `0.1.0`; shown in the colophon."""

    issued_on: str = field()
    """The day it is issued, such as `2026-11-21`. Nothing else in any format depends on time."""

    durations_s: Mapping[str, float] = field(factory=dict)
    """`track.file` to how long it lasts: what a reader's own files are recognised by. A track
    that is missing here cannot be attached."""

    prints: Mapping[str, object] = field(factory=dict)
    """How each track sounds (`pages.prints`): by this a reader's own copy is known, whatever its
    files are called."""

    credits: tuple[Person, ...] = ()
    """People that may be stated, with their roles, for the linked data; tags alone are no proof."""

    audio: AudioMode = "none"
    """Where the sound of the players comes from."""

    addresses: Mapping[str, str] = field(factory=dict)
    """For `sidecar`: `track.file` to the address of its sound as seen from the page,
    percent-encoded, such as `../03%20Title.ogg`."""

    clips: Mapping[tuple[str, Span], bytes] = field(factory=dict)
    """For `embedded`: `track.file` and span of a place to its sound, as Ogg Opus."""

    figure_addresses: Mapping[str, str] = field(factory=dict)
    """For Markdown: a figure's slug to the address of its SVG beside the text. A figure that is
    missing here is given by its caption and its description in words."""

    claims_address: str = field(default="")
    """Where the claims lie as JSON, as seen from the page; empty where they do not."""

    @issued_on.validator
    def _is_a_day(self, _attribute: object, value: str) -> None:
        if not _DAY.fullmatch(value):
            raise ValueError(f"a day is given as 2026-11-21, not as {value!r}")

    @addresses.validator
    @figure_addresses.validator
    def _stay_beside_the_page(self, _attribute: object, value: Mapping[str, str]) -> None:
        for address in value.values():
            if address.startswith("//") or ":" in address.split("/", 1)[0]:
                raise ValueError(f"sound and figures lie beside the page, not at {address}")

    @claims_address.validator
    def _is_beside_the_page(self, _attribute: object, value: str) -> None:
        if value.startswith("//") or ":" in value.split("/", 1)[0]:
            raise ValueError(f"the claims lie beside the page, not at {value}")
