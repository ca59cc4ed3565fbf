"""Who and what this is: identifiers before names, the user before all, and no guess printed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import (
    ALBUM,
    GROUP,
    OTHER,
    WORK,
    Corrections,
    Subject,
    World,
    album,
    by,
    composer,
    row,
    track,
)

from unsung.model.corrections import TrackCorrection
from unsung.recognition.identity import identity
from unsung.recognition.names import same_person, same_title
from unsung.recognition.recordings import LINK, TAG, USER, isrcs

TAGGED = (("musicbrainz_release_group", GROUP),)


def found(who, kind, subject=ALBUM):
    return next((one for one in who.matches if one.kind == kind and one.subject == subject), None)


def stated(*rows, music=None, corrections=None):
    return identity(music or album(), corrections or Corrections(), World(rows)).stated("composer")


def test_one_weak_source_alone_states_no_composer():
    assert stated(music=album(track(1, people=by("Ada Vale")))) == ()


def test_two_voices_that_agree_state_a_composer():
    music = album(track(1, people=by("Vale, Ada")))
    assert stated(composer("Ada Vale", "wikidata"), music=music) == ("Ada Vale",)


def test_one_voice_reached_by_identifier_states_a_composer():
    music = album(track(1, identifiers=TAGGED))
    assert stated(composer("Ada Vale", "wikidata"), music=music) == ("Ada Vale",)


def test_one_voice_reached_by_a_name_states_none():
    rows = (
        row("title", "The Glass Meridian", subject=Subject("album", GROUP), identifier=GROUP),
        row("released", "2011", subject=Subject("album", GROUP), identifier=GROUP),
        composer("Ada Vale", "musicbrainz"),
    )
    music = album(track(1, year=2011))
    who = identity(music, Corrections(), World(rows))
    assert found(who, "musicbrainz_release_group").confidence == 0.7
    assert who.stated("composer") == ()


def test_voices_that_contradict_each_other_state_none_and_say_so():
    music = album(track(1, identifiers=TAGGED))
    rows = (composer("Ada Vale", "wikidata"), composer("Alan Menken", "imdb"))
    who = identity(music, Corrections(), World(rows))
    assert who.stated("composer") == ()
    assert all("somebody else" in one.because for one in who.credits)


def test_a_tag_that_contradicts_a_strong_voice_keeps_it_from_being_stated():
    music = album(track(1, people=by("Alan Menken"), identifiers=TAGGED))
    assert stated(composer("Ada Vale", "wikidata"), music=music) == ()


def test_same_name_with_another_identifier_is_another_person():
    music = album(track(1, identifiers=TAGGED))
    rows = (
        composer("John Williams", "wikidata", "wikidata:Q131285"),
        composer("John Williams", "tmdb", "wikidata:Q333"),
    )
    who = identity(music, Corrections(), World(rows))
    assert len(who.credits) == 2
    assert who.stated("composer") == ()


def test_the_user_outranks_every_source():
    own = Corrections(composers=("Cara Quist",), identifiers=(("imdb", "tt1111111"),), year=1975)
    rows = (
        composer("Ada Vale", "wikidata"), composer("Ada Vale", "imdb"),
        row("released", "2011-03-04", "wikidata", WORK),
        row("imdb", "x", subject=WORK, identifier="tt7"),
    )  # fmt: skip
    who = identity(album(), own, World(rows))
    assert who.stated("composer") == ("Cara Quist",)
    assert who.year == 1975
    assert found(who, "imdb", WORK).confidence == USER
    assert found(who, "imdb", WORK).identifier == "tt1111111"


def test_a_refused_identifier_is_never_taken_again():
    own = Corrections(not_identifiers=(GROUP,))
    who = identity(album(track(1, identifiers=TAGGED)), own, World())
    assert found(who, "musicbrainz_release_group") is None


def test_tags_before_links_and_links_with_less_confidence():
    tagged = identity(album(track(1, identifiers=TAGGED)), Corrections(), World())
    assert found(tagged, "musicbrainz_release_group").confidence == TAG
    link = row("musicbrainz_release_group", GROUP, identifier=GROUP)
    linked = identity(album(), Corrections(), World((link,)))
    assert found(linked, "musicbrainz_release_group").confidence == LINK


def test_tags_that_disagree_leave_it_unresolved():
    tracks = [track(n, identifiers=(("musicbrainz_release_group", one),))
              for n, one in enumerate((GROUP, OTHER), 1)]  # fmt: skip
    who = identity(album(*tracks), Corrections(), World())
    assert found(who, "musicbrainz_release_group") is None
    assert "2 different" in next(o for o in who.unresolved if o.subject == ALBUM).because


def test_two_albums_of_one_name_and_year_leave_it_unresolved():
    rows = [
        row(indicator, value, subject=Subject("album", one), identifier=one)
        for one in (GROUP, OTHER)
        for indicator, value in (("title", "The Glass Meridian"), ("released", "2011"))
    ]
    who = identity(album(track(1, year=2011)), Corrections(), World(tuple(rows)))
    assert found(who, "musicbrainz_release_group") is None
    assert "2 albums fit" in next(o for o in who.unresolved if o.subject == ALBUM).because


def test_a_recording_counts_only_where_the_title_agrees():
    first, second = track(1, "Salt and Iron"), track(2, "Overture")
    rows = tuple(
        one
        for cue, title in ((first, "Salt & Iron"), (second, "Something Else"))
        for one in (
            row(
                "musicbrainz_recording", GROUP, subject=Subject("track", cue.file), identifier=GROUP
            ),
            row("title", title, subject=Subject("track", cue.file)),
        )
    )
    who = identity(album(first, second), Corrections(), World(rows))
    assert found(who, "musicbrainz_recording", Subject("track", second.file)) is None


def test_a_track_of_the_users_own_word():
    own = Corrections(tracks={"01.flac": TrackCorrection((("musicbrainz_recording", OTHER),))})
    who = identity(album(track(1)), own, World())
    match = found(who, "musicbrainz_recording", Subject("track", "01.flac"))
    assert (match.identifier, match.confidence) == (OTHER, USER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vale, Ada", "Ada Vale"),
        ("Jóhann Jóhannsson", "Johann Johannsson"),
        ("久石 譲", "久石　譲"),
    ],
)
def test_the_same_person_in_another_spelling(one, other):
    assert same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("John Williams", "John T. Williams"), ("", ""), ("!", "?")]
)
def test_not_surely_the_same_person(one, other):
    assert not same_person(one, other)


def test_a_title_is_the_same_with_or_without_its_noise():
    assert same_title("The Glass Meridian (Original Motion Picture Soundtrack)", "Glass Meridian")
    assert same_title("The Score", "the score")
    assert not same_title("The Score", "The Game")


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_agreement_of_names_is_mutual(one, other):
    assert same_person(one, other) == same_person(other, one)
    assert same_title(one, other) == same_title(other, one)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ada Vale", "Ben Orr", "Cara Quist"]),
            st.sampled_from(["wikidata", "imdb", "tmdb", "musicbrainz"]),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_whoever_is_stated_has_two_voices_or_a_strong_one_unopposed(said, by_identifier):
    music = album(track(1, identifiers=TAGGED if by_identifier else ()))
    who = identity(music, Corrections(), World(tuple(composer(*one) for one in said)))
    for one in who.credits:
        others = {voice for c in who.credits if c is not one for voice in c.voices}
        if one.stated:
            assert len(one.voices) > 1 or (by_identifier and not others - set(one.voices))


def coded(cue, *recordings):
    return tuple(
        row("isrc_recording", title, subject=Subject("track", cue.file), identifier=one)
        for title, one in recordings
    )


def at_place(cue, title, one):
    subject = Subject("track", cue.file)
    return (
        row("musicbrainz_recording", one, subject=subject, identifier=one),
        row("title", title, subject=subject),
    )


def recording_of(cue, *rows, corrections=None):
    who = identity(album(cue), corrections or Corrections(), World(rows))
    return found(who, "musicbrainz_recording", Subject("track", cue.file))


def test_an_isrc_comes_before_the_place_on_a_release():
    cue = track(1, "Overture")
    rows = (*coded(cue, ("Overture", OTHER)), *at_place(cue, "Overture", GROUP))
    match = recording_of(cue, *rows)
    assert (match.identifier, match.confidence, match.because) == (
        OTHER, LINK, "its ISRC, same title",
    )  # fmt: skip


def test_of_two_recordings_with_one_isrc_the_place_decides_or_nothing():
    cue = track(1, "Overture")
    both = coded(cue, ("Overture", OTHER), ("Overture", GROUP))
    assert recording_of(cue, *both) is None
    assert recording_of(cue, *both, *at_place(cue, "Overture", GROUP)).identifier == GROUP
    refusing = Corrections(not_identifiers=(OTHER,))
    assert recording_of(cue, *both, corrections=refusing).identifier == GROUP


def test_an_isrc_of_another_title_is_not_believed():
    cue = track(1, "Overture")
    assert recording_of(cue, *coded(cue, ("Night Ferry", OTHER))) is None


def test_an_isrc_that_two_files_bear_names_neither_and_the_users_comes_first():
    tagged = (("isrc", "GBAAA9900303"),)
    music = album(*(track(n, identifiers=tagged) for n in (1, 2, 3)))
    own = {f"{n:02}.flac": TrackCorrection((("isrc", f"GBAAA990000{n}"),)) for n in (1, 2)}
    assert isrcs(music, Corrections()) == {}
    assert isrcs(music, Corrections(tracks=own)) == {
        "GBAAA9900001": "01.flac", "GBAAA9900002": "02.flac", "GBAAA9900303": "03.flac",
    }  # fmt: skip
