"""What the album has that the film was not found to use."""

from collections.abc import Sequence

from unsung.film.peaks import RATE_HZ
from unsung.film.timeline import Timeline
from unsung.model.film import AlbumPlace, Placement
from unsung.model.time import Span


def unused(
    place: Timeline, placed: Sequence[Placement], shortest_s: float
) -> tuple[AlbumPlace, ...]:
    """The stretches of tracks that no placement takes, nor a place that sounds the same."""
    heard = [AlbumPlace(one.track_file, one.track_span) for one in placed]
    heard += [other for one in placed for other in one.also_at]
    return tuple(
        AlbumPlace(file, span)
        for file, samples in zip(place.files, place.length, strict=True)
        for span in _between(
            sorted(one.span for one in heard if one.track_file == file), samples / RATE_HZ
        )
        if span.duration_s >= shortest_s
    )


def _between(taken: Sequence[Span], end_s: float) -> list[Span]:
    free, at_s = [], 0.0
    for span in taken:
        if span.start_s > at_s:
            free.append(Span(at_s, span.start_s))
        at_s = max(at_s, span.end_s)
    return [*free, Span(at_s, end_s)] if at_s < end_s else free
