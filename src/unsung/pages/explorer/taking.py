"""What a reader can take along: exports, as links to what makes them or to where they lie.

A published folder holds some of them, made beforehand; what it does not hold is not offered there.
"""

from collections.abc import Iterator

from attrs import evolve, frozen

from unsung.model.hearing import Heard
from unsung.model.motif import Motif
from unsung.model.score import Score
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.urls import Taken
from unsung.pages.exports import EVERYTHING, EXPORTS
from unsung.pages.exports.gem_tables import gems
from unsung.pages.exports.material import Material
from unsung.pages.exports.reels import reels

_TABLE_FORMS = ("csv", "json")
_PLAYLISTS = (("for VLC", "m3u8"), ("for mpv", "edl"))
_SAVED_BESIDE = "Save it in the album’s own folder, beside the music, and it plays."
_NOTATION = (("MusicXML", "musicxml"), ("MEI", "mei"), ("MIDI", "midi"))


@frozen
class Download:
    """A link and the word on it."""

    word: str
    address: str


@frozen
class Offer:
    """One thing, or one form, and its downloads."""

    name: str
    meaning: str
    downloads: tuple[Download, ...]


Wish = tuple[str, Taken]
"""The word on a link, and what it leads to."""
Asked = Iterator[tuple[str, str, list[Wish]]]
"""Names, meanings and wishes, before it is known what of them can be had."""


def album_offers(context: ExplorerContext) -> tuple[tuple[str, tuple[Offer, ...]], ...]:
    """What there is of the whole album, under two summaries; nothing where nothing can be had."""
    known = (
        ("For players, wikis and other programs", _had(_of_the_album(context), context)),
        ("All that was heard, as tables", _had(_tables(), context)),
    )
    return tuple((summary, offers) for summary, offers in known if offers)


def track_offers(context: ExplorerContext, heard: Heard) -> tuple[Offer, ...]:
    """What other programs read of one track."""
    return _had(_of_a_track(context, heard), context)


def motif_offers(context: ExplorerContext, motif: Motif) -> tuple[Offer, ...]:
    """A motif to play in a row, to read and to write about."""
    return _had(_of_a_motif(context, motif), context)


def gem_offers(context: ExplorerContext) -> tuple[Offer, ...]:
    """The gems to play, and what is said of them."""
    return _had(_of_the_gems(context), context)


def film_offers(context: ExplorerContext) -> tuple[Offer, ...]:
    """Where the album sounds in the film, for players of either."""
    return _had(_of_the_film(context), context)


def takings(context: ExplorerContext) -> tuple[Taken, ...]:
    """All that pages would offer of what is small enough to be published."""
    soundtrack = context.soundtrack
    asked = [
        *_of_the_album(context),
        *(wish for wish in _tables() if wish[2][0][1].what in _PUBLISHED_TABLES),
        *_of_the_gems(context),
        *_of_the_film(context),
        *(wish for one in soundtrack.heard for wish in _of_a_track(context, one)),
        *(wish for one in soundtrack.motifs for wish in _of_a_motif(context, one)),
    ]
    found = (taken for _, _, wishes in asked for _, taken in wishes)
    return tuple(
        one
        for one in dict.fromkeys(found)
        if one.form not in _LARGE_FORMS and one.what not in _LARGE
    )


_PUBLISHED_TABLES = ("tracks", "motifs", "sections", "key", "tempo")
_LARGE_FORMS, _LARGE = ("svl", "jams"), ("notes",)
"""What is not published: it is large, or has every note of a track."""


def _had(asked: Asked, context: ExplorerContext) -> tuple[Offer, ...]:
    """The offers of which something can be had."""
    offers = []
    for name, meaning, wishes in asked:
        found = [Download(word, context.urls.export(taken)) for word, taken in wishes]
        if downloads := tuple(one for one in found if one.address):
            offers.append(Offer(name, meaning, downloads))
    return tuple(offers)


def _of_the_album(context: ExplorerContext) -> Asked:
    if _can_be_played("motifs", context):
        meaning = f"Each motif’s places in a row. {_SAVED_BESIDE}"
        yield "Playlists of the motifs", meaning, _forms("motifs", _PLAYLISTS)
    tables = [("motifs", Taken("motifs", "wiki")), ("tracks", Taken("tracks", "wiki"))]
    yield "Wiki tables", "For MediaWiki and Fandom.", tables
    tilia = [("all tracks", Taken(EVERYTHING, "tilia"))]
    yield "TiLiA", "Timelines to annotate further.", tilia


def _tables() -> Asked:
    for kind in EXPORTS:
        name = kind.what.replace("-", " ").capitalize()
        forms = [(form.upper(), Taken(kind.what, form)) for form in _TABLE_FORMS]
        yield name, kind.meaning, forms


def _of_a_track(context: ExplorerContext, heard: Heard) -> Asked:
    position = heard.track.position
    is_score = isinstance(heard.hearing.source, Score)
    stated = any(
        one.track_file == heard.track.file
        for motif in context.soundtrack.motifs
        for one in motif.occurrences
    )
    lines = ("motifs", "sections") if stated else ("sections",)

    def each(form: str, whats: tuple[str, ...]) -> list[Wish]:
        return [(what, Taken(what, form, position)) for what in whats]

    if not is_score:
        yield "Chapters", "For FFmpeg: MP3, M4A, Matroska.", each("chapters", lines)
        yield "Chapter tags", "For FLAC, Ogg and mkvmerge.", each("chapter-tags", lines)
        yield "LRC", "What sounds just now, where players show lyrics.", each("lrc", lines)
    labels = ("motifs", "sections", "key", "chords", "melody")
    yield "Audacity labels", "", each("audacity", labels)
    yield "Sonic Visualiser layers", "", each("svl", labels)
    yield "TiLiA", "Timelines to annotate further.", each("tilia", (EVERYTHING,))
    if is_score:
        yield "Dezrann", "Labels over the score.", each("dezrann", (EVERYTHING,))
    yield "MIDI", "", each("midi", ("notes", "melody"))
    yield "JAMS", "", each("jams", (EVERYTHING,))


def _of_a_motif(context: ExplorerContext, motif: Motif) -> Asked:
    label = motif.label
    if _can_be_played("motifs", context, motif):
        meaning = f"Its places in a row. {_SAVED_BESIDE}"
        yield "Playlist", meaning, _forms("motifs", _PLAYLISTS, label)
    if any(len(one.notes) for one in motif.occurrences):
        yield "Notation", "The prototype and every occurrence.", _forms("motifs", _NOTATION, label)
    yield (
        "Wiki table",
        "For MediaWiki and Fandom.",
        _forms("motifs", (("wikitext", "wiki"),), label),
    )
    csv = (("CSV", "csv"),)
    yield "Places", "Where it is heard, and how changed.", _forms("motifs", csv, label)
    yield "Notes", "And what they answer to.", _forms("motif-notes", csv, label)


def _of_the_gems(context: ExplorerContext) -> Asked:
    if not gems(Material(context.soundtrack, context.findings)):
        return
    if _can_be_played("gems", context):
        yield "Playlist", f"The tracks named here. {_SAVED_BESIDE}", _forms("gems", _PLAYLISTS)
    yield "Wiki table", "For MediaWiki and Fandom.", _forms("gems", (("wikitext", "wiki"),))
    yield "Table", "With what speaks for and against.", _forms("gems", (("CSV", "csv"),))


def _of_the_film(context: ExplorerContext) -> Asked:
    film = context.soundtrack.film
    if film is None or not film.placements.placements:
        return
    chapters = (("for FFmpeg", "chapters"), ("for mkvmerge", "chapter-tags"))
    yield "Chapters of the film", "Which track sounds when.", _forms("placements", chapters)
    for what, name in (("placements", "As the film plays it"), ("unused", "What it leaves out")):
        if _can_be_played(what, context):
            yield name, f"A playlist of the album. {_SAVED_BESIDE}", _forms(what, _PLAYLISTS)
    tables = (("CSV", "csv"), ("JSON", "json"), ("wikitext", "wiki"))
    yield "Placements", "Where each track sounds, as a table.", _forms("placements", tables)


def _forms(what: str, forms: tuple[tuple[str, str], ...], motif: str = "") -> list[Wish]:
    return [(word, Taken(what, form, motif=motif)) for word, form in forms]


def _can_be_played(what: str, context: ExplorerContext, motif: Motif | None = None) -> bool:
    """Whether a player could open anything of it: scores have no sound."""
    soundtrack = (
        context.soundtrack if motif is None else evolve(context.soundtrack, motifs=(motif,))
    )
    return any(reels(what, Material(soundtrack, context.findings)))
