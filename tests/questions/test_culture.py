"""Culture: what is heard is said of the sound, what is read is quoted, and neither borrows."""

import sys
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve

from unsung.model.dossier import Dossier
from unsung.model.harmony import SCALES, ColourSpan, Mode, Modes, ModeSpan, Ostinato, Pedal, Planing
from unsung.model.hearing import Heard, KeySpan
from unsung.model.notes import Notes
from unsung.model.outcomes import UNDECIDED
from unsung.model.pitch import Key
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span
from unsung.questions.culture import CULTURE
from unsung.questions.culture.modes import _TELLING

sys.path.append(str(Path(__file__).parents[1] / "pages"))
from soundtracks import recording_hearing, silent_hearing, small, soundtrack, track

LENGTH_S = 60.0


def scale_heard(tonic, scale, key=None, seconds=LENGTH_S):
    """A minute that runs up and down a scale, in notes and in sound, and nothing else."""
    steps = SCALES[scale]
    onsets = np.arange(0, seconds, 0.5)
    pitches = [60 + tonic + steps[at % len(steps)] for at in range(len(onsets))]
    chroma = np.full((12, int(seconds * 5)), 0.1)
    for step in steps:
        chroma[(tonic + step) % 12] = 0.8 if step else 1.0
    whole = Span(0, seconds)
    plain = recording_hearing(seconds, 1)
    return evolve(
        plain,
        notes=Notes.sorted(onsets, np.full(len(onsets), 0.5), np.array(pitches, float)),
        chroma=Feature(chroma, Frames(5.0)),
        modes=Modes((ModeSpan(whole, Mode(tonic, scale), 0.2, 0.6),)),
        key=evolve(plain.key, spans=(KeySpan(whole, key or Key(tonic, "minor"), 0.4),)),
        **plain_harmony(),
    )


def plain_harmony():
    """No pedals, figures or colours."""
    of = recording_hearing(LENGTH_S, 1)
    return {
        "pedals": (),
        "ostinati": (),
        "planing": (),
        "colours": evolve(of.colours, spans=()),
        "atonality": evolve(of.atonality, spans=()),
    }


def asked(*hearings, **tags):
    """The findings on an album of these."""
    heard = (Heard(track(at, f"Cue {at}", **tags), one) for at, one in enumerate(hearings, 1))
    return CULTURE.answer(Dossier(soundtrack(*heard)))


def of_kind(findings, kind):
    return [one for one in findings if one.kind == kind]


@pytest.mark.parametrize("scale", sorted(_TELLING))
@pytest.mark.parametrize("tonic", [2, 9])
def test_a_scale_that_notes_and_sound_and_key_agree_on_is_named(scale, tonic):
    (found,) = of_kind(asked(scale_heard(tonic, scale)), "mode")
    assert found.facts["mode"] == Mode(tonic, scale).name
    assert found.verdict == "supported"
    assert found.places[0].span == Span(0, LENGTH_S)


@pytest.mark.parametrize("scale", ["major", "natural minor", "harmonic minor"])
def test_major_and_minor_are_no_news(scale):
    assert not of_kind(asked(scale_heard(2, scale)), "mode")


def test_the_fifth_of_a_minor_key_is_no_phrygian_dominant():
    """F Phrygian dominant has the tones of B♭ harmonic minor."""
    assert not of_kind(asked(scale_heard(5, "Phrygian dominant", Key(10, "minor"))), "mode")


def test_a_mode_that_the_sound_denies_is_not_named():
    hearing = scale_heard(2, "Dorian")
    chroma = np.array(hearing.chroma.values)
    chroma[10] = 1.0  # B♭, the sixth of D minor
    denied = evolve(hearing, chroma=Feature(chroma, hearing.chroma.frames))
    assert not of_kind(asked(denied), "mode")


def test_a_mode_whose_fifth_outsounds_its_tonic_is_not_named():
    hearing = scale_heard(2, "Mixolydian", Key(2, "major"))
    chroma = np.array(hearing.chroma.values)
    chroma[9] = 1.6
    assert not of_kind(
        asked(evolve(hearing, chroma=Feature(chroma, hearing.chroma.frames))), "mode"
    )


def test_a_few_seconds_are_no_mode():
    assert not of_kind(asked(scale_heard(2, "Dorian", seconds=10.0)), "mode")


def test_a_held_tone_is_named_where_the_sound_has_it():
    hearing = scale_heard(2, "natural minor")
    drone = Pedal(Span(10, 40), 38, "drone", is_bass=True)
    (found,) = of_kind(asked(evolve(hearing, pedals=(drone,))), "drone")
    assert found.facts["pitch"] == "D2"
    assert found.facts["share"].value == pytest.approx(50)


def test_a_held_tone_that_the_sound_does_not_have_is_not():
    hearing = scale_heard(2, "natural minor")
    imagined = Pedal(Span(10, 40), 39, "drone", is_bass=True)
    assert not of_kind(asked(evolve(hearing, pedals=(imagined,))), "drone")


def test_a_figure_of_three_pitches_is_an_ostinato_and_of_two_is_not():
    """D E F over and over, twenty seconds long, in notes and as heard."""
    hearing = scale_heard(2, "natural minor")
    onsets = np.arange(0, 20, 0.5)
    figure = Ostinato(Span(0, 20), 2.0, (62, 64, 65, 64), "middle", 0.95)
    pitches = np.resize([62.0, 64.0, 65.0, 64.0], len(onsets))
    notes = Notes.sorted(onsets, np.full(len(onsets), 0.4), pitches)
    (found,) = of_kind(asked(evolve(hearing, notes=notes, ostinati=(figure,))), "ostinato")
    assert found.facts["times"].value == 10
    trill = Notes.sorted(onsets, np.full(len(onsets), 0.4), np.resize([62.0, 64.0], len(onsets)))
    assert not of_kind(asked(evolve(hearing, notes=trill, ostinati=(figure,))), "ostinato")


def test_parallel_chords_are_named_with_how_often_they_move():
    hearing = scale_heard(2, "natural minor")
    moving = Planing(Span(5, 9), 4, 6, "chromatic")
    (found,) = of_kind(asked(evolve(hearing, planing=(moving,))), "planing")
    assert found.facts["moves"].value == 6


def test_the_longest_stretch_of_each_colour_is_named_and_short_ones_are_not():
    hearing = scale_heard(2, "natural minor")
    spans = (
        ColourSpan(Span(0, 12), "whole-tone", 0.97),
        ColourSpan(Span(20, 29), "whole-tone", 0.99),
        ColourSpan(Span(30, 34), "octatonic", 0.99),
        ColourSpan(Span(35, 55), "diatonic", 0.99),
    )
    coloured = evolve(hearing, colours=evolve(hearing.colours, spans=spans))
    (found,) = of_kind(asked(coloured), "colour")
    assert (found.facts["colour"], found.facts["length"].value) == ("whole-tone", 12)


def test_music_without_a_centre_is_named_with_its_longest_stretch():
    hearing = scale_heard(2, "natural minor")
    adrift = evolve(hearing, atonality=evolve(hearing.atonality, spans=(Span(3, 30),)))
    (found,) = of_kind(asked(adrift), "no tonal centre")
    assert found.places[0].span == Span(3, 30)


def rough(hearing, times):
    return evolve(
        hearing, roughness=evolve(hearing.roughness, values=0 * hearing.roughness.values + times)
    )


def test_the_roughest_track_is_named_where_it_is_far_above_the_usual():
    plain = scale_heard(2, "natural minor")
    near = [rough(plain, 1.0 + 0.1 * at) for at in range(6)]
    (found,) = of_kind(asked(*near, rough(plain, 6.0)), "dissonance")
    assert found.facts["track"].text == "Cue 7"
    assert not of_kind(asked(*near), "dissonance")


def test_genres_and_notes_of_place_are_quoted_from_the_tags():
    found = asked(
        scale_heard(2, "Dorian"), genre="Celtic", comment="A tune of the island’s fisher folk."
    )
    (genre,), (note,) = of_kind(found, "genre in the tags"), of_kind(found, "note in the tags")
    assert genre.readings[0].says == "Celtic"
    assert note.facts["says"] == "A tune of the island’s fisher folk."
    assert not genre.places
    assert not note.places


def test_what_was_heard_never_borrows_from_the_tags():
    (mode,) = of_kind(asked(scale_heard(2, "Dorian"), genre="Celtic"), "mode")
    assert "Celtic" not in f"{mode.claim} {mode.facts}"


@pytest.mark.parametrize("genre", ["", "Soundtrack", "Video Game", "OST", "Unknown", "12"])
def test_a_genre_that_says_nothing_is_not_quoted(genre):
    found = asked(scale_heard(2, "natural minor"), genre=genre)
    assert {one.verdict for one in found} == {"undecided"}


def test_a_copyright_note_is_no_word_on_tradition():
    found = asked(scale_heard(2, "natural minor"), comment="Copyright (C) 2013, example.org")
    assert not of_kind(found, "note in the tags")


def test_a_title_that_names_a_form_is_read_as_a_title():
    heard = Heard(track(1, "Waltz of the Gulls"), scale_heard(2, "natural minor"))
    (found,) = of_kind(CULTURE.answer(Dossier(soundtrack(heard))), "form in the title")
    assert found.facts["form"] == "Waltz"
    assert found.readings


def test_silence_supports_nothing_and_an_empty_album_says_nothing():
    assert all(one.verdict == "undecided" for one in asked(*[silent_hearing()] * 9))
    assert CULTURE.answer(Dossier(soundtrack())) == ()


def test_noise_supports_nothing():
    quiet = silent_hearing(60.0)
    loud = evolve(recording_hearing(60.0, 3), notes=quiet.notes, melody=quiet.melody)
    assert all(one.verdict == "undecided" for one in asked(*[loud] * 9))


def test_an_undecided_mode_is_passed_over():
    hearing = scale_heard(2, "Dorian")
    unsure = Modes((ModeSpan(Span(0, LENGTH_S), UNDECIDED, 0.0, 0.2),))
    assert not of_kind(asked(evolve(hearing, modes=unsure)), "mode")


def test_places_lie_in_their_tracks_and_slugs_are_of_one_finding_each():
    album = small()
    found = CULTURE.answer(Dossier(album))
    lengths = {one.track.file: one.hearing.duration_s for one in album.heard}
    assert all(p.span.end_s <= lengths[p.track_file] for one in found for p in one.places)
    assert len({one.slug for one in found}) == len(found)
