"""Forms for players: playlists, edit lists, chapters, and lines that go with the music."""

from collections.abc import Callable, Iterable, Iterator

from attrs import evolve

from unsung.model.album import Recording
from unsung.model.hearing import Heard, Soundtrack
from unsung.pages.exports.as_chapters import chapter_tags, ffmetadata
from unsung.pages.exports.as_edl import edl
from unsung.pages.exports.as_lrc import lrc
from unsung.pages.exports.as_m3u8 import m3u8
from unsung.pages.exports.documents import Document, Format, Whats, beside_names, safe, track_stem
from unsung.pages.exports.material import Material
from unsung.pages.exports.motif_tables import heard_in
from unsung.pages.exports.reels import REELS, Reel, reels
from unsung.pages.exports.stretches import LONG_STRETCHES, Stretch, stretches
from unsung.pages.exports.succession import Piece, succession
from unsung.pages.report.places import title_of

Documents = Iterator[Document]


def _reeled(
    ending: str, write: Callable[[Reel, str], bytes]
) -> Callable[[Material, Whats], Documents]:
    """A document for each reel."""

    def documents(material: Material, whats: Whats) -> Documents:
        for what in whats:
            for reel in reels(what, material):
                content = write(reel, material.album_path)
                yield Document(f"{safe(reel.name)}.{ending}", content)

    return documents


def _chaptered(
    ending: str, write: Callable[[Iterable[Piece]], str]
) -> Callable[[Material, Whats], Documents]:
    """A document for each recording, and one for the film."""

    def documents(material: Material, whats: Whats) -> Documents:
        soundtrack = material.soundtrack
        for what in whats:
            if what == "placements":
                yield from _of_the_film(soundtrack, ending, write)
                continue
            for heard in _recordings(soundtrack):
                name = f"{track_stem(soundtrack, heard)}.{what}.{ending}"
                yield Document(name, write(_pieces(what, soundtrack, heard)))

    return documents


def _of_the_film(
    soundtrack: Soundtrack, ending: str, write: Callable[[Iterable[Piece]], str]
) -> Documents:
    """Which track sounds when, as chapters of the film."""
    film, heard = soundtrack.film, heard_in(soundtrack)
    if film is None or film.duration_s <= 0:
        return
    found = [
        Stretch(one.film_span.start_s, one.film_span.end_s, title_of(heard[one.track_file]), 1.0)
        for one in film.placements.placements
        if one.track_file in heard
    ]
    if found:
        yield Document(f"film.{ending}", write(succession(found, film.duration_s)))


def _lines(material: Material, whats: Whats) -> Documents:
    """A document for each recording, named as players look for it."""
    soundtrack = material.soundtrack
    stems = beside_names(soundtrack)
    for heard in _recordings(soundtrack):
        for what in whats:
            middle = f".{what}" if len(whats) > 1 else ""
            name = f"{stems[heard.track.file]}{middle}.lrc"
            yield Document(name, lrc(heard, _pieces(what, soundtrack, heard)))


def _recordings(soundtrack: Soundtrack) -> Iterator[Heard]:
    """A score has no sound that could go on meanwhile."""
    return (one for one in soundtrack.heard if isinstance(one.hearing.source, Recording))


def _pieces(what: str, soundtrack: Soundtrack, heard: Heard) -> tuple[Piece, ...]:
    """The stretches in words that are understood alone: `Motif A`, `Section B`."""
    begun = _BEGUN.get(what, "")
    found = stretches(what, soundtrack, heard)
    worded = [evolve(one, text=f"{begun}{one.text}") for one in found]
    return succession(worded, heard.hearing.duration_s)


_BEGUN = {"motifs": "Motif ", "sections": "Section "}
_CHAPTERS = (*LONG_STRETCHES, "placements")

LISTENING_FORMATS = (
    Format("m3u8", "Playlist, one a motif, of the gems, or of the film.", tuple(REELS),
           _reeled("m3u8", m3u8)),
    Format("edl", "mpv's edit list, likewise: all of it plays as one file.", tuple(REELS),
           _reeled("edl", edl)),
    Format("chapters", "FFmpeg's metadata: chapters of a track, or of the film.", _CHAPTERS,
           _chaptered("ffmetadata", ffmetadata)),
    Format("chapter-tags", "The same as tags for FLAC, Ogg and Matroska.", _CHAPTERS,
           _chaptered("chapters.txt", chapter_tags)),
    Format("lrc", "LRC: what sounds just now, where players show lyrics; one file a track.",
           LONG_STRETCHES, _lines),
)  # fmt: skip
