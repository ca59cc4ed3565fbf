"""The preprocessor of Wesnoth's markup: macros put in their places, comments left out.

Where a script depends on the difficulty (`#ifdef EASY … #else … #endif`), every branch is kept: no
music that some player hears is lost. Macros come from the campaign's own files; of the game's own,
the few that place music or name people are known here. What is unknown vanishes.
"""

import re
from collections.abc import Iterator, Mapping

from attrs import field, frozen

from unsung.model.errors import LibraryError

DEFAULT = "unsung_default"
INTRO = "unsung_intro"
"""Keys of [music] by which the macros below say what kind of use it is."""
_MOST_CHARACTERS = 50_000_000
_DEEPEST = 50
_DEFINE = re.compile(r"^[ \t]*#define[ \t]+(?P<name>\S+)(?P<arguments>[^\n]*)\n", re.MULTILINE)
_ENDED = "#enddef"
_OPTIONAL = re.compile(r"#arg[ \t]+(\S+)[^\n]*\n((?:(?!#arg).)*?)\n?[ \t]*#endarg", re.DOTALL)
_SPECIAL = re.compile(r'["#{]|<<')


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_DEFAULT_PLAYLIST = _names(
    """
    knolls wanderer battle transience the_king_is_dead knalgan_theme the_city_falls
    nunc_dimittis revelation loyalists breaking_the_chains elvish-theme legends_of_the_north
    traveling_minstrels underground vengeful frantic the_dangerous_symphony heroes_rite suspense
    the_deep_path siege_of_laurelmor casualties_of_war silvan_sanctuary battle-epic
    """
)
_FULL_PLAYLIST = _names(
    """
    battle-epic battle breaking_the_chains casualties_of_war elf-land elvish-theme frantic
    heroes_rite into_the_shadows journeys_end knalgan_theme knolls legends_of_the_north
    love_theme loyalists northern_mountains northerners nunc_dimittis revelation sad
    siege_of_laurelmor silvan_sanctuary suspense the_city_falls the_dangerous_symphony
    the_deep_path the_king_is_dead transience traveling_minstrels underground vengeful wanderer
    weight_of_revenge
    """
)
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


def _playlist(names: tuple[str, ...]) -> str:
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
    for head, end in _defined(text):
        body = text[head.end() : end]
        arguments = tuple(head["arguments"].split())
        found[head["name"]] = Macro(
            arguments, _OPTIONAL.sub("", body), dict(_OPTIONAL.findall(body))
        )
    return found


def _defined(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The head of each definition, and where its body ends."""
    at = 0
    while (head := _DEFINE.search(text, at)) and (end := text.find(_ENDED, head.end())) >= 0:
        yield head, end
        at = end + len(_ENDED)


def preprocessed(text: str, macros: Mapping[str, Macro]) -> str:
    """The text with macros in place, without comments, definitions and conditions."""
    return _Expansion({**macros, **KNOWN}).of(without_definitions(text), {}, 0)


def without_definitions(text: str) -> str:
    """The text with its macros' definitions taken out, each line where it was."""
    pieces, at = [], 0
    for head, end in _defined(text):
        left_out = text.count("\n", head.start(), end)
        pieces += [text[at : head.start()], "\n" * left_out]
        at = end + len(_ENDED)
    return "".join([*pieces, text[at:]])


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
            quoted ^= special[0] == '"'
            end = _piece_end(text, special, quoted=quoted)
            pieces.append(text[at : special.start()])
            if special[0] == "{":
                pieces.append(self._called(text[special.end() : end - 1], filled, depth))
            elif special[0] != "#" or quoted:
                pieces.append(text[special.start() : end])
            at = end
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


def _piece_end(text: str, special: re.Match[str], *, quoted: bool) -> int:
    """Where a macro's call, a raw text or a remark ends; a mark that is none of them is itself."""
    if special[0] == "{":
        return _closed(text, special.start())
    if quoted or special[0] == '"':
        return special.end()
    if special[0] == "#":
        return _after(text, "\n", special.start()) - 1
    return _after(text, ">>", special.start())


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
