"""Occurrences as rows of a list: where, in which words, and under the prototype note by note."""

from collections.abc import Mapping

from attrs import frozen
from markupsafe import Markup

from unsung.model.hearing import Heard
from unsung.model.motif import Motif, Occurrence
from unsung.model.score import Score
from unsung.pages.notation import Passage, Picture, Stave, beside, occurrence_key, picture
from unsung.pages.report import motif_words as say

_MOST_COMPARED = 24
_COMPARED_SCALE = 0.95
_ONLY_ANOTHER_DRESS = {"key", "tempo", "register", "instrument", "harmony"}


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
class Places:
    """The tracks that were heard, by file, and where their sound lies."""

    heard: Mapping[str, Heard]
    addresses: Mapping[str, str]

    def address(self, one: Occurrence) -> str:
        """Where the occurrence can be played from, as a media fragment."""
        if isinstance(self.heard[one.track_file].hearing.source, Score):
            return ""
        sound = self.addresses.get(one.track_file, "")
        return f"{sound}#t={one.span.start_s:.1f},{one.span.end_s:.1f}" if sound else ""


def row(motif: Motif, one: Occurrence, places: Places, compared: Markup) -> OccurrenceRow:
    """What a reader meets of one occurrence; `compared` is its notation under the prototype."""
    heard = places.heard[one.track_file]
    is_prototype = _is_prototype(motif, one)
    return OccurrenceRow(
        track_id=track_id(one, places),
        position=heard.track.position,
        title=title_of(heard),
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


def compared(name: str, motif: Motif, passage: Passage, places: Places) -> dict[int, Picture]:
    """The first few changed occurrences, each under the prototype."""
    changed = [k for k, one in enumerate(motif.occurrences) if is_changed(motif, one)]
    if not passage.chords:
        return {}
    return {
        k: _beside(f"{name}-{k}", motif, motif.occurrences[k], passage, places)
        for k in changed[:_MOST_COMPARED]
    }


def is_changed(motif: Motif, one: Occurrence) -> bool:
    """Whether there is something to see note by note."""
    return bool(one.changes) and len(one.notes) > 0 and not _is_prototype(motif, one)


def _is_prototype(motif: Motif, one: Occurrence) -> bool:
    return (one.track_file, one.span) == (motif.prototype.track_file, motif.prototype.span)


def _beside(name: str, motif: Motif, one: Occurrence, passage: Passage, places: Places) -> Picture:
    key = occurrence_key(places.heard[one.track_file].hearing, one.span)
    upper, lower = beside(passage, one.notes, one.pairs, one.tempo_ratio, key)
    staves = [
        Stave(f"{name}-p", upper, track_id(motif.prototype, places)),
        Stave(f"{name}-o", lower, track_id(one, places)),
    ]
    label = f"{title(motif)} above; below, as it is here: {spoken(lower)}"
    return picture(label, staves, _COMPARED_SCALE)


def title(motif: Motif) -> str:
    """`Motif A`, and the name that a person gave it."""
    return f"Motif {motif.label}: {motif.name}" if motif.name.strip() else f"Motif {motif.label}"


def track_id(one: Occurrence, places: Places) -> str:
    """What the page calls the track that an occurrence is in."""
    return f"track-{places.heard[one.track_file].track.position}"


def title_of(heard: Heard) -> str:
    """The track's title, or the name of its file where the tags say none."""
    return heard.track.title.strip() or heard.track.file


def spoken(passage: Passage) -> str:
    """Its notes by name, for those who listen to the page."""
    return " ".join(note.spelling.name for note in passage.notes)
