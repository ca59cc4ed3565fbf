"""A film beside the album: known by its bytes, remembered, asked again only where it changed."""

import hashlib
from pathlib import Path

import pytest

from unsung.model.album import Album
from unsung.model.errors import LibraryError
from unsung.model.film import Placements
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Soundtrack
from unsung.session.filming import FilmWish, film_case, keep_film
from unsung.session.watch import NobodyWatches
from unsung.store import Index, Project


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
    film, _ = shown(FilmWish(shown.folder / "film.mkv", shown.folder / "film.srt"))
    assert film.name == "film.mkv"
    assert film.digest == hashlib.sha256(b"a film").hexdigest()
    assert str(shown.folder) not in repr(film)
    (line,) = shown.projector.shown[0].lines
    assert line.text == "Hello."


def test_a_film_named_once_is_shown_again_and_its_bytes_are_not_read_again(shown):
    shown(FilmWish(shown.folder / "film.mkv", shown.folder / "film.srt"))
    again, _ = shown(None)
    assert again is not None
    assert shown.stages.seen.count("filming.digest") == 1
    assert shown.projector.shown[1].lines == shown.projector.shown[0].lines


def test_a_film_that_changed_is_read_again(shown):
    shown(FilmWish(shown.folder / "film.mkv"))
    (shown.folder / "film.mkv").write_bytes(b"another film")
    film, _ = shown(None)
    assert film.digest == hashlib.sha256(b"another film").hexdigest()


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (lambda folder: FilmWish(folder / "film.mkv", number=3), "no sound stream 3"),
        (lambda folder: FilmWish(folder / "nowhere.mkv"), "--film"),
        (lambda folder: FilmWish(folder / "film.mkv", folder / "film.mkv"), "tells no story"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_what_was_told_before_stays(shown, wish, words):
    before, _ = shown(FilmWish(shown.folder / "film.mkv"))
    after, unheard = shown(wish(shown.folder))
    assert after == before
    (one,) = unheard
    assert words in one["reason"]
    assert Path(one["file"]).name == one["file"]
