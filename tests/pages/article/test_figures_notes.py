"""Motifs in notes: staves apart, columns kept, and each told by what became of it."""

import re
from xml.etree import ElementTree as ET

import pytest
import soundtracks
from attrs import evolve

from unsung.model.notes import Notes
from unsung.pages.article.figures import transformations
from unsung.pages.article.figures.staves import SPACE, staves_of
from unsung.pages.notation import Stave, occurrence_passage, picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def album():
    return soundtracks.small()


@pytest.fixture(scope="module")
def figure(album):
    return transformations(album, album.motifs[0])


def texts(figure):
    root = ET.fromstring(figure.svg)  # noqa: S314 (our own)
    return [one.text for one in root.iter(f"{SVG}text")]


def groups(figure):
    """The staves: how far each is moved, and how it is scaled."""
    moved = re.findall(r"translate\(8 (-?[\d.]+)\) scale\(([\d.]+)\)", figure.svg)
    return [(float(y), float(scale)) for y, scale in moved]


def engraved(album, count=2):
    motif = album.motifs[0]
    hearing = {one.track.file: one.hearing for one in album.heard}
    staves = [Stave(f"s{k}", occurrence_passage(hearing[one.track_file], one))
              for k, one in enumerate(motif.occurrences[:count])]  # fmt: skip
    return picture("two", staves)


def test_the_prototype_stands_above_at_most_three_of_its_transformations(figure):
    assert texts(figure)[0] == "Motif A in Overture 0:12"
    assert len(groups(figure)) == 4
    assert figure.caption.facts["beneath"].value == 3
    assert figure.caption.facts["at"].value == 12.0
    assert figure.caption.facts["track"].track_file == "01 track.ogg"


def test_all_staves_are_of_one_size_so_that_note_stands_under_note(figure):
    assert len({scale for _, scale in groups(figure)}) == 1


def test_each_is_told_by_what_became_of_it(figure):
    said = " ".join(texts(figure))
    assert "in the other mode" in said
    assert "an octave lower, in another rhythm" in said
    assert "2 notes added" in said


def test_what_was_added_or_moved_has_a_sign_beside_its_colour(figure):
    said = texts(figure)
    coloured = re.findall(r'<g class="fill-(accent|moved) stroke', figure.svg)
    assert said.count("+") == coloured.count("accent") == 2
    assert said.count("≠") == coloured.count("moved") >= 1
    assert "+ marks a note that was added" in figure.caption.words


def test_a_motif_that_never_changes_stands_alone(album):
    alone = evolve(album.motifs[0], occurrences=album.motifs[0].occurrences[:1])
    figure = transformations(album, alone)
    assert len(groups(figure)) == 1
    assert figure.caption.words == "{motif}, as it stands in {track} at {at}."


def test_a_motif_without_notes_has_no_figure(album):
    motif = album.motifs[0]
    bare = evolve(motif.prototype, notes=Notes.none(), pairs=())
    assert transformations(album, evolve(motif, prototype=bare, occurrences=(bare,))) is None


def test_of_a_long_line_only_the_beginning_is_shown_and_said_to_be(album):
    motif = album.motifs[0]
    tune = tuple((60 + 7 * k % 12, 0.5 + k % 2) for k in range(48))
    long = soundtracks.themes.stated("01 track.ogg", tune, 10.0)
    figure = transformations(album, evolve(motif, prototype=long, occurrences=(long,)))
    assert figure.caption.words.startswith("How {motif} begins")
    assert figure.description.count("♯") + figure.description.count("♭") >= 10
    scale = groups(figure)[0][1]
    assert 4 * SPACE * scale >= 24


def test_staves_are_taken_apart_from_the_upper_to_the_lower(album):
    staves = staves_of(engraved(album), "m")
    assert [staff.top for staff in staves.staves] == sorted(one.top for one in staves.staves)
    assert all(staff.bottom - staff.top >= 4 * SPACE for staff in staves.staves)
    upper, lower = staves.staves
    assert upper.bottom < lower.bottom
    assert all(staff.drawn.count("M0 ") == 5 for staff in staves.staves)


def test_no_note_is_lost_when_staves_are_taken_apart(album):
    whole = engraved(album)
    apart = staves_of(whole, "m")
    heads = re.compile(r"glyph-E0A[234]")
    inside = sum(len(heads.findall(staff.drawn)) for staff in apart.staves)
    assert inside == len(heads.findall(whole.drawing)) > 0


def test_nothing_is_drawn_beyond_the_reach_of_a_staff(album):
    for staff in staves_of(engraved(album), "m").staves:
        heights = [float(y) for y in re.findall(r"translate\(\S+ (-?[\d.]+)\)", staff.drawn)]
        assert heights
        assert staff.top <= min(heights)
        assert max(heights) <= staff.bottom
