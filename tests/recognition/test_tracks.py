"""Tracks against their place, length and kind; readings of a gap; and the people."""

import numpy as np
import pytest
from attrs import evolve
from made import ALBUM, WORK, Corrections, Subject, World, composer, row, track

from unsung.model.corrections import TrackCorrection
from unsung.model.recognition import Contribution, DataTooThin, Estimate, Gap, Identity
from unsung.model.reference import ReferenceSet, ReferenceWork
from unsung.recognition.explanations import Circumstances, explanations
from unsung.recognition.partnerships import (
    comparison,
    fame,
    freelancers,
    partnerships,
    people,
)  # fmt: skip
from unsung.recognition.tracks import left_out, track_gaps

COUNT = 16


def counted(listeners, voices=("listenbrainz", "lastfm")):
    """Every track's listeners, as two voices count them."""
    return World(tuple(
        row(f"{voice}_listeners", float(round(count * scale)), voice,
            Subject("track", f"{position:02}.flac"))
        for voice, scale in zip(voices, (1, 1.7), strict=False)
        for position, count in enumerate(listeners, 1)
    ))  # fmt: skip


def gaps_of(listeners, corrections=None, world=None):
    tracks = [track(n, f"Cue {n}") for n in range(1, len(listeners) + 1)]
    lengths = {one.file: 150.0 for one in tracks}
    return track_gaps(
        tracks, lengths, world or counted(listeners), corrections or Corrections(), "Work"
    )


def decaying():
    """Listeners that fall along the album, and nothing else."""
    return [4000 / position**0.7 for position in range(1, COUNT + 1)]


def test_listening_that_only_decays_singles_out_no_track():
    """The first tracks bend the line most; no other residual is a tenth of a missed track's."""
    missed = decaying()
    missed[4] /= 8
    plain = residuals(decaying())
    assert np.abs(plain[2:]).max() < 0.25 * np.abs(residuals(missed)[4])


def residuals(listeners):
    rows = np.log(np.arange(1, COUNT + 1.0))[:, None]
    scores = np.log1p(listeners)
    return left_out(rows, (scores - scores.mean()) / scores.std())


def test_a_track_heard_less_than_its_place_would_bring_stands_out():
    listeners = decaying()
    listeners[4] /= 8
    found = gaps_of(listeners).gaps
    assert max(found, key=lambda one: one.gap.value).file == "05.flac"
    assert found[4].gap.value > 90
    assert len(found[4].rows) == 2


def test_the_most_played_track_is_not_a_missed_one():
    listeners = decaying()
    listeners[0] *= 6
    assert gaps_of(listeners).gaps[0].gap.value < 50


def test_a_song_is_held_against_what_songs_are_heard():
    """The eighth is heard more than a cue in its place, and less than the other songs."""
    listeners = decaying()
    for at, times in ((7, 2), (4, 12), (11, 12), (14, 12)):
        listeners[at] *= times
    files = [f"{n:02}.flac" for n in (5, 8, 12, 15)]
    songs = Corrections(tracks={file: TrackCorrection(is_song=True) for file in files})
    plain, told = gaps_of(listeners), gaps_of(listeners, songs)
    assert told.gaps[7].gap.value > plain.gaps[7].gap.value


def test_voices_that_disagree_pool_tracks_to_the_album():
    dice = np.random.default_rng(2)
    one, other = dice.lognormal(5, 1, (2, COUNT))
    rows = (*counted(one, ("listenbrainz",)).rows, *counted(other, ("lastfm",)).rows)
    torn = gaps_of(decaying(), world=World(rows)).gaps
    agreed = gaps_of(list(one)).gaps
    assert np.mean([g.gap.high - g.gap.low for g in torn]) > np.mean(
        [g.gap.high - g.gap.low for g in agreed]
    )


@pytest.mark.parametrize("listeners", [[], [5.0], [5.0] * 7])
def test_few_tracks_are_too_thin(listeners):
    assert isinstance(gaps_of(listeners), DataTooThin)


def test_one_voice_is_too_thin():
    assert isinstance(gaps_of(decaying(), world=counted(decaying(), ("lastfm",))), DataTooThin)


def test_tracks_heard_equally_often_break_nothing():
    assert len(gaps_of([100.0] * COUNT).gaps) == COUNT


def test_left_out_residuals_equal_those_of_leaving_each_out():
    """The closed form against the slow, obvious way."""
    dice = np.random.default_rng(0)
    rows, scores = dice.standard_normal((12, 3)), dice.standard_normal(12)
    spread = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    columns = np.c_[np.ones(12), spread]
    penalty = 2.0 * np.diag([0, 1, 1, 1])
    slow = []
    for at in range(12):
        kept = np.arange(12) != at
        line = np.linalg.solve(
            columns[kept].T @ columns[kept] + penalty, columns[kept].T @ scores[kept]
        )
        slow.append(scores[at] - columns[at] @ line)
    assert left_out(rows, scores) == pytest.approx(slow)


NOBODY = Identity("The Glass Meridian", "film", 2011, "is", (), (), ())
SHORT = Gap(Estimate(90, 80, 97), Estimate(60, 20, 90), 10.0, (), 300)
OF_IT = ReferenceWork("own", "The Glass Meridian", "film", 2011, numbers={"imdb_votes": 900.0})


def readings(*rows, gap=SHORT, works=(), who=NOBODY):
    reference = ReferenceSet("r", tuple(works))
    thin = DataTooThin("x")
    return {
        one.kind: one
        for one in explanations(Circumstances(who, World(rows), OF_IT, reference, thin, gap, thin))
    }


def peers():
    return [
        ReferenceWork(f"p{n}", f"Peer {n}", "film", 2012, numbers={"imdb_votes": 1000.0 * (n + 1)},
                      composers=("Ada Vale",) if n == 39 else ("Somebody",))
        for n in range(40)
    ]  # fmt: skip


def test_more_wanted_than_owned_is_consistent_with_little_marketing():
    found = readings(row("discogs_have", 40.0, "discogs"), row("discogs_want", 408.0, "discogs"))
    assert list(found) == ["under-marketed"]
    assert {one.indicator for one in found["under-marketed"].rows} == {
        "discogs_have",
        "discogs_want",
    }


def test_few_votes_and_a_high_rating_are_consistent_with_a_niche():
    rows = (row("imdb_votes", 900.0, "imdb", WORK), row("imdb_rating", 7.9, "imdb", WORK))
    assert list(readings(*rows, works=peers())) == ["niche audience"]
    poor = (rows[0], row("imdb_rating", 5.9, "imdb", WORK))
    assert readings(*poor, works=peers()) == {}


def test_awards_for_the_pictures_alone():
    looks = row("visual_awards", 2.0, "wikidata", WORK)
    assert list(readings(looks)) == ["overshadowed by the visuals"]
    assert readings(looks, row("score_awards", 1.0, "wikidata", WORK)) == {}


def test_a_nomination_without_a_win():
    nominated = row("score_nominations", 1.0, "wikidata", WORK)
    assert list(readings(nominated)) == ["award crowding"]
    assert readings(nominated, row("score_wins", 1.0, "wikidata", WORK)) == {}


def test_a_far_bigger_work_of_the_same_composer():
    from unsung.model.recognition import Credit

    credit = Credit("Ada Vale", "composer", ("a", "b"), (), stated=True, because="")
    found = readings(works=peers(), who=evolve(NOBODY, credits=(credit,)))
    assert "Peer 39" in found["overshadowed by bigger names"].condition


def test_where_nothing_falls_short_nothing_is_explained():
    rows = (row("discogs_have", 4.0, "discogs"), row("discogs_want", 9.0, "discogs"))
    usual = evolve(SHORT, percentile=Estimate(60, 30, 80))
    assert readings(*rows, gap=usual) == {}


def test_an_early_work_with_few_traces_is_thin_not_underrated():
    found = readings(
        row("released", "1962", subject=WORK), gap=DataTooThin("x"), who=evolve(NOBODY, year=1962)
    )
    assert list(found) == ["time"]


def made(identifier, year, composers=(), directors=(), votes=None, medium="film"):
    numbers = {} if votes is None else {"imdb_votes": float(votes)}
    return ReferenceWork(identifier, identifier, medium, year, numbers=numbers,
                         composers=tuple(composers), directors=tuple(directors))  # fmt: skip


def test_partnerships_count_works_and_the_directors_share():
    works = [made("A", 2001, ["Vale"], ["Orr"]), made("B", 1999, ["Vale"], ["Orr"]),
             made("C", 2005, ["Quist"], ["Orr"])]  # fmt: skip
    first, second = partnerships(works)
    assert (first.composer, first.director, first.works) == ("Vale", "Orr", ("B", "A"))
    assert first.share_of_director == pytest.approx(2 / 3)
    assert second.works == ("C",)


def test_a_freelancer_never_has_the_same_director_twice():
    free = [made(f"F{n}", 2000, ["Free"], [f"D{n}"]) for n in range(3)]
    loyal = [made(f"L{n}", 2000, ["Loyal"], ["D0"]) for n in range(3)]
    assert freelancers([*free, *loyal]) == ("Free",)


def test_fame_looks_only_backwards():
    works = [made("A", 1990, ["Vale"]), made("B", 2000, ["Vale"]), made("C", None, ["Vale"])]
    assert fame("Vale", 2000, works) == 1
    assert fame("Vále", 2020, works) == 2
    assert fame("Vale", None, works) == 0


def test_the_composer_to_compare_with_follows_the_rule():
    own = made("Own", 2000, ["Vale"], votes=1000)
    works = [
        *(made(f"E{n}", 1990, ["Famous"]) for n in range(9)),
        *(made(f"G{n}", 1990, ["Giant"]) for n in range(9)),
        made("F", 2001, ["Famous"], votes=900),
        made("G", 2001, ["Giant"], votes=900_000),
        made("H", 2001, ["Newcomer"], votes=1000),
        made("I", 2001, ["Elsewhere"], votes=1000, medium="game"),
    ]
    assert comparison(own, works)[0] == "Famous"
    assert comparison(own, [])[0] == ""
    assert comparison(evolve(own, year=None), works)[0] == ""


def test_without_a_stated_composer_nobody_is_looked_up():
    assert isinstance(people(made("Own", 2000), [made("A", 1990, ["Vale"])]), DataTooThin)


def test_a_composer_row_is_no_number():
    assert list(World((composer("Ada", "imdb"),)).numbers(WORK)) == []
    assert next(World((row("discogs_have", 1.0),)).numbers(ALBUM)).value == 1.0


def test_the_latest_number_of_a_source_counts():
    rows = (row("discogs_have", 9.0, day="2026-10-01"), row("discogs_have", 5.0, day="2025-10-01"))
    assert [one.value for one in World(rows).numbers(ALBUM)] == [9.0]


def test_partners_of_partners_come_after_ones_own():
    works = [made("A", 2001, ["Vale"], ["Orr"]), made("B", 2002, ["Quist"], ["Orr"]),
             made("C", 2003, ["Quist"], ["Orr"]), made("D", 2003, ["Quist"], ["Far"]),
             made("E", 2003, ["Nobody"], ["Else"])]  # fmt: skip
    own = made("Own", 2010, ["Vale"])
    found = [(one.composer, one.director) for one in people(own, works).partnerships]
    assert found == [("Vale", "Orr"), ("Quist", "Orr")]


def moved(*pairs):
    contributions = tuple(Contribution(name, points, known=True) for name, points in pairs)
    return evolve(SHORT, contributions=contributions)


def test_a_reading_carries_what_the_regression_gives_its_exposure():
    rows = (row("discogs_have", 4.0, "discogs"), row("discogs_want", 9.0, "discogs"))
    gap = moved(("releases", -3.0), ("streaming_links", 1.0), ("imdb_votes", -2.0))
    found = readings(*rows, gap=gap)
    assert found["under-marketed"].points == -2.0
    assert list(found) == ["under-marketed"]


def test_exposure_that_lowers_what_was_expected_is_a_reading_with_its_rows():
    votes = row("imdb_votes", 900.0, "imdb", WORK)
    found = readings(votes, gap=moved(("imdb_votes", -11.0), ("year", -4.0)))
    assert list(found) == ["niche audience"]
    assert found["niche audience"].rows == (votes,)
    assert found["niche audience"].points == -11.0
    unknown = evolve(SHORT, contributions=(Contribution("imdb_votes", -11.0, known=False),))
    assert readings(votes, gap=unknown) == {}


def test_counts_that_one_person_wrote_down_say_too_little_of_tracks():
    world = counted(decaying())
    own = tuple(evolve(one, answer=evolve(one.answer, source="me")) for one in world.rows)
    assert isinstance(gaps_of(decaying(), world=World(own)), DataTooThin)
