"""Which track of the album a source means by a name: its file, its file's name, or its title."""

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from attrs import evolve

from unsung.library.titles import title_from_name
from unsung.model.album import Album, Track
from unsung.model.story import MusicUse, Story

_NamesOf = Callable[[Track], tuple[str, ...]]

def with_tracks(story: Story, album: Album) -> Story:
    """The story with its music named by the album's files; what is not certain stays unresolved."""
    meant = _meanings(album)
    return evolve(story, uses=tuple(_resolved(use, meant) for use in story.uses))


def _resolved(use: MusicUse, meant: tuple[Mapping[str, tuple[str, ...]], ...]) -> MusicUse:
    """The first way of naming that knows the name decides."""
    for files in meant:
        found = files.get(_folded(use.named), ())
        if len(found) == 1:
            return evolve(use, track_file=found[0])
        if found:
            return evolve(use, candidates=found)
    return use


def _meanings(album: Album) -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """Files by name, the surest way of naming first."""
    return tuple(
        _by_name(album, names) for names in (_paths, _file_names, _stems, _titles, _positions)
    )


def _by_name(album: Album, names: _NamesOf) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for track in album.tracks:
        for name in {_folded(one) for one in names(track)} - {""}:
            found[name] = (*found.get(name, ()), track.file)
    return found


def _paths(track: Track) -> tuple[str, ...]:
    return (track.file,)


def _file_names(track: Track) -> tuple[str, ...]:
    return (_path(track).name,)


def _stems(track: Track) -> tuple[str, ...]:
    return (_path(track).stem,)


def _titles(track: Track) -> tuple[str, ...]:
    return (track.title, title_from_name(track.file, numbered=True))


def _positions(track: Track) -> tuple[str, ...]:
    return (str(track.position),)


def _path(track: Track) -> PurePosixPath:
    return PurePosixPath(track.file.rpartition("!")[2])


def _folded(name: str) -> str:
    """Lower case letters and digits of any script, without accents; a path keeps its parts."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(one for one in plain if one.isalnum() or one == "/")
