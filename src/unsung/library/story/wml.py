"""Wesnoth's markup language as a tree: `[tag] key=value … [/tag]`, read with tolerance.

https://wiki.wesnoth.org/SyntaxWML. Values are joined over `+`, quoted with `"` (doubled inside) or
`<<…>>`, and `_` before a text only says that it is translated. A closing tag closes what is open in
between; one that closes nothing is passed over.
"""

import re
from collections.abc import Iterator

from attrs import Factory, define

_TAG = re.compile(r"\[(?P<how>[/+]?)(?P<name>\w+)\]")
_KEY = re.compile(r"(?P<keys>\w[\w, \t]*?)[ \t]*=")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"?')
_RAW = re.compile(r"<<(.*?)(?:>>|\Z)", re.DOTALL)
_BARE = re.compile(r'[^"\n]+?(?=\s*\+\s*(?:_\s*)?"|["\n]|<<|\Z)')
_JOINED = re.compile(r"[ \t]*\+\s*")
_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"\s*")
_MARK = re.compile(r"_\s*(?=\")")
_MOST_OPEN = 200


@define
class Tag:
    """A tag: its keys and the tags inside, both in the order written."""

    name: str
    keys: dict[str, str] = Factory(dict)
    inside: list["Tag"] = Factory(list)

    def all(self, *names: str) -> Iterator["Tag"]:
        """Every tag inside, at any depth, that bears one of these names."""
        for tag in self.inside:
            if tag.name in names:
                yield tag
            yield from tag.all(*names)

    def said(self, key: str) -> str:
        """The value of `key`, without space around it; empty where there is none."""
        return self.keys.get(key, "").strip()


def wml(text: str) -> Tag:
    """The tree of a preprocessed text; its root has no name."""
    opened, at = [Tag("")], 0
    while at < len(text):
        at = _matched_end(_GAP, text, at)
        if tag := _TAG.match(text, at):
            _turn(opened, tag["how"], tag["name"].lower())
            at = tag.end()
        elif key := _KEY.match(text, at):
            value, at = _value(text, key.end())
            opened[-1].keys.update(_paired(key["keys"], value))
        else:
            at = _line_end(text, at)
    return opened[0]


def _turn(opened: list[Tag], how: str, name: str) -> None:
    """Open or close a tag."""
    if how == "/":
        levels = [at for at, tag in enumerate(opened) if at and tag.name == name]
        del opened[levels[-1] if levels else len(opened) :]
        return
    earlier = [tag for tag in opened[-1].inside if tag.name == name] if how == "+" else []
    tag = earlier[-1] if earlier else Tag(name)
    if not earlier:
        opened[-1].inside.append(tag)
    if len(opened) < _MOST_OPEN:
        opened.append(tag)


def _value(text: str, at: int) -> tuple[str, int]:
    """What stands behind `=`, and where it ends."""
    pieces, at = [], _matched_end(_BLANK, text, at)
    while True:
        marked = _MARK.match(text, at)
        at = marked.end() if marked else at
        if piece := _QUOTED.match(text, at):
            pieces.append(_unquoted(piece[1], translated=bool(marked)))
        elif piece := _RAW.match(text, at) or _JOINED.match(text, at) or _BARE.match(text, at):
            pieces.append(piece[1] if piece.re is _RAW else _plain(piece))
        else:
            return "".join(pieces), at
        at = _matched_end(_BLANK, text, piece.end())


def _unquoted(text: str, *, translated: bool) -> str:
    """What is between quotation marks; translators' hints (`hint^text`) are left out."""
    text = text.replace('""', '"')
    return text.partition("^")[2] or text if translated else text


def _plain(piece: re.Match[str]) -> str:
    return "" if piece.re is _JOINED else piece[0].rstrip()


def _paired(keys: str, value: str) -> dict[str, str]:
    """`x,y=3,4` gives each key its own value."""
    names = [name.strip() for name in keys.split(",")]
    values = value.split(",", len(names) - 1) if len(names) > 1 else [value]
    return dict(zip(names, values, strict=False))


def _matched_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
