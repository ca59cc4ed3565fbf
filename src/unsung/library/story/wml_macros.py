"""The preprocessor of Wesnoth's markup: macros put in their places, comments left out.

Where a script depends on the difficulty (`#ifdef EASY … #else … #endif`), every branch is kept: no
music that some player hears is lost. Macros come from the campaign's own files; of the game's own,
the few that place music or name people are known here. What is unknown vanishes.
"""

import re
from collections.abc import Mapping

from attrs import field, frozen

from unsung.model.errors import LibraryError

DEFAULT = "unsung_default"
INTRO = "unsung_intro"
"""Keys of [music] by which the macros below say what kind of use it is."""
_MOST_CHARACTERS = 50_000_000
_DEEPEST = 50
_DEFINITION = re.compile(
    r"^[ \t]*#define[ \t]+(?P<name>\S+)(?P<arguments>[^\n]*)\n(?P<body>.*?)#enddef",
    re.DOTALL | re.MULTILINE,
)
_OPTIONAL = re.compile(r"#arg[ \t]+(\S+)[^\n]*\n(.*?)\n?[ \t]*#endarg", re.DOTALL)
_SPECIAL = re.compile(r'["#{]|<<')
_DEFAULT_PLAYLIST = (
    "knolls wanderer battle transience the_king_is_dead knalgan_theme the_city_falls"
    " nunc_dimittis revelation loyalists breaking_the_chains elvish-theme legends_of_the_north"
    " traveling_minstrels underground vengeful frantic the_dangerous_symphony heroes_rite suspense"
    " the_deep_path siege_of_laurelmor casualties_of_war silvan_sanctuary battle-epic"
).split()
_FULL_PLAYLIST = (
    "battle-epic battle breaking_the_chains casualties_of_war elf-land elvish-theme frantic"
    " heroes_rite into_the_shadows journeys_end knalgan_theme knolls legends_of_the_north love_theme"
    " loyalists northern_mountains northerners nunc_dimittis revelation sad siege_of_laurelmor"
    " silvan_sanctuary suspense the_city_falls the_dangerous_symphony the_deep_path"
    " the_king_is_dead transience traveling_minstrels underground vengeful wanderer"
    " weight_of_revenge"
).split()
"""The tracks of the playlists that Wesnoth 1.16's core/macros/sound-utils.cfg defines."""


@frozen
class Macro:
    """A text with holes, the names of its holes, and what fills those that may be left out."""

    arguments: tuple[str, ...]
    body: str
    optional: Mapping[str, str] = field(factory=dict)


def _music(name: str, *marks: str) -> str:
    return "\n".join(("[music]", f"name={name}", *(f"{mark}=yes" for mark in marks), "[/music]\n"))


def _at_start(music: str) -> str:
    return f"[event]\nname=prestart\n{music}[/event]\n"


def _playlist(names: list[str]) -> str:
    return "".join(_music(f"{name}.ogg", DEFAULT) for name in names)


_PLACED = Macro(("MUSIC",), _music("{MUSIC}"))
_AT_START = Macro(("MUSIC",), _at_start(_music("{MUSIC}")))
_NAMED_UNIT = Macro(
    ("SIDE", "TYPE", "X", "Y", "ID", "NAME"), "[unit]\nid={ID}\nname={NAME}\n[/unit]\n"
)
KNOWN: Mapping[str, Macro] = {
    "SCENARIO_MUSIC": Macro(
        ("MUSIC",), _music("revelation.ogg", DEFAULT, INTRO) + _at_start(_music("{MUSIC}"))
    ),
    "EXTRA_SCENARIO_MUSIC": _AT_START,
    "INTRO_AND_SCENARIO_MUSIC": Macro(
        ("BEFORE", "MUSIC"), _music("{BEFORE}", INTRO) + _at_start(_music("{MUSIC}"))
    ),
    "INCIDENTAL_MUSIC": _PLACED,
    "APPEND_MUSIC": _PLACED,
    "REPLACE_SCENARIO_MUSIC": _PLACED,
    "DEFAULT_MUSIC_PLAYLIST": Macro((), _playlist(_DEFAULT_PLAYLIST)),
    "DEFAULT_MUSIC_PLAYLIST_NO_EVENT": Macro((), _playlist(_DEFAULT_PLAYLIST)),
    "FULL_MUSIC_PLAYLIST": Macro((), _playlist(_FULL_PLAYLIST)),
    "FULL_MUSIC_PLAYLIST_NO_EVENT": Macro((), _playlist(_FULL_PLAYLIST)),
    **{
        f"NAMED_{kind}UNIT": _NAMED_UNIT
        for kind in ("", "LOYAL_", "GENERIC_", "HERO_", "NOTRAIT_", "LOYAL_HERO_")
    },
}
"""What macros of the game itself bring, as far as it concerns music and people."""


def definitions(text: str) -> dict[str, Macro]:
    """The macros that a file defines."""
    found = {}
    for one in _DEFINITION.finditer(text):
        optional = dict(_OPTIONAL.findall(one["body"]))
        body = _OPTIONAL.sub("", one["body"])
        found[one["name"]] = Macro(tuple(one["arguments"].split()), body, optional)
    return found


def preprocessed(text: str, macros: Mapping[str, Macro]) -> str:
    """The text with macros in place, without comments, definitions and conditions."""
    return _Expansion({**macros, **KNOWN}).of(without_definitions(text), {}, 0)


def without_definitions(text: str) -> str:
    """The text with its macros' definitions taken out, each line where it was."""
    return _DEFINITION.sub(lambda one: "\n" * one[0].count("\n"), text)


class _Expansion:
    """One file's expansion; counts what it wrote, so that no macro can flood the memory."""

    def __init__(self, macros: Mapping[str, Macro]) -> None:
        self._macros = macros
        self._written = 0

    def of(self, text: str, filled: Mapping[str, str], depth: int) -> str:
        if depth > _DEEPEST:
            raise LibraryError(f"its macros are nested more than {_DEEPEST} deep")
        pieces, at, quoted = [], 0, False
        while special := _SPECIAL.search(text, at):
            pieces.append(text[at : special.start()])
            kind, start, at = special[0], special.start(), special.end()
            if kind == '"':
                quoted = not quoted
                pieces.append(kind)
            elif kind == "{":
                at = _closed(text, start)
                pieces.append(self._called(text[start + 1 : at - 1], filled, depth))
            elif kind == "<<" and not quoted:
                at = _after(text, ">>", start)
                pieces.append(text[start:at])
            elif kind == "#" and not quoted:
                at = _after(text, "\n", start) - 1
            else:
                pieces.append(kind)
        if quoted:
            raise LibraryError(f"line {_last_quote_line(text)}: a quotation mark is never closed")
        return self._counted("".join([*pieces, text[at:]]))

    def _called(self, call: str, filled: Mapping[str, str], depth: int) -> str:
        name, *given = _words(call)
        if name in filled and not given:
            return self._counted(filled[name])
        macro = self._macros.get(name)
        if macro is None or len(given) < len(macro.arguments):
            return ""
        values = [self.of(_bare(value), filled, depth + 1) for value in given]
        named = dict(value.split("=", 1) for value in values if "=" in value)
        optional = {key: named.get(key, value) for key, value in macro.optional.items()}
        inside = {**optional, **dict(zip(macro.arguments, values, strict=False))}
        return self.of(macro.body, inside, depth + 1)

    def _counted(self, text: str) -> str:
        self._written += len(text)
        if self._written > _MOST_CHARACTERS:
            raise LibraryError(f"its macros write more than {_MOST_CHARACTERS} characters")
        return text


def _closed(text: str, start: int) -> int:
    """The place after the brace that closes the one at `start`; the end where none does."""
    depth = 0
    for brace in re.compile(r"[{}]").finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(text) + 1


def _after(text: str, sought: str, start: int) -> int:
    found = text.find(sought, start)
    return len(text) + 1 if found < 0 else found + len(sought)


def _words(call: str) -> list[str]:
    """The name and arguments of a call: apart by space, unless quoted or in brackets."""
    words, depth, quoted, word = [], 0, False, ""
    for letter in call:
        quoted ^= letter == '"'
        depth += 0 if quoted else (letter in "({") - (letter in ")}")
        if letter.isspace() and not quoted and depth <= 0:
            words.append(word)
            word = ""
        else:
            word += letter
    return [one for one in (*words, word) if one] or [""]


def _bare(argument: str) -> str:
    whole = argument.startswith("(") and argument.endswith(")")
    return argument[1:-1] if whole else argument


def _last_quote_line(text: str) -> int:
    return text.count("\n", 0, text.rfind('"')) + 1
