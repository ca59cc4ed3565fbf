"""JAMS 0.3.5 (Humphrey et al., ISMIR 2014): one file a track, in namespaces that others read.

Motifs are `pattern_jku`, sections `segment_open`, keys `key_mode`, chords `chord`, tempi `tempo`,
notes, melody, bass and inner voices `note_midi`, swells, modes, textures and instruments
`tag_open`. What JAMS has no word for stands in the sandboxes, under `unsung`. An undecided key is
`N`; no chord is `N` and an undecided one `X`; a stretch without a clear pulse has no tempo and so
no observation.
"""

import json
from collections.abc import Callable, Iterator

from attrs import evolve

from unsung import __version__
from unsung.model.harmony import Chord
from unsung.model.hearing import Heard, Hearing, Soundtrack
from unsung.model.motif import Motif, Occurrence
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CHORD, Outcome
from unsung.model.pitch import Key
from unsung.pages.exports.album_tables import TRACKS
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.material import Material
from unsung.pages.exports.motif_tables import notes_of
from unsung.pages.exports.stretches import stretches
from unsung.pages.notation import occurrence_key, spelled_notes

_JAMS_VERSION = "0.3.5"

Json = dict[str, object]


def jams_text(soundtrack: Soundtrack, heard: Heard, whats: tuple[str, ...]) -> str:
    """The annotations of one track named by `whats`, as JSON in the JAMS schema."""
    jams = {
        "file_metadata": _file_metadata(heard),
        "annotations": [_annotation(what, soundtrack, heard) for what in whats],
        "sandbox": {"unsung": {"version": __version__, "track": _track(soundtrack, heard)}},
    }
    return json.dumps(jams, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _file_metadata(heard: Heard) -> Json:
    track = heard.track
    artists = [one.name for one in track.people if one.role in {"artist", "composer"}]
    return {
        "title": encodable(track.title),
        "artist": encodable("; ".join(dict.fromkeys(artists))),
        "release": encodable(track.album_title),
        "duration": _seconds(heard.hearing.duration_s),
        "identifiers": {encodable(kind): encodable(value) for kind, value in track.identifiers},
        "jams_version": _JAMS_VERSION,
    }


def _seconds(seconds: float) -> float:
    return round(seconds, 6)


def _track(soundtrack: Soundtrack, heard: Heard) -> Json:
    table = TRACKS.table(Material(evolve(soundtrack, heard=(heard,))))
    return dict(zip(table.names, next(table.rows), strict=True))


def _annotation(what: str, soundtrack: Soundtrack, heard: Heard) -> Json:
    namespace, observations = JAMS_ANNOTATIONS[what]
    sandbox: Json = {"what": what}
    if what == "motifs":
        sandbox["patterns"] = [_pattern(motif) for motif in soundtrack.motifs]
    return {
        "namespace": namespace,
        "annotation_metadata": {
            "annotation_tools": f"Unsung {__version__}",
            "data_source": "program",
        },
        "data": list(observations(soundtrack, heard)),
        "sandbox": {"unsung": sandbox},
        "time": 0.0,
        "duration": _seconds(heard.hearing.duration_s),
    }


def _observation(start_s: float, end_s: float, value: object, confidence: object) -> Json:
    return {
        "time": _seconds(start_s),
        "duration": _seconds(end_s - start_s),
        "value": value,
        "confidence": confidence,
    }


def _sections(_soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    for one in heard.hearing.sections.sections:
        span, strength = one.span, round(one.boundary_strength, 4)
        yield _observation(span.start_s, span.end_s, one.label, strength)


def _keys(_soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    for one in heard.hearing.key.spans:
        clarity = round(one.clarity, 4)
        yield _observation(one.span.start_s, one.span.end_s, _key_mode(one.key), clarity)


def _key_mode(key: Key | Outcome) -> str:
    if not isinstance(key, Key):
        return "N"
    return key.name.replace("♭", "b").replace("♯", "#").replace(" ", ":")


def _chords(_soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    for one in heard.hearing.chords.spans:
        confidence = round(one.confidence, 4)
        yield _observation(one.span.start_s, one.span.end_s, _harte(one.chord), confidence)


def _harte(chord: Chord | Outcome) -> str:
    if isinstance(chord, Chord):
        return chord.harte
    return "N" if chord is NO_CHORD else "X"


def _modes(soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    for one in stretches("modes", soundtrack, heard):
        yield _observation(one.start_s, one.end_s, one.text, round(one.value, 4))


def _textures(soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    for one in stretches("texture", soundtrack, heard):
        yield _observation(one.start_s, one.end_s, one.text, round(one.value, 4))


def _tempi(_soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    for one in heard.hearing.tempo.spans:
        if not isinstance(one.tempo_bpm, Outcome):
            tempo_bpm, clarity = round(one.tempo_bpm, 3), round(one.clarity, 4)
            yield _observation(one.span.start_s, one.span.end_s, tempo_bpm, clarity)


def _swells(soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    for one in stretches("swells", soundtrack, heard):
        yield _observation(one.start_s, one.end_s, one.text, None)


def _playing(soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    for one in stretches("playing", soundtrack, heard):
        yield _observation(one.start_s, one.end_s, one.text, round(one.value, 4))


def _each_note(notes: Notes) -> Iterator[Json]:
    columns = (notes.onset_s, notes.end_s, notes.midi_pitch, notes.salience)
    for onset_s, end_s, pitch, salience in zip(*(one.tolist() for one in columns), strict=True):
        yield _observation(onset_s, end_s, round(pitch, 3), round(salience, 4))


def _motifs(soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    """Every note of every occurrence in this track.

    `pattern_id` is the motif's place on the album, the same in all its tracks; `occurrence_id`
    counts the album's occurrences, so that those of other tracks leave gaps.
    """
    for pattern, motif in enumerate(soundtrack.motifs, start=1):
        for number, one in enumerate(motif.occurrences, start=1):
            if one.track_file == heard.track.file:
                yield from _pattern_notes(heard.hearing, one, pattern, number)


def _pattern_notes(hearing: Hearing, one: Occurrence, pattern: int, number: int) -> Iterator[Json]:
    ids = {"pattern_id": pattern, "occurrence_id": number}
    confidence, notes = round(one.confidence, 4), notes_of(hearing, one)
    spelling = spelled_notes(notes, occurrence_key(hearing, one.span))
    columns = (notes.onset_s.tolist(), notes.end_s.tolist(), notes.midi_pitch.tolist(), spelling)
    for onset_s, end_s, pitch, spelled in zip(*columns, strict=True):
        value = {"midi_pitch": round(pitch, 3), "morph_pitch": spelled.morph_pitch, "staff": 0}
        yield _observation(onset_s, end_s, value | ids, confidence)


def _pattern(motif: Motif) -> Json:
    return {
        "label": motif.label,
        "name": encodable(motif.name),
        "prominence": round(motif.prominence, 4),
    }


JAMS_ANNOTATIONS: dict[str, tuple[str, Callable[[Soundtrack, Heard], Iterator[Json]]]] = {
    "motifs": ("pattern_jku", _motifs),
    "sections": ("segment_open", _sections),
    "key": ("key_mode", _keys),
    "chords": ("chord", _chords),
    "modes": ("tag_open", _modes),
    "tempo": ("tempo", _tempi),
    "swells": ("tag_open", _swells),
    "playing": ("tag_open", _playing),
    "notes": ("note_midi", lambda _, heard: _each_note(heard.hearing.notes)),
    "melody": ("note_midi", lambda _, heard: _each_note(heard.hearing.melody)),
    "texture": ("tag_open", _textures),
    "bass": ("note_midi", lambda _, heard: _each_note(heard.hearing.layers.bass)),
    "inner": ("note_midi", lambda _, heard: _each_note(heard.hearing.layers.inner)),
}
