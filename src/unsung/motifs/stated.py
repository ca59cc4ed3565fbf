"""A passage that a person marked, and where it comes back: what follows from a single statement.

Of one passage, whatever is said of it and however often: so it needs to be sought only once.
"""

from unsung.model.motif import Occurrence, Passage
from unsung.motifs.answering import as_prototype
from unsung.motifs.labels import place_of, same_place
from unsung.motifs.soundtrack import Sought, passage_of, returns_of


def stated(passage: Passage, album: Sought) -> tuple[Occurrence, ...]:
    """The passage itself, as certain as the person is, then the other places; none elsewhere."""
    if all(one.track.file != passage.track_file for one in album.tracks):
        return ()
    notes = passage_of(album, passage.track_file, passage.span)
    own = as_prototype(Occurrence(passage.track_file, passage.span, confidence=1.0, notes=notes))
    found = returns_of(notes, album)
    return (own, *(one for one in found if not same_place(place_of(one), place_of(own))))
