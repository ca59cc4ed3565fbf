"""TMDb, with the user's key: votes, budget and credits of a film.

`vote_count` is a lifetime count and serves as exposure; TMDb's `popularity` is short-lived and was
rescaled, and is not read.
"""

from collections.abc import Iterator

from unsung.model.world import WORK, Row, Unknown, World
from unsung.sources.client import Client, Question
from unsung.sources.reading import Found, asked
from unsung.sources.service import TMDB, Service

_JOBS = {
    "Original Music Composer": "composer",
    "Director": "director",
    "Orchestrator": "orchestrator",
}


def film(client: Client, imdb: str, token: str, service: Service = TMDB) -> World:
    """The film behind an IMDb identifier."""
    headers = {"Authorization": f"Bearer {token}"}
    found = asked(client, service, Question(f"find/{imdb}", {"external_source": "imdb_id"},
                                            headers=headers))  # fmt: skip
    identifier = found.at("movie_results", 0, "id").number if found else None
    if identifier is None:
        return World(unknown=(Unknown(WORK, "tmdb_votes", service.name, "it knows no such film"),))
    question = Question(
        f"movie/{identifier:.0f}", {"append_to_response": "credits"}, headers=headers
    )
    found = asked(client, service, question)
    return World() if found is None else _read(found, imdb)


def _read(found: Found, imdb: str) -> World:
    if found.at("imdb_id").text not in ("", imdb):
        reason = "it answered with another film"
        return World(unknown=(Unknown(WORK, "tmdb_votes", found.answer.source, reason),))
    budget = found.at("budget")
    world = found.at("vote_count").count(WORK, "tmdb_votes") + World(tuple(_rows(found)))
    if found.at("vote_count").number:
        world += found.at("vote_average").count(WORK, "tmdb_rating")
    # TMDb writes 0 for a budget that nobody entered.
    return world + (budget.count(WORK, "budget") if budget.number else World())


def _rows(found: Found) -> Iterator[Row]:
    for name, indicator in (
        ("original_language", "language"),
        ("release_date", "released"),
        ("title", "title"),
    ):
        if found.at(name).text:
            yield found.at(name).row(WORK, indicator)
    for member in found.at("credits", "crew"):
        role = _JOBS.get(member.at("job").text)
        identifier = member.at("id").number
        if role and member.at("name").text and identifier is not None:
            yield member.at("name").row(WORK, role, f"tmdb_person:{identifier:.0f}")
