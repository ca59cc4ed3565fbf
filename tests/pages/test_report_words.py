"""What the report says in words is counted from the hearings, and only where it can be."""

import re

import attrs
import pytest
import soundtracks

from unsung.model.album import Person
from unsung.model.hearing import Heard, Loudness
from unsung.model.notes import Notes
from unsung.model.outcomes import SILENT, UNDECIDED, NotHeard
from unsung.model.pitch import Key
from unsung.pages.report.glance import glance
from unsung.pages.report.keys import key_shares
from unsung.pages.report.overview import people
from unsung.pages.report.remarks import remarks
from unsung.pages.report.values import values
from unsung.pages.report.wording import (
    answer,
    clock,
    lasting,
    length,
    level,
    listed,
    number,
    pitches,
)


def heard(position, title, **changes):
    hearing = soundtracks.recording_hearing(60.0, position)
    return Heard(soundtracks.track(position, title), attrs.evolve(hearing, **changes))


def loudness(like, integrated_lufs):
    levels = like.hearing.loudness
    return Loudness(integrated_lufs, 5.0, -1.0, levels.momentary, levels.short_term)


def sentences(*tracks):
    return [re.sub("<.*?>", "", str(one)) for one in remarks([glance(t) for t in tracks])]


def with_loudness(position, title, integrated_lufs):
    plain = heard(position, title)
    return heard(position, title, loudness=loudness(plain, integrated_lufs))


def test_the_quietest_and_the_loudest_are_named_with_their_levels():
    said = sentences(
        with_loudness(1, "Storm", -9.0),
        with_loudness(2, "Whisper", -31.26),
        with_loudness(3, "Walk", -20.0),
    )
    assert "The quietest is Whisper (−31.3 LUFS), the loudest Storm (−9.0 LUFS)." in said


def test_tracks_that_share_an_extreme_are_all_named():
    said = sentences(
        with_loudness(1, "A", -9.0), with_loudness(2, "B", -9.04), with_loudness(3, "C", -20.0)
    )
    assert "The quietest is C (−20.0 LUFS), the loudest A and B (−9.0 LUFS)." in said


def test_a_single_track_is_not_compared_with_itself():
    assert not any("longest" in sentence for sentence in sentences(heard(1, "Alone")))


def test_an_album_without_tracks_has_nothing_to_say():
    assert remarks([]) == ()


def test_keys_are_weighed_by_the_time_they_last():
    tracks = [heard(i, str(i)) for i in range(1, 4)]
    shares = key_shares(one.hearing for one in tracks)
    expected = sum(
        span.span.duration_s
        for one in tracks
        for span in one.hearing.key.spans
        if span.key == shares[0][0]
    )
    assert shares[0][1] == pytest.approx(expected / 180)
    assert sum(share for _, share in shares) == pytest.approx(1)


def test_what_is_undecided_is_told_last():
    shares = key_shares([soundtracks.recording_hearing(300.0)])
    assert [key is UNDECIDED for key, _ in shares] == [False] * (len(shares) - 1) + [True]


def test_a_silent_track_is_called_silent_and_compared_with_nothing():
    silent = Heard(soundtracks.track(3, "Hush"), soundtracks.silent_hearing())
    said = sentences(with_loudness(1, "A", -9.0), with_loudness(2, "B", -12.0), silent)
    assert "Silent throughout: Hush." in said
    assert not any("quietest is Hush" in sentence for sentence in said)
    assert glance(silent).register is SILENT
    assert glance(silent).brightness_hz is SILENT


def test_a_score_answers_not_heard_where_only_sound_can_tell():
    score = glance(Heard(soundtracks.track(1, "S", kind="score"), soundtracks.score_hearing()))
    assert isinstance(score.integrated_lufs, NotHeard)
    assert isinstance(score.brightness_hz, NotHeard)


def test_people_are_named_by_role_and_by_the_tracks_that_name_them():
    assert people(soundtracks.small()) == (
        ("composer", "Ada Vale"),
        ("performer", "The Northern Players"),
    )


def test_roles_of_the_very_same_people_stand_as_one():
    both = (Person("Ada Vale", "composer"), Person("Ada Vale", "artist"))
    one = Heard(soundtracks.track(1, "A", people=both), soundtracks.silent_hearing())
    assert people(soundtracks.soundtrack(one)) == (("composer and artist", "Ada Vale"),)


def test_of_several_in_a_role_the_busiest_is_named_first():
    tracks = [
        Heard(soundtracks.track(i, str(i), people=(Person(name, "composer"),)), hush)
        for i, name in enumerate(["Bo", "Ada", "Ada"], start=1)
        for hush in [soundtracks.silent_hearing()]
    ]
    assert people(soundtracks.soundtrack(*tracks)) == (
        ("composer", "Ada (2 tracks) and Bo (1 track)"),
    )


@pytest.mark.parametrize("duration_s", [0.11, 1.0, 59.0, 312.9, 7200.0])
def test_the_table_of_values_is_short_and_full(duration_s):
    table = values(soundtracks.recording_hearing(duration_s))
    assert 1 <= len(table.rows) <= 49
    assert table.columns[0].name == "Time"
    assert len(table.columns) == 10
    assert all(cell for row in table.rows for cell in row)


def test_the_table_of_a_score_leaves_out_what_has_no_sound():
    names = [column.name for column in values(soundtracks.score_hearing()).columns]
    assert "Loudness" not in names
    assert "Brightness" not in names
    assert "Key" in names


def test_the_table_says_silent_where_nothing_sounds():
    table = values(soundtracks.silent_hearing())
    first = dict(zip([column.name for column in table.columns], table.rows[0], strict=True))
    assert first["Loudness"] == first["Brightness"] == "silent"
    assert first["Register"] == "no notes"
    assert (first["Key"], first["Tempo"]) == ("undecided", "no clear pulse")


@pytest.mark.parametrize(
    ("time_s", "shown"),
    [(0, "0:00"), (0.34, "0:00"), (59.6, "1:00"), (204.4, "3:24"), (3723, "1:02:03")],
)
def test_time_reads_as_on_a_sleeve(time_s, shown):
    assert clock(time_s) == shown


def test_a_length_under_a_second_has_tenths():
    assert [length(one_s) for one_s in (0.34, 0, 204.4)] == ["0.3 s", "0:00", "3:24"]


@pytest.mark.parametrize(
    ("time_s", "said"),
    [(1, "1 second"), (90, "90 seconds"), (7680, "2 hours 8 minutes"), (3600, "1 hour")],
)
def test_lengths_are_said_in_words(time_s, said):
    assert lasting(time_s) == said


def test_numbers_have_a_true_minus_and_never_a_minus_zero():
    assert number(-3.14) == "−3.1"
    assert number(-0.04) == "0.0"


def test_answers_read_as_numbers_names_or_outcomes():
    assert answer(-14.02, "LUFS") == "−14.0 LUFS"
    assert answer(Key(3, "minor")) == "E♭ minor"
    assert answer(UNDECIDED) == "undecided"
    assert answer(NotHeard("a score has no sound")) == "not heard"
    assert level(-70.0) == "silent"
    assert pitches(40.0, 60.0) == "E2–C4"
    assert listed([]) == ""
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_a_track_without_notes_says_so():
    one = heard(1, "Drone", notes=Notes.none(), melody=Notes.none())
    assert glance(one).title == "Drone"


def test_a_peak_that_shows_as_zero_is_not_over_full_scale():
    plain = heard(1, "Brim")
    for peak_dbtp, is_over in ((0.04, False), (0.3, True)):
        levels = attrs.evolve(plain.hearing.loudness, true_peak_dbtp=peak_dbtp)
        said = sentences(heard(1, "Brim", loudness=levels))
        assert ("True peaks rise over 0 dBTP in Brim." in said) is is_over
