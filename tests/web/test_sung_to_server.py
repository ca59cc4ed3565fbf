"""Singing to the server: it is written down and looked for, and nothing of it stays."""

import made_albums
import numpy as np
import pytest
from test_marks import TUNE, scores  # noqa: F401 (a fixture)
from voices import RATE_HZ, voice

B = "/a/album/api"
PITCHES = tuple(pitch for pitch, _ in TUNE)
LASTS_S = tuple(quarters / 2 for _, quarters in TUNE)


def sent(visitor, samples, rate_hz=RATE_HZ, path=B):
    """What the page sends: samples of 16 bits."""
    body = np.int16(np.clip(samples, -1, 1) * 32767).tobytes()
    headers = visitor.headers | {"content-type": "application/octet-stream"}
    return visitor.client.post(f"{path}/sung?rate_hz={rate_hz}", content=body, headers=headers)


@pytest.mark.parametrize(("semitones", "overtones"), [(0.4, 8), (-11.2, 8), (19.3, 1)])
def test_what_is_sung_or_whistled_is_found_in_the_tracks_that_have_it(
    scores,  # noqa: F811
    semitones,
    overtones,
):
    sung = voice(PITCHES, LASTS_S, semitones, overtones=overtones)
    rows = sent(scores, sung).json()["notes"]
    assert np.diff([row[2] for row in rows]).tolist() == np.diff(PITCHES).tolist()
    places = scores.post(f"{B}/find", {"notes": rows}).json()["places"]
    assert {one["track"] for one in places[:4]} == {1, 2}


def test_a_place_says_which_motif_comes_there(scores):  # noqa: F811
    rows = sent(scores, voice(PITCHES, LASTS_S)).json()["notes"]
    (first, *_) = scores.post(f"{B}/find", {"notes": rows}).json()["places"]
    labels = {one["label"] for one in scores.get(f"{B}/map").json()["motifs"]}
    assert first["motif"] in labels


def test_the_rate_may_be_that_of_any_microphone(shared):
    tune = voice((60, 64, 67, 72), (0.4,) * 4, rate_hz=48_000)
    rows = sent(shared, tune, 48_000, "/a/the-skerry-light/api").json()["notes"]
    assert [row[2] for row in rows] == [60, 64, 67, 72]


@pytest.mark.parametrize(
    ("samples", "outcome"),
    [
        (np.zeros(RATE_HZ), "silent"),
        (np.zeros(0), "silent"),
        (np.random.default_rng(1).normal(0, 0.2, RATE_HZ), "no pitch"),
    ],
)
def test_silence_and_noise_are_named(shared, samples, outcome):
    plain = sent(shared, samples, path="/a/the-skerry-light/api").json()
    assert plain == {"notes": [], "outcome": outcome}


@pytest.mark.parametrize("asked", ["", "?rate_hz=", "?rate_hz=7", "?rate_hz=x", "?rate_hz=9999999"])
def test_a_rate_that_is_none_is_refused(shared, asked):
    address = f"/a/the-skerry-light/api/sung{asked}"
    assert shared.client.post(address, content=b"12", headers=shared.headers).status_code == 400


def test_too_long_a_song_is_refused(shared):
    samples = np.zeros(21 * RATE_HZ)
    assert sent(shared, samples, path="/a/the-skerry-light/api").status_code == 400
    whole = np.zeros(3 * 2**20)
    assert sent(shared, whole, 96_000, path="/a/the-skerry-light/api").status_code == 413


def test_nothing_of_a_voice_is_kept(tmp_path):
    place = made_albums.album_at(tmp_path / "album", ("a.wav",))
    with made_albums.served(tmp_path / "albums.json", place) as visitor:
        before = {path for path in tmp_path.rglob("*") if path.is_file()}
        assert sent(visitor, voice(), path="/a/the-skerry-light/api").json()["notes"]
        assert {path for path in tmp_path.rglob("*") if path.is_file()} == before
