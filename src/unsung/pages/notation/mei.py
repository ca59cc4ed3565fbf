"""A passage as MEI 5, one staff a passage: what Verovio engraves, and what scholars exchange."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from xml.etree import ElementTree as ET

from attrs import frozen

from unsung.pages.notation.bars import bars
from unsung.pages.notation.passage import Passage, Written
from unsung.pages.notation.symbols import Bar, Group, Symbol

_MEI = "http://www.music-encoding.org/ns/mei"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DURATIONS = {Fraction(4, 2**k): str(2**k) for k in range(8)}
_ACCIDENTALS = {-2: "ff", -1: "f", 0: "n", 1: "s", 2: "x"}


@frozen
class Stave:
    """A passage on a staff of its own; its notes' ids begin with `name`.

    `sounds_in` is what a page calls the track that sounds it, or empty.
    """

    name: str
    passage: Passage
    sounds_in: str = ""


def note_id(stave: Stave, note: Written) -> str:
    """The id of a note, the same in MEI and in SVG."""
    return f"{stave.name}-{note.index}"


def mei(staves: Sequence[Stave], title: str = "") -> str:
    """Staves over one another in the same time."""
    passages = [stave.passage for stave in staves]
    start = min((one.start_ql for one in passages if one.chords), default=Fraction(0))
    end = max((one.end_ql for one in passages if one.chords), default=Fraction(0))
    cut = [bars(passage, start, end) for passage in passages]
    root = ET.Element("mei", {"xmlns": _MEI, "meiversion": "5.0"})
    _header(root, title)
    score = _inside(root, "music", "body", "mdiv", "score")
    score.append(_score_definition(passages))
    section = ET.SubElement(score, "section")
    for number, together in enumerate(zip(*cut, strict=True), start=1):
        section.append(_measure(number, staves, together, is_last=number == len(cut[0])))
    ET.indent(root)
    return _HEAD + ET.tostring(root, encoding="unicode") + "\n"


def _header(root: ET.Element, title: str) -> None:
    description = _inside(root, "meiHead", "fileDesc")
    ET.SubElement(_inside(description, "titleStmt"), "title").text = title
    ET.SubElement(_inside(description, "pubStmt"), "unpub")


def _inside(element: ET.Element, *names: str) -> ET.Element:
    for name in names:
        element = ET.SubElement(element, name)
    return element


def _score_definition(passages: Sequence[Passage]) -> ET.Element:
    first = passages[0]
    definition = ET.Element("scoreDef")
    if first.is_measured:
        definition.set("midi.bpm", f"{first.tempo_bpm:.6g}")
    if first.metre:
        ET.SubElement(
            definition,
            "meterSig",
            {"count": str(first.metre.beats), "unit": str(first.metre.beat_type)},
        )
    group = ET.SubElement(definition, "staffGrp", {"bar.thru": "false"} if passages[1:] else {})
    for number, passage in enumerate(passages, start=1):
        group.append(_staff_definition(number, passage))
    return definition


def _staff_definition(number: int, passage: Passage) -> ET.Element:
    definition = ET.Element("staffDef", {"n": str(number), "lines": "5"})
    clef = {"shape": passage.clef.shape, "line": str(passage.clef.line)}
    if passage.clef.octaves:
        clef |= {"dis": "8", "dis.place": "above" if passage.clef.octaves > 0 else "below"}
    ET.SubElement(definition, "clef", clef)
    accidental = "s" if passage.fifths > 0 else "f"
    sig = f"{abs(passage.fifths)}{accidental}" if passage.fifths else "0"
    ET.SubElement(definition, "keySig", {"sig": sig})
    return definition


def _measure(
    number: int,
    staves: Sequence[Stave],
    together: Sequence[Bar],
    *,
    is_last: bool,
) -> ET.Element:
    measure = ET.Element("measure", {"n": str(number), "metcon": "false"})
    measure.set("right", "single" if staves[0].passage.metre and not is_last else "invis")
    for place, (stave, bar) in enumerate(zip(staves, together, strict=True), start=1):
        layer = ET.SubElement(
            ET.SubElement(measure, "staff", {"n": str(place)}), "layer", {"n": "1"}
        )
        for group in bar.groups:
            _group(layer, group, stave)
    return measure


def _group(layer: ET.Element, group: Group, stave: Stave) -> None:
    if group.count > 1:
        tuplet = {"num": str(group.count), "numbase": str(group.instead_of)}
        if not stave.passage.is_measured:
            tuplet |= {"num.visible": "false", "bracket.visible": "false"}
        layer = ET.SubElement(layer, "tuplet", tuplet)
    for beam, symbols in groupby(group.symbols, key=lambda symbol: symbol.beam):
        inside = ET.SubElement(layer, "beam") if beam >= 0 else layer
        for symbol in symbols:
            inside.append(_symbol(symbol, stave))


def _symbol(symbol: Symbol, stave: Stave) -> ET.Element:
    value = {"dur": _DURATIONS[symbol.type_ql]} | ({"dots": "1"} if symbol.dots else {})
    if not symbol.notes:
        return ET.Element("space" if symbol.is_blank else "rest", value)
    if not stave.passage.is_measured:
        value["stem.visible"] = "false"
    notes = [
        _note(note, sign, symbol, stave)
        for note, sign in zip(symbol.notes, symbol.signs, strict=True)
    ]
    if len(notes) == 1:
        notes[0].attrib.update(value)
        return notes[0]
    chord = ET.Element("chord", value)
    chord.extend(notes)
    return chord


def _note(note: Written, sign: int | None, symbol: Symbol, stave: Stave) -> ET.Element:
    spelling = note.spelling
    written = {"pname": spelling.letter.lower(), "oct": str(spelling.octave)}
    written[_XML_ID] = _unique(note_id(stave, note), symbol)
    if sign is not None:
        written["accid"] = _ACCIDENTALS[sign]
    elif spelling.alter:
        written["accid.ges"] = _ACCIDENTALS[spelling.alter]
    ties = {(True, False): "i", (True, True): "m", (False, True): "t"}
    if tie := ties.get((symbol.is_tied_on, symbol.is_tied_back)):
        written["tie"] = tie
    if note.look:
        written["type"] = note.look
    return ET.Element("note", written)


def _unique(name: str, symbol: Symbol) -> str:
    """A note that is tied is written several times; what follows the first says where."""
    if not symbol.is_tied_back:
        return name
    return f"{name}-at-{symbol.onset_ql.numerator}.{symbol.onset_ql.denominator}"
