"""Documents: files to be, under names that are safe on any system."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from attrs import frozen

from unsung.model.hearing import Heard, Soundtrack
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.material import Material

Whats = tuple[str, ...]

_LONGEST_TITLE = 80
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\ud800-\udfff]')
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP archive can hold: the same documents are always the same bytes."""


@frozen
class Document:
    """A file to be: its name, safe on any system, and what is in it."""

    name: str
    content: str | bytes

    @property
    def encoded(self) -> bytes:
        """The content as bytes; text as UTF-8."""
        return self.content if isinstance(self.content, bytes) else self.content.encode()


@frozen
class Format:
    """A form of export: which exports have it, and the documents it makes of them."""

    name: str
    meaning: str
    whats: Whats
    documents: Callable[[Material, Whats], Iterator[Document]]


def archive(name: str, documents: Sequence[Document]) -> Document:
    """Several documents as one: a ZIP archive with a file for each."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in documents:
            packed.writestr(_member(one.name), one.encoded)
    return Document(f"{name}.zip", content.getvalue())


def as_one(name: str, documents: Sequence[Document]) -> Document:
    """The only document, or all of them in an archive of this name."""
    return documents[0] if len(documents) == 1 else archive(name, documents)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _LONG_AGO)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def track_stem(soundtrack: Soundtrack, heard: Heard) -> str:
    """`03 Title`: the position tells equal titles apart and keeps reserved names away."""
    width = max(2, len(str(len(soundtrack.album.tracks))))
    return f"{heard.track.position:0{width}d} {safe(heard.track.title)}".strip()


def safe(text: str) -> str:
    """Letters, digits, spaces and a few signs of a text, as part of a file's name."""
    composed = unicodedata.normalize("NFC", encodable(text))
    return re.sub(r"[^\w\-']+", " ", composed)[:_LONGEST_TITLE].strip()


def beside_names(soundtrack: Soundtrack) -> dict[str, str]:
    """For each track's file, its name without the ending, by which players find what goes with it.

    Where that is not safe, or two discs share it, it is `03 Title` instead.
    """
    stems = {one.track.file: PurePosixPath(one.track.file).stem for one in soundtrack.heard}
    folded = [stem.casefold() for stem in stems.values()]
    return {
        one.track.file: stem
        if _is_safe(stem := stems[one.track.file]) and folded.count(stem.casefold()) == 1
        else track_stem(soundtrack, one)
        for one in soundtrack.heard
    }


def _is_safe(stem: str) -> bool:
    return not _UNSAFE.search(stem) and stem.strip(" .") == stem != ""
