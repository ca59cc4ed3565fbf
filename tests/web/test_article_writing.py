"""The article written from the page: kept at once, never written over, shown without harm."""

import os
import time

import made_albums
import pytest
from plain import plain_pages

from unsung.model.errors import SettingsError

ALBUM = "/a/the-skerry-light"
A = f"{ALBUM}/api/article"
HOSTILE = (
    '# </title><script>alert("t")</script>\n\n<script>alert(1)</script>'
    " <img src=x onerror=alert(2)>"
    " [go](javascript:alert(3)) ![x](data:image/svg+xml,<svg/onload=alert(4)>)"
    ' [^"><script>alert(5)</script>] ![</svg><script>alert(6)</script>](figure:no-"><script>)\n'
)


def ready(visitor, path=A):
    """The answer, once the article is made."""
    for _ in range(200):
        answer = visitor.get(path)
        if answer.status_code != 202:
            return answer
        time.sleep(0.05)
    raise AssertionError("the article was never made")


def brought(visitor, text, over=""):
    return visitor.put(A, {"text": text, "over": over})


def versions(visitor):
    """Their texts, the oldest first."""
    listed = visitor.get(f"{A}/versions").json()["versions"]
    numbers = [one["number"] for one in reversed(listed)]
    return [visitor.get(f"{A}/versions/{number}").json()["text"] for number in numbers]


def test_the_text_to_edit_is_ours_until_somebody_writes_one(fresh):
    ours = ready(fresh).json()
    assert ours["text"].startswith("# ")
    assert (ours["digest"], ours["is_own"]) == ("", False)
    assert not (fresh.folder / "article.md").exists()
    kept = brought(fresh, "# Mine\n\nIt sings.\n").json()
    assert (fresh.folder / "article.md").read_text() == "# Mine\n\nIt sings.\n"
    own = fresh.get(A).json()
    assert own == {"text": "# Mine\n\nIt sings.\n", "digest": kept["digest"], "is_own": True}
    assert ready(fresh, f"{A}/found").json()["text"] == ours["text"]


def test_every_version_is_kept_and_told_what_changed(fresh):
    digest = ""
    for text in ("One.\n", "One.\nTwo.\n", "Two.\n"):
        digest = brought(fresh, text, digest).json()["digest"]
    assert versions(fresh) == ["One.\n", "One.\nTwo.\n", "Two.\n"]
    first = fresh.get(f"{A}/versions/1").json()
    assert first["changes"] == [{"line": 1, "went": ["Two."], "came": ["One."]}]
    newest = fresh.get(f"{A}/versions").json()["versions"][0]
    assert newest["number"] == 3
    assert newest["rests"] is True
    assert (newest["words"], newest["added"], newest["removed"]) == (1, 0, 5)
    assert fresh.get(f"{A}/versions/4").status_code == 404


def test_a_text_that_was_changed_elsewhere_is_not_written_over(fresh):
    digest = brought(fresh, "Mine.\n").json()["digest"]
    (fresh.folder / "article.md").write_text("Theirs.\n")
    refused = brought(fresh, "Mine, longer.\n", digest)
    assert refused.status_code == 409
    told = refused.json()
    assert told["text"] == "Theirs.\n"
    assert told["changes"] == [{"line": 1, "went": ["Theirs."], "came": ["Mine, longer."]}]
    assert (fresh.folder / "article.md").read_text() == "Theirs.\n"
    assert brought(fresh, "Mine, longer.\n", told["digest"]).status_code == 200
    assert versions(fresh) == ["Mine.\n", "Theirs.\n", "Mine, longer.\n"]
    assert [one["found"] for one in fresh.get(f"{A}/versions").json()["versions"]] == [
        False,
        True,
        False,
    ]


def test_a_file_that_was_taken_away_is_told_and_can_be_put_back(fresh):
    digest = brought(fresh, "Mine.\n").json()["digest"]
    (fresh.folder / "article.md").unlink()
    told = brought(fresh, "Mine too.\n", digest).json()
    assert told["text"] is None
    assert brought(fresh, "Mine too.\n", told["digest"]).status_code == 200


def test_the_same_text_twice_is_one_version_whatever_it_was_written_on(fresh):
    brought(fresh, "Mine.\n")
    assert brought(fresh, "Mine.\r\n", "of long ago").status_code == 200
    assert versions(fresh) == ["Mine.\n"]


def test_two_windows_at_once_lose_nothing(fresh):
    from concurrent.futures import ThreadPoolExecutor

    start = brought(fresh, "Begun.\n").json()["digest"]
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda k: brought(fresh, f"{k}.\n", start).status_code, range(8)))
    assert sorted(said) == [200] + [409] * 7
    assert len(versions(fresh)) == 2


def test_what_is_no_text_is_refused_in_one_line(fresh):
    refused = (
        ({}, 400),
        ({"text": 5, "over": ""}, 400),
        ({"text": "x"}, 400),
        ({"text": "x", "over": 5}, 400),
        ({"text": "ß" * 200_000, "over": ""}, 413),
        ({"text": "x" * 1_100_000, "over": ""}, 413),
    )
    for plain, status in refused:
        answer = fresh.put(A, plain)
        assert answer.status_code == status
        assert list(answer.json()) == ["error"]
    assert not (fresh.folder / "article.md").exists()


def test_signs_that_no_file_should_hold_are_left_out(fresh):
    body = b'{"text": "A\\u0000B\\ud800C\\u001b[2J", "over": ""}'
    headers = {**fresh.headers, "content-type": "application/json"}
    assert fresh.client.put(A, content=body, headers=headers).status_code == 200
    assert (fresh.folder / "article.md").read_text() == "ABC[2J"


@pytest.mark.parametrize("name", ["article.md", "article.history.jsonl"])
def test_a_link_to_elsewhere_is_neither_shown_nor_written(fresh, tmp_path, name):
    secret = tmp_path / "secret"
    secret.write_text("nobody's business")
    (fresh.folder / name).symlink_to(secret)
    assert "business" not in fresh.get(A).text
    assert brought(fresh, "Mine.\n").status_code == 404
    assert secret.read_text() == "nobody's business"
    for path in (f"{ALBUM}/article/whole", f"{A}/versions/1"):
        assert "business" not in fresh.get(path).text


def test_a_pipe_in_the_place_of_the_article_keeps_nobody_waiting(fresh):
    os.mkfifo(fresh.folder / "article.md")
    assert fresh.get(A).status_code == 404


def test_writing_needs_the_token_and_our_own_origin(fresh):
    plain = {"text": "x", "over": ""}
    changes = ({"origin": "null"}, {"origin": "http://evil.example"}, {"x-unsung-token": "x"})
    for method, path in (("PUT", A), ("POST", f"{A}/draft")):
        for change in changes:
            headers = {**fresh.headers, **change}
            answer = fresh.client.request(method, path, json=plain, headers=headers)
            assert answer.status_code == 403
    assert not (fresh.folder / "article.md").exists()


def test_a_preview_says_where_it_is_and_what_nothing_supports(fresh):
    ready(fresh)
    text = "# Mine\n\nIt sings. It comes back 17 times.[^gone]\n\n![x](figure:none)\n"
    told = fresh.post(f"{A}/draft", {"text": text}).json()
    said = [(one["line"], one["because"]) for one in told["unsupported"]]
    assert said[0] == (3, "no finding is called 'gone'")
    assert said[-1] == (5, "figure:none names no figure")
    first = told["unsupported"][0]
    assert text.splitlines()[2][first["from"] : first["to"]].strip().startswith("It sings.")
    page = fresh.get(told["address"])
    assert page.status_code == 200
    assert "It comes back 17 times." in page.text
    assert not (fresh.folder / "article.md").exists()
    assert fresh.get(f"{ALBUM}/article/draft/{'0' * 64}").status_code == 404


def test_hostile_words_are_shown_as_words_in_a_sandbox_of_their_own(fresh):
    ready(fresh)
    told = fresh.post(f"{A}/draft", {"text": HOSTILE}).json()
    brought(fresh, HOSTILE)
    for path in (told["address"], f"{ALBUM}/article/whole"):
        page = fresh.get(path)
        policy = page.headers["content-security-policy"]
        assert policy.startswith("sandbox ")
        assert "allow-same-origin" not in policy
        assert "default-src 'none'" in policy
        assert "<script>alert" not in page.text
        assert "onerror=alert" not in page.text.replace("&lt;img src=x onerror", "")
        assert 'href="javascript' not in page.text
        assert 'src="data:image' not in page.text
    for form in ("html", "epub", "markdown", "json"):
        answer = fresh.get(f"{A}/export/{form}")
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["content-type"] == "application/octet-stream"


def test_an_export_is_what_the_command_writes(fresh):
    from click.testing import CliRunner

    from unsung.cli import unsung

    brought(fresh, "# Mine\n\nIt sings.\n")
    ready(fresh, f"{ALBUM}/article/whole")
    exported = fresh.get(f"{A}/export/markdown").content
    out = fresh.folder / "out.md"
    asked = ["article", str(fresh.folder), "--out", str(out)]
    CliRunner().invoke(unsung, asked, catch_exceptions=False, standalone_mode=False)
    assert exported.startswith(b"# Mine")
    assert b"It sings." in out.read_bytes()
    assert fresh.get(f"{A}/export/exe").status_code == 404


def test_a_pdf_without_its_typesetter_says_what_to_install(fresh, monkeypatch):
    import sys

    ready(fresh)
    monkeypatch.setitem(sys.modules, "typst", None)
    answer = fresh.get(f"{A}/export/pdf")
    assert answer.status_code == 400
    assert "pip install 'unsung[pdf]'" in answer.json()["error"]


def _slow(tmp_path, find):
    from attrs import evolve

    place = made_albums.album_at(tmp_path / "album", ("one.wav",))
    return made_albums.served(
        tmp_path / "albums.json", place, pages=evolve(plain_pages(), find=find)
    )


def test_while_it_is_made_the_page_says_so_and_stays_alive(tmp_path):
    import threading

    may_go = threading.Event()

    def slowly(*_):
        may_go.wait(20)
        return ()

    with _slow(tmp_path, slowly) as visitor:
        assert visitor.get(f"{ALBUM}/article").status_code == 200
        told = visitor.get(A)
        assert told.status_code == 202
        assert told.json()["making"].startswith("All questions")
        waiting = visitor.get(f"{ALBUM}/article/whole")
        assert waiting.status_code == 202
        assert 'http-equiv="refresh"' in waiting.text
        assert "<script" not in waiting.text
        assert "making" in visitor.post(f"{A}/draft", {"text": "x"}).json()
        assert visitor.get(f"{A}/export/markdown").status_code == 503
        assert brought(visitor, "Mine.\n").status_code == 200, "writing waits for nothing"
        assert visitor.get(A).json()["text"] == "Mine.\n"
        may_go.set()
        assert ready(visitor, f"{A}/found").json()["text"].startswith("# ")


def test_what_keeps_it_from_being_made_is_told_and_it_is_tried_again(tmp_path):
    reasons = ["story.csv, named as --story before, is gone; name it anew"] * 2

    def found(*_):
        if reasons:
            raise SettingsError(reasons.pop())
        return ()

    with _slow(tmp_path, found) as visitor:
        told = ready(visitor)
        assert told.status_code == 400
        assert "story.csv" in told.json()["error"]
        reasons.clear()
        assert ready(visitor).status_code == 200


def test_what_is_said_meanwhile_is_taken_in_behind(fresh):
    before = ready(fresh, f"{A}/found").json()["text"]
    os.utime(fresh.folder / "unsung" / "unsung.db")
    at_once = fresh.get(f"{A}/found")
    assert at_once.status_code == 200, "the text before holds until the new one is there"
    assert at_once.json()["text"] == before
