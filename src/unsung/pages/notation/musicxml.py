"""A passage as MusicXML 4.0: what notation programs open."""

from fractions import Fraction
from math import lcm
from xml.etree import ElementTree as ET

from unsung.pages.notation.bars import bars
from unsung.pages.notation.passage import Passage, Written
from unsung.pages.notation.symbols import Bar, Group, Symbol

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN"'
    ' "http://www.musicxml.org/dtds/partwise.dtd">\n'
)
_TYPES = ("whole", "half", "quarter", "eighth", "16th", "32nd", "64th", "128th")
_SIGNS = {-2: "flat-flat", -1: "flat", 0: "natural", 1: "sharp", 2: "double-sharp"}


def musicxml(passage: Passage, title: str) -> str:
    """One part of one staff; heads without stems where the passage is not measured."""
    cut = bars(passage)
    root = ET.Element("score-partwise", {"version": "4.0"})
    _text(ET.SubElement(root, "work"), "work-title", title)
    part = ET.SubElement(ET.SubElement(root, "part-list"), "score-part", {"id": "P1"})
    _text(part, "part-name", title)
    body = ET.SubElement(root, "part", {"id": "P1"})
    divisions = lcm(*(symbol.length_ql.denominator for bar in cut for symbol in bar.symbols))
    for number, bar in enumerate(cut):
        body.append(_measure(number, bar, passage, divisions))
    ET.indent(root)
    return _HEAD + ET.tostring(root, encoding="unicode") + "\n"


def _text(element: ET.Element, name: str, text: object) -> None:
    ET.SubElement(element, name).text = str(text)


def _measure(number: int, bar: Bar, passage: Passage, divisions: int) -> ET.Element:
    """A bar that is shorter than its metre says so, as a pickup does."""
    is_short = passage.metre is not None and bar.end_ql - bar.start_ql < passage.metre.length_ql
    is_pickup = is_short and number == 0
    measure = ET.Element("measure", {"number": str(number if is_pickup else number + 1)})
    if is_short or passage.metre is None:
        measure.set("implicit", "yes")
    if number == 0:
        measure.append(_attributes(passage, bar, divisions))
        _tempo(measure, passage)
    for group in bar.groups:
        for place, symbol in enumerate(group.symbols):
            ends = (place == 0, place == len(group.symbols) - 1)
            _symbol(measure, symbol, group, ends, divisions, is_measured=passage.is_measured)
    return measure


def _attributes(passage: Passage, bar: Bar, divisions: int) -> ET.Element:
    attributes = ET.Element("attributes")
    _text(attributes, "divisions", divisions)
    _text(ET.SubElement(attributes, "key"), "fifths", passage.fifths)
    time = ET.SubElement(attributes, "time")
    if passage.metre:
        _text(time, "beats", passage.metre.beats)
        _text(time, "beat-type", passage.metre.beat_type)
    else:
        length = bar.end_ql - bar.start_ql
        time.set("print-object", "no")
        _text(time, "beats", length.numerator)
        _text(time, "beat-type", 4 * length.denominator)
    clef = ET.SubElement(attributes, "clef")
    _text(clef, "sign", passage.clef.shape)
    _text(clef, "line", passage.clef.line)
    if passage.clef.octaves:
        _text(clef, "clef-octave-change", passage.clef.octaves)
    return attributes


def _tempo(measure: ET.Element, passage: Passage) -> None:
    if passage.is_measured:
        direction = ET.SubElement(measure, "direction", {"placement": "above"})
        _text(ET.SubElement(direction, "direction-type"), "words", "")
        ET.SubElement(direction, "sound", {"tempo": f"{passage.tempo_bpm:.6g}"})


def _symbol(
    measure: ET.Element,
    symbol: Symbol,
    group: Group,
    ends: tuple[bool, bool],
    divisions: int,
    *,
    is_measured: bool,
) -> None:
    if not symbol.notes:
        rest = ET.SubElement(measure, "note")
        ET.SubElement(rest, "rest")
        _value(rest, symbol, group, ends, divisions, is_measured=is_measured)
    for place, (note, sign) in enumerate(zip(symbol.notes, symbol.signs, strict=True)):
        element = ET.SubElement(measure, "note")
        if place:
            ET.SubElement(element, "chord")
        _pitch(element, note)
        _value(element, symbol, group, ends, divisions, sign, is_measured=is_measured)


def _pitch(element: ET.Element, note: Written) -> None:
    pitch = ET.SubElement(element, "pitch")
    _text(pitch, "step", note.spelling.letter)
    if note.spelling.alter:
        _text(pitch, "alter", note.spelling.alter)
    _text(pitch, "octave", note.spelling.octave)


def _value(
    element: ET.Element,
    symbol: Symbol,
    group: Group,
    ends: tuple[bool, bool],
    divisions: int,
    sign: int | None = None,
    *,
    is_measured: bool,
) -> None:
    """In the order that the schema wants."""
    _text(element, "duration", int(symbol.length_ql * divisions))
    ties = _ties(symbol)
    for kind in ties:
        ET.SubElement(element, "tie", {"type": kind})
    _text(element, "voice", 1)
    _text(element, "type", _type(symbol))
    if symbol.dots:
        ET.SubElement(element, "dot")
    if sign is not None:
        _text(element, "accidental", _SIGNS[sign])
    if group.count > 1:
        ratio = ET.SubElement(element, "time-modification")
        _text(ratio, "actual-notes", group.count)
        _text(ratio, "normal-notes", group.instead_of)
    if not is_measured and symbol.notes:
        _text(element, "stem", "none")
    _notations(element, ties, ends if group.count > 1 else (False, False))


def _ties(symbol: Symbol) -> list[str]:
    return ["stop"] * symbol.is_tied_back + ["start"] * symbol.is_tied_on


def _type(symbol: Symbol) -> str:
    return _TYPES[[Fraction(4, 2**k) for k in range(8)].index(symbol.type_ql)]


def _notations(element: ET.Element, ties: list[str], ends: tuple[bool, bool]) -> None:
    if not ties and not any(ends):
        return
    notations = ET.SubElement(element, "notations")
    for kind in ties:
        ET.SubElement(notations, "tied", {"type": kind})
    for kind, holds in zip(("start", "stop"), ends, strict=True):
        if holds:
            ET.SubElement(notations, "tuplet", {"type": kind, "number": "1"})
