"""How deep a score goes: motifs and their journeys, turns, highs and lows."""

import heard_albums as albums
import numpy as np
import pytest
import soundtracks
import themes
from attrs import evolve

from unsung.model.album import Person
from unsung.model.finding import names_in
from unsung.model.motif import Statement, Testimony
from unsung.model.pulse import PulseChange
from unsung.model.time import Span
from unsung.questions.depth import EMOTIONAL_DEPTH

FILES = ("01 track.ogg", "02 track.ogg", "03 track.ogg")


def findings(album):
    found = EMOTIONAL_DEPTH.answer(albums.dossier(album))
    albums.assert_sound(album, found)
    return {one.slug: one for one in found}


def kinds(found):
    return {one.kind for one in found.values()}


@pytest.mark.parametrize("album", [soundtracks.small(), soundtracks.awkward(), albums.eight()])
def test_every_finding_names_facts_and_places(album):
    for one in findings(album).values():
        assert set(names_in(one.claim)) <= set(one.facts)
        assert one.verdict != "supported" or one.places


def test_of_silence_there_is_nothing_to_say():
    assert findings(albums.silence()) == {}


def test_of_an_album_without_tracks_there_is_nothing_to_say():
    assert findings(soundtracks.soundtrack()) == {}


def test_of_noise_nothing_is_claimed():
    supported = [one for one in findings(albums.noise()).values() if one.verdict == "supported"]
    assert supported == []


def test_one_track_is_compared_with_nothing():
    found = kinds(findings(albums.alone()))
    assert not found & {"arousal ends", "arousal peak", "arousal contrast", "motif journey"}


def test_two_askings_give_the_same_findings():
    album = soundtracks.small()
    assert EMOTIONAL_DEPTH.answer(albums.dossier(album)) == EMOTIONAL_DEPTH.answer(
        albums.dossier(album)
    )


def test_a_motif_is_counted_where_it_is_sure():
    found = findings(soundtracks.small())["motif-returns-a"]
    times = found.facts["times"]
    assert (times.value, times.high) == (6, 7)
    assert found.facts["tracks"].value == 3
    assert found.claim.startswith("The listening is sure of")


def test_what_a_person_confirmed_everywhere_is_a_statement():
    album = albums.with_call(albums.eight(), range(4))
    said = tuple(
        Statement(one.track_file, one.span, "Ada", "A") for one in album.motifs[0].occurrences
    )
    found = findings(evolve(album, testimony=Testimony(said)))["motif-returns-a"]
    assert found.facts["who"] == "Ada"
    assert found.claim.startswith("{who} hears")
    assert found.against == ""


def test_a_statement_of_another_place_confirms_nothing():
    album = albums.with_call(albums.eight(), range(4))
    elsewhere = Statement(album.heard[0].track.file, Span(70, 80), "Ada", "A")
    found = findings(evolve(album, testimony=Testimony((elsewhere,))))["motif-returns-a"]
    assert found.claim.startswith("The listening is sure of")


def test_a_motif_at_half_tempo_is_told_with_its_ratio():
    album = albums.with_call(albums.eight(), range(4))
    slow = themes.stated(
        album.heard[5].track.file, themes.CALL, 20.0, tempo_ratio=0.5, confidence=0.97
    )
    motif = evolve(album.motifs[0], occurrences=(*album.motifs[0].occurrences, slow))
    found = findings(evolve(album, motifs=(motif,)))
    ratio = found["motif-changed-a"].facts["tempo_ratio"]
    assert ratio.value == pytest.approx(0.5, abs=0.01)
    assert found["odd-one-out-a-tempo"].facts["way"] == "slower"
    assert found["odd-one-out-a-tempo"].places[0].track_file == slow.track_file


def test_a_doubtful_occurrence_is_no_transformation():
    album = albums.with_call(albums.eight(), range(4))
    slow = themes.stated(
        album.heard[5].track.file, themes.CALL, 20.0, tempo_ratio=0.5, confidence=0.6
    )
    motif = evolve(album.motifs[0], occurrences=(*album.motifs[0].occurrences, slow))
    found = findings(evolve(album, motifs=(motif,)))
    assert "motif-changed-a" not in found
    assert not [slug for slug in found if slug.startswith("odd-one-out-a-tempo")]


def test_an_oddity_that_a_doubtful_return_shares_stays_undecided():
    album = albums.with_call(albums.eight(), range(5))
    slow = [
        themes.stated(
            album.heard[k].track.file, themes.CALL, 20.0, tempo_ratio=0.5, confidence=confidence
        )
        for k, confidence in ((5, 0.97), (6, 0.7))
    ]
    motif = evolve(album.motifs[0], occurrences=(*album.motifs[0].occurrences, *slow))
    found = findings(evolve(album, motifs=(motif,)))["odd-one-out-a-tempo"]
    assert found.verdict == "undecided"
    assert found.places[0].track_file == slow[0].track_file


def test_a_motif_that_grows_softer_in_every_track_makes_a_journey():
    album = albums.eight(lambda order, one: albums.with_level(one, -12.0 - 2 * order))
    found = findings(albums.with_call(album, range(8)))["motif-journey-a-loudness"]
    assert found.facts["way"] == "softer"
    assert found.facts["correlation"].value == pytest.approx(-1)
    assert found.chance <= 0.05
    assert found.verdict == "supported"


def test_a_motif_in_few_tracks_makes_no_journey():
    album = albums.eight(lambda order, one: albums.with_level(one, -12.0 - 2 * order))
    found = findings(albums.with_call(album, range(4)))
    assert found["motif-journeys-none"].verdict == "undecided"


def test_levels_without_order_seldom_make_a_journey():
    journeys = 0
    for seed in range(12):
        levels = np.random.default_rng(seed).uniform(-30, -10, 8)
        album = albums.eight(lambda order, one, lufs=levels: albums.with_level(one, lufs[order]))
        journeys += "motif-journey-a-loudness" in findings(albums.with_call(album, range(8)))
    assert journeys <= 1


def test_a_motif_that_is_gone_for_long_comes_back():
    found = findings(albums.with_call(albums.eight(), (0, 1, 7)))["motif-comes-back-a"]
    assert found.facts["absent"].value == 5


def test_a_doubtful_return_in_between_breaks_the_absence():
    album = albums.with_call(albums.eight(), (0, 1, 7))
    doubtful = themes.stated(album.heard[4].track.file, themes.CALL, 20.0, confidence=0.5)
    motif = album.motifs[0]
    occurrences = (*motif.occurrences[:2], doubtful, motif.occurrences[2])
    found = findings(evolve(album, motifs=(evolve(motif, occurrences=occurrences),)))
    assert "motif-comes-back-a" not in found


def by(album, names):
    """The album, each track composed by one of these."""
    heard = tuple(
        evolve(one, track=evolve(one.track, people=(Person(name, "composer"),)))
        for one, name in zip(album.heard, names, strict=True)
    )
    return evolve(album, heard=heard)


def test_a_likeness_to_another_composers_idea_is_never_sure():
    album = by(albums.with_call(albums.eight(), (0, 1, 2, 3)), ["Ada"] * 3 + ["Ben"] * 5)
    found = findings(album)
    assert found["motif-returns-a"].facts["times"].value == 3
    assert found["motif-across-makers-a"].verdict == "undecided"
    assert found["motif-across-makers-a"].facts["after_by"] == "Ben"


def test_what_composers_share_and_a_person_confirmed_is_sure():
    album = by(albums.with_call(albums.eight(), (0, 1, 2, 3)), ["Ada"] * 3 + ["Ben"] * 5)
    last = album.motifs[0].occurrences[-1]
    said = Testimony((Statement(last.track_file, last.span, "Cleo", "A"),))
    found = findings(evolve(album, testimony=said))
    assert found["motif-returns-a"].facts["times"].value == 4
    assert found["motif-returns-a"].facts["confirmed"].value == 1
    assert found["motif-across-makers-a"].verdict == "supported"


def test_the_greatest_crescendo_is_that_of_the_album():
    album = soundtracks.small()
    greatest = max(
        swell.change_lu
        for one in album.heard[:3]
        for swell in one.hearing.dynamics.swells
        if swell.change_lu > 0
    )
    (found,) = [one for one in findings(album).values() if one.kind == "greatest crescendo"]
    assert found.facts["change"].value == pytest.approx(greatest)


def test_a_silence_inside_a_track_is_found_with_its_length():
    def rested(order, one):
        rest = PulseChange(Span(30.0, 33.0 + order / 4), "silence")
        return evolve(one, pulse=evolve(one.pulse, changes=(rest,)))

    (found,) = [
        one for one in findings(albums.eight(rested)).values() if one.kind == "longest silence"
    ]
    assert found.facts["lasting"].value == pytest.approx(4.75)


def test_the_ends_of_energy_are_those_of_the_curves():
    def calmer(order, one):
        row = one.emotion.arousal
        level = np.full(row.values.shape, 8.0 - order, np.float32)
        return evolve(one, emotion=evolve(one.emotion, arousal=evolve(row, values=level)))

    found = findings(albums.eight(calmer))["arousal-ends"]
    assert (found.facts["high"].text, found.facts["low"].text) == ("Cue 1", "Cue 8")
    assert found.verdict == "supported"


def test_tension_and_pleasantness_are_never_sure():
    found = findings(albums.eight())
    assert found["tension-ends"].verdict == "undecided"
    assert found["valence-unknown"].verdict == "undecided"
