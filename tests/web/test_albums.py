"""The library: albums that are known, folders to choose from, and listening to one."""

import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import made_albums
import pytest

from unsung.model.errors import LibraryError
from unsung.web.albums import KnownAlbums, shelved

MIDI = bytes.fromhex("4d546864000000060000000100604d54726b0000003b") + bytes.fromhex(
    "00903c4060803c0000903e4060803e000090404060804000009041406080410000904340608043000090454060"
    "8045000090474060804700ff2f00"
)


def _score(folder, name="01 scale.mid"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(MIDI)
    return folder


def test_an_album_keeps_its_address_for_good(tmp_path):
    known = KnownAlbums(tmp_path / "config" / "albums.json")
    first = known.add(made_albums.album_at(tmp_path / "one", ()))
    second = known.add(made_albums.album_at(tmp_path / "two", ()))
    assert (first.slug, second.slug) == ("the-skerry-light", "the-skerry-light-2")
    assert known.add(tmp_path / "one") == first
    again = KnownAlbums(tmp_path / "config" / "albums.json")
    assert again.entries() == (first, second)
    again.forget(first.slug)
    assert known.entries() == (second,)


@pytest.mark.parametrize(
    "title", ["日本語", "///", "..", "", "<script>", "a" * 300, "CON", "%2e%2e"]
)
def test_every_title_makes_an_address_of_plain_letters(tmp_path, title):
    folder = tmp_path / "album"
    made_albums.album_at(folder, (), title=title)
    slug = KnownAlbums(tmp_path / "albums.json").add(folder).slug
    assert slug.replace("-", "").isalnum()
    assert slug.isascii()
    assert len(slug) <= 60


def test_a_folder_that_is_not_there_is_no_album(tmp_path):
    with pytest.raises(LibraryError, match="not there"):
        KnownAlbums(tmp_path / "albums.json").add(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{}",
        '{"albums": [{}]}',
        '{"albums": [{"slug": "../x", "place": "/", "home": "/"}]}',
    ],
)
def test_a_damaged_list_says_what_to_do(tmp_path, damage):
    (tmp_path / "albums.json").write_text(damage)
    with pytest.raises(LibraryError, match="delete it"):
        KnownAlbums(tmp_path / "albums.json").entries()


def test_the_shelf_tells_heard_waiting_and_unreadable_albums_apart(tmp_path):
    known = KnownAlbums(tmp_path / "albums.json")
    heard = known.add(made_albums.album_at(tmp_path / "heard", ("a.wav", "b.wav", "c.wav")))
    waiting = known.add(_score(tmp_path / "waiting"))
    gone = known.add(_score(tmp_path / "gone"))
    damaged = known.add(made_albums.album_at(tmp_path / "damaged", ()))
    (tmp_path / "gone" / "01 scale.mid").unlink()
    (tmp_path / "gone").rmdir()
    (tmp_path / "damaged" / "unsung" / "unsung.db").write_bytes(b"no database at all" * 100)
    shown = [shelved(one) for one in (heard, waiting, gone, damaged)]
    assert [one.state for one in shown] == ["heard", "waiting", "unreadable", "unreadable"]
    assert (shown[0].tracks, shown[0].heard, shown[0].motifs) == (4, 4, 2)
    assert "not there any more" in shown[2].reason
    assert "unsung.db" in shown[3].reason
    assert "\n" not in shown[3].reason


def test_an_album_is_chosen_by_its_folder_and_forgotten_again(tmp_path):
    _score(tmp_path / "music" / "Album")
    (tmp_path / "music" / ".hidden").mkdir()
    with made_albums.served(tmp_path / "albums.json") as visitor:
        listing = visitor.post("/api/folders", {"path": str(tmp_path / "music")}).json()
        (found,) = listing["folders"]
        assert found["name"] == "Album"
        assert found["has_music"]
        assert not listing["has_music"]
        added = visitor.post("/api/albums", {"path": found["path"]})
        assert added.status_code == 201
        assert added.json()["state"] == "waiting"
        slug = added.json()["slug"]
        assert visitor.get(f"/a/{slug}/").status_code == 409
        assert "unsung listen" in visitor.get(f"/a/{slug}/").text
        assert [one["slug"] for one in visitor.get("/api/albums").json()["albums"]] == [slug]
        assert visitor.delete(f"/api/albums/{slug}").status_code == 200
        assert visitor.get("/api/albums").json()["albums"] == []
        assert (tmp_path / "music" / "Album" / "01 scale.mid").exists()


@pytest.mark.parametrize("path", ["relative", "", "/nowhere/at/all", "/\0", "/etc/passwd\0"])
def test_a_path_that_is_no_folder_here_is_refused(tmp_path, path):
    with made_albums.served(tmp_path / "albums.json") as visitor:
        assert visitor.post("/api/albums", {"path": path}).status_code in (400, 404)


def test_folders_are_not_listed_for_those_without_the_token(tmp_path):
    with made_albums.served(tmp_path / "albums.json") as visitor:
        assert visitor.client.post("/api/folders", json={"path": "/"}).status_code == 403
        assert visitor.get("/api/folders").status_code == 405


def test_others_do_not_see_the_folders_of_the_machine_even_with_the_password():
    from starlette.requests import Request

    from unsung.web.answers import Refusal
    from unsung.web.desk import only_from_here

    for client in ("192.168.1.20", "10.0.0.1", "::ffff:10.0.0.1", "localhost.evil", ""):
        with pytest.raises(Refusal, match="machine itself"):
            only_from_here(Request({"type": "http", "client": (client, 1)}))
    only_from_here(Request({"type": "http", "client": ("127.0.0.1", 1)}))


def _events(visitor, slug, after=0):
    """The numbered events of a listening, to its end."""
    headers = {"last-event-id": str(after)}
    with visitor.client.stream(
        "GET", f"/api/albums/{slug}/listen/events", headers=headers, timeout=300
    ) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        number = 0
        for line in stream.iter_lines():
            if line.startswith("id: "):
                number = int(line[4:])
            if line.startswith("data: "):
                yield number, json.loads(line[6:])


def test_an_album_is_listened_to_from_the_page(tmp_path):
    place = _score(tmp_path / "album")
    with made_albums.served(tmp_path / "albums.json", place) as visitor:
        assert visitor.post("/api/albums/album/listen").status_code == 202
        assert visitor.post("/api/albums/album/listen").status_code == 409
        told = list(_events(visitor, "album"))
        assert told[-1][1] == {"finished": True}
        assert {"done": 1, "of": 1, "track": "Scale", "stage": "heard"} in [
            event | {"track": event.get("track", "").title()} for _, event in told
        ]
        assert [number for number, _ in told] == list(range(1, len(told) + 1))
        assert list(_events(visitor, "album", after=len(told) - 1)) == told[-1:]
        assert visitor.get("/a/album/").status_code == 200
        assert (place / "unsung" / "report.html").exists()


def test_a_listening_is_stopped_at_once_and_goes_on_later(tmp_path):
    folder = tmp_path / "album"
    for k in range(3):
        made_albums.written(folder / f"{k}.wav", made_albums.chirp(60.0))
    with made_albums.served(tmp_path / "albums.json", folder) as visitor:
        assert visitor.post("/api/albums/album/listen/stop").status_code == 409
        assert visitor.post("/api/albums/album/listen").status_code == 202
        began_s = time.monotonic()
        assert visitor.post("/api/albums/album/listen/stop").status_code == 200
        assert [event for _, event in _events(visitor, "album")][-1] == {"stopped": True}
        assert time.monotonic() - began_s < 30
        assert visitor.get("/api/albums").json()["listening"] == ""


def test_the_server_ends_at_once_with_its_listening_while_a_page_watches(tmp_path):
    folder = tmp_path / "album"
    made_albums.written(folder / "one.wav", made_albums.chirp(60.0))
    with ThreadPoolExecutor(1) as other:
        with made_albums.served(tmp_path / "albums.json", folder) as visitor:
            visitor.post("/api/albums/album/listen")
            watching = other.submit(lambda: list(_events(visitor, "album")))
            time.sleep(0.5)
            process = visitor.app.state.desk.listening._process
            began_s = time.monotonic()
        assert time.monotonic() - began_s < 10
        assert process.poll() is not None
        with contextlib.suppress(httpx.HTTPError, RuntimeError):
            assert {"finished": True} not in [event for _, event in watching.result(20)]


def test_what_goes_wrong_in_a_listening_is_told_in_one_line(tmp_path):
    (tmp_path / "empty").mkdir()
    with made_albums.served(tmp_path / "albums.json", tmp_path / "empty") as visitor:
        visitor.post("/api/albums/empty/listen")
        assert "holds no music" in [event for _, event in _events(visitor, "empty")][-1]["error"]


def test_an_album_that_is_not_listened_to_says_so_and_ends(tmp_path):
    with made_albums.served(tmp_path / "albums.json", _score(tmp_path / "album")) as visitor:
        assert list(_events(visitor, "album")) == [(0, {"idle": True})]
