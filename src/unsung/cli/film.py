"""What the terminal says of the film beside the album; `unsung cuesheet`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from unsung.model.errors import SettingsError

if TYPE_CHECKING:
    from unsung.session import FilmWish


def film_wish(
    film: Path | None, subtitles: Path | None, screenplay: Path | None, stream: int
) -> "FilmWish | None":
    """What a person asks for; nothing where no film is named."""
    if film is None:
        if subtitles or screenplay or stream:
            raise SettingsError("subtitles, screenplay and stream belong to a film; name it: --film")
        return None
    from unsung.session import FilmWish

    return FilmWish(film, subtitles, screenplay, stream)
