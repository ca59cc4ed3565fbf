"""`article.md`: the article as its author keeps it, beside the music.

The first line may be a heading, the title; all else is the text. Only its author writes over it.
"""

import hashlib
from pathlib import Path

from unsung.library.testimony_file import BESIDE_THE_MUSIC
from unsung.model.errors import LibraryError

ARTICLE_NAME = "article.md"
MOST_BYTES = 2**18


def article_path(home: Path) -> Path:
    """Where it lies: beside the music, or in a project folder that does not lie there."""
    return (home.parent if home.name == BESIDE_THE_MUSIC else home) / ARTICLE_NAME


def own_article(path: Path) -> str | None:
    """What its author wrote; None where there is no such file."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path} could not be read as text: {error}") from error
    if len(content) > MOST_BYTES:
        raise LibraryError(f"{path} is larger than {MOST_BYTES // 2**10} kB; it is no article")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_digest(text: str | None) -> str:
    """By what a text is known; empty where there is none."""
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()


def title_and_text(own: str, title: str) -> tuple[str, str]:
    """The heading of the first line, or `title` where there is none; and the rest."""
    first, _, rest = own.lstrip().partition("\n")
    return (first[2:].strip(), rest.lstrip("\n")) if first.startswith("# ") else (title, own)
