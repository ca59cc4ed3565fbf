"""MusicXML read as a score: what sounds, part by part, with repeats played as written.

(MusicXML 4.0, W3C Music Notation Community Group.) Read as a stream, bar by bar, so that a
symphony takes a second. Pitches are those that sound: parts for transposing instruments are
transposed, octaves included. Grace notes sound just before the note they adorn. Percussion without
pitch is left out. Trills, tremolos and fermatas are played plain.
"""

import io
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from attrs import Factory, define

from unsung.library.bars import Bar, Measure, Part, number
from unsung.library.clean import said
from unsung.library.instruments import GENERAL_MIDI
from unsung.library.unfolding import played
from unsung.library.written import DEFAULT_TEMPO_BPM, MOST_NOTES, Marks, Note, written_score
from unsung.model.errors import LibraryError
from unsung.model.score import Score

T = TypeVar("T")
_LONGEST_BYTES = 256 * 2**20
_TIE_TOLERANCE_QL = 1e-6
_PERCUSSION_CHANNEL = "10"


class _Visit(NamedTuple):
    """A bar when it is played, and when that is."""

    bar: int
    start_ql: float
    end_ql: float


@define
class _Page:
    """All bars and parts, in the order they are written."""

    bars: list[Bar] = Factory(list)
    parts: dict[str, Part] = Factory(dict)

    def bar(self, at: int) -> Bar:
        while len(self.bars) <= at:
            self.bars.append(Bar())
        return self.bars[at]


def musicxml_score(content: bytes) -> Score:
    """The score of a MusicXML document, its repeats, voltas, da capo and coda played."""
    page = _page(_unpacked(content))
    visits = list(_visits(page.bars))
    parts = [part for part in page.parts.values() if any(part.bars.values())]
    if not parts:
        raise LibraryError("it holds no notes; remove it or export it again")
    notes: list[Note] = []
    for at, part in enumerate(parts):
        notes += _sounding(part, at, visits)
    names = [part.name or f"Part {at}" for at, part in enumerate(parts, start=1)]
    return written_score(notes, names, _marks(page.bars, visits))


def _unpacked(content: bytes) -> bytes:
    """The document itself, out of its `.mxl` wrapping if it has one."""
    if content[:2] != b"PK":
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as wrapping:
            member = wrapping.getinfo(_document_name(wrapping))
            if member.file_size > _LONGEST_BYTES:
                raise LibraryError("it unpacks to more than any score holds; divide it")
            return wrapping.read(member)
    except (zipfile.BadZipFile, KeyError, ET.ParseError, RuntimeError, zlib.error) as error:
        raise LibraryError("its .mxl wrapping is damaged; fetch it again") from error


def _document_name(wrapping: zipfile.ZipFile) -> str:
    with wrapping.open("META-INF/container.xml") as container:
        start = container.read(2**20)
    names = [one.get("full-path", "") for _, one in _elements(start, "rootfile")]
    return names[0] if names else ""


def _page(document: bytes) -> _Page:
    page = _Page()
    try:
        for part_id, at, elements in _measures(document, page):
            part = page.parts.setdefault(part_id, Part())
            measure = Measure(part, page.bar(at))
            measure.read(elements)
            part.bars[at] = measure.notes
    except (ET.ParseError, LookupError, ValueError) as error:
        raise LibraryError(f"it is no valid MusicXML ({error}); export it again") from error
    return page


def _measures(document: bytes, page: _Page) -> Iterator[tuple[str, int, ET.Element]]:
    """Each bar of each part: the part, the bar's index, and what it holds; parts are listed first.

    Bars stand in parts (score-partwise) or parts in bars (score-timewise).
    """
    enclosing: list[ET.Element] = []
    read = Counter[str]()
    for event, element in _elements(document, "part", "measure", "score-part"):
        if element.tag == "score-part":
            page.parts[element.get("id", "")] = _listed(element)
        elif event == "start":
            enclosing.append(element)
        elif enclosing.pop() and enclosing:
            part_id = (element if element.tag == "part" else enclosing[-1]).get("id", "")
            yield part_id, read[part_id], element
            read[part_id] += 1
            element.clear()


def _elements(document: bytes, *tags: str) -> Iterator[tuple[str, ET.Element]]:
    """The beginnings and ends of these elements; entities, which no score needs, are refused."""
    if b"<!ENTITY" in document[:65_536].replace(b"\0", b""):
        raise LibraryError("it defines entities, which no score needs; export it again")
    for event, element in ET.iterparse(io.BytesIO(document), ("start", "end")):  # noqa: S314
        if element.tag in tags:
            yield event, element


def _listed(score_part: ET.Element) -> Part:
    """A part as the part list names it: by its own name, its instrument's, or its program's."""
    program = int(number(score_part.findtext(".//midi-program")))
    names = (
        said(score_part.findtext("part-name") or ""),
        said(score_part.findtext(".//instrument-name") or ""),
        GENERAL_MIDI[program - 1] if 1 <= program <= len(GENERAL_MIDI) else "",
    )
    channels = {(one.text or "").strip() for one in score_part.iter("midi-channel")}
    return Part(next(filter(None, names), ""), is_percussion=channels == {_PERCUSSION_CHANNEL})


def _visits(bars: Sequence[Bar]) -> Iterator[_Visit]:
    metres = _in_force([bar.metre for bar in bars])
    lengths_ql = [bar.length_ql(metre) for bar, metre in zip(bars, metres, strict=True)]
    start_ql = 0.0
    for at in played([bar.signs for bar in bars]):
        yield _Visit(at, start_ql, start_ql + lengths_ql[at])
        start_ql += lengths_ql[at]


def _sounding(part: Part, index: int, visits: Sequence[_Visit]) -> list[Note]:
    """The notes of a part as they sound, tied notes as one."""
    notes: list[Note] = []
    tied: dict[tuple[str, float], int] = {}
    for visit in visits:
        for written in part.bars.get(visit.bar, ()):
            onset_ql = max(visit.start_ql + written.onset_ql, 0.0)
            voice = (written.voice, written.midi_pitch)
            held = tied.pop(voice, None) if written.tied_back else None
            if held is not None and abs(sum(notes[held][:2]) - onset_ql) < _TIE_TOLERANCE_QL:
                start_ql = notes[held][0]
                length_ql = onset_ql + written.duration_ql - start_ql
                notes[held] = (start_ql, length_ql, written.midi_pitch, index)
            else:
                held = len(notes)
                notes.append((onset_ql, written.duration_ql, written.midi_pitch, index))
            if written.tied_on:
                tied[voice] = held
        if len(notes) > MOST_NOTES:
            break
    return notes


def _marks(bars: Sequence[Bar], visits: Sequence[_Visit]) -> Marks:
    """The marks as they are met while playing; after a leap back, those of that place hold."""
    tempi = [tempo_bpm for bar in bars for _, tempo_bpm in bar.tempi]
    last_in_bar = [bar.tempi[-1][1] if bar.tempi else None for bar in bars]
    before = _in_force([tempi[0] if tempi else DEFAULT_TEMPO_BPM, *last_in_bar])
    metres = _in_force([bar.metre for bar in bars])
    keys = _in_force([bar.key for bar in bars])
    return Marks(
        visits[-1].end_ql,
        [
            (visit.start_ql + at, tempo_bpm)
            for visit in visits
            for at, tempo_bpm in [(0.0, before[visit.bar]), *bars[visit.bar].tempi]
            if tempo_bpm
        ],
        [(visit.start_ql, metre) for visit in visits if (metre := metres[visit.bar])],
        [(visit.start_ql, key) for visit in visits if (key := keys[visit.bar])],
    )


def _in_force(said_at: Sequence[T | None]) -> list[T | None]:
    """What holds at each place: what was said last."""
    holding: T | None = None
    held = []
    for one in said_at:
        holding = holding if one is None else one
        held.append(holding)
    return held
