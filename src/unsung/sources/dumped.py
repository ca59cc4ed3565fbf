"""What the dumps say, as rows: an album and its tracks, and the reach of many albums at once.

A row's pointer names the table, the identifier and the column, as in `release_group/2c5e…/name`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from unsung.model.reference import ReferenceSet
from unsung.model.world import ALBUM, Answer, Row, Subject, Unknown, World
from unsung.sources.dumps import Dumps
from unsung.sources.musicbrainz import STREAMING, linked
from unsung.sources.musicbrainz_dump import unescaped
from unsung.sources.reading import one_line

OWN_LISTENERS, OWN_LISTENS = "listenbrainz_own_listeners", "listenbrainz_own_listens"
_MOST_CANDIDATES = 10


@frozen
class Dumped:
    """MusicBrainz' dump, asked as the service is asked."""

    dumps: Dumps

    def release_group(self, mbid: str) -> World:
        """The album: title, year, ratings, number of releases, links."""
        mbid = self._current("release-group", mbid)
        found = self.dumps.rows(
            "SELECT * EXCLUDE (id, artist_credit) FROM album WHERE gid = ?", mbid
        )
        if not found:
            return self._nothing(ALBUM, "musicbrainz_release_group")
        _, title, year, month, day, releases, rating, votes, is_rated = found[0]
        rows = [self._row(ALBUM, "title", title, f"release_group/{mbid}/name", mbid)]
        if released := _day(year, month, day):
            rows.append(self._row(ALBUM, "released", released, f"release_group_meta/{mbid}/date"))
        rows += self._artists(mbid, ALBUM)
        rows.append(self._row(ALBUM, "releases", float(releases), f"release_group/{mbid}/release"))
        return World((*rows, *self._links(mbid))) + self._ratings(mbid, rating, votes, is_rated)

    def release(
        self, mbid: str, files: Mapping[tuple[int, int], str], codes: Mapping[str, str]
    ) -> World:
        """A release: its album, its recordings by place and ISRC, and who made the music."""
        mbid = self._current("release", mbid)
        found = self.dumps.rows("SELECT album FROM edition WHERE gid = ?", mbid)
        if not found:
            return self._nothing(ALBUM, "musicbrainz_release")
        (group,) = found[0]
        pointer = f"release/{mbid}/release_group"
        rows = [self._row(ALBUM, "musicbrainz_release_group", group, pointer, group)]
        items = self.dumps.rows(
            "SELECT disc::INTEGER, place::INTEGER, recording, title FROM item WHERE edition = ?"
            " ORDER BY ALL", mbid,
        )  # fmt: skip
        for disc, place, recording, title in items:
            if file := files.get((disc, place)):
                rows += self._placed(Subject("track", file), recording, title)
        rows += self._coded(mbid, codes)
        return World((*rows, *self._makers(mbid, ALBUM)))

    def isrc(self, code: str, subject: Subject) -> World:
        """The recordings that bear an ISRC, and their releases."""
        found = self.dumps.rows(
            "SELECT DISTINCT recording, item.title, edition.gid, edition.title FROM code"
            " JOIN item USING (recording) JOIN edition ON edition.gid = item.edition"
            " WHERE isrc = ? ORDER BY ALL", code,
        )  # fmt: skip
        if not found:
            return self._nothing(subject, "musicbrainz_recording")
        rows = dict.fromkeys(
            row
            for recording, title, release, name in found
            for row in (
                self._row(subject, "isrc_recording", title, f"isrc/{code}", recording),
                self._row(subject, "isrc_release", name, f"isrc/{code}/release", release),
            )
        )
        return World(tuple(rows))

    def search(self, title: str) -> World:
        """Soundtrack albums whose name holds this one, or is held by it."""
        found = self.dumps.rows(
            "SELECT gid, title, year, month, day FROM album WHERE contains(lower(title), lower($1))"
            " OR (length(title) > 3 AND contains(lower($1), lower(title)))"
            " ORDER BY abs(length(title) - length($1)), gid LIMIT $2",
            title,
            _MOST_CANDIDATES,
        )
        rows: list[Row] = []
        for gid, name, year, month, day in found:
            subject, pointer = Subject("album", gid), f"release_group/{gid}"
            rows.append(self._row(subject, "title", name, f"{pointer}/name", gid))
            rows.append(self._row(subject, "released", _day(year, month, day), pointer, gid))
            rows += [evolve(one, identifier=gid) for one in self._artists(gid, subject)]
        return World(tuple(rows))

    def releases_of(self, group_mbid: str) -> tuple[str, ...]:
        """The releases of an album, official ones first."""
        query = "SELECT gid FROM edition WHERE album = ? ORDER BY NOT is_official, gid"
        mbid = self._current("release-group", group_mbid)
        return tuple(gid for (gid,) in self.dumps.rows(query, mbid))

    def _current(self, kind: str, mbid: str) -> str:
        """The identifier that one which was merged leads to; itself where none was."""
        found = self.dumps.rows("SELECT gid FROM moved WHERE kind = ? AND old = ?", kind, mbid)
        return str(found[0][0]) if found else mbid

    def _row(
        self,
        subject: Subject,
        indicator: str,
        value: str | float,
        pointer: str,
        identifier: str = "",
    ) -> Row:
        said = one_line(unescaped(value)) if isinstance(value, str) else value
        return Row(subject, indicator, said, self.dumps.musicbrainz, pointer, identifier)

    def _nothing(self, subject: Subject, indicator: str) -> World:
        reason = "the dump has no soundtrack with it"
        return World(unknown=(Unknown(subject, indicator, "musicbrainz", reason),))

    def _artists(self, mbid: str, subject: Subject) -> Iterator[Row]:
        query = "SELECT artist, name FROM album_artist WHERE gid = ? ORDER BY position"
        for artist, name in self.dumps.rows(query, mbid):
            pointer = f"release_group/{mbid}/artist_credit"
            yield self._row(subject, "artist", name, pointer, f"musicbrainz_artist:{artist}")

    def _links(self, mbid: str) -> Iterator[Row]:
        query = "SELECT type, url FROM album_link WHERE gid = ? ORDER BY ALL"
        found = self.dumps.rows(query, mbid)
        pointer = f"l_release_group_url/{mbid}"
        for type_, url in found:
            for subject, kind, identifier in linked(type_, unescaped(url)):
                yield self._row(subject, kind, url, pointer, identifier)
        if streamed := sum(type_ in STREAMING for type_, _ in found):
            yield self._row(ALBUM, "streaming_links", float(streamed), pointer)

    def _ratings(self, mbid: str, rating: str | None, votes: str | None, is_rated: bool) -> World:
        """Ratings, which are 0 to 100 in the dump and 0 to 5 elsewhere."""
        name, pointer = "musicbrainz_rating", f"release_group_meta/{mbid}"
        if not is_rated:
            return self._nothing(ALBUM, "musicbrainz_rating_votes")
        answer, count = self.dumps.ratings, float(votes or 0)
        counted = Row(ALBUM, "musicbrainz_rating_votes", count, answer, f"{pointer}/rating_count")
        if not count or rating is None:
            return World((counted,), (Unknown(ALBUM, name, "musicbrainz", "nobody has rated it"),))
        return World((counted, Row(ALBUM, name, float(rating) / 20, answer, f"{pointer}/rating")))

    def _placed(self, subject: Subject, recording: str, title: str) -> Iterator[Row]:
        pointer = f"recording/{recording}"
        yield self._row(subject, "musicbrainz_recording", recording, f"{pointer}/gid", recording)
        yield self._row(subject, "title", title, f"{pointer}/name")
        yield from self._makers(recording, subject)

    def _coded(self, mbid: str, codes: Mapping[str, str]) -> Iterator[Row]:
        query = (
            "SELECT isrc, recording, title FROM code JOIN item USING (recording)"
            " WHERE edition = ? ORDER BY ALL"
        )
        for code, recording, title in self.dumps.rows(query, mbid):
            if code in codes:
                subject = Subject("track", codes[code])
                yield self._row(subject, "isrc_recording", title, f"isrc/{code}", recording)

    def _makers(self, mbid: str, subject: Subject) -> Iterator[Row]:
        query = "SELECT role, artist, name FROM maker WHERE gid = ? ORDER BY ALL"
        for role, artist, name in self.dumps.rows(query, mbid):
            yield self._row(subject, role, name, f"{role}/{mbid}", f"musicbrainz_artist:{artist}")


def dumped_popularity(dumps: Dumps, kind: str, subjects: Mapping[str, Subject]) -> World:
    """Listeners and listens that ListenBrainz' dump counts, by MusicBrainz identifier."""
    found = {
        mbid: (people, times)
        for mbid, people, times in dumps.rows(_LISTENED, kind, sorted(subjects))
    }
    world = World()
    for mbid, subject in sorted(subjects.items()):
        if mbid in found:
            world += World(tuple(_listened(dumps.listenbrainz, kind, mbid, subject, found[mbid])))
        else:
            reason = "nobody listened to it by name, as far as the dump goes"
            world += World(unknown=(Unknown(subject, OWN_LISTENERS, "listenbrainz", reason),))
    return world


def with_dumped(reference: ReferenceSet, dumps: Dumps) -> ReferenceSet:
    """The same works with what the dumps know of their soundtracks: the best known of each."""
    more: dict[str, dict[str, float]] = {}
    for url, *numbers in dumps.rows(_REACH):
        for _, kind, imdb in linked("IMDb", url):
            if kind == "imdb":
                _take(more.setdefault(imdb, {}), numbers)
    return evolve(
        reference,
        works=tuple(
            evolve(work, numbers={**work.numbers, **more.get(work.identifier, {})})
            for work in reference.works
        ),
        source=f"{reference.source}; dumps of MusicBrainz and ListenBrainz",
        licence=f"{reference.licence}; CC0-1.0; ratings CC-BY-NC-SA-3.0",
    )


_LISTENED = """SELECT asked.mbid, people, times
FROM (SELECT unnest($2::VARCHAR[]) AS mbid) asked
LEFT JOIN moved ON moved.kind = $1 AND moved.old = asked.mbid
JOIN listened l ON l.kind = $1 AND l.mbid = coalesce(moved.gid, asked.mbid)"""
_REACH = """SELECT url, a.releases,
  CASE WHEN a.is_rated THEN coalesce(a.rating_count::DOUBLE, 0) END, l.people, l.times
FROM album_link JOIN album a USING (gid)
LEFT JOIN listened l ON l.kind = 'release-group' AND l.mbid = a.gid
WHERE url LIKE '%imdb.com/title/%' ORDER BY ALL"""
_REACHED = ("releases", "musicbrainz_rating_votes", OWN_LISTENERS, OWN_LISTENS)


def _take(known: dict[str, float], numbers: list[Any]) -> None:
    for name, number in zip(_REACHED, numbers, strict=True):
        if number is not None:
            known[name] = max(float(number), known.get(name, 0.0))


def _listened(
    answer: Answer, kind: str, mbid: str, subject: Subject, counts: tuple[int, int]
) -> Iterator[Row]:
    for name, count in zip((OWN_LISTENERS, OWN_LISTENS), counts, strict=True):
        yield Row(subject, name, float(count), answer, f"{kind}/{mbid}")


def _day(year: str | None, month: str | None, day: str | None) -> str:
    """A date as far as it is known, such as 2011-03."""
    if year is None:
        return ""
    known = [int(year), *(int(one) for one in (month, day if month else None) if one)]
    return "-".join(f"{one:02}" for one in known)
