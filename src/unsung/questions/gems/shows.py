"""What each track shows, in sides that are heard apart: expression, harmony, melody, form, motif.

The parts are those of `recognition.merit`, from the sound alone, and three that only the album
gives: the track's largest turn of expression, a motif at its most changed, and the contrast with
its neighbours. Parts that hear the same thing make one side: a track with a wide loudness range has
larger swells as well, and that is one reason to hear it, not two.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float64

from unsung.model.emotion import TurningPoint
from unsung.model.hearing import Hearing, Soundtrack
from unsung.model.motif import Motif
from unsung.model.outcomes import NotHeard, Outcome
from unsung.questions.facts import LEAST_NOTES
from unsung.recognition.merit import UNITS as MERIT_UNITS
from unsung.recognition.merit import Parts, merit_parts

SIDES: Mapping[str, tuple[str, ...]] = {
    "expression": ("largest turn", "loudness range", "swells", "colour change"),
    "harmony": ("key journey", "harmonic individuality"),
    "melody": ("melody variety", "melody individuality"),
    "form": ("form",),
    "motif": ("motif change",),
    "contrast": ("contrast with neighbours",),
}
UNITS = {
    **MERIT_UNITS,
    "largest turn": "of the scale of ratings",
    "motif change": "changes at once",
    "contrast with neighbours": "standard deviations",
}
LEAST_DURATION_S = 40.0
"""What is shorter is a jingle: it has no room to move."""
_SURE = 0.5


def what_tracks_show(soundtrack: Soundtrack) -> tuple[Parts, ...]:
    """The parts of every track, in album order; none of one too short, silent or without notes."""
    hearings = [one.hearing for one in soundtrack.heard]
    alone = merit_parts(hearings)
    contrasts = contrast_with_neighbours(hearings)
    changes = most_changed(soundtrack)
    return tuple(
        {
            **parts,
            **_largest_turn(one.hearing),
            **({"motif change": changes.get(one.track.file, 0.0)} if soundtrack.motifs else {}),
            **({"contrast with neighbours": contrast} if contrast is not None else {}),
        }
        if parts and is_music(one.hearing)
        else {}
        for one, parts, contrast in zip(soundtrack.heard, alone, contrasts, strict=True)
    )


def is_music(hearing: Hearing) -> bool:
    """Whether the track is long enough, and has notes enough, to be judged."""
    return hearing.duration_s >= LEAST_DURATION_S and len(hearing.notes) >= LEAST_NOTES


def size_of(turn: TurningPoint, hearing: Hearing) -> float:
    """How large a turn is, each dimension counted as far as it can be trusted."""
    if isinstance(hearing.emotion, NotHeard):
        return 0.0
    trust = hearing.emotion.reliability
    return float(np.hypot(trust.arousal * turn.arousal_change, trust.tension * turn.tension_change))


def most_changed(soundtrack: Soundtrack) -> dict[str, float]:
    """By file, how many changes a motif bears at once there, each as sure as the occurrence."""
    found: dict[str, float] = {}
    for motif in soundtrack.motifs:
        for file, amount in _changes(motif):
            found[file] = max(found.get(file, 0.0), amount)
    return found


def _changes(motif: Motif) -> list[tuple[str, float]]:
    sure = (one for one in motif.occurrences if one.confidence >= _SURE)
    return [(one.track_file, one.confidence * len(set(one.changes))) for one in sure]


def _largest_turn(hearing: Hearing) -> dict[str, float]:
    if isinstance(hearing.turning_points, NotHeard):
        return {}
    turns = hearing.turning_points.points
    return {"largest turn": max((size_of(turn, hearing) for turn in turns), default=0.0)}


def contrast_with_neighbours(hearings: Sequence[Hearing]) -> tuple[float | None, ...]:
    """How far each track's sound lies from the track before and the track after, on the mean.

    Loudness, brightness, register and density, as standard deviations over the album; a track that
    is silent, or has no neighbour that sounds, has none.
    """
    sounds = _sounds(hearings)
    return tuple(_contrast(sounds, at) for at in range(len(sounds)))


def _contrast(sounds: Sequence[Float64[np.ndarray, " bins"] | None], at: int) -> float | None:
    own = sounds[at]
    beside = [sounds[to] for to in (at - 1, at + 1) if 0 <= to < len(sounds)]
    known = [one for one in beside if one is not None]
    if own is None or not known:
        return None
    return float(np.mean([np.sqrt(np.mean((own - one) ** 2)) for one in known]))


def _sounds(hearings: Sequence[Hearing]) -> list[Float64[np.ndarray, " bins"] | None]:
    rows = [sound(one) for one in hearings]
    sounding = [at for at, row in enumerate(rows) if row]
    if not sounding:
        return [None] * len(rows)
    names = sorted(set.intersection(*(set(rows[at]) for at in sounding)))
    if not names:
        return [None] * len(rows)
    table = np.array([[rows[at][name] for name in names] for at in sounding])
    spread = table.std(axis=0)
    table = (table - table.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    found: list[Float64[np.ndarray, " bins"] | None] = [None] * len(rows)
    for at, row in zip(sounding, table, strict=True):
        found[at] = row
    return found


def sound(hearing: Hearing) -> dict[str, float]:
    """How loud, bright, high and dense a track is on the mean; nothing in silence."""
    sounding = hearing.register.sounding.values[0] > 0
    if not sounding.any():
        return {}
    loud, bright = hearing.loudness, hearing.brightness
    found = {
        "register": float(hearing.register.pitch.values[1][sounding].mean()),
        "density": float(hearing.density.values[0].mean()),
    }
    if not isinstance(loud, NotHeard) and not isinstance(loud.integrated_lufs, Outcome):
        found["loudness"] = float(loud.integrated_lufs)
    if not isinstance(bright, NotHeard) and (bright.values[0] > 0).any():
        found["brightness"] = float(np.log2(bright.values[0][bright.values[0] > 0]).mean())
    return found
