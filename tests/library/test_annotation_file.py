"""Annotations on disk: nothing is lost, everything can be undone, two people's files merge."""

import itertools
import json
from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from unsung.library.annotation_file import (
    Entry,
    annotations_path,
    entries,
    keep_entries,
    missing,
    undone,
)
from unsung.library.web_annotation import (
    annotation_of,
    collection_of,
    items_of,
    later,
    plain_text,
    w3c_of,
)
from unsung.model.annotation import MOST_TEXT, Annotation, Target, newest, standing
from unsung.model.errors import LibraryError

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
TARGET = Target("urn:unsung:sound:ab", "First Light", (12.4, 18.9))


def _id(k):
    return f"urn:uuid:00000000-0000-7000-8000-{k:012x}"


def _instant(k):
    return f"2026-01-01T00:00:{k:02d}.000Z"


def _annotation(k=1, text="A solo flute!", modified=1, **more):
    return Annotation(_id(k), TARGET, text, "Ada", _instant(0), _instant(modified), **more)


VERSIONS = st.builds(
    _annotation,
    k=st.integers(1, 3),
    text=st.sampled_from(("A flute!", "Nein, Öboe", "竹笛", "<b>")),
    modified=st.integers(0, 4),
    is_removed=st.booleans(),
)


@given(st.lists(VERSIONS, max_size=6), st.lists(VERSIONS, max_size=6))
def test_two_peoples_annotations_merge_to_the_same_whichever_comes_first(ours, theirs):
    assert newest([*ours, *theirs]) == newest([*theirs, *ours])
    assert newest([*ours, *theirs, *ours]) == newest([*ours, *theirs])
    assert newest([*newest(ours).values(), *newest(theirs).values()]) == newest([*ours, *theirs])


@given(st.lists(VERSIONS, max_size=6))
def test_what_is_written_is_what_is_read(versions):
    read = [annotation_of(json.loads(json.dumps(w3c_of(one)))) for one in versions]
    assert read == [evolve(one, text="") if one.is_removed else one for one in versions]


@pytest.mark.parametrize("times_s", [(), (0.0,), (12.4,), (12.4, 18.9), (0.001, 999_999.999)])
def test_whole_tracks_moments_and_stretches_come_back_exactly(times_s):
    one = evolve(_annotation(), target=evolve(TARGET, times_s=times_s))
    assert annotation_of(w3c_of(one)).target.times_s == times_s


def test_an_annotation_is_written_as_the_recommendation_says():
    plain = w3c_of(_annotation())
    assert plain["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert plain["type"] == "Annotation"
    assert plain["body"]["type"] == "TextualBody"
    selector = plain["target"]["selector"]
    assert selector["conformsTo"] == "http://www.w3.org/TR/media-frags/"
    assert selector["value"] == "t=12.4,18.9"
    collection = collection_of([_annotation()])
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == 1


def test_annotations_of_other_programs_are_understood():
    foreign = {
        "id": "http://example.org/anno7",
        "type": "Annotation",
        "motivation": ["questioning"],
        "creator": "Ben",
        "created": "2015-10-13T13:00:00+02:00",
        "body": "<b>Why?</b>",
        "target": "http://example.org/track1.mp3#t=npt:10,20",
    }
    one = annotation_of(foreign)
    assert one == annotation_of(foreign), "the id that it gets is always the same"
    assert one.id.startswith("urn:uuid:")
    assert (one.text, one.creator, one.motivation) == ("<b>Why?</b>", "Ben", "questioning")
    assert one.created == one.modified == "2015-10-13T11:00:00.000Z"
    assert one.target.times_s == (10.0, 20.0)


def test_a_collection_a_page_a_list_and_a_single_one_are_read_alike():
    plain = w3c_of(_annotation())
    for holder in (collection_of([_annotation()]), {"items": [plain]}, [plain], plain):
        assert [annotation_of(one) for one in items_of(holder)] == [_annotation()]


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": 7},
        {"target": None},
        {"target": {}},
        {"target": {"source": "x" * 300}},
        {"target": {"source": "x", "selector": {"value": "t=20,10"}}},
        {"target": {"source": "x", "selector": {"value": "t=9999999"}}},
        {"modified": "yesterday"},
        {"modified": 7},
        {"created": "2026-13-01"},
        {"body": {"value": 7}},
        {"body": "x" * (MOST_TEXT + 1)},
        {"creator": {"name": "x" * 300}},
    ],
)
def test_what_is_no_annotation_is_refused_in_one_line(change):
    with pytest.raises(LibraryError) as caught:
        annotation_of(w3c_of(_annotation()) | change)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("plain", [None, 7, "x", [], {}, {"items": 7}])
def test_nothing_that_json_can_hold_makes_it_crash(plain):
    with pytest.raises(LibraryError):
        annotation_of(plain)


def test_signs_that_turn_text_around_or_move_a_cursor_are_left_out():
    assert plain_text("a\u202eb\x1b[31mc\ud800\ufeffd\r\ne\0") == "ab[31mcd\ne"


def test_a_file_that_is_not_there_holds_nothing(tmp_path):
    assert entries(tmp_path / "annotations.jsonl") == ()


def test_it_lies_beside_the_music_or_in_the_project_that_does_not(tmp_path):
    assert annotations_path(tmp_path / "unsung") == tmp_path / "annotations.jsonl"
    assert annotations_path(tmp_path / "else") == tmp_path / "else" / "annotations.jsonl"


def test_lines_are_only_ever_added(tmp_path):
    path = tmp_path / "annotations.jsonl"
    keep_entries(path, [Entry(_annotation())])
    before = path.read_bytes()
    keep_entries(path, [Entry(_annotation(text="A flute, alone.", modified=2))])
    assert path.read_bytes().startswith(before)
    assert [one.annotation.text for one in entries(path)] == ["A solo flute!", "A flute, alone."]


def test_a_line_that_a_crash_cut_short_is_passed_over_and_written_over(tmp_path):
    path = tmp_path / "annotations.jsonl"
    keep_entries(path, [Entry(_annotation(1))])
    with path.open("ab") as file:
        file.write('{"annotation": {"id": "urn:uuid:ü'.encode()[:-1])
    assert len(entries(path)) == 1
    keep_entries(path, [Entry(_annotation(2))])
    assert [one.annotation.id for one in entries(path)] == [_id(1), _id(2)]


def test_a_long_line_cut_short_is_found_too(tmp_path):
    path = tmp_path / "annotations.jsonl"
    keep_entries(path, [Entry(_annotation(1))])
    with path.open("ab") as file:
        file.write(b"x" * 200_000)
    keep_entries(path, [Entry(_annotation(2))])
    assert len(entries(path)) == 2


@pytest.mark.parametrize("line", ["7", "{}", '{"annotation": 7}', "[", "[" * 10_000])
def test_a_damaged_line_is_named_with_its_number(tmp_path, line):
    path = tmp_path / "annotations.jsonl"
    keep_entries(path, [Entry(_annotation())])
    with path.open("a") as file:
        file.write(line + "\n")
    with pytest.raises(LibraryError, match="line 2"):
        entries(path)


def test_what_is_known_is_not_joined_twice():
    known = [Entry(_annotation(1, modified=2)), Entry(_annotation(2))]
    theirs = [_annotation(1, "Older.", modified=1), _annotation(2), _annotation(3)]
    assert [one.annotation.id for one in missing(known, theirs)] == [_id(3)]


def test_two_people_who_exchange_files_end_with_the_same():
    shared = _annotation(1)
    ours = [Entry(shared), Entry(evolve(shared, text="Ours.", modified=_instant(5)))]
    theirs = [
        Entry(shared),
        Entry(_annotation(2, "Theirs.")),
        Entry(evolve(shared, text="", is_removed=True, modified=_instant(3))),
    ]
    merged = [
        (*here, *missing(here, [one.annotation for one in there]))
        for here, there in itertools.permutations((ours, theirs))
    ]
    held = [standing(one.annotation for one in side) for side in merged]
    assert held[0] == held[1]
    assert {one.text for one in held[0]} == {"Ours.", "Theirs."}


def test_undo_takes_back_one_step_after_another_to_the_beginning():
    steps = [Entry(_annotation()), Entry(_annotation(text="Better.", modified=2))]
    steps.append(Entry(_annotation(text="", modified=3, is_removed=True)))
    seen = []
    while back := undone(steps, NOW):
        steps.append(back)
        seen.append([one.text for one in standing(entry.annotation for entry in steps)])
    assert seen == [["Better."], ["A solo flute!"], []]


def test_undo_leaves_alone_what_came_from_others():
    assert undone([Entry(_annotation(), is_imported=True)], NOW) is None
    changed = [Entry(_annotation(), is_imported=True), Entry(_annotation(text="No.", modified=2))]
    back = undone(changed, NOW)
    assert back is not None
    assert back.annotation.text == "A solo flute!"


def test_a_later_version_is_later_even_where_clocks_are_wrong():
    assert later("2026-05-01T11:59:59.999Z", NOW) == "2026-05-01T12:00:00.000Z"
    assert later("2030-01-01T00:00:00.000Z", NOW) == "2030-01-01T00:00:00.001Z"
    assert later("9999-12-31T23:59:59.999Z", NOW) == "9999-12-31T23:59:59.999Z"
