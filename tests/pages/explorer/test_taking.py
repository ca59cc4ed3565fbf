"""What readers take along: offered where it belongs, made beforehand where nobody makes it."""

import io
import re
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import explored
import pytest
import soundtracks
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parents[2] / "questions"))

import films

from unsung.pages import explorer
from unsung.pages.explorer import FolderUrls
from unsung.pages.explorer.taking import album_offers, motif_offers, takings, track_offers


@pytest.fixture(scope="module")
def context():
    """The album beside a film, as the server shows it."""
    album = explored.album()
    return explored.context(soundtrack=evolve(album, film=films.film(album)))


@pytest.fixture(scope="module")
def published(context):
    return explorer.folder(context)


def links(text):
    """Where the links go that a browser keeps as files."""
    return re.findall(r'<a href="([^"]+)" download', text)


def words(offers):
    return {one.name: [it.word for it in one.downloads] for one in offers}


def test_every_page_has_what_belongs_to_it(context):
    api = "/a/the-skerry-light/api/export"
    assert f"{api}/motifs.m3u8" in links(explorer.album_page(context))
    assert f"{api}/sections.lrc?track=1" in links(explorer.track_page(context, 1))
    assert f"{api}/motifs.edl?motif=A" in links(explorer.motif_page(context, "A", 0))
    assert f"{api}/gems.m3u8" in links(explorer.gems_page(context))
    assert f"{api}/placements.chapters" in links(explorer.film_page(context))


def test_a_score_has_dezrann_and_nothing_that_needs_sound(context):
    offered = words(track_offers(context, context.soundtrack["3"]))
    assert "Dezrann" in offered
    assert not offered.keys() & {"LRC", "Chapters", "Chapter tags"}


def test_a_recording_has_no_labels_over_a_score(context):
    assert "Dezrann" not in words(track_offers(context, context.soundtrack["1"]))


def test_lines_of_motifs_are_offered_only_where_there_are_any(context):
    stated, hushed = (track_offers(context, context.soundtrack[at]) for at in ("1", "4"))
    assert words(stated)["LRC"] == ["motifs", "sections"]
    assert words(hushed)["LRC"] == ["sections"]


def test_what_no_player_could_open_is_no_playlist(context):
    soundtrack = context.soundtrack
    moved = {one.track.file: f"music.zip!{one.track.file}" for one in soundtrack.heard}
    heard = tuple(
        evolve(one, track=evolve(one.track, file=moved[one.track.file])) for one in soundtrack.heard
    )
    motif = soundtrack.motifs[0]
    places = tuple(evolve(one, track_file=moved[one.track_file]) for one in motif.occurrences)
    motif = evolve(motif, prototype=places[0], occurrences=places)
    archived = evolve(context, soundtrack=evolve(soundtrack, heard=heard, motifs=(motif,)))
    assert "Playlist" not in words(motif_offers(archived, motif))
    assert "Notation" in words(motif_offers(archived, motif))


def test_without_gems_or_a_film_there_is_nothing_of_them_to_take(context):
    bare = evolve(context, findings=(), soundtrack=evolve(context.soundtrack, film=None))
    assert not {one.what for one in takings(bare)} & {"gems", "placements", "unused"}
    assert links(explorer.gems_page(bare)) == []


def test_an_album_of_which_nothing_was_heard_is_published_too():
    empty = explored.context(soundtrack=soundtracks.soundtrack(title="Nothing"), findings=())
    assert explorer.folder(empty)["index.html"]


def test_a_published_folder_offers_what_it_holds_and_holds_what_it_offers(published):
    pages = [text.decode() for name, text in published.items() if name.endswith(".html")]
    offered = {unquote(link) for text in pages for link in links(text)}
    assert offered == {name for name in published if name.startswith("take/")}
    assert {name.split("/")[1] for name in offered} == {
        "m3u8", "edl", "wiki", "tilia", "csv", "json", "chapters", "chapter-tags", "lrc",
        "audacity", "dezrann", "midi", "musicxml", "mei",
    }  # fmt: skip


def test_no_two_links_of_a_folder_lead_to_one_file_for_different_things(context, published):
    held = [name for name in published if name.startswith("take/")]
    assert len(held) == len(takings(context))
    assert b"The round" not in published["take/wiki/motifs/motif A.motifs.wiki"]
    assert b"The round" in published["take/wiki/motifs/motif B.motifs.wiki"]
    assert b"The round" in published["take/wiki/motifs/motifs.wiki"]


def test_without_those_files_nothing_is_offered(context):
    assert album_offers(evolve(context, urls=FolderUrls(), can_write=False)) == ()


def test_nothing_that_is_said_in_the_film_and_no_whole_transcription_is_published(published):
    taken = {name: content for name, content in published.items() if name.startswith("take/")}
    assert not any(b"We go at dawn" in content for content in taken.values())
    assert not any("/notes/" in name or "dialogue" in name for name in taken)


def test_notation_of_a_motif_is_an_archive_with_a_file_for_each_place(published):
    archive = zipfile.ZipFile(io.BytesIO(published["take/musicxml/motifs/motifs A musicxml.zip"]))
    names = archive.namelist()
    assert names[:2] == ["motif A.musicxml", "motif A 01.musicxml"]
    assert len(set(names)) == len(names)


def test_the_same_album_is_published_as_the_same_bytes(context, published):
    again = explorer.folder(context)
    taken = [name for name in published if name.startswith("take/")]
    assert all(again[name] == published[name] for name in taken)
