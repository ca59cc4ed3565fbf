"""The client: polite, patient, bounded, and keeping exactly what it was told."""

import hashlib
import json
from datetime import timedelta
from email.utils import format_datetime

import pytest
from servers import GROUP, IMDB, Reply

from unsung.model.errors import SourceError
from unsung.sources.client import Question, is_json

PATH = f"release-group/{GROUP}"


@pytest.fixture
def ask(world, make_client):
    def asked(service="musicbrainz", path=PATH, client=None, **question):
        client = client or make_client()
        return client.answer(world.services[service], Question(path, **question))

    return asked


def test_the_exact_bytes_are_kept_with_address_time_digest_and_licence(ask, world, evidence):
    raw = b'{"id" :  "x",\n "title": "caf\\u00e9"}'
    world.script("musicbrainz", Reply(raw))
    answer, content = ask()
    assert content == raw
    assert answer.digest == hashlib.sha256(raw).hexdigest()
    assert answer.address == f"{world.services['musicbrainz'].base_url}/{PATH}"
    assert answer.retrieved_at == "2026-11-21T12:00:00+00:00"
    assert "CC0" in answer.licence
    assert [one.digest for one in evidence.answers()] == [answer.digest]


def test_the_client_names_itself_and_its_contact(ask, world):
    ask()
    assert world.seen[0].headers["user-agent"] == "Unsung/test ( me@example.org )"


def test_what_was_kept_is_not_asked_again_within_a_week_and_is_after_it(ask, world, time):
    ask()
    ask()
    assert len(world.seen) == 1
    time.now_s += timedelta(days=8).total_seconds()
    ask()
    assert len(world.seen) == 2


def test_when_a_service_is_gone_the_old_answer_serves_with_its_own_date(ask, world, time):
    first, _ = ask()
    time.now_s += timedelta(days=30).total_seconds()
    world.down.add("musicbrainz")
    again, _ = ask()
    assert again == first


def test_offline_nothing_is_asked(ask, world, make_client):
    with pytest.raises(SourceError, match="--online"):
        ask(client=make_client(online=False))
    assert world.seen == []


def test_offline_what_was_kept_is_recalled(ask, world, make_client):
    online = ask()
    assert ask(client=make_client(online=False)) == online
    assert len(world.seen) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_throttled_client_waits_as_long_as_it_is_told(ask, world, time, status):
    world.script("musicbrainz", Reply(b"slow down", status, {"Retry-After": "17"}))
    ask()
    assert max(time.slept_s) == pytest.approx(17, abs=0.1)
    assert len(world.seen) == 2


def test_retry_after_may_be_a_date(ask, world, time):
    when = time.around().now() + timedelta(seconds=40)
    headers = {"Retry-After": format_datetime(when, usegmt=True)}
    world.script("musicbrainz", Reply(b"", 503, headers))
    ask()
    assert max(time.slept_s) == pytest.approx(40, abs=1)


@pytest.mark.parametrize("said", ["-5", "soon", "1e9", "9" * 400, "", "١٢"])
def test_a_retry_after_that_makes_no_sense_is_a_plain_back_off(ask, world, time, said):
    world.script("musicbrainz", Reply(b"", 503, {"Retry-After": said.encode().decode("latin-1")}))
    ask()
    assert 0 < max(time.slept_s) <= 1


def test_back_off_doubles_with_jitter_and_ends(ask, world, time):
    world.down.add("musicbrainz")
    with pytest.raises(SourceError, match=r"did not answer \(status 503\)"):
        ask()
    assert len(world.seen) == 4
    bounds = [(0.5, 1), (1, 2), (2, 4)]
    assert len(time.slept_s) == len(bounds)
    assert all(
        low <= slept <= high for slept, (low, high) in zip(time.slept_s, bounds, strict=True)
    )


def test_a_wait_beyond_patience_is_refused_in_one_line(ask, world, time):
    world.script("musicbrainz", Reply(b"", 429, {"Retry-After": "86400"}))
    with pytest.raises(SourceError, match="asks to wait 86400 s"):
        ask()
    assert time.slept_s == []


def test_a_service_that_is_down_is_not_bothered_again_in_this_run(ask, world, make_client):
    client = make_client()
    world.down.add("musicbrainz")
    for _ in range(2):
        with pytest.raises(SourceError):
            ask(client=client)
    assert len(world.seen) == 4


def test_the_interval_of_a_service_is_kept(world, make_client, time):
    client = make_client()
    slow = world.services["musicbrainz"].at(f"{world.address}/musicbrainz", 1.0)
    for number in range(3):
        client.answer(slow, Question(f"{PATH}?n={number}"))
    assert sum(time.slept_s) == pytest.approx(2.0)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-In": "9"},
        {"X-Discogs-Ratelimit-Remaining": "0"},
    ],
)
def test_a_window_that_is_used_up_is_waited_out(ask, world, time, make_client, headers):
    client = make_client()
    world.script("musicbrainz", Reply({"a": 1}, headers=headers))
    ask(client=client)
    ask(client=client, path="release-group")
    assert sum(time.slept_s) == pytest.approx(9 if "X-RateLimit-Reset-In" in headers else 60)


def test_redirects_on_the_same_host_are_followed(ask, world):
    world.script("musicbrainz", Reply(b"", 301, {"Location": f"/musicbrainz/{PATH}?moved=1"}))
    _, content = ask()
    assert json.loads(content)["id"] == GROUP


@pytest.mark.parametrize(
    "location",
    ["http://example.org/x", "//example.org/x", "file:///etc/passwd", "", "ftp://127.0.0.1"],
)
def test_redirects_elsewhere_are_not_followed(ask, world, location):
    world.script("musicbrainz", Reply(b"", 302, {"Location": location}))
    with pytest.raises(SourceError, match="not followed"):
        ask()
    assert len(world.seen) == 1


def test_redirects_in_a_circle_end(ask, world):
    circle = Reply(b"", 302, {"Location": f"/musicbrainz/{PATH}"})
    world.script("musicbrainz", *[circle] * 20)
    with pytest.raises(SourceError, match="circle"):
        ask()
    assert len(world.seen) == 4


@pytest.mark.parametrize(
    "nonsense",
    [b"", b"<html>maintenance</html>", b'{"cut": ', b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}'],
    ids=["empty", "html", "cut", "bytes", "deep", "nan"],
)
def test_nonsense_is_asked_again_and_never_kept(ask, world, evidence, nonsense):
    assert not is_json(nonsense)
    world.script("musicbrainz", Reply(nonsense))
    _, content = ask()
    assert json.loads(content)["id"] == GROUP
    assert len(list(evidence.answers())) == 1


def test_a_body_beyond_what_can_be_held_is_left_unread(ask, world, make_client, evidence):
    world.script("musicbrainz", Reply(b'"' + b"x" * 300_000 + b'"'))
    with pytest.raises(SourceError, match="more than 100000 bytes"):
        ask(client=make_client(most_bytes=100_000))
    assert list(evidence.answers()) == []


def test_a_connection_that_breaks_is_tried_again(ask, world):
    world.script("musicbrainz", Reply(status=0), Reply(status=0))
    _, content = ask()
    assert json.loads(content)["id"] == GROUP


def test_nobody_listening_is_one_clear_line(make_client, world):
    nowhere = world.services["musicbrainz"].at("http://127.0.0.1:9/ws")
    with pytest.raises(SourceError, match="musicbrainz did not answer"):
        make_client(most_tries=2).answer(nowhere, Question("x"))


def test_a_refusal_is_not_repeated(ask, world, make_client):
    with pytest.raises(SourceError, match="refused: status 403"):
        ask(client=make_client(agent="python-httpx/0.28"))
    assert len(world.seen) == 1


def test_not_found_is_an_answer_and_is_kept(ask, world):
    answer, _ = ask(path="release-group/none")
    ask(path="release-group/none")
    assert answer.status == 404
    assert len(world.seen) == 1


def test_secrets_are_sent_and_never_kept(ask, world, tmp_path):
    named = {"method": "album.getInfo"}
    answer, _ = ask("lastfm", "", parameters=named, secret={"api_key": "good"})
    assert world.seen[0].query["api_key"] == ["good"]
    assert "good" not in answer.address
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"good" not in kept


def test_damaged_evidence_counts_as_never_answered(ask, world, tmp_path):
    ask()
    for path in (tmp_path / "world" / "bytes").iterdir():
        path.write_bytes(path.read_bytes()[:-3])
    ask()
    assert len(world.seen) == 2


def test_another_body_is_another_question(ask, world):
    path = "1/popularity/release-group"
    for mbid in (GROUP, "99999999-1111-4111-8111-111111111111"):
        ask("listenbrainz", path, body=json.dumps({"release_group_mbids": [mbid]}).encode())
    assert len(world.seen) == 2


def test_an_answer_that_may_not_be_kept_any_longer_is_not_used(world, make_client, time):
    service = world.services["tmdb"]
    question = Question(f"find/{IMDB}", headers={"Authorization": "Bearer good"})
    make_client().answer(service, question)
    time.now_s += 179 * 24 * 3600
    make_client(online=False).answer(service, question)
    time.now_s += 24 * 3600
    with pytest.raises(SourceError, match="was not asked"):
        make_client(online=False).answer(service, question)
    world.down.add("tmdb")
    with pytest.raises(SourceError, match="did not answer"):
        make_client().answer(service, question)
