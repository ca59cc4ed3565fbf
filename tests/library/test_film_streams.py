"""Which of a film's sounds is meant: by number, by language in any spelling, by the file's mark."""

import subprocess

import made_films
import pytest

from unsung.library.film_streams import film_streams, listed, meant_stream
from unsung.library.film_subtitles import inner_subtitles, subtitles_text
from unsung.library.languages import language_name, same_language
from unsung.model.errors import LibraryError


@pytest.fixture(scope="module")
def dubbed(tmp_path_factory):
    """English, German marked as the default, German once more as a commentary."""
    path = tmp_path_factory.mktemp("dubbed") / "film.mkv"
    marks = ["-disposition:a:0", "0", "-disposition:a:1", "default", "-disposition:a:2", "0"]
    title = ["-metadata:s:a:2", "title=Commentary"]
    sounds = ("eng", "deu", "ger")
    return made_films.film(
        path, "-c:a", "flac", lasts_s=0.5, picture=False, sounds=sounds, more=(*marks, *title)
    )


@pytest.mark.parametrize("spelled", ["de", "DEU", "ger", "German", "de-AT"])
def test_a_language_is_known_in_every_spelling(dubbed, spelled):
    assert meant_stream(dubbed, spelled).number == 1


def test_without_a_wish_the_default_of_the_file_is_taken(dubbed):
    assert meant_stream(dubbed).number == 1
    assert meant_stream(dubbed, "en").number == 0


def test_a_language_that_is_not_there_is_told_with_those_that_are(dubbed):
    with pytest.raises(LibraryError, match=r"no sound in French.*0 \(English, mono\).*--stream"):
        meant_stream(dubbed, "fr")


def test_streams_are_listed_in_words(dubbed):
    assert listed(film_streams(dubbed)) == (
        "0 (English, mono), 1 (German, mono), 2 (German, Commentary, mono)"
    )


def test_a_language_nobody_knows_is_called_as_it_is_and_none_is_none():
    assert language_name("tlh") == "tlh"
    assert language_name("und") == ""
    assert not same_language("und", "zxx")


@pytest.fixture(scope="module")
def subtitled(tmp_path_factory):
    """English and German sound, subtitles in both, and forced ones before them."""
    folder = tmp_path_factory.mktemp("subtitled")
    for name, words in (("signs", "INN"), ("en", "We go at dawn."), ("de", "Morgen früh.")):
        (folder / f"{name}.srt").write_text(f"1\n00:00:00,100 --> 00:00:00,400\n{words}\n")
    plain = made_films.film(
        folder / "plain.mkv", "-c:a", "flac", lasts_s=0.5, picture=False, sounds=("eng", "deu")
    )
    texts = [word for name in ("signs", "en", "de") for word in ("-i", f"{name}.srt")]
    maps = ["-map", "0", "-map", "1", "-map", "2", "-map", "3", "-c", "copy", "-c:s", "srt"]
    tags = ["-metadata:s:s:0", "language=eng", "-disposition:s:0", "forced"]
    tags += ["-metadata:s:s:1", "language=eng", "-metadata:s:s:2", "language=ger"]
    film = folder / "film.mkv"
    asked = ["ffmpeg", "-v", "error", "-i", plain.name, *texts, *maps, *tags, film.name]
    subprocess.run(asked, cwd=folder, check=True)
    return film


@pytest.mark.parametrize(("sound", "number", "says"), [(0, 1, "We go"), (1, 2, "Morgen")])
def test_subtitles_inside_go_with_the_language_of_the_sound(subtitled, sound, number, says):
    found = inner_subtitles(subtitled, sound)
    assert found.number == number
    assert says in subtitles_text(subtitled, number)
    assert inner_subtitles(subtitled, 0, "de").words == "2 (German)"


def test_a_language_without_subtitles_has_none_and_neither_has_a_film_that_holds_none(
    subtitled, dubbed
):
    assert inner_subtitles(subtitled, 0, "fr") is None
    assert inner_subtitles(dubbed, 0) is None
    assert inner_subtitles(dubbed.with_name("gone.mkv"), 0) is None
    assert subtitles_text(dubbed, 0) == ""
