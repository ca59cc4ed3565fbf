"""Cues: what a listener reads the character of a track from, each as a place among the album's.

A cue is a plain mean over the sounding track. None says anything by itself; each is compared with
the album's other tracks, and of a cue that could not be heard nothing is said.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from attrs import frozen

from unsung.model.hearing import Heard, Hearing
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.pitch import Key
from unsung.model.sound import Feature
from unsung.questions.gems.shows import is_music
from unsung.recognition.percentiles import percentiles

Cue = Literal[
    "arousal",
    "tension",
    "tempo",
    "loudness",
    "density",
    "register",
    "brightness",
    "legato",
    "minor",
    "roughness",
    "atonality",
    "drones",
    "brass",
    "drums",
    "bells and harp",
    "alone",
    "key changes",
    "growth",
    "departure",
    "lateness",
    "length",
]


@frozen
class Saying:
    """How a cue is said of a track that has more, or less, of it than a share of the others."""

    more: str
    less: str


SAYINGS: Mapping[Cue, Saying] = {
    "arousal": Saying("more aroused", "calmer"),
    "tension": Saying("tenser", "less tense"),
    "tempo": Saying("faster", "slower"),
    "loudness": Saying("louder", "softer"),
    "density": Saying("busier", "sparser"),
    "register": Saying("higher", "lower"),
    "brightness": Saying("brighter", "darker in colour"),
    "legato": Saying("more legato", "more detached"),
    "minor": Saying("longer in minor", "longer out of minor"),
    "roughness": Saying("rougher", "smoother"),
    "atonality": Saying("further from any key", "nearer to one key"),
    "drones": Saying("longer on a held tone", "freer of held tones"),
    "brass": Saying("fuller of brass", "freer of brass"),
    "drums": Saying("fuller of drums", "freer of drums"),
    "bells and harp": Saying("fuller of bells and harp", "freer of bells and harp"),
    "alone": Saying("longer in one instrument alone", "less often one instrument alone"),
    "key changes": Saying("quicker to change key", "steadier in key"),
    "growth": Saying("more given to grow", "more given to fade"),
    "departure": Saying(
        "further, at its end, from where it began", "nearer, at its end, to where it began"
    ),
    "lateness": Saying("later on the album", "earlier on the album"),
    "length": Saying("longer", "shorter"),
}

LEAST_TRACKS = 8


def cue_percentiles(heard: Sequence[Heard]) -> tuple[dict[Cue, float], ...]:
    """Each track's cues as percentiles among the tracks that sound; none in silence.

    A cue that fewer than eight tracks have, or all have alike, is no scale and left out; so is the
    place of a track without a number, which stands where its file name put it.
    """
    rows = [cues(one.hearing) for one in heard]
    for at, row in enumerate(rows):
        if row and heard[at].track.number is not None:
            row["lateness"] = float(at)
    found: tuple[dict[Cue, float], ...] = tuple({} for _ in rows)
    for cue in SAYINGS:
        having = [index for index, row in enumerate(rows) if cue in row]
        values = np.array([rows[index][cue] for index in having])
        if len(having) >= LEAST_TRACKS and np.ptp(values) > 0:
            among = percentiles(values, np.sort(values))
            for index, percent in zip(having, among.tolist(), strict=True):
                found[index][cue] = percent
    return found


def cues(hearing: Hearing) -> dict[Cue, float]:
    """What was heard of each cue, in its own unit; nothing of silence or of noise."""
    if not _sounds(hearing):
        return {}
    found: dict[Cue, float | None] = {
        **_of_feeling(hearing),
        **_of_playing(hearing),
        **_of_harmony(hearing),
        "length": hearing.duration_s,
    }
    return {cue: value for cue, value in found.items() if value is not None}


def _sounds(hearing: Hearing) -> bool:
    return is_music(hearing) and bool((hearing.register.sounding.values > 0).any())


def _of_feeling(hearing: Hearing) -> dict[Cue, float | None]:
    felt = hearing.emotion
    if isinstance(felt, NotHeard) or not (felt.sounding.values > 0).any():
        return {}
    heard = felt.sounding.values[0] > 0
    arousal, tension = felt.arousal.values[0][heard], felt.tension.values[0][heard]
    third = max(1, len(arousal) // 3)
    growth = float(arousal[-third:].mean() - arousal[:third].mean())
    return {
        "arousal": float(arousal.mean()),
        "tension": float(tension.mean()),
        "growth": growth,
        "departure": abs(growth),
    }


def _of_playing(hearing: Hearing) -> dict[Cue, float | None]:
    loud, tempo = hearing.loudness, hearing.tempo.overall_bpm
    lufs = None if isinstance(loud, NotHeard) else loud.integrated_lufs
    shares = {one.name: one.share for one in hearing.instruments.present_families}
    bells = {one.name: one.share for one in hearing.instruments.present}
    return {
        "tempo": None if isinstance(tempo, Outcome) else tempo,
        "loudness": None if isinstance(lufs, Outcome) else lufs,
        "density": float(hearing.density.values[0].mean()),
        "register": _where(hearing.register.pitch, 1, hearing.register.sounding),
        "brightness": _brightness(hearing),
        "legato": _where(hearing.articulation.connection, 0, hearing.articulation.known),
        "brass": shares.get("brass", 0.0),
        "drums": shares.get("drums", 0.0),
        "bells and harp": max(
            bells.get(name, 0.0) for name in ("celesta and bells", "harp", "tubular bells")
        ),
        "alone": sum(one.span.duration_s for one in hearing.instruments.playing if one.is_alone)
        / hearing.duration_s,
    }


def _of_harmony(hearing: Hearing) -> dict[Cue, float | None]:
    keyed = [one for one in hearing.key.spans if isinstance(one.key, Key)]
    time_s = sum(one.span.duration_s for one in keyed)
    minor_s = sum(
        one.span.duration_s for one in keyed if isinstance(one.key, Key) and one.key.mode == "minor"
    )
    return {
        "minor": minor_s / time_s if time_s else None,
        "key changes": 60.0 * (len(keyed) - 1) / hearing.duration_s if keyed else None,
        "roughness": float(hearing.roughness.values.mean()),
        "atonality": float(hearing.atonality.index.values.mean()),
        "drones": sum(one.span.duration_s for one in hearing.pedals) / hearing.duration_s,
    }


def _where(curve: Feature, row: int, known: Feature) -> float | None:
    heard = known.values[0] > 0
    return float(curve.values[row][heard].mean()) if heard.any() else None


def _brightness(hearing: Hearing) -> float | None:
    if isinstance(hearing.brightness, NotHeard):
        return None
    heard_hz = hearing.brightness.values[0][hearing.brightness.values[0] > 0]
    return float(np.log2(heard_hz).mean()) if heard_hz.size else None
