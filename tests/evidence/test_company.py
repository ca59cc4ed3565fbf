"""Who keeps company with a track, and with a motif that several tracks carry."""

import numpy as np

from unsung.evidence.association import AssociationSettings
from unsung.evidence.chance import ChanceSettings
from unsung.evidence.company import CompanySettings, motif_company, track_company
from unsung.model.story import MusicUse, Scene, Story

SETTINGS = CompanySettings(AssociationSettings(ChanceSettings(shuffles=499), "shuffled"))


def voyage(kind="characters"):
    """Forty scenes; tracks a, b and c play where Ana is, the other six wherever luck puts them."""
    dice = np.random.default_rng(11)
    ana, ben = dice.random(40) < 0.4, dice.random(40) < 0.5
    people = [("Ana",) * bool(a) + ("Ben",) * bool(b) for a, b in zip(ana, ben, strict=True)]
    scenes = tuple(Scene(f"{at}", step=at + 1, **{kind: who}) for at, who in enumerate(people))
    uses = [
        MusicUse(track, f"{at}", f"{track}.ogg")
        for track in "abcdefghi"
        for at in range(40)
        if (ana[at] and dice.random() < 0.6 if track in "abc" else dice.random() < 0.25)
    ]
    return Story("Voyage", scenes, tuple(uses))


def test_tracks_that_play_where_somebody_is_keep_them_company():
    found = track_company(voyage(), SETTINGS)
    sure = {(row.item, row.character) for row in found if row.corrected < 0.05}
    assert sure == {("a.ogg", "Ana"), ("b.ogg", "Ana"), ("c.ogg", "Ana")}


def test_ideas_are_asked_about_as_characters_are():
    ideas = CompanySettings(SETTINGS.association, "ideas")
    row = track_company(voyage("ideas"), ideas)[0]
    assert row.character == "Ana"
    assert track_company(voyage("ideas"), SETTINGS) == ()


def test_company_names_its_scenes_and_counts_them():
    for row in track_company(voyage(), SETTINGS):
        assert row.together == len(row.scenes) > 0
        assert list(row.scenes) == sorted(row.scenes, key=int)


def test_a_motif_of_several_such_tracks_is_found_and_one_of_others_is_not():
    motifs = {"A": ("a.ogg", "b.ogg", "c.ogg"), "B": ("d.ogg", "e.ogg", "f.ogg")}
    found = {
        (row.item, row.character): row.corrected
        for row in motif_company(voyage(), motifs, SETTINGS)
    }
    assert found["A", "Ana"] < 0.05
    assert found["A", "Ben"] > 0.05
    assert found["B", "Ana"] > 0.05


def test_a_motif_in_a_single_track_is_never_sure():
    found = motif_company(voyage(), {"A": ("a.ogg",)}, SETTINGS)
    assert min(row.chance for row in found) > 0.05
    assert min(row.corrected for row in found) > 0.05


def test_scenes_of_which_nobody_says_who_is_there_do_not_count():
    story = voyage()
    unknown = Story("Voyage", tuple(Scene(scene.name) for scene in story.scenes), story.uses)
    assert track_company(unknown, SETTINGS) == ()
    assert motif_company(unknown, {"A": ("a.ogg",)}, SETTINGS) == ()


def test_music_that_nobody_chose_is_no_evidence():
    story = voyage()
    uses = tuple(MusicUse(one.named, one.scene, one.track_file, chosen=False) for one in story.uses)
    assert track_company(Story("Voyage", story.scenes, uses), SETTINGS) == ()


def test_an_empty_story_and_no_motifs_give_nothing():
    assert track_company(Story("Nothing"), SETTINGS) == ()
    assert motif_company(Story("Nothing"), {}, SETTINGS) == ()
    assert motif_company(voyage(), {}, SETTINGS) == ()
