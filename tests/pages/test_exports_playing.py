"""Exports for players: playlists, edit lists, chapters, LRC, read as those programs read them."""

import json
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from soundtracks import (
    awkward,
    recording_hearing,
    score_hearing,
    small,
    soundtrack,
    track,
    track_at,
)
from themes import CALL, stated

sys.path.insert(0, str(Path(__file__).parents[1] / "questions"))

import films

from unsung.model.finding import Finding, HeardPlace, Title
from unsung.model.hearing import Heard
from unsung.model.motif import Motif
from unsung.model.time import Span
from unsung.pages.exports import exported
from unsung.pages.exports.as_edl import edl
from unsung.pages.exports.as_m3u8 import m3u8
from unsung.pages.exports.reels import Excerpt, Reel
from unsung.pages.exports.stretches import Stretch
from unsung.pages.exports.succession import succession

TERRIBLE = 'a\n#EXTINF:9,"b" [c], =;#\\ {d} <e> % 100%20?'
PLAYED_FILE = "01 [a], b=c;d & 'e'.ogg"
needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffprobe"), reason="needs FFmpeg")


@pytest.fixture(scope="module")
def album():
    plain = small()
    return evolve(plain, film=films.film(plain))


@pytest.fixture(scope="module")
def strange():
    return awkward()


def stated_in(file, title="Overture"):
    """An album of one track under this name, with a motif in it."""
    heard = Heard(track_at(file, title), recording_hearing(60.0))
    call = stated(file, CALL, 12.0)
    return evolve(soundtrack(heard), motifs=(Motif("A", call, (call,)),))


def gem(file="03 track.ogg", **more):
    """A finding that names a track."""
    given = {
        "slug": "gem-one",
        "question": "hidden-gems",
        "kind": "gem",
        "claim": "{track} stands out",
        "facts": {"track": Title("Salt and Iron", file)},
        "verdict": "supported",
        "method": "By ear.",
        "places": (HeardPlace(file, Span(63.0, 78.0)),),
    }
    return Finding(**(given | more))


# Playlists


def entries(document):
    """What VLC makes of a playlist: title, options and address of each entry."""
    lines = document.encoded.decode().splitlines()
    assert lines[0] == "#EXTM3U"
    found, title, options = [], "", {}
    for line in lines[1:]:
        if line.startswith("#EXTINF:"):
            title = re.fullmatch(r"#EXTINF:\d+,(.*)", line)[1]
        elif line.startswith("#EXTVLCOPT:"):
            name, value = line.removeprefix("#EXTVLCOPT:").split("=")
            options[name] = float(value)
        elif line and not line.startswith("#"):
            found.append((title, options, line))
            title, options = "", {}
    return found


def test_a_motif_is_a_playlist_of_its_places_in_album_order(album):
    [document] = exported(album, "motifs", "m3u8", motif="The round")
    motif = album.motifs[1]
    assert document.name == "motif B.m3u8"
    assert [(one["start-time"], one["stop-time"]) for _, one, _ in entries(document)] == [
        pytest.approx((one.span.start_s, one.span.end_s), abs=1e-3) for one in motif.occurrences
    ]
    assert [file for _, _, file in entries(document)] == [
        f"./{one.track_file}" for one in motif.occurrences
    ]


def test_files_are_named_as_seen_from_where_the_list_will_lie(album):
    [list_] = exported(album, "motifs", "m3u8", motif="A", album_path="../music/")
    [edits] = exported(album, "motifs", "edl", motif="A", album_path="../music/")
    files = [f"../music/{one.track_file}" for one in album.motifs[0].occurrences]
    assert [file for _, _, file in entries(list_)] == files
    assert [one["file"].decode() for one in segments(edits.encoded)] == files


def test_terrible_titles_and_names_stay_on_their_line():
    album = stated_in("a.ogg", TERRIBLE)
    named = evolve(album, motifs=(evolve(album.motifs[0], name=TERRIBLE),))
    [document] = exported(named, "motifs", "m3u8")
    assert [file for _, _, file in entries(document)] == ["./a.ogg"]
    assert document.encoded.decode().count("\n#EXTINF:") == 1


@pytest.mark.parametrize("file", ["C# minor?.ogg", "50%2b.ogg", "#1.ogg", "what?.ogg"])
def test_signs_that_vlc_takes_for_parts_of_an_address_are_written_as_in_one(file):
    [(_, _, address)] = entries(exported(stated_in(file), "motifs", "m3u8")[0])
    assert not re.search(r"[#?]", address)
    assert unquote(address) == f"./{file}"


@pytest.mark.parametrize("file", [PLAYED_FILE, "100% a.ogg", " a.ogg", "ä ♪.ogg", "C:a.ogg"])
def test_other_names_are_plain_so_that_every_player_finds_them(file):
    [(_, _, address)] = entries(exported(stated_in(file), "motifs", "m3u8")[0])
    assert address == f"./{file}"


def test_a_name_with_a_line_break_is_left_out_and_counted():
    reel = Reel("a", "A", (Excerpt("a\nb.ogg", Span(0, 1), ""), Excerpt("c.ogg", Span(0, 1), "")))
    text = m3u8(reel, "").decode()
    assert "# 1 more: no player could find them" in text
    assert text.count("#EXTINF") == 1


def test_what_has_no_file_of_its_own_is_in_no_playlist():
    assert exported(stated_in("music.pk3!a.ogg"), "motifs", "m3u8") == ()
    paper = Heard(track(1, "On paper", kind="score"), score_hearing())
    call = stated(paper.track.file, CALL, 12.0)
    scored = evolve(soundtrack(paper), motifs=(Motif("A", call, (call,)),))
    assert exported(scored, "motifs", "edl") == ()


def test_gems_are_played_whole_each_once_the_weightiest_first(album):
    findings = (
        gem(weight=0.4),
        gem("01 track.ogg", slug="unused", kind="never used in the work", weight=0.9),
        gem(slug="again", kind="rarely used in the work", weight=0.2),
        gem("02 track.ogg", slug="where", kind="listening window", weight=1.0),
        gem("02 track.ogg", slug="none", kind="no gem", verdict="undecided", weight=1.0),
    )
    [document] = exported(album, "gems", "m3u8", findings=findings)
    assert [(options, file) for _, options, file in entries(document)] == [
        ({}, "./01 track.ogg"),
        ({}, "./03 track.ogg"),
    ]
    assert entries(document)[1][0] == "Salt and Iron (gem; listen from 1:03)"


def test_the_film_is_a_playlist_of_the_album_and_so_is_what_it_leaves_out(album):
    [played] = exported(album, "placements", "m3u8")
    assert [file for _, _, file in entries(played)] == [
        "./01 track.ogg", "./02 track.ogg", "./01 track.ogg",
    ]  # fmt: skip
    [unused] = exported(album, "unused", "m3u8")
    assert [file for _, _, file in entries(unused)] == ["./03 track.ogg", "./04 track.ogg"]
    assert b"# 1 more" in unused.encoded


# Edit lists


def segments(document):
    """An edit list read by the grammar of mpv's documentation, byte for byte."""
    rest = document
    assert rest.startswith(b"# mpv EDL v0\n")
    found = []
    while rest:
        if rest[:1] in (b"#", b"\n"):
            rest = rest.partition(b"\n")[2] if rest[:1] == b"#" else rest[1:]
            continue
        values, implicit = {}, iter(("file", "start", "length"))
        while True:
            named = re.match(rb"([^=%,;\n]+)=", rest)
            name = named[1].decode() if named else next(implicit)
            rest = rest[named.end() :] if named else rest
            if sized := re.match(rb"%(\d+)%", rest):
                end = sized.end() + int(sized[1])
                values[name], rest = rest[sized.end() : end], rest[end:]
            else:
                plain = re.match(rb"[^,;\n]*", rest)
                values[name], rest = plain[0], rest[plain.end() :]
            if not rest.startswith(b","):
                break
            rest = rest[1:]
        found.append(values)
        assert rest[:1] in (b"\n", b"")
    return found


def test_an_edit_list_plays_every_place_with_its_title_as_chapter(album):
    [document] = exported(album, "motifs", "edl", motif="A")
    read = segments(document.encoded)
    assert len(read) == len(album.motifs[0].occurrences)
    for one, segment in zip(album.motifs[0].occurrences, read, strict=True):
        assert segment["file"].decode() == f"./{one.track_file}"
        assert float(segment["start"]) == pytest.approx(one.span.start_s, abs=1e-3)
        assert float(segment["length"]) == pytest.approx(one.span.duration_s, abs=1e-3)
    assert read[0]["title"].decode() == "Motif A, Overture 0:12"


@settings(max_examples=50)
@given(st.text(min_size=1), st.text())
def test_an_edit_list_holds_any_name_and_any_title(file, title):
    file, title = (one.encode(errors="replace").decode() for one in (file, title))
    reel = Reel("a", "A", (Excerpt(file, Span(1.0, 2.5), title),) * 2, 3)
    for segment in segments(edl(reel, "../")):
        assert segment["file"].decode() == f"../{file}"
        assert segment["title"].decode() == title


def test_a_name_that_is_no_text_keeps_its_bytes():
    reel = Reel("a", "A", (Excerpt("caf\udce9.ogg", Span(0, 1), "x"),))
    assert segments(edl(reel, ""))[0]["file"] == b"./caf\xe9.ogg"
    assert b"./caf\xe9.ogg\n" in m3u8(reel, "")


# What sounds now


@st.composite
def overlapping(draw):
    edges = st.floats(0, 60)
    pairs = draw(st.lists(st.tuples(edges, edges), max_size=8))
    return [
        Stretch(min(pair), max(pair), f"s{at}", 0.0)
        for at, pair in enumerate(pairs)
        if pair[0] != pair[1]
    ]


@given(overlapping(), st.floats(1, 60))
def test_pieces_follow_one_another_from_the_beginning_to_the_end(stretches, until_s):
    pieces = succession(stretches, until_s)
    assert pieces[0].start_s == 0
    assert pieces[-1].end_s == until_s
    assert all(a.end_s == b.start_s for a, b in pairwise(pieces))
    assert len(pieces) == 1 or min(one.end_s - one.start_s for one in pieces) >= 0.5 - 1e-9


def test_where_several_stretches_sound_a_piece_names_them_all():
    pieces = succession(
        [Stretch(2, 6, "A", 0), Stretch(4, 8, "B\nb", 0), Stretch(4, 8, "A", 0)], 10
    )
    assert [(one.start_s, one.text) for one in pieces] == [
        (0, ""), (2, "A"), (4, "A · B b"), (6, "B b · A"), (8, ""),
    ]  # fmt: skip


# Chapters


def probed(*arguments):
    asked = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", *arguments]
    read = subprocess.run(asked, check=True, capture_output=True).stdout
    return [
        (float(one["start_time"]), float(one["end_time"]), one["tags"]["title"])
        for one in json.loads(read)["chapters"]
    ]


def filmed_under(title, album):
    """The album with its first track called so."""
    first = album.heard[0]
    renamed = evolve(first, track=evolve(first.track, title=title))
    return evolve(album, heard=(renamed, *album.heard[1:]))


@needs_ffmpeg
def test_ffmpeg_reads_the_chapters_of_a_track(album, tmp_path):
    [document] = exported(album, "sections", "chapters", track="1")
    (tmp_path / "c").write_bytes(document.encoded)
    sections = album["1"].hearing.sections.sections
    assert probed("-f", "ffmetadata", tmp_path / "c") == [
        (
            pytest.approx(one.span.start_s, abs=1e-3),
            pytest.approx(one.span.end_s, abs=1e-3),
            f"Section {one.label}",
        )
        for one in sections
    ]


@needs_ffmpeg
def test_ffmpeg_reads_terrible_titles_as_they_are(album, tmp_path):
    [document] = exported(filmed_under(TERRIBLE, album), "placements", "chapters")
    (tmp_path / "c").write_bytes(document.encoded)
    titles = [title for _, _, title in probed("-f", "ffmetadata", tmp_path / "c")]
    assert document.name == "film.ffmetadata"
    assert titles == ["–", " ".join(TERRIBLE.split()), "–", "The Lamplighter’s Walk", "–",
                      " ".join(TERRIBLE.split()), "–"]  # fmt: skip


@needs_ffmpeg
def test_chapter_tags_in_an_ogg_file_are_chapters(album, tmp_path):
    [document] = exported(album, "motifs", "chapter-tags", track="2")
    tags = [argument for line in document.content.splitlines() for argument in ("-metadata", line)]
    made = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "anullsrc", "-t", "95", *tags]
    subprocess.run([*made, tmp_path / "a.ogg"], check=True)
    read = [(start_s, title) for start_s, _, title in probed(tmp_path / "a.ogg")]
    stretches = [
        Stretch(
            one.span.start_s, one.span.end_s, f"Motif {motif.label}: {motif.name}".rstrip(": "), 0
        )
        for motif in album.motifs
        for one in motif.occurrences
        if one.track_file == "02 track.ogg"
    ]
    assert read == [
        (pytest.approx(one.start_s, abs=1e-3), one.text or "–")
        for one in succession(stretches, 95.0)
    ]


def test_a_score_has_no_chapters_and_no_lines(album):
    for form in ("chapters", "chapter-tags", "lrc"):
        assert exported(album, "sections", form, track="5") == ()


# LRC


def lines_of(document):
    """Tags, and the lines with their times, as players read them."""
    tags, lines = {}, []
    for line in document.content.splitlines():
        if timed := re.fullmatch(r"\[(\d\d+):([0-5]\d\.\d\d)\](.*)", line):
            lines.append((60 * int(timed[1]) + float(timed[2]), timed[3]))
        else:
            name, value = re.fullmatch(r"\[([a-z]+):(.+)\]", line).groups()
            tags[name] = value
    return tags, lines


def test_lines_tell_what_sounds_and_end_with_it(album):
    [document] = exported(album, "motifs", "lrc", track="1")
    tags, lines = lines_of(document)
    assert (tags["ti"], tags["ar"], tags["al"]) == ("Overture", "Ada Vale", "The Glass Meridian")
    assert document.name == "01 track.lrc"
    first = album.motifs[0].occurrences[0].span
    assert lines[0] == (0.0, "")
    assert lines[1] == (pytest.approx(first.start_s, abs=0.01), "Motif A")
    assert lines[2] == (pytest.approx(first.end_s, abs=0.01), "")


def test_nothing_in_a_title_is_taken_for_a_time(strange):
    for document in exported(strange, "motifs", "lrc"):
        tags, lines = lines_of(document)
        assert lines == sorted(lines)
        assert not any(
            re.search(r"[\[\]<>]", text) for text in (*tags.values(), *dict(lines).values())
        )


def test_two_discs_with_equal_names_get_lines_of_their_own():
    heard = [
        Heard(evolve(track_at(f"disc {at}/01 a.ogg", "Dawn"), position=at), recording_hearing(9.0))
        for at in (1, 2)
    ]
    names = [one.name for one in exported(soundtrack(*heard), "sections", "lrc")]
    assert names == ["01 Dawn.lrc", "02 Dawn.lrc"]


@pytest.mark.parametrize("file", ["..ogg", "a\nb.ogg", "C:b.ogg", "a\\b.ogg", ".. .ogg"])
def test_no_name_of_a_file_leads_out_of_the_folder(file):
    heard = Heard(track_at(file, "Dawn"), recording_hearing(9.0))
    [document] = exported(soundtrack(heard), "sections", "lrc")
    assert document.name == "01 Dawn.lrc"


@needs_ffmpeg
def test_ffmpeg_reads_the_lines(album, tmp_path):
    [document] = exported(album, "sections", "lrc", track="2")
    (tmp_path / "a.lrc").write_bytes(document.encoded)
    asked = ["ffmpeg", "-v", "error", "-i", tmp_path / "a.lrc", "-f", "srt", "-"]
    read = subprocess.run(asked, check=True, capture_output=True).stdout.decode()
    labels = [one.label for one in album["2"].hearing.sections.sections]
    assert re.findall(r"Section (\w)", read) == labels
