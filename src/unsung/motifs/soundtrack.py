"""A soundtrack in which motifs are sought: by its notes if all is written, else by its sound.

album = sought_in(soundtrack.heard)
found = what_returns(album)
places = returns_of(passage_of(album, "03.ogg", Span(53, 65)), album)
"""

from attrs import evolve, frozen

from unsung.model.errors import UnsungError
from unsung.model.hearing import Heard
from unsung.model.motif import Motif, Occurrence
from unsung.model.notes import Notes
from unsung.model.time import Span
from unsung.motifs.beneath import with_harmony
from unsung.motifs.commonness import surprise_bits
from unsung.motifs.recurrence import Listened, listened, motifs, occurrences, passage
from unsung.motifs.symbolic.recurrence import motifs_in_scores, occurrences_in_score

_EARLY_S = 0.02


@frozen(eq=False)
class Sought:
    """An album as motifs are sought in it; `sound` is what was heard, unless all is written."""

    tracks: tuple[Heard, ...]
    sound: Listened | None


def sought_in(tracks: tuple[Heard, ...]) -> Sought:
    """The tracks made ready for seeking."""
    written = all(one.track.kind == "score" for one in tracks)
    return Sought(tracks, None if written else listened(tracks))


def what_returns(album: Sought) -> tuple[Motif, ...]:
    """The motifs of an album, the most prominent first; none where nothing comes back surely."""
    found = motifs(album.sound) if album.sound else motifs_in_scores(_scores(album))
    rare = tuple(
        evolve(motif, surprise_bits=surprise_bits(motif.prototype.notes)) for motif in found
    )
    return with_harmony(rare, {one.track.file: one.hearing.chords for one in album.tracks})


def returns_of(line: Notes, album: Sought) -> tuple[Occurrence, ...]:
    """The places where a line of notes comes back, the surest first."""
    if len(line) < 2:
        return ()
    if album.sound:
        return occurrences(line, album.sound)
    found = [
        place for file, notes in _scores(album) for place in occurrences_in_score(line, notes, file)
    ]
    return tuple(sorted(found, key=lambda one: -one.confidence))


def passage_of(album: Sought, track_file: str, span: Span) -> Notes:
    """The line that leads in a span of a track: what to ask `returns_of` for."""
    if album.sound:
        return passage(album.sound, track_file, span)
    for one in album.tracks:
        if one.track.file == track_file:
            early = Span(max(0.0, span.start_s - _EARLY_S), span.end_s - _EARLY_S)
            return one.hearing.melody.starting_in(early)
    raise UnsungError(f"no track {track_file} in this album; `unsung export` lists its `tracks`")


def _scores(album: Sought) -> tuple[tuple[str, Notes], ...]:
    return tuple((one.track.file, one.hearing.notes) for one in album.tracks)
