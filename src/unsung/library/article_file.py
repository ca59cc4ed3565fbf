"""`article.md`: the article as its author keeps it, beside the music.

The first line may be a heading, the title; all else is the text. It is never written over.
"""

from pathlib import Path

from unsung.library.testimony_file import BESIDE_THE_MUSIC
from unsung.model.errors import LibraryError

ARTICLE_NAME = "article.md"


def article_path(home: Path) -> Path:
    """Where it lies: beside the music, or in a project folder that does not lie there."""
    return (home.parent if home.name == BESIDE_THE_MUSIC else home) / ARTICLE_NAME


def own_article(path: Path) -> str | None:
    """What its author wrote; None where there is no such file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path} could not be read as text: {error}") from error
