"""Merit from sound alone, and the plane it makes with the gap."""

import numpy as np
import pytest
from attrs import evolve
from soundtracks import recording_hearing, score_hearing, silent_hearing

from unsung.model.hearing import Swell
from unsung.model.notes import Notes
from unsung.model.recognition import DataTooThin, Estimate, Merit
from unsung.model.time import Span
from unsung.recognition.gems import agreement, brought, gem_plane, gem_probability, on_front
from unsung.recognition.merit import UNITS, entropy_bits, harmony, melody_steps, merit_parts
from unsung.recognition.merit_percentiles import merit_percentiles
from unsung.recognition.percentiles import percentiles
from unsung.recognition.planted import Nature, planted_world


@pytest.fixture(scope="module")
def hearings():
    return [recording_hearing(60 + 5 * n, n) for n in range(1, 13)]


def with_melody(hearing, pitches):
    onset = np.arange(len(pitches)) * 0.3
    return evolve(hearing, melody=Notes.sorted(onset, 0.2, pitches))


def test_every_part_of_a_recording_is_told_in_its_unit(hearings):
    assert set(merit_parts(hearings)[0]) == set(UNITS)


def test_a_scale_run_has_less_variety_than_a_wandering_line(hearings):
    run = with_melody(hearings[0], [60 + n % 24 for n in range(48)])
    dice = np.random.default_rng(1)
    wander = with_melody(hearings[0], dice.integers(55, 80, 48))
    parts = merit_parts([run, wander, *hearings])
    assert parts[0]["melody variety"] < parts[1]["melody variety"]


def test_transposition_changes_no_melody():
    hearing, pitches = recording_hearing(60, 1), [60, 64, 62, 67, 65, 69] * 4
    here, there = with_melody(hearing, pitches), with_melody(hearing, [p + 5 for p in pitches])
    assert np.array_equal(melody_steps(here), melody_steps(there))


def test_what_differs_from_its_neighbours_is_more_individual(hearings):
    plain = [with_melody(one, [60, 62, 64, 62] * 8) for one in hearings[:6]]
    leaping = with_melody(hearings[6], [60, 71, 58, 70] * 8)
    parts = merit_parts([*plain, leaping])
    individual = [one["melody individuality"] for one in parts]
    assert individual[-1] == max(individual) > 1
    assert max(individual[:-1]) < individual[-1]


def test_more_swells_a_minute_count_as_more(hearings):
    quiet = evolve(hearings[0], dynamics=evolve(hearings[0].dynamics, swells=()))
    swells = (Swell(Span(1, 5), 10.0), Swell(Span(6, 9), -12.0))
    lively = evolve(hearings[0], dynamics=evolve(hearings[0].dynamics, swells=swells))
    parts = merit_parts([quiet, lively])
    assert parts[0]["swells"] == 0
    assert parts[1]["swells"] == pytest.approx(22 * 60 / hearings[0].duration_s)


def test_a_score_tells_what_a_score_can():
    (part,) = merit_parts([score_hearing(60)])
    assert "loudness range" not in part
    assert "melody variety" in part


@pytest.mark.parametrize("hearing", [silent_hearing(), recording_hearing(1.0, 3)])
def test_silence_and_a_second_have_no_merit_and_break_nothing(hearings, hearing):
    merits = merit_percentiles(merit_parts([hearing, *hearings])).merits
    assert isinstance(merits[0], DataTooThin)
    assert isinstance(merits[1], Merit)


def test_harmony_is_read_from_the_tonic(hearings):
    profile = harmony(hearings[0])
    assert profile is None or profile.sum() == pytest.approx(1)


def test_few_pieces_have_no_merit(hearings):
    (one, *_) = merit_percentiles(merit_parts(hearings[:3])).merits
    assert "at least 8" in one.reason


def test_no_pieces_have_no_merit():
    assert merit_percentiles(()).merits == ()


def parts_of(values):
    return [dict.fromkeys(UNITS, float(value)) for value in values]


def test_more_in_every_part_is_more_merit_under_any_weights():
    merits = merit_percentiles(parts_of(range(20))).merits
    values = [one.percentile.value for one in merits]
    assert values == sorted(values)
    assert merits[-1].percentile.low > 95


def test_what_length_alone_brings_is_no_merit():
    """Parts that follow length and a worth of their own: without length, the worth is left."""
    dice = np.random.default_rng(4)
    lengths_s, worth = dice.uniform(30, 400, 80), dice.standard_normal(80)
    parts = parts_of(2 * np.log(lengths_s) + worth)
    found = merit_percentiles(parts, 0, lengths_s.tolist()).merits
    values = [one.percentile.value for one in found]
    assert abs(np.corrcoef(np.log(lengths_s), values)[0, 1]) < 0.15
    assert np.corrcoef(worth, values)[0, 1] > 0.85
    assert found[0].parts[0].value == parts[0]["swells"]


def test_parts_that_disagree_give_a_wide_interval():
    agreeing = parts_of(range(20))
    torn = agreeing[10] | {name: 99.0 for at, name in enumerate(UNITS) if at % 2}
    torn |= {name: -99.0 for at, name in enumerate(UNITS) if not at % 2}
    wide = merit_percentiles([*agreeing[:10], torn, *agreeing[11:]]).merits[10].percentile
    narrow = merit_percentiles(agreeing).merits[10].percentile
    assert wide.high - wide.low > 3 * (narrow.high - narrow.low)


def test_entropy_counts_bits():
    assert entropy_bits(np.array([0.25] * 4)) == 2
    assert entropy_bits(np.array([1.0, 0.0])) == 0


def test_the_front_holds_what_nothing_beats():
    merit, gap = np.array([1.0, 2, 3, 3, 2]), np.array([3.0, 2, 1, 1, 1])
    assert on_front(merit, gap).tolist() == [True, True, True, True, False]
    assert not on_front(np.array([]), np.array([])).any()


def test_a_gem_needs_both():
    high, low = np.full((1, 9), 90.0), np.full((1, 9), 10.0)
    assert gem_probability(high, high) == 1
    assert gem_probability(high, low) == gem_probability(low, high) == 0


def estimates(values):
    return [Estimate(value, max(value - 5, 0), min(value + 5, 100)) for value in values]


def plane(merit, gap):
    draws = np.repeat(merit[:, None], 20, axis=1), np.repeat(gap[:, None], 20, axis=1)
    names = [(str(n), f"Piece {n}") for n in range(len(merit))]
    return gem_plane(names, estimates(merit), estimates(gap), *draws)


def test_gems_are_named_where_merit_goes_with_recognition():
    merit = np.linspace(1, 99, 60)
    gap = 100 - merit
    gap[57] = 90.0
    found = plane(merit, gap)
    assert found.validated
    assert "57" in {one.name for one in found.gems}
    assert {one.name for one in found.gems} <= {"57", "58", "59"}


def test_what_merit_deserves_rises_with_merit():
    merit = np.linspace(1, 99, 60)
    line = brought(merit, 100 - merit)
    assert line == pytest.approx((0, 1), abs=0.02)
    half_way = np.full((1, 5), 90.0), np.full((1, 5), 40.0)
    assert gem_probability(*half_way, line) == 1
    assert gem_probability(*half_way) == 0


def test_merit_that_goes_against_recognition_deserves_no_less():
    merit = np.linspace(1, 99, 60)
    assert brought(merit, merit)[1] == 0


def test_shuffled_merit_names_no_gem():
    dice, named = np.random.default_rng(0), 0
    for _ in range(20):
        gap = dice.uniform(0, 100, 60)
        named += bool(plane(dice.permutation(np.linspace(1, 99, 60)), gap).gems)
    assert named <= 1


def test_the_chance_of_an_agreement_is_a_chance():
    dice = np.random.default_rng(5)
    chances = [agreement(*dice.standard_normal((2, 40)), dice)[1] for _ in range(120)]
    assert 0.4 < np.mean(chances) < 0.6
    assert np.mean(np.array(chances) <= 0.05) < 0.12


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 1.0, 1.0]])
def test_nothing_to_compare_validates_nothing(values):
    found = agreement(np.array(values), np.array(values), np.random.default_rng(0))
    assert found == (0.0, 1.0)


def test_in_a_planted_world_gems_are_found_better_than_by_chance(planted, on):
    from unsung.recognition.gaps import gap_draws

    at = np.array([int(work.identifier.partition(":")[2]) for work in on.given.works])
    merits = merit_percentiles(planted.heard_parts)
    probability = gem_probability(merits.draws[at], gap_draws(on))
    truth = planted.gems[at]
    assert probability[truth].mean() > 3 * probability[~truth].mean()


def test_the_interval_of_merit_holds_true_merit_nine_times_in_ten():
    held = []
    for seed in range(901, 907):
        world = planted_world(seed, Nature(works=260))
        truth = percentiles(world.merit, np.sort(world.merit))
        merits = merit_percentiles(world.heard_parts, seed).merits
        held += [
            one.percentile.low <= true <= one.percentile.high
            for one, true in zip(merits, truth, strict=True)
        ]
    assert 0.86 < np.mean(held) < 0.94
