"""The forms an export can take, and the documents of each."""

from collections.abc import Callable, Iterator

from unsung.model.hearing import Heard, Hearing
from unsung.model.notes import Notes
from unsung.pages.exports.annotation_formats import ANNOTATION_FORMATS
from unsung.pages.exports.as_audacity import label_track
from unsung.pages.exports.as_csv import csv_text
from unsung.pages.exports.as_jams import JAMS_ANNOTATIONS, jams_text
from unsung.pages.exports.as_json import rows_json, tables_json
from unsung.pages.exports.as_svl import SVL_CURVES, layers
from unsung.pages.exports.catalogue import EVERYTHING, EXPORTS
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.documents import Document, Format, Whats, safe, track_stem
from unsung.pages.exports.listening_formats import LISTENING_FORMATS
from unsung.pages.exports.material import Material
from unsung.pages.exports.motif_json import motifs_json
from unsung.pages.exports.motif_parts import motif_parts
from unsung.pages.exports.motif_scores import SCORE_WRITERS, WrittenMotif, written_motifs
from unsung.pages.exports.placements_json import placements_json
from unsung.pages.exports.stretches import STRETCHES, stretches
from unsung.pages.notation import WrittenMelody, written_melodies

_KINDS = {kind.what: kind for kind in EXPORTS}


def _csv(material: Material, whats: Whats) -> Iterator[Document]:
    for what in whats:
        yield Document(f"{what}.csv", csv_text(_KINDS[what].table(material)))


def _json(material: Material, whats: Whats) -> Iterator[Document]:
    if whats == ("motifs",):
        yield Document("motifs.json", motifs_json(material.soundtrack))
    elif whats == ("placements",):
        yield Document("placements.json", placements_json(material.soundtrack))
    elif len(whats) == 1:
        yield Document(f"{whats[0]}.json", rows_json(_KINDS[whats[0]], material))
    else:
        kinds = [_KINDS[what] for what in whats]
        yield Document(f"{EVERYTHING}.json", tables_json(kinds, material))


def _jams(material: Material, whats: Whats) -> Iterator[Document]:
    soundtrack = material.soundtrack
    middle = f".{whats[0]}" if len(whats) == 1 else ""
    for heard in soundtrack.heard:
        if answered := _answered(heard, whats):
            name = f"{track_stem(soundtrack, heard)}{middle}.jams"
            yield Document(name, jams_text(soundtrack, heard, answered))


def _answered(heard: Heard, whats: Whats) -> Whats:
    """Those of `whats` that could be heard: what could not is no empty document."""
    return tuple(what for what in whats if not _KINDS[what].absence(heard))


def _audacity(material: Material, whats: Whats) -> Iterator[Document]:
    soundtrack = material.soundtrack
    for heard in soundtrack.heard:
        for what in _answered(heard, whats):
            name = f"{track_stem(soundtrack, heard)}.{what}.txt"
            yield Document(name, label_track(stretches(what, soundtrack, heard)))


def _svl(material: Material, whats: Whats) -> Iterator[Document]:
    soundtrack = material.soundtrack
    for heard in soundtrack.heard:
        for what in _answered(heard, whats):
            for shown, layer in layers(what, soundtrack, heard):
                yield Document(f"{track_stem(soundtrack, heard)}.{shown}.svl", layer)


def _scores(form: str) -> Callable[[Material, Whats], Iterator[Document]]:
    """Motifs and melodies in one form of notation, a file each."""
    ending, write = SCORE_WRITERS[form]

    def documents(material: Material, whats: Whats) -> Iterator[Document]:
        soundtrack = material.soundtrack
        if "motifs" in whats:
            for one in written_motifs(soundtrack):
                yield Document(_motif_stem(one) + ending, write(one.passage, one.title))
        if "melody" in whats:
            for heard in soundtrack.heard:
                for found in written_melodies(heard.hearing):
                    name = f"{track_stem(soundtrack, heard)}.melody {found.number:02d}"
                    yield Document(name + ending, write(found.passage, _melody_title(heard, found)))

    return documents


def _melody_title(heard: Heard, found: WrittenMelody) -> str:
    """`Main Theme, section A, 0:12`."""
    minutes, seconds = divmod(round(found.section.span.start_s), 60)
    title = encodable(heard.track.title)
    return f"{title}, section {encodable(found.section.label)}, {minutes}:{seconds:02}"


def _motif_stem(one: WrittenMotif) -> str:
    """`motif A` for the prototype, `motif A 03` for its third occurrence."""
    return f"motif {safe(one.label)}{f' {one.number:02d}' if one.number else ''}"


def _midi(material: Material, whats: Whats) -> Iterator[Document]:
    if "motifs" in whats:
        yield from _scores("midi")(material, ("motifs",))
    yield from _midi_of_tracks(material, tuple(what for what in whats if what != "motifs"))


def _midi_of_tracks(material: Material, whats: Whats) -> Iterator[Document]:
    from unsung.pages.exports.as_midi import midi_file  # noqa: PLC0415 - only MIDI pays for mido

    soundtrack = material.soundtrack
    for heard in soundtrack.heard:
        hearing = heard.hearing
        for what in whats:
            if what == "motif-notes":
                notes = motif_parts(soundtrack, heard)
            else:
                notes = _LINES[what](hearing)
            yield Document(f"{track_stem(soundtrack, heard)}.{what}.mid", midi_file(hearing, notes))


_LINES: dict[str, Callable[[Hearing], Notes]] = {
    "notes": lambda hearing: hearing.notes,
    "melody": lambda hearing: hearing.melody,
    "bass": lambda hearing: hearing.layers.bass,
    "inner": lambda hearing: hearing.layers.inner,
}
_ALL = tuple(_KINDS)
_WRITTEN = ("motifs", "melody")
_NOTATION = {
    "musicxml": "MusicXML 4.0: each motif, each of its occurrences, the melody of each section.",
    "mei": "MEI 5, likewise a file for each.",
    "pae": "Plaine & Easie incipit, likewise; of a chord, its highest note.",
    "svg": "Engraved by Verovio, a picture for each of the same.",
}

FORMATS: tuple[Format, ...] = (
    Format("csv", "Comma-separated values with labelled columns, one table an export.", _ALL, _csv),
    Format("json", "JSON that explains its own columns.", _ALL, _json),
    Format("jams", "JAMS 0.3.5, one file a track.", tuple(JAMS_ANNOTATIONS), _jams),
    Format("audacity", "Audacity label track, one file a track.", tuple(STRETCHES), _audacity),
    Format(
        "svl",
        "Sonic Visualiser layer, one file a track and layer.",
        (*STRETCHES, *SVL_CURVES),
        _svl,
    ),
    Format(
        "midi",
        "Standard MIDI file, one file a track, or an occurrence of a motif.",
        ("motifs", "motif-notes", *_LINES),
        _midi,
    ),
    *(Format(form, meaning, _WRITTEN, _scores(form)) for form, meaning in _NOTATION.items()),
    *ANNOTATION_FORMATS,
    *LISTENING_FORMATS,
)
