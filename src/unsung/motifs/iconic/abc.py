"""Single melodies in ABC, the notation in which folk tunes are passed on.

Read is what a melody needs (abcnotation.com, standard 2.1): the fields of the head, notes with
accidentals, octaves and lengths, rests, ties, broken rhythm, triplets, bars, and changes of metre,
length and key in brackets. Chords, words and ornaments are passed over; of notes struck together
the first counts. A quarter lasts half a second.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from attrs import define, field, frozen

from unsung.model.errors import LibraryError
from unsung.model.notes import Notes

QUARTER_S = 0.5
_FIELD = re.compile(r"([A-Za-z+]):\s*(.*)$")
_TOKEN = re.compile(
    r'(?P<skip>"[^"]*"|![^!]*!|\+[^+]*\+|\{[^}]*\}|\\|[\s().~HLMOPSTuvy`$&*-](?!\d)|\((?![2-9]))'
    r"|\[(?P<inline>[A-Za-z]:[^\]]*)\]"
    r"|\((?P<tuplet>[2-9])(?::[0-9]*){0,2}"
    r"|(?P<bar>:*\|+[\]:]*[0-9]?|::|\[[0-9|]|\])"
    r"|(?P<broken>[<>]+)"
    r"|\[?(?P<sign>\^\^|__|[\^_=])?(?P<note>[A-Ga-gzZxX])(?P<octave>[,']*)(?P<length>\d*/*\d*)"
    r"(?P<others>(?:[\^_=]*[A-Ga-g][,']*\d*/*\d*)*\]\d*/*\d*)?(?P<tie>-?)"
)
_STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_SIGNS = {"^": 1, "^^": 2, "_": -1, "__": -2, "=": 0}
_SHARPS = "fcgdaeb"
_MODES = {"": 0, "maj": 0, "ion": 0, "mix": -1, "dor": -2, "m": -3, "min": -3, "aeo": -3,
          "phr": -4, "loc": -5, "lyd": 1}  # fmt: skip
_TONICS = {"c": 0, "g": 1, "d": 2, "a": 3, "e": 4, "b": 5, "f": -1}
_TUPLETS = {2: 3, 3: 2, 4: 3, 5: 2, 6: 2, 7: 2, 8: 3, 9: 2}


@frozen
class AbcTune:
    """A melody and what its head says: `T` is its title, `K` its key, and so on.

    `bars_quarters` is how long each bar lasts, the upbeat among them; `metre_quarters` how long
    each should (0: free).
    """

    said: dict[str, str]
    notes: Notes
    bars_quarters: tuple[float, ...]
    metre_quarters: tuple[float, ...]

    @property
    def title(self) -> str:
        """What it is called; may be empty."""
        return self.said.get("T", "")


@define
class _Pen:
    """Where the reader is: what is in force, and what was written so far."""

    unit: Fraction
    metre: Fraction
    key: dict[str, int]
    at: Fraction = Fraction(0)
    bar_began: Fraction = Fraction(0)
    bent: dict[str, int] = field(factory=dict)
    rows: list[tuple[Fraction, Fraction, int]] = field(factory=list)
    bars: list[Fraction] = field(factory=list)
    metres: list[Fraction] = field(factory=list)
    broken: Fraction = Fraction(1)
    tuplet: tuple[Fraction, int] = (Fraction(1), 0)
    tied: bool = False


def abc_tunes(text: str) -> tuple[AbcTune, ...]:
    """The tunes of a text, one for each `X:`; a tune that makes no sense names itself."""
    heads = re.split(r"(?m)^(?=X:)", text.replace("\r\n", "\n"))
    return tuple(_tune(one) for one in heads if one.startswith("X:"))


def _tune(text: str) -> AbcTune:
    said: dict[str, str] = {}
    body = []
    for raw in text.splitlines():
        line = raw.partition("%")[0].rstrip()
        told = _FIELD.match(line)
        if told and ("K" not in said or told[1] in "wWNZSHTCBDFGORrs"):
            said.setdefault(told[1], told[2].strip())
        elif "K" in said:
            body.append(f"[{line}]" if told else line)
    name = said.get("T") or f"X:{said.get('X', '')}"
    try:
        return _read(said, " ".join(body))
    except ValueError as error:
        raise LibraryError(f"{name}: {error}") from error


def _read(said: dict[str, str], body: str) -> AbcTune:
    metre = _metre(said.get("M", "none"))
    usual = Fraction(1, 16) if 0 < metre < 3 else Fraction(1, 8)
    pen = _Pen(_unit(said["L"]) if "L" in said else usual, metre, _key(said.get("K", "C")))
    for told in _tokens(body):
        _write(pen, told)
    _close_bar(pen)
    return AbcTune(
        said, _notes(pen.rows), tuple(map(float, pen.bars)), tuple(map(float, pen.metres))
    )


def _tokens(body: str) -> Iterator["re.Match[str]"]:
    at = 0
    while at < len(body):
        told = _TOKEN.match(body, at)
        if not told or told.end() == at:
            raise ValueError(f"{body[at : at + 12]!r} is no ABC that Unsung reads")
        yield told
        at = told.end()


def _write(pen: _Pen, told: "re.Match[str]") -> None:
    if told["note"]:
        _write_note(pen, told)
    elif told["bar"]:
        _close_bar(pen)
    elif told["broken"]:
        _break(pen, told["broken"])
    elif told["tuplet"]:
        size = int(told["tuplet"])
        pen.tuplet = (Fraction(_TUPLETS[size], size), size)
    elif told["inline"]:
        _change(pen, told["inline"])


def _write_note(pen: _Pen, told: "re.Match[str]") -> None:
    lasts = 4 * pen.unit * _length(told["length"]) * pen.broken
    pen.broken = Fraction(1)
    scale, left = pen.tuplet
    if left:
        lasts *= scale
        pen.tuplet = (scale, left - 1)
    if told["note"] not in "zZxX":
        pitch = _pitch(pen, told)
        if pen.tied and pen.rows and pen.rows[-1][2] == pitch:
            onset, lasted, _ = pen.rows.pop()
            pen.rows.append((onset, lasted + lasts, pitch))
        else:
            pen.rows.append((pen.at, lasts, pitch))
    pen.tied = bool(told["tie"])
    pen.at += lasts


def _pitch(pen: _Pen, told: "re.Match[str]") -> int:
    """The MIDI pitch; a sign holds until the end of the bar."""
    letter, octave = told["note"], told["octave"]
    height = 12 * (octave.count("'") - octave.count(",") + letter.islower())
    if told["sign"]:
        pen.bent[letter + octave] = _SIGNS[told["sign"]]
    bent = pen.bent.get(letter + octave, pen.key.get(letter.lower(), 0))
    pitch = 60 + _STEPS[letter.lower()] + height + bent
    if not 0 <= pitch <= 127:
        raise ValueError(f"{told[0]} lies outside what can be written")
    return pitch


def _close_bar(pen: _Pen) -> None:
    if pen.at > pen.bar_began:
        pen.bars.append(pen.at - pen.bar_began)
        pen.metres.append(pen.metre)
    pen.bar_began = pen.at
    pen.bent.clear()


def _break(pen: _Pen, marks: str) -> None:
    """`>`: the note before is lengthened by what the next loses."""
    if not pen.rows:
        raise ValueError(f"{marks} stands before any note")
    short = Fraction(1, 2 ** len(marks))
    before, after = (2 - short, short) if marks[0] == ">" else (short, 2 - short)
    onset, lasts, pitch = pen.rows.pop()
    pen.rows.append((onset, lasts * before, pitch))
    pen.at += lasts * (before - 1)
    pen.broken = after


def _change(pen: _Pen, said: str) -> None:
    letter, value = said[0], said[2:].strip()
    if letter == "M":
        pen.metre = _metre(value)
    elif letter == "L":
        pen.unit = _unit(value)
    elif letter == "K":
        pen.key = _key(value)


def _metre(said: str) -> Fraction:
    """How many quarters a bar has; 0 where there are no bars to count."""
    common = {"C": Fraction(4), "C|": Fraction(4), "none": Fraction(0), "": Fraction(0)}
    if said in common:
        return common[said]
    if not re.fullmatch(r"\d+/\d+", said) or said.endswith("/0"):
        raise ValueError(f"M:{said} is no metre; write M:3/4 or M:none")
    return 4 * Fraction(said)


def _unit(said: str) -> Fraction:
    if not re.fullmatch(r"\d+(/[1-9]\d*)?", said) or Fraction(said) <= 0:
        raise ValueError(f"L:{said} is no length; write L:1/8")
    return Fraction(said)


def _length(said: str) -> Fraction:
    over, slashes, under = re.fullmatch(r"(\d*)(/*)(\d*)", said).groups()  # type: ignore[union-attr]
    divided = int(under) if under else 2 ** len(slashes)
    if divided == 0 or over == "0":
        raise ValueError(f"a note cannot last {said}")
    return Fraction(int(over or 1), divided)


def _key(said: str) -> dict[str, int]:
    """Which letters are sharp or flat; `none` and `HP` bend nothing."""
    told = re.match(r"([A-Ga-g])([#b]?)\s*([A-Za-z]*)", said)
    if not told or said.startswith(("none", "HP", "Hp")):
        return {}
    mode = told[3].lower()
    sharps = _TONICS[told[1].lower()] + 7 * {"#": 1, "b": -1, "": 0}[told[2]]
    sharps += _MODES["m" if mode == "m" else mode[:3]] if mode[:3] in _MODES else 0
    if sharps >= 0:
        return dict.fromkeys(_SHARPS[:sharps], 1)
    return dict.fromkeys(_SHARPS[::-1][:-sharps], -1)


def _notes(rows: list[tuple[Fraction, Fraction, int]]) -> Notes:
    if not rows:
        return Notes.none()
    onset, lasts, pitch = zip(*rows, strict=True)
    onset_s, lasts_s = ([QUARTER_S * float(one) for one in column] for column in (onset, lasts))
    return Notes.sorted(onset_s, lasts_s, pitch)
