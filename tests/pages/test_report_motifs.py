"""Motifs on the page: in words that a listener knows, and nothing that was not found."""

import re
import time

import pytest
import soundtracks
import themes
from attrs import evolve
from test_report_page import Page

from unsung.model.notes import Notes
from unsung.model.time import Span
from unsung.pages.figures.motif_map import AlbumAxis, Mark, motif_lane, motifs_lane
from unsung.pages.report import ReportContext, report
from unsung.pages.report import motif_words as say


@pytest.fixture(scope="module")
def album():
    return soundtracks.small()


@pytest.fixture(scope="module")
def html(album):
    addresses = {heard.track.file: f"../{heard.track.file}" for heard in album.heard}
    return report(ReportContext(album, "0.1.0", addresses))


@pytest.mark.parametrize(
    ("semitones", "words"),
    [
        (0, "at the same pitch"),
        (5, "a perfect fourth higher"),
        (-3, "a minor third lower"),
        (12, "an octave higher"),
        (-12, "an octave lower"),
        (19, "an octave and a perfect fifth higher"),
        (-24, "two octaves lower"),
    ],
)
def test_transposition_is_an_interval(semitones, words):
    assert say.interval(semitones) == words


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (1.01, "at the same tempo"),
        (2.03, "twice as fast"),
        (0.5, "half as fast"),
        (1.08, "a little faster (1.08 times the tempo)"),
        (0.75, "slower (0.75 times the tempo)"),
    ],
)
def test_tempo_is_told_as_a_musician_would(ratio, words):
    assert say.tempo(ratio) == words


def test_confidence_has_a_word_and_a_number():
    assert say.confidence(0.97) == "almost certain (0.97)"
    assert say.confidence(0.3) == "doubtful (0.30)"


def test_changes_count_what_was_added_and_left_out(album):
    motif = album.motifs[0]
    assert say.changes(motif, motif.occurrences[2]) == "adorned, 2 notes added"
    assert say.changes(motif, motif.occurrences[4]) == "as a fragment, 3 notes left out"


def test_what_is_counted_is_not_said_twice(album):
    motif = album.motifs[0]
    shortened = evolve(motif.occurrences[4], changes=("left out",))
    assert say.changes(motif, shortened) == "3 notes left out"
    assert say.changes(motif, evolve(shortened, pairs=())) == "with notes left out"


def test_the_page_tells_every_occurrence_and_plays_it(album, html):
    page = Page(html)
    links = [one for one in page.all_of("a") if "data-track" in one]
    spans = {(one["data-track"], one["data-from"], one.get("data-until")) for one in links}
    for motif in album.motifs:
        for one in motif.occurrences:
            track = f"track-{int(one.track_file[:2])}"
            assert (track, f"{one.span.start_s:.3f}", f"{one.span.end_s:.3f}") in spans
    assert all("#t=" in one["href"] for one in links)


def test_the_page_says_what_became_of_a_motif(html):
    for words in (
        "a perfect fourth higher",
        "faster (1.50 times the tempo)",
        "half as fast",
        "in the other mode",
        "an octave lower",
        "almost certain (0.97)",
        "Motif B: The round",
    ):
        assert words in html


def test_nothing_is_called_a_leitmotif(html):
    assert "leitmotif" not in html.lower()


def test_ids_on_the_page_are_unique(html):
    ids = [tag["id"] for _, tag in Page(html).tags if "id" in tag]
    assert len(ids) == len(set(ids))


def test_every_glyph_that_is_used_is_held_by_the_page(html):
    page = Page(html)
    held = {tag["id"] for _, tag in page.tags if "id" in tag}
    assert {one["href"][1:] for one in page.all_of("use")} <= held


def test_an_album_without_motifs_says_so(album):
    page = report(ReportContext(evolve(album, motifs=()), "0.1.0"))
    assert "No motif found" in page
    assert "motif-part" not in Page(page).texts_in("article")


def test_without_sound_there_is_nothing_to_click(album):
    html = report(ReportContext(album, "0.1.0"))
    assert not [one for one in Page(html).all_of("a") if "data-track" in one]
    assert "Click an occurrence" not in html
    assert 'data-act="row"' not in html


def test_where_a_browser_seeks_roughly_the_motifs_say_so(album, html):
    said = "may land a second or more beside an occurrence"
    rough = {heard.track.file: f"../{heard.track.position}.mp3" for heard in album.heard}
    assert said in report(ReportContext(album, "0.1.0", rough))
    assert said not in html


def test_an_occurrence_without_notes_is_listed_without_notation(album):
    first = album.motifs[0]
    bare = [evolve(one, notes=Notes.none(), pairs=()) for one in first.occurrences]
    motif = evolve(first, prototype=bare[0], occurrences=tuple(bare))
    page = report(ReportContext(evolve(album, motifs=(motif,)), "0.1.0"))
    assert "Its notes could not be told." in page


def test_the_album_axis_lays_tracks_end_to_end():
    axis = AlbumAxis((60.0, 30.0, 10.0))
    assert axis.starts_s == (0, 60, 90)
    assert axis.span(1, Span(5, 10)) == Span(65, 70)
    assert axis.span(2, Span(9.9, 25)) == Span(99.9, 100)


def test_a_mark_stands_where_its_track_stands():
    axis = AlbumAxis((60.0, 40.0))
    mark = Mark(axis.span(1, Span(10, 20)), 0.4, "A", "track-2", Span(10, 20), "two.ogg#t=10,20")
    lane = motif_lane("A", 1, "A", [mark], axis)
    assert 'x="70%"' in lane
    assert 'width="10%"' in lane


def test_what_is_less_sure_is_fainter_unless_a_person_confirmed_it():
    axis = AlbumAxis((60.0,))
    sure, unsure, said, refused = (
        motif_lane("A", 0, "A", [Mark(Span(1, 9), value, "A", "t", Span(1, 9), "", said)], axis)
        for value, said in ((0.95, ""), (0.4, ""), (0.4, "confirmed"), (0.4, "rejected"))
    )
    faint = [float(re.search(r'fill-opacity="([.\d]+)"', one)[1]) for one in (sure, unsure, said)]
    assert faint[1] < faint[0] < faint[2] == 1
    assert 'class="occurrence rejected"' in refused


def test_motifs_that_sound_together_stand_in_rows_of_their_own():
    axis = AlbumAxis((60.0,)).time
    both = [(0, "A", Span(0, 10)), (1, "B", Span(5, 15)), (0, "A", Span(10, 20))]
    lane = motifs_lane("both", both, axis)
    assert lane.count('y="0"') == 2
    assert lane.count('y="22"') == 1


def crowded(album, motifs, occurrences):
    """As many motifs as wanted, each stated as often as wanted and always changed."""
    files = [one.track.file for one in album.heard[:3]]
    first = themes.call(files).occurrences[5]
    stated = tuple(
        evolve(first, track_file=files[k % 3], span=Span(2.0 * k, 2.0 * k + 4))
        for k in range(occurrences)
    )
    motif = evolve(themes.call(files), occurrences=stated)
    return evolve(album, motifs=tuple(evolve(motif, label=f"M{k}") for k in range(motifs)))


def test_a_page_of_many_motifs_stays_of_a_size_to_send_and_is_made_soon(album):
    bare = len(report(ReportContext(evolve(album, motifs=()), "0.1.0")))
    addresses = {heard.track.file: f"../{heard.track.file}" for heard in album.heard}
    began = time.process_time()
    page = report(ReportContext(crowded(album, 14, 40), "0.1.0", addresses))
    assert time.process_time() - began < 20
    assert len(page) - bare < 2_500_000
    assert page.count('class="motif-part"') == 14
    assert page.count('class="scroll engraving compared"') == 14 * 4
    assert page.count("36 more changed occurrences without notation here") == 14


def test_one_motif_is_told_in_the_singular(album):
    page = report(ReportContext(crowded(album, 1, 2), "0.1.0"))
    assert "1 musical idea that comes back, 2 occurrences in all." in page
