"""A voice for tests: it glides from note to note, wavers, and may drift or whistle."""

import numpy as np

RATE_HZ = 22_050
TUNE = (67, 72, 74, 75, 74, 72, 79, 77)
LASTS_S = (0.25, 0.75, 0.25, 0.5, 0.25, 0.25, 1.0, 1.0)


def voice(
    pitches=TUNE,
    lasts_s=LASTS_S,
    semitones=0.0,
    drift=0.0,
    overtones=8,
    rate_hz=RATE_HZ,
    lead_s=0.3,
):
    """Samples of a line, sung so many semitones up and drifting by as many until its end."""
    ends_s = lead_s + np.cumsum(lasts_s)
    at_s = np.arange(int((ends_s[-1] + lead_s) * rate_hz)) / rate_hz
    note = np.clip(np.searchsorted(ends_s, at_s, side="right"), 0, len(pitches) - 1)
    width = int(0.06 * rate_hz)
    target = np.asarray(pitches, float)[note]
    glided = np.convolve(np.pad(target, width // 2, mode="edge"), np.ones(width) / width, "valid")
    wavering = 0.3 * np.sin(2 * np.pi * 5.5 * at_s)
    pitch = glided[: len(at_s)] + wavering + semitones + drift * at_s / at_s[-1]
    phase = 2 * np.pi * np.cumsum(440 * 2 ** ((pitch - 69) / 12)) / rate_hz
    begins_s = np.concatenate([[lead_s], ends_s[:-1]])[note]
    rising = np.clip((at_s - begins_s) / 0.05, 0.03, 1)
    sounding = (at_s >= lead_s) & (at_s < ends_s[-1])
    tone = sum(np.sin(k * phase) / k**1.2 for k in range(1, overtones + 1))
    noise = np.random.default_rng(3).normal(0, 0.002, len(at_s))
    return (0.15 * tone * rising * sounding + noise).astype(np.float32)
