"""The famous melodies as something to measure motifs against, and how fast each motif is."""

from functools import cache

import numpy as np
from jaxtyping import Float64

from unsung.model.hearing import Soundtrack
from unsung.model.motif import Occurrence
from unsung.model.outcomes import Outcome
from unsung.motifs.hooks import Reference, recognisable
from unsung.motifs.iconic.catalogue import shipped_incipits

FAMOUS = "famous melodies"


@cache
def famous_lines() -> Reference:
    """All melodies of the catalogue, the folk tunes among them."""
    return Reference(FAMOUS, tuple(one.notes for one in shipped_incipits()))


@cache
def notes_to_tell_famous() -> Float64[np.ndarray, " melodies"]:
    """After how many notes each famous melody is like no other of them; infinite where never."""
    lines = famous_lines().lines
    nothing_more = Reference(FAMOUS, ())
    told = (
        recognisable(line, lines[:k] + lines[k + 1 :], nothing_more) for k, line in enumerate(lines)
    )
    return np.array([np.inf if isinstance(one, Outcome) else float(one.notes) for one in told])


def tempo_bpm(soundtrack: Soundtrack) -> dict[str, float]:
    """The tempo around each motif's prototype, by its label, where a pulse is felt."""
    found = {one.label: _tempo(soundtrack, one.prototype) for one in soundtrack.motifs}
    return {label: tempo for label, tempo in found.items() if tempo is not None}


def _tempo(soundtrack: Soundtrack, one: Occurrence) -> float | None:
    heard = next((each for each in soundtrack.heard if each.track.file == one.track_file), None)
    if heard is None:
        return None
    spans = heard.hearing.tempo.spans
    longest = max(spans, key=lambda each: each.span.overlap_s(one.span), default=None)
    if longest is None or isinstance(longest.tempo_bpm, Outcome):
        return None
    return float(longest.tempo_bpm)
