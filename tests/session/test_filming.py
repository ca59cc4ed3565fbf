"""A film beside the album: known by its bytes, remembered, asked again only where it changed."""

import hashlib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "library"))

import made_films

from unsung.model.album import Album
from unsung.model.errors import LibraryError
from unsung.model.film import Placements
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Soundtrack
from unsung.session.filming import film_case, film_reasons, keep_film
from unsung.session.named_film import FilmWish, film_path, named_film
from unsung.session.watch import NobodyWatches
from unsung.store import Index, Known, Project, known


class Projector:
    """Stands for all that is told of a film; remembers what it was shown."""

    def __init__(self):
        self.shown = []

    def __call__(self, reel, memory):
        self.shown.append(reel)
        if reel.film.number:
            raise LibraryError(
                f"{reel.film.path.name}: there is no sound stream {reel.film.number}"
            )
        return FilmCase(reel.film.path.name, reel.film.digest, 60.0, Placements())


class Stages(NobodyWatches):
    def __init__(self):
        self.seen = []

    def compares(self, stage):
        self.seen.append(stage)


@pytest.fixture
def shown(tmp_path):
    """A way to keep a film in one project; what the projector showed, and the stages."""
    project = Project.made_at(tmp_path / "project")
    projector, stages = Projector(), Stages()
    (tmp_path / "film.mkv").write_bytes(b"a film")
    (tmp_path / "film.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHello.\n")

    def keep(wish):
        with Index(project.index_path) as index:
            index.keep_word("place", str(tmp_path))
            index.keep_word("unheard", [])
            keep_film(
                project, index, lambda: Soundtrack(Album("A", ()), ()), wish, projector, stages
            )
            return film_case(project, index), index.word("unheard")

    keep.projector, keep.stages, keep.folder = projector, stages, tmp_path
    return keep


def test_without_a_film_nothing_is_asked(shown):
    assert shown(None) == (None, [])
    assert not shown.projector.shown


def test_a_film_is_known_by_its_bytes_and_remembered_without_its_folder(shown):
    film, _ = shown(FilmWish(shown.folder / "film.mkv", shown.folder / "film.srt", number=0))
    assert film.name == "film.mkv"
    assert film.digest == hashlib.sha256(b"a film").hexdigest()
    assert str(shown.folder) not in repr(film)
    (line,) = shown.projector.shown[0].lines
    assert line.text == "Hello."


def test_a_film_named_once_is_shown_again_and_its_bytes_are_not_read_again(shown):
    shown(FilmWish(shown.folder / "film.mkv", shown.folder / "film.srt", number=0))
    again, _ = shown(None)
    assert again is not None
    assert shown.stages.seen.count("filming.recognising_the_film") == 1
    assert shown.projector.shown[1].lines == shown.projector.shown[0].lines


def test_a_film_that_changed_is_read_again(shown):
    shown(FilmWish(shown.folder / "film.mkv", number=0))
    (shown.folder / "film.mkv").write_bytes(b"another film")
    film, _ = shown(None)
    assert film.digest == hashlib.sha256(b"another film").hexdigest()


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (lambda folder: FilmWish(folder / "film.mkv", number=3), "no sound stream 3"),
        (lambda folder: FilmWish(folder / "nowhere.mkv", number=0), "--film"),
        (
            lambda folder: FilmWish(folder / "film.mkv", folder / "film.mkv", number=0),
            "tells no story",
        ),
    ],
)
def test_what_cannot_be_read_is_one_line_and_what_was_told_before_stays(shown, wish, words):
    before, _ = shown(FilmWish(shown.folder / "film.mkv", number=0))
    after, unheard = shown(wish(shown.folder))
    assert after == before
    (one,) = unheard
    assert words in one["reason"]
    assert Path(one["file"]).name == one["file"]


def lasts_s(name: str) -> float:
    """A stage that stands for the first one."""
    return float(len(name))


def doubled_s(first_s: float) -> float:
    """And one that follows from it."""
    return 2 * first_s


def asking(reel, memory):
    first = memory.ask(lasts_s, Known(reel.film.digest, lambda: reel.film.path.name))
    second = memory.ask(doubled_s, known(first.value))
    return FilmCase(reel.film.path.name, reel.film.digest, second.value, Placements())


@pytest.fixture
def asked(shown):
    """What would be asked again of a film, after it was heard; and its project folder."""
    project = Project.made_at(shown.folder / "project")

    def heard():
        return Soundtrack(Album("A", ()), ())

    def again(beside=asking):
        with Index(project.index_path) as index:
            return [
                (one.file, one.stage, one.because)
                for one in film_reasons(project, index, heard, beside)
            ]

    with Index(project.index_path) as index:
        index.keep_word("place", str(shown.folder))
        wish = FilmWish(shown.folder / "film.mkv", number=0)
        keep_film(project, index, heard, wish, asking, NobodyWatches())
    again.folder = shown.folder
    return again


def test_of_a_film_that_was_heard_nothing_would_be_asked_again(asked):
    assert asked() == []


def test_an_answer_that_is_gone_is_asked_again_and_what_follows_from_it(asked):
    for answer in (asked.folder / "project" / "answers").glob("*/*.json"):
        answer.unlink()
    assert asked() == [
        ("film.mkv", "test_filming.lasts_s", "its answer is no longer in the project folder"),
        ("film.mkv", "all after it", "it follows from test_filming.lasts_s"),
    ]


def test_a_question_that_was_never_put_is_told(asked):
    def more(reel, memory):
        case = asking(reel, memory)
        memory.ask(doubled_s, known(5.0))
        return case

    assert asked(more) == [("film.mkv", "test_filming.doubled_s", "its first_s is another")]


@pytest.mark.parametrize(("what", "words"), [("gone", "not there"), ("changed", "has changed")])
def test_a_film_that_is_gone_or_another_is_the_reason_itself(asked, what, words):
    film = asked.folder / "film.mkv"
    film.unlink() if what == "gone" else film.write_bytes(b"another film")
    ((file, stage, because),) = asked()
    assert (file, stage) == ("film.mkv", "filming.recognising_the_film")
    assert words in because


def test_without_a_film_there_is_nothing_to_ask(tmp_path):
    project = Project.made_at(tmp_path / "project")
    with Index(project.index_path) as index:
        assert list(film_reasons(project, index, lambda: None, asking)) == []
        assert named_film(index) is None
    assert film_path(tmp_path / "nowhere", None) is None


def test_a_language_decides_which_sound_is_heard_and_the_number_is_remembered(shown):
    made_films.film(
        shown.folder / "film.mkv", "-c:a", "flac", lasts_s=0.5, picture=False, sounds=("en", "de")
    )
    wish = FilmWish(shown.folder / "film.mkv", language="German")
    _, unheard = shown(wish)
    (one,) = unheard
    assert "no sound stream 1" in one["reason"], "the projector was shown the second"
    shown(FilmWish(shown.folder / "film.mkv", language="English"))
    shown(None)
    assert shown.projector.shown[-1].film.number == 0
