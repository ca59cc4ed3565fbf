"""The motifs of the album: their map, where each is heard, and a part for each of them."""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen
from markupsafe import Markup

from unsung.model.hearing import Heard, Soundtrack
from unsung.model.motif import Motif, Occurrence, Statement
from unsung.model.score import Score
from unsung.motifs.commonness import share_more_common
from unsung.pages.figures import motif_map
from unsung.pages.figures.motif_map import AlbumAxis
from unsung.pages.notation import (
    Passage,
    Picture,
    Stave,
    glyph_definitions,
    occurrence_passage,
    picture,
    readable_notes,
)
from unsung.pages.report.beneath import Above, beneath, is_changed, most_of_one
from unsung.pages.report.motif_lanes import MotifLane, anchor, facts, motif_lane
from unsung.pages.report.occurrences import (
    OccurrenceRow,
    occurrence_rows,
    row_words,
    shown_and_folded,
)
from unsung.pages.report.places import Places, Spot, sounds_in, spoken, title, title_of
from unsung.pages.report.regrouped import regrouped
from unsung.pages.report.wording import count, number

_PROTOTYPE_SCALE = 1.25


@frozen
class MotifPart:
    """What the page says of one motif; `folded` are rows that stand in a fold."""

    anchor: str
    title: str
    swatch: Markup
    facts: str
    regrouped: str
    prototype: Spot
    prototype_words: tuple[str, ...]
    engraving: Markup
    caveat: str
    shown: tuple[OccurrenceRow, ...]
    folded: tuple[OccurrenceRow, ...]
    undrawn: int
    is_played: bool


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
class DrawnMotif:
    """A motif's part of a page, and the pictures in it."""

    part: MotifPart
    pictures: tuple[Picture, ...]


def motif_section(
    soundtrack: Soundtrack,
    addresses: Mapping[str, str],
    statements: Sequence[Statement] = (),
    also: Sequence[Picture] = (),
) -> MotifSection:
    """The motifs of this album, the most prominent first, and what people say of them.

    The `definitions` hold the glyphs of the pictures that the page has `also`.
    """
    places = Places({one.track.file: one for one in soundtrack.heard}, addresses)
    known = [evolve(one, occurrences=_in_story_order(one, places)) for one in soundtrack.motifs]
    most = most_of_one(len(known))
    drawn = [drawn_motif(k, motif, places, statements, most) for k, motif in enumerate(known)]
    axis = AlbumAxis(tuple(one.hearing.duration_s for one in soundtrack.heard))
    return MotifSection(
        lead=_lead(known),
        lanes=tuple(motif_lane(k, one, places, axis, statements) for k, one in enumerate(known)),
        edges=motif_map.track_edges(axis) if known else Markup(""),
        numbers=_track_numbers(soundtrack, axis) if known else Markup(""),
        letters=tuple(one.label for one in known),
        presences=tuple(_presence(one, known) for one in soundtrack.heard),
        parts=tuple(one.part for one in drawn),
        definitions=motif_map.weaves()
        + glyph_definitions([*also, *(picture for one in drawn for picture in one.pictures)]),
    )


def _in_story_order(motif: Motif, places: Places) -> tuple[Occurrence, ...]:
    def order(one: Occurrence) -> tuple[int, float]:
        return places.spot(one.track_file, one.span).order

    return tuple(sorted(motif.occurrences, key=order))


def _lead(motifs: Sequence[Motif]) -> str:
    ideas, come = count(len(motifs), "musical idea"), "come" if len(motifs) > 1 else "comes"
    occurrences = count(sum(len(one.occurrences) for one in motifs), "occurrence")
    return f"{ideas} that {come} back, {occurrences} in all."


def _track_numbers(soundtrack: Soundtrack, axis: AlbumAxis) -> Markup:
    return motif_map.track_numbers(axis, [one.track.position for one in soundtrack.heard])


def _presence(heard: Heard, motifs: Sequence[Motif]) -> Presence:
    files = [[one.track_file for one in motif.occurrences] for motif in motifs]
    counts = [of_motif.count(heard.track.file) for of_motif in files]
    return Presence(
        heard.track.position, title_of(heard), tuple(str(one) if one else "" for one in counts)
    )


def drawn_motif(
    place: int, motif: Motif, places: Places, statements: Sequence[Statement], most: int
) -> DrawnMotif:
    """The motif at this place in order of prominence; `most` occurrences of it are engraved."""
    first, hearing = motif.prototype, places.hearing(motif.prototype)
    notes, passage = readable_notes(hearing, first), occurrence_passage(hearing, first)
    above = Above(f"m{place + 1}", motif, notes, passage)
    engraved, below = _engraved(above, places), beneath(above, places, most)
    drawings = {k: one.drawing for k, one in below.items()}
    rows = occurrence_rows(motif, notes, places, statements, drawings)
    shown, folded = shown_and_folded(rows)
    part = MotifPart(
        anchor=anchor(place),
        title=title(motif),
        swatch=motif_map.swatch(place, motif.label),
        facts=_facts_in_full(motif),
        regrouped=regrouped(motif),
        prototype=places.spot(first.track_file, first.span),
        prototype_words=row_words(motif, first, notes, places),
        engraving=Markup("").join(one.drawing for one in engraved),
        caveat=_caveat(passage, is_score=isinstance(hearing.source, Score)),
        shown=shown,
        folded=folded,
        undrawn=sum(is_changed(motif, one) for one in motif.occurrences) - len(below),
        is_played=sum(bool(row.spot.address) for row in rows) > 1,
    )
    return DrawnMotif(part, (*engraved, *below.values()))


def _facts_in_full(motif: Motif) -> str:
    said = [facts(motif), f"prominence {number(motif.prominence, 2)}"]
    return " · ".join([*said, *[_surprise(motif.surprise_bits)] * (motif.surprise_bits > 0)])


def _surprise(bits: float) -> str:
    """Beside the phrases of the folk songs that what is common was learnt from."""
    commoner = f"{100 * share_more_common(bits):.0f} % of folk phrases are commoner"
    return f"{number(bits)} bits of surprise an interval ({commoner})"


def _engraved(above: Above, places: Places) -> tuple[Picture, ...]:
    """The prototype alone, if its notes could be told."""
    if not above.passage.chords:
        return ()
    stave = Stave(above.name, above.passage, sounds_in(above.motif.prototype, places))
    label = f"{title(above.motif)}: {spoken(above.passage)}"
    return (picture(label, [stave], _PROTOTYPE_SCALE),)


def _caveat(passage: Passage, *, is_score: bool) -> str:
    """How far the notation may be believed."""
    if not passage.chords:
        return "Its notes could not be told."
    if not passage.is_measured:
        return "No simple note values fit what was heard: heads only, wider apart where it lingers."
    if is_score:
        return "Note values and bar lines are those of the score."
    if passage.metre is None:
        return (
            "Note values are the simplest that fit what was heard, in the octave where most of it"
            " lies; bar lines are left out, for the metre could not be told."
        )
    return (
        "Note values, metre and bar lines are the simplest that fit what was heard, in the octave"
        " where most of it lies."
    )
