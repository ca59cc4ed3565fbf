import csv
import io
import json

import opentimelineio as otio
import pytest

from unsung.model.album import Album, Person, Track
from unsung.model.cuesheet import Cue, CueSheet
from unsung.model.film import Placement, Speed
from unsung.model.picture import FrameRate, Hit, OnCut
from unsung.model.time import Span
from unsung.model.unplaced import UnplacedStretch
from unsung.pages.cuesheet import cue_sheet_csv, cue_sheet_otio, cue_table, cues, header

ALBUM = Album(
    "Skerry",
    (
        Track(
            1,
            "1.flac",
            "recording",
            "The Light",
            people=(Person("A. Writer", "composer"), Person("A Band", "artist")),
            identifiers=(("isrc", "GBAAA2000001"),),
        ),
        Track(2, "2.flac", "recording", "=Gulls"),
    ),
)
FILM_S = 5400.0
PAL = FrameRate(25)


def _placed(file, film, track_start_s=0.0, **rest):
    start_s, end_s = film
    track = Span(track_start_s, track_start_s + end_s - start_s)
    return Placement(file, track, Span(start_s, end_s), Speed(), "same recording", 0.9, **rest)


def _sheet(*placements, rate=PAL, **rest):
    return CueSheet("Skerry", FILM_S, cues(placements, ALBUM, FILM_S), rate, **rest)


def _rows(sheet):
    return list(csv.DictReader(io.StringIO(cue_sheet_csv(sheet))))


def test_a_looped_and_cut_track_is_one_cue_of_several_stretches():
    (cue,) = cues(
        [
            _placed("1.flac", (10, 20), 4),
            _placed("1.flac", (20, 30), 4),
            _placed("1.flac", (31, 35), 40),
        ],
        ALBUM,
        FILM_S,
    )
    assert len(cue.placements) == 3
    assert cue.film_span == Span(10, 35)


def test_the_same_track_later_is_another_cue():
    found = cues([_placed("1.flac", (10, 20)), _placed("1.flac", (60, 70))], ALBUM, FILM_S)
    assert [cue.number for cue in found] == ["1m1", "1m2"]


def test_cues_at_once_stay_apart():
    found = cues(
        [
            _placed("1.flac", (10, 40)),
            _placed("2.flac", (30, 50)),
            _placed("1.flac", (40.5, 60), 30),
        ],
        ALBUM,
        FILM_S,
    )
    assert [(cue.track_file, len(cue.placements)) for cue in found] == [
        ("1.flac", 2),
        ("2.flac", 1),
    ]


def test_numbers_begin_again_with_each_reel():
    placed = [_placed("1.flac", (at, at + 10)) for at in (10, 500, 1300, 1400)]
    found = cues(placed, ALBUM, FILM_S, reels_s=(0.0, 1200.0))
    assert [cue.number for cue in found] == ["1m1", "1m2", "2m1", "2m2"]


def test_a_usage_is_proposed_by_rule_alone_and_is_to_be_confirmed():
    placed = [
        _placed("1.flac", (5, 80)),
        _placed("2.flac", (900, 960)),
        _placed("1.flac", (5300, 5395)),
    ]
    assert {cue.usage for cue in cues(placed, ALBUM, FILM_S)} == {""}
    told = cues(placed, ALBUM, FILM_S, vocal={"2.flac": True}, speech=[Span(100, 101)])
    assert [cue.usage for cue in told] == ["MT", "BV", "ET"]
    spoken_over = cues(placed, ALBUM, FILM_S, vocal={"1.flac": False}, speech=[Span(20, 21)])
    assert [cue.usage for cue in spoken_over] == ["BI", "", "ET"]
    assert {row["usage_status"] for row in _rows(_sheet(*placed))} == {"to confirm"}


def test_what_sound_cannot_tell_is_empty():
    (row,) = _rows(_sheet(_placed("1.flac", (10, 20))))
    assert row["publishers"] == row["societies"] == row["origin"] == row["usage"] == ""
    assert row["composers"] == "A. Writer"
    assert row["isrc"] == "GBAAA2000001"


def test_rows_tell_times_in_the_films_timecode():
    (row,) = _rows(_sheet(_placed("1.flac", (10.04, 75.6)), first_label="01:00:00:00"))
    assert (row["timecode_in"], row["timecode_out"]) == ("01:00:10:01", "01:01:15:15")
    assert row["duration"] == "01:06"
    drop = _sheet(_placed("1.flac", (60.06, 70)), rate=FrameRate("30000/1001"), drop_frame=True)
    assert _rows(drop)[0]["timecode_in"] == "00:01:00;02"
    uneven = _sheet(_placed("1.flac", (3661.5, 3670)), rate=None)
    assert _rows(uneven)[0]["timecode_in"] == "01:01:01.500"


def test_a_title_that_would_run_in_a_spreadsheet_does_not():
    assert _rows(_sheet(_placed("2.flac", (10, 20))))[0]["title"] == "'=Gulls"


def test_the_header_counts_overlapping_music_once():
    sheet = _sheet(_placed("1.flac", (10, 40)), _placed("2.flac", (30, 50)))
    assert sheet.music_s == pytest.approx(40)
    assert dict(header(sheet))["Music length (of the album)"] == "00:40"
    assert dict(header(sheet))["Show length"] == "1:30:00"


def test_a_film_without_music_has_an_empty_sheet():
    sheet = _sheet()
    assert list(cue_table(sheet).rows) == []
    assert sheet.music_s == 0
    timeline = otio.adapters.read_from_string(cue_sheet_otio(sheet), "otio_json")
    assert len(timeline.tracks) == 1


def test_the_timeline_places_every_stretch_on_its_frame():
    sheet = _sheet(
        _placed("1.flac", (10, 40), 2.0, level_db=-7.5),
        _placed("2.flac", (30, 50)),
        _placed("1.flac", (60, 70)),
        rate=FrameRate("24000/1001"),
        on_cuts=(OnCut(12.0, Hit(12.01, 1.0), 0.01),),
    )
    timeline = otio.adapters.read_from_string(cue_sheet_otio(sheet), "otio_json")
    film, *music = timeline.tracks
    assert [track.kind for track in timeline.tracks] == ["Video", "Audio", "Audio"]
    placed = {}
    for track in music:
        for clip in track.find_clips():
            start = clip.transformed_time(clip.source_range.start_time, timeline.tracks)
            placed[clip.name] = start.to_seconds(), clip.duration().to_seconds()
    assert placed["1m1 The Light"] == pytest.approx((10, 30), abs=0.05)
    assert placed["1m2 =Gulls"] == pytest.approx((30, 20), abs=0.05)
    assert placed["1m3 The Light"] == pytest.approx((60, 10), abs=0.05)
    assert film[0].markers[0].marked_range.start_time.to_seconds() == pytest.approx(12, abs=0.05)
    first = music[0].find_clips()[0]
    assert first.metadata["unsung"]["level_db"] == -7.5
    assert first.source_range.start_time.to_seconds() == pytest.approx(2, abs=0.05)


def test_a_level_that_was_not_measured_is_a_word():
    told = json.loads(cue_sheet_otio(_sheet(_placed("1.flac", (10, 20)))))
    assert '"level_db": "undecided"' in json.dumps(told)


def test_nothing_of_the_film_is_copied():
    film = otio.adapters.read_from_string(
        cue_sheet_otio(_sheet(_placed("1.flac", (10, 20)))), "otio_json"
    ).tracks[0]
    assert isinstance(film[0].media_reference, otio.schema.MissingReference)


def test_the_same_sheet_gives_the_same_bytes():
    sheet = _sheet(_placed("1.flac", (10, 20)))
    assert cue_sheet_otio(sheet) == cue_sheet_otio(sheet)


def _unknown(start_s, end_s):
    return UnplacedStretch(Span(start_s, end_s), 0.9)


def _sheet_with_unknown(*placements):
    made = cues(placements, ALBUM, FILM_S, speech=(), unplaced=(_unknown(100, 160),))
    return CueSheet("Skerry", FILM_S, made, PAL)


def test_music_with_no_source_is_a_cue_whose_title_is_the_person_s():
    (known, unknown) = _rows(_sheet_with_unknown(_placed("1.flac", (10, 20))))
    assert (known["cue"], unknown["cue"]) == ("1m1", "1m2")
    assert (unknown["timecode_in"], unknown["timecode_out"]) == ("00:01:40:00", "00:02:40:00")
    assert unknown["duration"] == "01:00"
    assert [unknown[name] for name in ("title", "composers", "usage", "track")] == [""] * 4
    assert unknown["proof"] == "unknown: no source found"


def test_music_with_no_source_is_no_music_of_the_album():
    head = dict(header(_sheet_with_unknown(_placed("1.flac", (10, 20)))))
    assert head["Music length (of the album)"] == "00:10"
    assert head["Music length (no source found)"] == "01:00"


def test_unknown_music_is_never_proposed_as_a_title():
    made = cues((), ALBUM, FILM_S, speech=(), unplaced=(_unknown(0, 60), _unknown(5300, 5390)))
    assert [cue.usage for cue in made] == ["", ""]


def test_the_timeline_holds_unknown_music_and_names_no_file_for_it():
    sheet = _sheet_with_unknown(_placed("1.flac", (10, 20)))
    timeline = otio.adapters.read_from_string(cue_sheet_otio(sheet), "otio_json")
    clip = next(one for one in timeline.tracks[1] if one.name == "1m2 Unknown")
    assert isinstance(clip.media_reference, otio.schema.MissingReference)
    assert clip.metadata["unsung"]["source"] == "none found"


def test_a_cue_is_either_placed_or_unknown():
    with pytest.raises(ValueError, match="no source"):
        Cue("1m1", "", (), "", ())
