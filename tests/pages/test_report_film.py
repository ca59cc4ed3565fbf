"""The film in the report, and in the exports."""

import json
import sys
from pathlib import Path

import pytest
import soundtracks
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parents[1] / "questions"))

import films
import heard_albums as albums

from unsung.model.alternates import Alternate
from unsung.model.film import AlbumPlace, Placements
from unsung.model.time import Span
from unsung.model.unplaced import Unplaced, UnplacedStretch
from unsung.pages import exports
from unsung.pages.cuesheet import cue_sheet, cue_sheet_csv, cue_sheet_pdf
from unsung.pages.report import ReportContext, report


@pytest.fixture
def album():
    plain = albums.eight()
    return evolve(plain, film=films.film(plain))


def page(album):
    addresses = {one.track.file: f"../{k}.ogg" for k, one in enumerate(album.heard)}
    return report(ReportContext(album, "0", addresses))


def rows(album, what):
    (document,) = exports.exported(album, what, "json")
    return json.loads(document.content)


def test_the_page_shows_where_tracks_sound_and_plays_them(album):
    shown = page(album)
    assert 'id="film"' in shown
    assert "skerry.mkv, 10:00 long, plays 2 tracks of the album in 3 uncut pieces" in shown
    assert 'data-from="0.000" data-until="60.000"' in shown
    assert "We go at dawn." in shown
    assert "EXT. SHORE" in shown
    assert "subtitles come" in shown.lower()


def test_without_a_film_the_page_has_no_such_section():
    assert 'id="film"' not in page(albums.eight())


def test_a_film_without_the_album_is_told_plainly():
    plain = albums.eight()
    shown = page(evolve(plain, film=films.without_music(plain)))
    assert "No music of this album was found in other.mkv" in shown
    assert 'class="placements"' not in shown


def test_hostile_words_of_a_film_are_only_words(album):
    said = films.spoken(20, 24, 18.0, soundtracks.HOSTILE)
    film = evolve(films.film(albums.eight(), (said,)), name=soundtracks.HOSTILE)
    assert "<script>alert" not in page(evolve(album, film=film))


def test_placements_are_exported_in_the_plainest_form(album):
    found = rows(album, "placements")["placements"]
    assert len(found) == 3
    assert found[0]["track"] == album.heard[0].track.file
    assert {
        "track", "film_start_s", "film_end_s", "track_start_s", "track_end_s", "tempo_ratio",
        "level_db", "confidence",
    } <= set(found[0])  # fmt: skip
    assert (found[0]["film_start_s"], found[0]["film_end_s"]) == (10.0, 70.0)
    assert found[0]["above_rest_db"] is None


def test_without_a_film_there_are_no_placements():
    assert rows(albums.eight(), "placements")["placements"] == []
    assert rows(albums.eight(), "dialogue")["rows"] == []


@pytest.mark.parametrize(
    ("what", "count"),
    [("unused", 6), ("dialogue", 3), ("passages", 4), ("balance", 11), ("cuts", 1)],
)
def test_what_was_told_of_the_film_comes_as_tables(album, what, count):
    assert len(rows(album, what)["rows"]) == count
    (table,) = exports.exported(album, what, "csv")
    assert len(table.content.splitlines()) == count + 1


def test_one_track_has_only_its_own_placements(album):
    (document,) = exports.exported(album, "placements", "json", "Cue 2")
    (one,) = json.loads(document.content)["placements"]
    assert one["track"] == album.heard[1].track.file


def test_the_cue_sheet_follows_from_the_film(album):
    sheet = cue_sheet(album, album.film)
    assert [cue.number for cue in sheet.cues] == ["1m1", "1m2", "1m3"]
    assert sheet.rate is None
    assert len(cue_sheet_csv(sheet).splitlines()) == 4
    assert cue_sheet_pdf(sheet).startswith(b"%PDF")


def test_a_film_without_music_has_an_empty_cue_sheet():
    plain = albums.eight()
    film = evolve(films.without_music(plain), placements=Placements())
    sheet = cue_sheet(evolve(plain, film=film), film)
    assert sheet.cues == ()
    assert cue_sheet_pdf(sheet).startswith(b"%PDF")


@pytest.fixture
def lacking(album):
    """The album whose film has music of its own, some of it like a track."""
    file = album.heard[1].track.file
    like = UnplacedStretch(Span(200, 260), 0.95, AlbumPlace(file, Span(5, 40)), goes_on=True)
    other = Unplaced((like, UnplacedStretch(Span(300, 330), 0.85)), (Span(340, 350),))
    one = AlbumPlace(album.heard[0].track.file, Span(0, 60))
    twice = Alternate(one, AlbumPlace(file, Span(0, 60)), "same recording, another mix", 0.9)
    return evolve(album, film=evolve(album.film, unplaced=other, alternates=(twice,)))


def test_music_with_no_source_is_shown_with_what_it_resembles(lacking):
    shown = page(lacking)
    assert "Music with no source found" in shown
    assert "3:20–4:20" in shown
    assert "where the track before or after would go on" in shown
    assert "nothing on the album" in shown
    assert "Music or not, undecided" in shown


def test_of_two_mixes_it_is_said_which_one_the_film_has_or_that_it_cannot_be_told(lacking):
    untold = '<td class="name">cannot be told</td>'
    assert untold in page(lacking)
    film = lacking.film
    sure = tuple(evolve(one, mix="same mix") for one in film.placements.placements)
    told = evolve(film, placements=evolve(film.placements, placements=sure))
    shown = page(evolve(lacking, film=told))
    assert untold not in shown
    assert "Cue 1 and Cue 2" in shown


def test_music_with_no_source_and_alternates_are_exported(lacking):
    found = rows(lacking, "unplaced")["rows"]
    assert [one["told"] for one in found] == ["music", "music", "undecided"]
    assert found[0]["resembles"] == lacking.heard[1].track.file
    assert found[2]["confidence"] is None
    (twice,) = rows(lacking, "alternates")["rows"]
    assert twice["kind"] == "same recording, another mix"


def test_a_film_that_has_other_music_alone_is_told_so():
    plain = albums.eight()
    other = Unplaced((UnplacedStretch(Span(10, 70), 0.9),))
    shown = page(evolve(plain, film=evolve(films.without_music(plain), unplaced=other)))
    assert "No music of this album was found in other.mkv" in shown
    assert "Other music sounds in it for 1:00" in shown
    assert "Music with no source found" in shown


def test_the_cue_sheet_of_a_film_has_its_unknown_cues(lacking):
    assert "unknown: no source found" in cue_sheet_csv(cue_sheet(lacking, lacking.film))
    assert cue_sheet_pdf(cue_sheet(lacking, lacking.film)).startswith(b"%PDF")
