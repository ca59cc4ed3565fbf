"""`unsung recognise` and `unsung reference`, as a person meets them."""

import csv
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

TESTS = Path(__file__).parent.parent
sys.path += [str(TESTS / "sources"), str(TESTS / "pages"), str(TESTS / "session")]

from test_recognising import hearings, place, soundtrack, world  # noqa: E402, F401

from unsung.cli import unsung  # noqa: E402
from unsung.cli.recognise import recognise  # noqa: E402
from unsung.model.errors import StoreError, UnsungError  # noqa: E402
from unsung.model.reference import ReferenceSet, ReferenceWork  # noqa: E402
from unsung.recognition.merit import UNITS  # noqa: E402
from unsung.session.referring import imdb_of  # noqa: E402
from unsung.sources.reference_file import reference_in, reference_text  # noqa: E402
from unsung.store import Index, Project  # noqa: E402


@pytest.fixture
def heard(place, soundtrack, monkeypatch):  # noqa: F811
    """An album that was listened to."""
    home = Project.made_at(place / "unsung")
    Index(home.index_path).close()
    monkeypatch.setattr("unsung.pipeline.remembered", lambda _home: soundtrack)
    monkeypatch.setattr("unsung.session.with_motifs", lambda _home, _index: soundtrack)
    monkeypatch.setattr("unsung.pipeline.keep_report", lambda home: home / "report.html")
    return place


def run(*words, **options):
    return CliRunner().invoke(
        unsung,
        [str(word) for word in words],
        catch_exceptions=False,
        standalone_mode=False,
        **options,
    )


def test_offline_it_writes_a_page_and_says_what_is_missing(heard):
    done = run("recognise", heard)
    assert "recognition: a reference set is needed" in done.output
    assert "composer: not stated" in done.output
    page = heard / "unsung" / "recognition.html"
    assert str(page) in done.output
    assert page.read_text().startswith("<!doctype html>")


def test_synthetic_data_is_called_so_on_the_first_line(heard):
    done = run("recognise", heard, "--reference", "synthetic")
    assert done.output.startswith("SYNTHETIC DATA")


def test_json_is_json(heard):
    done = run("recognise", heard, "--json")
    assert json.loads(done.stdout)["identity"]["title"] == "The Glass Meridian"


def test_online_without_a_contact_is_refused(heard):
    with pytest.raises(UnsungError, match="needs a contact"):
        run("recognise", heard, "--online")


def test_an_album_that_was_not_heard_is_one_clear_line(place):  # noqa: F811
    with pytest.raises(StoreError, match="run `unsung listen` first"):
        run("recognise", place)


def test_a_reference_is_built_from_imdbs_files_and_used(heard, tmp_path):
    import gzip

    from test_imdb import TABLES

    files = tmp_path / "imdb"
    files.mkdir()
    for name, text in TABLES.items():
        (files / f"{name}.tsv.gz").write_bytes(gzip.compress(text.encode()))
    own = tmp_path / "own.csv"
    own.write_text("identifier,indicator,value\ntt0000002,lastfm_listeners,12\n")
    out = tmp_path / "reference.csv"
    done = run("reference", "--imdb", files, "--counts", own, "--out", out)
    assert "4 works, 0 of them heard" in done.output
    done = run("recognise", heard, "--reference", out)
    assert "two are needed" in done.output
    own.write_text("identifier,indicator,value\ntt0000002,fame,12\n")
    with pytest.raises(UnsungError, match="is not a CSV of identifier,indicator,value"):
        run("reference", "--imdb", files, "--counts", own, "--out", out)


def test_a_reference_is_built_offline_from_dumps_alone(tmp_path):
    import gzip

    import dumps_made
    from test_imdb import TABLES

    files, dumps, out = tmp_path / "imdb", tmp_path / "dumps", tmp_path / "reference.csv"
    files.mkdir()
    dumps.mkdir()
    for name, text in TABLES.items():
        (files / f"{name}.tsv.gz").write_bytes(gzip.compress(text.encode()))
    dumps_made.core(dumps)
    dumps_made.derived(dumps, count=3)
    dumps_made.plain(dumps, [[dumps_made.listen(1, None, dumps_made.RELEASE)]])
    done = run("reference", "--imdb", files, "--dumps", dumps, "--out", out)
    assert "reading the dumps" in done.output
    (line,) = [one for one in csv.DictReader(out.read_text().splitlines()[1:])
               if one["identifier"] == dumps_made.IMDB]  # fmt: skip
    assert line["musicbrainz_rating_votes"] == "3"
    assert line["listenbrainz_own_listeners"] == "1"


def test_albums_that_were_heard_lend_a_reference_their_merit(heard, tmp_path):
    works = [ReferenceWork(f"tt000000{n}", f"Work {n}", "film", 2011) for n in range(1, 4)]
    known, out = tmp_path / "known.csv", tmp_path / "out.csv"
    known.write_text(reference_text(ReferenceSet("Mine", tuple(works), "s", "l")))
    done = run("reference", "--from", known, "--heard", heard, "--out", out)
    assert "left out, its work is not known" in done.output
    assert "3 works, 0 of them heard" in done.output
    (heard / "recognition.toml").write_text('[album]\nimdb = "tt0000002"\n')
    done = run("reference", "--from", known, "--heard", heard, "--out", out)
    assert "3 works, 1 of them heard" in done.output
    found = reference_in(out.read_bytes(), "out")
    assert set(found.works[1].merit_parts) == set(UNITS)
    assert found.works[0].merit_parts == {}
    (heard / "recognition.toml").write_text('[album]\nimdb = "tt0000009"\n')
    assert (
        "tt0000009 is not in this set"
        in run("reference", "--from", known, "--heard", heard, "--out", out).output
    )


def test_what_was_recognised_tells_the_work_of_an_album(heard):
    run("recognise", heard)
    assert imdb_of(heard) == ""
    case = heard / "unsung" / "recognition.json"
    case.write_text(json.dumps({"identity": {"matches": [{"kind": "imdb", "identifier": "tt1"}]}}))
    assert imdb_of(heard) == "tt1"
    case.write_text("[]")
    assert imdb_of(heard) == ""


def test_a_reference_from_nothing_is_one_clear_line(tmp_path):
    with pytest.raises(UnsungError, match="--imdb"):
        run("reference", "--out", tmp_path / "out.csv")


def test_the_command_says_what_it_does():
    assert "--online" in CliRunner().invoke(recognise, ["--help"]).output
