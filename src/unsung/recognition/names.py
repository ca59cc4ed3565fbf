"""When two names are the same name."""

import re
import unicodedata

_NOISE = re.compile(
    r"\b(?:the|original|motion|picture|film|movie|game|video|television|tv|soundtrack|score|ost"
    r"|music|from|by|complete|recording|sessions?|expanded|edition|deluxe|remastered)\b"
)


def same_person(one: str, other: str) -> bool:
    """Whether two names of people agree: all words, in any order, accents and case aside."""
    return bool(_words(one)) and _words(one) == _words(other)


def same_title(one: str, other: str) -> bool:
    """Whether two titles agree once words such as `Original Soundtrack` are left out."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def folded(name: str) -> str:
    """Lower case without accents and punctuation; letters of other scripts stay."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = (one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return " ".join("".join(kept).split())


def _words(name: str) -> list[str]:
    return sorted(folded(name).split())


def _bare(title: str) -> str:
    """Without its noise, unless it is nothing else."""
    bare = " ".join(_NOISE.sub(" ", folded(title)).split())
    return bare or folded(title)
