"""Occurrences in a terminal: one line each, in words that a listener knows."""

import soundtracks
from attrs import evolve

from unsung.model.album import Track
from unsung.model.hearing import Heard
from unsung.pages.occurrence_table import occurrence_table


def test_each_occurrence_is_a_line_in_the_order_given():
    album = soundtracks.small()
    found = album.motifs[0].occurrences
    head, *lines = occurrence_table(found, album).splitlines()
    assert head.split() == ["#", "track", "time", "key", "tempo", "changes", "confidence"]
    assert [int(line.split()[0]) for line in lines] == list(range(1, len(found) + 1))
    assert "01 Overture" in lines[1]
    assert "0:25–0:28" in lines[1]
    assert "a perfect fourth higher" in lines[1]
    assert lines[1].split()[-3:] == ["1.50", "–", "0.97"]
    assert "register, rhythm" in lines[6]


def test_columns_stand_under_their_headings_whatever_the_titles():
    album = soundtracks.small()
    titles = ("帝国のマーチ", "Étoile\u0301", "A\x1b[2J\nB" * 30)
    heard = tuple(
        Heard(evolve(one.track, title=title), one.hearing)
        for one, title in zip(album.heard[:3], titles, strict=True)
    )
    lines = occurrence_table(album.motifs[0].occurrences, evolve(album, heard=heard)).splitlines()
    assert len(lines) == 8
    assert not any(sign in line for line in lines for sign in "\x1b\r")
    ascii_line, japanese = lines[-1], lines[1]
    assert japanese.index("0:12") == ascii_line.index("0:21") - len("帝国のマーチ")


def test_a_track_without_title_is_named_by_its_file():
    album = soundtracks.small()
    nameless = Track(1, "01 track.ogg", "recording", "")
    heard = (Heard(nameless, album.heard[0].hearing), *album.heard[1:])
    text = occurrence_table(album.motifs[0].occurrences[:1], evolve(album, heard=heard))
    assert "01 01 track.ogg" in text


def test_nothing_found_is_a_sentence():
    assert occurrence_table((), soundtracks.small()).startswith("Nothing else in this album")
