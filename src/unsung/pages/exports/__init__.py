"""Exports: all that was heard, in forms that other programs read.

>>> [document] = exported(soundtrack, "key", "csv")
>>> [labels] = exported(soundtrack, "sections", "audacity", track="Main Theme")

`EXPORTS` is what there is, `FORMATS` the forms, `dictionary()` what every column means. Tables
(`csv`, `json`, `wiki`) are one document with a row for each thing in any track; the others are one
document a track, playlists one a motif, and notation one for each occurrence of a motif.
"""

from collections.abc import Iterable, Iterator

from attrs import evolve

from unsung.model.errors import SettingsError
from unsung.model.film import Placements
from unsung.model.film_case import FilmCase
from unsung.model.finding import Finding
from unsung.model.hearing import Soundtrack
from unsung.model.motif import Motif
from unsung.pages.exports.catalogue import EVERYTHING, EXPORTS
from unsung.pages.exports.columns import Column
from unsung.pages.exports.dictionary import dictionary
from unsung.pages.exports.documents import Document, Format, as_one, safe
from unsung.pages.exports.formats import FORMATS
from unsung.pages.exports.gem_tables import GEMS
from unsung.pages.exports.kinds import ExportKind
from unsung.pages.exports.material import Material

__all__ = [
    "EVERYTHING",
    "EXPORTS",
    "FORMATS",
    "NAMING_FILES",
    "Column",
    "Document",
    "ExportKind",
    "Format",
    "as_one",
    "dictionary",
    "exported",
    "needs_findings",
]

NAMING_FILES = ("m3u8", "edl", "tilia")
"""The formats that name the album's sound files, and so depend on where they will lie."""


def exported(
    soundtrack: Soundtrack,
    what: str,
    format_name: str,
    track: str | None = None,
    motif: str | None = None,
    *,
    findings: tuple[Finding, ...] = (),
    album_path: str = "",
) -> tuple[Document, ...]:
    """What was heard as documents: one for the album, or one a track, as the format has it.

    `track` (a title, a file or a position) leaves only that track, `motif` (a label or a name)
    only that motif. `album_path` leads from where the documents will lie to the album's folder. No
    documents where nothing of the kind was heard.
    """
    chosen_format = _format(format_name)
    whats = _whats(what, chosen_format)
    chosen = _only(_only_motif(soundtrack, motif), track)
    made = chosen_format.documents(Material(chosen, findings, album_path), whats)
    return tuple(made if motif is None else _named_after(chosen, made))


def _named_after(chosen: Soundtrack, documents: Iterable[Document]) -> Iterator[Document]:
    """Tables of one motif, which are called `motifs.csv`, as `motif A.motifs.csv`."""
    stem = f"motif {safe(chosen.motifs[0].label)}" if chosen.motifs else ""
    for one in documents:
        is_table = one.name.startswith(("motifs.", "motif-notes."))
        yield evolve(one, name=f"{stem}.{one.name}") if stem and is_table else one


def needs_findings(what: str, format_name: str) -> bool:
    """Whether an export tells what the questions found, beside what was heard."""
    return GEMS.what in _whats(what, _format(format_name))


def _format(name: str) -> Format:
    for one in FORMATS:
        if one.name == name:
            return one
    raise SettingsError(f"no format {name!r}; there are {_listed(one.name for one in FORMATS)}")


def _whats(what: str, chosen: Format) -> tuple[str, ...]:
    if what == EVERYTHING:
        return chosen.whats
    if what in chosen.whats:
        return (what,)
    if any(kind.what == what for kind in EXPORTS):
        having = _listed(one.name for one in FORMATS if what in one.whats)
        raise SettingsError(f"{what} has no form {chosen.name!r}; it has {having}")
    names = _listed([*(kind.what for kind in EXPORTS), EVERYTHING])
    raise SettingsError(f"nothing called {what!r} to export; there are {names}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _only(soundtrack: Soundtrack, track: str | None) -> Soundtrack:
    if track is None:
        return soundtrack
    try:
        heard = soundtrack[track]
    except KeyError:
        titles = _listed(heard.track.title for heard in soundtrack.heard) or "none"
        raise SettingsError(f"no track {track!r} was heard; there are {titles}") from None
    motifs = tuple(_motifs_in(heard.track.file, soundtrack.motifs))
    film = _film_of(heard.track.file, soundtrack.film)
    return evolve(soundtrack, heard=(heard,), unheard=(), motifs=motifs, film=film)


def _only_motif(soundtrack: Soundtrack, motif: str | None) -> Soundtrack:
    if motif is None:
        return soundtrack
    chosen = tuple(one for one in soundtrack.motifs if motif and motif in (one.label, one.name))
    if not chosen:
        labels = _listed(one.label for one in soundtrack.motifs) or "none"
        raise SettingsError(f"no motif {motif!r} was found; there are {labels}")
    return evolve(soundtrack, motifs=chosen)


def _film_of(file: str, film: FilmCase | None) -> FilmCase | None:
    """The film with what it has of this track alone."""
    if film is None:
        return None
    placed = tuple(one for one in film.placements.placements if one.track_file == file)
    unused = tuple(one for one in film.placements.unused if one.track_file == file)
    return evolve(film, placements=Placements(placed, unused))


def _motifs_in(file: str, motifs: Iterable[Motif]) -> Iterator[Motif]:
    """Those that are stated in this track, and only where they are."""
    for motif in motifs:
        here = tuple(one for one in motif.occurrences if one.track_file == file)
        if here:
            yield evolve(motif, occurrences=here)
