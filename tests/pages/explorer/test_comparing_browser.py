"""Two occurrences side by side, measured by what sounds: no click, no dip, equally loud.

One track is a low tone, the other a high one and a tenth as strong, so that it can be told from
the captured samples how much of either is heard at each instant.
"""

import explored
import numpy as np
import pyloudnorm
import pytest
import soundfile
from attrs import evolve
from explored import ALBUM, comes_true

from unsung.listening.loudness import loudness
from unsung.model.sound import Audio

pytestmark = pytest.mark.browser

CAPTURED_HZ = 48_000
TONES_HZ = {1: 1000.0, 2: 3000.0}  # whole cycles in each millisecond: a loop has no seam
GAINS = {1: 0.5, 2: 0.05}
_CLICK_DB = -50
CATCH = """
window.caught = [];
const EAR = `registerProcessor('ear', class extends AudioWorkletProcessor {
  process([input]) {
    this.port.postMessage(input[0] ? input[0].slice() : new Float32Array(128));
    return true;
  }
})`;
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...more) {
  if (to === this.context.destination && this.context.tap) connect.call(this, this.context.tap);
  return connect.call(this, to, ...more);
};
window.AudioContext = class extends AudioContext {
  constructor(...given) {
    super(...given);
    this.tap = new GainNode(this);
    const address = URL.createObjectURL(new Blob([EAR], { type: 'text/javascript' }));
    void this.audioWorklet.addModule(address).then(() => {
      const ear = new AudioWorkletNode(this, 'ear'), mute = new GainNode(this, { gain: 0 });
      ear.port.onmessage = ({ data }) => window.caught.push(...data);
      connect.call(this.tap, ear);
      connect.call(ear, mute);
      connect.call(mute, this.destination);
    });
  }
};
"""


def _sound(one):
    at_s = np.arange(int(one.hearing.duration_s * CAPTURED_HZ)) / CAPTURED_HZ
    position = 1 + one.track.position % 2
    return GAINS[position] * np.sin(2 * np.pi * TONES_HZ[position] * at_s)


def _heard(one):
    if one.track.kind == "score":
        return one
    told = loudness(Audio(np.float32(_sound(one))[np.newaxis], CAPTURED_HZ))
    return evolve(one, hearing=evolve(one.hearing, loudness=told))


@pytest.fixture(scope="module")
def samples(tmp_path_factory, chromium):
    """What sounds while the prototype is heard, then the occurrence, then the prototype again."""
    album = explored.album()
    album = evolve(album, heard=tuple(map(_heard, album.heard)))
    with explored.served(tmp_path_factory.mktemp("tones"), album) as visitor:
        for one in album.heard:
            if one.track.kind == "recording":
                soundfile.write(visitor.folder / one.track.file, _sound(one), CAPTURED_HZ)
        for _try in range(3):
            caught = _captured(chromium, f"{visitor.address}{ALBUM}/motif/A")
            if _loudest_click_db(caught) < _CLICK_DB:
                break
        return caught


def _captured(chromium, address):
    """A machine without time for its sound drops samples; so this may be asked again."""
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.add_init_script(CATCH)
    page.goto(address)
    prototype = page.locator("#prototype").get_attribute("data-track")
    page.locator(f".trail > li:not([data-track={prototype}]) [data-act=compare]").first.click()
    for key in ("x", "x", "Shift"):
        until = page.evaluate("window.caught.length") + CAPTURED_HZ
        comes_true(page, "until => window.caught.length > until", until)
        page.keyboard.press(key)
    caught = np.array(page.evaluate("window.caught"))
    context.close()
    return caught


def _loudest_click_db(samples):
    """Above both tones there is nothing but clicks."""
    spectrum = np.fft.rfft(samples)
    hz = np.fft.rfftfreq(len(samples), 1 / CAPTURED_HZ)
    above = np.fft.irfft(np.where(hz > 6_000, spectrum, 0), len(samples))
    return max(
        20 * np.log10(
            np.abs(above[at - 2_400 : at + 2_400]).max()
            / np.abs(samples[at - 2_400 : at + 2_400]).max()
        )
        for at in swaps(samples)
    )  # fmt: skip


def strengths(samples):
    """How much of each tone is heard, sample by sample: its amplitude within 4 ms."""
    at_s = np.arange(len(samples)) / CAPTURED_HZ
    window = np.hanning(int(0.004 * CAPTURED_HZ))
    turned = (samples * np.exp(-2j * np.pi * hz * at_s) for hz in TONES_HZ.values())
    return [2 * np.abs(np.convolve(one, window / window.sum(), "same")) for one in turned]


def swaps(samples):
    """Where one tone takes over from the other, and which rises."""
    low, high = strengths(samples)
    share = low / np.median(low[low > low.max() / 2]) - high / np.median(
        high[high > high.max() / 2]
    )
    at = np.flatnonzero(np.diff(np.sign(share)))
    begun = np.flatnonzero(low + high > low.max() / 4)[0] + CAPTURED_HZ // 20
    return [k for k in at if begun < k < len(samples) - CAPTURED_HZ // 10]


def test_one_fades_into_the_other_within_thirty_milliseconds(samples):
    found = swaps(samples)
    assert len(found) == 2
    for at in found:
        for strength in strengths(samples):
            around = strength[at - 2_400 : at + 2_400]
            share = (around - around.min()) / np.ptp(around)
            rising = share if share[-1] > share[0] else share[::-1]
            lasts_ms = 1000 * (np.argmax(rising > 0.9) - np.argmax(rising > 0.1)) / CAPTURED_HZ
            assert 15 < lasts_ms < 25, "a quarter sine of 30 ms takes 19.5 ms from .1 to .9"


def test_the_sound_neither_dips_nor_swells_between_them(samples):
    low, high = (one / np.median(one[one > one.max() / 2]) for one in strengths(samples))
    for at in swaps(samples):
        around = slice(at - 2_400, at + 2_400)
        power_db = 10 * np.log10(low[around] ** 2 + high[around] ** 2)
        assert np.abs(power_db).max() < 1.0


def test_nothing_clicks_while_one_takes_over_from_the_other(samples):
    assert _loudest_click_db(samples) < _CLICK_DB


def test_both_are_equally_loud_though_one_was_recorded_twenty_decibels_softer(samples):
    meter, levels = pyloudnorm.Meter(CAPTURED_HZ), []
    first, second = swaps(samples)[:2]
    for start, end in ((first - 30_000, first - 2_400), (first + 2_400, second - 2_400)):
        levels.append(meter.integrated_loudness(samples[start:end]))
    assert abs(levels[0] - levels[1]) < 0.5
