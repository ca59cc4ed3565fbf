"""One way in for every kind of story, and its music found on the album."""

import pytest

from unsung.library.story import story_from
from unsung.model.album import Album, Track
from unsung.model.errors import LibraryError
from unsung.model.story import Line
from unsung.model.time import Span


def named(position, file, title):
    return Track(position, file, "recording", title)


ALBUM = Album(
    "Voyage",
    (
        named(1, "cd1/01 Dawn.ogg", "Dawn"),
        named(2, "cd1/02_the_storm.ogg", "The Storm!"),
        named(3, "cd2/01 Song.ogg", "Song (Ana)"),
        named(4, "cd2/02 Song.ogg", "Song (Ben)"),
        named(5, "cd2/03.ogg", "Été"),
    ),
)
SHEET = "track,scene,film_start_s,film_end_s\n"


def uses(tmp_path, *names):
    path = tmp_path / "cues.csv"
    path.write_text(SHEET + "".join(f'"{name}",harbour,,\n' for name in names))
    return story_from([path], ALBUM).uses


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("cd1/01 Dawn.ogg", "cd1/01 Dawn.ogg"),
        ("01 dawn.OGG", "cd1/01 Dawn.ogg"),
        ("Dawn", "cd1/01 Dawn.ogg"),
        ("the storm", "cd1/02_the_storm.ogg"),
        ("The Storm!", "cd1/02_the_storm.ogg"),
        ("SONG (Ben)", "cd2/02 Song.ogg"),
        ("ete", "cd2/03.ogg"),
        ("5", "cd2/03.ogg"),
    ],
)
def test_a_track_is_known_by_file_name_title_or_position(tmp_path, name, file):
    assert uses(tmp_path, name)[0].track_file == file


def test_a_name_of_two_tracks_is_left_open(tmp_path):
    found = uses(tmp_path, "Song")[0]
    assert found.track_file == ""
    assert found.candidates == ("cd2/01 Song.ogg", "cd2/02 Song.ogg")


def test_a_name_of_no_track_stays_in_the_story(tmp_path):
    found = uses(tmp_path, "Dawn", "Somebody else's song", "!")
    assert [use.track_file for use in found] == ["cd1/01 Dawn.ogg", "", ""]
    assert found[1].candidates == ()


def test_several_files_tell_one_story(tmp_path):
    sheet, play, said = (tmp_path / name for name in ("cues.txt", "voyage.txt", "voyage.sub"))
    sheet.write_text(SHEET + ",ext. sea,10,20\nDawn,ext. sea,12,18\n")
    play.write_text("EXT. SEA\n\nANA\nWe sail.\n\nINT. CABIN\n\nBEN\nAye.\n")
    said.write_text(
        "1\n00:00:11,000 --> 00:00:12,000\nCID: Whale!\n\n"
        "2\n00:00:30,000 --> 00:00:31,000\nWhere?\n"
    )
    story = story_from([play, sheet, said], ALBUM)
    assert [scene.name for scene in story.scenes] == ["EXT. SEA", "INT. CABIN"]
    sea = story.scenes[0]
    assert sea.characters == ("ANA", "CID")
    assert sea.film_span == Span(10, 20)
    assert sea.lines == (Line("We sail.", "ANA"), Line("Whale!", "CID", Span(11, 12)))
    assert story.lines == (Line("Where?", "", Span(30, 31)),)
    assert story.uses[0].scene == "EXT. SEA"
    assert story.uses[0].track_file == "cd1/01 Dawn.ogg"
    assert story.sources == ("voyage.txt", "cues.txt", "voyage.sub")


def test_coverage_is_that_of_every_file_that_states_it(tmp_path):
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("# coverage: act one\nscene\nharbour\n")
    other.write_text("# coverage: act two\nscene\nhome\n")
    assert story_from([one, other], ALBUM).coverage == "act one and act two"


def test_old_subtitles_and_wide_letters_are_read(tmp_path):
    text = "1\n00:00:01,000 --> 00:00:02,000\nÉté.\n"
    for encoding in ("cp1252", "utf-8-sig", "utf-16"):
        path = tmp_path / "voyage.srt"
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        assert story_from([path], ALBUM).lines[0].text == "Été."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Dear diary", "tells no story"),
        (b"", "tells no story"),
        (b"\0\1\2", "is no text"),
        (b"scene,strand\nhome,One\nhome,Two\n", "a name of its own"),
    ],
)
def test_what_tells_no_story_is_told_in_one_line(tmp_path, content, said):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=said) as caught:
        story_from([path], ALBUM)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path):
    with pytest.raises(LibraryError, match="could not be read: No such file"):
        story_from([tmp_path / "nothing.csv"], ALBUM)


def test_a_folder_that_holds_no_campaign_is_told_in_one_line(tmp_path):
    with pytest.raises(LibraryError, match="holds no campaign"):
        story_from([tmp_path], ALBUM)
