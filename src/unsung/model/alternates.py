"""Alternates: the same cue on an album more than once, in another mix or another take."""

from typing import Literal

from attrs import field, frozen

from unsung.model.bounds import zero_to_one
from unsung.model.film import AlbumPlace

Kind = Literal["same recording", "same recording, another mix", "same music, other take"]
"""What two places of an album share: all, the performance alone, or only the music."""


@frozen
class Alternate:
    """Two places of the album that are the same cue, in album order.

    `covers` 0..1 is how much of the shorter track the shared stretch is. `kind` "same recording"
    also stands where the sound does not tell another mix apart.
    """

    one: AlbumPlace
    other: AlbumPlace
    kind: Kind
    covers: float = field(validator=zero_to_one("a share"))
