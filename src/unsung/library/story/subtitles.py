"""Subtitles as timed lines of dialogue: SubRip, WebVTT, and Advanced SubStation Alpha.

Who speaks is said by `<v Name>` (WebVTT), by the name of an event (ASS), or by capitals before a
colon (`ANNA: Wait!`). Tags and what only deaf readers are told, as `[thunder]` and `♪`, are left
out. A cue whose times run backwards is an error with its line: the file is broken there.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from unsung.model.errors import LibraryError
from unsung.model.story import Line, Story
from unsung.model.time import Span

_TIMES = re.compile(
    r"\s*(?P<start>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*(?P<end>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})(?:\s.*)?"
)
_ARROW = re.compile(r"\s*\S*\d\S*\s*-->")
_SCRIPT = re.compile(r"\[Script Info\]", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAGS = re.compile(r"</?[a-zA-Z][^>]*>|<[\d:.]+>|\{[^}]*\}")
_NOT_SAID = re.compile(r"\[[^\]]*\]|\([^)]*\)|[♪♫#]")
_NAME = re.compile(r"(?:-\s*)?(?P<name>[^\W\d_a-zà-öø-ÿ][^:a-zà-öø-ÿ]{0,38})\s*:\s+(?=\S)")
_DASH = re.compile(r"^\s*[-–—]\s*")


def is_subtitles(text: str) -> bool:
    """Whether it is one of the three kinds."""
    return bool(
        text.startswith("WEBVTT") or _SCRIPT.search(text[:4096]) or _ARROW.search(text[:65536])
    )


def subtitles(text: str, name: str) -> Story:
    """A story of timed lines alone; which scene a line is in, subtitles do not say."""
    timed = _ass(text, name) if _SCRIPT.search(text[:4096]) else _cues(text, name)
    lines = sorted((line for line in timed if line.text), key=_start_s)
    if not lines:
        raise LibraryError(f"{name} holds no subtitle; give subtitles with times and words")
    return Story(title=name, lines=tuple(lines), sources=(name,))


def _start_s(line: Line) -> float:
    return line.span.start_s if line.span else 0.0


def _cues(text: str, name: str) -> Iterator[Line]:
    """SubRip and WebVTT: a line of times, and words until an empty line."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if "-->" not in line:
            continue
        times = _TIMES.fullmatch(line)
        if not times:
            raise LibraryError(
                f"{name}, line {at + 1}: {line.strip()[:40]!r} is no time as 00:01:02,500 -->"
            )
        span = _span(times["start"], times["end"], f"{name}, line {at + 1}")
        yield from _said(_words(lines[at + 1 :]), "", span)


def _words(lines: Sequence[str]) -> list[str]:
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    return list(lines[:end])


def _ass(text: str, name: str) -> Iterator[Line]:
    """The events of an ASS script, read by the columns that its format names."""
    columns: list[str] = []
    for at, line in enumerate(text.split("\n"), start=1):
        kind, _, rest = line.partition(":")
        if kind.strip() == "Format":
            columns = [column.strip() for column in rest.split(",")]
        elif kind.strip() == "Dialogue":
            said = dict(zip(columns, rest.strip().split(",", len(columns) - 1), strict=False))
            if not {"Start", "End", "Text"} <= set(said):
                raise LibraryError(f"{name}, line {at}: the event lacks its start, end or text")
            span = _span(said["Start"], said["End"], f"{name}, line {at}")
            words = re.split(r"\\[Nn]", said["Text"].replace("\\h", " "))
            yield from _said(words, said.get("Name", "").strip(), span)


def _span(start: str, end: str, where: str) -> Span:
    try:
        return Span(_seconds(start), _seconds(end))
    except ValueError as error:
        raise LibraryError(f"{where}: a subtitle cannot last from {start} to {end}") from error


def _seconds(clock: str) -> float:
    """`1:02:03,5` and `02:03.500` as seconds."""
    seconds = 0.0
    for part in clock.strip().replace(",", ".").split(":"):
        seconds = 60 * seconds + float(part)
    return seconds


def _said(words: Sequence[str], speaker: str, span: Span) -> Iterator[Line]:
    """The lines of one subtitle: one for each who speaks in it."""
    lines: list[Line] = []
    for raw in words:
        who, text = _speech(raw)
        turn = bool(who or _DASH.match(_TAGS.sub("", raw)))
        if lines and not turn:
            text = f"{lines.pop().text} {text}".strip() if lines else text
        lines.append(Line(text, who or speaker, span))
    yield from lines


def _speech(raw: str) -> tuple[str, str]:
    """Who speaks in a line of words, if it says so, and what."""
    voice = _VOICE.search(raw)
    plain = _NOT_SAID.sub(" ", unescape(_TAGS.sub("", raw)))
    named = _NAME.match(plain.strip())
    who = voice[1] if voice else named["name"] if named else ""
    text = plain.strip()[named.end() :] if named else _DASH.sub("", plain)
    return " ".join(who.split()).strip("- "), " ".join(text.split())
