"""What stays is measured and hedged; a quotation is found, and luck is never called one."""

import heard_albums as albums
import numpy as np
import pytest
import themes
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from unsung.model.dossier import Dossier
from unsung.model.iconic import Incipit, Measured
from unsung.model.notes import Notes
from unsung.motifs.hooks import hooks
from unsung.motifs.iconic.catalogue import shipped_incipits
from unsung.pages.article.wording import claim_words
from unsung.questions.depth.returns import returning
from unsung.questions.memorable import MEMORABLE
from unsung.questions.memorable.famous import famous_lines
from unsung.questions.memorable.hooking import chance_of_mean, hooking
from unsung.questions.memorable.known import famous, folk

BY_NAME = {one.name: one for one in shipped_incipits()}
ODE = BY_NAME["Ode to Joy"]
CALLED = albums.with_call(albums.eight(), (0, 1, 2, 3))


def asked(album, *melodies):
    return MEMORABLE.answer(Dossier(album, melodies=melodies))


def of_kind(findings, kind):
    return [one for one in findings if one.kind == kind]


def leading(melody, order=2, higher=5):
    """Eight tracks, of which one is led by this melody, later and higher than it is written."""
    line = Notes.sorted(
        melody.onset_s + 10.0, melody.duration_s, melody.midi_pitch + higher, part_names=("lead",)
    )
    return albums.eight(lambda k, one: evolve(one, melody=line if k == order else Notes.none()))


@pytest.mark.parametrize("album", [albums.silence(), albums.noise()])
def test_of_silence_and_noise_nothing_is_said(album):
    assert asked(album) == ()


@pytest.mark.parametrize("album", [albums.alone(), albums.eight(), CALLED])
def test_every_finding_can_be_heard_where_it_says(album):
    findings = asked(album)
    albums.assert_sound(album, findings)
    for one in findings:
        assert claim_words(one)
        assert one.places or one.verdict != "supported"


def test_a_quoted_melody_is_named_with_its_place_its_key_and_its_source():
    album = leading(ODE.notes)
    (found,) = of_kind(asked(album), "quotation")
    assert found.verdict == "supported"
    assert found.facts["melody"] == "“Ode to Joy”"
    assert found.facts["track"].track_file == album.heard[2].track.file
    assert (found.facts["interval"], found.facts["way"]) == ("a perfect fourth", "higher")
    assert found.facts["notes"].value == found.facts["all"].value == len(ODE.notes)
    assert found.places[0].span.start_s == pytest.approx(10.0)
    assert ODE.source in found.readings[0].says
    assert found.chance <= 0.01


def test_who_quotes_something_is_not_told_that_nothing_was_found():
    kinds = {one.kind for one in asked(leading(ODE.notes))}
    assert "no quotation" not in kinds


def test_one_melody_in_two_tracks_is_one_finding_with_two_places():
    album = leading(ODE.notes)
    line = album.heard[2].hearing.melody
    second = evolve(album.heard[5], hearing=evolve(album.heard[5].hearing, melody=line))
    album = evolve(album, heard=(*album.heard[:5], second, *album.heard[6:]))
    (found,) = of_kind(asked(album), "quotation")
    assert found.facts["tracks"].value == 2
    assert len({place.track_file for place in found.places}) == 2


def test_an_entry_that_nobody_compared_says_so():
    name = next(
        one.name for one in famous(Dossier(CALLED))
        if not one.verified_against and len(one.notes) > 15
    )  # fmt: skip
    (found,) = of_kind(asked(leading(BY_NAME[name].notes)), "quotation")
    assert "compared with no edition" in found.against
    assert "compared with no edition" in found.readings[0].says


def test_a_scale_is_no_quotation():
    scale = Notes.sorted(np.arange(8) * 0.5, 0.4, (60, 62, 64, 65, 67, 69, 71, 72))
    assert not [one for one in asked(leading(scale)) if one.kind in {"quotation", "likeness"}]


def test_where_nothing_is_near_it_says_among_how_many():
    dice = np.random.default_rng(3)
    wild = Notes.sorted(np.arange(30) * 0.4, 0.3, 60 + dice.integers(-12, 13, 30))
    (found,) = of_kind(asked(leading(wild)), "no quotation")
    assert found.verdict == "undecided"
    assert found.facts["melodies"].value == len(famous(Dossier(CALLED)))
    assert found.facts["lines"].value == 1


def test_a_melody_of_the_users_own_is_looked_for():
    pitch = (60, 67, 63, 72, 61, 66, 70, 59, 68, 64, 75, 62)
    own = Incipit("Our song", Notes.sorted(np.arange(12) * 0.5, 0.5, pitch), "own", source="mine")
    (found,) = of_kind(asked(leading(own.notes), own), "quotation")
    assert found.facts["melody"] == "“Our song”"
    assert found.readings[0].source == "your own melodies"


def test_a_melody_of_the_users_own_may_bear_a_famous_name():
    dice = np.random.default_rng(5)
    own = evolve(ODE, kind="own", tradition="", notes=Notes.sorted(
        np.arange(16) * 0.5, 0.5, 60 + dice.integers(0, 13, 16)
    ))  # fmt: skip
    album = leading(ODE.notes)
    second = leading(own.notes, order=4).heard[4]
    album = evolve(album, heard=(*album.heard[:4], second, *album.heard[5:]))
    found = of_kind(asked(album, own), "quotation")
    assert {one.facts["melody"] for one in found} == {"“Ode to Joy”"}
    assert len({one.slug for one in found}) == 2


def test_every_known_melody_is_asked_about_once():
    dossier = Dossier(CALLED, melodies=(evolve(ODE, kind="own"),))
    together = [*famous(dossier), *folk(dossier)]
    assert len(together) == len(shipped_incipits()) + 1
    assert not {id(one) for one in famous(dossier)} & {id(one) for one in folk(dossier)}


def test_a_motif_that_comes_back_changed_tells_how_often_and_in_which_way():
    album = albums.with_call(
        albums.eight(), (0, 1, 2, 3, 4), changes=("key", "tempo"), transposition_semitones=5
    )
    (motif,) = album.motifs
    plain = evolve(motif.occurrences[1], changes=())
    motif = evolve(motif, occurrences=(motif.occurrences[0], plain, *motif.occurrences[2:]))
    (found,) = of_kind(asked(evolve(album, motifs=(motif,))), "variety of a motif")
    assert found.facts["times"].value == 4
    assert found.facts["changed"].value == found.facts["in_key"].value == 3
    assert "three times in key" in claim_words(found)


def test_a_motif_that_is_kept_is_said_to_be_kept():
    (found,) = of_kind(asked(albums.with_call(albums.eight(), range(8))), "variety of a motif")
    assert "changed" not in found.facts
    assert "used again" in found.against


def test_what_a_transcription_easily_misses_counts_for_no_change():
    album = albums.with_call(albums.eight(), range(8), changes=("left out", "register", "harmony"))
    (found,) = of_kind(asked(album), "variety of a motif")
    assert "changed" not in found.facts


def leaning(share):
    """The finding on one motif whose three features each lie above this share of their sets."""
    names = ("common contour", "uncommon gradients", "tempo")
    (hook,) = hooks(CALLED.motifs, famous_lines(), {})
    measured = tuple(Measured(name, 1.0, "", share, "others", 149) for name in names)
    motifs = returning(CALLED)
    made = evolve(hook, measured=measured, leaning=share)
    (found,) = hooking(motifs, {motifs[0].motif.label: made})
    return found


@pytest.mark.parametrize(("share", "verdict"), [(0.6, "undecided"), (0.95, "supported")])
def test_a_leaning_that_luck_brings_too_is_undecided(share, verdict):
    assert leaning(share).verdict == verdict


@pytest.mark.parametrize("share", [0.0, 0.6, 0.95, 1.0])
def test_how_little_a_leaning_foretells_stands_in_the_claim(share):
    assert "in 62.5\u00a0% of cases, where luck does in 50\u00a0%" in claim_words(leaning(share))


@given(st.integers(1, 4), st.floats(0, 1))
def test_the_chance_of_a_mean_of_shares_is_that_of_shares_drawn(count, mean):
    drawn = np.random.default_rng(1).uniform(size=(4000, count)).mean(axis=1)
    assert chance_of_mean(mean, count) == pytest.approx(float((drawn >= mean).mean()), abs=0.04)


def with_tune(pitches):
    """The album with a motif of these pitches."""
    one = CALLED.motifs[0].prototype
    one = evolve(one, notes=themes.played([(pitch, 1) for pitch in pitches], 20.0))
    motif = evolve(CALLED.motifs[0], prototype=one, occurrences=(one,) * 3)
    return evolve(CALLED, motifs=(motif,))


STEPS = (64, 62, 60, 62, 64, 64, 64, 62, 62)
LEAPS = (40, 71, 50, 81, 43, 66, 88, 41, 79)


def test_a_line_of_wild_leaps_is_told_from_others_by_its_first_notes():
    (found,) = of_kind(asked(with_tune(LEAPS)), "soon recognised")
    assert found.facts["notes"].value == 2
    assert found.places[0].span.start_s == CALLED.motifs[0].prototype.span.start_s
    assert found.places[0].span.duration_s < 2


def test_a_line_that_many_songs_begin_with_is_not():
    assert not of_kind(asked(with_tune(STEPS[:6])), "soon recognised")


@pytest.mark.parametrize(("tune", "is_common"), [(STEPS, True), (LEAPS, False)])
def test_a_line_of_steps_is_common_and_one_of_wild_leaps_is_not(tune, is_common):
    slugs = [one.slug for one in asked(with_tune(tune))]
    assert any(slug.startswith("common-turns") for slug in slugs) == is_common


def test_a_line_is_rare_only_if_what_leads_elsewhere_is_not_as_rare():
    dice = np.random.default_rng(2)
    onset_s = np.arange(120) * 0.5
    plain, wild = (
        Notes.sorted(onset_s, 0.4, pitch)
        for pitch in (np.resize((60, 62, 64, 62), 120), 60 + dice.integers(-20, 20, 120))
    )
    for line, is_rare in ((plain, True), (wild, False)):
        album = with_tune(LEAPS)
        heard = (evolve(one, hearing=evolve(one.hearing, melody=line)) for one in album.heard)
        slugs = [one.slug for one in asked(evolve(album, heard=tuple(heard)))]
        assert any(slug.startswith("rare-turns") for slug in slugs) == is_rare


def test_a_note_that_differs_does_not_count_as_one_that_agrees():
    pitch = ODE.notes.midi_pitch.copy()
    pitch[13] += 4
    line = Notes.sorted(ODE.notes.onset_s, ODE.notes.duration_s, pitch)
    (found,) = [one for one in asked(leading(line)) if one.kind in {"quotation", "likeness"}]
    assert found.facts["notes"].value < found.facts["all"].value


def test_what_answers_in_part_is_a_likeness():
    pitch = ODE.notes.midi_pitch.copy()
    pitch[5] += 4
    line = Notes.sorted(ODE.notes.onset_s, ODE.notes.duration_s, pitch)
    (found,) = of_kind(asked(leading(line)), "likeness")
    assert (found.verdict, found.facts["melody"]) == ("supported", "“Ode to Joy”")
    assert "not note for note" in found.claim
