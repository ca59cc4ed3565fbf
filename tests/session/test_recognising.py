"""A whole recognising: an album that was heard, a world over HTTP, a page to read."""

import json
import re
import sys
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from attrs import evolve

TESTS = Path(__file__).parent.parent
sys.path += [str(TESTS / "sources"), str(TESTS / "pages")]

import dumps_made  # noqa: E402
import servers  # noqa: E402
from soundtracks import HOSTILE, recording_hearing  # noqa: E402

from unsung.library.recognition_file import corrections_beside  # noqa: E402
from unsung.model.album import Album, Person, Track  # noqa: E402
from unsung.model.errors import SettingsError, SourceError  # noqa: E402
from unsung.model.hearing import Heard, Soundtrack  # noqa: E402
from unsung.model.recognition import DataTooThin, GemPlane  # noqa: E402
from unsung.model.world import ALBUM, WORK  # noqa: E402
from unsung.session.recognising import Wishes, as_json, keep_case, kept_case, recognised  # noqa: E402
from unsung.store import Index, Project  # noqa: E402


@pytest.fixture
def world():
    with servers.world() as found:
        yield found


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "The Glass Meridian"
    folder.mkdir()
    return folder


@pytest.fixture
def project(place):
    return Project.made_at(place / "unsung")


@pytest.fixture(scope="module")
def hearings():
    return [recording_hearing(60 + 7 * n, n) for n in range(1, 11)]


@pytest.fixture
def soundtrack(hearings):
    tags = {
        "album_title": "The Glass Meridian",
        "year": 2011,
        "people": (Person("Ada Vale", "composer"),),
        "identifiers": (("musicbrainz_release", servers.RELEASE),),
    }
    tracks = [
        Track(n, f"{n:02} {title}.flac", "recording", title, number=n, **tags)
        for n, title in enumerate(servers.TITLES, 1)
    ]
    heard = tuple(Heard(track, one) for track, one in zip(tracks, hearings, strict=True))
    return Soundtrack(Album("The Glass Meridian", tuple(tracks)), heard)


@pytest.fixture
def run(world, place, project, soundtrack, monkeypatch):
    monkeypatch.setenv("UNSUNG_LASTFM", "good")
    monkeypatch.setenv("UNSUNG_TMDB", "good")

    def recognise(music=soundtrack, **wishes):
        wishes = {"online": True, "contact": "me@example.org", **wishes}
        return recognised(music, place, project, Wishes(services=world.services, **wishes))

    return recognise


def test_from_a_release_in_the_tags_to_work_makers_and_listeners(run):
    case = run(reference="synthetic")
    assert case.identity.stated("composer") == ("Ada Vale",)
    assert case.identity.stated("director") == ("Ben Orr",)
    assert (case.identity.medium, case.identity.year, case.identity.language) == (
        "film",
        2011,
        "is",
    )
    assert case.world.said(ALBUM, "listenbrainz_listeners")[0].value == 321
    assert case.world.said(WORK, "tmdb_votes")[0].value == 812
    recordings = [one for one in case.identity.matches if one.kind == "musicbrainz_recording"]
    assert len(recordings) == 10
    assert not isinstance(case.gap, DataTooThin)
    assert isinstance(case.track_plane, GemPlane)
    assert isinstance(case.album_plane, GemPlane)


def test_offline_nothing_is_asked_and_all_says_what_is_missing(run, world):
    case = run(online=False, contact="")
    assert world.seen == []
    assert isinstance(case.recognition, DataTooThin)
    assert case.identity.stated("composer") == ()
    assert case.unknown


def test_offline_after_online_is_the_same_case_without_a_question(run, world):
    online = run(reference="synthetic")
    asked = len(world.seen)
    offline = run(online=False, reference="synthetic")
    assert len(world.seen) == asked
    assert as_json(offline) == as_json(online)


def in_months(months):
    return lambda: datetime.now(UTC) + timedelta(days=30.5 * months)


def test_after_six_months_what_tmdb_said_is_gone_and_only_that(run, project):
    run()
    files = sorted(path.name for path in (project.folder / "world" / "bytes").iterdir())
    said = []
    case = run(online=False, now=in_months(5))
    assert case.world.said(WORK, "tmdb_votes")
    case = run(online=False, now=in_months(7), tell=said.append)
    assert not case.world.said(WORK, "tmdb_votes")
    assert case.world.said(ALBUM, "listenbrainz_listeners")
    (line,) = said
    assert line.startswith("tmdb: 2 kept answers were dropped")
    assert line.removeprefix("tmdb: ") in {one.reason for one in case.unknown}
    left = sorted(path.name for path in (project.folder / "world" / "bytes").iterdir())
    assert set(left) < set(files)
    assert len(left) == len(files) - 2


def test_after_six_months_tmdb_is_asked_again_where_it_may_be(run, world):
    run()
    case = run(now=in_months(7))
    assert len(world.asked("tmdb")) == 4
    assert case.world.said(WORK, "tmdb_votes")


def test_online_without_a_contact_is_refused_and_nothing_is_asked(run, world):
    for contact in ("", "me", "me@example.org\r\nX: y", "ü@example.org"):
        with pytest.raises(SettingsError, match="contact"):
            run(contact=contact)
    assert world.seen == []


def test_the_contact_may_stand_in_the_users_file(run, world, place):
    (place / "recognition.toml").write_text('contact = "own@example.org"\n')
    run(contact="")
    assert "own@example.org" in world.seen[0].headers["user-agent"]


@pytest.mark.parametrize("down", ["musicbrainz", "listenbrainz", "wikidata", "lastfm", "wikimedia"])
def test_one_service_down_leaves_the_rest(run, world, down):
    world.script(down, *[servers.Reply(b"", 403)] * 40)
    case = run(reference="synthetic")
    assert down in {one.source for one in case.unknown}
    sources = {one.answer.source for one in case.world.rows}
    assert down not in sources
    assert down == "musicbrainz" or "musicbrainz" in sources


def test_a_run_that_broke_off_goes_on_where_it_was(run, world):
    world.script("wikidata", *[servers.Reply(b"", 403)] * 2)
    run()
    before = len(world.asked("musicbrainz"))
    case = run()
    assert len(world.asked("musicbrainz")) == before
    assert case.identity.stated("director") == ("Ben Orr",)


def test_without_identifiers_the_album_is_found_by_name_and_less_is_believed(run, soundtrack):
    tracks = tuple(evolve(one.track, identifiers=()) for one in soundtrack.heard)
    heard = tuple(evolve(o, track=t) for o, t in zip(soundtrack.heard, tracks, strict=True))
    case = run(Soundtrack(Album("The Glass Meridian", tracks), heard))
    group = next(o for o in case.identity.matches if o.kind == "musicbrainz_release_group")
    assert group.confidence == 0.7
    assert case.identity.stated("composer") == ("Ada Vale",)


def with_codes(soundtrack, codes):
    tracks = tuple(
        evolve(one.track, identifiers=(("isrc", code),), year=None, people=())
        for one, code in zip(soundtrack.heard, codes, strict=True)
    )
    heard = tuple(evolve(o, track=t) for o, t in zip(soundtrack.heard, tracks, strict=True))
    return Soundtrack(Album("Whatever It Is Called", tracks), heard)


def test_isrcs_alone_lead_to_the_album_its_recordings_and_its_work(run, soundtrack, world):
    case = run(with_codes(soundtrack, [servers.isrc(n) for n in range(1, 11)]))
    matches = {one.kind: one for one in case.identity.matches}
    assert matches["musicbrainz_release_group"].identifier == servers.GROUP
    assert matches["imdb"].identifier == servers.IMDB
    recordings = [o for o in case.identity.matches if o.kind == "musicbrainz_recording"]
    assert {o.because for o in recordings} == {"its ISRC, same title"}
    assert len(recordings) == 10
    assert case.identity.stated("composer") == ("Ada Vale",)
    assert not [one for one in world.asked("musicbrainz") if "query" in one.query]


def test_isrcs_of_a_few_tracks_do_not_make_it_that_album(run, soundtrack):
    codes = [servers.isrc(n) if n < 4 else f"ZZAAA00000{n:02}" for n in range(1, 11)]
    case = run(with_codes(soundtrack, codes))
    assert "musicbrainz_release_group" not in {one.kind for one in case.identity.matches}
    recordings = [o for o in case.identity.matches if o.kind == "musicbrainz_recording"]
    assert len(recordings) == 3


def test_the_users_word_survives_a_recognising_and_is_not_written_to(run, place):
    path = place / "recognition.toml"
    path.write_text('[album]\ncomposers = ["Cara Quist"]\nwork = "Another Name"\n')
    before = path.read_bytes()
    case = run()
    assert case.identity.stated("composer") == ("Cara Quist",)
    assert case.identity.title == "Another Name"
    assert path.read_bytes() == before


@pytest.fixture
def dumps(tmp_path):
    folder = tmp_path / "dumps"
    folder.mkdir()
    dumps_made.core(folder)
    dumps_made.derived(folder)
    many = [dumps_made.listen(n, servers.recording(1 + n % 10), servers.RELEASE) for n in range(40)]
    dumps_made.plain(folder, [many])
    return folder


def test_offline_the_dumps_identify_the_album_and_count_its_listeners(run, world, dumps):
    case = run(online=False, contact="", dumps=dumps)
    assert world.seen == []
    matches = {one.kind: one.identifier for one in case.identity.matches}
    assert matches["musicbrainz_release_group"] == servers.GROUP
    assert matches["imdb"] == servers.IMDB
    assert case.identity.stated("composer") == ("Ada Vale",)
    assert case.world.said(ALBUM, "listenbrainz_own_listeners")[0].value == 40
    assert not isinstance(case.track_merits, DataTooThin)
    counted = [one for one in case.world.rows if one.indicator == "listenbrainz_own_listeners"]
    assert len(counted) == 11


def test_online_musicbrainz_is_not_asked_what_its_dump_knows(run, world, dumps):
    run(dumps=dumps)
    assert world.asked("musicbrainz") == []
    assert world.asked("listenbrainz")


def test_counts_of_ones_own_take_part_and_are_kept_as_evidence(run, place, project):
    lines = ["subject,indicator,value,source,date,licence"]
    lines += [f"{n},lastfm_listeners,{900 - 50 * n},lastfm,2026-10-01,note" for n in range(1, 11)]
    lines += [f"{n},deezer_rank,{9000 - 600 * n},deezer,2026-10-01,note" for n in range(1, 11)]
    (place / "own.csv").write_text("\n".join(lines) + "\n")
    (place / "recognition.toml").write_text('imports = ["own.csv"]\n')
    case = run(online=False, contact="")
    assert not isinstance(case.track_gaps, DataTooThin)
    digest = case.track_gaps[0].rows[0].answer.digest
    kept = project.folder / "world" / "bytes" / digest
    assert kept.read_bytes() == (place / "own.csv").read_bytes()


def test_an_import_that_is_not_there_is_one_clear_line(run, place):
    (place / "recognition.toml").write_text('imports = ["gone.csv"]\n')
    with pytest.raises(SourceError, match=r"gone\.csv could not be read"):
        run(online=False)


@pytest.fixture
def index(project):
    with Index(project.index_path) as index:
        yield index


@pytest.fixture
def page(run, project, index, place):
    def written(**wishes):
        return keep_case(project, index, run(**wishes), place).read_text()

    return written


def test_the_page_says_that_synthetic_data_is_synthetic(page):
    assert "Synthetic data" in page(reference="synthetic")
    assert "Synthetic data" not in page()


def test_every_citation_leads_to_a_row_with_date_licence_and_digest(page):
    text = page(reference="synthetic")
    cited = set(re.findall(r'href="#(row-\d+)"', text))
    rows = dict(re.findall(r'<tr id="(row-\d+)">(.*?)</tr>', text, re.DOTALL))
    assert cited
    assert cited <= set(rows)
    for row in rows.values():
        assert re.search(r"\d{4}-\d\d-\d\d", row)
        assert re.search(r"<code>[0-9a-f]{16}</code>", row)
        assert "CC" in row or "terms" in row


def test_attributions_that_must_be_printed_are(page):
    text = page()
    assert "not endorsed or certified by TMDB" in text
    assert "Powered by Last.fm" in text


def test_what_has_one_reason_is_told_once(page):
    text = re.sub(r"<[^>]+>", " ", page(online=False, contact=""))
    assert "10 tracks" in text
    assert text.count("no source names it") == 1
    assert "musicbrainz: was not asked" in text


def test_no_cause_is_claimed(page):
    text = page(reference="synthetic")
    prose = re.sub(r"<[^>]+>", " ", text)
    assert not re.search(r"\b(?:led to|due to|caused by)\b", prose)


def test_the_page_is_the_same_twice(page):
    assert page(reference="synthetic") == page(reference="synthetic")


def test_hostile_names_are_only_text(world, run, project, index, place):
    body = servers.release_group() | {"title": HOSTILE}
    body["relations"].append(
        {"type": "review", "url": {"resource": 'https://x.example/"><script>alert(1)</script>'}}
    )
    world.script("musicbrainz", servers.Reply(servers.release()), servers.Reply(body))
    text = keep_case(project, index, run(), place).read_text()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("reference", ["", "synthetic"])
def test_a_case_that_is_kept_comes_back_whole(run, project, index, place, reference):
    assert kept_case(project, index) is None
    found = run(reference=reference)
    keep_case(project, index, found, place)
    assert kept_case(project, index) == found


def test_the_case_is_json_without_nan(run, project, index, place):
    keep_case(project, index, run(reference="synthetic"), place)
    said = json.loads((project.folder / "recognition.json").read_text())
    assert said["synthetic"] is True
    assert said["identity"]["title"] == "The Glass Meridian"


@pytest.mark.browser
@pytest.mark.skipif(not Path("/usr/bin/chromium").exists(), reason="Chromium is needed")
def test_axe_finds_nothing_to_mend(page, project):
    from playwright.sync_api import sync_playwright

    page(reference="synthetic")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        shown = browser.new_page(bypass_csp=True)
        shown.goto((project.folder / "recognition.html").as_uri())
        shown.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
        found = shown.evaluate("() => axe.run(document)")["violations"]
        browser.close()
    assert [one["id"] for one in found] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("contact = 3", "contact is a text"),
        ("colour = 'red'", "unknown key 'colour'"),
        ("[album]\nimdb = 'nm1'", "no imdb identifier"),
        ("[album]\nyear = '1999'", "year is a whole number"),
        ("[album]\nmedium = 'opera'", "medium is one of"),
        ("[album]\ncomposers = 'Ada'", "composers is a list"),
        ("[[track]]\nsong = true", "names its file"),
        ("[[track]]\nfile = 'a'\nsong = 'yes'", "song is true or false"),
        ("album = 3", "[album] is a table"),
        ("[", "not valid TOML"),
    ],
)
def test_a_mistake_in_the_users_file_is_one_clear_line(place, text, says):
    (place / "recognition.toml").write_text(text)
    with pytest.raises(SettingsError, match=re.escape(says)) as told:
        corrections_beside(place)
    assert "\n" not in str(told.value).strip() or "TOML" in says


def test_all_of_the_users_file_is_read(place):
    (place / "recognition.toml").write_text(
        """contact = "me@example.org"
imports = ["a.csv"]
[album]
imdb = "tt0137523"
work = "W"
medium = "game"
year = 1999
language = "de"
directors = ["Ben Orr"]
[[track]]
file = "03 x.flac"
isrc = "USRC17607839"
song = true
"""
    )
    own = corrections_beside(place)
    assert own.identifiers == (("imdb", "tt0137523"),)
    assert (own.medium, own.year, own.language) == ("game", 1999, "de")
    assert own.tracks["03 x.flac"].is_song is True
    assert corrections_beside(place.parent).contact == ""
