"""Titles: from tags where they can be trusted, else from file names."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from unsung.library.clean import cleaned

_NUMBER = r"(?:\d{1,2}\s?[-.]\s?)?\d{1,3}"
_CERTAIN_NUMBER = re.compile(
    rf"""\d{{1,2}}-\d{{2}}[\s_]+
       | [\[(]{_NUMBER}[\])]\s*[-._]?\s*
       | {_NUMBER}\s*(?:[-)]|\.(?!\d))+[\s_]*
       | 0\d[\s_]+""",
    re.VERBOSE,
)
_LIKELY_NUMBER = re.compile(rf"{_NUMBER}[\s_]+")


def title_from_name(file: str, *, numbered: bool = False) -> str:
    """What a file's name says its title is: `music/03_elvish-theme.ogg` is "Elvish theme".

    A number in front is taken for the track's own where punctuation or a zero says so, or where
    the files beside it are `numbered` too: "1812 Overture" keeps its year.
    """
    stem = cleaned(PurePosixPath(file.rpartition("!")[2]).stem)
    title = _spaced(_unnumbered(stem, numbered=numbered)) or _spaced(stem)
    return title[:1].upper() + title[1:] if title.islower() else title


def are_numbered(files: Sequence[str]) -> bool:
    """Whether most of these files of one folder begin with a number of their own."""
    stems = [PurePosixPath(file).stem for file in files]
    numbers = [found.group() for stem in stems if (found := re.match(r"\d{1,3}(?=[\W_])", stem))]
    return len(set(numbers)) > max(1, 0.6 * len(stems))


def chosen_title(titles: Sequence[str], file: str) -> str:
    """The one title among those a file's tags give; empty where none can be trusted.

    Some albums were tagged so that each file carries the titles of all files before it. Then only
    a title that the file's own name bears out is believed.
    """
    if len(titles) <= 1:
        return titles[0] if titles else ""
    borne_out = [title for title in titles if _agrees(title, file)]
    return borne_out[0] if len(borne_out) == 1 else ""


def _unnumbered(stem: str, *, numbered: bool) -> str:
    found = _CERTAIN_NUMBER.match(stem) or (numbered and _LIKELY_NUMBER.match(stem))
    rest = stem[found.end() :] if found else stem
    return rest if any(letter.isalpha() for letter in rest) else stem


def _spaced(stem: str) -> str:
    words = stem.replace("_", " ")
    if " " not in words.strip() and re.fullmatch(r"[^\WA-Z]+(-[^\WA-Z]+)+", words):
        words = words.replace("-", " ")
    return " ".join(words.split())


def _agrees(title: str, file: str) -> bool:
    stem = PurePosixPath(file.rpartition("!")[2]).stem
    words = [_letters(word) for word in re.split(r"[\W_]+", stem)]
    whole, wanted = "".join(words), _letters(title)
    return bool(wanted) and (wanted in whole or any(len(w) > 3 and w in wanted for w in words))


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
