"""Placements as JSON in the plainest form: one object each, `null` where nothing can be told."""

import json

from unsung import __version__
from unsung.model.hearing import Soundtrack
from unsung.model.outcomes import Outcome
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.film_tables import PLACEMENT_COLUMNS, placement_rows


def placements_json(soundtrack: Soundtrack) -> str:
    """All placements in film order; `film` is empty where none was given."""
    film = soundtrack.film
    names = [column.name for column in PLACEMENT_COLUMNS]
    rows = placement_rows(film) if film else ()
    found = [dict(zip(names, map(_plain, row), strict=True)) for row in rows]
    head = {
        "unsung": __version__,
        "album": encodable(soundtrack.album.title),
        "film": encodable(film.name) if film else "",
    }
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, allow_nan=False) for one in found)
    opened = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{opened},\n"placements": [\n{lines}\n]}}\n'


def _plain(value: object) -> object:
    if isinstance(value, Outcome):
        return None
    if isinstance(value, float):
        return round(value, 6)
    return encodable(value) if isinstance(value, str) else value
