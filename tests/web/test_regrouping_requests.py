"""Whole motifs, from the page: two that are one, places that are one of their own."""

import json
import time

import made_albums
import pytest

from unsung.web import opened

A = "/a/the-skerry-light/api"
B = "/a/album/api"


@pytest.fixture(scope="module")
def two_tunes(tmp_path_factory):
    """A visitor of an album that was listened to for real."""
    folder = tmp_path_factory.mktemp("tunes")
    place = made_albums.two_tunes_at(folder / "album")
    with made_albums.served(folder / "albums.json", place) as visitor:
        visitor.folder = place
        yield visitor


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A visitor of an album in which nothing is written, and who may ask as often as all others."""
    folder = tmp_path_factory.mktemp("shared")
    place = made_albums.album_at(folder / "album", made_albums.NAMES)
    with made_albums.served(folder / "albums.json", place) as visitor:
        yield visitor


def settled(visitor):
    until_s = time.monotonic() + 120
    while not (plain := visitor.get(f"{B}/map").json())["settled"]:
        assert time.monotonic() < until_s
        time.sleep(0.1)
    return plain


def places_of(plain, label):
    """Track and start of every place of a motif, as the map has them."""
    (k,) = (k for k, one in enumerate(plain["motifs"]) if one["label"] == label)
    return [(row[1] + 1, row[2], row[3]) for row in plain["occurrences"] if row[0] == k]


def sent(rows):
    return [{"track": track, "from_s": start, "to_s": end} for track, start, end in rows]


def test_motifs_are_joined_and_parted_and_all_is_taken_back(two_tunes):
    before = settled(two_tunes)
    ours, theirs = places_of(before, "A"), places_of(before, "B")
    joined = two_tunes.post(f"{B}/joinings", {"motif": "A", "other": "B"})
    assert (joined.status_code, joined.json()["label"]) == (201, "A")
    assert places_of(settled(two_tunes), "A") == sorted([*ours, *theirs])
    led = two_tunes.get("/a/album/motif/B")
    assert (led.status_code, led.headers["location"]) == (307, "/a/album/motif/A")
    chosen = [ours[1], theirs[0]]
    parted = two_tunes.post(
        f"{B}/partings", {"motif": "A", "places": sent(chosen), "name": "The sea"}
    ).json()
    after = settled(two_tunes)
    assert places_of(after, parted["label"]) == sorted(chosen)
    assert len(places_of(after, "A")) == len(ours) + len(theirs) - 2
    assert {"label": parted["label"], "name": "The sea"}.items() <= next(
        one.items() for one in after["motifs"] if one["label"] == parted["label"]
    )
    assert two_tunes.post(f"{B}/undo").json()["taken_back"]["parted"] == parted["label"]
    assert two_tunes.post(f"{B}/undo").json()["taken_back"]["joined"] == "B"
    assert settled(two_tunes)["occurrences"] == before["occurrences"]
    lines = (two_tunes.folder / "motifs.jsonl").read_text().splitlines()
    assert [json.loads(line)["holds"] for line in lines] == [True, True, None, None]


def test_the_report_is_written_once_nobody_says_anything_more(two_tunes, monkeypatch):
    monkeypatch.setattr(opened, "_REPORT_AFTER_S", 0.1)
    two_tunes.post(f"{B}/names", {"motif": "A", "name": "Zephyr"})
    page, until_s = two_tunes.folder / "unsung" / "report.html", time.monotonic() + 120
    while not (page.exists() and "Zephyr" in page.read_text()):
        assert time.monotonic() < until_s
        time.sleep(0.1)


def test_names_show_at_once_whatever_was_joined(fresh):
    fresh.post(f"{A}/names", {"motif": "A", "name": "Sorrow"})
    fresh.post(f"{A}/joinings", {"motif": "A", "other": "B"})
    named = fresh.post(f"{A}/names", {"motif": "A", "name": "Grief"}).json()
    assert "Grief" in {one["name"] for one in named["motifs"]}


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        ({"motif": "A"}, 400, "other is needed"),
        ({"motif": "A", "other": "Z"}, 404, "no motif is known as Z"),
        ({"motif": "<b>", "other": "A"}, 404, "no motif is known as"),
        ({"motif": "A", "other": "A"}, 400, "one motif already"),
        ({"motif": "A", "other": ["B"]}, 400, "as a text"),
        ({"motif": "A", "other": "B" * 101}, 400, "at most 100 signs"),
        ({}, 400, "motif is needed"),
    ],
)
def test_a_joining_that_makes_no_sense_is_refused(shared, said, status, why):
    answer = shared.post(f"{A}/joinings", said)
    assert (answer.status_code, why in answer.json()["error"]) == (status, True)


def place(track=1, from_s=1.0, to_s=4.5):
    return {"track": track, "from_s": from_s, "to_s": to_s}


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        ({"places": []}, 400, "no place of A was chosen"),
        ({}, 400, "places are needed"),
        ({"places": "all"}, 400, "places are needed"),
        ({"places": [1, 2]}, 400, "places are needed"),
        ({"places": [{}]}, 400, "track is needed"),
        ({"places": [place(track=9)]}, 404, "no track 9"),
        ({"places": [place(track=-1)]}, 400, "track lies in"),
        ({"places": [place(from_s=4, to_s=3)]}, 400, "from_s before to_s"),
        ({"places": [place(from_s=9, to_s=11)]}, 400, "not found at 9.0 s"),
        ({"places": [place()] * 501}, 400, "at most 500"),
        ({"places": [place(), place(2, 2, 5.5), place(3, 3, 6.5)]}, 400, "every place of A"),
        ({"places": [place()], "name": "x" * 101}, 400, "at most 100 signs"),
        ({"motif": "Z", "places": [place()]}, 404, "no motif is known as Z"),
        ({"motif": 7, "places": [place()]}, 400, "motif is needed"),
    ],
)
def test_a_parting_that_makes_no_sense_is_refused(shared, said, status, why):
    answer = shared.post(f"{A}/partings", {"motif": "A", **said})
    assert (answer.status_code, why in answer.json()["error"]) == (status, True), answer.text


@pytest.mark.parametrize("path", ["joinings", "partings"])
def test_neither_is_taken_from_elsewhere_without_the_token_or_by_reading(shared, path):
    plain = {"motif": "A", "other": "B", "places": [place()]}
    bare = shared.client.post(f"{A}/{path}", json=plain)
    evil = {**shared.headers, "origin": "http://evil.example"}
    assert bare.status_code == 403
    assert shared.client.post(f"{A}/{path}", json=plain, headers=evil).status_code == 403
    assert shared.get(f"{A}/{path}").status_code == 405
    for body in (b"[]", b"null", b"{", b"[" * 9_000, b'{"places": NaN}'):
        headers = {**shared.headers, "content-type": "application/json"}
        answer = shared.client.post(f"{A}/{path}", content=body, headers=headers)
        assert answer.status_code == 400


def test_a_forged_file_can_break_neither_page_nor_address(fresh):
    """Who downloads an album may download what somebody said of it."""
    spans = [["01 one.wav", 1.0, 4.5]]
    line = {"motif": "A", "parted": "</script>", "places": spans, "by": "x", "at": ""}
    (fresh.folder / "motifs.jsonl").write_text(json.dumps({**line, "holds": True}) + "\n")
    answer = fresh.get(f"{A}/map")
    assert answer.status_code == 404
    assert "line 1: a label is one or two capital letters" in answer.json()["error"]
