"""A real reference set, from public files and services.

IMDb's files give every film, series and game with enough votes, its makers, and what these had out
before. Wikidata, asked a year at a time, gives the soundtrack albums of those works as MusicBrainz
release groups. ListenBrainz then says how many people listened. A second voice on recognition comes
from MusicBrainz's dump of ratings, from Last.fm, or from a CSV of one's own: works that only one
voice knows stay in the set as exposure, and out of the gap. The result holds IMDb's numbers: it is
for the person who built it and must not be passed on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from unsung.model.reference import ReferenceSet, ReferenceWork
from unsung.model.world import Row, Subject, World
from unsung.sources.client import Client, Question
from unsung.sources.imdb import ImdbFiles
from unsung.sources.listenbrainz import popularity
from unsung.sources.reading import asked
from unsung.sources.service import IMDB_LICENCE, LISTENBRAINZ, WIKIDATA, Service

LEAST_VOTES = 1000
_MEDIA = {"movie": "film", "tvSeries": "series", "tvMiniSeries": "series", "videoGame": "game"}

_WORKS = """
WITH chosen AS (
  SELECT tconst, primaryTitle, titleType, startYear, averageRating, numVotes
  FROM title_basics JOIN title_ratings USING (tconst)
  WHERE numVotes >= $1 AND startYear BETWEEN $2 AND $3
    AND titleType IN ('movie', 'tvSeries', 'tvMiniSeries', 'videoGame')),
made AS (
  SELECT p.tconst, p.nconst, p.category, n.primaryName, b.startYear, r.numVotes
  FROM title_principals p JOIN name_basics n USING (nconst)
  JOIN title_basics b ON b.tconst = p.tconst
  LEFT JOIN title_ratings r ON r.tconst = p.tconst
  WHERE p.category IN ('composer', 'director')),
prior AS (
  SELECT c.tconst, count(DISTINCT earlier.tconst) AS works,
         coalesce(sum(earlier.numVotes), 0) AS votes
  FROM chosen c JOIN made m ON m.tconst = c.tconst AND m.category = 'composer'
  LEFT JOIN made earlier ON earlier.nconst = m.nconst AND earlier.category = 'composer'
    AND earlier.startYear < c.startYear
  GROUP BY c.tconst)
SELECT c.tconst, c.primaryTitle, c.titleType, c.startYear, c.averageRating, c.numVotes,
  prior.works, prior.votes,
  (SELECT list(DISTINCT primaryName ORDER BY primaryName) FROM made
   WHERE made.tconst = c.tconst AND category = 'composer'),
  (SELECT list(DISTINCT primaryName ORDER BY primaryName) FROM made
   WHERE made.tconst = c.tconst AND category = 'director')
FROM chosen c LEFT JOIN prior ON prior.tconst = c.tconst ORDER BY c.tconst
"""

_ALBUMS = """SELECT ?imdb ?rg ?language ?links WHERE {
  ?film wdt:P577 ?date ; wdt:P345 ?imdb ; wdt:P406 ?ost .
  ?ost wdt:P436 ?rg .
  FILTER(?date >= "%d-01-01T00:00:00Z"^^xsd:dateTime && ?date < "%d-01-01T00:00:00Z"^^xsd:dateTime)
  OPTIONAL { ?film wdt:P364/wdt:P218 ?language }
  OPTIONAL { ?film wikibase:sitelinks ?links }
}"""


def imdb_works(files: ImdbFiles, years: range, least_votes: int = LEAST_VOTES) -> ReferenceSet:
    """Works with their reach and makers, from IMDb's files alone."""
    rows = files.rows(_WORKS, least_votes, years.start, years.stop - 1)
    return ReferenceSet(
        name=f"IMDb titles of {years.start} to {years.stop - 1} with {least_votes} votes or more",
        works=tuple(_work(*row) for row in rows),
        source="IMDb non-commercial datasets",
        licence=IMDB_LICENCE,
    )


def with_listeners(
    reference: ReferenceSet,
    client: Client,
    years: range,
    wikidata: Service = WIKIDATA,
    listenbrainz: Service = LISTENBRAINZ,
) -> ReferenceSet:
    """The same works with the listeners of their soundtracks, and languages and sitelinks."""
    known = {work.identifier for work in reference.works}
    links = [one for year in years for one in _albums(client, year, wikidata) if one[0] in known]
    subjects = {group: Subject("album", group) for _, group, _, _ in links}
    world = popularity(client, "release-group", subjects, service=listenbrainz)
    return evolve(
        reference,
        works=tuple(_joined(reference.works, links, world)),
        source=f"{reference.source}; Wikidata; ListenBrainz",
        licence=f"{reference.licence}; CC0-1.0",
    )


def with_counts(
    reference: ReferenceSet, counts: Iterable[tuple[str, str, float]], said_by: str
) -> ReferenceSet:
    """The same works with further numbers: (identifier, indicator, value) from a file."""
    more: dict[str, dict[str, float]] = {}
    for identifier, indicator, value in counts:
        more.setdefault(identifier, {})[indicator] = value
    works = tuple(
        evolve(work, numbers={**work.numbers, **more.get(work.identifier, {})})
        for work in reference.works
    )
    return evolve(reference, works=works, source=f"{reference.source}; {said_by}")


def with_merit(reference: ReferenceSet, heard: Mapping[str, Mapping[str, float]]) -> ReferenceSet:
    """The same works with what was heard in the music of some, by identifier of the work."""
    works = tuple(
        evolve(work, merit_parts=heard.get(work.identifier, work.merit_parts))
        for work in reference.works
    )
    return evolve(reference, works=works)


def _work(imdb: str, title: str, kind: str, year: int, rating: float, votes: int,
          prior_works: int | None, prior_votes: int | None, composers: Sequence[str] | None,
          directors: Sequence[str] | None) -> ReferenceWork:  # fmt: skip
    numbers = {"imdb_votes": float(votes), "imdb_rating": float(rating)}
    if composers and prior_works is not None and prior_votes is not None:
        numbers["composer_prior_works"] = float(prior_works)
        numbers["composer_prior_votes"] = float(prior_votes)
    return ReferenceWork(
        identifier=imdb,
        title=title,
        medium=_MEDIA[kind],
        year=year,
        numbers=numbers,
        composers=tuple(composers or ()),
        directors=tuple(directors or ()),
    )


def _albums(client: Client, year: int, service: Service) -> Iterator[tuple[str, str, str, Any]]:
    """IMDb identifier, release group, language and sitelinks; a year at a time, or it times out."""
    headers = {"Accept": "application/sparql-results+json"}
    question = Question(
        "sparql", {"format": "json", "query": _ALBUMS % (year, year + 1)}, headers=headers
    )
    found = asked(client, service, question)
    for one in found.at("results", "bindings") if found else ():
        group = one.at("rg", "value").uuid
        if group:
            language, links = one.at("language", "value"), one.at("links", "value")
            yield one.at("imdb", "value").text, group, language.text, links.number


def _joined(
    works: Sequence[ReferenceWork], links: Sequence[tuple[str, str, str, Any]], world: World
) -> Iterator[ReferenceWork]:
    """Each work with the best known of its albums."""
    by_album: dict[str, list[Row]] = {}
    for row in world.rows:
        by_album.setdefault(row.subject.name, []).append(row)
    by_work: dict[str, list[tuple[str, str, Any]]] = {}
    for imdb, group, language, sitelinks in links:
        by_work.setdefault(imdb, []).append((group, language, sitelinks))
    for work in works:
        mine = by_work.get(work.identifier, [])
        yield evolve(
            work,
            language=next((language for _, language, _ in mine if language), ""),
            numbers={**work.numbers, **_best(mine, by_album)},
        )


def _best(
    mine: Sequence[tuple[str, str, Any]], by_album: Mapping[str, Sequence[Row]]
) -> dict[str, float]:
    numbers: dict[str, float] = {}
    for group, _, sitelinks in mine:
        if sitelinks is not None:
            numbers["work_sitelinks"] = float(sitelinks)
        for row in by_album.get(group, ()):
            numbers[row.indicator] = max(float(row.value), numbers.get(row.indicator, 0.0))
    return numbers
