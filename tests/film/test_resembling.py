"""Music with no source, held against the album by its harmony alone."""

import numpy as np
from film_sounds import RATE_HZ, film
from test_alternates import cue

from unsung.film.resembling import resembling
from unsung.model.film import Placement, Placements, Speed
from unsung.model.sound import Audio
from unsung.model.time import Span
from unsung.model.unplaced import Unplaced, UnplacedStretch

TAKE = cue(1, bend=1.05, touch=1)
ALBUM = tuple((name, Audio(sound[None], RATE_HZ)) for name, sound in (("1", cue(1)), ("2", cue(2))))


def stretch(start_s, end_s):
    return Unplaced((UnplacedStretch(Span(start_s, end_s), 0.9),))


def shown(*sounds):
    return film(np.concatenate(sounds))


def test_another_take_resembles_the_album_s_track_where_it_lies():
    (one,) = resembling(shown(TAKE[: 20 * RATE_HZ]), ALBUM, stretch(0, 20), Placements()).stretches
    assert one.resembles
    assert one.resembles.track_file == "1"
    assert abs(one.resembles.span.start_s - 0) < 2
    assert abs(one.resembles.span.end_s - 20 / 1.05) < 3
    assert not one.goes_on


def test_beside_a_placement_of_the_track_it_goes_on_there():
    first = cue(1)[: 10 * RATE_HZ]
    again = TAKE[round(10.5 * RATE_HZ) : round(30 * RATE_HZ)]
    span = Span(0, 10)
    placed = Placements((Placement("1", span, span, Speed(), "same recording", 1.0),))
    (one,) = resembling(shown(first, again), ALBUM, stretch(12, 29), placed).stretches
    assert one.goes_on


def test_other_music_resembles_nothing():
    (one,) = resembling(shown(cue(7)), ALBUM, stretch(0, 30), Placements()).stretches
    assert one.resembles is None


def test_without_stretches_or_tracks_nothing_is_held_against_anything():
    assert resembling(shown(TAKE), ALBUM, Unplaced(), Placements()) == Unplaced()
    assert resembling(shown(TAKE), (), stretch(0, 20), Placements()) == stretch(0, 20)
