"""What is known to make a melody stay in the ear, measured of an album's motifs.

found = hooks(motifs, reference, {"A": 96.0})
found[0].measured, found[0].recognisable, found[0].variation

Of 83 features, three told tunes that people name as earworms from others of their kind: a more
common contour, less common gradients between turning points, and a faster tempo (Jakubowski,
Finkel, Stewart and Müllensiefen, PACA 2017). They did so for 62.5 % of pop melodies where luck
does for 50 %, the weights are not published in full, and music for the screen is another field:
so the three are given as shares of a stated set of melodies, and their plain mean as a leaning,
never as a verdict. How common a value is is its density in that set, by a Gaussian kernel of
width n^(-1/5) of its spread, as in CATCHY (Van Balen et al., ISMIR 2015), whose second-order
features give the others: how typical a melody is of other music, and of its own album.
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from attrs import frozen
from jaxtyping import Float64

from unsung.model.iconic import Hook, HookFeature, Measured, Predictive, Recognisable, Variation
from unsung.model.motif import Change, Motif, Passage
from unsung.model.notes import Notes
from unsung.model.outcomes import UNDECIDED, Outcome, Undecided
from unsung.motifs.commonness import WIDEST_SEMITONES, Commonness, line_bits, steps, surprise_bits
from unsung.motifs.iconic.shape import global_direction, mean_gradient

PUBLISHED = Predictive(0.625, 0.5, "Jakubowski, Finkel, Stewart and Müllensiefen 2017")
FEWEST_NOTES = 3
FEWEST_COMPARED = 5
_LEAST_WIDTH = 1e-3


@frozen(eq=False)
class Reference:
    """Melodies that motifs are compared with, and what they are called on a page."""

    name: str
    lines: tuple[Notes, ...]


def hooks(
    motifs: tuple[Motif, ...], reference: Reference, tempo_bpm: Mapping[str, float]
) -> tuple[Hook, ...]:
    """What there is to say of each motif; `tempo_bpm` by label, as far as it is known."""
    usual = _usual(reference)
    return tuple(_hook(motif, motifs, reference, usual, tempo_bpm) for motif in motifs)


@frozen(eq=False)
class _Usual:
    """What the melodies of a reference measure, each feature in an array of its own."""

    directions: Float64[np.ndarray, " lines"]
    gradients: Float64[np.ndarray, " lines"]
    bits: Float64[np.ndarray, " lines"]


def recognisable(
    line: Notes, others: tuple[Notes, ...], reference: Reference
) -> Recognisable | Undecided:
    """How soon the melody can be no other: when its intervals so far are in none of the others."""
    told = [_intervals(one) for one in (*others, *reference.lines)]
    own = _intervals(line)
    for count in range(1, len(own) + 1):
        told = [one for one in told if _within(own[:count], one)]
        if not told:
            return Recognisable(count + 1, float(line.onset_s[count] - line.onset_s[0]))
    return UNDECIDED


def variation(motif: Motif) -> Variation:
    """How often and in what ways the motif is changed, the commonest way first."""
    counted = Counter[Change](kind for one in motif.occurrences for kind in one.changes)
    changed = sum(bool(one.changes) for one in motif.occurrences)
    first = {
        kind: Passage(one.track_file, one.span)
        for one in reversed(motif.occurrences)
        for kind in one.changes
    }
    kinds = tuple(counted.most_common())
    count = len(motif.occurrences)
    return Variation(count, changed / count, kinds, tuple(first[kind] for kind, _ in kinds))


def _usual(reference: Reference) -> _Usual:
    lines = [one for one in reference.lines if len(one) >= FEWEST_NOTES]
    measures = (global_direction, mean_gradient, surprise_bits)
    return _Usual(*(np.array([measure(one) for one in lines]) for measure in measures))


def _hook(
    motif: Motif,
    motifs: tuple[Motif, ...],
    reference: Reference,
    usual: _Usual,
    tempo_bpm: Mapping[str, float],
) -> Hook:
    line = motif.prototype.notes
    others = tuple(one.prototype.notes for one in motifs if one is not motif)
    name, long_enough = reference.name, len(line) >= FEWEST_NOTES
    direction = global_direction(line) if long_enough else UNDECIDED
    gradient = mean_gradient(line) if long_enough else UNDECIDED
    published = (
        _common("common contour", direction, "", usual.directions, name),
        _uncommon(_common("uncommon gradients", gradient, "semitones/s", usual.gradients, name)),
        _tempo(motif, motifs, tempo_bpm),
    )
    bits = surprise_bits(line) if long_enough else UNDECIDED
    more = (_typical("conventionality", bits, usual.bits, name), _recurrence(motif, motifs))
    shares = [one.share_below for one in published if not isinstance(one.share_below, Outcome)]
    return Hook(
        motif_label=motif.label,
        measured=(*published, *more),
        leaning=float(np.mean(shares)) if shares else UNDECIDED,
        predictive=PUBLISHED,
        recognisable=recognisable(line, others, reference),
        variation=variation(motif),
        place=Passage(motif.prototype.track_file, motif.prototype.span),
    )


def _common(
    feature: HookFeature,
    value: float | Undecided,
    unit: str,
    usual: Float64[np.ndarray, " lines"],
    name: str,
) -> Measured:
    """How common the melody's value is, against how common those of the reference are."""
    if isinstance(value, Outcome) or len(usual) < FEWEST_COMPARED:
        return Measured(feature, UNDECIDED, unit, UNDECIDED, name, len(usual))
    common = density(np.array([value]), usual)[0]
    share = _share_below(common, density(usual, usual))
    return Measured(feature, value, unit, share, name, len(usual))


def density(
    at: Float64[np.ndarray, " points"], values: Float64[np.ndarray, " values"]
) -> Float64[np.ndarray, " points"]:
    """How densely the values lie around each point (Gaussian kernel; Scott 1992, one dimension)."""
    width = max(float(values.std(ddof=1)) * len(values) ** -0.2, _LEAST_WIDTH)
    away = (at[:, None] - values[None, :]) / width
    dense: np.ndarray = np.exp(-0.5 * away**2).mean(axis=1) / (width * np.sqrt(2 * np.pi))
    return dense


def _uncommon(one: Measured) -> Measured:
    if isinstance(one.share_below, Outcome):
        return one
    return Measured(
        one.feature, one.value, one.unit, 1 - one.share_below, one.compared_with, one.compared
    )


def _tempo(motif: Motif, motifs: tuple[Motif, ...], tempo_bpm: Mapping[str, float]) -> Measured:
    """How fast, against the other motifs of the album."""
    others = np.array([
        tempo_bpm[one.label] for one in motifs if one is not motif and one.label in tempo_bpm
    ])  # fmt: skip
    value = tempo_bpm.get(motif.label)
    name = "the album's other motifs"
    if value is None:
        return Measured("tempo", UNDECIDED, "bpm", UNDECIDED, name, len(others))
    share = _share_below(value, others) if len(others) >= FEWEST_COMPARED else UNDECIDED
    return Measured("tempo", float(value), "bpm", share, name, len(others))


def _recurrence(motif: Motif, motifs: tuple[Motif, ...]) -> Measured:
    """How typical of its own album: what each motif costs in the language of all the others."""
    lines = {one.label: one.prototype.notes for one in motifs}
    costs = {
        label: line_bits(line, album_language(tuple(
            other for name, other in lines.items() if name != label
        )))
        for label, line in lines.items()
        if len(line) >= FEWEST_NOTES
    }  # fmt: skip
    own = costs.pop(motif.label, UNDECIDED)
    return _typical("recurrence", own, np.array(list(costs.values())), "the album's other motifs")


def _typical(
    feature: HookFeature,
    own: float | Undecided,
    costs: Float64[np.ndarray, " others"],
    name: str,
) -> Measured:
    """More typical is what costs fewer bits."""
    if isinstance(own, Outcome) or len(costs) < FEWEST_COMPARED:
        return Measured(feature, UNDECIDED, "bits", UNDECIDED, name, len(costs))
    return Measured(feature, own, "bits", _share_below(-own, -costs), name, len(costs))


def album_language(lines: tuple[Notes, ...]) -> Commonness:
    """Which interval follows which in these melodies."""
    size = 2 * WIDEST_SEMITONES + 1
    counts = np.zeros((size, size))
    for line in lines:
        rows, _ = steps(line)
        np.add.at(counts, (rows[:-1], rows[1:]), 1)
    return Commonness(counts, np.zeros((9, 9)), np.zeros(21))


def _share_below(value: float, others: Float64[np.ndarray, " others"]) -> float:
    """The share of the others that have less; of equals, half."""
    return float(np.mean((others < value) + 0.5 * (others == value)))


def _intervals(line: Notes) -> tuple[int, ...]:
    return tuple(np.diff(np.round(line.midi_pitch)).astype(int).tolist())


def _within(part: tuple[int, ...], whole: tuple[int, ...]) -> bool:
    return any(whole[k : k + len(part)] == part for k in range(len(whole) - len(part) + 1))
