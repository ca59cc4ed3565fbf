"""Where each track's melody begins, in notation: its first lines, and how much is not drawn."""

from collections.abc import Sequence
from itertools import islice

from attrs import frozen
from markupsafe import Markup

from unsung.model.hearing import Heard
from unsung.model.score import Score
from unsung.model.time import Span
from unsung.pages.notation import (
    Passage,
    Picture,
    Stave,
    WrittenMelody,
    lines_of,
    picture,
    written_melodies,
)
from unsung.pages.report.places import spoken, title_of
from unsung.pages.report.wording import clock, count

MOST_LINES, MOST_OF_ONE = 48, 3
"""How many lines are engraved on a page, and of one track: engraving takes time and room."""
_SCALE = 0.95


@frozen
class Melody:
    """What the page shows of a track's melody; `caveat` says how far it may be believed."""

    span: Span
    section: str
    drawn: tuple[Markup, ...]
    caveat: str
    pictures: tuple[Picture, ...]


def melodies(heard: Sequence[Heard]) -> dict[int, Melody]:
    """By position, the first section that has a melody, of as many tracks as a page can bear."""
    most = max(1, min(MOST_OF_ONE, MOST_LINES // max(1, len(heard))))
    begun = [(one, next(written_melodies(one.hearing), None)) for one in heard[:MOST_LINES]]
    return {one.track.position: _melody(one, found, most) for one, found in begun if found}


def _melody(heard: Heard, found: WrittenMelody, most: int) -> Melody:
    lines = lines_of(found.passage)
    track_id = f"track-{heard.track.position}"
    pictures = tuple(
        _line(f"t{heard.track.position}-{k}", line, track_id, title_of(heard))
        for k, line in enumerate(islice(lines, most), start=1)
    )
    shown = lines[: len(pictures)]
    return Melody(
        span=Span(shown[0].notes[0].start_s, shown[-1].notes[-1].end_s),
        section=found.section.label,
        drawn=tuple(one.drawing for one in pictures),
        caveat=_caveat(found.passage, heard, len(lines) - len(pictures)),
        pictures=pictures,
    )


def _line(name: str, line: Passage, track_id: str, title: str) -> Picture:
    from_s = clock(line.notes[0].start_s)
    label = f"Melody of {title} from {from_s}: {spoken(line)}"
    return picture(label, [Stave(name, line, track_id)], _SCALE)


def _caveat(passage: Passage, heard: Heard, undrawn: int) -> str:
    """How far the notation may be believed, and where the rest is."""
    more = f"{count(undrawn, 'more line')} in this section; " if undrawn else ""
    rest = f"{more}exports write the melody of every section."
    believed = _believed(passage, is_score=isinstance(heard.hearing.source, Score))
    return f"{believed} {rest[0].upper()}{rest[1:]}"


def _believed(passage: Passage, *, is_score: bool) -> str:
    if not passage.is_measured:
        return "No simple note values fit what was heard: heads only, wider apart where it lingers."
    if is_score:
        return "Note values are those of the score."
    bars = "" if passage.metre else " There are no bar lines, for the metre could not be told."
    return f"The simplest note values that fit what was heard, in one tempo.{bars}"
