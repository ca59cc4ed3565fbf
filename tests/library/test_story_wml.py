"""Wesnoth's markup is read as it is written, and hostile markup in bounded time and room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import answers_or_one_line

from unsung.library.story.wml import Tag, wml
from unsung.library.story.wml_macros import definitions, preprocessed
from unsung.model.errors import LibraryError


def read(text, **macros):
    return wml(preprocessed(text, {**definitions(text), **macros}))


def test_tags_hold_keys_and_tags():
    assert read("[a]\n x=1\n [b]\n y = two words \n [/b]\n z=3\n[/a]\n") == Tag(
        "", {}, [Tag("a", {"x": "1", "z": "3"}, [Tag("b", {"y": "two words"})])]
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"plain"', "plain"),
        ('_ "translated"', "translated"),
        ('_"translated"', "translated"),
        ('_ "scenario name^Port"', "Port"),
        ('"kept^whole"', "kept^whole"),
        ('"he said ""no"""', 'he said "no"'),
        ('_ "one, " + _ "two"', "one, two"),
        ('_ "one, " +\n  _ "two"', "one, two"),
        ('"two\nlines"', "two\nlines"),
        ("<<raw [/a] # text>>", "raw [/a] # text"),
        ("bare words # remark", "bare words"),
        ('"#no remark"', "#no remark"),
        ("", ""),
    ],
)
def test_values_in_every_dress(written, value):
    tag = read(f"[a]\nkey={written}\nnext=1\n[/a]").inside[0]
    assert tag.said("key") == value
    assert tag.said("next") == "1"


def test_several_keys_share_a_value():
    assert read("[a]\nx,y=3,4\n[/a]").inside[0].keys == {"x": "3", "y": "4"}


def test_a_tag_with_a_plus_goes_on_with_the_last_of_its_name():
    root = read("[a]\nx=1\n[/a]\n[+a]\ny=2\n[/a]")
    assert [tag.keys for tag in root.inside] == [{"x": "1", "y": "2"}]


def test_a_closing_tag_closes_what_is_open_in_between():
    assert [tag.name for tag in read("[a]\n[b]\n[/a]\n[c]\n[/c]\n[/d]").inside] == ["a", "c"]


def test_macros_take_words_quoted_words_and_bracketed_words():
    text = "#define SAY WHO WHAT\n[m]\nwho={WHO}\nwhat={WHAT}\n[/m]\n#enddef\n"
    call = '{SAY Ana ( _ "So be it")}{SAY "Old Ben" {SAY_NO}}'
    more = definitions('#define SAY_NO\n_ "No"\n#enddef\n')
    found = [tag.keys for tag in read(text + call, **more).inside]
    assert found == [{"who": "Ana", "what": "So be it"}, {"who": "Old Ben", "what": "No"}]


def test_arguments_that_may_be_left_out_have_their_default():
    text = "#define PLAY\n#arg LOUD\nno#endarg\n[m]\nloud={LOUD}\n[/m]\n#enddef\n"
    found = [tag.said("loud") for tag in read(text + "{PLAY}{PLAY LOUD=yes}").inside]
    assert found == ["no", "yes"]


def test_every_branch_of_a_condition_is_kept():
    text = "#ifdef EASY\n[a]\n[/a]\n#else\n[b]\n[/b]\n#endif\n"
    assert [tag.name for tag in read(text).inside] == ["a", "b"]


def test_macros_that_nobody_defined_vanish():
    assert read("[a]\n{UNKNOWN 1 2}\nx={NOTHING}\ny=1\n[/a]").inside[0].keys == {"x": "", "y": "1"}


def test_a_quotation_mark_left_open_is_told_with_its_line():
    with pytest.raises(LibraryError, match="line 3: a quotation mark is never closed"):
        read('[a]\nx="fine"\ny="never\n[/a]\n')


def test_a_macro_that_calls_itself_ends_in_one_line():
    with pytest.raises(LibraryError, match="nested more than"):
        read("#define A\n{A}\n#enddef\n{A}")


def test_macros_that_double_each_other_end_in_one_line():
    doubling = "".join(f"#define A{at}\n{{A{at + 1}}}{{A{at + 1}}}\n#enddef\n" for at in range(40))
    with pytest.raises(LibraryError, match="macros write more than"):
        read(doubling + f"#define A40\n{'x' * 100_000}\n#enddef\n{{A0}}")


@given(st.text(alphabet='[]/+abc="_<>{}()#\n ^', max_size=120))
def test_anything_is_a_tree_or_one_line(text):
    assert answers_or_one_line(read, text)


def test_tags_opened_without_end_are_no_error():
    assert read("[a]\n" * 5000).inside[0].name == "a"
