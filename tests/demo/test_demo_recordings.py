"""The recordings sound what the truth says, when it says."""

from io import BytesIO

import numpy as np
import pytest

from unsung.demo import scores, soundtrack_files


def test_every_recording_lasts_as_long_as_the_truth_says_and_never_clips(known, recording):
    for one in known["tracks"]:
        samples, rate_hz = recording(one["file"])
        assert len(samples) / rate_hz == pytest.approx(one["duration_s"], abs=0.05)
        assert 0.02 < np.abs(samples).max() < 1.0


def test_tags_name_the_tracks(known):
    tinytag = pytest.importorskip("tinytag")
    for one, file in zip(known["tracks"], soundtrack_files(), strict=True):
        tag = tinytag.TinyTag.get(file.name, file_obj=BytesIO(file.read_bytes()))
        assert (tag.title, tag.album, tag.track) == (
            one["title"], known["album"]["title"], one["number"],
        )  # fmt: skip


def test_loudness_is_not_levelled_out(known, recording):
    """The farewell whispers, the storm does not: 10 dB and more between them."""
    level_db = {
        one["kind"]: 10 * np.log10(np.mean(recording(one["file"])[0] ** 2))
        for one in known["tracks"]
    }
    assert min(level_db, key=level_db.get) == "farewell"
    assert level_db["storm"] - level_db["farewell"] > 10


def _rise_s(samples, rate_hz, onset_s, pitch):
    """When the partials of a pitch rise most steeply within 80 ms of an onset."""
    window, hop = 1024, 48
    begin = round((onset_s - 0.1) * rate_hz) - window // 2
    stretch = samples[begin : begin + window + round(0.2 * rate_hz)]
    frames = np.lib.stride_tricks.sliding_window_view(stretch, window)[::hop]
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(window), 4096))
    partials_hz = 440 * 2 ** ((pitch - 69) / 12) * np.arange(1, 5)
    bins = np.round(partials_hz[partials_hz < 9000] * 4096 / rate_hz).astype(int)
    strength = np.sqrt(spectrum[:, bins]).sum(axis=1)
    times_s = np.arange(len(strength)) * hop / rate_hz - 0.1
    lag = 12
    slope = strength[lag:] - strength[:-lag]
    middle_s = times_s[lag // 2 : lag // 2 + len(slope)]
    near = np.abs(middle_s) < 0.08
    return middle_s[near][np.argmax(slope[near])]


@pytest.mark.parametrize(
    "instrument", ["celesta", "trumpet", "synth bass", "oboe", "clarinet", "flute"]
)
def test_notes_begin_when_the_truth_says(known, recording, instrument):
    late_s = [
        _rise_s(*recording(one["track"]), onset_s, pitch)
        for one in known["statements"]
        if one["instrument"] == instrument
        for onset_s, pitch in one["notes"]
    ]
    assert abs(np.median(late_s)) < 0.012
    assert np.percentile(np.abs(late_s), 60) < 0.02


def _partials(samples, rate_hz, start_s, end_s, pitch):
    stretch = samples[round(start_s * rate_hz) : round(end_s * rate_hz)]
    spectrum = np.abs(np.fft.rfft(stretch * np.hanning(len(stretch)), 1 << 16))
    bins = np.round(440 * 2 ** ((pitch - 69) / 12) * np.arange(1, 4) * (1 << 16) / rate_hz)
    return sum(spectrum[int(b) - 4 : int(b) + 5].max() for b in bins)


def test_the_prototypes_sound_at_their_pitches(known, recording):
    """Each note stands above its neighbours a semitone and a tritone away."""
    by_id = {one["id"]: one for one in known["statements"]}
    for motif in known["motifs"]:
        one = by_id[motif["prototype"]]
        ends_s = [onset_s for onset_s, _ in one["notes"][1:]] + [one["end_s"]]
        for (onset_s, pitch), end_s in zip(one["notes"], ends_s, strict=True):
            sound = (*recording(one["track"]), onset_s + 0.02, max(end_s, onset_s + 0.15))
            strength = _partials(*sound, pitch)
            assert strength > 1.3 * _partials(*sound, pitch + 1)
            assert strength > 1.3 * _partials(*sound, pitch - 6)


def test_the_shipped_scores_hold_the_statements(known):
    """Every note of every statement is in the MIDI file, within what makes players human."""
    partitura = pytest.importorskip("partitura")
    import warnings

    for track, file in zip(known["tracks"], scores(), strict=True):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notes = partitura.load_performance_midi(file).note_array()
        for one in known["statements"]:
            if one["track"] != track["file"]:
                continue
            for onset_s, pitch in one["notes"]:
                same = notes["onset_sec"][notes["pitch"] == pitch] + track["score_starts_s"]
                assert np.abs(same - onset_s).min() < 0.016
