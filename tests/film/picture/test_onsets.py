import numpy as np
import pytest

from unsung.film.picture.onsets import hits
from unsung.model.film import Placement, Speed
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span


def _curve(at_s, seconds=60, rate_hz=100):
    values = np.zeros(seconds * rate_hz)
    for time_s, strength in at_s.items():
        values[round(time_s * rate_hz)] = strength
    return {"a.flac": Feature(values[None], Frames(rate_hz))}


def _placed(film_start_s, track, ratio=1.0):
    film = Span(film_start_s, film_start_s + (track[1] - track[0]) / ratio)
    return Placement("a.flac", Span(*track), film, Speed(ratio), "same recording", 1.0)


def test_hits_come_where_the_film_plays_them():
    found = hits(_curve({10: 1.0, 20: 0.5, 50: 0.9}), [_placed(100.0, (5.0, 30.0))])
    assert [hit.film_s for hit in found] == pytest.approx([105, 115])
    assert [hit.strength for hit in found] == pytest.approx([1.0, 0.5])


def test_music_played_fast_strikes_earlier():
    (hit,) = hits(_curve({10: 1.0}), [_placed(0.0, (0.0, 50.0), 25 / 24)])
    assert hit.film_s == pytest.approx(9.6)


def test_a_loop_strikes_each_time():
    placed = [_placed(0.0, (5.0, 15.0)), _placed(10.0, (5.0, 15.0))]
    assert [hit.film_s for hit in hits(_curve({10: 1.0}), placed)] == pytest.approx([5, 15])


def test_weak_onsets_and_those_beside_a_stronger_are_none():
    found = hits(_curve({10: 1.0, 10.2: 0.8, 30: 0.05}), [_placed(0.0, (0.0, 60.0))])
    assert [hit.film_s for hit in found] == pytest.approx([10])


def test_a_busy_minute_has_twenty():
    busy = {0.5 * k + 0.25: 0.5 + k / 1000 for k in range(119)}
    assert len(hits(_curve(busy), [_placed(0.0, (0.0, 60.0))])) == 20


def test_silence_and_unknown_tracks_have_none():
    assert hits(_curve({}), [_placed(0.0, (0.0, 60.0))]) == ()
    assert hits({}, [_placed(0.0, (0.0, 60.0))]) == ()
    assert (
        hits({"a.flac": Feature(np.zeros((1, 0)), Frames(100.0))}, [_placed(0.0, (0.0, 6.0))]) == ()
    )
