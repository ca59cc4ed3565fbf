"""Cue sheets of our own: the CSV and the JSON form say the same, and errors name their line."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import answers_or_one_line

from unsung.library.story.sheet_csv import csv_story, is_csv_sheet
from unsung.library.story.sheet_json import is_json_sheet, json_story
from unsung.model.errors import LibraryError
from unsung.model.outcomes import UNDECIDED
from unsung.model.story import MusicUse, Scene, Story
from unsung.model.time import Span

CSV = """# title: The Voyage
# coverage: every cue of the film
track,start_s,end_s,film_start_s,film_end_s,scene,place,characters,ideas,occasion,source
Dawn,,,60,95.5,harbour,the quay,Ana; Ben,hope,intro,cue sheet p. 1
,,,,,storm,at sea,Ana,danger;hope,,
Theme,12,20,,,storm,,,,event,
,,,200,260,dream,,-,,,
"""
JSON = {
    "title": "The Voyage",
    "coverage": "every cue of the film",
    "scenes": [
        {
            "scene": "harbour", "place": "the quay", "characters": ["Ana", "Ben"],
            "ideas": ["hope"],
            "music": [
                {
                    "track": "Dawn", "film_span_s": [60, 95.5], "characters": ["Ana", "Ben"],
                    "ideas": ["hope"], "occasion": "intro", "source": "cue sheet p. 1",
                }
            ],
        },
        {
            "scene": "storm", "place": "at sea", "characters": ["Ana"], "ideas": ["danger", "hope"],
            "music": [
                {
                    "track": "Theme", "span_s": [12, 20], "occasion": "event",
                    "source": "v.csv, line 6",
                }
            ],
        },
        {"scene": "dream", "characters": [], "film_span_s": [200, 260]},
    ],
}  # fmt: skip
VOYAGE = Story(
    "The Voyage",
    (
        Scene("harbour", place="the quay", characters=("Ana", "Ben"), ideas=("hope",)),
        Scene("storm", place="at sea", characters=("Ana",), ideas=("danger", "hope")),
        Scene("dream", characters=(), film_span=Span(200, 260)),
    ),
    (
        MusicUse(
            "Dawn", "harbour", occasion="intro", film_span=Span(60, 95.5),
            characters=("Ana", "Ben"), ideas=("hope",), source="cue sheet p. 1",
        ),
        MusicUse(
            "Theme", "storm", occasion="event", span=Span(12, 20), source="v.csv, line 6"
        ),
    ),
    "every cue of the film",
    sources=("v.csv",),
)  # fmt: skip


def test_both_forms_tell_the_same_story():
    assert csv_story(CSV, "v.csv") == VOYAGE
    assert json_story(json.dumps(JSON), "v.csv") == VOYAGE


def test_what_is_not_written_is_unknown():
    story = csv_story("track,scene,characters\nDawn,harbour,\n", "v.csv")
    assert story.scenes[0].characters is None
    assert story.scenes[0].step is None
    assert story.never_used(["dusk.ogg"]) is UNDECIDED


def test_a_dash_is_nobody():
    assert csv_story("scene,characters\nharbour,-\n", "v.csv").scenes[0].characters == ()


def test_steps_order_the_scenes_where_all_have_one():
    rows = ["storm,2", "harbour,1"]
    steps = csv_story("\n".join(["scene,step", *rows]), "v.csv")
    assert [scene.name for scene in steps.scenes] == ["harbour", "storm"]
    some = csv_story("\n".join(["scene,step", *rows, "dream,"]), "v.csv")
    assert [scene.name for scene in some.scenes] == ["storm", "harbour", "dream"]


def test_kinds_are_known_by_what_they_hold():
    assert is_csv_sheet(CSV)
    assert is_json_sheet(json.dumps(JSON))
    assert not is_csv_sheet("title,artist\n")
    assert not is_json_sheet(CSV)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("scene,mood\na,b\n", "unknown column 'mood'"),
        ("scene,scene\na,b\n", "twice"),
        ("scene,track\n,x\n", "line 2: the scene has no name"),
        ("# title: x\nscene,track\na,b\nc,d,e\n", "line 4 has more cells"),
        ("scene,start_s,end_s,track\na,1,,x\n", "line 2: a stretch needs both"),
        ("scene,start_s,end_s,track\na,soon,2,x\n", "line 2: 'soon' is no number"),
        ("scene,start_s,end_s,track\na,nan,2,x\n", "line 2: a span needs"),
        ("scene,start_s,end_s,track\na,3,2,x\n", "line 2: a span needs"),
        ("scene,step\na,first\n", "line 2: step is a whole number"),
        ("scene,step\na,0\n", "line 2: step is a whole number"),
        ("scene,track,occasion\na,x,often\n", "line 2: occasion is one of"),
        ('scene,track\na,"x\n', "cannot be read as CSV"),
    ],
)
def test_an_error_in_a_csv_sheet_names_its_line(text, said):
    with pytest.raises(LibraryError, match=said) as caught:
        csv_story(text, "v.csv")
    assert str(caught.value).startswith("v.csv")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"scenes": [], "mood": 1}, "unknown key 'mood' in the story"),
        ({"scenes": {}}, "scenes is a list"),
        ({"scenes": [{"scene": "a"}, {"scene": ""}]}, "scene 2: the scene has no name"),
        ({"scenes": ["a"]}, "scene 1: a scene is an object"),
        ({"scenes": [{"scene": "a", "step": "1"}]}, "scene 1: step is a whole number"),
        ({"scenes": [{"scene": "a", "step": True}]}, "scene 1: step is a whole number"),
        ({"scenes": [{"scene": "a", "characters": "Ana"}]}, "scene 1: characters is a list"),
        ({"scenes": [{"scene": "a", "ideas": [1]}]}, "scene 1: ideas is a list of texts"),
        ({"scenes": [{"scene": "a", "place": 1}]}, "scene 1: place is a text"),
        ({"scenes": [{"scene": "a", "film_span_s": [1]}]}, "film_span_s is two numbers"),
        ({"scenes": [{"scene": "a", "music": [{}]}]}, "music names its track"),
        ({"scenes": [{"scene": "a", "music": [{"track": "x", "occasion": 3}]}]}, "occasion is one"),
    ],
)
def test_an_error_in_a_json_sheet_names_its_place(said, told):
    with pytest.raises(LibraryError, match=told) as caught:
        json_story(json.dumps(said), "v.json")
    assert "\n" not in str(caught.value)


def test_broken_json_is_told_with_its_line():
    with pytest.raises(LibraryError, match="line 2 is not valid JSON"):
        json_story('{"scenes": [\n,]}', "v.json")
    with pytest.raises(LibraryError, match="nested too deeply"):
        json_story('{"scenes": ' + "[" * 100_000, "v.json")


def test_a_scene_cannot_be_in_two_strands():
    with pytest.raises(ValueError, match="a name of its own"):
        csv_story("scene,strand\nhome,One\nhome,Two\n", "v.csv")


@given(st.text(alphabet='abc,;-"\n01.# ', max_size=80))
def test_any_table_is_a_story_or_one_line(text):
    assert answers_or_one_line(csv_story, "scene,track,characters,start_s,end_s,step\n" + text, "v")


def test_the_examples_in_the_manual_are_read_and_agree():
    manual = (Path(__file__).parents[2] / "docs" / "story.md").read_text(encoding="utf-8")
    examples = dict(re.findall(r"```(csv|json)\n(.*?)```", manual, re.DOTALL))
    by_row, by_scene = csv_story(examples["csv"], "v"), json_story(examples["json"], "v")
    assert by_row.coverage == by_scene.coverage == "every cue of the film"
    assert [(use.named, use.scene, use.span, use.occasion) for use in by_row.uses] == [
        (use.named, use.scene, use.span, use.occasion) for use in by_scene.uses
    ]
    assert [(scene.name, scene.characters, scene.ideas) for scene in by_row.scenes] == [
        (scene.name, scene.characters, scene.ideas) for scene in by_scene.scenes
    ]
