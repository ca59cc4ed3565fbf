"""Comments as a page writes them: kept at once, threaded, undone, exchanged."""

import json

import made_albums
import pytest
import soundtracks

A = "/a/the-skerry-light/api"


def _listed(visitor, **asked):
    return visitor.get(f"{A}/annotations", params=asked).json()["first"]["items"]


def _written(visitor, words="A solo flute!", **more):
    answer = visitor.post(f"{A}/annotations", {"track": 1, "from_s": 1.5, "text": words, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_comment_is_on_disk_before_the_answer_comes(fresh):
    made = _written(fresh, to_s=3)
    (line,) = (fresh.folder / "annotations.jsonl").read_text().splitlines()
    assert json.loads(line)["annotation"]["id"] == made["id"]
    (listed,) = _listed(fresh)
    assert listed["unsung"] | {"creator": ""} == {
        "track": 1, "from_s": 1.5, "to_s": 3.0, "reply_to": None, "text": "A solo flute!",
        "creator": "",
    }  # fmt: skip


def test_a_track_shows_only_what_is_written_about_it(fresh):
    _written(fresh)
    _written(fresh, "The other.", track=2)
    assert [one["body"]["value"] for one in _listed(fresh, track=2)] == ["The other."]
    assert _listed(fresh, track=3) == []


def test_an_answer_stands_where_its_question_does(fresh):
    question = _written(fresh, "Which key?", motivation="questioning")
    reply = fresh.post(f"{A}/annotations", {"reply_to": question["id"], "text": "C minor."}).json()
    again = fresh.post(f"{A}/annotations", {"reply_to": reply["id"], "text": "Dorian!"}).json()
    assert reply["motivation"] == "replying"
    assert reply["target"] == question["id"]
    assert again["unsung"]["track"] == 1 or _listed(fresh)[2]["unsung"]["track"] == 1
    assert {one["unsung"]["from_s"] for one in _listed(fresh, track=1)} == {1.5}


def test_words_are_changed_taken_away_and_brought_back(fresh):
    made = _written(fresh)
    changed = fresh.put(f"{A}/annotations/{made['id']}", {"text": "An oboe."}).json()
    assert changed["modified"] > made["modified"]
    assert changed["created"] == made["created"]
    assert fresh.delete(f"{A}/annotations/{made['id']}").status_code == 200
    assert _listed(fresh) == []
    for words in (["An oboe."], ["A solo flute!"], []):
        assert fresh.post(f"{A}/undo").status_code == 200
        assert [one["unsung"]["text"] for one in _listed(fresh)] == words
    assert fresh.post(f"{A}/undo").status_code == 409


def test_what_is_not_there_cannot_be_changed_removed_or_answered(fresh):
    nobody = "urn:uuid:00000000-0000-7000-8000-000000000000"
    assert fresh.put(f"{A}/annotations/{nobody}", {"text": "x"}).status_code == 404
    assert fresh.delete(f"{A}/annotations/{nobody}").status_code == 404
    assert fresh.post(f"{A}/annotations", {"reply_to": nobody, "text": "x"}).status_code == 404


@pytest.mark.parametrize(
    "plain",
    [
        {"track": 9, "text": "x"},
        {"track": 1.5, "text": "x"},
        {"track": "1", "text": "x"},
        {"track": True, "text": "x"},
        {"track": 1},
        {"track": 1, "text": ""},
        {"track": 1, "text": " \u202e "},
        {"track": 1, "text": "x" * 10_001},
        {"track": 1, "text": 7},
        {"track": 1, "text": "x", "from_s": -1},
        {"track": 1, "text": "x", "from_s": 2, "to_s": 1},
        {"track": 1, "text": "x", "from_s": 1e300},
        {"track": 1, "text": "x", "motivation": "haunting"},
    ],
)
def test_nonsense_is_refused_and_nothing_is_written(fresh, plain):
    answer = fresh.post(f"{A}/annotations", plain)
    assert answer.status_code in (400, 404)
    assert not (fresh.folder / "annotations.jsonl").exists()


def test_hostile_words_stay_words(fresh):
    made = _written(fresh, soundtracks.HOSTILE, by="<img src=x onerror=alert(1)>")
    assert made["body"] == {
        "type": "TextualBody", "format": "text/plain", "value": soundtracks.HOSTILE
    }  # fmt: skip
    answer = fresh.get(f"{A}/annotations")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_two_peoples_albums_exchange_what_they_wrote_and_agree(fresh, tmp_path):
    place = made_albums.album_at(tmp_path / "other", made_albums.NAMES)
    with made_albums.served(tmp_path / "other.json", place) as other:
        mine, yours = _written(fresh, "Mine."), _written(other, "Yours.", track=2)
        for here, there in ((fresh, other), (other, fresh)):
            sent = there.get(f"{A}/annotations/export").json()
            answer = here.post(f"{A}/annotations/import", sent).json()
            assert answer["refused"] == []
        fresh.delete(f"{A}/annotations/{yours['id']}")
        other.post(f"{A}/annotations/import", fresh.get(f"{A}/annotations/export").json())
        assert [one["id"] for one in _listed(other)] == [one["id"] for one in _listed(fresh)]
        assert [one["id"] for one in _listed(other)] == [mine["id"]]


def test_importing_twice_changes_nothing(fresh):
    _written(fresh)
    sent = fresh.get(f"{A}/annotations/export").json()
    before = (fresh.folder / "annotations.jsonl").read_bytes()
    answer = fresh.post(f"{A}/annotations/import", sent).json()
    assert (answer["imported"], answer["known_already"]) == (0, 1)
    assert (fresh.folder / "annotations.jsonl").read_bytes() == before


def test_of_an_import_what_can_be_read_is_kept_and_the_rest_is_told(fresh):
    good = _written(fresh) | {"id": "http://example.org/1", "body": "From elsewhere."}
    future = good | {"id": "http://example.org/2", "modified": "2999-01-01T00:00:00Z"}
    answer = fresh.post(f"{A}/annotations/import", [good, {"id": 7}, future, None]).json()
    assert answer["imported"] == 1
    assert len(answer["refused"]) == 3
    assert "From elsewhere." in [one["unsung"]["text"] for one in _listed(fresh)]


def test_what_is_written_about_another_copy_of_the_track_is_found_by_its_title(fresh):
    made = _written(fresh)
    other = made | {"id": "http://example.org/1", "target": made["target"] | {"source": "urn:x:y"}}
    lost = other | {"id": "http://example.org/2", "target": {"source": "urn:x:y"}}
    fresh.post(f"{A}/annotations/import", [other, lost])
    assert sorted(one["unsung"]["track"] for one in _listed(fresh)) == [0, 1, 1]


def test_too_many_at_once_are_refused(fresh):
    assert fresh.post(f"{A}/annotations/import", [{}] * 5_001).status_code == 413


def test_comments_are_found_by_their_words(fresh):
    _written(fresh, "Ein Flötensolo")
    (hit,) = fresh.get(f"{A}/search", params={"q": "FLOTEN"}).json()["hits"]
    assert hit["kind"] == "comment"
    assert hit["address"] == "/a/the-skerry-light/track/1#t=1.5"
    assert fresh.get(f"{A}/search", params={"q": " "}).json()["hits"] == []
    assert fresh.get(f"{A}/search", params={"q": "x" * 201}).status_code == 400
