"""A quotation is heard through key, tempo and ornament; luck is not taken for one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsung.model.notes import Notes
from unsung.motifs.commonness import shipped
from unsung.motifs.iconic.aligning import PRICES, agreement
from unsung.motifs.iconic.catalogue import shipped_incipits
from unsung.motifs.iconic.likeness import known, likenesses
from unsung.motifs.iconic.luck import chance_of

CATALOGUE = known(shipped_incipits())
BY_NAME = {one.name: one for one in shipped_incipits()}
ODE = BY_NAME["Ode to Joy"].notes
LONG = [one for one in shipped_incipits() if len(one.notes) >= 14]


def moved(line, higher=0, slower=1.0, later_s=0.0):
    return Notes.sorted(
        line.onset_s * slower + later_s, line.duration_s * slower, line.midi_pitch + higher
    )


def drawn(dice, count):
    counts = shipped().intervals + 0.01
    rows = [12]
    for _ in range(count - 1):
        rows.append(dice.choice(25, p=counts[rows[-1]] / counts[rows[-1]].sum()))
    onset_s = np.cumsum(dice.choice((0.25, 0.5, 0.5, 0.5, 1.0), count))
    pitch = np.clip(66 + np.cumsum(np.array(rows) - 12), 20, 110)
    return Notes.sorted(onset_s, 0.2, pitch)


def nearest(line, asked=1):
    return likenesses(line, CATALOGUE, 1, asked)[0]


@given(
    st.sampled_from(LONG), st.integers(-7, 7), st.sampled_from((0.5, 0.8, 1.0, 1.7)),
)  # fmt: skip
@settings(max_examples=10, deadline=None)
def test_in_any_key_and_tempo_a_famous_melody_is_a_quotation_of_itself(one, higher, slower):
    found = nearest(moved(one.notes, higher, slower))
    assert found.incipit.name == one.name
    assert (found.kinship, found.similarity) == ("quotation", pytest.approx(1))
    assert found.transposition_semitones == higher
    assert found.tempo_ratio == pytest.approx(1 / slower)
    assert found.pairs == tuple((k, k) for k in range(len(one.notes)))


def test_inside_a_longer_melody_it_is_found_where_it_is():
    wandering = Notes.sorted(np.arange(6) * 0.4, 0.4, (50, 61, 53, 59, 66, 52))
    after = moved(ODE, 3, later_s=2.4)
    whole = Notes.sorted(
        np.append(wandering.onset_s, after.onset_s), 0.4,
        np.append(wandering.midi_pitch, after.midi_pitch),
    )  # fmt: skip
    found = nearest(whole)
    assert found.incipit.name == "Ode to Joy"
    assert found.pairs[:2] == ((0, 6), (1, 7))


def test_an_ornament_and_a_wrong_note_make_it_less_similar_but_not_unlike():
    pitch = ODE.midi_pitch.copy()
    pitch[6] += 1
    changed = Notes.sorted(ODE.onset_s, ODE.duration_s, pitch)
    found = nearest(changed)
    assert found.incipit.name == "Ode to Joy"
    assert 0.7 < found.similarity < 1
    assert found.agreement_bits < nearest(ODE).agreement_bits


@pytest.mark.parametrize(
    "pitch",
    [
        (60, 62, 64, 65, 67), (67, 65, 64, 62, 60), (60, 60, 60, 60), (60, 64, 67, 72),
        (72, 71, 69, 67, 65, 64, 62, 60), (60, 62, 64, 65, 67, 69, 71, 72), (60,) * 9,
        (60, 61, 62, 63, 64, 65, 66, 67),
    ],
)  # fmt: skip
def test_scales_repeated_notes_and_triads_are_undecided(pitch):
    line = Notes.sorted(np.arange(len(pitch)) * 0.5, 0.5, pitch)
    assert {one.kinship for one in likenesses(line, CATALOGUE)} <= {"undecided", "none"}


def test_the_fate_motif_alone_is_too_short_to_prove_anything():
    line = Notes.sorted((0.25, 0.5, 0.75, 1.0), 0.25, (67, 67, 67, 63))
    assert nearest(line).kinship != "quotation"


def test_the_more_melodies_are_asked_about_the_likelier_is_luck():
    line = Notes.sorted(np.arange(9) * 0.5, 0.5, (60, 64, 62, 67, 65, 60, 59, 62, 60))
    alone, among = nearest(line), nearest(line, asked=20)
    assert among.chance == pytest.approx(1 - (1 - alone.chance) ** 20)


def test_melodies_drawn_from_what_is_common_reach_a_chance_no_more_often_than_it_says():
    """Drawn step by step, they speak the language of folk melodies but quote nothing."""
    dice = np.random.default_rng(3)
    found = [nearest(drawn(dice, count)) for count in (8, 12, 20, 32) * 30]
    assert np.mean([one.chance <= 0.05 for one in found]) <= 0.08
    assert np.mean([one.chance <= 0.2 for one in found]) <= 0.28
    assert "quotation" not in {one.kinship for one in found}


def test_chance_falls_with_agreement_and_grows_with_length_and_catalogue():
    assert chance_of(30.0, 10, 1000) < chance_of(20.0, 10, 1000) < chance_of(20.0, 40, 1000)
    assert chance_of(20.0, 10, 1000) < chance_of(20.0, 10, 9000)
    assert chance_of(0.0, 10, 1000) == pytest.approx(1)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_notes_are_like_nothing(count):
    line = Notes.sorted(np.arange(count) * 1.0, 1.0, np.full(count, 60))
    assert likenesses(line, CATALOGUE) == ()


def test_an_empty_catalogue_knows_nothing():
    assert likenesses(ODE, known(())) == ()


def slow_agreement(told, heard, own, bits, prices):
    """The same recursion without a table of what came before: best over all chains of pairs."""
    best, speed_of = {}, {}
    for x in range(len(told[0])):
        for y in range(len(heard[0])):
            best[x, y], speed_of[x, y] = 0.0, None
            for back_x, back_y in [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1)]:
                a, b = x - back_x, y - back_y
                if a < 0 or b < 0:
                    continue
                here, there = told[0][x] - told[0][a], heard[0][y] - heard[0][b]
                speed = np.log2((told[1][x] - told[1][a]) / (heard[1][y] - heard[1][b]))
                worth = {0: 0.0, 12: -prices[4], 1: None}.get(abs(here - there), "other")
                earned = own[x - 1] if back_x == 1 else bits[int(np.clip(here, -12, 12)) + 12]
                if worth is None:
                    gain = -prices[0]
                elif worth == "other":
                    gain = -prices[1]
                else:
                    gain = earned + worth
                if speed_of[a, b] is not None:
                    gain += prices[5] - prices[2] * min(abs(speed - speed_of[a, b]), 2)
                gain += best[a, b] - prices[3] * (back_x + back_y - 2)
                if gain > best[x, y]:
                    best[x, y], speed_of[x, y] = gain, speed
    return max(best.values())


@given(st.lists(st.integers(58, 66), min_size=2, max_size=9), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_the_kernel_agrees_with_its_slow_twin(pitch, seed):
    dice = np.random.default_rng(seed)
    told = np.array(pitch, float), np.cumsum(dice.choice((0.5, 1.0), len(pitch)))
    heard = dice.integers(58, 66, 10).astype(float), np.cumsum(dice.choice((0.5, 1.0), 10))
    own, bits = dice.uniform(1, 5, len(pitch) - 1), dice.uniform(1, 5, 25)
    fast, _ = agreement(*told, *heard, own, bits, PRICES)
    assert fast == pytest.approx(slow_agreement(told, heard, own, bits, PRICES))
