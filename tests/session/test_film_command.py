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

from unsung.cli.film import film_lines, film_wish
from unsung.model.errors import SettingsError
from unsung.model.time import Span
from unsung.model.unplaced import Unplaced, UnplacedStretch


def test_without_a_film_there_is_no_wish_and_nothing_that_belongs_to_one(tmp_path):
    assert film_wish(None, None, None, None) is None
    with pytest.raises(SettingsError, match="--film"):
        film_wish(None, tmp_path / "s.srt", None, None)
    with pytest.raises(SettingsError, match="--film"):
        film_wish(None, None, None, 0)


def test_several_sound_streams_are_told_and_the_first_is_taken(tmp_path, capsys):
    soundfile.write(tmp_path / "a.wav", np.zeros(8000), 8000)
    words = ["-i", "a.wav", "-map", "0", "-map", "0", "-metadata:s:a:1", "language=fra", "f.mkv"]
    subprocess.run(["ffmpeg", "-v", "error", *words], cwd=tmp_path, check=True)
    assert film_wish(tmp_path / "f.mkv", None, None, None).number == 0
    said = capsys.readouterr().err
    assert "1 (fra" in said
    assert "0 is taken" in said
    assert film_wish(tmp_path / "f.mkv", None, None, 1).number == 1
    assert not capsys.readouterr().err


def test_what_was_found_is_one_line_and_subtitles_of_another_cut_another():
    film = films.film(albums.eight())
    assert list(film_lines(film)) == ["skerry.mkv: 3 uncut pieces of 2 tracks were found in it"]
    late = evolve(film, speech=evolve(film.speech, delay_s=-3.6))
    assert list(film_lines(late))[1] == (
        "skerry.mkv: its subtitles come 3.6 s late; they were moved"
    )


def test_a_film_that_has_nothing_to_do_with_the_album_is_said_so():
    (line,) = film_lines(films.without_music(albums.eight()))
    assert line == "other.mkv: no music of this album was found in it"


def test_music_with_no_source_is_a_line_of_its_own():
    other = Unplaced((UnplacedStretch(Span(10, 70), 0.9), UnplacedStretch(Span(90, 110), 0.9)))
    film = evolve(films.without_music(albums.eight()), unplaced=other)
    assert list(film_lines(film))[1] == "other.mkv: 1:20 of music with no source, in 2 places"
