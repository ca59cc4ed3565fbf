"""One bar of one part of a MusicXML page: its notes, its marks and its signs."""

import re
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple
from xml.etree.ElementTree import Element

from attrs import Factory, define

from unsung.library.unfolding import MOST_TIMES, Signs

_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_UNITS_QL = {"whole": 4.0, "half": 2.0, "quarter": 1.0, "eighth": 0.5, "16th": 0.25}
_GRACE_QL = 0.125
_SHORTEST_QL = 1 / 64
_NUMBER = re.compile(r"\s*-?\d{1,9}(\.\d{1,6})?\s*")


class WrittenNote(NamedTuple):
    """A note in quarters from the beginning of its bar; grace notes may begin before it."""

    onset_ql: float
    duration_ql: float
    midi_pitch: float
    voice: str
    tied_on: bool
    tied_back: bool


@define
class Bar:
    """What is true of a bar in all parts."""

    lengths_ql: list[float] = Factory(list)
    rest_lengths_ql: list[float] = Factory(list)
    signs: Signs = Factory(Signs)
    tempi: list[tuple[float, float]] = Factory(list)
    metre: tuple[int, int] | None = None
    keys: list[tuple[int, str]] = Factory(list)

    def length_ql(self, metre: tuple[int, int] | None) -> float:
        """The length that its metre asks for if a part keeps it, else that most parts give it.

        Pages err in one part at a time, and most often in rests: parts that play go before.
        """
        lengths = self.lengths_ql or self.rest_lengths_ql
        if metre and (full_ql := 4 * metre[0] / metre[1]) in lengths:
            return full_ql
        told = Counter(sorted(filter(None, lengths), reverse=True))
        return told.most_common(1)[0][0] if told else 0.0

    @property
    def key(self) -> tuple[int, str] | None:
        """The key signature that most parts have: horns and drums were long written without."""
        return Counter(self.keys).most_common(1)[0][0] if self.keys else None


@define
class Part:
    """A part, and what its page has said so far."""

    name: str = ""
    is_percussion: bool = False
    divisions: Fraction = Fraction(1)
    transposition_semitones: float = 0.0
    bars: dict[int, list[WrittenNote]] = Factory(dict)


@define
class Measure:
    """A place in a bar of a part that moves on as elements are read."""

    part: Part
    bar: Bar
    notes: list[WrittenNote] = Factory(list)
    _at: Fraction = Fraction(0)
    _struck: Fraction = Fraction(0)
    _end: Fraction = Fraction(0)
    _graces: list[Element] = Factory(list)

    def read(self, elements: Element) -> None:
        """Read all that one `<measure>` holds."""
        readers: dict[str, Callable[[Element], None]] = {
            "note": self._read_note,
            "backup": lambda one: self._move(-self._duration(one)),
            "forward": lambda one: self._move(self._duration(one)),
            "attributes": self._read_attributes,
            "direction": self._read_direction,
            "sound": self._read_sound,
            "barline": self._read_barline,
        }
        for element in elements:
            if reader := readers.get(element.tag):
                reader(element)
        self._release_graces()
        lengths = self.bar.lengths_ql if self.notes else self.bar.rest_lengths_ql
        lengths.append(float(self._end))

    def _move(self, duration_ql: Fraction) -> None:
        self._at = max(self._at + duration_ql, Fraction(0))
        self._end = max(self._end, self._at)

    def _duration(self, element: Element) -> Fraction:
        return number(element.findtext("duration")) / self.part.divisions

    def _read_note(self, note: Element) -> None:
        if note.find("grace") is not None:
            self._graces.append(note)
            return
        duration = self._duration(note)
        if note.find("chord") is None:
            self._struck = self._at
            self._release_graces()
            self._move(duration)
        if note.find("cue") is None:
            self._sound(note, float(self._struck), max(float(duration), _SHORTEST_QL))

    def _release_graces(self) -> None:
        """Let the waiting grace notes sound, the last of them just before this place."""
        later = sum(note.find("chord") is None for note in self._graces)
        for note in self._graces:
            before = _GRACE_QL * max(later, 1)
            self._sound(note, float(self._at) - before, _GRACE_QL)
            later -= note.find("chord") is None
        self._graces.clear()

    def _sound(self, note: Element, onset_ql: float, duration_ql: float) -> None:
        pitch = self._pitch(note)
        if pitch is None or not 0 <= pitch <= 127:
            return
        ties = {tie.get("type") for tie in (*note.iter("tie"), *note.iter("tied"))}
        voice = note.findtext("voice", "")
        on, back = "start" in ties, "stop" in ties
        self.notes.append(WrittenNote(onset_ql, duration_ql, pitch, voice, on, back))

    def _pitch(self, note: Element) -> float | None:
        pitch = note.find("pitch")
        step = _STEPS.get((pitch.findtext("step") or "").strip()) if pitch is not None else None
        if pitch is None or step is None or self.part.is_percussion:
            return None
        octave, alter = number(pitch.findtext("octave")), number(pitch.findtext("alter"))
        return float(12 * (octave + 1) + step + alter) + self.part.transposition_semitones

    def _read_attributes(self, attributes: Element) -> None:
        self.part.divisions = number(attributes.findtext("divisions")) or self.part.divisions
        if (transpose := attributes.find("transpose")) is not None:
            octaves = number(transpose.findtext("octave-change"))
            chromatic = number(transpose.findtext("chromatic"))
            self.part.transposition_semitones = float(12 * octaves + chromatic)
        self.bar.metre = self.bar.metre or _metre(attributes)
        self._read_key(attributes)

    def _read_key(self, attributes: Element) -> None:
        """Take the signature; a transposing part's is not the one that sounds."""
        said = attributes.find("key/fifths") is not None
        fifths = int(number(attributes.findtext("key/fifths")))
        if said and -7 <= fifths <= 7 and self.part.transposition_semitones % 12 == 0:
            self.bar.keys.append((fifths, attributes.findtext("key/mode", "").strip().lower()))

    def _read_direction(self, direction: Element) -> None:
        signs = self.bar.signs
        signs.segno |= direction.find("direction-type/segno") is not None
        signs.coda |= direction.find("direction-type/coda") is not None
        for words in direction.iterfind("direction-type/words"):
            _read_words(words.text or "", signs)
        sound = direction.find("sound")
        if sound is not None:
            self._read_sound(sound)
        if sound is None or sound.get("tempo") is None:
            self._mark_tempo(_metronome_bpm(direction))

    def _read_sound(self, sound: Element) -> None:
        signs = self.bar.signs
        self._mark_tempo(float(number(sound.get("tempo"))))
        signs.segno |= sound.get("segno") is not None
        signs.coda |= sound.get("coda") is not None
        signs.to_coda |= sound.get("tocoda") is not None
        signs.fine |= sound.get("fine") is not None
        signs.da_capo |= sound.get("dacapo") == "yes"
        signs.dal_segno |= sound.get("dalsegno") is not None
        signs.starts_repeat |= sound.get("forward-repeat") == "yes"

    def _mark_tempo(self, tempo_bpm: float) -> None:
        if tempo_bpm > 0:
            self.bar.tempi.append((float(self._at), tempo_bpm))

    def _read_barline(self, barline: Element) -> None:
        signs = self.bar.signs
        signs.segno |= barline.find("segno") is not None
        signs.coda |= barline.find("coda") is not None
        if (repeat := barline.find("repeat")) is not None:
            if repeat.get("direction") == "forward":
                signs.starts_repeat = True
            else:
                times = int(number(repeat.get("times"))) or 2
                signs.ends_repeat = min(max(times, 2), MOST_TIMES)
        if (volta := barline.find("ending")) is not None:
            _read_volta(volta, signs)


def number(text: str | None) -> Fraction:
    """The number that a text says; 0 where it says none."""
    return Fraction(text.strip()) if text and _NUMBER.fullmatch(text) else Fraction(0)


def _metre(attributes: Element) -> tuple[int, int] | None:
    """Beats to the bar; 3+2 counts as 5."""
    beats = sum(int(one) for one in re.findall(r"\d{1,2}", attributes.findtext("time/beats", "")))
    beat_type = int(number(attributes.findtext("time/beat-type")))
    return (beats, beat_type) if beats > 0 and beat_type > 0 else None


def _metronome_bpm(direction: Element) -> float:
    """Quarters a minute that a metronome mark asks for; 0 where it gives no plain number."""
    mark = direction.find("direction-type/metronome")
    if mark is None:
        return 0.0
    unit_ql = _UNITS_QL.get((mark.findtext("beat-unit") or "").strip(), 0.0)
    dotted = 2 - 0.5 ** len(mark.findall("beat-unit-dot"))
    return unit_ql * dotted * float(number(mark.findtext("per-minute")))


def _read_volta(volta: Element, signs: Signs) -> None:
    numbers = {int(one) for one in re.findall(r"\d{1,2}", volta.get("number", ""))}
    if volta.get("type") == "start":
        signs.volta_starts = numbers or {1}
    else:
        signs.volta_stops = True


def _read_words(words: str, signs: Signs) -> None:
    """Take what the words of a direction order: D.C., D.S., Fine, To Coda."""
    said = re.sub(r"[^a-z]+", " ", words.lower()).strip()
    signs.da_capo |= bool(re.match(r"(d c|dc|da capo)( al\b| e poi\b|$)", said))
    signs.dal_segno |= bool(re.match(r"(d s|ds|dal segno)( al\b| e poi\b|$)", said))
    signs.fine |= said == "fine"
    signs.to_coda |= bool(re.fullmatch(r"(to|al) coda", said))
