"""The film behind the server: shown only if it is the one that was heard, and never by its path."""

import sys
import time
from pathlib import Path

import made_albums
import pytest
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parents[1] / "library"))

import made_films
from made_films import AAC, AC3, H264

from unsung.session.named_film import FilmWish, NamedFilm, keep_named, looks
from unsung.store import Index

A = "/a/the-skerry-light"


def named(visitor, film, number=0, **more):
    """Write down that this film was heard beside the album."""
    made_albums.keep_film(visitor.folder / "unsung")
    known = NamedFilm(film, number, "ab12" * 16, looks(film) or (0, 0))
    with Index(visitor.folder / "unsung" / "unsung.db") as index:
        keep_named(index, FilmWish(film), evolve(known, **more))


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("a secret place")
    made_films.film(folder / "plain.mp4", *H264, *AAC)
    made_films.film(folder / "theirs.mkv", *H264, *AC3, sounds=("eng", "deu"))
    return folder


def state(visitor):
    return visitor.get(f"{A}/api/film").json()


def test_a_film_that_browsers_play_is_served_with_ranges(fresh, films):
    named(fresh, films / "plain.mp4")
    told = state(fresh)
    assert told["shown"]
    assert told["has_picture"]
    part = fresh.get(told["media"], headers={"range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.content == (films / "plain.mp4").read_bytes()[10:20]
    assert part.headers["content-type"] == "video/mp4"


def test_where_it_lies_is_in_no_answer(fresh, films):
    named(fresh, films / "plain.mp4")
    for path in (f"{A}/film", f"{A}/api/film", f"{A}/film/media", f"{A}/film/picture/1"):
        found = fresh.get(path)
        assert b"a secret place" not in found.content
        assert "secret" not in str(found.headers)


@pytest.mark.parametrize("what", ["gone", "changed", "nowhere"])
def test_a_film_that_is_gone_or_another_is_not_served_and_it_is_told_what_to_do(
    fresh, films, tmp_path, what
):
    film = tmp_path / "film.mp4"
    film.write_bytes((films / "plain.mp4").read_bytes())
    if what != "nowhere":
        named(fresh, film)
    film.unlink() if what == "gone" else film.write_bytes(b"something private")
    told = state(fresh)
    assert not told["shown"]
    assert "--film" in told["words"]
    assert fresh.get(f"{A}/film/media").status_code == 404
    assert fresh.get(f"{A}/film/picture/0").status_code == 404


@pytest.mark.parametrize(
    "word",
    [
        {"film": 3},
        {"film": "/etc/passwd"},
        {"film": "/etc/passwd", "number": "0", "digest": "../..", "stamp": [1, 1]},
        {"film": "/etc/passwd", "number": 0, "digest": 7, "stamp": [1, 1]},
        [],
        "film",
    ],
)
def test_a_forged_project_serves_nothing(fresh, word):
    made_albums.keep_film(fresh.folder / "unsung")
    with Index(fresh.folder / "unsung" / "unsung.db") as index:
        index.keep_word("film", word)
    assert not state(fresh)["shown"]
    assert fresh.get(f"{A}/film/media").status_code == 404


def test_a_file_that_is_no_film_is_not_served_even_if_it_is_named(fresh, tmp_path):
    (tmp_path / "letter.mp4").write_bytes(b"dear diary")
    named(fresh, tmp_path / "letter.mp4")
    assert not state(fresh)["shown"]
    assert b"dear" not in fresh.get(f"{A}/film/media").content


def test_stills_are_made_once_and_those_beyond_the_end_are_not(fresh, films):
    named(fresh, films / "plain.mp4")
    first = fresh.get(f"{A}/film/picture/1")
    assert first.headers["content-type"] == "image/jpeg"
    (kept,) = (fresh.folder / "unsung" / "played").glob("film-*.stills/*")
    assert kept.read_bytes() == first.content
    assert fresh.get(f"{A}/film/picture/2").status_code == 404
    assert fresh.get(f"{A}/film/picture/999999").status_code == 404


def test_a_film_that_browsers_do_not_play_is_copied_when_it_is_asked_for(fresh, films):
    named(fresh, films / "theirs.mkv", number=1)
    told = state(fresh)
    assert told["media"] == ""
    assert "browsers do not play" in told["needs"]
    assert fresh.get(f"{A}/film/media").status_code == 404
    assert fresh.post(f"{A}/api/film/copy", {}).status_code == 202
    until_s = time.monotonic() + 60
    while not state(fresh)["media"]:
        assert time.monotonic() < until_s
        time.sleep(0.1)
    told = state(fresh)
    assert told["is_copy"]
    assert not told["making"]
    assert fresh.get(told["media"]).headers["content-type"] in ("video/mp4", "video/webm")
    assert [one.suffix for one in (fresh.folder / "unsung" / "played").glob("film-*")] == [".mp4"]


def test_a_copy_that_is_stopped_is_not_made_further(fresh, tmp_path):
    made_films.film(tmp_path / "long.mkv", *H264, *AC3, lasts_s=90.0)
    named(fresh, tmp_path / "long.mkv")
    fresh.post(f"{A}/api/film/copy", {})
    told = fresh.post(f"{A}/api/film/copy/stop", {}).json()
    assert not told["making"]
    assert told["words"] == ""
    assert told["share"] < 1
    assert not list((fresh.folder / "unsung" / "played").glob("*/*.draft"))


def test_nobody_writes_a_copy_without_the_token(fresh, films):
    named(fresh, films / "theirs.mkv")
    assert fresh.client.post(f"{A}/api/film/copy", json={}).status_code == 403


@pytest.mark.parametrize("path", ["api/film", "film/media", "film/picture/0"])
def test_others_see_nothing_of_the_film_even_with_the_password(fresh, films, path):
    import anyio
    import httpx

    named(fresh, films / "plain.mp4")
    host = fresh.address.removeprefix("http://")

    async def asked():
        door = httpx.ASGITransport(fresh.app, client=("192.168.1.20", 9))
        async with httpx.AsyncClient(transport=door, base_url=f"http://{host}") as elsewhere:
            return await elsewhere.get(f"{A}/{path}")

    found = anyio.run(asked)
    assert b"media" not in found.content
    assert "at the machine itself" in found.text
