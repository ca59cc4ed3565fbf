"""Attacks on the server: who asks from elsewhere, writes without leave, or asks for too much."""

import base64
import json
import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import made_albums
import pytest

from unsung.model.errors import SettingsError
from unsung.web import Guard
from unsung.web.allowance import Allowance

A = "/a/the-skerry-light"
EVERYBODY = "0.0.0.0"  # noqa: S104
COMMENT = {"track": 1, "from_s": 1, "text": "Here."}


def test_every_answer_forbids_scripts_from_anywhere_but_the_explorers_own_file(shared):
    for path in ("/", f"{A}/", f"{A}/api/map", f"{A}/audio/1", "/nothing", "/static/x.js"):
        headers = shared.get(path).headers
        policy = dict(
            part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
        )
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["base-uri"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_a_name_that_was_pointed_at_this_machine_is_not_served(shared, host):
    """DNS rebinding: the browser believes it asks evil.example, and asks us."""
    assert shared.get("/", headers={"host": host}).status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "[::1]:80", "LOCALHOST:1"])
def test_every_name_of_the_loopback_is_served(shared, host):
    assert shared.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "http://127.0.0.1", "https://localhost:1"]
)
def test_writing_from_another_origin_is_refused(shared, origin):
    headers = {**shared.headers, "origin": origin}
    answer = shared.client.post(f"{A}/api/annotations", json=COMMENT, headers=headers)
    assert answer.status_code == 403
    assert list(answer.json()) == ["error"]


@pytest.mark.parametrize("token", ["", "x", "ü", "0" * 43])
def test_writing_without_the_token_is_refused(shared, token):
    headers = {**shared.headers, "x-unsung-token": token.encode()}
    answer = shared.client.post(f"{A}/api/annotations", json=COMMENT, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_no_method_but_reading_goes_without_the_token(shared, method):
    for path in (f"{A}/api/annotations", f"{A}/api/annotations/x", "/api/albums", "/", f"{A}/"):
        assert shared.client.request(method, path).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_other_sites_embed_is_refused_but_a_link_to_a_page_is_followed(shared, site):
    embedded = {"sec-fetch-site": site, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "audio"}
    framed = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    linked = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert shared.get(f"{A}/audio/1", headers=embedded).status_code == 403
    assert shared.get(f"{A}/", headers=framed).status_code == 403
    assert shared.get(f"{A}/", headers=linked).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"{A}/audio/../../../../etc/passwd",
        f"{A}/audio/..%2f..%2fetc%2fpasswd",
        f"{A}/audio/01%20one.wav",
        f"{A}/audio/-1",
        f"{A}/audio/1e9",
        f"{A}/audio/99999999999999999999",
        "/static/../pyproject.toml",
        "/static/..%2f..%2fguard.py",
        "/static//etc/passwd",
        "/a/..%2f..%2f/",
        "/a/%00/",
        f"{A}/motif/..%2f..",
        f"{A}/api/export/..%2f..%2fetc.passwd",
    ],
)
def test_no_address_leads_out_of_the_album(shared, path):
    with socket.create_connection(("127.0.0.1", httpx.URL(shared.address).port)) as line:
        line.sendall(
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        )
        answer = b"".join(iter(lambda: line.recv(65_536), b""))
    assert answer.split()[1] in (b"400", b"404")
    assert b"root:" not in answer
    assert b"Traceback" not in answer


@pytest.mark.parametrize(
    "file",
    ["../secret.wav", "/etc/passwd", "a/../../secret.wav", "..\\secret.wav", "x\0.wav", "a//b"],
)
def test_a_forged_project_folder_opens_no_file_outside_the_album(tmp_path, file):
    """Who downloads an album may download a project folder with it."""
    made_albums.written(tmp_path / "secret.wav", made_albums.chirp(2.0))
    place = made_albums.album_at(tmp_path / "album", (file,))
    with made_albums.served(tmp_path / "albums.json", place) as visitor:
        for path in ("audio/1", "api/tracks/1/peaks", "audio/1/excerpt?from=0&to=1"):
            answer = visitor.get(f"{A}/{path}")
            assert answer.status_code == 404
            assert "no name of music" in answer.json()["error"]


def test_a_body_that_is_too_long_is_refused_whether_or_not_it_says_so(shared):
    long = json.dumps({"text": "x" * 70_000}).encode()
    headers = {**shared.headers, "content-type": "application/json"}
    said = shared.client.post(f"{A}/api/names", content=long, headers=headers)
    unsaid = shared.client.post(
        f"{A}/api/names", content=iter([long[:40_000], long[40_000:]]), headers=headers
    )
    assert said.status_code == unsaid.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[", b"[]", b"null", b"1", b"[" * 60_000, b'{"track": NaN}', b"\xff\xfe"),
        *(b"{}{}", b'{"track":' + b"9" * 5_000 + b"}", b'{"track": 1e999, "from_s": 0, "to_s": 1}'),
    ],
)
def test_what_is_not_the_json_that_is_needed_is_refused_in_one_line(shared, body):
    headers = {**shared.headers, "content-type": "application/json"}
    for path in ("find", "statements", "names", "annotations", "annotations/import"):
        answer = shared.client.post(f"{A}/api/{path}", content=body, headers=headers)
        assert 400 <= answer.status_code < 500 or answer.json().get("imported") == 0
        assert "\n" not in answer.text


def test_a_form_of_another_page_is_not_taken_for_json(shared):
    headers = {**shared.headers, "content-type": "text/plain"}
    answer = shared.client.post(f"{A}/api/names", content=b"{}", headers=headers)
    assert answer.status_code == 415


def test_an_allowance_is_used_up_and_comes_back_with_time():
    now = [0.0]
    allowance = Allowance(2.0, 3.0, clock=lambda: now[0])
    assert [allowance.has_left("a") for _ in range(4)] == [True, True, True, False]
    assert allowance.has_left("b")
    now[0] = 0.5
    assert [allowance.has_left("a") for _ in range(2)] == [True, False]


def test_an_allowance_forgets_old_clients_rather_than_grow():
    allowance = Allowance(1.0, 1.0, clock=lambda: 0.0)
    for k in range(5_000):
        allowance.has_left(str(k))
    assert len(allowance._left) <= 1_000


def test_many_writes_at_once_are_slowed_down(fresh):
    with ThreadPoolExecutor(8) as hands:
        answers = list(hands.map(lambda _: fresh.post("/nothing").status_code, range(200)))
    assert 60 <= answers.count(404) < 200
    assert answers.count(429) == 200 - answers.count(404)


@pytest.mark.parametrize("password", ["", "short"])
def test_others_are_served_only_with_a_password_worth_its_name(password):
    with pytest.raises(SettingsError, match="password"):
        Guard(EVERYBODY, password)


def _basic(password, user="anybody"):
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.fixture(scope="module")
def open_to_others(tmp_path_factory):
    folder = tmp_path_factory.mktemp("others")
    made_albums.written(folder / "album" / "one.wav", made_albums.chirp(2.0))
    place = made_albums.album_at(folder / "album", ("one.wav",))
    guard = Guard(EVERYBODY, made_albums.PASSWORD)
    with made_albums.served(folder / "albums.json", place, guard=guard) as visitor:
        yield visitor


def test_nothing_is_shown_without_the_password(open_to_others):
    for path in ("/", f"{A}/", f"{A}/audio/1", f"{A}/api/map", "/api/albums"):
        answer = open_to_others.get(path)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic")
    assert open_to_others.get("/", headers=_basic(made_albums.PASSWORD)).status_code == 200


def test_a_password_does_not_stand_for_the_token(open_to_others):
    headers = _basic(made_albums.PASSWORD)
    answer = open_to_others.client.post(f"{A}/api/undo", headers=headers)
    assert answer.status_code == 403


def test_other_names_than_the_servers_own_stay_refused_with_a_password(open_to_others):
    right = _basic(made_albums.PASSWORD)
    assert open_to_others.get("/", headers={**right, "host": "evil.example"}).status_code == 421
    assert (
        open_to_others.get("/", headers={**right, "host": "192.168.1.20:8737"}).status_code == 200
    )


def test_passwords_cannot_be_tried_by_the_thousand(open_to_others):
    for k in range(12):
        assert open_to_others.get("/", headers=_basic(f"guess {k}")).status_code == 401
    right = open_to_others.get("/", headers=_basic(made_albums.PASSWORD))
    assert right.status_code == 401, "after ten wrong ones even the right one has to wait"


def test_no_fault_is_shown_with_its_traceback(tmp_path, capsys):
    from attrs import evolve
    from plain import plain_pages

    def broken(_given):
        raise RuntimeError("secret path /home/ada")

    place = made_albums.album_at(tmp_path / "album", ("one.wav",))
    pages = evolve(plain_pages(), album=broken)
    with made_albums.served(tmp_path / "albums.json", place, pages=pages) as visitor:
        answer = visitor.get(f"{A}/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "secret" in capsys.readouterr().err


def test_the_token_is_new_each_time_and_shown_nowhere():
    assert Guard().token != Guard().token
    assert Guard().token not in repr(Guard())
