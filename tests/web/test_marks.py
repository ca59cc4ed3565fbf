"""What people say of motifs from the page: found at once, kept at once, taken back."""

import io
import json
import time

import made_albums
import numpy as np
import pytest

from unsung import pipeline

A = "/a/the-skerry-light/api"
TUNE = ((67, 0.5), (72, 1.5), (74, 0.5), (75, 1.0), (74, 0.5), (72, 0.5), (79, 2.0), (77, 2.0))


def test_the_map_has_every_track_motif_and_occurrence(shared):
    plain = shared.get(f"{A}/map").json()
    assert [one["position"] for one in plain["tracks"]] == [1, 2, 3, 4]
    assert plain["tracks"][0]["audio"] == "/a/the-skerry-light/audio/1"
    assert plain["tracks"][3]["audio"] == "", "a score has no sound"
    assert [one["label"] for one in plain["motifs"]] == ["A", "B"]
    assert [row[:2] for row in plain["occurrences"]] == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1]]
    assert plain["settled"] is True


def test_the_notes_of_a_track_are_parallel_columns(shared):
    plain = shared.get(f"{A}/tracks/1/notes").json()
    lengths = {len(plain[key]) for key in ("onset_s", "end_s", "midi_pitch", "part", "salience")}
    assert len(lengths) == 1
    assert lengths != {0}
    assert shared.get(f"{A}/tracks/99/notes").status_code == 404


def test_pages_that_are_there_are_shown_and_others_are_not_found(shared):
    album = "/a/the-skerry-light"
    there = (
        "/",
        "/track/1",
        "/motif/A",
        "/motif/A/3",
        "/gems",
        "/findings",
        "/article",
        "/search?q=x",
    )
    for path in there:
        assert shared.get(album + path).status_code == 200
    for path in ("/track/9", "/motif/Z", "/motif/A/4", "/film", "/nothing"):
        assert shared.get(album + path).status_code == 404
    assert shared.get(album).headers["location"] == f"{album}/"
    assert shared.get("/a/unknown/").status_code == 404


def test_a_film_has_a_page_once_it_is_known_and_words_before(tmp_path):
    place = made_albums.album_at(tmp_path / "album", made_albums.NAMES)
    with made_albums.served(tmp_path / "albums.json", place) as visitor:
        before = visitor.get("/a/the-skerry-light/film")
        assert before.status_code == 404
        assert "no film is known of this album" in before.text
        made_albums.keep_film(place / "unsung")
        after = visitor.get("/a/the-skerry-light/film")
        assert after.status_code == 200
        assert "skerry.mkv" in after.text


def test_hostile_titles_are_shown_as_text(tmp_path):
    import soundtracks

    place = made_albums.album_at(tmp_path / "album", ("a.wav",), title=soundtracks.HOSTILE)
    with made_albums.served(tmp_path / "albums.json", place) as visitor:
        (album,) = visitor.get("/api/albums").json()["albums"]
        for path in ("/", f"/a/{album['slug']}/"):
            assert "<script>" not in visitor.get(path).text


def test_titles_that_no_encoding_can_hold_are_shown_as_far_as_they_can(tmp_path):
    place = made_albums.album_at(tmp_path / "album", ("a.wav",), title="Half \ud83c of a sign")
    with made_albums.served(tmp_path / "albums.json", place) as visitor:
        (album,) = visitor.get("/api/albums").json()["albums"]
        for path in ("/", f"/a/{album['slug']}/", f"/a/{album['slug']}/api/map"):
            assert visitor.get(path).status_code == 200


def test_an_export_is_a_file_to_keep(shared):
    answer = shared.get(f"{A}/export/motifs.csv")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert shared.get(f"{A}/export/motifs.exe").status_code == 400


def test_several_files_of_an_export_come_as_one_archive(shared):
    import zipfile

    for asked, count in (("motifs.m3u8", 2), ("motifs.musicxml?motif=A", 4), ("key.tilia", 4)):
        content = shared.get(f"{A}/export/{asked}").content
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert len(set(names)) == count
    assert shared.get(f"{A}/export/motifs.musicxml").status_code == 404
    assert shared.get(f"{A}/export/notes.midi").status_code == 404


def test_one_motif_or_track_is_a_file_of_its_own_name(shared):
    answer = shared.get(f"{A}/export/motifs.m3u8?motif=A")
    assert answer.text.startswith("#EXTM3U\n#PLAYLIST:Motif A\n")
    assert "filename*=UTF-8''motif%20A.m3u8" in answer.headers["content-disposition"]
    lines = shared.get(f"{A}/export/sections.lrc?track=1").headers["content-disposition"]
    assert "filename*=UTF-8''01%20one.lrc" in lines


def test_what_was_not_heard_cannot_be_exported(shared):
    assert shared.get(f"{A}/export/gems.m3u8").status_code == 404
    assert shared.get(f"{A}/export/motifs.m3u8?motif=Z").status_code == 400


def _said_in_scores(folder):
    """An album of two scores with one tune in common, listened to for real."""
    import mido

    folder.mkdir()
    for number, (semitones, before) in enumerate(((0, 0), (5, 4)), start=1):
        track = mido.MidiTrack()
        rest = 480 * before
        for pitch, quarters in TUNE * 2:
            track.append(mido.Message("note_on", note=pitch + semitones, velocity=80, time=rest))
            rest = 0
            track.append(mido.Message("note_off", note=pitch + semitones, time=int(480 * quarters)))
        file = mido.MidiFile(tracks=[track])
        file.save(folder / f"{number:02d} part.mid")
    pipeline.listen(folder, jobs=1)
    return folder


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scores")
    place = _said_in_scores(folder / "album")
    with made_albums.served(folder / "albums.json", place) as visitor:
        visitor.folder = place
        yield visitor


B = "/a/album/api"


def test_a_marked_passage_is_found_wherever_it_comes_back(scores):
    answer = scores.post(f"{B}/find", {"track": 1, "from_s": 0, "to_s": 4.2})
    plain = answer.json()
    assert answer.status_code == 200
    assert {one["track"] for one in plain["places"]} == {1, 2}
    assert 5 in {one["transposition_semitones"] for one in plain["places"] if one["track"] == 2}
    assert plain["spent_s"] < 10


def test_a_line_of_notes_is_found_too(scores):
    lengths = np.array([quarters for _, quarters in TUNE]) / 2
    onsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    rows = [
        [float(onset), float(length), pitch]
        for onset, length, (pitch, _) in zip(onsets, lengths, TUNE, strict=True)
    ]
    assert scores.post(f"{B}/find", {"notes": rows}).json()["places"]


@pytest.mark.parametrize(
    "asked",
    [
        {"notes": []},
        {"notes": 7},
        {"notes": [[0, 1, 60]]},
        {"notes": [[0, 1], [1, 1]]},
        {"notes": [[0, 1, 600], [1, 1, 60]]},
        {"notes": [[-1, 1, 60], [1, 1, 60]]},
        {"notes": [["0", "x", 60], [1, 1, 60]]},
        {"notes": [[k, 1, 60] for k in range(65)]},
        {"track": 1, "from_s": 0, "to_s": 61},
        {"track": 1, "from_s": 500, "to_s": 510},
        {"track": 7, "from_s": 0, "to_s": 1},
        {},
    ],
)
def test_what_cannot_be_looked_for_is_refused(scores, asked):
    assert scores.post(f"{B}/find", asked).status_code in (400, 404)


def _settled(visitor):
    until_s = time.monotonic() + 60
    while not (plain := visitor.get(f"{B}/map").json())["settled"]:
        assert time.monotonic() < until_s
        time.sleep(0.1)
    return plain


def test_a_person_adds_a_motif_names_it_rejects_a_place_and_takes_it_all_back(scores):
    said = {"motif": "The Heir", "track": 1, "from_s": 0, "to_s": 4.2, "holds": True}
    assert scores.post(f"{B}/statements", said).status_code == 201
    (line,) = (scores.folder / "motifs.jsonl").read_text().splitlines()
    assert json.loads(line)["motif"] == "The Heir"
    plain = _settled(scores)
    (k,) = (k for k, one in enumerate(plain["motifs"]) if one["name"] == "The Heir")
    assert "confirmed" in {row[5] for row in plain["occurrences"] if row[0] == k}
    label = plain["motifs"][k]["label"]
    named = scores.post(f"{B}/names", {"motif": label, "name": "Ada’s tune"}).json()
    assert "Ada’s tune" in {one["name"] for one in named["motifs"]}, "at once"
    assert scores.post(f"{B}/undo").json()["taken_back"]["name"] == "Ada’s tune"
    assert "Ada’s tune" not in {one["name"] for one in _settled(scores)["motifs"]}
    assert scores.post(f"{B}/undo").json()["taken_back"]["motif"] == "The Heir"
    assert "The Heir" not in {one["name"] for one in _settled(scores)["motifs"]}
    assert len((scores.folder / "motifs.jsonl").read_text().splitlines()) == 4, "all is history"


@pytest.mark.parametrize(
    "said",
    [
        {"motif": "A", "track": 1, "from_s": 0, "to_s": 1},
        {"motif": "A", "track": 1, "from_s": 0, "to_s": 1, "holds": "yes"},
        {"motif": "", "track": 1, "from_s": 0, "to_s": 1, "holds": True},
        {"motif": "A", "track": 1, "from_s": 0, "to_s": 9_999, "holds": True},
    ],
)
def test_a_statement_that_makes_no_sense_is_refused(shared, said):
    assert shared.post(f"{A}/statements", said).status_code == 400


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"motif": "Z", "name": "x"}, 404),
        ({"motif": "A", "name": ""}, 400),
        ({"motif": "A", "name": "x", "meaning": "death"}, 400),
        ({"motif": "A", "name": "x" * 101}, 400),
    ],
)
def test_a_name_needs_a_motif_and_a_meaning_its_source(shared, said, status):
    assert shared.post(f"{A}/names", said).status_code == status
