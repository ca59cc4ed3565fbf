"""The notation of each motif: its prototype and every occurrence, a file each."""

from collections.abc import Callable, Iterator

from attrs import frozen

from unsung.model.hearing import Heard, Soundtrack
from unsung.model.motif import Motif, Occurrence
from unsung.model.notes import Notes
from unsung.pages import notation
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.motif_tables import heard_in

Writer = Callable[[notation.Passage, str], str | bytes]


@frozen
class WrittenMotif:
    """One line of music: which motif and occurrence (0: the prototype), and where it is heard."""

    label: str
    number: int
    title: str
    passage: notation.Passage


def written_motifs(soundtrack: Soundtrack) -> Iterator[WrittenMotif]:
    """Prototype, then occurrences, of each motif in turn; none that has no notes.

    Of one track alone there is no prototype if it is in another.
    """
    heard = heard_in(soundtrack)
    for motif in soundtrack.motifs:
        first = heard.get(motif.prototype.track_file)
        prototype = notation.readable_notes(first.hearing, motif.prototype) if first else None
        stated = [(number, one) for number, one in enumerate(motif.occurrences, start=1)]
        for number, one in [(0, motif.prototype)] * (first is not None) + stated:
            if len(one.notes):
                yield _written(heard[one.track_file], motif, number, one, prototype)


def _written(
    heard: Heard, motif: Motif, number: int, one: Occurrence, prototype: Notes | None
) -> WrittenMotif:
    minutes, seconds = divmod(round(one.span.start_s), 60)
    name = f" ({motif.name})" if motif.name else ""
    title = f"Motif {motif.label}{name}: {heard.track.title}, {minutes}:{seconds:02}"
    passage = notation.occurrence_passage(heard.hearing, one, prototype if number else None)
    return WrittenMotif(motif.label, number, encodable(title), passage)


def _stave(passage: notation.Passage) -> list[notation.Stave]:
    return [notation.Stave("note", passage)]


SCORE_WRITERS: dict[str, tuple[str, Writer]] = {
    "midi": (".mid", notation.midi),
    "musicxml": (".musicxml", notation.musicxml),
    "mei": (".mei", lambda passage, title: notation.mei(_stave(passage), title)),
    "pae": (".pae", lambda passage, _title: notation.pae(passage)),
    "svg": (".svg", lambda passage, title: notation.svg(_stave(passage), title)),
}
"""By format: the file's ending, and what writes it."""
