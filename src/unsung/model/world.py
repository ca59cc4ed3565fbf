"""What the world said: rows, each with a pointer into the exact bytes that a source gave.

`unknown` is never zero: a source that has no answer gives an `Unknown` with its reason, not a row.
"""

import math
from collections.abc import Iterator
from typing import Literal

from attrs import field, frozen

SubjectKind = Literal["album", "track", "work", "person"]
Bearing = Literal["recognition", "exposure", "quality", "identity"]


@frozen(order=True)
class Subject:
    """Whom a row is about: the album, a track (by its file), the work, a person (by name)."""

    kind: SubjectKind
    name: str = ""


YOURS = "you"
"""The voice of what a person wrote down without naming the service that counted."""

ALBUM = Subject("album")
WORK = Subject("work")


@frozen
class Answer:
    """Bytes that a source gave, as they were kept: enough to find, date and license them."""

    source: str
    address: str
    retrieved_at: str
    digest: str
    licence: str
    status: int = 200
    synthetic: bool = False


@frozen
class Row:
    """One fact of a source. `pointer` finds it in the answer: a JSON Pointer, or line and column.

    `identifier` is the source's own name for what `value` names, such as
    `musicbrainz_artist:2db4…`; empty for numbers.
    """

    subject: Subject
    indicator: str
    value: float | str
    answer: Answer
    pointer: str
    identifier: str = ""

    def __attrs_post_init__(self) -> None:
        if isinstance(self.value, float) and not math.isfinite(self.value):
            raise ValueError(f"a row needs a finite value, not {self.value}; leave it unknown")

    @property
    def voice(self) -> str:
        """Whose voice it is: the service's that the indicator is of, where the row names it.

        What a person wrote down without naming that service is the person's own voice, and however
        much of it there is, it is one.
        """
        indicator = INDICATORS.get(self.indicator)
        source = "".join(one for one in self.answer.source.casefold() if one.isalnum())
        return source if indicator and source == indicator.voice else YOURS


@frozen
class Unknown:
    """A question that a source did not answer, and why; it stands for no number, not for 0."""

    subject: Subject
    indicator: str
    source: str
    reason: str


@frozen
class World:
    """All that was said, and all that stayed unknown."""

    rows: tuple[Row, ...] = ()
    unknown: tuple[Unknown, ...] = ()

    def __add__(self, other: "World") -> "World":
        return World((*self.rows, *other.rows), (*self.unknown, *other.unknown))

    def said(self, subject: Subject, indicator: str) -> tuple[Row, ...]:
        """Every row about `subject` that bears `indicator`."""
        return tuple(
            row for row in self.rows if row.subject == subject and row.indicator == indicator
        )

    def numbers(self, subject: Subject) -> Iterator[Row]:
        """The latest number of each source and indicator about `subject`, in order of name."""
        latest: dict[tuple[str, str], Row] = {}
        for row in self.rows:
            if row.subject == subject and isinstance(row.value, float):
                key = (row.indicator, row.answer.source)
                if key not in latest or latest[key].answer.retrieved_at <= row.answer.retrieved_at:
                    latest[key] = row
        return (latest[key] for key in sorted(latest))


@frozen
class Indicator:
    """A kind of number: what it means, whose voice it is, and what it may be used for.

    Numbers of one `voice` are not independent of each other.
    """

    name: str
    voice: str
    bearing: Bearing
    meaning: str = field(default="")


INDICATORS: dict[str, Indicator] = {
    one.name: one
    for one in (
        Indicator("listenbrainz_listeners", "listenbrainz", "recognition", "people who listened"),
        Indicator("listenbrainz_listens", "listenbrainz", "recognition", "times listened"),
        Indicator("listenbrainz_own_listeners", "listenbrainz", "recognition", "its own listeners"),
        Indicator("listenbrainz_own_listens", "listenbrainz", "recognition", "listens of its own"),
        Indicator("lastfm_listeners", "lastfm", "recognition", "people who listened"),
        Indicator("lastfm_plays", "lastfm", "recognition", "times listened"),
        Indicator("discogs_have", "discogs", "recognition", "collections that hold it"),
        Indicator("discogs_ratings", "discogs", "recognition", "ratings given"),
        Indicator("musicbrainz_rating_votes", "musicbrainz", "recognition", "ratings given"),
        Indicator("critiquebrainz_reviews", "critiquebrainz", "recognition", "reviews written"),
        Indicator("score_page_views", "wikimedia", "recognition", "monthly views of its article"),
        Indicator("score_awards", "wikidata", "recognition", "awards won and nominations"),
        Indicator("deezer_rank", "deezer", "recognition", "rank by the service's own measure"),
        Indicator("imdb_votes", "imdb", "exposure", "people who rated the work"),
        Indicator("tmdb_votes", "tmdb", "exposure", "people who rated the work"),
        Indicator("work_page_views", "wikimedia", "exposure", "monthly views of the work"),
        Indicator("work_sitelinks", "wikidata", "exposure", "Wikipedias with an article on it"),
        Indicator("composer_prior_works", "imdb", "exposure", "earlier works of the composer"),
        Indicator("composer_prior_votes", "imdb", "exposure", "ratings of those earlier works"),
        Indicator("composer_sitelinks", "wikidata", "exposure", "Wikipedias on the composer"),
        Indicator("composer_listeners", "listenbrainz", "exposure", "people who listened, ever"),
        Indicator("composer_page_views", "wikimedia", "exposure", "monthly views of the composer"),
        Indicator("releases", "musicbrainz", "exposure", "releases of the album"),
        Indicator("streaming_links", "musicbrainz", "exposure", "places to stream it"),
        Indicator("budget", "tmdb", "exposure", "what the work cost"),
        Indicator("visual_awards", "wikidata", "exposure", "awards for how the work looks"),
        Indicator("discogs_want", "discogs", "quality", "people who look for it"),
        Indicator("musicbrainz_rating", "musicbrainz", "quality", "mean rating, 0 to 5"),
        Indicator("critiquebrainz_rating", "critiquebrainz", "quality", "mean rating, 0 to 5"),
        Indicator("discogs_rating", "discogs", "quality", "mean rating, 0 to 5"),
        Indicator("imdb_rating", "imdb", "quality", "mean rating, 1 to 10"),
        Indicator("tmdb_rating", "tmdb", "quality", "mean rating, 0 to 10"),
        Indicator("score_nominations", "wikidata", "quality", "nominations for the score"),
        Indicator("score_wins", "wikidata", "quality", "awards won by the score"),
    )
}
"""Every number that may be asked for, imported, or used. Quality is shown and never regressed."""
