"""People: what tags and sources say of who made it; whoever is not named is unknown."""

import sys
from pathlib import Path

import pytest
from attrs import evolve

from unsung.model.album import Person
from unsung.model.dossier import Dossier
from unsung.model.hearing import Heard
from unsung.model.recognition import (
    Case,
    Credit,
    DataTooThin,
    Estimate,
    Explanation,
    Gap,
    Identity,
    Recognition,
    TrackGap,
)
from unsung.model.recognition import Place as Percentile
from unsung.model.world import WORK, Answer, Row, World
from unsung.questions.people import PEOPLE

sys.path.append(str(Path(__file__).parents[1] / "pages"))
from soundtracks import recording_hearing, silent_hearing, soundtrack, track

ADA, BEN, CLEO = "Ada Vale", "Ben Orr", "Cleo Marsh"
THIN = DataTooThin("data too thin: two sources are needed")


def by(name, role="composer"):
    return (Person(name, role),)


def cue(at, people=(), seconds=60.0):
    return Heard(track(at, f"Cue {at}", people=people), recording_hearing(seconds, at))


def asked(*heard, case=None):
    return PEOPLE.answer(Dossier(soundtrack(*heard), case))


def of_kind(findings, kind):
    return [one for one in findings if one.kind == kind]


def row(indicator="listeners", value=12.0):
    answer = Answer(
        "source", "https://source.example", "2026-11-01T00:00:00+00:00", "0" * 64, "CC0"
    )
    return Row(WORK, indicator, value, answer, "/x")


def case(**known):
    plain = {
        "identity": Identity("The Glass Meridian", "game", 2019, "en", (), (), ()),
        "world": World(),
        "recognition": THIN,
        "gap": THIN,
        "merit": THIN,
        "album_plane": THIN,
        "track_merits": (),
        "track_gaps": THIN,
        "track_plane": THIN,
        "explanations": (),
        "people": THIN,
        "reference_name": "works of the 2010s",
        "reference_licence": "CC0-1.0",
        "synthetic": False,
    }
    return Case(**(plain | known))


def gap(low, value, high):
    return Gap(Estimate(value, low, high), Estimate(60, 40, 80), 30.0, (), 400)


def test_minutes_and_tracks_are_shared_as_the_tags_say():
    found = of_kind(asked(cue(1, by(ADA)), cue(2, by(ADA), 120.0), cue(3, by(BEN))), "composer")
    assert [one.facts["person"] for one in found] == [ADA, BEN]
    assert found[0].facts["tracks"].value == 2
    assert found[0].facts["minutes"].value == pytest.approx(3)
    assert found[0].facts["share"].value == pytest.approx(75)
    assert [one.says for one in found[0].readings] == [ADA, ADA]


def test_two_who_share_a_track_both_count_it():
    found = of_kind(asked(cue(1, (*by(ADA), *by(BEN)))), "composer")
    assert {one.facts["share"].value for one in found} == {100.0}


def test_whoever_is_not_named_is_unknown():
    (found,) = of_kind(asked(cue(1, by(ADA)), cue(2)), "no composer named")
    assert found.verdict == "undecided"
    assert found.facts["tracks"].value == 1
    assert not of_kind(asked(cue(1), cue(2)), "composer")


def test_an_artist_is_not_taken_for_a_composer():
    (found,) = of_kind(asked(cue(1, by(ADA, "artist"))), "artist")
    assert "do not say" in found.claim
    assert not of_kind(asked(cue(1, by(ADA, "artist"))), "composer")


def test_who_composed_a_track_is_not_named_again_as_its_artist():
    assert not of_kind(asked(cue(1, (*by(ADA), *by(ADA, "artist")))), "artist")


def test_performers_conductors_and_arrangers_are_named():
    people = (*by(ADA), *by(BEN, "conductor"), *by(CLEO, "performer"))
    found = asked(cue(1, people))
    assert of_kind(found, "conductor")[0].facts["person"] == BEN
    assert of_kind(found, "performer")[0].facts["person"] == CLEO


def test_composers_of_one_track_are_named_together():
    heard = (cue(1, by(ADA)), cue(2, by(ADA)), cue(3, by(BEN)), cue(4, by(CLEO)))
    (found,) = of_kind(asked(*heard), "composers of one track")
    assert found.facts["names"] == f"{BEN} and {CLEO}"


def test_nobody_is_singled_out_of_an_album_that_shows_no_more_than_luck():
    heard = [cue(at, by(ADA if at % 2 else BEN), 60.0 + at) for at in range(1, 17)]
    for one in of_kind(asked(*heard), "composer’s highest track"):
        assert one.verdict == "undecided"
        assert one.chance > 0.05


def test_where_the_world_was_not_asked_that_is_said_with_the_command():
    (found,) = of_kind(asked(cue(1, by(ADA))), "not asked")
    assert found.verdict == "undecided"
    assert "unsung recognise" in found.facts["command"]


def test_thin_data_are_said_to_be_thin():
    found = of_kind(asked(cue(1, by(ADA)), case=case()), "data too thin")
    assert {one.facts["reason"] for one in found} == {THIN.reason}


def test_recognition_and_gap_carry_their_intervals_and_rows():
    given = Recognition(Estimate(22, 12, 35), (Percentile(row(), 22.0, 80, "games"),), ("a", "b"))
    found = asked(cue(1, by(ADA)), case=case(recognition=given, gap=gap(70, 85, 95)))
    (recognition,), (short,) = of_kind(found, "recognition"), of_kind(found, "gap")
    assert (recognition.facts["percentile"].low, recognition.facts["percentile"].high) == (12, 35)
    assert recognition.rows == short.rows == (row(),)
    assert short.verdict == "supported"


@pytest.mark.parametrize(
    ("bounds", "verdict"), [((30, 60, 80), "undecided"), ((10, 20, 30), "contradicted")]
)
def test_a_gap_that_may_be_none_is_undecided(bounds, verdict):
    given = Recognition(Estimate(22, 12, 35), (Percentile(row(), 22.0, 80, "games"),), ("a", "b"))
    found = asked(cue(1, by(ADA)), case=case(recognition=given, gap=gap(*bounds)))
    assert of_kind(found, "gap")[0].verdict == verdict


def test_a_made_up_reference_supports_nothing():
    given = Recognition(Estimate(22, 12, 35), (Percentile(row(), 22.0, 80, "games"),), ("a", "b"))
    made_up = case(recognition=given, gap=gap(70, 85, 95), synthetic=True)
    found = asked(cue(1, by(ADA)), case=made_up)
    assert {one.verdict for one in found if one.kind in {"recognition", "gap"}} == {"undecided"}
    assert of_kind(found, "made up")


def test_readings_are_hedged_whatever_their_rows():
    reading = Explanation("under-marketed", "no more than one release is known", (row(),), -7.0)
    (found,) = of_kind(asked(cue(1, by(ADA)), case=case(explanations=(reading,))), "reading")
    assert found.verdict == "undecided"
    assert "consistent with" in found.claim
    assert found.rows == (row(),)


def test_credits_are_given_only_where_they_may_be_stated():
    known = Credit(BEN, "orchestrator", ("a", "b"), (), stated=True, because="two agree",
                   rows=(row("orchestrator", BEN),))  # fmt: skip
    doubted = evolve(known, name=CLEO, stated=False)
    identity = Identity("The Glass Meridian", "game", 2019, "en", (), (), (known, doubted))
    found = of_kind(asked(cue(1, by(ADA)), case=case(identity=identity)), "credit")
    assert [one.facts["person"] for one in found] == [BEN]


def test_a_composer_whose_tracks_all_fall_short_is_named_and_others_are_not():
    heard = [cue(at, by(ADA if at <= 5 else BEN)) for at in range(1, 11)]
    gaps = tuple(
        TrackGap(one.track.file, one.track.title,
                 Estimate(85 if at < 5 else 20, 5, 95), (row(),))
        for at, one in enumerate(heard)
    )  # fmt: skip
    (found,) = of_kind(asked(*heard, case=case(track_gaps=gaps)), "composer’s gap")
    assert found.facts["person"] == ADA
    assert found.facts["gap"].low > 50


def test_silence_and_an_empty_album_name_only_what_the_tags_name():
    assert asked() == ()
    found = asked(Heard(track(1, "Nothing"), silent_hearing()))
    assert all(one.verdict == "undecided" for one in found)


def test_slugs_are_of_one_finding_each():
    heard = [cue(at, (*by(ADA), *by(f"Player {at}", "performer"))) for at in range(1, 12)]
    found = asked(*heard, case=case())
    assert len({one.slug for one in found}) == len(found)
