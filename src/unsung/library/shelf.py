"""The shelf: a folder, archive or single file, read as an album without decoding a note."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path, PurePosixPath

from attrs import evolve, frozen

from unsung.library.clean import cleaned
from unsung.library.files import byte_stamp
from unsung.library.found import Found, music_at
from unsung.library.order import disc_of_folder, in_album_order, natural_key
from unsung.library.titles import are_numbered, chosen_title, title_from_name
from unsung.model.album import Album, Track, Unheard
from unsung.model.errors import LibraryError


@frozen
class Shelf:
    """An album where it lies, and the files there that cannot be heard."""

    place: Path
    album: Album
    unheard: tuple[Unheard, ...] = ()


def shelf(place: Path, film: Path | None = None) -> Shelf:
    """The album at `place`: a folder with all beneath it, an archive, or a single file.

    The film, where it lies there, is no track.
    """
    if not place.exists():
        raise LibraryError(f"{place} is not there; give a folder of music, an archive or one file")
    every = sorted(_music(place, film), key=lambda one: natural_key(one.file))
    whole = [one for one in every if not one.fault]
    unheard = tuple(Unheard(cleaned(one.file), one.fault) for one in every if one.fault)
    if not whole:
        raise LibraryError(_nothing_found(place, unheard))
    return Shelf(place, _album(place, whole), unheard)


def _music(place: Path, film: Path | None) -> Iterator[Found]:
    folder = place if place.is_dir() else place.parent
    known = film.resolve() if film else None
    return (one for one in music_at(place) if not known or (folder / one.file).resolve() != known)


def stamp(shelf_place: Path, track: Track) -> str:
    """The cheap identity of a track's bytes: while it stays, the file need not be read again."""
    return byte_stamp(shelf_place, track.file)


def _album(place: Path, found: Sequence[Found]) -> Album:
    folders = groupby(sorted(found, key=_folder), key=_folder)
    tracks = [track for _, beside in folders for track in _tracks(list(beside))]
    ordered = in_album_order(tracks)
    numbered = tuple(evolve(track, position=at) for at, track in enumerate(ordered, start=1))
    return Album(_album_title(place, numbered), numbered)


def _folder(one: Found) -> str:
    return str(PurePosixPath(one.file).parent)


def _tracks(beside: Sequence[Found]) -> list[Track]:
    """The tracks of the files of one folder, in any order."""
    numbered = are_numbered([one.file for one in beside])
    return [_track(one, numbered=numbered) for one in beside]


def _track(one: Found, *, numbered: bool) -> Track:
    said, name = one.tags, title_from_name(one.file, numbered=numbered)
    return Track(
        position=1,
        file=one.file,
        kind=one.kind,
        title=chosen_title(said.titles, one.file) or name,
        disc=disc_of_folder(one.file) or said.disc,
        number=said.number,
        album_title=said.album,
        people=said.people,
        year=said.year,
        genre=said.genre,
        comment=said.comment,
        identifiers=said.identifiers,
    )


def _album_title(place: Path, tracks: Sequence[Track]) -> str:
    """The commonest album tag, else the name of the folder, archive or file."""
    titles = Counter(track.album_title for track in tracks if track.album_title)
    if titles:
        return titles.most_common(1)[0][0]
    whole = place.resolve()
    return cleaned(whole.name if whole.is_dir() else whole.stem) or "Untitled album"


def _nothing_found(place: Path, unheard: Sequence[Unheard]) -> str:
    if unheard:
        more = f" (and {len(unheard) - 1} more)" if len(unheard) > 1 else ""
        return f"nothing at {place} can be heard: {unheard[0].file}: {unheard[0].reason}{more}"
    return (
        f"{place} holds no music; give a folder, archive or file with recordings"
        " (WAV, FLAC, Ogg, MP3 …) or scores (MIDI, MusicXML)"
    )
