"""What is published so that a reader's own copy is known, and drawn: small, and true."""

import base64
import json

import explored
import numpy as np
import pytest

from unsung.listening.loudness import loudness
from unsung.model.sound import Audio
from unsung.pages import prints as printed
from unsung.pages.explorer import waveform
from unsung.pages.explorer.waveform import Waveform, in_page


def _told(script):
    text = script.decode()
    assert text.startswith("self.unsungPrints=")
    return json.loads(text.removeprefix("self.unsungPrints=").removesuffix(";\n"))


def test_every_recording_has_a_print_and_no_score_has():
    soundtrack = explored.album()
    told = _told(printed.as_script(printed.prints(soundtrack)))
    recordings = {
        str(one.track.position) for one in soundtrack.heard if one.track.kind == "recording"
    }
    assert set(told["loudness"]) == set(told["clocks"]) == recordings


def test_a_print_is_the_loudness_to_a_sixth_of_a_decibel_at_five_bytes_a_second():
    noise = np.random.default_rng(1).normal(0, 0.1, 30 * 8000) * np.linspace(0.01, 1, 30 * 8000)
    heard = loudness(Audio(np.float32(noise)[np.newaxis], 8000))
    told = printed.told_of({1: heard})
    steps = np.frombuffer(base64.b64decode(told["loudness"][1]), np.uint8)
    rate_hz, first_s = told["clocks"][1]
    assert (rate_hz, first_s) == (5.0, 0.2)
    assert len(steps) / 30 <= rate_hz
    levels = told["floorDb"] + steps / told["stepsPerDb"]
    assert np.abs(levels - heard.momentary.values[0, ::2]).max() <= 1 / 6 + 1e-3


def test_nothing_that_is_said_of_a_title_can_end_the_script():
    assert b"<" not in printed.as_script(printed.prints(explored.album()))


@pytest.mark.parametrize("columns", [0, 1, 7, 1_400, 1_401, 60_000])
def test_a_waveform_takes_less_than_four_kilobytes_and_loses_no_peak(columns):
    dice = np.random.default_rng(columns)
    low, high = dice.integers(-127, 1, columns), dice.integers(0, 128, columns)
    drawn = waveform(low.tolist(), high.tolist())
    assert len(json.dumps(in_page(drawn))) < 4_000
    assert min(drawn.low, default=0) == low.min(initial=0)
    assert max(drawn.high, default=0) == high.max(initial=0)


def test_a_waveform_with_one_side_longer_is_none():
    with pytest.raises(ValueError, match="one length"):
        Waveform((0,), ())
