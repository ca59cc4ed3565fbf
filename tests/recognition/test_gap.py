"""Recognition, what was expected of it, and the gap between: on works whose truth is known."""

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from made import row

from unsung.model.recognition import DataTooThin, Gap
from unsung.model.reference import ReferenceSet, ReferenceWork
from unsung.model.world import YOURS
from unsung.recognition.expected import conformal, expectation
from unsung.recognition.gaps import gap, gap_draws, ground
from unsung.recognition.percentiles import (
    Groups,
    normal_score,
    percent_of,
    percentile,
    voice_percentiles,
)
from unsung.recognition.received import received


def typical(on, **numbers):
    """A work in the middle of everything, but for these numbers."""
    names = {name for work in on.given.works for name in work.numbers}
    middle = {
        name: float(np.median([w.numbers[name] for w in on.given.works if name in w.numbers]))
        for name in names
    }
    return ReferenceWork("own", "Own", "film", 2001, "en", {**middle, **numbers})


def gap_of(on, **numbers):
    return gap(typical(on, **numbers), on)


HEARD = ("listenbrainz_listeners", "lastfm_listeners", "discogs_have")


def test_what_is_as_usual_in_all_has_no_gap(on):
    found = gap_of(on)
    assert found.percentile.low < 50 < found.percentile.high


def test_fewer_listeners_at_equal_exposure_widen_the_gap(on):
    usual = typical(on)
    gaps = [
        gap_of(on, **{name: share * usual.numbers[name] for name in HEARD}).percentile.value
        for share in (0.02, 0.2, 1, 5, 50)
    ]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 90
    assert gaps[-1] < 10


def test_a_work_that_reached_further_should_have_been_heard_more(on):
    seen = gap_of(on, imdb_votes=500_000, work_page_views=20_000)
    unseen = gap_of(on, imdb_votes=500, work_page_views=50)
    assert seen.expected.value > unseen.expected.value
    assert seen.percentile.value > unseen.percentile.value


def test_one_source_is_too_thin_and_none_is(on):
    usual = typical(on)
    for names in ((), HEARD[:1]):
        numbers = {
            name: v for name, v in usual.numbers.items() if name not in HEARD or name in names
        }
        found = gap(evolve(usual, numbers=numbers), on)
        assert isinstance(found, DataTooThin)
        assert "data too thin" in found.reason


def test_listeners_and_listens_of_one_service_are_one_voice(on):
    usual = typical(on)
    numbers = {k: v for k, v in usual.numbers.items() if k not in HEARD[1:]}
    numbers["listenbrainz_listens"] = 9.0
    assert isinstance(gap(evolve(usual, numbers=numbers), on), DataTooThin)


def test_nothing_known_of_the_works_reach_is_too_thin(on):
    usual = typical(on)
    numbers = {name: usual.numbers[name] for name in HEARD}
    assert "how far the work itself reached" in gap(evolve(usual, numbers=numbers), on).reason


def test_unknown_is_not_zero(on):
    """Leaving votes out expects the usual; votes of zero expect nearly nothing."""
    usual = typical(on)
    without = {k: v for k, v in usual.numbers.items() if k != "imdb_votes"}
    unknown = gap(evolve(usual, numbers=without), on).expected.value
    assert abs(unknown - gap_of(on).expected.value) < 12
    assert gap_of(on, imdb_votes=0).expected.value < unknown - 12


def test_works_of_too_small_a_reference_have_no_gap(planted):
    few = evolve(planted.reference, works=planted.reference.works[:40])
    assert isinstance(ground(few), DataTooThin)
    assert isinstance(ground(ReferenceSet("", ())), DataTooThin)


def test_the_gap_does_not_follow_exposure(planted, on):
    at = [int(work.identifier.partition(":")[2]) for work in on.given.works]
    residuals = on.expected.residuals
    votes = on.rows[:, on.chosen.names.index("imdb_votes")]
    assert abs(np.corrcoef(residuals, votes)[0, 1]) < 0.1
    recognised = np.corrcoef(on.given.scores, planted.exposure[at])[0, 1]
    assert recognised > 0.4


def test_no_work_takes_part_in_its_own_expectation(on):
    """An absurd score moves what was expected of the others, never of itself."""
    scores = on.given.scores.copy()
    scores[17] = 50.0
    moved = expectation(on.rows, scores, 0)
    assert moved.out_of_fold[17] == pytest.approx(on.expected.out_of_fold[17])
    assert not np.allclose(moved.out_of_fold, on.expected.out_of_fold)


def test_the_band_holds_nine_tenths_of_works_it_never_saw():
    dice = np.random.default_rng(3)
    rows = dice.standard_normal((1200, 2))
    scores = rows @ [1.0, -0.5] + dice.standard_t(3, 1200)
    found = expectation(rows[:600], scores[:600], 0)
    low, high = found.band
    fresh = scores[600:] - np.array([found.of(row) for row in rows[600:]])
    assert 0.86 < np.mean((fresh >= low) & (fresh <= high)) < 0.94


def test_a_few_giants_do_not_bend_what_is_expected_of_the_rest():
    rows = np.linspace(-1, 1, 200)[:, None]
    scores = 2 * rows[:, 0]
    scores[-8:] += 40
    line = expectation(rows, scores, 0).line
    assert line == pytest.approx([0, 2], abs=0.1)


def test_contributions_say_what_moves_the_expectation(on):
    strongest = gap_of(on, imdb_votes=900_000).contributions[0]
    assert strongest.feature == "imdb_votes"
    assert strongest.points > 10


def test_asked_twice_the_answer_is_the_same(on):
    assert gap_of(on) == gap_of(on)
    assert np.array_equal(gap_draws(on, 4), gap_draws(on, 4))


def test_a_gap_carries_its_interval_and_its_count_of_works(on):
    found = gap_of(on)
    assert isinstance(found, Gap)
    assert found.percentile.low <= found.percentile.value <= found.percentile.high
    assert found.works == len(on.given.works)


def test_peers_are_of_the_decade_and_medium_where_there_are_enough():
    def work(n, year, medium="film"):
        return ReferenceWork(f"{n}", "t", medium, year, numbers={"imdb_votes": float(n)})

    works = [work(n, 1995) for n in range(30)] + [work(n, 2005) for n in range(100, 110)]
    works += [work(n, 1995, "game") for n in range(1000, 1003)]
    assert Groups(works).peers(works[0], "imdb_votes").among == "film works of the 1990s"
    assert len(Groups(works).peers(works[30], "imdb_votes").values) == 40
    assert Groups(works).peers(works[-1], "imdb_votes").among == "works of any kind"


def test_too_few_known_peers_give_no_percentile():
    works = [
        ReferenceWork(str(n), "t", "film", 1995, numbers={"discogs_have": float(n)})
        for n in range(19)
    ]
    assert voice_percentiles(works[0], Groups(works)) == {}


def test_percentiles_share_ties():
    among = np.array([1.0, 2.0, 2.0, 3.0])
    assert [percentile(value, among) for value in (0, 1, 2, 3, 9)] == [0, 12.5, 50, 87.5, 100]


@settings(deadline=None)
@given(st.floats(0.5, 99.5))
def test_a_normal_score_gives_its_percentile_back(percent):
    assert percent_of(normal_score(percent)) == pytest.approx(percent)


def test_conformal_bounds_are_order_statistics():
    assert conformal(np.arange(1.0, 100.0)) == (5.0, 95.0)


def test_the_error_of_recognition_shrinks_with_voices(planted):
    given_ = received(planted.reference)
    assert given_.error(2) > given_.error(4) > 0


def test_what_one_person_wrote_down_is_one_voice(on):
    """Two counts without the service that counted are one person's word, however many there are."""
    usual = typical(on)
    numbers = {k: v for k, v in usual.numbers.items() if k != "listenbrainz_listeners"}
    named = evolve(usual, numbers=numbers)
    assert isinstance(gap(named, on), Gap)
    found = gap(evolve(named, voices=dict.fromkeys(HEARD, YOURS)), on)
    assert "one source alone (you)" in found.reason


def test_a_row_speaks_for_the_service_that_it_names_and_else_for_who_wrote_it():
    assert row("lastfm_listeners", 9.0, "Last.fm").voice == "lastfm"
    assert row("deezer_rank", 9.0, "deezer").voice == "deezer"
    assert row("lastfm_listeners", 9.0, "me").voice == row("deezer_rank", 9.0, "notes").voice


def test_not_knowing_a_count_is_one_contribution_with_what_is_usual(on):
    usual = typical(on)
    without = {k: v for k, v in usual.numbers.items() if k != "imdb_votes"}
    found = gap(evolve(usual, numbers=without), on).contributions
    assert [one.known for one in found if one.feature == "imdb_votes"] == [False]
    assert not [one for one in found if "unknown" in one.feature]
