"""Which album, tracks, work and people these are: by identifiers first, by names second.

Confidence 0..1 says how an identifier was come by: 1 the user, 0.95 a tag, 0.9 a link between
identifiers, 0.7 and 0.6 a name with a year or an artist that agrees. Whatever does not reach a
single answer stays unresolved and is listed with its reason.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from unsung.model.album import Album
from unsung.model.corrections import Corrections
from unsung.model.recognition import Identity, Match, Unresolved
from unsung.model.world import ALBUM, WORK, Subject, World
from unsung.recognition.credits import Said, said_by_rows, said_by_tags, weighed_credits
from unsung.recognition.names import same_person, same_title
from unsung.recognition.recordings import LINK, TAG, USER, recording_match

NAME_AND_YEAR, NAME_AND_ARTIST = 0.7, 0.6
_ALBUM_KINDS = ("musicbrainz_release_group", "musicbrainz_release", "discogs_master")
_WORK_KINDS = ("imdb", "wikidata")


def identity(album: Album, corrections: Corrections, world: World) -> Identity:
    """Everything that could be resolved, and what could not."""
    matches, unresolved = resolved(album, corrections, world)
    weak = frozenset() if _by_identifier(matches) else _everything_from(world)
    said = (*said_by_rows(world.rows, weak), *_tagged(album))
    return Identity(
        title=corrections.work_title or _first_text(world, WORK, "title") or album.title,
        medium=corrections.medium or _medium(album, world),
        year=corrections.year or _released(world) or _tagged_year(album),
        language=corrections.language or _first_text(world, WORK, "language"),
        matches=matches,
        unresolved=unresolved,
        credits=weighed_credits(said, corrections),
    )


def resolved(
    album: Album, corrections: Corrections, world: World
) -> tuple[tuple[Match, ...], tuple[Unresolved, ...]]:
    """Identifiers of album, work and tracks, each with its confidence; and what stayed open."""
    found: list[Match] = []
    open_: list[Unresolved] = []
    for kind in (*_ALBUM_KINDS, *_WORK_KINDS):
        subject = WORK if kind in _WORK_KINDS else ALBUM
        one = _album_match(kind, subject, album, corrections, world)
        _sort(one, found, open_)
    for track in album.tracks:
        match = recording_match(track, corrections, world)
        _sort(match, found, open_)
    return tuple(_no_surer_than_its_root(found)), tuple(open_)


def _sort(one: Match | Unresolved, found: list[Match], open_: list[Unresolved]) -> None:
    if isinstance(one, Match):
        found.append(one)
    else:
        open_.append(one)


def _no_surer_than_its_root(found: Sequence[Match]) -> Iterator[Match]:
    """What is linked from an album that was found by name is no surer than that name."""
    by_name = [one.confidence for one in found if one.confidence < LINK]
    for one in found:
        if by_name and one.confidence == LINK:
            because = f"{one.because}, which itself was found by name"
            yield evolve(one, confidence=min(by_name), because=because)
        else:
            yield one


def identifier(matches: Iterable[Match], kind: str, subject: Subject | None = None) -> str:
    """The identifier of this kind; empty where none was found."""
    return next(
        (
            one.identifier
            for one in matches
            if one.kind == kind and (subject is None or one.subject == subject)
        ),
        "",
    )


def _album_match(
    kind: str, subject: Subject, album: Album, corrections: Corrections, world: World
) -> Match | Unresolved:
    if own := dict(corrections.identifiers).get(kind):
        return Match(subject, kind, own, USER, "you say so in recognition.toml")
    refused = set(corrections.not_identifiers)
    return _tagged_match(kind, subject, album, refused) or _linked_match(
        kind, subject, album, world, refused
    )


def _tagged_match(
    kind: str, subject: Subject, album: Album, refused: set[str]
) -> Match | Unresolved | None:
    """What the tags say, where they say anything."""
    tagged = Counter(
        value for track in album.tracks for name, value in track.identifiers if name == kind
    )
    tagged = Counter({value: count for value, count in tagged.items() if value not in refused})
    if len(tagged) == 1:
        ((value, count),) = tagged.items()
        return Match(subject, kind, value, TAG, f"the tags of {count} of {len(album.tracks)} files")
    if len(tagged) > 1:
        return Unresolved(subject, kind, f"the tags name {len(tagged)} different ones")
    return None


def _linked_match(
    kind: str, subject: Subject, album: Album, world: World, refused: set[str]
) -> Match | Unresolved:
    """What is linked from elsewhere, else what a name finds."""
    if kind == "musicbrainz_release_group" and _was_searched(world):
        return chosen_by_name(album, world, refused)
    linked = _linked(kind, world) - refused
    if len(linked) == 1:
        return Match(subject, kind, linked.pop(), LINK, "linked from an identifier already known")
    if len(linked) > 1:
        return Unresolved(subject, kind, f"{len(linked)} are linked: {', '.join(sorted(linked))}")
    return Unresolved(subject, kind, "no source names one")


def _was_searched(world: World) -> bool:
    """Whether the rows hold albums to choose from, which is asked only where nothing is linked."""
    return any(row.subject.kind == "album" and row.subject.name for row in world.rows)


def _linked(kind: str, world: World) -> set[str]:
    return {
        row.identifier
        for row in world.rows
        if row.indicator == kind and row.identifier and row.subject in (ALBUM, WORK)
    }


def chosen_by_name(album: Album, world: World, refused: set[str]) -> Match | Unresolved:
    """The one search result whose title agrees, and whose year or artist does too."""
    kind = "musicbrainz_release_group"
    candidates = sorted(
        {row.identifier for row in world.rows
         if row.subject.kind == "album" and row.subject.name and row.indicator == "title"
         and same_title(str(row.value), album.title)} - refused
    )  # fmt: skip
    agreeing = [(_agreement(one, album, world), one) for one in candidates]
    best = max((confidence for confidence, _ in agreeing), default=0.0)
    top = [one for confidence, one in agreeing if confidence == best and confidence > 0]
    if len(top) == 1:
        why = "title and year agree" if best == NAME_AND_YEAR else "title and artist agree"
        return Match(ALBUM, kind, top[0], best, f"found by name: {why}")
    if top:
        return Unresolved(ALBUM, kind, f"{len(top)} albums fit the name: {', '.join(top)}")
    said = "no album of this name with its year or artist" if candidates else "no source names one"
    return Unresolved(ALBUM, kind, said)


def _agreement(candidate: str, album: Album, world: World) -> float:
    subject = Subject("album", candidate)
    year, released = _tagged_year(album), _year(_first_text(world, subject, "released"))
    if year and released and abs(year - released) <= 1:
        return NAME_AND_YEAR
    people = {person.name for track in album.tracks for person in track.people}
    artists = [str(row.value) for row in world.said(subject, "artist")]
    agrees = any(same_person(artist, name) for artist in artists for name in people)
    return NAME_AND_ARTIST if agrees else 0.0


def _by_identifier(matches: Sequence[Match]) -> bool:
    """Whether the album or work was reached by identifiers alone, never by a name."""
    roots = [one.confidence for one in matches if one.subject in (ALBUM, WORK)]
    return bool(roots) and min(roots) >= LINK


def _everything_from(world: World) -> frozenset[str]:
    return frozenset(row.answer.source for row in world.rows)


def _tagged(album: Album) -> tuple[Said, ...]:
    names = [
        person.name
        for track in album.tracks
        for person in track.people
        if person.role == "composer"
    ]
    return said_by_tags("composer", names)


def _first_text(world: World, subject: Subject, indicator: str) -> str:
    return next((str(row.value) for row in world.said(subject, indicator)), "")


def _medium(album: Album, world: World) -> str:
    told = next((row.identifier for row in world.said(WORK, "medium")), "")
    kind = album.work.kind if album.work else ""
    return told or (kind if kind in ("film", "series", "game") else "other")


def _released(world: World) -> int | None:
    """The year the work came out: the earliest that any source gives for it, else the album's."""
    for subject in (WORK, ALBUM):
        years = [_year(str(row.value)) for row in world.said(subject, "released")]
        known = [year for year in years if year]
        if known:
            return min(known)
    return None


def _tagged_year(album: Album) -> int | None:
    years = Counter(track.year for track in album.tracks if track.year)
    return years.most_common(1)[0][0] if years else None


def _year(said: str) -> int | None:
    return int(said[:4]) if said[:4].isascii() and said[:4].isdigit() else None
