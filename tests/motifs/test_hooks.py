"""What makes a melody memorable is measured, compared, and never claimed to be more."""

import numpy as np
import pytest

from unsung.model.motif import Motif, Occurrence, Passage
from unsung.model.notes import Notes
from unsung.model.outcomes import UNDECIDED
from unsung.model.time import Span
from unsung.motifs.hooks import Reference, album_language, density, hooks, recognisable, variation
from unsung.motifs.iconic.catalogue import shipped_incipits

REFERENCE = Reference("the famous melodies", tuple(one.notes for one in shipped_incipits()))
NOTHING = Reference("nothing", ())


def line(*pitch, step_s=0.5):
    return Notes.sorted(np.arange(len(pitch)) * step_s, step_s, pitch)


def place(notes, start_s=0.0, changes=()):
    return Occurrence("a.ogg", Span(start_s, start_s + 4), changes=changes, notes=notes)


def motif(label, notes, *others):
    first = place(notes)
    return Motif(label, first, (first, *others))


TUNES = (
    (60, 62, 64, 60, 62, 64, 65), (67, 65, 64, 62, 64, 60, 62), (60, 67, 65, 64, 62, 72, 67),
    (72, 71, 69, 67, 69, 71, 72), (60, 61, 66, 54, 71, 58, 65), (64, 62, 60, 62, 64, 64, 64),
    (67, 64, 67, 64, 65, 62, 60),
)  # fmt: skip
ALBUM = tuple(motif(label, line(*tune)) for label, tune in zip("ABCDEFG", TUNES, strict=True))
TEMPI = {label: 60.0 + 10 * k for k, label in enumerate("ABCDEFG")}


def measured(hook):
    return {one.feature: one for one in hook.measured}


def test_every_feature_says_what_it_was_compared_with():
    found = measured(hooks(ALBUM, REFERENCE, TEMPI)[0])
    assert set(found) == {
        "common contour", "uncommon gradients", "tempo", "conventionality", "recurrence",
    }  # fmt: skip
    assert found["common contour"].compared_with == "the famous melodies"
    assert found["common contour"].compared == len(REFERENCE.lines)
    assert found["recurrence"].compared == 6
    assert all(0 <= one.share_below <= 1 for one in found.values())


def test_how_little_the_features_foretell_travels_with_them():
    told = hooks(ALBUM, REFERENCE, TEMPI)[0].predictive
    assert (told.accuracy, told.by_chance) == (0.625, 0.5)


def test_the_fastest_motif_is_above_all_others():
    assert measured(hooks(ALBUM, REFERENCE, TEMPI)[-1])["tempo"].share_below == 1


def test_leaps_without_a_key_are_the_least_conventional():
    shares = [measured(one)["conventionality"].share_below for one in hooks(ALBUM, REFERENCE, {})]
    assert int(np.argmin(shares)) == 4
    assert shares[4] < 0.1


def test_a_motif_that_speaks_the_language_of_its_album_recurs_more_than_one_that_does_not():
    found = [measured(one)["recurrence"].share_below for one in hooks(ALBUM, REFERENCE, {})]
    assert found[5] > found[4]


def test_without_tempo_the_leaning_rests_on_the_other_two():
    found = hooks(ALBUM, REFERENCE, {})[0]
    by = measured(found)
    assert by["tempo"].value is UNDECIDED
    two = [by[name].share_below for name in ("common contour", "uncommon gradients")]
    assert found.leaning == pytest.approx(np.mean(two))


def test_a_motif_is_recognised_when_its_intervals_so_far_are_in_no_other_melody():
    own, other = line(60, 62, 64, 71), line(50, 52, 54, 55)
    found = recognisable(own, (other,), NOTHING)
    assert (found.notes, found.seconds_s) == (4, 1.5)
    assert recognisable(line(60, 59), (other,), NOTHING).notes == 2


def test_a_motif_within_another_is_never_recognised_and_key_does_not_help():
    assert recognisable(line(62, 64, 65), (line(50, 48, 50, 52, 53),), NOTHING) is UNDECIDED
    famous = line(*(REFERENCE.lines[0].midi_pitch + 3).tolist())
    assert recognisable(famous, (), REFERENCE) is UNDECIDED


def test_variation_counts_each_kind_and_shows_where_it_is_first_heard():
    notes = line(60, 62, 64)
    told = variation(motif(
        "A", notes, place(notes, 10.0, ("key",)), place(notes, 20.0, ("key", "mode")),
    ))  # fmt: skip
    assert told.occurrences == 3
    assert told.share_changed == pytest.approx(2 / 3)
    assert told.kinds == (("key", 2), ("mode", 1))
    assert told.places == (Passage("a.ogg", Span(10, 14)), Passage("a.ogg", Span(20, 24)))


def test_density_is_that_of_a_gaussian_around_each_value():
    values = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    width = values.std(ddof=1) * 5**-0.2
    by_hand = np.mean(np.exp(-0.5 * ((2 - values) / width) ** 2)) / (width * np.sqrt(2 * np.pi))
    assert density(np.array([2.0]), values)[0] == pytest.approx(by_hand)


def test_the_language_of_an_album_counts_which_interval_follows_which():
    counts = album_language((line(60, 62, 64, 60),)).intervals
    assert counts[14, 14] == 1
    assert counts[14, 8] == 1
    assert counts.sum() == 2


@pytest.mark.parametrize("notes", [Notes.none(), line(60), line(60, 60)])
def test_a_motif_of_hardly_a_note_leaves_all_undecided(notes):
    (found,) = hooks((motif("A", notes),), REFERENCE, {})
    assert found.leaning is UNDECIDED
    assert all(one.share_below is UNDECIDED for one in found.measured)


def test_nothing_to_compare_with_leaves_all_undecided():
    (found,) = hooks((motif("A", line(60, 62, 64, 65)),), NOTHING, {})
    assert found.leaning is UNDECIDED
    assert hooks((), NOTHING, {}) == ()
