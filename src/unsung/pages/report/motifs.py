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
    beside,
    glyph_definitions,
    occurrence_key,
    occurrence_passage,
    picture,
)
from unsung.pages.report import motif_words as say
from unsung.pages.report.wording import clock, count, number

_MOST_COMPARED = 24
_ONLY_ANOTHER_DRESS = {"key", "tempo", "register", "instrument", "harmony"}
_PROTOTYPE_SCALE, _COMPARED_SCALE = 1.25, 0.95


@frozen
class OccurrenceRow:
    """An occurrence as a reader meets it; `address` is empty where there is nothing to play."""

    track_id: str
    position: int
    title: str
    from_s: float
    until_s: float
    address: str
    is_prototype: bool
    words: tuple[str, ...]
    confidence: str
    is_sure: bool
    compared: Markup
    is_altered: bool
    """Whether its notes themselves differ, not only their height, pace or dress."""


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
class _Places:
    """The tracks that were heard, by file, and where their sound lies."""

    heard: Mapping[str, Heard]
    addresses: Mapping[str, str]

    def address(self, one: Occurrence) -> str:
        """Where the occurrence can be played from, as a media fragment."""
        if isinstance(self.heard[one.track_file].hearing.source, Score):
            return ""
        sound = self.addresses.get(one.track_file, "")
        return f"{sound}#t={one.span.start_s:.1f},{one.span.end_s:.1f}" if sound else ""


@frozen
class _Drawn:
    """A part of the page and the pictures in it."""

    part: MotifPart
    pictures: tuple[Picture, ...]


def motif_section(soundtrack: Soundtrack, addresses: Mapping[str, str]) -> MotifSection:
    """The motifs of this album, the most prominent first."""
    places = _Places({one.track.file: one for one in soundtrack.heard}, addresses)
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


def title(motif: Motif) -> str:
    """`Motif A`, and the name that a person gave it."""
    return f"Motif {motif.label}: {motif.name}" if motif.name.strip() else f"Motif {motif.label}"


def _in_story_order(motif: Motif, places: _Places) -> tuple[Occurrence, ...]:
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


def _lane(place: int, motif: Motif, places: _Places, axis: AlbumAxis) -> MotifLane:
    tracks = list(places.heard)
    marks = [
        Mark(
            span=axis.span(tracks.index(one.track_file), one.span),
            confidence=one.confidence,
            words=_mark_words(motif, one, places),
            track=_track_id(one, places),
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


def _mark_words(motif: Motif, one: Occurrence, places: _Places) -> str:
    when = f"{clock(one.span.start_s)} to {clock(one.span.end_s)}"
    heard = places.heard[one.track_file]
    return f"{motif.label} in {_title_of(heard)}, {when}; {say.confidence(one.confidence)}"


def _title_of(heard: Heard) -> str:
    return heard.track.title.strip() or heard.track.file


def _track_id(one: Occurrence, places: _Places) -> str:
    return f"track-{places.heard[one.track_file].track.position}"


def _facts(motif: Motif) -> str:
    tracks = len({one.track_file for one in motif.occurrences})
    return f"{count(len(motif.occurrences), 'occurrence')} in {count(tracks, 'track')}"


def _presence(heard: Heard, motifs: Sequence[Motif]) -> Presence:
    files = [[one.track_file for one in motif.occurrences] for motif in motifs]
    counts = [of_motif.count(heard.track.file) for of_motif in files]
    return Presence(
        heard.track.position, _title_of(heard), tuple(str(one) if one else "" for one in counts)
    )


def _part(place: int, motif: Motif, places: _Places) -> _Drawn:
    name = f"m{place + 1}"
    hearing = places.heard[motif.prototype.track_file].hearing
    passage = occurrence_passage(hearing, motif.prototype)
    engraved = _engraved(name, motif, passage, places)
    compared = _compared(name, motif, passage, places)
    part = MotifPart(
        anchor=_anchor(place),
        title=title(motif),
        swatch=motif_map.swatch(place, motif.label),
        facts=_facts_in_full(motif),
        prototype=_row(motif, motif.prototype, places, Markup("")),
        engraving=engraved.drawing if engraved else Markup(""),
        caveat=_caveat(passage, is_score=isinstance(hearing.source, Score)),
        occurrences=tuple(
            _row(motif, one, places, compared[k].drawing if k in compared else Markup(""))
            for k, one in enumerate(motif.occurrences)
        ),
        uncompared=sum(_is_changed(motif, one) for one in motif.occurrences) - len(compared),
    )
    return _Drawn(part, (*([engraved] if engraved else []), *compared.values()))


def _facts_in_full(motif: Motif) -> str:
    said = [_facts(motif), f"prominence {number(motif.prominence, 2)}"]
    bits = f"{number(motif.surprise_bits)} bits of surprise a note"
    return " · ".join([*said, *[bits] * (motif.surprise_bits > 0)])


def _engraved(name: str, motif: Motif, passage: Passage, places: _Places) -> Picture | None:
    if not passage.chords:
        return None
    stave = Stave(name, passage, _track_id(motif.prototype, places))
    return picture(f"{title(motif)}: {_spoken(passage)}", [stave], _PROTOTYPE_SCALE)


def _spoken(passage: Passage) -> str:
    return " ".join(note.spelling.name for note in passage.notes)


def _compared(name: str, motif: Motif, passage: Passage, places: _Places) -> dict[int, Picture]:
    """The first few changed occurrences, each under the prototype."""
    changed = [k for k, one in enumerate(motif.occurrences) if _is_changed(motif, one)]
    if not passage.chords:
        return {}
    return {
        k: _beside(f"{name}-{k}", motif, motif.occurrences[k], passage, places)
        for k in changed[:_MOST_COMPARED]
    }


def _is_changed(motif: Motif, one: Occurrence) -> bool:
    return bool(one.changes) and len(one.notes) > 0 and not _is_prototype(motif, one)


def _is_prototype(motif: Motif, one: Occurrence) -> bool:
    return (one.track_file, one.span) == (motif.prototype.track_file, motif.prototype.span)


def _beside(name: str, motif: Motif, one: Occurrence, passage: Passage, places: _Places) -> Picture:
    key = occurrence_key(places.heard[one.track_file].hearing, one.span)
    upper, lower = beside(passage, one.notes, one.pairs, one.tempo_ratio, key)
    staves = [
        Stave(f"{name}-p", upper, _track_id(motif.prototype, places)),
        Stave(f"{name}-o", lower, _track_id(one, places)),
    ]
    label = f"{title(motif)} above; below, as it is here: {_spoken(lower)}"
    return picture(label, staves, _COMPARED_SCALE)


def _row(motif: Motif, one: Occurrence, places: _Places, compared: Markup) -> OccurrenceRow:
    heard = places.heard[one.track_file]
    is_prototype = _is_prototype(motif, one)
    return OccurrenceRow(
        track_id=_track_id(one, places),
        position=heard.track.position,
        title=_title_of(heard),
        from_s=one.span.start_s,
        until_s=one.span.end_s,
        address=places.address(one),
        is_prototype=is_prototype,
        words=_words(motif, one, heard, is_prototype=is_prototype),
        confidence=say.confidence(one.confidence),
        is_sure=one.confidence >= 0.8,
        compared=compared,
        is_altered=not set(one.changes) <= _ONLY_ANOTHER_DRESS,
    )


def _words(motif: Motif, one: Occurrence, heard: Heard, *, is_prototype: bool) -> tuple[str, ...]:
    """Height and key, tempo, what else became of it, its compass, who plays."""
    home = say.home(heard.hearing, one)
    altered = [say.interval(one.transposition_semitones), home]
    said = [
        home if is_prototype else ", ".join(word for word in altered if word),
        "" if is_prototype else say.tempo(one.tempo_ratio),
        "" if is_prototype else say.changes(motif, one),
        say.compass(heard.hearing, one),
        say.parts(one),
    ]
    return tuple(word for word in said if word)


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
