"""The occurrence that is least like its siblings: not in its notes, but in what became of it."""

from collections.abc import Sequence

from unsung.model.motif import Motif, Occurrence
from unsung.motifs.labels import Place, place_of

_FEWEST = 4
_LEAST_APART = 0.2
_STEP_SEMITONES, _STEP_TEMPO = 3, 0.15


def odd_one_out(motif: Motif) -> Place | None:
    """Its place, where one of at least four stands clearly further from the rest than any other.

    Each occurrence is a set of traits (its changes, how far it is transposed, how much faster it
    is); the distance of two is the share of their traits that they do not have in common.
    """
    if len(motif.occurrences) < _FEWEST:
        return None
    traits = [_traits(one) for one in motif.occurrences]
    apart = [_mean_distance(k, traits) for k in range(len(traits))]
    first, second = sorted(range(len(apart)), key=lambda k: -apart[k])[:2]
    if apart[first] - apart[second] < _LEAST_APART / 2 or apart[first] < 2 * _LEAST_APART:
        return None
    return place_of(motif.occurrences[first])


def _traits(one: Occurrence) -> frozenset[str]:
    height = round(one.transposition_semitones / _STEP_SEMITONES)
    speed = round((one.tempo_ratio - 1) / _STEP_TEMPO)
    return frozenset({*one.changes, f"height {height}", f"speed {speed}"})


def _mean_distance(k: int, traits: Sequence[frozenset[str]]) -> float:
    others = [one for j, one in enumerate(traits) if j != k]
    return sum(1 - len(traits[k] & one) / len(traits[k] | one) for one in others) / len(others)
