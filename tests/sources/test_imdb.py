"""IMDb's files, read where they lie."""

import gzip

import pytest

from unsung.model.errors import SourceError
from unsung.model.world import WORK
from unsung.sources.imdb import ImdbFiles
from unsung.sources.reference_file import reference_in, reference_text
from unsung.sources.reference_set import imdb_works, with_counts, with_listeners

HEADS = (
    "tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres"
)
BASICS = r"""%s
tt0000001	movie	Early "Work	Early "Work	0	1999	\N	90	Drama
tt0000002	movie	Later Work	Later Work	0	2004	\N	\N	\N
tt0000003	tvSeries	A Series	A Series	0	2004	\N	\N	\N
tt0000004	tvEpisode	An Episode	An Episode	0	2003	\N	\N	\N
tt0000005	movie	No Year	No Year	0	\N	\N	\N	\N
tt7654321	movie	The Glass Meridian	The Glass Meridian	0	2011	\N	101	Drama
"""
BASICS = BASICS % "\t".join(HEADS.split())
RATINGS = """tconst	averageRating	numVotes
tt0000001	7.1	5000
tt0000002	6.0	2000
tt0000003	8.1	9000
tt0000005	5.0	7000
tt7654321	7.9	1500
"""
PRINCIPALS = r"""tconst	ordering	nconst	category	job	characters
tt0000001	1	nm0000001	composer	\N	\N
tt0000001	2	nm0000002	director	\N	\N
tt0000002	1	nm0000001	composer	\N	\N
tt0000002	2	nm0000002	director	\N	\N
tt0000003	1	nm0000003	actor	\N	["O'Neill"]
tt7654321	1	nm0000001	composer	\N	\N
tt7654321	2	nm0000002	director	\N	\N
"""
NAMES = r"""nconst	primaryName	birthYear	deathYear	primaryProfession	knownForTitles
nm0000001	Ada Vale	1970	\N	composer	\N
nm0000002	Ben Orr	\N	\N	director	\N
nm0000003	Someone	\N	\N	actor	\N
"""
TABLES = {
    "title.basics": BASICS,
    "title.ratings": RATINGS,
    "title.principals": PRINCIPALS,
    "name.basics": NAMES,
}


@pytest.fixture
def folder(tmp_path):
    there = tmp_path / "im'db"
    there.mkdir()
    for name, text in TABLES.items():
        (there / f"{name}.tsv.gz").write_bytes(gzip.compress(text.encode()))
    return there


@pytest.fixture
def files(folder):
    with ImdbFiles(folder) as opened:
        yield opened


def numbers(world):
    return {row.indicator: row.value for row in world.rows if isinstance(row.value, float)}


def test_votes_makers_and_what_they_did_before_without_looking_ahead(files):
    found = files.work("tt0000002")
    assert numbers(found) == {
        "imdb_votes": 2000.0, "imdb_rating": 6.0,
        "composer_prior_works": 1.0, "composer_prior_votes": 5000.0,
    }  # fmt: skip
    assert [(row.indicator, row.value) for row in found.rows if row.identifier] == [
        ("composer", "Ada Vale"),
        ("director", "Ben Orr"),
    ]
    assert found.said(WORK, "composer")[0].identifier == "imdb:nm0000001"


def test_a_work_that_nobody_rated_has_no_votes_rather_than_none(files):
    assert "imdb_votes" not in numbers(files.work("tt0000004"))


@pytest.mark.parametrize("title", ["tt9999999", "' OR 1=1 --", ""])
def test_what_is_not_there_says_nothing(files, title):
    assert files.work(title).rows == ()


def test_a_folder_without_the_files_says_where_they_are_from(tmp_path):
    with pytest.raises(SourceError, match=r"has no title.basics.tsv.gz; download it from"):
        ImdbFiles(tmp_path)


def test_a_file_that_is_no_table_is_one_clear_line(folder):
    (folder / "title.ratings.tsv.gz").write_bytes(b"not gzip at all")
    with ImdbFiles(folder) as opened, pytest.raises(SourceError, match="cannot be read"):
        opened.work("tt0000002")


def test_a_reference_holds_works_of_the_years_with_enough_votes(files):
    reference = imdb_works(files, range(1990, 2010), 1000)
    assert [work.title for work in reference.works] == ['Early "Work', "Later Work", "A Series"]
    assert [work.medium for work in reference.works] == ["film", "film", "series"]
    assert reference.works[1].composers == ("Ada Vale",)
    assert reference.works[1].numbers["composer_prior_votes"] == 5000.0
    assert "composer_prior_works" not in reference.works[2].numbers
    assert "no redistribution" in reference.licence


def test_a_reference_file_gives_back_what_was_written(files):
    reference = with_counts(
        imdb_works(files, range(1990, 2012), 1000),
        [("tt0000001", "lastfm_listeners", 12.0), ("tt9", "lastfm_listeners", 1.0)],
        "own.csv",
    )
    again = reference_in(reference_text(reference).encode(), "it")
    assert [work.identifier for work in again.works] == [w.identifier for w in reference.works]
    assert again.works[0].title == 'Early "Work'
    assert again.works[0].numbers == reference.works[0].numbers
    assert "lastfm_listeners" not in again.works[1].numbers
    assert (again.name, again.licence, again.synthetic) == (
        reference.name, reference.licence, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"# {}\n", b"a,b\n1,2\n", b'# {"name": 1}\nidentifier\nx\n', b"# [" * 9],
)
def test_another_file_is_no_reference_set(content):
    with pytest.raises(SourceError, match="is not a reference set"):
        reference_in(content, "it")


def test_listeners_are_joined_through_wikidata_year_by_year(files, world, client):
    albums = [
        {"imdb": {"value": "tt0000002"}, "rg": {"value": "11111111-1111-4111-8111-111111111111"},
         "language": {"value": "en"}, "links": {"value": "7"}},
        {"imdb": {"value": "tt0000001"}, "rg": {"value": "no identifier"}},
    ]  # fmt: skip
    servers_reply = {"results": {"bindings": albums}}
    from servers import Reply

    world.script("wikidata", Reply(servers_reply))
    reference = imdb_works(files, range(2004, 2006), 1000)
    found = with_listeners(
        reference, client, range(2004, 2006), world.services["wikidata"],
        world.services["listenbrainz"],
    )  # fmt: skip
    later = next(work for work in found.works if work.identifier == "tt0000002")
    assert later.numbers["listenbrainz_listeners"] == 321.0
    assert later.numbers["work_sitelinks"] == 7.0
    assert later.language == "en"
    assert len(world.asked("wikidata")) == 2
