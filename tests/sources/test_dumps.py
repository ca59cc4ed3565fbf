"""The services' dumps, read as they are downloaded: what they say is what the services say."""

import pytest
from attrs import evolve
from dumps_made import (
    OLD_GROUP,
    OLD_RECORDING,
    OLD_RELEASE,
    OTHER_GROUP,
    copied,
    core,
    derived,
    listen,
    packed,
    plain,
    spark,
    tables,
)
from servers import COMPOSER, GROUP, IMDB, RELEASE, isrc, recording

from unsung.model.errors import SourceError
from unsung.model.reference import ReferenceSet, ReferenceWork
from unsung.model.world import ALBUM, Subject
from unsung.sources.catalogue import Asked
from unsung.sources.dumped import Dumped, dumped_popularity, with_dumped
from unsung.sources.dumps import SHELF_NAME, Dumps
from unsung.sources.listenbrainz_dump import listen_dumps
from unsung.sources.musicbrainz_dump import unescaped

FILES = {(1, n): f"{n:02}.flac" for n in range(1, 11)}
CODES = {isrc(n): f"{n:02}.flac" for n in range(1, 11)}


@pytest.fixture
def folder(tmp_path):
    there = tmp_path / "the du'mps"
    there.mkdir()
    core(there)
    return there


@pytest.fixture
def open_dumps(folder):
    opened = []

    def made(tell=lambda _said: None):
        opened.append(Dumps(folder, tell))
        return opened[-1]

    yield made
    for one in opened:
        one.close()


def facts(world, *without):
    """What the rows say, wherever they say it."""
    return {
        (row.subject, row.indicator, row.value, row.identifier)
        for row in world.rows
        if row.indicator not in without
    }


QUESTIONS = {
    "release group": lambda one: one.release_group(GROUP),
    "release": lambda one: one.release(RELEASE, FILES, CODES),
    "isrc": lambda one: one.isrc(isrc(3), Subject("track", "03.flac")),
    "search": lambda one: one.search("The Glass Meridian"),
}


@pytest.mark.parametrize("asks", QUESTIONS)
def test_the_dump_says_what_the_service_says(folder, open_dumps, world, client, asks):
    """But for one title of the play: the search gives a longer one than the album has."""
    derived(folder, rating=r"\N", count=r"\N")
    dumped, asked = Dumped(open_dumps()), Asked(client, world.services["musicbrainz"])
    without = ("title",) if asks == "search" else ()
    said = facts(QUESTIONS[asks](dumped), *without)
    assert said == facts(QUESTIONS[asks](asked), *without)
    assert said


def test_every_row_names_the_archive_its_date_and_its_licence(open_dumps):
    for row in Dumped(open_dumps()).release(RELEASE, FILES, CODES).rows:
        assert row.answer.address == "file mbdump.tar.bz2"
        assert row.answer.digest.startswith("size:")
        assert "CC0" in row.answer.licence
        assert row.pointer


def test_ratings_are_brought_to_five_and_without_their_dump_unknown(folder, open_dumps):
    dumps = open_dumps()
    found = Dumped(dumps).release_group(GROUP)
    assert "musicbrainz_rating_votes" in {one.indicator for one in found.unknown}
    dumps.close()
    derived(folder, rating=90, count=4)
    numbers = {r.indicator: r.value for r in Dumped(open_dumps()).release_group(GROUP).rows}
    assert (numbers["musicbrainz_rating"], numbers["musicbrainz_rating_votes"]) == (4.5, 4.0)
    assert numbers["released"] == "2011-03-01"


def test_what_was_merged_leads_to_what_it_was_merged_into(folder, open_dumps):
    plain(folder, [[listen(1, OLD_RECORDING, OLD_RELEASE), listen(1, recording(1), RELEASE)]])
    dumps = open_dumps()
    dumped = Dumped(dumps)
    assert facts(dumped.release(OLD_RELEASE, FILES, CODES)) == facts(
        dumped.release(RELEASE, FILES, CODES)
    )
    assert facts(dumped.release_group(OLD_GROUP)) == facts(dumped.release_group(GROUP))
    assert dumped.releases_of(OLD_GROUP) == (RELEASE,)
    assert listeners(dumps, "release-group", OLD_GROUP)[OLD_GROUP, "listens"] == 2.0
    assert listeners(dumps, "recording", OLD_RECORDING, recording(1)) == {
        (OLD_RECORDING, "listeners"): 1.0, (OLD_RECORDING, "listens"): 2.0,
        (recording(1), "listeners"): 1.0, (recording(1), "listens"): 2.0,
    }  # fmt: skip


def test_what_is_no_soundtrack_is_not_kept(open_dumps):
    dumped = Dumped(open_dumps())
    assert dumped.release_group(OTHER_GROUP).rows == ()
    assert dumped.release("' OR 1=1 --", FILES, CODES).rows == ()
    assert dumped.search("Not of any film").rows == ()
    assert dumped.releases_of(GROUP) == (RELEASE,)


def listeners(dumps, kind, *mbids):
    found = dumped_popularity(dumps, kind, {one: Subject("album", one) for one in mbids})
    return {(r.subject.name, r.indicator.removeprefix("listenbrainz_own_")): r.value
            for r in found.rows}  # fmt: skip


MONTHS = [
    [listen(1, recording(1), RELEASE), listen(1, recording(1), RELEASE), listen(2, recording(1))],
    [listen(1, recording(1), RELEASE, mapped=True), listen(3, recording(999)), listen(3, "x", "y")],
]


@pytest.mark.parametrize("suffix", [".tar.zst", ".tar.xz"])
def test_a_person_counts_once_however_many_months_and_listens(folder, open_dumps, suffix):
    plain(folder, MONTHS, suffix=suffix)
    dumps = open_dumps()
    assert listeners(dumps, "recording", recording(1), recording(2)) == {
        (recording(1), "listeners"): 2.0, (recording(1), "listens"): 4.0,
    }  # fmt: skip
    assert listeners(dumps, "release-group", GROUP) == {
        (GROUP, "listeners"): 1.0, (GROUP, "listens"): 3.0,
    }  # fmt: skip


def test_what_nobody_heard_by_name_is_unknown_not_zero(folder, open_dumps):
    plain(folder, MONTHS)
    subjects = {recording(2): Subject("track", "b")}
    found = dumped_popularity(open_dumps(), "recording", subjects)
    assert found.rows == ()
    assert len(found.unknown) == 1


def test_an_incremental_dump_adds_to_the_full_one_before_it(folder, open_dumps):
    plain(folder, MONTHS)
    plain(folder, [[listen(8, recording(1))]], number=8, kind="incremental")
    plain(folder, [[listen(9, recording(1))]], number=6, kind="incremental")
    assert listeners(open_dumps(), "recording", recording(1))[recording(1), "listeners"] == 3.0


def test_the_matched_dump_is_read_before_the_plain_one(folder, open_dumps):
    plain(folder, MONTHS)
    spark(folder, [(n, recording(4), RELEASE) for n in (1, 2, 3)] + [(4, None, None)])
    dumps = open_dumps()
    assert listeners(dumps, "recording", recording(1)) == {}
    assert listeners(dumps, "release-group", GROUP)[GROUP, "listeners"] == 3.0


def test_of_several_full_dumps_the_newest_is_read():
    kinds = ((9, "full"), (10, "full"), (11, "incremental"), (2, "incremental"))
    names = [f"listenbrainz-listens-dump-{n}-20260101-000003-{one}.tar.zst" for n, one in kinds]
    assert listen_dumps([*names, "mbdump.tar.bz2"]) == (names[1], names[2])
    assert listen_dumps(["mbdump.tar.bz2"]) == ()


def test_the_dumps_are_read_once_and_again_when_they_change(folder, open_dumps):
    said = []
    open_dumps(said.append).close()
    open_dumps(said.append).close()
    assert len(said) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["mbdump.tar.bz2", SHELF_NAME]
    derived(folder)
    open_dumps(said.append).close()
    assert len(said) == 2


def test_a_damaged_shelf_is_made_again(folder, open_dumps):
    open_dumps().close()
    (folder / SHELF_NAME).write_bytes(b"not a database" * 1000)
    assert Dumped(open_dumps()).releases_of(GROUP) == (RELEASE,)


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize("suffix", [".tar.zst", ".tar.xz"])
def test_a_dump_cut_short_is_one_clear_line_and_leaves_nothing(folder, share, suffix):
    many = [[listen(n, recording(1 + n % 10), RELEASE) for n in range(4000)]]
    path = plain(folder, many, suffix=suffix)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(SourceError, match="is no whole tar archive") as told:
        Dumps(folder)
    assert "\n" not in str(told.value)
    assert not (folder / SHELF_NAME).exists()
    assert not [one for one in folder.iterdir() if one.is_dir()]


def wrong(folder):
    yield "is no whole tar archive", lambda: (folder / "mbdump.tar.bz2").write_bytes(b"nonsense")
    yield "is no whole tar archive", lambda: (folder / "mbdump.tar.bz2").write_bytes(b"")
    yield "has no table", lambda: packed(folder / "mbdump.tar.bz2", {"mbdump/artist": b""})
    yield "too few to be that table", lambda: core(folder, url=[(1, 2)])
    yield "cannot be read", lambda: core(folder, url=[(1, 2, 3), (1, 2)])
    yield "holds no listens", lambda: plain(folder, [])
    yield "cannot be read", lambda: broken_listens(folder)
    yield "has no mbdump.tar.bz2; download it", (folder / "mbdump.tar.bz2").unlink


def broken_listens(folder):
    name = "listenbrainz-listens-dump-7-20261101-000003-full"
    packed(folder / f"{name}.tar.zst", {f"{name}/listens/2026/1.listens": b'{"user_id": 1\nno\n'})


@pytest.mark.parametrize("at", range(8))
def test_a_wrong_dump_is_one_clear_line(folder, at):
    said, make = list(wrong(folder))[at]
    make()
    with pytest.raises(SourceError, match=said) as told:
        Dumps(folder)
    assert "\n" not in str(told.value)


def test_columns_that_a_later_schema_adds_do_no_harm(folder, open_dumps):
    core(folder, url=[(*row, "new", "newer") for row in tables()["url"]])
    assert Dumped(open_dumps()).release_group(GROUP).rows


def test_a_tab_in_a_title_comes_back_and_cannot_break_a_line():
    assert unescaped(r"a\tb\\n\x") == "a\tb\\nx"
    assert copied([("a", r"b\tc")]).count(b"\t") == 1


def test_a_hostile_title_is_one_line_of_bounded_length(folder, open_dumps):
    groups = tables()["release_group"]
    hostile = r"<script>\n" + "\u202e" + "x" * 5000
    core(folder, release_group=[(20, GROUP, hostile, *groups[0][3:])])
    (row,) = Dumped(open_dumps()).release_group(GROUP).said(ALBUM, "title")
    assert len(row.value) <= 300
    assert "\n" not in row.value
    assert "\u202e" not in row.value


def test_a_reference_takes_reach_and_two_voices_from_the_dumps(folder, open_dumps):
    derived(folder, count=3)
    plain(folder, MONTHS)
    of_it = ReferenceWork(IMDB, "The Glass Meridian", "film", 2011, numbers={"imdb_votes": 5.0})
    works = (of_it, evolve(of_it, identifier="tt0000001"))
    found = with_dumped(ReferenceSet("r", works, "IMDb", "none"), open_dumps())
    assert found.works[0].numbers == {
        "imdb_votes": 5.0, "releases": 1.0, "musicbrainz_rating_votes": 3.0,
        "listenbrainz_own_listeners": 1.0, "listenbrainz_own_listens": 3.0,
    }  # fmt: skip
    assert found.works[1].numbers == {"imdb_votes": 5.0}
    assert "CC0" in found.licence


def test_makers_are_told_by_identifier(open_dumps):
    found = Dumped(open_dumps()).release(RELEASE, {(1, 1): "a"}, {})
    (maker,) = found.said(Subject("track", "a"), "composer")
    assert (maker.value, maker.identifier) == ("Ada Vale", f"musicbrainz_artist:{COMPOSER}")
