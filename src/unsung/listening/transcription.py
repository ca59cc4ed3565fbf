"""Notes heard in sound: which pitches sound when, and how surely.

The network is Basic Pitch (Bittner, Bosch, Rubinstein, Meseguer-Brocal and Ewert, "A lightweight
instrument-agnostic model for polyphonic note transcription and multipitch estimation", ICASSP
2022). It hears two seconds at a time and answers, 86 times a second and for each of the 88 keys
of a piano, how likely a note sounds and how likely one begins. Notes are read from these two
curves much as in the paper's section on note creation: a note begins where the one peaks and
lasts while the other stays up; what sounds without a clear beginning is a note as well.

Where we depart, and why (measured by `bench/notes.py` on its development part):

- windows advance by a whole number of frames, so the clock is exact after hours, not only seconds;
- each pitch is read in one pass against its two neighbours, not by repeated search for a maximum;
- a note begins where its onset curve has risen most of the way: bowed and sung notes peak late;
- out of rest a faint onset suffices, but a pitch that already sounds begins anew only on a clear
  one: a tremolo of doubts is not a repeated note.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float16, Float32, Int64

from unsung.listening.networks import session
from unsung.model.notes import Notes
from unsung.model.settings import NotesSettings
from unsung.model.sound import Audio
from unsung.model.time import Frames

_LOWEST_PITCH = 21
_PITCHES = 88

_HOP = 256
_CLOCK = Frames(22_050 / _HOP)
_WINDOW = 43_844
_EDGE = 15
_KEPT = 142
_BATCH = 4
_SILENT_PEAK = 10 ** (-72 / 20)

_SOUNDING, _BEGINNING = "StatefulPartitionedCall:1", "StatefulPartitionedCall:2"

_BRIDGED_GAP = 11
_LEAD = 8
_LONGEST_RISE = 12
_RISEN = 0.6
_LATE = 12
_SURE_WITHOUT_ONSET = 0.5

# First frame, frame after the last, salience.
_Columns = tuple[
    Int64[np.ndarray, " notes"], Int64[np.ndarray, " notes"], Float32[np.ndarray, " notes"]
]


def notes(audio: Audio, settings: NotesSettings) -> Notes:
    """The notes in mono sound at 22,050 Hz; none in silence.

    Salience (0..1) is how likely the network held the pitch to sound, on average over the note.
    """
    sounding, beginning = posteriors(audio)
    return notes_from_posteriors(sounding, beginning, settings)


def posteriors(
    audio: Audio,
) -> tuple[Float16[np.ndarray, "pitches frames"], Float16[np.ndarray, "pitches frames"]]:
    """How likely each pitch of the piano sounds, and how likely it begins (0..1), lowest first.

    Half precision holds two hours in 220 MB and is finer than the network is sure of anything.
    """
    samples = audio.samples[0]
    frames = -(-samples.size // _HOP)
    sounding = np.zeros((_PITCHES, frames), np.float16)
    beginning = np.zeros((_PITCHES, frames), np.float16)
    for first, sounds, begins in _windows_heard(samples, frames):
        place = slice(first, first + _KEPT)
        sounding[:, place] = sounds.T[:, : frames - first]
        beginning[:, place] = begins.T[:, : frames - first]
    return sounding, beginning


def notes_from_posteriors(
    sounding: Float16[np.ndarray, "pitches frames"],
    beginning: Float16[np.ndarray, "pitches frames"],
    settings: NotesSettings,
) -> Notes:
    """The notes that the two curves of each pitch tell of."""
    rows = [_row_notes(sounding, beginning, row, settings) for row in range(len(sounding))]
    first, last, salience = (np.concatenate(column) for column in zip(*rows, strict=True))
    pitch = np.repeat(_LOWEST_PITCH + np.arange(len(rows)), [len(row[0]) for row in rows])
    onset_s, end_s = first / _CLOCK.rate_hz, last / _CLOCK.rate_hz
    return Notes.sorted(onset_s, end_s - onset_s, pitch, np.clip(salience, 0, 1))


def _windows_heard(
    samples: Float32[np.ndarray, " samples"], frames: int
) -> Iterator[tuple[int, Float32[np.ndarray, "kept pitches"], Float32[np.ndarray, "kept pitches"]]]:
    """First frame and the two posteriors of every window that is not silent."""
    network = session("nmp")
    source = network.get_inputs()[0].name
    heard = [first for first in range(0, frames, _KEPT) if _sounds(_window(samples, first))]
    for k in range(0, len(heard), _BATCH):
        firsts = heard[k : k + _BATCH]
        windows = np.stack([_window(samples, first) for first in firsts])[..., None]
        sounding, beginning = network.run([_SOUNDING, _BEGINNING], {source: windows})
        kept = slice(_EDGE, _EDGE + _KEPT)
        yield from zip(firsts, sounding[:, kept], beginning[:, kept], strict=True)


def _sounds(window: Float32[np.ndarray, " samples"]) -> bool:
    """False under -72 dB below full scale, where the network would find notes in the noise."""
    return bool(max(window.max(), -window.min()) > _SILENT_PEAK)


def _window(
    samples: Float32[np.ndarray, " samples"], first_frame: int
) -> Float32[np.ndarray, " window"]:
    """The sound whose kept frames begin at `first_frame`; silence beyond either end."""
    start = (first_frame - _EDGE) * _HOP
    inside = samples[max(0, start) : start + _WINDOW]
    before = max(0, -start)
    return np.pad(inside, (before, _WINDOW - inside.size - before))


def _row_notes(
    sounding: Float16[np.ndarray, "pitches frames"],
    beginning: Float16[np.ndarray, "pitches frames"],
    row: int,
    settings: NotesSettings,
) -> _Columns:
    curve, onsets = sounding[row].astype(np.float32), beginning[row].astype(np.float32)
    begins, ends = _stretches((curve >= settings.frame_threshold) & _prevails(sounding, row))
    first, stretch, clear = _beginnings(onsets, begins, ends, settings.onset_threshold)
    following = np.append(first[1:], curve.size)
    last = np.minimum(ends[stretch], following)
    total = np.concatenate(([0.0], np.cumsum(curve, dtype=np.float64)))
    salience = ((total[last] - total[first]) / np.maximum(1, last - first)).astype(np.float32)
    long_enough = last - first >= settings.least_note_s * _CLOCK.rate_hz
    kept = long_enough & (clear | (salience >= _SURE_WITHOUT_ONSET))
    return first[kept], last[kept], salience[kept]


def _prevails(
    sounding: Float16[np.ndarray, "pitches frames"], row: int
) -> Bool[np.ndarray, " frames"]:
    """Where a pitch is at least as likely as its neighbours a semitone away."""
    below, above = max(0, row - 1), min(len(sounding) - 1, row + 1)
    beside = np.maximum(sounding[below], sounding[above])
    return np.asarray(sounding[row] >= beside)


def _stretches(
    active: Bool[np.ndarray, " frames"],
) -> tuple[Int64[np.ndarray, " stretches"], Int64[np.ndarray, " stretches"]]:
    """First frame and frame after the last of each stretch of sound, short gaps bridged."""
    edges = np.diff(active.astype(np.int8), prepend=0, append=0)
    begins, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    apart = begins[1:] - ends[:-1] > _BRIDGED_GAP
    opens, closes = np.append([True], apart), np.append(apart, [True])
    return begins[opens[: begins.size]], ends[closes[: ends.size]]


def _beginnings(
    onsets: Float32[np.ndarray, " frames"],
    begins: Int64[np.ndarray, " stretches"],
    ends: Int64[np.ndarray, " stretches"],
    threshold: float,
) -> tuple[Int64[np.ndarray, " notes"], Int64[np.ndarray, " notes"], Bool[np.ndarray, " notes"]]:
    """Where notes begin, in which stretch, and whether an onset was heard there.

    The first onset of a stretch may be half as clear as those that strike a sounding pitch again.
    """
    peaks = _peaks(onsets, threshold / 2)
    stretch = np.searchsorted(begins - _LEAD, peaks, side="right") - 1
    inside = peaks < np.append(ends, 0)[stretch]
    peaks, stretch = peaks[inside], stretch[inside]
    struck = (np.diff(stretch, prepend=-1) > 0) | (onsets[peaks] >= threshold)
    peaks, stretch = peaks[struck], stretch[struck]
    unheard = _without_early_peak(begins, peaks, stretch)
    first = np.concatenate([_risen(onsets, peaks), begins[unheard]])
    order = np.argsort(first, kind="stable")
    clear = np.arange(first.size) < peaks.size
    return first[order], np.concatenate([stretch, unheard])[order], clear[order]


def _peaks(onsets: Float32[np.ndarray, " frames"], threshold: float) -> Int64[np.ndarray, " peaks"]:
    """Local maxima at or above `threshold`; the end of a plateau counts."""
    padded = np.pad(onsets, 1)
    rising, falling = padded[1:-1] >= padded[:-2], padded[1:-1] > padded[2:]
    return np.flatnonzero(rising & falling & (onsets >= threshold))


def _without_early_peak(
    begins: Int64[np.ndarray, " stretches"],
    peaks: Int64[np.ndarray, " peaks"],
    stretch: Int64[np.ndarray, " peaks"],
) -> Int64[np.ndarray, " unheard"]:
    """Stretches that sound for a while before any onset is heard, or without one."""
    earliest = np.full(begins.size, np.iinfo(np.int64).max)
    np.minimum.at(earliest, stretch, peaks)
    return np.flatnonzero(earliest - begins > _LATE)


def _risen(
    onsets: Float32[np.ndarray, " frames"], peaks: Int64[np.ndarray, " peaks"]
) -> Int64[np.ndarray, " peaks"]:
    """The frame from which the curve stays near each peak until that peak."""
    before = np.maximum(peaks[:, None] - np.arange(_LONGEST_RISE), 0)
    above = onsets[before] >= _RISEN * onsets[peaks, None]
    reach = np.logical_and.accumulate(above, axis=1).sum(axis=1)
    risen: np.ndarray = np.maximum(peaks - reach + 1, 0)
    return risen
