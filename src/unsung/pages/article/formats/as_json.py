"""The claims and their evidence as JSON: for those who want to reckon again."""

import json
from collections.abc import Mapping
from typing import Any

from unsung.model.article import Manuscript
from unsung.model.finding import Fact, Finding, HeardPlace, Quantity, Title
from unsung.model.world import Row
from unsung.pages.article.formats.context import ArticleContext
from unsung.pages.article.formats.reading import Reading, reading
from unsung.pages.article.formats.wording import filled, plain, printable

SCHEMA = "unsung-claims/1"


def claims_json(manuscript: Manuscript, context: ArticleContext) -> str:
    """Every finding of the manuscript, those first that its text leans on, in that order."""
    written = json.dumps(claims(manuscript, context), ensure_ascii=False, indent=1)
    return printable(written) + "\n"


def claims(manuscript: Manuscript, context: ArticleContext) -> dict[str, Any]:
    """The same as plain mappings."""
    read = reading(manuscript)
    others = sorted(set(manuscript.findings) - set(read.cited))
    return {
        "schema": SCHEMA,
        "title": manuscript.title,
        "album": context.album.title,
        "issued_on": context.issued_on,
        "unsung": context.version,
        "tracks": [
            {
                "file": track.file,
                "title": track.title,
                "duration_s": context.durations_s.get(track.file),
            }
            for track in context.album.tracks
        ],
        "tags": list(manuscript.tags),
        "claims": [_claim(manuscript.findings[slug], read) for slug in (*read.cited, *others)],
    }


def json_inside_html(content: Any) -> str:
    """JSON that may stand inside a `script` element: nothing in it ends the element."""
    text = printable(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    escapes = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028"}
    return text.translate({ord(sign): escape for sign, escape in escapes.items()})


def _claim(finding: Finding, read: Reading) -> dict[str, Any]:
    return {
        "slug": finding.slug,
        "mark": read.number(finding.slug) or None,
        "question": finding.question,
        "kind": finding.kind,
        "claim": plain(filled(finding.claim, finding.facts)),
        "sentence": finding.claim,
        "facts": {name: _fact(fact) for name, fact in finding.facts.items()},
        "verdict": finding.verdict,
        "chance": finding.chance,
        "compared_with": finding.compared_with,
        "weight": finding.weight,
        "against": finding.against,
        "method": finding.method,
        "places": [_place(place) for place in finding.places],
        "rows": [_row(row) for row in finding.rows],
        "readings": [
            {"source": one.source, "where": one.where, "says": one.says} for one in finding.readings
        ],
        "cites": [{"name": one.name, "reference": one.reference} for one in finding.cites],
    }


def _fact(fact: Fact) -> Mapping[str, Any]:
    if isinstance(fact, Quantity):
        return {
            "value": fact.value, "unit": fact.unit, "low": fact.low, "high": fact.high,
            "digits": fact.digits,
        }  # fmt: skip
    if isinstance(fact, Title):
        return {"title": fact.text, "track_file": fact.track_file or None}
    return {"word": fact}


def _place(place: HeardPlace) -> dict[str, Any]:
    """With the span as a media fragment too, as Web Annotation's selectors are written."""
    span = place.span
    return {
        "track_file": place.track_file,
        "start_s": span.start_s,
        "end_s": span.end_s,
        "fragment": f"t={span.start_s:.3f},{span.end_s:.3f}",
        "listen_for": place.listen_for,
    }


def _row(row: Row) -> dict[str, Any]:
    answer = row.answer
    return {
        "about": {"kind": row.subject.kind, "name": row.subject.name},
        "indicator": row.indicator,
        "value": row.value,
        "identifier": row.identifier or None,
        "source": answer.source,
        "address": answer.address,
        "pointer": row.pointer,
        "retrieved_at": answer.retrieved_at,
        "digest": answer.digest,
        "licence": answer.licence,
        "synthetic": answer.synthetic,
    }
