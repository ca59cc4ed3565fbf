"""Screenplays in Fountain: scenes, characters and what they say."""

from hypothesis import given
from hypothesis import strategies as st

from unsung.library.story.fountain import fountain, is_fountain
from unsung.model.story import Line, Story

PLAY = """Title:
    _**The Voyage**_
Credit: Written by
Author: Nobody

FADE IN:

INT. HARBOUR OFFICE - NIGHT #1#

A lamp. [[We never see it lit.
It is broken.]] ANA reads.

ANA (40)
(not looking up)
We sail *tomorrow*.
(a beat)
Or never.

BEN (V.O.)
Aye.

/* INT. CUT SCENE - DAY

CID
I was cut. */

@McAvoy ^
Both of us.

CUT TO:

EXT. SEA

The STORM.

!THUNDER
rolls.

.ON THE BRIDGE

= They argue.

ANA (CONT'D)
Hold on!

INT. HARBOUR OFFICE - NIGHT

> THE END <
"""


def test_scenes_lie_between_headings():
    story = fountain(PLAY, "voyage.fountain")
    assert [(scene.name, scene.step) for scene in story.scenes[1:]] == [
        ("INT. HARBOUR OFFICE - NIGHT", 2),
        ("EXT. SEA", 3),
        ("ON THE BRIDGE", 4),
        ("INT. HARBOUR OFFICE - NIGHT (2)", 5),
    ]
    assert story.title == "The Voyage"


def test_a_place_is_the_heading_without_light_and_time():
    places = [scene.place for scene in fountain(PLAY, "v").scenes[1:]]
    assert places == ["HARBOUR OFFICE", "SEA", "ON THE BRIDGE", "HARBOUR OFFICE"]


def test_speeches_are_lines_without_stage_directions_and_marks():
    assert fountain(PLAY, "v").scenes[1].lines == (
        Line("We sail tomorrow. Or never.", "ANA"),
        Line("Aye.", "BEN"),
        Line("Both of us.", "McAvoy"),
    )


def test_extensions_do_not_make_another_character():
    assert fountain(PLAY, "v").characters == ("ANA", "BEN", "McAvoy")


def test_a_scene_without_speech_says_nothing_of_who_is_there():
    scenes = fountain(PLAY, "v").scenes
    assert scenes[2].characters is None
    assert scenes[4].characters is None


def test_a_screenplay_is_known_by_its_headings():
    assert is_fountain(PLAY)
    assert not is_fountain("Dear diary,\n\nInternal matters today.\n")


def test_an_empty_screenplay_has_no_scenes():
    assert fountain("", "v") == Story("v", sources=("v",))


@given(st.text(alphabet="INTEX. ABab@>()^!=~*_[]/\n#:", max_size=150))
def test_any_text_is_a_story(text):
    assert isinstance(fountain(text, "v"), Story)
