"""Names and tags may hold anything; titles come out as a listener would write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsung.library.clean import cleaned, mended, said
from unsung.library.titles import are_numbered, chosen_title, title_from_name


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("music/elvish-theme.ogg", "Elvish theme"),
        ("disc 1/03_the_city_falls.ogg", "The city falls"),
        ("01 Main Title.mp3", "Main Title"),
        ("[07] Siege.ogg", "Siege"),
        ("2-03 Farewell.flac", "Farewell"),
        ("music.pk3!music/menu.ogg", "Menu"),
        ("1812 Overture.flac", "1812 Overture"),
        ("7 Nation Army.mp3", "7 Nation Army"),
        ("5.1 mix.wav", "5.1 mix"),
        ("03.ogg", "03"),
        ("Ending_2.mp3", "Ending 2"),
    ],
)
def test_a_title_comes_from_the_file_name_without_its_track_number(file, title):
    assert title_from_name(file) == title


def test_a_bare_number_is_the_tracks_own_only_where_its_neighbours_are_numbered_too():
    numbered = ["10 Hunt.mp3", "11 Storm.mp3", "12 Home.mp3"]
    assert are_numbered(numbered)
    assert title_from_name("10 Hunt.mp3", numbered=True) == "Hunt"
    assert not are_numbered(["7 Nation Army.mp3", "Hunt.mp3", "Storm.mp3"])


@given(st.text(max_size=60))
def test_every_file_name_gives_a_title_or_is_blank_itself(stem):
    name = stem.replace("/", "").replace("!", "") + ".ogg"
    title = title_from_name(name)
    assert "\n" not in title
    assert title or not cleaned(stem.replace("/", "").replace("!", "")).strip("_ ")


@pytest.mark.parametrize(
    "nothing",
    ["Unknown Artist", "<Unknown>", "Track 01", "AudioTrack 7", "untitled", "", " ", "[unknown]"],
)
def test_a_placeholder_says_nothing(nothing):
    assert said(nothing) == ""


@pytest.mark.parametrize("title", ["Unknown Lands", "Track of the Wolf", "Default Reality", "24"])
def test_a_title_that_only_looks_like_a_placeholder_is_kept(title):
    assert said(title) == title


def test_mojibake_is_mended_only_where_it_is_certain():
    assert mended("DvoÅ™Ã¡k") == "Dvořák"
    assert mended("Élégie") == "Élégie"
    assert mended("夢の中へ") == "夢の中へ"


@given(st.text(max_size=2000))
def test_what_is_shown_is_one_short_printable_line(text):
    line = cleaned(text)
    assert len(line) <= 300
    assert line == " ".join(line.split())
    assert not any(ord(letter) < 32 or "\u202a" <= letter <= "\u202e" for letter in line)


def test_of_titles_piled_up_by_a_faulty_tagger_the_one_its_file_name_bears_out_is_chosen():
    titles = ["Living Caves", "Crossroads", "Icy Lands", "Land of Mirrors", "R'Lyeh"]
    assert chosen_title(titles, "hr3-mirror.ogg") == "Land of Mirrors"
    assert chosen_title(titles, "hr3-icyland.ogg") == "Icy Lands"
    assert chosen_title(titles, "hr3-rlyeh.ogg") == "R'Lyeh"
    assert chosen_title(titles, "hr3-ocean.ogg") == ""
    assert chosen_title(["Crossroads"], "x.ogg") == "Crossroads"
