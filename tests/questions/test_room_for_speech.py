"""What room the music leaves for a voice, from the album alone."""

import heard_albums as albums
import numpy as np
import pytest
import soundtracks
from attrs import evolve

from unsung.model.finding import names_in
from unsung.model.notes import Notes
from unsung.model.sound import Feature
from unsung.model.time import Frames
from unsung.questions.room import ROOM_FOR_SPEECH

SECONDS = 90


def findings(album):
    found = ROOM_FOR_SPEECH.answer(albums.dossier(album))
    albums.assert_sound(album, found)
    return {one.slug: one for one in found}


def written(hearing, density_per_s, midi_pitch, level_lufs):
    """The hearing with this many notes a second, a leading line at one pitch, this loud."""
    onset = np.arange(0, SECONDS - 1, 1.0)
    density = Feature(np.full((1, SECONDS), density_per_s, np.float32), Frames(1.0, 0.5))
    line = Notes.sorted(onset, 0.9, np.full(len(onset), midi_pitch, np.float32))
    return albums.with_level(evolve(hearing, density=density, melody=line), level_lufs)


def busy(_order, one):
    return written(one, 9.0, 50.0, -12.0)


def one_open(order, one):
    return written(one, 1.0, 84.0, -30.0) if order == 4 else busy(order, one)


@pytest.mark.parametrize("album", [soundtracks.small(), soundtracks.awkward(), albums.eight()])
def test_every_finding_names_facts_and_places(album):
    for one in findings(album).values():
        assert set(names_in(one.claim)) <= set(one.facts)


def test_of_silence_there_is_nothing_to_say():
    assert findings(albums.silence()) == {}
    assert findings(soundtracks.soundtrack()) == {}


def test_only_the_film_can_tell_how_it_plays():
    assert findings(albums.eight())["room-needs-the-film"].verdict == "undecided"


def test_one_track_is_compared_with_nothing():
    assert not {"room-most", "room-least"} & set(findings(albums.alone()))


def test_the_sparse_high_and_soft_track_leaves_the_most_room():
    found = findings(albums.eight(one_open))
    most = found["room-most"]
    assert most.facts["track"].text == "Cue 5"
    assert most.facts["room"].value == pytest.approx(100)
    assert most.verdict == "supported"
    assert found["room-stretch-05-track-ogg"].places[0].track_file == "05 track.ogg"


def test_the_share_of_the_album_counts_every_second_once():
    found = findings(albums.eight(one_open))["room-on-the-album"]
    assert found.facts["room"].value == pytest.approx(100 / 8, abs=0.5)
    assert found.facts["sparse"].value == pytest.approx(100 / 8, abs=0.5)


def test_a_busy_track_leaves_no_room_however_soft():
    def soft(order, one):
        return written(one, 12.0, 84.0, -40.0) if order == 2 else one_open(order, one)

    assert findings(albums.eight(soft))["room-most"].facts["track"].text == "Cue 5"


def test_tracks_that_are_all_alike_have_no_ends():
    assert not {"room-most", "room-least"} & set(findings(albums.eight(busy)))


def test_a_line_in_the_pitch_of_speech_leaves_less_room_than_one_above():
    def one_low(order, one):
        pitch = 50.0 if order == 1 else 84.0
        return written(one, 1.0, pitch, -12.0)

    assert findings(albums.eight(one_low))["room-least"].facts["track"].text == "Cue 2"


def test_what_two_measures_contradict_stays_undecided():
    def torn(order, one):
        return written(one, 1.0, 50.0, -12.0) if order == 3 else written(one, 9.0, 84.0, -12.0)

    for slug in ("room-most", "room-least"):
        found = findings(albums.eight(torn)).get(slug)
        assert found is None or found.verdict == "undecided"
