"""A campaign of Wesnoth tells its story: scenarios, who is there, and the music."""

import pytest

from unsung.library.story.campaigns import campaigns
from unsung.library.story.succession import steps
from unsung.model.errors import LibraryError

HEAD = '[campaign]\nid=Voyage\nname= _ "The Voyage"\nfirst_scenario=01_Harbour\n[/campaign]\n'
HARBOUR = """
[scenario]
    id=01_Harbour
    name= _ "scenario name^Harbour"
    next_scenario=02a_Storm
    {INTRO_AND_SCENARIO_MUSIC "dawn.ogg" "port.ogg"}
    {EXTRA_SCENARIO_MUSIC gulls.ogg} # twice as merry
    [story]
        [part]
            music=tale.ogg
        [/part]
    [/story]
    [side]
        id=ana
        name= _ "Captain Ana"
    [/side]
    [event]
        name=start
        [message]
            speaker=ana
            message= _ "We sail."
        [/message]
        [message]
            speaker=narrator
            message= _ "They sailed."
        [/message]
        [message]
            speaker=unit
            message=_"Aye!"
        [/message]
    [/event]
    [event]
        name=last breath
        [filter]
            id=ana
        [/filter]
        {FAREWELL}
        [endlevel]
            next_scenario=02b_Calm
        [/endlevel]
    [/event]
[/scenario]
"""
MACROS = """
#define FAREWELL
    {INCIDENTAL_MUSIC sad.ogg}
    [message]
        speaker=ben
        message= _ "Farewell, Ana!"
    [/message]
#enddef
#define BEN
    [recall]
        id=ben
    [/recall]
#enddef
"""
STORM = """
[scenario]
    id=02a_Storm
    name=Storm
    next_scenario=03_Home
    {SCENARIO_MUSIC storm.ogg}
    {DEFAULT_MUSIC_PLAYLIST}
    {BEN}
[/scenario]
"""
CALM = "[scenario]\nid=02b_Calm\nname=Calm\nnext_scenario=03_Home\n[/scenario]\n"
HOME = """
[scenario]
    id=03_Home
    name=Home
    next_scenario=null
    [unit]
        id=ben
        name="Ben"
    [/unit]
[/scenario]
"""
GAME = """
[game_config]
    title_music="theme.ogg"
    default_victory_music="won.ogg,won2.ogg"
[/game_config]
"""


@pytest.fixture
def voyage(tmp_path):
    """A campaign of four scenarios, one fork, and macros in a file of their own."""
    folder = tmp_path / "Voyage"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "_main.cfg").write_text(HEAD)
    (folder / "macros.cfg").write_text(MACROS)
    for name, text in {"1": HARBOUR, "2a": STORM, "2b": CALM, "3": HOME}.items():
        (folder / "scenarios" / f"{name}.cfg").write_text(text)
    return folder


def scene(story, name):
    return next(scene for scene in story.scenes if scene.name.endswith(name))


def test_scenarios_follow_each_other_and_branches_share_a_step(voyage):
    story = campaigns(voyage)
    assert [(one.name, one.step) for one in story.scenes] == [
        ("Voyage/01_Harbour", 1),
        ("Voyage/02a_Storm", 2),
        ("Voyage/02b_Calm", 2),
        ("Voyage/03_Home", 3),
    ]
    assert story.strands == ("The Voyage",)
    assert scene(story, "Harbour").title == "Harbour"


def test_lines_are_spoken_by_people_with_their_names(voyage):
    lines = scene(campaigns(voyage), "Harbour").lines
    assert [(line.speaker, line.text) for line in lines] == [
        ("Captain Ana", "We sail."),
        ("", "They sailed."),
        ("", "Aye!"),
        ("Ben", "Farewell, Ana!"),
    ]


def test_present_are_those_who_speak_and_those_put_on_the_map(voyage):
    story = campaigns(voyage)
    assert scene(story, "Harbour").characters == ("Ben", "Captain Ana")
    assert scene(story, "Storm").characters == ("Ben",)
    assert scene(story, "Calm").characters == ()


@pytest.mark.parametrize("name", ["?", "$this_item.name", "$unit.name"])
def test_what_a_script_fills_in_is_nobodys_name(voyage, name):
    put = f'    [unit]\n        id=stranger\n        name="{name}"\n    [/unit]\n[/scenario]'
    (voyage / "scenarios" / "1.cfg").write_text(HARBOUR.replace("[/scenario]", put))
    assert scene(campaigns(voyage), "Harbour").characters == ("Ben", "Captain Ana")


def test_music_is_used_on_its_occasions(voyage):
    uses = [use for use in campaigns(voyage).uses if use.chosen]
    assert sorted((use.named, use.occasion) for use in uses) == [
        ("dawn.ogg", "intro"),
        ("gulls.ogg", "scene"),
        ("port.ogg", "scene"),
        ("sad.ogg", "event"),
        ("storm.ogg", "scene"),
        ("tale.ogg", "intro"),
    ]


def test_music_at_an_event_knows_what_happens_and_who_is_there(voyage):
    farewell = next(use for use in campaigns(voyage).uses if use.named == "sad.ogg")
    assert farewell.event == "last breath Captain Ana"
    assert farewell.characters == ("Ben", "Captain Ana")
    assert farewell.ideas == ("death",)
    assert farewell.source == "Voyage/scenarios/1.cfg"


def test_what_a_default_brings_was_not_chosen(voyage):
    unchosen = [use for use in campaigns(voyage).uses if not use.chosen]
    assert {use.scene for use in unchosen} == {"Voyage/02a_Storm"}
    assert {use.named for use in unchosen} >= {"revelation.ogg", "knolls.ogg"}
    assert len(unchosen) == 26


def test_coverage_says_what_was_read_and_no_more(voyage):
    assert campaigns(voyage).coverage == (
        "the music that the scripts of 4 scenarios of The Voyage ask for"
    )


def test_the_game_itself_plays_around_the_story(voyage):
    (voyage / "game_config.cfg").write_text(GAME)
    story = campaigns(voyage)
    around = [use for use in story.uses if use.scene == "around the story"]
    assert [(use.named, use.event, use.chosen) for use in around] == [
        ("theme.ogg", "title", True),
        ("won.ogg", "default victory", False),
        ("won2.ogg", "default victory", False),
    ]
    assert story.coverage.endswith(
        "and what the game itself plays in menus, at victory and at defeat"
    )


def test_scripts_without_a_campaign_are_told_by_their_folder(tmp_path):
    (tmp_path / "b.cfg").write_text(HOME)
    (tmp_path / "a.cfg").write_text(STORM)
    story = campaigns(tmp_path)
    assert [one.step for one in story.scenes] == [1, 2]
    assert story.strands == (tmp_path.name,)


def test_a_way_back_is_not_followed_and_a_short_cut_does_not_come_first():
    follows = {"a": ["b", "d"], "b": ["c"], "c": ["a", "d"], "d": [], "e": ["f"], "f": ["e"]}
    assert steps(follows, ["a"]) == {"a": 1, "b": 2, "c": 3, "d": 4}
    assert steps({"x": ["y"], "y": []}, []) == {"x": 1, "y": 2}
    assert steps({}, []) == {}


def test_a_broken_script_is_named_with_its_line(voyage):
    (voyage / "scenarios" / "3.cfg").write_text('[scenario]\nid=03\nname="open\n[/scenario]\n')
    with pytest.raises(LibraryError, match=r"3\.cfg: line 3: a quotation mark") as caught:
        campaigns(voyage)
    assert "\n" not in str(caught.value)


def test_a_folder_without_scripts_says_what_is_needed(tmp_path):
    with pytest.raises(LibraryError, match="holds no campaign"):
        campaigns(tmp_path)
    (tmp_path / "a.cfg").write_bytes(b"[scenario]\0")
    with pytest.raises(LibraryError, match="holds no campaign"):
        campaigns(tmp_path)
