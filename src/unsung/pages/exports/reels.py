"""Reels: stretches of the album to be played one after another, whatever track each is in.

What has no file of its own that a player could open, a member of an archive or a score, is left
out, and the reel says how many those are.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from unsung.model.album import Recording
from unsung.model.film import AlbumPlace
from unsung.model.hearing import Heard
from unsung.model.time import Span
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.gem_tables import Gem, gems
from unsung.pages.exports.material import Material
from unsung.pages.exports.motif_tables import heard_in
from unsung.pages.report.places import title, title_of
from unsung.pages.report.wording import clock

_INSIDE_AN_ARCHIVE = re.compile(r"\.\w+!")


@frozen
class Excerpt:
    """A stretch of a track, and what a player shows meanwhile; `whole` where it is all of it."""

    file: str
    span: Span
    title: str
    whole: bool = False


@frozen
class Reel:
    """What is played, in order. `left_out` counts what cannot be: it has no file of its own."""

    name: str
    title: str
    excerpts: tuple[Excerpt, ...]
    left_out: int = 0


def reels(what: str, material: Material) -> Iterator[Reel]:
    """The reels of one export; none of which nothing can be played."""
    heard = heard_in(material.soundtrack)
    for reel in REELS[what](material, heard):
        playable = tuple(one for one in reel.excerpts if _has_a_file(one.file, heard))
        if playable:
            yield Reel(reel.name, reel.title, playable, len(reel.excerpts) - len(playable))


def _has_a_file(file: str, heard: Mapping[str, Heard]) -> bool:
    is_sound = isinstance(heard[file].hearing.source, Recording)
    return is_sound and not _INSIDE_AN_ARCHIVE.search(file)


Known = Mapping[str, Heard]


def _motifs(material: Material, heard: Known) -> Iterator[Reel]:
    """All occurrences of a motif, as the album goes on."""
    for motif in material.soundtrack.motifs:
        said = encodable(title(motif))
        places = [(one.track_file, one.span) for one in motif.occurrences]
        yield Reel(f"motif {motif.label}", said, _excerpts(places, heard, said))


def _gems(material: Material, heard: Known) -> Iterator[Reel]:
    """The tracks themselves, whole, each once; the title says where to listen."""
    weightiest: dict[str, Gem] = {}
    for one in gems(material):
        weightiest.setdefault(one.file, one)
    tracks = tuple(_whole(one, heard[one.file]) for one in weightiest.values())
    yield Reel("gems", "Worth hearing", tracks)


def _whole(gem: Gem, heard: Heard) -> Excerpt:
    said = f"{title_of(heard)} ({gem.kind}; listen from {clock(gem.span.start_s)})"
    return Excerpt(gem.file, Span(0.0, heard.hearing.duration_s), encodable(said), whole=True)


def _film(material: Material, heard: Known) -> Iterator[Reel]:
    """What the film plays of the album, as the film goes on."""
    film = material.soundtrack.film
    places = (
        [(one.track_file, one.track_span) for one in film.placements.placements] if film else []
    )
    yield Reel("film", "As the film plays it", _excerpts(places, heard))


def _unused(material: Material, heard: Known) -> Iterator[Reel]:
    """What the film leaves out."""
    film = material.soundtrack.film
    unused: tuple[AlbumPlace, ...] = film.placements.unused if film else ()
    places = [(one.track_file, one.span) for one in unused]
    yield Reel("unused", "What the film leaves out", _excerpts(places, heard))


def _excerpts(
    places: Iterable[tuple[str, Span]], heard: Known, said: str = ""
) -> tuple[Excerpt, ...]:
    """`Motif A: The call, Overture 0:53`."""
    begun = f"{said}, " if said else ""
    return tuple(
        Excerpt(file, span, f"{begun}{encodable(title_of(heard[file]))} {clock(span.start_s)}")
        for file, span in places
        if file in heard
    )


REELS: dict[str, Callable[[Material, Known], Iterator[Reel]]] = {
    "motifs": _motifs,
    "gems": _gems,
    "placements": _film,
    "unused": _unused,
}
"""By export: what of it can be played in a row."""
