"""What the terminal takes and says of a film."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parents[1] / "questions"))

import films
import heard_albums as albums

from unsung.cli.film import film_lines, film_wish, tell_of_films
from unsung.model.errors import SettingsError
from unsung.model.film import Placements, Speed
from unsung.model.time import Span
from unsung.model.unplaced import Unplaced, UnplacedStretch
from unsung.session.named_film import FilmWish, NamedFilm, keep_named
from unsung.store import Index, Project


def test_without_a_film_there_is_no_wish_and_nothing_that_belongs_to_one(tmp_path):
    assert film_wish(None, None, None, None) is None
    with pytest.raises(SettingsError, match="--film"):
        film_wish(None, tmp_path / "s.srt", None, None)
    with pytest.raises(SettingsError, match="--film"):
        film_wish(None, None, None, 0)
    with pytest.raises(SettingsError, match="--film"):
        film_wish(None, None, None, None, "de")


def test_several_sound_streams_are_told_and_the_first_is_taken(tmp_path, capsys):
    soundfile.write(tmp_path / "a.wav", np.zeros(8000), 8000)
    words = ["-i", "a.wav", "-map", "0", "-map", "0", "-metadata:s:a:1", "language=fra", "f.mkv"]
    subprocess.run(["ffmpeg", "-v", "error", *words], cwd=tmp_path, check=True)
    assert film_wish(tmp_path / "f.mkv", None, None, None).number is None
    (said,) = capsys.readouterr().err.splitlines()
    assert "1 (French, mono)" in said
    assert "0 is taken, the default of the file: another with --film-language or --stream" in said
    assert film_wish(tmp_path / "f.mkv", None, None, 1).number == 1
    assert film_wish(tmp_path / "f.mkv", None, None, None, "fr").language == "fr"
    assert not capsys.readouterr().err


def test_a_film_among_the_music_is_told_unless_one_is_named(tmp_path, capsys):
    words = ["-f", "lavfi", "-i", "testsrc=size=32x32:rate=4:duration=1", "film.mp4"]
    subprocess.run(["ffmpeg", "-v", "error", *words], cwd=tmp_path, check=True)
    (tmp_path / "sound.mp4").write_bytes(b"")
    tell_of_films(tmp_path, tmp_path / "unsung")
    (said,) = capsys.readouterr().err.splitlines()
    assert said == "film.mp4 holds a moving picture; if it is the film, name it: --film"
    with Index(Project.made_at(tmp_path / "unsung").index_path) as index:
        named = NamedFilm(tmp_path / "film.mp4", 0, "ab", (1, 1))
        keep_named(index, FilmWish(named.path), named)
    tell_of_films(tmp_path, tmp_path / "unsung")
    assert not capsys.readouterr().err


def test_what_was_found_is_one_line_and_subtitles_of_another_cut_another():
    film = films.film(albums.eight())
    assert list(film_lines(film)) == ["skerry.mkv: 3 uncut pieces of 2 tracks were found in it"]
    late = evolve(film, speech=evolve(film.speech, delay_s=-3.6))
    assert list(film_lines(late))[1] == (
        "skerry.mkv: its subtitles come 3.6 s late; they were moved"
    )


def test_reels_at_other_speeds_are_one_line_and_a_drift_is_too():
    film = films.film(albums.eight())
    first, *others = sorted(film.placements.placements, key=lambda one: one.film_span)

    def lines(ratio):
        found = (first, *(evolve(one, speed=Speed(ratio)) for one in others))
        return list(film_lines(evolve(film, placements=Placements(found))))

    assert "as on the album" in lines(25 / 24)[1]
    assert "4.17 % faster" in lines(25 / 24)[1]
    assert "100 millionths" in lines(1.0001)[1]
    assert len(lines(1.0)) == 1


def test_a_film_that_has_nothing_to_do_with_the_album_is_said_so():
    (line,) = film_lines(films.without_music(albums.eight()))
    assert line == "other.mkv: no music of this album was found in it"


def test_music_with_no_source_is_a_line_of_its_own():
    other = Unplaced((UnplacedStretch(Span(10, 70), 0.9), UnplacedStretch(Span(90, 110), 0.9)))
    film = evolve(films.without_music(albums.eight()), unplaced=other)
    assert list(film_lines(film))[1] == "other.mkv: 1:20 of music with no source, in 2 places"
