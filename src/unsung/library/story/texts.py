"""Texts as they lie on disk: UTF-8, UTF-16 with its mark, or what old subtitles were written in."""

from pathlib import Path

from unsung.model.errors import LibraryError

MOST_BYTES = 32_000_000


def text_of(path: Path) -> str:
    """What the file says, with `\\n` between its lines."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise LibraryError(f"{path} is larger than {MOST_BYTES} bytes; give the story alone")
        content = path.read_bytes()
    except OSError as error:
        raise LibraryError(f"{path} could not be read: {error.strerror}") from error
    text = _decoded(content)
    if "\0" in text:
        raise LibraryError(f"{path} is no text; give subtitles, a screenplay or a cue sheet")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
