"""Fountain screenplays: scene headings, who speaks, what is said. https://fountain.io/syntax

A scene is what lies between two headings; before the first it has no name. Characters are those
who have a cue of their own; extensions as `(V.O.)` and the `^` of two speaking at once are left
out. Notes, boneyard, synopses and the formatting of words are left out too. A page says no times.
"""

import re
from collections.abc import Iterator, Sequence

from unsung.model.story import Line, Scene, Story

_HEADING = re.compile(
    r"(?P<forced>\.(?!\.))|(?=(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E)[. ])", re.IGNORECASE
)
_CERTAIN = re.compile(r"^[ \t]*(?:INT|EXT)(?:\.?/(?:INT|EXT))?\.[ \t]+\S", re.MULTILINE)
_LEFT_OUT = re.compile(r"/\*.*?(?:\*/|\Z)|\[\[.*?(?:\]\]|\Z)", re.DOTALL)
_TITLE_KEY = re.compile(r"^(\w[\w ]*):[ \t]*(.*)$")
_NUMBER = re.compile(r"\s*#([\w.)-]+)#\s*$")
_BEFORE_PLACE = re.compile(r"^(?:(?:INT|EXT|EST)\.?(?:/(?:INT|EXT)\.?)?|I/E\.?)\s+", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"\s+[-–—]+\s+[^-–—]*$")
_CUE = re.compile(r"(?P<forced>@)?(?P<name>[^()^]+?)\s*(?:\([^)]*\)\s*)*\^?")
_TRANSITION = re.compile(r">|[^a-z]*TO:$")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|_)(?=\S)(.+?)(?<=\S)\1")
_OPENING = "before the first scene"


def is_fountain(text: str) -> bool:
    """Whether it has headings as a screenplay has."""
    return bool(_CERTAIN.search(text))


def fountain(text: str, name: str) -> Story:
    """The story that a screenplay tells."""
    title, body = _title_page(_LEFT_OUT.sub(_blank_lines, text.expandtabs(4)))
    scenes, seen = [], dict[str, int]()
    for step, (heading, lines) in enumerate(_scenes(body.split("\n")), start=1):
        scenes.append(_scene(_own_name(heading, seen), heading, lines, step))
    return Story(title=title or name, scenes=tuple(scenes), sources=(name,))


def _blank_lines(left_out: re.Match[str]) -> str:
    return "\n" * left_out[0].count("\n")


def _title_page(text: str) -> tuple[str, str]:
    """The title, and the text after the title page, if there is one."""
    head, _, rest = text.lstrip("\n").partition("\n\n")
    first = _TITLE_KEY.match(head.split("\n", 1)[0])
    if not first or _HEADING.match(head):
        return "", text
    entries = re.split(r"^(?=\w[\w ]*:)", head, flags=re.MULTILINE)
    titles = [entry for entry in entries if entry.lower().startswith("title:")]
    return _plain(titles[0][6:]) if titles else "", rest


def _scenes(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Each heading with the lines beneath it."""
    heading, beneath = "", list[str]()
    for line in lines:
        if found := _heading(line.strip()):
            if heading or any(beneath):
                yield heading, beneath
            heading, beneath = found, []
        else:
            beneath.append(line.strip())
    if heading or any(beneath):
        yield heading, beneath


def _heading(line: str) -> str:
    found = _HEADING.match(line)
    return _NUMBER.sub("", line[found.end() :]).strip() if found else ""


def _own_name(heading: str, seen: dict[str, int]) -> str:
    """A heading that comes again is another scene: it is counted."""
    name = heading or _OPENING
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name} ({seen[name]})"


def _scene(name: str, heading: str, lines: Sequence[str], step: int) -> Scene:
    spoken = tuple(_spoken(lines))
    place = _TIME_OF_DAY.sub("", _BEFORE_PLACE.sub("", heading))
    there = tuple(dict.fromkeys(line.speaker for line in spoken))
    return Scene(
        name=name, title=heading, step=step, place=place, characters=there or None, lines=spoken
    )


def _spoken(lines: Sequence[str]) -> Iterator[Line]:
    """Each speech as one line: a cue after an empty line, and what stands beneath it."""
    at = 0
    while at < len(lines):
        who = _speaker(lines[at]) if at == 0 or not lines[at - 1] else ""
        end = next((k for k in range(at + 1, len(lines)) if not lines[k]), len(lines))
        if who and end > at + 1:
            said = [line for line in lines[at + 1 : end] if not _is_parenthetical(line)]
            if text := _plain(" ".join(said)):
                yield Line(text, who)
            at = end
        at += 1


def _speaker(line: str) -> str:
    """Who speaks next, if the line is a cue: in capitals, or forced by `@`."""
    found = _CUE.fullmatch(line)
    if not found or line[0] in "!~=#>" or (not found["forced"] and _TRANSITION.match(line)):
        return ""
    name = _plain(found["name"])
    capital = name.upper() == name and any(letter.isalpha() for letter in name)
    return name if found["forced"] or capital else ""


def _is_parenthetical(line: str) -> bool:
    return line.startswith("(") and line.endswith(")")


def _plain(text: str) -> str:
    """Without the marks of bold, italics and underline."""
    plain = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text.lstrip("~")))
    return " ".join(re.sub(r"\\([*_])", r"\1", plain).split())
