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
    """By position, how the melody of each track begins; of as many tracks as a page can bear."""
    most = max(1, min(MOST_OF_ONE, MOST_LINES // max(1, len(heard))))
    begun = [(one, list(islice(written_melodies(one.hearing), most))) for one in heard[:MOST_LINES]]
    return {one.track.position: _melody(one, found, most) for one, found in begun if found}


def _melody(heard: Heard, found: list[WrittenMelody], most: int) -> Melody:
    """The first lines of the section that it begins in."""
    here = [one.passage for one in found if one.section == found[0].section]
    shown = [line for passage in here for line in lines_of(passage)][:most]
    track_id = f"track-{heard.track.position}"
    pictures = tuple(
        _line(f"t{heard.track.position}-{k}", line, track_id, title_of(heard))
        for k, line in enumerate(shown, start=1)
    )
    return Melody(
        span=Span(shown[0].notes[0].start_s, shown[-1].notes[-1].end_s),
        section=found[0].section.label,
        drawn=tuple(one.drawing for one in pictures),
        caveat=_caveat(shown, heard, sum(len(line.notes) for line in shown)),
        pictures=pictures,
    )


def _line(name: str, line: Passage, track_id: str, title: str) -> Picture:
    from_s = clock(line.notes[0].start_s)
    label = f"Melody of {title} from {from_s}: {spoken(line)}"
    return picture(label, [Stave(name, line, track_id)], _SCALE)


def _caveat(shown: Sequence[Passage], heard: Heard, drawn: int) -> str:
    """How far the notation may be believed, and how much is not drawn."""
    whole = len(heard.hearing.melody)
    rest = f"Drawn: the first {drawn} of the melody’s {count(whole, 'note')}"
    return f"{_believed(shown, heard)} {rest}; exports write all, section by section."


def _believed(shown: Sequence[Passage], heard: Heard) -> str:
    if isinstance(heard.hearing.source, Score):
        return "Note values are those of the score."
    if not any(one.is_measured for one in shown):
        return "No simple note values fit what was heard: heads only, wider apart where it lingers."
    bars = "" if any(one.metre for one in shown) else " There are no bar lines: the metre is open."
    heads = "" if all(one.is_measured for one in shown) else " Where none fit, heads alone."
    return f"The simplest note values that fit what was heard.{heads}{bars}"
