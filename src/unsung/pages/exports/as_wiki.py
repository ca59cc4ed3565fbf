"""Tables for MediaWiki, and so for Fandom, in the forms that fans write by hand.

Motifs stand as in the catalogues of leitmotifs (label, incipit, uses, first statement), then each
with a list of its places, `''Track'' – 0:53–1:35, 2:17–2:26`, to the second. Whatever a title or a
name holds is text there: signs that begin markup are written as entities.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from unsung import __version__
from unsung.model.hearing import Heard
from unsung.model.motif import Motif, Occurrence
from unsung.pages.exports.album_tables import key_name
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.gem_tables import gems, plain_claim
from unsung.pages.exports.material import Material
from unsung.pages.exports.motif_tables import heard_in, notes_of
from unsung.pages.notation import occurrence_key, spelled_notes
from unsung.pages.report.places import title, title_of
from unsung.pages.report.wording import clock, length

_MARKUP = re.compile(r"[&<>\[\]{}|~]|''+|__+|!!|://|^[*#:;+\-!=']|'$")
_MOST_NOTES = 16

Rows = Iterable[Sequence[str]]


def wiki_text(what: str, material: Material) -> str:
    """The page's part about one export, with a line that says where it comes from."""
    return f"{WIKI_PAGES[what](material)}\n{_source()}"


def escaped(text: str) -> str:
    """Text that MediaWiki shows as it is, on one line."""
    return _MARKUP.sub(lambda found: _entities(found[0]), " ".join(encodable(text).split()))


def _entities(text: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text)


def _source() -> str:
    return (
        f"<!-- Heard by Unsung {__version__}: a machine's hearing, times to about a second. -->\n"
    )


def _motifs(material: Material) -> str:
    heard, motifs = heard_in(material.soundtrack), material.soundtrack.motifs
    head = ("Motif", "Incipit", "Uses", "Tracks", "First heard")
    table = _table(head, [_motif_row(one, heard) for one in motifs])
    return table + "".join(_places(one, heard) for one in motifs)


def _motif_row(motif: Motif, heard: dict[str, Heard]) -> Sequence[str]:
    first = _in_order(motif, heard)[0]
    return (
        f"'''{escaped(title(motif))}'''",
        _incipit(motif, heard),
        str(len(motif.occurrences)),
        str(len({one.track_file for one in motif.occurrences})),
        f"{_name(heard[first.track_file])}, {clock(first.span.start_s)}",
    )


def _in_order(motif: Motif, heard: dict[str, Heard]) -> list[Occurrence]:
    def order(one: Occurrence) -> tuple[int, float]:
        return heard[one.track_file].track.position, one.span.start_s

    return sorted(motif.occurrences, key=order)


def _incipit(motif: Motif, heard: dict[str, Heard]) -> str:
    """The prototype's first notes by name: `G4 C5 D5 E♭5`; empty where its track is left out."""
    one = motif.prototype
    at = heard.get(one.track_file)
    if at is None:
        return ""
    key = occurrence_key(at.hearing, one.span)
    names = [note.name for note in spelled_notes(notes_of(at.hearing, one), key)]
    return " ".join(names[:_MOST_NOTES]) + (" …" if len(names) > _MOST_NOTES else "")


def _places(motif: Motif, heard: dict[str, Heard]) -> str:
    """A heading, what it means where somebody said so, and a line for each track."""
    by_track: dict[str, list[Occurrence]] = {}
    for one in _in_order(motif, heard):
        by_track.setdefault(one.track_file, []).append(one)
    meaning = _meaning(motif)
    lines = [
        f"* {_name(heard[file])} – {', '.join(_span(one) for one in found)}"
        for file, found in by_track.items()
    ]
    return f"\n=== {escaped(title(motif))} ===\n{meaning}" + "\n".join(lines) + "\n"


def _meaning(motif: Motif) -> str:
    if not motif.meaning.strip():
        return ""
    source = f" ({escaped(motif.meaning_source)})" if motif.meaning_source.strip() else ""
    return f"{escaped(motif.meaning)}{source}\n"


def _span(one: Occurrence) -> str:
    return f"{clock(one.span.start_s)}–{clock(one.span.end_s)}"


def _tracks(material: Material) -> str:
    head = ("#", "Track", "Length", "Key", "Motifs")
    motifs = material.soundtrack.motifs
    return _table(head, [_track_row(one, motifs) for one in material.soundtrack.heard])


def _track_row(heard: Heard, motifs: Sequence[Motif]) -> Sequence[str]:
    stated = (
        one for one in motifs if heard.track.file in {at.track_file for at in one.occurrences}
    )
    return (
        str(heard.track.position),
        _name(heard),
        length(heard.hearing.duration_s),
        key_name(heard.hearing.key.overall),
        ", ".join(escaped(one.name.strip() or one.label) for one in stated),
    )


def _gems(material: Material) -> str:
    heard = heard_in(material.soundtrack)
    rows = [
        (
            _name(heard[one.file]),
            f"{clock(one.span.start_s)}–{clock(one.span.end_s)}",
            f"{one.kind} ({one.finding.verdict})",
            escaped(plain_claim(one.finding)),
        )
        for one in gems(material)
    ]
    return _table(("Track", "Listen to", "Named as", "Because"), rows)


def _placements(material: Material) -> str:
    heard, film = heard_in(material.soundtrack), material.soundtrack.film
    rows = [
        (
            f"{clock(one.film_span.start_s)}–{clock(one.film_span.end_s)}",
            _name(heard[one.track_file]),
            f"{clock(one.track_span.start_s)}–{clock(one.track_span.end_s)}",
        )
        for one in (film.placements.placements if film else ())
        if one.track_file in heard
    ]
    return _table(("In the film", "Track", "Of the track"), rows)


def _table(head: Sequence[str], rows: Rows) -> str:
    body = "".join(f"|-\n| {' || '.join(row)}\n" for row in rows)
    return f'{{| class="wikitable sortable"\n|-\n! {" !! ".join(head)}\n{body}|}}\n'


def _name(heard: Heard) -> str:
    return f"''{escaped(title_of(heard))}''"


WIKI_PAGES: dict[str, Callable[[Material], str]] = {
    "motifs": _motifs,
    "tracks": _tracks,
    "gems": _gems,
    "placements": _placements,
}
"""By export: what a wiki shows of it."""
