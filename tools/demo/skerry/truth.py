"""The truth: what was composed and where it lies, for whoever wants to test a listener.

`truth.json`, all times in seconds of the shipped sound (recording or film), all pitches MIDI:

- `work`, `album`: titles.
- `motifs`: `label`, what it is `intended` to stand for, its `intended_kind` (person, place,
  idea), `character`, `mode`, `tonic_pitch_class`, `notes` as `[onset_q, duration_q, midi_pitch]`
  in quarters, and `prototype`, the id of the statement that the others are compared with.
- `tracks`: `file`, `number`, `title`, `duration_s`, `score` (MIDI file) and `score_starts_s`
  (when the score's quarter 0 falls in the recording), `key`, `mode`, `kind`, `about`, `metre`
  (beats, beat type) at the beginning, `tempo` as `[time_s, quarters_a_minute]` with straight
  lines between, `instruments`, `sections` (`name`, `start_s`, `end_s`) and the `motifs` that it
  states.
- `statements`: `id`, `motif`, `track` (file), `start_s`, `end_s`; `transposition_semitones`
  (octaves included) and `tempo_ratio` (2 is twice as fast) relative to the prototype; `changes`,
  out of key, tempo, register, instrument, mode, rhythm, ornament, fragment, harmony, texture;
  `instrument` and `doubled_by`; `key`; `voice` (melody, inner, bass); `fragment` (first and one
  past the last note of the motif, or null), `ornaments` (how many), `stretch` (of the written
  lengths); `notes` as `[onset_s, midi_pitch]` and, parallel to them, `core`: which note of the
  motif each is, -1 for an ornament.
- `film`: `file`, `duration_s`, `master_db` (gain of the whole mix), `scenes`, `shots`, `lines`
  (`start_s`, `end_s`, `speaker`, `text`), `effects`, `placements` and `unused` (files of tracks
  that the film never uses). A placement has `track`, `track_start_s`, `track_end_s`,
  `film_start_s`, `film_end_s`, `level_db` (gain against the album's recording), `fade_in_s`,
  `fade_out_s` (raised cosines), `treatments`, and `under_speech_db`: the music's level against
  the speech while somebody speaks, or null.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from skerry.mix import Mixed
from skerry.motifs import MOTIFS, Motif
from skerry.performance import LEAD_IN_S, statement_onsets_s
from skerry.sketch import Cue, Placed, seconds
from skerry.speech import Heard
from skerry.story import EFFECTS, FILM_END_S, FILM_TITLE, MUSIC, SCENES, SHOTS

_NAMES = ("C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
Json = dict[str, Any]


def file_of(cue: Cue, suffix: str) -> str:
    """The file name of a cue."""
    return f"{cue.number:02} {cue.title}.{suffix}"


def truth(
    cues: Sequence[Cue], durations_s: Mapping[int, float], lines: Sequence[Heard], mix: Mixed
) -> Json:
    """Everything that is known for certain about the demo."""
    statements = _statements(cues)
    return {
        "work": {"title": FILM_TITLE, "kind": "short film"},
        "album": {"title": FILM_TITLE, "artist": "Unsung"},
        "motifs": [_motif(motif, statements) for motif in MOTIFS],
        "tracks": [_track(cue, durations_s[cue.number]) for cue in cues],
        "statements": statements,
        "film": _film(cues, lines, mix),
    }


def _motif(motif: Motif, statements: Sequence[Json]) -> Json:
    return {
        "label": motif.label,
        "intended": motif.intended,
        "intended_kind": motif.intended_kind,
        "character": motif.character,
        "mode": motif.mode,
        "tonic_pitch_class": motif.tonic_pitch_class,
        "notes": [[tone.onset_q, tone.duration_q, tone.midi_pitch] for tone in motif.tones],
        "prototype": next(one["id"] for one in statements if one["motif"] == motif.label),
    }


def _track(cue: Cue, duration_s: float) -> Json:
    starts_s = [_at_s(cue, quarter) for _, quarter in cue.sections]
    starts_s[0] = 0.0
    ends_s = [*starts_s[1:], duration_s]
    return {
        "file": file_of(cue, "opus"),
        "number": cue.number,
        "title": cue.title,
        "duration_s": duration_s,
        "score": file_of(cue, "mid"),
        "score_starts_s": LEAD_IN_S,
        "key": cue.key,
        "mode": cue.mode,
        "kind": cue.kind,
        "about": cue.about,
        "metre": list(cue.metre),
        "tempo": [[_at_s(cue, quarter), bpm] for quarter, bpm in cue.tempo],
        "instruments": list(cue.parts),
        "sections": [
            {"name": name, "start_s": start_s, "end_s": end_s}
            for (name, _), start_s, end_s in zip(cue.sections, starts_s, ends_s, strict=True)
        ],
        "motifs": sorted({placed.disguise.motif.label for placed in cue.statements}),
    }


def _at_s(cue: Cue, quarter: float) -> float:
    return round(LEAD_IN_S + float(seconds(cue, np.array([quarter]))[0]), 3)


def _statements(cues: Sequence[Cue]) -> list[Json]:
    """All statements in album order; the first of a motif is its prototype."""
    prototypes: dict[str, tuple[Cue, Placed]] = {}
    made: list[Json] = []
    for cue in cues:
        for placed in sorted(cue.statements, key=lambda one: one.at_q):
            prototype = prototypes.setdefault(placed.disguise.motif.label, (cue, placed))
            made.append(_statement(f"s{len(made) + 1:02}", cue, placed, prototype))
    return made


def _statement(name: str, cue: Cue, placed: Placed, prototype: tuple[Cue, Placed]) -> Json:
    disguise = placed.disguise
    onsets_s = statement_onsets_s(cue, placed)
    ratio = round(_tempo_ratio(cue, placed, prototype), 3)
    whole = len(disguise.motif.tones)
    kept = sorted({note for note in disguise.core if note >= 0})
    is_fragment = len(kept) < whole
    return {
        "id": name,
        "motif": disguise.motif.label,
        "track": file_of(cue, "opus"),
        "start_s": round(float(onsets_s[0]), 3),
        "end_s": max(_at_s(cue, placed.at_q + disguise.duration_q), round(float(onsets_s[-1]), 3)),
        "transposition_semitones": disguise.transposition_semitones,
        "tempo_ratio": ratio,
        "changes": _changes(placed, prototype[1], ratio, is_fragment=is_fragment),
        "instrument": placed.part,
        "doubled_by": list(placed.doubled_by),
        "key": f"{_NAMES[disguise.tonic]} {disguise.mode}",
        "voice": placed.voice,
        "fragment": [kept[0], kept[-1] + 1] if is_fragment else None,
        "ornaments": disguise.ornaments,
        "stretch": disguise.stretch,
        "notes": [
            [round(float(onset_s), 3), tone.midi_pitch]
            for onset_s, tone in zip(onsets_s, disguise.tones, strict=True)
        ],
        "core": list(disguise.core),
    }


def _tempo_ratio(cue: Cue, placed: Placed, prototype: tuple[Cue, Placed]) -> float:
    """How much faster than the prototype, over the motif's notes that both have."""
    here = _core_onsets_s(cue, placed)
    there = _core_onsets_s(*prototype)
    first, last = min(here), max(here)
    return (there[last] - there[first]) / (here[last] - here[first])


def _core_onsets_s(cue: Cue, placed: Placed) -> dict[int, float]:
    onsets_s = statement_onsets_s(cue, placed)
    return {
        note: float(onset_s)
        for note, onset_s in zip(placed.disguise.core, onsets_s, strict=True)
        if note >= 0
    }


def _changes(placed: Placed, prototype: Placed, ratio: float, *, is_fragment: bool) -> list[str]:
    disguise = placed.disguise
    semitones = disguise.transposition_semitones
    facts = {
        "key": semitones % 12 != 0,
        "tempo": not 0.8 <= ratio <= 1.25,
        "register": abs(semitones) >= 12,
        "instrument": placed.part != prototype.part,
        "mode": disguise.mode != disguise.motif.mode,
        "rhythm": disguise.rhythm_changed,
        "ornament": disguise.ornaments > 0,
        "fragment": is_fragment,
        "harmony": placed.new_harmony,
        "texture": placed.voice != prototype.voice,
    }
    return [change for change, is_so in facts.items() if is_so]


def _film(cues: Sequence[Cue], lines: Sequence[Heard], mix: Mixed) -> Json:
    files = {cue.number: file_of(cue, "opus") for cue in cues}
    used = {laid.cue for laid in MUSIC}
    scene_ends_s = [scene.start_s for scene in SCENES[1:]] + [FILM_END_S]
    shot_ends_s = [shot.start_s for shot in SHOTS[1:]] + [FILM_END_S]
    return {
        "file": "film.webm",
        "duration_s": FILM_END_S,
        "master_db": mix.master_db,
        "scenes": [
            {"start_s": scene.start_s, "end_s": end_s, "heading": scene.heading}
            for scene, end_s in zip(SCENES, scene_ends_s, strict=True)
        ],
        "shots": [
            {"start_s": shot.start_s, "end_s": end_s, "picture": shot.picture}
            for shot, end_s in zip(SHOTS, shot_ends_s, strict=True)
        ],
        "lines": [
            {
                "start_s": heard.line.start_s,
                "end_s": heard.end_s,
                "speaker": heard.line.speaker,
                "text": heard.line.text,
            }
            for heard in lines
        ],
        "effects": [
            {"start_s": made.start_s, "end_s": made.end_s, "sound": made.sound} for made in EFFECTS
        ],
        "placements": [
            {
                "track": files[laid.cue],
                "track_start_s": laid.track_start_s,
                "track_end_s": laid.track_end_s,
                "film_start_s": laid.film_start_s,
                "film_end_s": laid.film_end_s,
                "level_db": round(laid.level_db + mix.master_db, 3),
                "fade_in_s": laid.fade_in_s,
                "fade_out_s": laid.fade_out_s,
                "treatments": list(laid.treatments),
                "under_speech_db": under_db,
            }
            for laid, under_db in zip(MUSIC, mix.under_speech_db, strict=True)
        ],
        "unused": [file for number, file in files.items() if number not in used],
    }
