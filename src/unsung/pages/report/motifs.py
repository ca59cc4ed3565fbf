"""The motifs of the album: their map, where each is heard, and a part for each of them."""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen
from markupsafe import Markup

from unsung.model.hearing import Heard, Soundtrack
from unsung.model.motif import Motif, Occurrence
from unsung.model.score import Score
from unsung.pages.figures import motif_map
from unsung.pages.figures.motif_map import AlbumAxis, Mark
from unsung.pages.notation import (
    Passage,
    Picture,
    Stave,
    glyph_definitions,
    occurrence_passage,
    picture,
)
from unsung.pages.report import motif_words as say
from unsung.pages.report.occurrences import (
    OccurrenceRow,
    Places,
    compared,
    is_changed,
    row,
    spoken,
    title,
    title_of,
    track_id,
)
from unsung.pages.report.wording import clock, count, number

_PROTOTYPE_SCALE = 1.25


@frozen
class MotifPart:
    """What the page says of one motif."""

    anchor: str
    title: str
    swatch: Markup
    facts: str
    prototype: OccurrenceRow
    engraving: Markup
    caveat: str
    occurrences: tuple[OccurrenceRow, ...]
    uncompared: int


@frozen
class MotifLane:
    """A motif's lane on the map."""

    anchor: str
    title: str
    swatch: Markup
    facts: str
    figure: Markup


@frozen
class Presence:
    """A track, and how often each motif is heard in it (empty: not at all)."""

    position: int
    title: str
    counts: tuple[str, ...]


@frozen
class MotifSection:
    """All that the page says of motifs; no parts where none was found."""

    lead: str
    lanes: tuple[MotifLane, ...]
    edges: Markup
    numbers: Markup
    letters: tuple[str, ...]
    presences: tuple[Presence, ...]
    parts: tuple[MotifPart, ...]
    definitions: Markup


@frozen
class _Drawn:
    """A part of the page and the pictures in it."""

    part: MotifPart
    pictures: tuple[Picture, ...]


def motif_section(soundtrack: Soundtrack, addresses: Mapping[str, str]) -> MotifSection:
    """The motifs of this album, the most prominent first."""
    places = Places({one.track.file: one for one in soundtrack.heard}, addresses)
    known = [evolve(one, occurrences=_in_story_order(one, places)) for one in soundtrack.motifs]
    drawn = [_part(place, motif, places) for place, motif in enumerate(known)]
    axis = AlbumAxis(tuple(one.hearing.duration_s for one in soundtrack.heard))
    return MotifSection(
        lead=_lead(known),
        lanes=tuple(_lane(place, one, places, axis) for place, one in enumerate(known)),
        edges=motif_map.track_edges(axis) if known else Markup(""),
        numbers=_track_numbers(soundtrack, axis) if known else Markup(""),
        letters=tuple(one.label for one in known),
        presences=tuple(_presence(one, known) for one in soundtrack.heard),
        parts=tuple(one.part for one in drawn),
        definitions=motif_map.weaves()
        + glyph_definitions(picture for one in drawn for picture in one.pictures),
    )


def _in_story_order(motif: Motif, places: Places) -> tuple[Occurrence, ...]:
    def order(one: Occurrence) -> tuple[int, float]:
        return places.heard[one.track_file].track.position, one.span.start_s

    return tuple(sorted(motif.occurrences, key=order))


def _lead(motifs: Sequence[Motif]) -> str:
    ideas, come = count(len(motifs), "musical idea"), "come" if len(motifs) > 1 else "comes"
    statements = count(sum(len(one.occurrences) for one in motifs), "occurrence")
    return f"{ideas} that {come} back, {statements} in all."


def _track_numbers(soundtrack: Soundtrack, axis: AlbumAxis) -> Markup:
    return motif_map.track_numbers(axis, [one.track.position for one in soundtrack.heard])


def _anchor(place: int) -> str:
    return f"motif-{place + 1}"


def _lane(place: int, motif: Motif, places: Places, axis: AlbumAxis) -> MotifLane:
    tracks = list(places.heard)
    marks = [
        Mark(
            span=axis.span(tracks.index(one.track_file), one.span),
            confidence=one.confidence,
            words=_mark_words(motif, one, places),
            track=track_id(one, places),
            heard_span=one.span,
            address=places.address(one),
        )
        for one in motif.occurrences
    ]
    label = f"{title(motif)}: {_facts(motif)}"
    figure = motif_map.motif_lane(label, place, motif.label, marks, axis)
    return MotifLane(
        _anchor(place), title(motif), motif_map.swatch(place, motif.label), _facts(motif), figure
    )


def _mark_words(motif: Motif, one: Occurrence, places: Places) -> str:
    when = f"{clock(one.span.start_s)} to {clock(one.span.end_s)}"
    heard = places.heard[one.track_file]
    return f"{motif.label} in {title_of(heard)}, {when}; {say.confidence(one.confidence)}"


def _facts(motif: Motif) -> str:
    tracks = len({one.track_file for one in motif.occurrences})
    return f"{count(len(motif.occurrences), 'occurrence')} in {count(tracks, 'track')}"


def _presence(heard: Heard, motifs: Sequence[Motif]) -> Presence:
    files = [[one.track_file for one in motif.occurrences] for motif in motifs]
    counts = [of_motif.count(heard.track.file) for of_motif in files]
    return Presence(
        heard.track.position, title_of(heard), tuple(str(one) if one else "" for one in counts)
    )


def _part(place: int, motif: Motif, places: Places) -> _Drawn:
    name = f"m{place + 1}"
    hearing = places.heard[motif.prototype.track_file].hearing
    passage = occurrence_passage(hearing, motif.prototype)
    engraved = _engraved(name, motif, passage, places)
    beneath = compared(name, motif, passage, places)
    part = MotifPart(
        anchor=_anchor(place),
        title=title(motif),
        swatch=motif_map.swatch(place, motif.label),
        facts=_facts_in_full(motif),
        prototype=row(motif, motif.prototype, places, Markup("")),
        engraving=engraved.drawing if engraved else Markup(""),
        caveat=_caveat(passage, is_score=isinstance(hearing.source, Score)),
        occurrences=tuple(
            row(motif, one, places, beneath[k].drawing if k in beneath else Markup(""))
            for k, one in enumerate(motif.occurrences)
        ),
        uncompared=sum(is_changed(motif, one) for one in motif.occurrences) - len(beneath),
    )
    return _Drawn(part, (*([engraved] if engraved else []), *beneath.values()))


def _facts_in_full(motif: Motif) -> str:
    said = [_facts(motif), f"prominence {number(motif.prominence, 2)}"]
    bits = f"{number(motif.surprise_bits)} bits of surprise a note"
    return " · ".join([*said, *[bits] * (motif.surprise_bits > 0)])


def _engraved(name: str, motif: Motif, passage: Passage, places: Places) -> Picture | None:
    if not passage.chords:
        return None
    stave = Stave(name, passage, track_id(motif.prototype, places))
    return picture(f"{title(motif)}: {spoken(passage)}", [stave], _PROTOTYPE_SCALE)


def _caveat(passage: Passage, *, is_score: bool) -> str:
    """How far the notation may be believed."""
    if not passage.chords:
        return "Its notes could not be told."
    if not passage.is_measured:
        return "No simple note values fit what was heard: heads only, their spacing means nothing."
    if is_score:
        return "Note values and bar lines are those of the score."
    if passage.metre is None:
        return (
            "Note values are the simplest that fit what was heard; bar lines are left out, for the"
            " metre could not be told."
        )
    return "Note values, metre and bar lines are the simplest that fit what was heard."
