"""Subtitles: what is said, when, and by whom where they say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import answers_or_one_line

from unsung.library.story.subtitles import is_subtitles, subtitles
from unsung.model.errors import LibraryError
from unsung.model.story import Line
from unsung.model.time import Span

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>Where</i> are
{\\an8}you going?

2
00:00:03,000 --> 00:00:04,000 X1:0 X2:9
- ANA: Home.
- To whom?

3
00:00:05,000 --> 00:00:06,000
[thunder] ♪ ♪
"""
VTT = """WEBVTT - a voyage

STYLE
::cue { color: red }

NOTE nobody sees this

intro
01:02.000 --> 01:04.000 align:start
<v.loud Ana>We <b>sail</b> &amp; <00:01:03.000>sing</v>

01:00:00.000 --> 01:00:01.500
Aye.
"""
ASS = """[Script Info]
Title: Voyage
[V4+ Styles]
Format: Name, Fontname
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,nothing
Dialogue: 0,0:00:05.00,0:00:06.00,Default,Ben,0,0,0,,Aye,{\\i1} captain\\Nand friend
Dialogue: 0,0:00:02.50,0:00:03.00,Default,,0,0,0,,We sail.
"""


def test_subrip_lines_have_their_times_and_no_tags():
    assert subtitles(SRT, "v.srt").lines == (
        Line("Where are you going?", "", Span(1, 2.5)),
        Line("Home.", "ANA", Span(3, 4)),
        Line("To whom?", "", Span(3, 4)),
    )


def test_webvtt_says_who_speaks():
    assert subtitles(VTT, "v.vtt").lines == (
        Line("We sail & sing", "Ana", Span(62, 64)),
        Line("Aye.", "", Span(3600, 3601.5)),
    )


def test_ass_events_come_in_order_of_time():
    assert subtitles(ASS, "v.ass").lines == (
        Line("We sail.", "", Span(2.5, 3)),
        Line("Aye, captain and friend", "Ben", Span(5, 6)),
    )


@pytest.mark.parametrize("text", [SRT, VTT, ASS])
def test_each_kind_is_known_by_what_it_holds(text):
    assert is_subtitles(text)


def test_a_sentence_with_a_colon_names_nobody():
    text = "1\n00:00:01,000 --> 00:00:02,000\nListen: I said no.\n"
    assert subtitles(text, "v").lines[0] == Line("Listen: I said no.", "", Span(1, 2))


def test_a_second_row_goes_on_with_the_same_speaker():
    text = "1\n00:00:01,000 --> 00:00:02,000\nANA: We sail\ntomorrow.\n"
    assert subtitles(text, "v").lines == (Line("We sail tomorrow.", "ANA", Span(1, 2)),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1\n00:00:05,000 --> 00:00:02,000\nNo.\n", "line 2: a subtitle cannot last"),
        ("1\n0:0:x --> later\nNo.\n", "line 2: .* is no time"),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", "holds no subtitle"),
        ("WEBVTT\n", "holds no subtitle"),
        ("[Script Info]\nDialogue: 0,1,2\n", "line 2: the event lacks"),
        (
            "[Script Info]\nFormat: Start, End, Text\nDialogue: 1,x,No\n",
            "line 3: a subtitle cannot",
        ),
        ("[Script Info]\nFormat: Start, End, Text\nDialogue: 1,nan,No\n", "line 3: a subtitle"),
    ],
)
def test_broken_subtitles_are_told_in_one_line(text, said):
    with pytest.raises(LibraryError, match=said) as caught:
        subtitles(text, "v.srt")
    assert "\n" not in str(caught.value)


@given(st.text(alphabet='0123:,.->\n<v A>{}[]ab-"', max_size=120))
def test_any_text_is_a_story_or_one_line(text):
    assert answers_or_one_line(subtitles, "00:00:01,000 --> 00:00:02,000\nYes.\n\n" + text, "v")
