"""Hidden gems: named only beyond luck, with fifteen seconds that sound, and never made up."""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve

from unsung.model.dossier import Dossier
from unsung.model.emotion import TurningPoints
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.outcomes import UNDECIDED
from unsung.model.story import MusicUse, Scene, Story
from unsung.pages.article.checking import unsupported
from unsung.pages.article.wording import claim_words
from unsung.questions.gems import GEMS, Uses, hidden_gems
from unsung.questions.gems.exposure import exposures, uses_in
from unsung.questions.gems.moments import RULES, Moment, moments
from unsung.questions.gems.shows import SIDES
from unsung.questions.gems.standing_out import FAMILY_LEVEL, beyond_given, standings
from unsung.questions.gems.window import WINDOW_S, sounds, window

sys.path.append(str(Path(__file__).parents[1] / "pages"))
from soundtracks import (
    recording_hearing,
    score_hearing,
    silent_hearing,
    small,
    soundtrack,
    track,
)


def luck(seed, count=20):
    """Parts of an album in which nothing is true."""
    dice = np.random.default_rng(seed)
    names = [part for parts in SIDES.values() for part in parts]
    return [dict(zip(names, dice.standard_normal(len(names)), strict=True)) for _ in range(count)]


def stands_out(parts, lengths_s=None):
    """The tracks that are named."""
    lengths_s = lengths_s or [120.0 + at for at in range(len(parts))]
    found = standings(parts, range(1, len(parts) + 1), lengths_s)
    return {at for at, one in found.items() if one.stands_out}


def album(count=10, *, number=True):
    """An album of recordings, alike as made music is."""
    return soundtrack(
        *(
            Heard(track(at, f"Cue {at}", number=at if number else None),
                  recording_hearing(90.0 + 9 * (5 * at % (count + 1)), at))
            for at in range(1, count + 1)
        )
    )  # fmt: skip


def noise_hearing():
    """Loud, and without notes."""
    quiet = silent_hearing(60.0)
    return evolve(recording_hearing(60.0, 3), notes=quiet.notes, melody=quiet.melody)


def test_a_track_that_is_high_on_every_side_stands_out():
    parts = luck(1)
    parts[13] = dict.fromkeys(parts[13], 4.0)
    assert stands_out(parts) == {13}


def test_a_track_that_is_high_on_one_side_alone_does_not():
    parts = luck(2)
    parts[7] |= {"melody variety": 9.0, "melody individuality": 9.0}
    assert stands_out(parts) == set()


def test_shuffling_each_side_among_the_tracks_leaves_no_gem():
    parts = luck(3)
    parts[4] = dict.fromkeys(parts[4], 4.0)
    dice = np.random.default_rng(5)
    named = 0
    for _ in range(40):
        orders = {side: dice.permutation(len(parts)) for side in SIDES}
        dealt = [
            {part: parts[orders[side][at]][part] for side, of in SIDES.items() for part in of}
            for at in range(len(parts))
        ]
        named += bool(stands_out(dealt))
    assert named <= 6


def test_on_albums_of_luck_one_in_twenty_names_a_track():
    """Of 100 such albums more than eleven would be far from five in a hundred (chance .004)."""
    assert sum(bool(stands_out(luck(seed, 12))) for seed in range(100, 200)) <= 11


def test_what_length_alone_brings_makes_no_gem():
    dice = np.random.default_rng(8)
    lengths_s = np.exp(dice.normal(5, 0.8, 24))
    lengths_s[5] = 1500.0
    parts = [
        {name: float(2 * np.log(length_s) + 0.3 * dice.standard_normal()) for name in one}
        for length_s, one in zip(lengths_s, luck(8, 24), strict=True)
    ]
    assert 5 not in stands_out(parts, lengths_s.tolist())


def test_what_lies_on_the_line_leaves_nothing():
    given = np.random.default_rng(1).standard_normal((12, 2))
    assert np.allclose(beyond_given(given, 3 + given @ np.array([2.0, -1.0])), 0)


def test_transposing_every_part_by_any_scale_changes_nothing():
    parts = luck(11)
    parts[2] = dict.fromkeys(parts[2], 4.0)
    scaled = [{name: float(np.exp(value)) for name, value in one.items()} for one in parts]
    assert stands_out(scaled) == stands_out(parts) == {2}


def test_two_tracks_may_stand_out():
    parts = luck(12, 30)
    parts[3], parts[21] = dict.fromkeys(parts[3], 5.0), dict.fromkeys(parts[21], 4.0)
    assert stands_out(parts) == {3, 21}


def test_an_album_of_few_tracks_is_not_judged():
    assert standings(luck(1, 7), range(1, 8), [100.0] * 7) == {}
    (finding,) = (one for one in GEMS.answer(Dossier(small())) if one.kind == "no gem")
    assert finding.verdict == "undecided"


def test_a_gem_is_hidden_and_its_chance_is_within_the_level():
    heard = album(20)
    loud = plant(heard, 17)
    found = {one.kind: one for one in hidden_gems(loud)}
    assert found["gem"].places[0].track_file == heard.heard[17].track.file
    assert found["gem"].verdict == "supported"
    assert found["gem"].chance <= FAMILY_LEVEL


def test_what_stands_out_at_the_head_of_the_album_is_no_hidden_gem():
    found = hidden_gems(plant(album(20), 3))
    assert next(one.kind for one in found if one.verdict == "supported") == "stands out"
    assert not any(one.kind == "gem" for one in found)


def plant(heard, at):
    """The album with one track that moves more than all others, on every side."""
    one = heard.heard[at]
    hearing = one.hearing
    moved = evolve(
        hearing,
        loudness=evolve(hearing.loudness, range_lu=45.0),
        dynamics=evolve(
            hearing.dynamics,
            swells=tuple(evolve(s, change_lu=40.0) for s in hearing.dynamics.swells),
        ),
        turning_points=TurningPoints(
            tuple(evolve(p, arousal_change=5.0) for p in hearing.turning_points.points)
        ),
        melody=leaping(hearing.melody),
        key=wandering(hearing.key),
        register=evolve(
            hearing.register, pitch=evolve(hearing.register.pitch,
                                           values=hearing.register.pitch.values + 30)
        ),
        sections=evolve(
            hearing.sections,
            sections=tuple(
                evolve(s, label=chr(65 + k)) for k, s in enumerate(hearing.sections.sections)
            ),
        ),
        density=evolve(hearing.density, values=hearing.density.values * 4),
    )  # fmt: skip
    rows = list(heard.heard)
    rows[at] = Heard(one.track, moved)
    return evolve(heard, heard=tuple(rows))


def leaping(melody):
    """The same rhythm with every step another."""
    steps = np.arange(len(melody)) ** 2 % 23
    return evolve(melody, midi_pitch=48.0 + steps)


def wandering(keys):
    """As many keys as there are stretches."""
    from unsung.model.hearing import KeySpan
    from unsung.model.pitch import Key
    from unsung.model.time import Span

    end_s = keys.spans[-1].span.end_s
    edges = np.linspace(0, end_s, 13).tolist()
    spans = [KeySpan(Span(a, b), Key.at(2 * k), 0.3)
             for k, (a, b) in enumerate(pairwise(edges))]  # fmt: skip
    return evolve(keys, spans=tuple(spans))


def test_the_window_sounds_and_lies_within_the_track():
    for one in album(6).heard:
        found = window(one.hearing)
        assert found.span.end_s <= one.hearing.duration_s
        assert found.span.duration_s == pytest.approx(WINDOW_S)
        assert sounds(one.hearing, found.span)


def test_the_window_holds_the_largest_turn():
    hearing = recording_hearing(200.0, 4)
    (turn,) = hearing.turning_points.points
    larger = evolve(turn, at_s=150.0, arousal_change=-3.0)
    found = window(evolve(hearing, turning_points=TurningPoints((turn, larger))))
    assert found.turn == larger
    assert found.span.start_s < 150.0 < found.span.end_s


def test_silence_has_no_window_and_a_short_track_is_its_own():
    assert window(silent_hearing()) is None
    assert window(recording_hearing(6.0, 2)).span.duration_s == pytest.approx(6.0)


def test_a_score_has_a_window_where_notes_are():
    found = window(score_hearing())
    assert found is not None
    assert found.turn is None


@pytest.mark.parametrize(
    "heard",
    [
        (),
        (Heard(track(1, "Nothing"), silent_hearing()),),
        (Heard(track(1, "One"), recording_hearing(120.0, 1)),),
        tuple(Heard(track(at, f"N {at}"), silent_hearing()) for at in range(1, 12)),
        tuple(Heard(track(at, f"N {at}"), noise_hearing()) for at in range(1, 12)),
        tuple(Heard(track(at, f"S {at}", kind="score"), score_hearing(60.0, at))
              for at in range(1, 12)),
    ],
)  # fmt: skip
def test_nothing_silence_noise_and_one_track_support_nothing_on_merit(heard):
    for one in GEMS.answer(Dossier(soundtrack(*heard))):
        assert one.kind not in {"gem", "stands out"}


@pytest.mark.parametrize("hearing", [silent_hearing(60.0), noise_hearing()])
def test_silence_and_noise_support_nothing_at_all(hearing):
    heard = (Heard(track(at, f"N {at}"), hearing) for at in range(1, 12))
    assert not any(f.verdict == "supported" for f in GEMS.answer(Dossier(soundtrack(*heard))))


def test_slugs_are_of_one_finding_each_and_stay_the_same():
    heard = album(12)
    uses = Uses({one.track.file: 0 for one in heard.heard}, "the scripts", is_complete=True)
    first, again = hidden_gems(heard, None, uses), hidden_gems(heard, None, uses)
    assert first == again
    assert len({one.slug for one in first}) == len(first)


def uses_of(heard, never, *, complete):
    """Every track is used ten times but one."""
    counts = {one.track.file: 10 for one in heard.heard}
    counts[heard.heard[never].track.file] = 0
    return Uses(counts, "the scripts", is_complete=complete)


def test_a_track_that_is_never_used_is_named_where_all_was_read():
    heard = album(10)
    found = [
        one
        for one in hidden_gems(heard, None, uses_of(heard, 4, complete=True))
        if one.kind == "never used in the work"
    ]
    assert [one.facts["track"].track_file for one in found] == [heard.heard[4].track.file]
    assert found[0].verdict == "supported"


def test_a_count_of_nought_is_no_fact_where_not_all_was_read():
    heard = album(10)
    found = hidden_gems(heard, None, uses_of(heard, 4, complete=False))
    assert not any(one.kind == "never used in the work" for one in found)


def test_jingles_that_are_never_used_are_named_together_and_weigh_less():
    heard = album(10)
    short = [Heard(track(98 + at, f"Jingle {at}"), recording_hearing(5.0, 3)) for at in (1, 2)]
    heard = soundtrack(*heard.heard, *short)
    counts = {one.track.file: 3 for one in heard.heard}
    for one in (heard.heard[4], *short):
        counts[one.track.file] = 0
    whole, jingles = (
        one
        for one in hidden_gems(heard, None, Uses(counts, "the scripts", is_complete=True))
        if one.kind == "never used in the work"
    )
    assert whole.facts["track"].text == "Cue 5"
    assert jingles.facts["names"] == "Jingle 1 and Jingle 2"
    assert whole.weight > jingles.weight


def test_exposure_knows_no_place_of_tracks_without_a_number():
    heard = album(8, number=False)
    kinds = {kind for one in exposures(heard).values() for kind in one.kinds}
    assert kinds == {"length"}


def test_later_shorter_and_less_used_is_less_exposed():
    heard = album(9)
    uses = Uses({one.track.file: 20 - at for at, one in enumerate(heard.heard)}, "the scripts")
    found = exposures(heard, None, uses)
    first, last = heard.heard[0].track.file, heard.heard[-1].track.file
    assert found[first].kinds["place"] > found[last].kinds["place"]
    assert found[first].kinds["use"] > found[last].kinds["use"]


def story(coverage="all scenes"):
    """A is used twice, B by default alone, C perhaps, D never."""
    return Story(
        "The Glass Meridian",
        (Scene("one"), Scene("two")),
        (
            MusicUse("a", "one", "a.ogg"),
            MusicUse("a", "two", "a.ogg"),
            MusicUse("b", "two", "b.ogg", chosen=False),
            MusicUse("c", "two", candidates=("c.ogg", "d.mp3")),
        ),
        coverage,
    )


def test_a_story_counts_what_it_chose_and_never_what_it_may_mean():
    found = uses_in(story(), ["a.ogg", "b.ogg", "c.ogg", "d.ogg"])
    assert found.counts == {"a.ogg": 2, "d.ogg": 0}
    assert found.is_complete


def test_a_dossier_with_a_story_names_what_it_never_uses():
    heard = album(10)
    named = [one.track.file for one in heard.heard[1:]]
    told = Story("Work", (Scene("one"),), tuple(MusicUse(f, "one", f) for f in named), "all scenes")
    found = GEMS.answer(Dossier(heard, story=told))
    (unused,) = (one for one in found if one.kind == "never used in the work")
    assert unused.facts["track"].text == "Cue 1"
    assert not any("used" in one.kind for one in GEMS.answer(Dossier(heard)))


def test_a_story_without_coverage_counts_no_nought():
    found = uses_in(story(""), ["a.ogg", "b.ogg", "c.ogg", "d.ogg"])
    assert found.counts == {"a.ogg": 2}
    assert not found.is_complete


def slow_and_soft(hearing):
    """The same, calm, sparse and soft."""
    felt = hearing.emotion
    return evolve(
        hearing,
        emotion=evolve(felt, arousal=evolve(felt.arousal, values=0 * felt.arousal.values + 1.1)),
        loudness=evolve(hearing.loudness, integrated_lufs=-50.0),
        density=evolve(hearing.density, values=hearing.density.values * 0.05),
        tempo=evolve(hearing.tempo, overall_bpm=41.0),
    )


def test_the_calmest_softest_slowest_track_is_no_struggle():
    heard = album(12)
    rows = list(heard.heard)
    rows[6] = Heard(rows[6].track, slow_and_soft(rows[6].hearing))
    found = moments(rows)[6]
    assert isinstance(found, Moment)
    assert found.best in {"reflection", "farewell"}
    assert {"calmer", "softer"} <= {sign.says for sign in found.signs}


def test_the_signs_of_a_moment_are_shares_of_the_other_tracks():
    for found in moments(album(12).heard):
        assert isinstance(found, Moment)
        assert all(0 <= sign.percent <= 100 for sign in found.signs)
        assert {sign.cue for sign in found.signs} <= set(RULES[found.best])
        assert found.kind in {found.best, UNDECIDED}


def test_kinds_of_moment_need_tracks_to_compare_with():
    assert set(moments(album(5).heard)) == {UNDECIDED}
    assert moments(()) == ()


def test_every_place_is_within_its_track():
    heard: Soundtrack = album(14)
    lengths = {one.track.file: one.hearing.duration_s for one in heard.heard}
    uses = Uses({one.track.file: 0 for one in heard.heard}, "the scripts", is_complete=True)
    for finding in hidden_gems(heard, None, uses):
        for place in finding.places:
            assert place.span.end_s <= lengths[place.track_file]


def test_every_claim_says_only_what_its_facts_carry():
    heard = album(14)
    uses = Uses({one.track.file: 0 for one in heard.heard}, "the scripts", is_complete=True)
    for finding in (*hidden_gems(heard, None, uses), *hidden_gems(plant(album(20), 17))):
        text = f"{plain_words(finding)}[^{finding.slug}]"
        assert unsupported(text, {finding.slug: finding}) == ()


def plain_words(finding):
    """The claim with a full stop, as the article has it."""
    return f"{claim_words(finding)}."
