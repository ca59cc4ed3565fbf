"""`unsung article`, as a person meets it."""

import json
import re
import sys
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

TESTS = Path(__file__).parent.parent
sys.path += [str(TESTS / "sources"), str(TESTS / "pages"), str(TESTS / "questions")]

import heard_albums as albums  # noqa: E402
import servers  # noqa: E402

from unsung.cli import unsung  # noqa: E402
from unsung.model.errors import SettingsError, UnsungError  # noqa: E402
from unsung.model.hearing import Soundtrack  # noqa: E402
from unsung.store import Index, Project  # noqa: E402

ALBUM = albums.with_call(albums.eight(), (0, 1, 2, 5))


@pytest.fixture
def heard(tmp_path, monkeypatch):
    """The folder of an album that was listened to, and what was heard in it."""
    place = tmp_path / "album"
    home = Project.made_at(place / "unsung")
    Index(home.index_path).close()
    monkeypatch.setattr("unsung.session.with_motifs", lambda _home, _index: ALBUM)
    return place


def run(*words):
    return CliRunner().invoke(
        unsung, [str(word) for word in words], catch_exceptions=False, standalone_mode=False
    )


def marks(text):
    return set(re.findall(r"\[\^([\w-]+)\]", text))


def test_markdown_goes_to_standard_output_with_a_footnote_for_every_mark(heard):
    text = run("article", heard).stdout
    assert "Why the soundtrack of" in text
    assert "motif-returns-a" in marks(text)
    for mark in marks(text):
        assert f"[^{mark}]:" in text


def test_two_runs_write_the_same(heard):
    assert run("article", heard).stdout == run("article", heard).stdout


@pytest.mark.parametrize(
    ("form", "begins"), [("html", b"<!doctype html>"), ("epub", b"PK"), ("pdf", b"%PDF")]
)
def test_pages_and_books_go_into_the_project_unless_told_otherwise(heard, tmp_path, form, begins):
    said = run("article", heard, "--format", form).stdout.strip()
    assert Path(said) == heard / "unsung" / f"article.{form}"
    assert Path(said).read_bytes()[: len(begins)].lower() == begins.lower()
    out = tmp_path / f"else.{form}"
    run("article", heard, "--format", form, "--out", out)
    assert out.read_bytes() == Path(said).read_bytes()


def test_the_claims_are_json(heard):
    said = json.loads(run("article", heard, "--format", "json").stdout)
    assert said["schema"] == "unsung-claims/1"


def test_a_folder_that_is_not_there_is_one_clear_line(heard, tmp_path):
    with pytest.raises(SettingsError, match="is no folder"):
        run("article", heard, "--out", tmp_path / "gone" / "a.md")


def test_the_author_edits_and_what_no_finding_supports_any_more_is_pointed_out(heard):
    own = Path(run("article", heard, "--edit").stdout.strip())
    assert own == heard / "article.md"
    text = own.read_text()
    assert text.startswith("# Why the soundtrack of")
    mine = "# Mine\n\nIt comes back ninety-nine and 17 times.[^motif-returns-a] A new one.[^gone]\n"
    own.write_text(mine)
    done = run("article", heard)
    assert "# Mine" in done.stdout
    assert "ninety-nine" in done.stdout
    assert "article.md, line 3: 17 is in no finding" in done.stderr
    assert "article.md, line 3: no finding is called 'gone'" in done.stderr
    run("article", heard, "--edit")
    assert own.read_text() == mine


def test_our_own_text_has_nothing_to_point_out(heard):
    run("article", heard, "--edit")
    assert run("article", heard).stderr == ""


def test_a_story_is_remembered_and_missed_when_it_is_gone(heard, tmp_path):
    files = [one.track.file for one in ALBUM.heard]
    sheet = tmp_path / "story.csv"
    rows = "".join(f"{file},Scene {k},Ada\n" for k, file in enumerate(files))
    sheet.write_text(f"track,scene,characters\n{rows}")
    assert "no-story" in marks(run("article", heard).stdout)
    assert "no-story" not in marks(run("article", heard, "--story", sheet).stdout)
    assert "no-story" not in marks(run("article", heard).stdout)
    sheet.unlink()
    with pytest.raises(SettingsError, match=r"story\.csv, named as --story before, is gone"):
        run("article", heard)


def test_silence_gives_an_article_that_says_there_is_nothing_to_say(heard, monkeypatch):
    nothing = Soundtrack(evolve(ALBUM.album, tracks=()), ())
    monkeypatch.setattr("unsung.session.with_motifs", lambda _home, _index: nothing)
    text = run("article", heard).stdout
    assert "There is nothing to say of" in text
    assert "Conclusion" not in text


def test_an_album_that_nobody_listened_to_is_one_clear_line(tmp_path):
    with pytest.raises(UnsungError, match="run `unsung listen` first"):
        run("article", tmp_path)


def listed(said):
    """A model that puts words before every sentence it is given."""
    asked = json.loads(said.body)["messages"][1]["content"].splitlines()
    changed = ["To be sure, " + line.split(". ", 1)[1] for line in asked]
    return servers.Reply({"choices": [{"message": {"content": json.dumps(changed)}}]})


@pytest.fixture
def model(monkeypatch):
    with servers.world() as world:
        monkeypatch.setattr(type(world), "reply", lambda _self, seen: listed(seen))
        yield ("--rephrase", f"{world.address}/language/v1", "--model", "tiny")


def test_a_language_model_changes_words_and_no_fact(heard, model):
    ours, theirs = run("article", heard).stdout, run("article", heard, *model).stdout
    assert theirs != ours
    assert "To be sure, " in theirs
    assert marks(theirs) == marks(ours)
    digits = re.compile(r"\d+(?:[.:]\d+)?")
    assert sorted(digits.findall(theirs)) == sorted(digits.findall(ours))


def test_without_a_model_s_answer_our_words_stay(heard):
    with servers.world() as world:
        world.down.add("language")
        done = run("article", heard, "--rephrase", f"{world.address}/language", "--model", "tiny")
    assert done.stdout == run("article", heard).stdout
    assert "our words are kept" in done.stderr
