"""Wikidata: who composed and directed a work, what it won, where Wikipedia writes of it.

The Wikidata of a work is found by its IMDb identifier. Award categories are told apart by a closed
list of items (`SCORE_AWARDS`, `VISUAL_AWARDS`); what is not on it is not counted.
"""

import re

from unsung.model.world import WORK, Row, Unknown, World
from unsung.sources.client import Client, Question
from unsung.sources.reading import Found, asked
from unsung.sources.service import WIKIDATA, Service

SCORE_AWARDS = frozenset(
    (
        "Q488651", "Q4671338", "Q22752868", "Q22235329", "Q22235305", "Q22752734",  # Academy Award
        "Q1422140",  # Golden Globe
        "Q787098",  # BAFTA
    )
)  # fmt: skip
VISUAL_AWARDS = frozenset(
    (
        "Q131520",  # Academy Award for Best Cinematography
        "Q393686",  # Academy Award for Best Visual Effects
        "Q277751",  # Academy Award for Best Production Design
    )
)
_ITEM = re.compile(r"^https?://www\.wikidata\.org/entity/(Q\d+)$")
_IMDB = re.compile(r"tt\d{5,10}")

_FILM = """SELECT ?film ?filmLabel ?rg ?composer ?composerLabel ?composerMbid ?composerLinks
  ?director ?directorLabel ?date ?language ?kind ?article ?composerArticle ?sitelinks WHERE {
  VALUES ?imdb { "%s" }
  ?film wdt:P345 ?imdb .
  OPTIONAL { ?film wdt:P86 ?composer .
    OPTIONAL { ?composer wdt:P434 ?composerMbid }
    OPTIONAL { ?composer wikibase:sitelinks ?composerLinks }
    OPTIONAL { ?composerArticle schema:about ?composer ;
      schema:isPartOf <https://en.wikipedia.org/> } }
  OPTIONAL { ?film wdt:P57 ?director }
  OPTIONAL { ?film wdt:P577 ?date }
  OPTIONAL { ?film wdt:P364/wdt:P218 ?language }
  OPTIONAL { ?film wdt:P31 ?kind }
  OPTIONAL { ?film wdt:P406 ?ost . ?ost wdt:P436 ?rg }
  OPTIONAL { ?film wikibase:sitelinks ?sitelinks }
  OPTIONAL { ?article schema:about ?film ; schema:isPartOf <https://en.wikipedia.org/> }
  SERVICE wikibase:label { bd:serviceParam wikibase:language "en". }
} LIMIT 200"""

_AWARDS = """SELECT ?award ?won WHERE {
  VALUES ?film { wd:%s }
  { ?who p:P166 ?st . ?st ps:P166 ?award ; pq:P1686 ?film . BIND(true AS ?won) }
  UNION { ?who p:P1411 ?st . ?st ps:P1411 ?award ; pq:P1686 ?film . BIND(false AS ?won) }
  UNION { ?film p:P166 ?st . ?st ps:P166 ?award . BIND(true AS ?won) }
  UNION { ?film p:P1411 ?st . ?st ps:P1411 ?award . BIND(false AS ?won) }
} LIMIT 500"""

_PEOPLE = (("composer", "composer"), ("director", "director"))
_TEXTS = (("date", "released"), ("language", "language"), ("filmLabel", "title"))
_MEDIA = {"Q11424": "film", "Q5398426": "series", "Q7889": "game"}


def work(client: Client, imdb: str, service: Service = WIKIDATA) -> World:
    """The work behind an IMDb identifier, and its makers."""
    if not _IMDB.fullmatch(imdb):
        return World(unknown=(Unknown(WORK, "wikidata", service.name, "no IMDb identifier"),))
    bindings = _bindings(client, _FILM % imdb, service)
    films = {_item(one.at("film", "value")) for one in bindings} - {""}
    if len(films) != 1:
        reason = "no item has this IMDb identifier" if not films else "several items claim it"
        return World(unknown=(Unknown(WORK, "wikidata", service.name, reason),))
    rows: dict[tuple[str, str, str], Row] = {}
    for one in bindings:
        for row in _rows(one):
            rows.setdefault((row.indicator, str(row.value), row.identifier), row)
    return World(tuple(rows.values())) + _links(bindings)


def awards(client: Client, item: str, service: Service = WIKIDATA) -> World:
    """How often its score, and its pictures, were nominated or won. No item, no count."""
    if not re.fullmatch(r"Q\d+", item):
        return World()
    found = [
        (_item(one.at("award", "value")), one.at("won", "value").text == "true", one)
        for one in _bindings(client, _AWARDS % item, service)
    ]
    score = [(won, one) for award, won, one in found if award in SCORE_AWARDS]
    looks = [(won, one) for award, won, one in found if award in VISUAL_AWARDS]
    counted = {
        "score_awards": score,
        "score_wins": [pair for pair in score if pair[0]],
        "score_nominations": [pair for pair in score if not pair[0]],
        "visual_awards": looks,
    }
    rows = [
        Row(WORK, name, float(len(pairs)), pairs[0][1].answer, "/results/bindings")
        for name, pairs in counted.items()
        if pairs
    ]
    return World(tuple(rows))


def _bindings(client: Client, query: str, service: Service) -> list[Found]:
    headers = {"Accept": "application/sparql-results+json"}
    question = Question("sparql", {"format": "json", "query": query}, headers=headers)
    found = asked(client, service, question)
    return [] if found is None else list(found.at("results", "bindings"))


def _rows(one: Found) -> list[Row]:
    """What one line of the result says; absent columns say nothing."""
    rows = [one.at("film", "value").row(WORK, "wikidata", _item(one.at("film", "value")))]
    for column, role in _PEOPLE:
        name, item = one.at(f"{column}Label", "value"), _item(one.at(column, "value"))
        if name.text and item and name.text != item:
            rows.append(name.row(WORK, role, f"wikidata:{item}"))
    for column, indicator in _TEXTS:
        if one.at(column, "value").text:
            rows.append(one.at(column, "value").row(WORK, indicator))
    if one.at("rg", "value").uuid:
        rows.append(one.at("rg", "value").row(WORK, "soundtrack", one.at("rg", "value").uuid))
    if one.at("composerMbid", "value").uuid:
        mbid = one.at("composerMbid", "value")
        rows.append(mbid.row(WORK, "composer_musicbrainz", mbid.uuid))
    if (kind := _MEDIA.get(_item(one.at("kind", "value")))) is not None:
        rows.append(one.at("kind", "value").row(WORK, "medium", kind))
    for column, indicator in (("article", "article"), ("composerArticle", "composer_article")):
        if title := _article(one.at(column, "value").text):
            rows.append(one.at(column, "value").row(WORK, indicator, title))
    return rows


def _links(bindings: list[Found]) -> World:
    world = World()
    for column, name in (("sitelinks", "work_sitelinks"), ("composerLinks", "composer_sitelinks")):
        known = [one.at(column, "value") for one in bindings if one.at(column, "value").text]
        if known:
            most = max(known, key=lambda found: found.number or 0)
            world += most.count(WORK, name)
    return world


def _item(found: Found) -> str:
    match = _ITEM.match(found.text)
    return match.group(1) if match else ""


def _article(address: str) -> str:
    """The title of an article of the English Wikipedia, percent-encoded as in its address."""
    return (
        address.removeprefix("https://en.wikipedia.org/wiki/") if "en.wikipedia" in address else ""
    )
