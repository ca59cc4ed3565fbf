"""A story says where music is used, and keeps unknown apart from none."""

import pytest

from unsung.model.motif import Motif, Occurrence
from unsung.model.outcomes import UNDECIDED
from unsung.model.story import MusicUse, Scene, Story, motif_trail
from unsung.model.time import Span

SCENES = (
    Scene("harbour", strand="Voyage", step=1, characters=("Ana", "Ben")),
    Scene("storm", strand="Voyage", step=2, characters=("Ana",)),
    Scene("dream", strand="Voyage", step=3),
)
USES = (
    MusicUse("Storm", "storm", "storm.ogg", characters=("Cid",)),
    MusicUse("Home", "storm", "home.ogg"),
    MusicUse("Home", "harbour", "home.ogg"),
    MusicUse("Filler", "dream", "filler.ogg", chosen=False),
    MusicUse("Song", "dream", candidates=("song_1.ogg", "song_2.ogg")),
)
ALBUM = ("home.ogg", "storm.ogg", "filler.ogg", "song_1.ogg", "unsung.ogg")


def story(coverage="the whole voyage"):
    return Story("Voyage", SCENES, USES, coverage)


def test_uses_come_in_story_order():
    assert [use.scene for use in story().uses_of("home.ogg")] == ["harbour", "storm"]
    assert [use.named for use in story().trail(["home.ogg", "storm.ogg"])] == [
        "Home", "Storm", "Home",
    ]  # fmt: skip
    assert [scene.name for scene in story().scenes_of("home.ogg")] == ["harbour", "storm"]


def test_a_track_that_may_have_been_meant_is_not_called_unused():
    assert story().never_used(ALBUM) == ("unsung.ogg",)


def test_without_stated_coverage_nothing_is_called_unused():
    assert story("").never_used(ALBUM) is UNDECIDED
    assert story("").times_used("unsung.ogg") is UNDECIDED
    assert story("").times_used("home.ogg") == 2


def test_zero_is_said_only_where_it_is_certain():
    assert story().times_used("unsung.ogg") == 0
    assert story().times_used("song_1.ogg") is UNDECIDED


def test_music_that_a_default_brings_is_used_but_not_chosen():
    assert story().times_used("filler.ogg") == 0
    assert len(story().uses_of("filler.ogg", defaults=True)) == 1
    assert "filler.ogg" not in story().never_used(ALBUM)


def test_who_is_there_is_told_of_the_moment_before_the_scene():
    at = {use.named: story().present_at(use) for use in story().uses}
    assert at == {"Storm": ("Cid",), "Home": ("Ana", "Ben"), "Filler": None, "Song": None}


def test_characters_of_most_scenes_come_first():
    assert story().characters == ("Ana", "Ben")


def test_music_that_is_not_certain_stays_unresolved():
    assert [use.named for use in story().unresolved] == ["Song"]


def test_music_cannot_be_used_outside_the_story():
    with pytest.raises(ValueError, match="no scene"):
        Story("Voyage", SCENES, (MusicUse("Home", "nowhere"),))
    with pytest.raises(ValueError, match="once"):
        Story("Voyage", (*SCENES, Scene("storm")))


def test_a_motif_is_met_in_story_order_and_only_where_it_sounds():
    early, late = Occurrence("home.ogg", Span(5, 9)), Occurrence("home.ogg", Span(60, 64))
    elsewhere = Occurrence("storm.ogg", Span(1, 4))
    motif = Motif("A", early, (early, late, elsewhere))
    uses = (
        MusicUse("Storm", "dream", "storm.ogg", span=Span(10, 20)),
        MusicUse("Home", "storm", "home.ogg", span=Span(50, 70)),
        MusicUse("Home", "harbour", "home.ogg"),
    )
    trail = motif_trail(Story("Voyage", SCENES, uses), motif)
    assert [(use.scene, heard) for use, heard in trail] == [
        ("harbour", (early, late)),
        ("storm", (late,)),
    ]
