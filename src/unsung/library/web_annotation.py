"""Annotations as W3C JSON-LD has them (Web Annotation Data Model, 2017), and back.

What comes from elsewhere is material: ids that are no UUID get one that follows from them, HTML is
kept as the text that it is, and what cannot be read is refused in one line.
"""

import re
import unicodedata
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from unsung.model.annotation import MOTIVATIONS, Annotation, Target
from unsung.model.errors import LibraryError

Json = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
_FRAGMENT = re.compile(r"t=(?:npt:)?(\d{1,7}(?:\.\d{1,9})?)?(?:,(\d{1,7}(?:\.\d{1,9})?))?")
_LEAST_INSTANT = "1970-01-01T00:00:00.000Z"


def w3c_of(one: Annotation) -> Json:
    """An annotation as JSON-LD; one that was taken away says so and has no body."""
    plain: Json = {
        "@context": CONTEXT,
        "id": one.id,
        "type": "Annotation",
        "motivation": one.motivation,
        "creator": {"type": "Person", "name": one.creator},
        "created": one.created,
        "modified": one.modified,
        "target": _target_json(one.target),
    }
    if one.is_removed:
        return plain | {"deleted": True}
    return plain | {"body": {"type": "TextualBody", "format": "text/plain", "value": one.text}}


def collection_of(annotations: Iterable[Annotation]) -> Json:
    """An `AnnotationCollection` of one page that holds them all."""
    items = [w3c_of(one) for one in annotations]
    page = {"type": "AnnotationPage", "items": items}
    return {
        "@context": CONTEXT,
        "type": "AnnotationCollection",
        "label": "What people wrote",
        "total": len(items),
        "first": page,
    }


def annotation_of(plain: Any) -> Annotation:
    """The annotation that JSON-LD tells; `LibraryError` where it tells none."""
    try:
        return _annotation(plain)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        missing = isinstance(error, KeyError)
        reason = f"{error} is missing" if missing else str(error)
        raise LibraryError(f"this is no annotation: {reason[:160]}") from error


def items_of(plain: Any) -> list[Any]:
    """The annotations in a collection, a page, a list, or a single one."""
    if isinstance(plain, list):
        return plain
    if not isinstance(plain, dict):
        raise LibraryError("annotations are a JSON object or list")
    first = plain.get("first")
    for holder in (plain, first if isinstance(first, dict) else {}):
        if isinstance(holder.get("items"), list):
            items: list[Any] = holder["items"]
            return items
    return [plain]


def instant(at: datetime) -> str:
    """A time as annotations write it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def later(before: str, now: datetime) -> str:
    """Now, or just after `before`, whichever is later: a new version must not lose to the old."""
    try:
        least = datetime.fromisoformat(before) + timedelta(milliseconds=1)
    except OverflowError:  # the end of all calendars: somebody's clock was wrong
        return before
    return instant(max(now, least))


def plain_text(value: str) -> str:
    """Text without signs that would turn its direction, move a cursor or break an encoding."""
    normal = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in normal if sign in "\n\t" or _is_harmless(sign)).strip()


def _is_harmless(sign: str) -> bool:
    kind = unicodedata.category(sign)
    joins = sign in "\u200c\u200d"
    return joins or kind not in {"Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp"}


def _annotation(plain: Json) -> Annotation:
    modified = _instant(plain.get("modified") or plain.get("created") or _LEAST_INSTANT)
    return Annotation(
        id=_id(plain["id"]),
        target=_target(plain["target"]),
        text=plain_text(_body(plain.get("body"))),
        creator=_creator(plain.get("creator")),
        created=_instant(plain.get("created") or modified),
        modified=modified,
        motivation=_motivation(plain.get("motivation")),
        is_removed=plain.get("deleted") is True,
    )


def _id(value: Any) -> str:
    given = _text(value)
    try:
        return f"urn:uuid:{uuid.UUID(given.removeprefix('urn:uuid:'))}"
    except ValueError:
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, given)}"


def _instant(value: Any) -> str:
    at = datetime.fromisoformat(_text(value))
    return instant(at if at.tzinfo else at.replace(tzinfo=UTC))


def _body(value: Any) -> str:
    """The text of a body: a string, a textual body, or the first of several."""
    if isinstance(value, list):
        return "\n".join(_body(one) for one in value[:10])
    if isinstance(value, dict):
        return _text(value.get("value", ""))
    return _text(value or "")


def _creator(value: Any) -> str:
    first = value[0] if isinstance(value, list) and value else value
    name = first.get("name") if isinstance(first, dict) else first
    return plain_text(_text(name or "")).replace("\n", " ") or "somebody"


def _motivation(value: Any) -> Any:
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, str) and first in MOTIVATIONS else "commenting"


def _target(value: Any) -> Target:
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, str):
        source, _, fragment = first.partition("#")
        return Target(plain_text(source), times_s=_times(fragment))
    source = first["source"]
    source = source["id"] if isinstance(source, dict) else source
    title = plain_text(_text(first.get("title", "")))
    return Target(plain_text(_text(source)), title, _times(_fragment(first.get("selector"))))


def _fragment(selector: Any) -> str:
    every = selector if isinstance(selector, list) else [selector]
    values = (one.get("value", "") for one in every if isinstance(one, dict))
    return next((_text(value) for value in values if value), "")


def _times(fragment: str) -> tuple[float, ...]:
    found = _FRAGMENT.fullmatch(fragment)
    if not found:
        return ()
    start_s, end_s = float(found[1] or 0), found[2]
    return (start_s, float(end_s)) if end_s else (start_s,)


def _target_json(target: Target) -> Json | str:
    if target.source.startswith("urn:uuid:"):
        return target.source
    plain: Json = {"source": target.source}
    if target.title:
        plain["title"] = target.title
    if target.times_s:
        value = "t=" + ",".join(
            f"{time_s:.3f}".rstrip("0").rstrip(".") for time_s in target.times_s
        )
        plain["selector"] = {
            "type": "FragmentSelector", "conformsTo": _MEDIA_FRAGMENTS, "value": value,
        }  # fmt: skip
    return plain


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text was expected, not {type(value).__name__}")
    return value
