"""Motifs as JSON for programs that measure: `{"motifs": [...]}`, the most prominent first.

Each occurrence has its notes as `[onset_s, midi_pitch]`; for scores also `start_ql`, `end_ql` and
`notes_ql` as `[onset_ql, midi_pitch]`, not rounded, so that the field's pattern metrics can be
computed.
"""

import json
from collections.abc import Sequence

from unsung.model.hearing import Hearing, Soundtrack
from unsung.model.motif import Motif, Occurrence
from unsung.model.notes import Notes
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.motif_tables import bounds_ql, heard_in, notes_of, onsets_ql

Json = dict[str, object]


def motifs_json(soundtrack: Soundtrack) -> str:
    """All motifs, one occurrence a line."""
    hearings = {file: heard.hearing for file, heard in heard_in(soundtrack).items()}
    motifs = ",\n".join(_motif(motif, hearings) for motif in soundtrack.motifs)
    return f'{{"motifs": [\n{motifs}\n]}}\n' if motifs else '{"motifs": []}\n'


def occurrences_json(occurrences: Sequence[Occurrence], soundtrack: Soundtrack) -> str:
    """Occurrences that belong to no motif yet, one a line, in the order in which they are given."""
    hearings = {file: heard.hearing for file, heard in heard_in(soundtrack).items()}
    lines = ",\n".join(_dumped(_occurrence(one, hearings[one.track_file])) for one in occurrences)
    return f"[\n{lines}\n]" if lines else "[]"


def _motif(motif: Motif, hearings: dict[str, Hearing]) -> str:
    head: Json = {"label": motif.label, "prominence": round(motif.prominence, 6)}
    if motif.name:
        head["name"] = encodable(motif.name)
    if motif.other_names:
        head["also_known_as"] = [encodable(name) for name in motif.other_names]
    if motif.parted_from:
        head["parted_from"] = motif.parted_from
    lines = ",\n".join(
        _dumped(_occurrence(one, hearings[one.track_file])) for one in motif.occurrences
    )
    return f'{_dumped(head)[:-1]}, "occurrences": [\n{lines}\n]}}'


def _occurrence(one: Occurrence, hearing: Hearing) -> Json:
    notes = notes_of(hearing, one)
    found: Json = {
        "track": encodable(one.track_file),
        "start_s": round(one.span.start_s, 6),
        "end_s": round(one.span.end_s, 6),
        "transposition_semitones": one.transposition_semitones,
        "tempo_ratio": round(one.tempo_ratio, 6),
        "changes": list(one.changes),
        "confidence": round(one.confidence, 6),
        "notes": _pairs([round(onset_s, 6) for onset_s in notes.onset_s.tolist()], notes),
    }
    bounds, onsets = bounds_ql(hearing, one), onsets_ql(hearing, one)
    if bounds is None or onsets is None:
        return found
    return found | {"start_ql": bounds[0], "end_ql": bounds[1], "notes_ql": _pairs(onsets, notes)}


def _pairs(onsets: list[float], notes: Notes) -> list[tuple[float, float]]:
    """Onset and pitch; a whole semitone is a whole number."""
    return [
        (onset, int(pitch) if pitch == int(pitch) else round(pitch, 3))
        for onset, pitch in zip(onsets, notes.midi_pitch.tolist(), strict=True)
    ]


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
