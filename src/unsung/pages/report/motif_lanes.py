"""The lanes of the motif map: a motif along the whole album, each occurrence a mark to play."""

from collections.abc import Sequence

from attrs import frozen
from markupsafe import Markup

from unsung.model.motif import Motif, Occurrence, Statement
from unsung.model.time import Span
from unsung.pages.figures import motif_map
from unsung.pages.figures.motif_map import AlbumAxis, Mark
from unsung.pages.report import motif_words as say
from unsung.pages.report import statements as people
from unsung.pages.report.places import Places, title, title_of
from unsung.pages.report.wording import clock, count


@frozen
class MotifLane:
    """A motif's lane on the map."""

    anchor: str
    title: str
    swatch: Markup
    facts: str
    figure: Markup


def motif_lane(
    place: int, motif: Motif, places: Places, axis: AlbumAxis, statements: Sequence[Statement]
) -> MotifLane:
    """The motif at this place in order of prominence."""
    found = [
        _mark(one, places, axis, _words(motif, one, places, said), one.confidence, said)
        for one in motif.occurrences
        for said in [people.statement_of(motif, one, statements)]
    ]
    besides = [
        _mark(said, places, axis, _stated_words(motif, said, places), 1.0, said)
        for said in people.stated_besides(motif, statements)
        if said.track_file in places.heard
    ]
    marks = sorted([*found, *besides], key=lambda mark: mark.span.start_s)
    label = f"{title(motif)}: {facts(motif)}"
    figure = motif_map.motif_lane(label, place, motif.label, marks, axis)
    swatch = motif_map.swatch(place, motif.label)
    return MotifLane(anchor(place), title(motif), swatch, facts(motif), figure)


def anchor(place: int) -> str:
    """What the page calls the part of the motif at this place."""
    return f"motif-{place + 1}"


def facts(motif: Motif) -> str:
    """`7 occurrences in 3 tracks`."""
    tracks = len({one.track_file for one in motif.occurrences})
    return f"{count(len(motif.occurrences), 'occurrence')} in {count(tracks, 'track')}"


def _mark(
    one: Occurrence | Statement,
    places: Places,
    axis: AlbumAxis,
    words: str,
    confidence: float,
    said: Statement | None,
) -> Mark:
    track = list(places.heard).index(one.track_file)
    spot = places.spot(one.track_file, one.span)
    return Mark(
        span=axis.span(track, one.span),
        confidence=confidence,
        words=words,
        track=spot.track_id,
        heard_span=one.span,
        address=spot.address,
        verdict=people.verdict(said),
    )


def _words(motif: Motif, one: Occurrence, places: Places, said: Statement | None) -> str:
    told = [
        _where(motif, one.track_file, one.span, places),
        say.interval(one.transposition_semitones),
        say.confidence(one.confidence),
        people.words(said),
    ]
    return "; ".join(word for word in told if word)


def _stated_words(motif: Motif, said: Statement, places: Places) -> str:
    return f"{_where(motif, said.track_file, said.span, places)}; {people.words(said)}"


def _where(motif: Motif, file: str, span: Span, places: Places) -> str:
    when = f"{clock(span.start_s)} to {clock(span.end_s)}"
    return f"{motif.label} in {title_of(places.heard[file])}, {when}"
