"""JAMS 0.3.5 (Humphrey et al., ISMIR 2014): one file a track, in namespaces that others read.

Sections are `segment_open`, keys `key_mode`, chords `chord`, tempi `tempo`, notes and melody
`note_midi`, swells and modes `tag_open`. What JAMS has no word for stands in the sandboxes, under
`unsung`. An undecided key is `N`; no chord is `N` and an undecided one `X`; a stretch without a
clear pulse has no tempo and so no observation.
"""

import json
from collections.abc import Callable, Iterator

from attrs import evolve

from unsung import __version__
from unsung.model.harmony import Chord
from unsung.model.hearing import Heard, Hearing, Soundtrack
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CHORD, Outcome
from unsung.model.pitch import Key
from unsung.pages.exports.album_tables import TRACKS
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.stretches import STRETCHES

_JAMS_VERSION = "0.3.5"

Json = dict[str, object]


def jams_text(soundtrack: Soundtrack, heard: Heard, whats: tuple[str, ...]) -> str:
    """The annotations of one track named by `whats`, as JSON in the JAMS schema."""
    jams = {
        "file_metadata": _file_metadata(heard),
        "annotations": [_annotation(what, heard.hearing) for what in whats],
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
    table = TRACKS.table(evolve(soundtrack, heard=(heard,)))
    return dict(zip(table.names, next(table.rows), strict=True))


def _annotation(what: str, hearing: Hearing) -> Json:
    namespace, observations = JAMS_ANNOTATIONS[what]
    return {
        "namespace": namespace,
        "annotation_metadata": {
            "annotation_tools": f"Unsung {__version__}",
            "data_source": "program",
        },
        "data": list(observations(hearing)),
        "sandbox": {"unsung": {"what": what}},
        "time": 0.0,
        "duration": _seconds(hearing.duration_s),
    }


def _observation(start_s: float, end_s: float, value: object, confidence: object) -> Json:
    return {
        "time": _seconds(start_s),
        "duration": _seconds(end_s - start_s),
        "value": value,
        "confidence": confidence,
    }


def _sections(hearing: Hearing) -> Iterator[Json]:
    for one in hearing.sections.sections:
        span, strength = one.span, round(one.boundary_strength, 4)
        yield _observation(span.start_s, span.end_s, one.label, strength)


def _keys(hearing: Hearing) -> Iterator[Json]:
    for one in hearing.key.spans:
        clarity = round(one.clarity, 4)
        yield _observation(one.span.start_s, one.span.end_s, _key_mode(one.key), clarity)


def _key_mode(key: Key | Outcome) -> str:
    if not isinstance(key, Key):
        return "N"
    return key.name.replace("♭", "b").replace("♯", "#").replace(" ", ":")


def _chords(hearing: Hearing) -> Iterator[Json]:
    for one in hearing.chords.spans:
        confidence = round(one.confidence, 4)
        yield _observation(one.span.start_s, one.span.end_s, _harte(one.chord), confidence)


def _harte(chord: Chord | Outcome) -> str:
    if isinstance(chord, Chord):
        return chord.harte
    return "N" if chord is NO_CHORD else "X"


def _modes(hearing: Hearing) -> Iterator[Json]:
    for one in STRETCHES["modes"](hearing):
        yield _observation(one.start_s, one.end_s, one.text, round(one.value, 4))


def _tempi(hearing: Hearing) -> Iterator[Json]:
    for one in hearing.tempo.spans:
        if not isinstance(one.tempo_bpm, Outcome):
            tempo_bpm, clarity = round(one.tempo_bpm, 3), round(one.clarity, 4)
            yield _observation(one.span.start_s, one.span.end_s, tempo_bpm, clarity)


def _swells(hearing: Hearing) -> Iterator[Json]:
    for one in STRETCHES["swells"](hearing):
        yield _observation(one.start_s, one.end_s, one.text, None)


def _each_note(notes: Notes) -> Iterator[Json]:
    columns = (notes.onset_s, notes.end_s, notes.midi_pitch, notes.salience)
    for onset_s, end_s, pitch, salience in zip(*(one.tolist() for one in columns), strict=True):
        yield _observation(onset_s, end_s, round(pitch, 3), round(salience, 4))


JAMS_ANNOTATIONS: dict[str, tuple[str, Callable[[Hearing], Iterator[Json]]]] = {
    "sections": ("segment_open", _sections),
    "key": ("key_mode", _keys),
    "chords": ("chord", _chords),
    "modes": ("tag_open", _modes),
    "tempo": ("tempo", _tempi),
    "swells": ("tag_open", _swells),
    "notes": ("note_midi", lambda hearing: _each_note(hearing.notes)),
    "melody": ("note_midi", lambda hearing: _each_note(hearing.melody)),
}
