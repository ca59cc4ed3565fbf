"""A folder, archive or file becomes an album; what cannot be heard is one clear line."""

import os
import time
import zipfile

import pytest
from shelves import event, midi, recorded, vorbis_comments

from unsung.library import shelf, stamp
from unsung.library.shelf import Shelf
from unsung.model.errors import LibraryError

NOTE = event(0, 0x90, 60, 90) + event(480, 0x80, 60, 0)


def files(found: Shelf):
    return [track.file for track in found.album.tracks]


def reasons(found: Shelf):
    return {one.file: one.reason for one in found.unheard}


def test_a_folder_with_discs_is_one_album_in_order(tmp_path):
    for name in ("CD2/01 Return.flac", "CD1/02 Storm.flac", "CD1/01 Dawn.flac"):
        recorded(tmp_path / name)
    found = shelf(tmp_path)
    assert files(found) == ["CD1/01 Dawn.flac", "CD1/02 Storm.flac", "CD2/01 Return.flac"]
    assert [track.title for track in found.album.tracks] == ["Dawn", "Storm", "Return"]
    assert [track.disc for track in found.album.tracks] == [1, 1, 2]
    assert [track.position for track in found.album.tracks] == [1, 2, 3]
    assert found.album.title == tmp_path.name


def test_tags_name_album_people_year_and_identifiers(tmp_path):
    vorbis_comments(
        tmp_path / "x.flac",
        "TITLE=The Gate",
        "ARTIST=Some Choir",
        "COMPOSER=A. Composer",
        "ALBUM=Legends",
        "TRACKNUMBER=3/12",
        "DISCNUMBER=1",
        "DATE=2013-04-05",
        "ISRC=GB-AYE-69-00531",
        "MUSICBRAINZ_TRACKID=2E0B7C55-7D4B-4F0B-8F4E-2B9C9B0C5F11",
    )
    (track,) = shelf(tmp_path).album.tracks
    assert (track.title, track.album_title, track.year) == ("The Gate", "Legends", 2013)
    assert (track.disc, track.number) == (1, 3)
    assert {(one.name, one.role) for one in track.people} == {
        ("Some Choir", "artist"),
        ("A. Composer", "composer"),
    }
    assert dict(track.identifiers) == {
        "isrc": "GBAYE6900531",
        "musicbrainz_recording": "2e0b7c55-7d4b-4f0b-8f4e-2b9c9b0c5f11",
    }


def test_hostile_tags_are_tamed(tmp_path):
    vorbis_comments(
        tmp_path / "03_night.flac",
        "TITLE=\x1b[31mTrack 03\x07",
        "ARTIST=<Unknown>",
        "ALBUM=" + "A" * 5000,
        "TRACKNUMBER=99999999999999999999",
        "DATE=0000",
        "ISRC=<script>",
        "GENRE=Lo-fi\r\nX-Header: 1",
    )
    (track,) = shelf(tmp_path).album.tracks
    assert track.people == ()
    assert len(track.album_title) <= 300
    assert (track.number, track.year, track.identifiers) == (None, None, ())
    assert "\n" not in track.genre
    assert "\x1b" not in track.title


def test_an_accumulating_tagger_is_seen_through(tmp_path):
    titles = ["Living Caves", "Crossroads", "Desert"]
    for at, name in enumerate(("hr-caves", "hr-crossroads", "hr-desert"), start=1):
        comments = [f"TITLE={one}" for one in titles[:at]] + [f"TRACKNUMBER={n}" for n in (2, 5)]
        vorbis_comments(tmp_path / f"{name}.flac", *comments)
    assert [track.title for track in shelf(tmp_path).album.tracks] == titles


def test_the_album_is_called_by_its_commonest_tag(tmp_path):
    for name, album in (("a", "Unknown Album"), ("b", "Legends"), ("c", "Legends"), ("d", "Demos")):
        recorded(tmp_path / f"{name}.flac", tags={"album": album})
    assert shelf(tmp_path).album.title == "Legends"


def test_hidden_files_projects_pictures_and_texts_are_passed_over(tmp_path):
    recorded(tmp_path / "a.wav")
    recorded(tmp_path / ".hidden.wav")
    recorded(tmp_path / "__MACOSX" / "a.wav")
    recorded(tmp_path / "unsung" / "kept.wav")
    (tmp_path / "unsung" / "unsung.db").touch()
    recorded(tmp_path / "old.unsung" / "kept.wav")
    for name in ("cover.jpg", "notes.txt", "album.cue", "rip.log", "unsung.toml", "config.xml"):
        (tmp_path / name).write_text("nothing to hear")
    found = shelf(tmp_path)
    assert files(found) == ["a.wav"]
    assert found.unheard == ()


def test_a_folder_merely_called_unsung_is_music_like_any_other(tmp_path):
    recorded(tmp_path / "unsung" / "a.wav")
    assert files(shelf(tmp_path)) == ["unsung/a.wav"]


def test_empty_and_broken_files_are_one_line_each_and_the_rest_goes_on(tmp_path):
    recorded(tmp_path / "good.wav")
    (tmp_path / "empty.ogg").touch()
    (tmp_path / "broken.flac").write_bytes(b"this is no music at all" * 9)
    (tmp_path / "broken.mid").write_bytes(b"neither is this")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 nor this")
    found = shelf(tmp_path)
    assert files(found) == ["good.wav"]
    assert set(reasons(found)) == {"empty.ogg", "broken.flac", "broken.mid", "broken.zip"}
    assert "empty" in reasons(found)["empty.ogg"]
    assert all(reason and "\n" not in reason for reason in reasons(found).values())


def test_what_needs_ffmpeg_says_so_where_there_is_none(tmp_path, monkeypatch):
    recorded(tmp_path / "good.wav")
    (tmp_path / "x.m4a").write_bytes(b"\0\0\0\x20ftypM4A " + bytes(64))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "install ffmpeg" in reasons(shelf(tmp_path))["x.m4a"]


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("name", ["music.pk3", "album.zip", "archive.without-a-known-name"])
def test_an_archive_is_an_album_wherever_it_lies(tmp_path, packing, name):
    sound = recorded(tmp_path / "menu.ogg").read_bytes()
    (tmp_path / "menu.ogg").unlink()
    with zipfile.ZipFile(tmp_path / name, "w", packing) as archive:
        archive.writestr("music/menu.ogg", sound)
        archive.writestr("music/theme.mid", midi(NOTE))
        archive.writestr("textures/wall.png", b"no music")
    expected = [f"{name}!music/menu.ogg", f"{name}!music/theme.mid"]
    assert files(shelf(tmp_path)) == expected
    assert files(shelf(tmp_path / name)) == expected


def test_a_member_that_leads_out_of_its_archive_is_not_followed(tmp_path):
    sound = recorded(tmp_path / "a.wav").read_bytes()
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in ("../../evil.wav", "/etc/evil.wav", "C:/evil.wav", "..\\evil.wav", "ok.wav"):
            archive.writestr(name, sound)
    assert files(shelf(tmp_path)) == ["a.wav", "x.zip!ok.wav"]


def test_an_archive_bomb_is_refused_at_once(tmp_path):
    recorded(tmp_path / "a.wav")
    bomb = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("zeros.wav", "w", force_zip64=True) as member,
    ):
        for _ in range(300):
            member.write(bytes(2**20))
    found = shelf(tmp_path)
    assert files(found) == ["a.wav"]
    assert ["unpack" in reason for reason in reasons(found).values()] == [True]


def test_an_encrypted_member_says_so(tmp_path):
    recorded(tmp_path / "a.wav")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.write(tmp_path / "a.wav", "b.wav")
    packed = bytearray((tmp_path / "x.zip").read_bytes())
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(packed)
    assert "encrypted" in reasons(shelf(tmp_path))["x.zip!b.wav"]


def test_links_that_lead_in_circles_are_walked_once(tmp_path):
    recorded(tmp_path / "disc" / "a.wav")
    (tmp_path / "disc" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.wav").symlink_to(tmp_path / "self.wav")
    assert files(shelf(tmp_path)) == ["disc/a.wav"]


def test_a_pipe_is_no_music_and_does_not_block(tmp_path):
    recorded(tmp_path / "a.wav")
    os.mkfifo(tmp_path / "b.wav")
    assert files(shelf(tmp_path)) == ["a.wav"]


def test_a_name_that_is_no_text_is_said_to_be_renamed(tmp_path):
    recorded(tmp_path / "a.wav")
    (tmp_path / os.fsdecode(b"caf\xe9.wav")).write_bytes((tmp_path / "a.wav").read_bytes())
    found = shelf(tmp_path)
    assert files(found) == ["a.wav"]
    assert "rename" in found.unheard[0].reason
    found.unheard[0].file.encode()


def test_the_film_is_no_track_where_it_lies_among_the_music(tmp_path):
    for name in ("01 One.wav", "film.wav"):
        recorded(tmp_path / name)
    assert files(shelf(tmp_path)) == ["01 One.wav", "film.wav"]
    (tmp_path / "else").mkdir()
    film = tmp_path / "else" / ".." / "film.wav"
    assert files(shelf(tmp_path, film)) == ["01 One.wav"]
    with pytest.raises(LibraryError, match="no music"):
        shelf(tmp_path / "film.wav", tmp_path / "film.wav")


def test_a_single_file_is_an_album_of_one_track(tmp_path):
    recorded(tmp_path / "other.wav")
    found = shelf(recorded(tmp_path / "lone_wolf.wav"))
    assert files(found) == ["lone_wolf.wav"]
    assert found.album.title == "lone_wolf"


@pytest.mark.parametrize("name", ["nothing", "texts"])
def test_where_there_is_no_music_one_line_says_what_to_give(tmp_path, name):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "readme.txt").write_text("words")
    with pytest.raises(LibraryError, match="give a") as told:
        shelf(tmp_path / name)
    assert "\n" not in str(told.value)


def test_xml_counts_only_where_it_is_music(tmp_path):
    (tmp_path / "a.xml").write_text("<settings/>")
    (tmp_path / "b.xml").write_text('<?xml version="1.0"?><score-partwise version="4.0"/>')
    assert files(shelf(tmp_path)) == ["b.xml"]


def test_a_stamp_stays_while_the_bytes_do(tmp_path):
    recorded(tmp_path / "a.wav")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.write(tmp_path / "a.wav", "b.wav")
    on_disk, packed = shelf(tmp_path).album.tracks
    before = [stamp(tmp_path, one) for one in (on_disk, packed)]
    os.utime(tmp_path / "x.zip")
    assert [stamp(tmp_path, one) for one in (on_disk, packed)] == before
    os.utime(tmp_path / "a.wav", ns=(1, 1))
    assert stamp(tmp_path, on_disk) != before[0]
    (tmp_path / "x.zip").unlink()
    with pytest.raises(LibraryError, match="not there any more"):
        stamp(tmp_path, packed)


def test_an_album_of_sixty_tracks_is_read_within_a_second(tmp_path):
    sound = recorded(tmp_path / "00.flac").read_bytes()
    for number in range(1, 60):
        (tmp_path / f"{number:02}.flac").write_bytes(sound)
    began = time.process_time()
    assert len(files(shelf(tmp_path))) == 60
    assert time.process_time() - began < 1
