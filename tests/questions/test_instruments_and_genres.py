"""Who is rare, alone or in unwonted company; which genre a track leans to; what is no note."""

import heard_albums as albums
import numpy as np
import pytest
import soundtracks
from attrs import evolve

from unsung.listening.instruments import told
from unsung.model.finding import names_in
from unsung.model.instruments import FAMILIES, FAMILY_OF, GENRES, INSTRUMENTS, MOODS, Likeness
from unsung.model.notes import Notes
from unsung.model.sound import Feature
from unsung.model.time import Frames
from unsung.questions.instruments import INSTRUMENTS_AND_GENRES

SECONDS = 90


def findings(album):
    found = INSTRUMENTS_AND_GENRES.answer(albums.dossier(album))
    albums.assert_sound(album, found)
    return {one.slug: one for one in found}


def by_kind(found, kind):
    return [one for one in found.values() if one.kind == kind]


def played(hearing, parts, voices=None):
    """The hearing with these instruments: name to (from, until, how likely)."""
    count = int(hearing.duration_s)
    likely, families = np.zeros((len(INSTRUMENTS), count)), np.zeros((len(FAMILIES), count))
    for name, (start, end, sure) in parts.items():
        likely[INSTRUMENTS.index(name), start:end] = sure
        row = FAMILIES.index(FAMILY_OF[name])
        families[row, start:end] = np.maximum(families[row, start:end], sure)
    heard = np.zeros((2, count)) if voices is None else voices
    rows = (np.float32(each) for each in (likely, families, heard))
    instruments = told(*rows, Frames(1.0, 0.5), np.ones(count, bool))
    return evolve(hearing, instruments=instruments)


def orchestra(_order, hearing):
    return played(hearing, {"violin": (0, SECONDS, 0.9), "French horn": (0, 40, 0.9)})


def with_one(parts, order=3, voices=None, title=None):
    """Eight tracks for strings and horns, but for one."""
    album = albums.eight(
        lambda k, one: played(one, parts, voices) if k == order else orchestra(k, one)
    )
    if title is None:
        return album
    heard = tuple(
        evolve(one, track=evolve(one.track, title=title)) if k == order else one
        for k, one in enumerate(album.heard)
    )
    return soundtracks.soundtrack(*heard)


@pytest.mark.parametrize("album", [soundtracks.small(), soundtracks.awkward(), albums.eight()])
def test_every_finding_names_facts_and_places(album):
    for one in findings(album).values():
        assert set(names_in(one.claim)) <= set(one.facts)
        assert one.places


def test_of_silence_there_is_nothing_to_say():
    assert findings(albums.silence()) == {}
    assert findings(soundtracks.soundtrack()) == {}


def test_of_one_track_nothing_is_rare():
    assert not by_kind(findings(albums.alone()), "rare instrument")


def test_an_accordion_in_one_track_of_eight_is_rare():
    found = findings(with_one({"accordion": (0, 80, 0.95)}))
    (rare,) = by_kind(found, "rare instrument")
    assert rare.facts["instrument"] == "an accordion"
    assert rare.facts["track"].text == "Cue 4"
    assert rare.verdict == "supported"


def test_an_instrument_of_half_the_album_is_not_rare():
    def some(order, one):
        return played(one, {"accordion": (0, 80, 0.95)}) if order % 2 else orchestra(order, one)

    assert not by_kind(findings(albums.eight(some)), "rare instrument")


def test_what_is_told_in_doubt_stays_undecided():
    (rare,) = by_kind(findings(with_one({"accordion": (0, 80, 0.75)})), "rare instrument")
    assert rare.verdict == "undecided"
    assert "may have" in rare.claim


def test_a_synth_pad_is_not_believed():
    assert not by_kind(findings(with_one({"synth pad": (0, 80, 0.9)})), "rare instrument")


def test_a_lone_oboe_is_heard_alone_and_a_string_section_never():
    found = by_kind(findings(with_one({"oboe": (10, 40, 0.9)})), "alone")
    assert [one.facts["who"] for one in found] == ["a solo oboe"]
    assert found[0].facts["at"].value == 10
    assert not by_kind(findings(with_one({"string section": (0, 80, 0.95)})), "alone")


def test_guitar_and_brass_meet_once():
    def some(order, one):
        parts = (
            {"acoustic guitar": (0, 60, 0.95)} if order in (1, 2) else {"trumpet": (0, 60, 0.95)}
        )
        both = {"acoustic guitar": (0, 60, 0.95), "trumpet": (0, 60, 0.95)}
        return played(one, both if order == 5 else parts)

    (meeting,) = by_kind(findings(albums.eight(some)), "rare meeting")
    assert {meeting.facts["first"], meeting.facts["second"]} == {"brass", "guitar"}
    assert meeting.facts["track"].text == "Cue 6"


def test_that_strings_meet_brass_is_nothing_to_remark_on():
    def some(order, one):
        parts = {"violin": (0, 60, 0.95)} if order in (1, 2) else {"trumpet": (0, 60, 0.95)}
        both = {"violin": (0, 60, 0.95), "trumpet": (0, 60, 0.95)}
        return played(one, both if order == 5 else parts)

    assert not by_kind(findings(albums.eight(some)), "rare meeting")


def test_the_track_unlike_the_rest_is_the_one_with_drums():
    (unlike,) = by_kind(findings(with_one({"drum kit": (0, 85, 0.95)})), "unlike the rest")
    assert unlike.facts["track"].text == "Cue 4"


def test_a_choir_needs_a_second_witness():
    parts = {"choir": (0, 60, 0.95)}
    singing = np.zeros((2, SECONDS))
    assert not by_kind(findings(with_one(parts)), "choir")
    singing[1, 20:24] = 0.3
    (choir,) = by_kind(findings(with_one(parts, voices=singing)), "choir")
    assert choir.facts["track"].text == "Cue 4"


@pytest.mark.parametrize(("sure", "verdict"), [(0.95, "supported"), (0.6, "undecided")])
def test_speech_is_told_where_it_is_heard(sure, verdict):
    voices = np.zeros((2, SECONDS))
    voices[0, 30:36] = sure
    (speech,) = by_kind(findings(with_one({"violin": (0, 80, 0.9)}, voices=voices)), "speech")
    assert speech.facts["at"].value == 30
    assert speech.verdict == verdict


def test_loud_sound_without_notes_or_players_is_no_note():
    def bare(order, one):
        nobody = played(one, {})
        density = Feature(np.zeros((1, SECONDS)), Frames(1.0, 0.5))
        mute = evolve(nobody, notes=Notes.none(), density=density)
        return albums.with_level(mute, -20.0) if order == 2 else orchestra(order, one)

    (noise,) = by_kind(findings(albums.eight(bare)), "sound without notes")
    assert noise.facts["track"].text == "Cue 3"
    assert by_kind(findings(albums.eight(bare)), "undetermined")[0].verdict == "undecided"


def leaning(genre, order=3):
    """The likeness of a track that fits one genre far better than the others do."""

    def given(k, one):
        genres = np.full(len(GENRES), -5.0, np.float32)
        genres[GENRES.index(genre)] += 4.0 * (k == order)
        return Likeness(np.zeros(len(MOODS), np.float32), genres) if one else None

    return given


def jazzy(title, parts):
    give = leaning("jazz")
    album = with_one(parts, title=title)
    heard = (
        evolve(one, hearing=evolve(one.hearing, likeness=give(k, one)))
        for k, one in enumerate(album.heard)
    )
    return soundtracks.soundtrack(*heard)


def test_a_genre_that_the_title_names_is_supported():
    (found,) = by_kind(
        findings(jazzy("Jazz in the Cellar", {"piano": (0, 80, 0.9)})), "genre leaning"
    )
    assert (found.facts["genre"], found.verdict) == ("jazz", "supported")


def test_a_genre_that_an_instrument_speaks_for_is_supported():
    parts = {"saxophone": (0, 80, 0.95)}
    (found,) = by_kind(findings(jazzy("In the Cellar", parts)), "genre leaning")
    assert found.facts["agrees"] == "the saxophone"
    assert found.verdict == "supported"


def test_a_genre_that_nothing_speaks_for_stays_undecided():
    (found,) = by_kind(findings(jazzy("In the Cellar", {"piano": (0, 80, 0.9)})), "genre leaning")
    assert found.verdict == "undecided"
