"""Each service's answers as rows that point into them; what is missing stays unknown."""

import json
from datetime import date

import pytest
from servers import COMPOSER, GROUP, IMDB, RELEASE, Reply, isrc, recording, release_group

from unsung.model.errors import SourceError
from unsung.model.world import ALBUM, WORK, Subject
from unsung.sources import (
    critiquebrainz,
    discogs,
    lastfm,
    listenbrainz,
    musicbrainz,
    pageviews,
    tmdb,
    wikidata,
)

TODAY = date(2026, 11, 21)


def numbers(world):
    return {row.indicator: row.value for row in world.rows if isinstance(row.value, float)}


def pointed(row, evidence_bytes):
    """What the pointer of a row finds in the bytes (RFC 6901)."""
    value = json.loads(evidence_bytes)
    tokens = row.pointer.replace("~1", "/").replace("~0", "~").split("/")[1:]
    for token in tokens:
        value = value[int(token)] if isinstance(value, list) else value[token]
    return value


def bytes_of(tmp_path, row):
    return (tmp_path / "world" / "bytes" / row.answer.digest).read_bytes()


def test_a_release_group_gives_links_and_counts_and_no_rating_that_nobody_gave(world, client):
    found = musicbrainz.release_group(client, GROUP, world.services["musicbrainz"])
    assert found.said(WORK, "imdb")[0].identifier == IMDB
    assert found.said(ALBUM, "discogs_master")[0].identifier == "777"
    assert numbers(found) == {"musicbrainz_rating_votes": 0.0, "releases": 1.0}
    assert [one.indicator for one in found.unknown] == ["musicbrainz_rating"]
    assert [row.value for row in found.said(ALBUM, "review")] == [
        "https://www.example.org/a-review"
    ]


def test_every_row_points_to_what_it_says(world, client, tmp_path):
    files = {(1, n): f"{n:02}.flac" for n in range(1, 11)}
    rows = musicbrainz.release(client, RELEASE, files, {}, world.services["musicbrainz"]).rows
    assert len(rows) > 20
    for row in rows:
        assert pointed(row, bytes_of(tmp_path, row)) == row.value


def test_a_release_names_recordings_by_place_and_the_composer_by_works(world, client):
    files = {(1, 3): "03 Salt.flac"}
    found = musicbrainz.release(client, RELEASE, files, {}, world.services["musicbrainz"])
    track = Subject("track", "03 Salt.flac")
    assert found.said(track, "musicbrainz_recording")[0].identifier == recording(3)
    (composer,) = found.said(track, "composer")
    assert (composer.value, composer.identifier) == ("Ada Vale", f"musicbrainz_artist:{COMPOSER}")


def test_a_title_cannot_be_a_query(world, client):
    musicbrainz.search(client, 'x" OR artist:"*', world.services["musicbrainz"])
    (asked,) = world.asked("musicbrainz")
    assert asked.query["query"] == [
        r'secondarytype:soundtrack AND releasegroup:"x\" OR artist\:\"\*"'
    ]


def test_listeners_of_null_are_unknown_not_zero(world, client):
    subjects = {recording(1): Subject("track", "a"), recording(77): Subject("track", "b")}
    found = listenbrainz.popularity(
        client, "recording", subjects, service=world.services["listenbrainz"]
    )
    assert {row.subject.name for row in found.rows} == {"a"}
    assert {one.subject.name for one in found.unknown} == {"b"}


def test_more_than_a_thousand_are_asked_in_batches(world, client):
    subjects = {recording(n): Subject("track", str(n)) for n in range(1, 2102)}
    listenbrainz.popularity(client, "recording", subjects, service=world.services["listenbrainz"])
    sizes = [len(json.loads(one.body)["recording_mbids"]) for one in world.asked("listenbrainz")]
    assert sizes == [1000, 1000, 101]


def test_a_service_that_leaves_one_out_or_adds_another_is_taken_at_its_word_only(world, client):
    stranger = {"recording_mbid": recording(9), "total_listen_count": 5, "total_user_count": 5}
    world.script("listenbrainz", Reply([stranger, "x", None]))
    subjects = {recording(1): Subject("track", "a")}
    found = listenbrainz.popularity(
        client, "recording", subjects, service=world.services["listenbrainz"]
    )
    assert found.rows == ()
    assert len(found.unknown) == 2


def test_wikidata_gives_makers_year_and_reach(world, client):
    found = wikidata.work(client, IMDB, world.services["wikidata"])
    makers = {row.indicator: row.value for row in found.rows}
    assert makers["composer"] == "Ada Vale"
    assert makers["director"] == "Ben Orr"
    assert makers["released"] == "2011-03-04T00:00:00Z"
    assert numbers(found) == {"work_sitelinks": 31.0, "composer_sitelinks": 12.0}


def test_two_items_with_one_imdb_identifier_leave_it_unresolved(world, client):
    bindings = [
        {"film": {"type": "uri", "value": f"http://www.wikidata.org/entity/Q{n}"}} for n in (1, 2)
    ]
    world.script("wikidata", Reply({"results": {"bindings": bindings}}))
    found = wikidata.work(client, IMDB, world.services["wikidata"])
    assert found.rows == ()
    assert "several" in found.unknown[0].reason


def test_what_is_no_imdb_identifier_is_never_put_into_a_query(world, client):
    wikidata.work(client, 'tt1" } DROP', world.services["wikidata"])
    assert world.seen == []


def test_only_awards_on_the_list_are_counted(world, client):
    found = wikidata.awards(client, "Q4242", world.services["wikidata"])
    assert numbers(found) == {"score_awards": 1.0, "score_nominations": 1.0, "visual_awards": 1.0}


def test_a_month_of_news_does_not_move_page_views(world, client):
    service = world.services["wikimedia"]
    found = pageviews.monthly_views(client, "Ada_Vale", WORK, "composer_page_views", TODAY, service)
    assert numbers(found) == {"composer_page_views": 700.0}
    assert world.seen[0].path.endswith("/Ada_Vale/monthly/20251101/20261101")


def test_an_article_that_is_not_there_is_unknown_not_zero(world, client):
    service = world.services["wikimedia"]
    title = "AC%2FDC_%28film%29"
    found = pageviews.monthly_views(client, title, WORK, "work_page_views", TODAY, service)
    assert found.rows == ()
    assert found.unknown[0].indicator == "work_page_views"
    assert "AC%2FDC" in world.seen[0].path


def test_reviews_keep_the_licence_that_each_names(world, client):
    found = critiquebrainz.reviews(client, GROUP, world.services["critiquebrainz"])
    assert numbers(found) == {"critiquebrainz_reviews": 1.0, "critiquebrainz_rating": 4.5}
    assert found.said(ALBUM, "review")[0].identifier == "licence:CC BY-SA 3.0"


def test_discogs_tells_how_many_have_it_and_how_many_look_for_it(world, client):
    found = discogs.collections(client, "777", service=world.services["discogs"])
    assert numbers(found) == {
        "discogs_have": 40.0, "discogs_want": 408.0,
        "discogs_ratings": 16.0, "discogs_rating": 4.65,
    }  # fmt: skip


def test_tmdb_gives_votes_and_never_its_popularity_or_a_budget_of_nothing(world, client):
    found = tmdb.film(client, IMDB, "good", world.services["tmdb"])
    assert numbers(found) == {"tmdb_votes": 812.0, "tmdb_rating": 7.9}
    assert found.said(WORK, "composer")[0].identifier == "tmdb_person:947"


def test_tmdb_with_a_wrong_key_is_refused_in_one_line(world, client):
    with pytest.raises(SourceError, match="tmdb refused: status 401"):
        tmdb.film(client, IMDB, "bad", world.services["tmdb"])


def test_lastfm_counts_come_as_text(world, client):
    found = lastfm.album(client, "Ada Vale", "The Glass Meridian", "good", world.services["lastfm"])
    assert numbers(found) == {"lastfm_listeners": 93.0, "lastfm_plays": 6012.0}


def test_lastfm_not_knowing_a_track_is_unknown(world, client):
    subject = Subject("track", "x")
    found = lastfm.track(client, recording(9), subject, "good", world.services["lastfm"])
    assert found.rows == ()
    assert found.unknown[0].subject == subject


def test_lastfm_busy_with_status_200_is_asked_again(world, client):
    world.script("lastfm", Reply({"error": 29, "message": "Rate limit exceeded"}))
    found = lastfm.album(client, "Ada Vale", "x", "good", world.services["lastfm"])
    assert numbers(found)["lastfm_listeners"] == 93.0


HOSTILE = "<script>alert(1)</script>\u202e\x00" + "x" * 5000


@pytest.mark.parametrize("value", [None, "many", True, -3, float("1e400"), [], {}, "nan", "-inf"])
def test_counts_that_are_none_are_unknown(world, client, value):
    body = release_group()
    body["rating"] = {"votes-count": value, "value": value}
    world.script("musicbrainz", Reply(json.dumps(body).replace("Infinity", "1e400").encode()))
    found = musicbrainz.release_group(client, GROUP, world.services["musicbrainz"])
    assert "musicbrainz_rating_votes" not in numbers(found)
    assert "musicbrainz_rating_votes" in {one.indicator for one in found.unknown}


@pytest.mark.parametrize("value", [None, 5, "x", [], {}, [None, 3, {"artist": 7}], HOSTILE])
def test_shapes_that_are_wrong_never_break_the_reading(world, client, value):
    for key in ("title", "artist-credit", "releases", "relations", "first-release-date", "id"):
        world.script("musicbrainz", Reply({**release_group(), key: value}))
        service = world.services["musicbrainz"].at(
            f"{world.address}/musicbrainz/{key}/{value!r:.9}"
        )
        found = musicbrainz.release_group(client, GROUP, service)
        assert all(
            len(str(row.value)) <= 300 and "\x00" not in str(row.value) for row in found.rows
        )


def test_an_isrc_names_its_recordings_and_the_releases_these_are_on(world, client):
    subject, service = Subject("track", "03 Salt.flac"), world.services["musicbrainz"]
    found = musicbrainz.isrc(client, isrc(3), subject, service)
    (row,) = found.said(subject, "isrc_recording")
    assert (row.value, row.identifier) == ("Salt and Iron", recording(3))
    assert found.said(subject, "isrc_release")[0].identifier == RELEASE
    assert world.seen[0].path.endswith(f"/isrc/{isrc(3)}")


def test_an_isrc_that_no_recording_bears_is_unknown(world, client):
    subject = Subject("track", "x")
    found = musicbrainz.isrc(client, "GBAAA9999999", subject, world.services["musicbrainz"])
    assert found.rows == ()
    assert "no recording bears the ISRC" in found.unknown[0].reason


def test_a_release_names_recordings_by_isrc_wherever_the_files_stand(world, client):
    service = world.services["musicbrainz"]
    found = musicbrainz.release(client, RELEASE, {}, {isrc(3): "a.flac"}, service)
    (row,) = found.said(Subject("track", "a.flac"), "isrc_recording")
    assert row.identifier == recording(3)


@pytest.mark.parametrize("body", [[], {}, {"recordings": None}, {"recordings": [{"id": 7}, None]}])
def test_an_isrc_answered_with_nonsense_is_unknown(world, client, body):
    world.script("musicbrainz", Reply(body))
    found = musicbrainz.isrc(client, isrc(3), Subject("track", "x"), world.services["musicbrainz"])
    assert found.rows == ()
    assert len(found.unknown) == 1
