import numpy as np
import pytest

from unsung.listening.impressions import FACETS, WORDS, Impressions
from unsung.listening.instruments import in_context, instruments, probabilities, told
from unsung.model.hearing import LOUDNESS_FLOOR_LUFS, Loudness
from unsung.model.instruments import FAMILIES, INSTRUMENTS, ORCHESTRAL, VOICES
from unsung.model.outcomes import SILENT
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span

CLOCK = Frames(1.0, 0.5)


def _curves(seconds, **likely):
    rows = np.zeros((len(INSTRUMENTS), seconds), np.float32)
    for name, row in likely.items():
        rows[INSTRUMENTS.index(name.replace("_", " "))] = row
    return rows


def _families(seconds, **likely):
    rows = np.zeros((len(FAMILIES), seconds), np.float32)
    for name, row in likely.items():
        rows[FAMILIES.index(name)] = row
    return rows


def _told(instruments_rows, families, sounding=None):
    seconds = instruments_rows.shape[1]
    voices = np.zeros((len(VOICES), seconds), np.float32)
    heard = np.ones(seconds, bool) if sounding is None else sounding
    return told(instruments_rows, families, voices, CLOCK, heard)


def _loudness(lufs):
    curve = Feature(np.atleast_2d(np.asarray(lufs, np.float32)), Frames(10.0, 0.2))
    return Loudness(SILENT, SILENT, SILENT, curve, curve)


def test_a_flute_by_itself_is_solo_until_the_strings_come_in():
    flute = np.r_[np.full(20, 0.9), np.zeros(10)]
    strings = np.r_[np.zeros(20), np.full(10, 0.9)]
    heard = _told(
        _curves(30, flute=flute, violin=strings), _families(30, woodwind=flute, strings=strings)
    )
    assert [(one.in_words, one.span) for one in heard.playing] == [
        ("solo flute", Span(0, 20)),
        ("solo violin", Span(20, 30)),
    ]


def test_two_families_at_once_are_no_solo():
    both = np.full(10, 0.9)
    heard = _told(_curves(10, flute=both, violin=both), _families(10, woodwind=both, strings=both))
    assert [one.in_words for one in heard.playing] == ["violin", "flute"]


def test_a_rest_of_two_seconds_does_not_end_a_stretch_and_one_of_ten_does():
    row = np.r_[np.ones(5), np.zeros(2), np.ones(5), np.zeros(10), np.ones(5)]
    heard = _told(_curves(27, harp=row), _families(27, plucked=row))
    assert [one.span for one in heard.playing] == [Span(0, 12), Span(22, 27)]


def test_a_single_second_is_too_short_to_name_a_player():
    row = np.r_[np.zeros(5), 1, np.zeros(5)]
    heard = _told(_curves(11, tuba=row), _families(11, brass=row))
    assert heard.playing == ()


def test_what_sounds_without_a_likely_family_is_undetermined():
    strings = np.r_[np.full(6, 0.9), np.full(6, 0.1)]
    heard = _told(_curves(12), _families(12, strings=strings))
    assert heard.undetermined == (Span(6, 12),)


def test_silence_is_not_undetermined():
    heard = _told(_curves(5), _families(5), np.zeros(5, bool))
    assert (heard.undetermined, heard.present) == ((), ())


def test_instruments_that_no_orchestra_has_are_unusual():
    row = np.ones(10)
    heard = _told(_curves(10, sitar=row, violin=row), _families(10, plucked=row, strings=row))
    assert [one.name for one in heard.unusual] == ["sitar"]
    assert set(INSTRUMENTS) >= ORCHESTRAL


def test_the_surest_and_longest_is_named_first():
    half = np.r_[np.ones(5), np.zeros(5)]
    heard = _told(_curves(10, violin=half, harp=np.ones(10)), _families(10))
    assert [(one.name, one.share) for one in heard.present] == [("harp", 1.0), ("violin", 0.5)]


def test_each_answer_is_a_probability_whatever_the_sound():
    facets = np.abs(np.random.default_rng(0).normal(0, 3, (FACETS, 50))).astype(np.float32)
    likely = probabilities(facets)
    assert likely.shape == (len(INSTRUMENTS) + len(FAMILIES), 50)
    assert ((likely >= 0) & (likely <= 1)).all()


def test_a_second_is_heard_with_those_around_it():
    facets = np.zeros((1, 21), np.float32)
    facets[0, 10] = 81.0
    now, around = in_context(facets)
    assert np.flatnonzero(now).tolist() == [10]
    assert around[6:15] == pytest.approx(np.ones(9))
    assert around[:5] == pytest.approx(np.zeros(5))


@pytest.mark.parametrize("seconds", [1, 2, 7])
def test_nobody_plays_where_it_is_silent(seconds):
    dice = np.random.default_rng(1)
    heard = Impressions(
        Feature(dice.random((FACETS, seconds)), CLOCK),
        Feature(dice.random((WORDS, seconds)), CLOCK),
    )
    floor = np.full(max(1, seconds * 10 - 3), LOUDNESS_FLOOR_LUFS)
    found = instruments(heard, _loudness(floor))
    assert not found.instruments.values.any()
    assert not found.voices.values.any()
    assert (found.playing, found.undetermined) == ((), ())


def test_speech_is_heard_where_the_network_s_words_say_so():
    words = np.full((WORDS, 4), -9.0)
    words[0, :2] = 4.0
    heard = Impressions(Feature(np.zeros((FACETS, 4)), CLOCK), Feature(words, CLOCK))
    speech, singing = instruments(heard, _loudness(np.full(40, -20.0))).voices.values
    assert (speech > 0.5).tolist() == [True, True, False, False]
    assert (singing < 0.01).all()


def test_a_choir_by_itself_is_no_solo():
    row = np.ones(10)
    heard = _told(_curves(10, choir=row), _families(10, voice=row))
    assert [one.in_words for one in heard.playing] == ["choir alone"]
