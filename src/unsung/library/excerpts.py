"""Short clips cut out of recordings, small enough to lie inside a page."""

import io
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

import numpy as np
import soundfile
import soxr
from jaxtyping import Float32

from unsung.library.decoding import opened
from unsung.library.ogg import with_serial
from unsung.model.album import Track
from unsung.model.sound import Audio
from unsung.model.time import Span

RATE_HZ = 48_000
_COMPRESSION = 0.9
_FADE_S = 0.01

Cut = Float32[np.ndarray, "channels samples"]


def excerpts(place: Path, track: Track, spans: Collection[Span]) -> dict[Span, bytes]:
    """What sounds in each span, as Ogg Opus at about 32 kb/s a channel, in mono or stereo.

    The recording is decoded once, as far as the last span. Of more channels the first two are kept
    (left and right). Ends fade within 10 ms, so that nothing clicks. Where the recording ends
    within a span, so does its clip; spans behind its end have none. Equal sound, equal bytes.
    """
    cuts: defaultdict[Span, list[Cut]] = defaultdict(list)
    ends_s = max((span.end_s for span in spans), default=0.0)
    with opened(place, track) as stream:
        rate_hz, begins = stream.sample_rate_hz, 0
        for block in stream.blocks:
            for span in spans:
                cut = _part(block, begins, span)
                if cut.shape[1]:
                    cuts[span].append(cut)
            begins += block.samples.shape[1]
            if begins >= ends_s * rate_hz:
                break
    return {span: _clip(np.concatenate(parts, axis=1), rate_hz) for span, parts in cuts.items()}


def _part(block: Audio, begins: int, span: Span) -> Cut:
    """What a block that begins at this sample has of the span."""
    ends = (round(one_s * block.sample_rate_hz) - begins for one_s in (span.start_s, span.end_s))
    first, last = (max(0, one) for one in ends)
    return np.array(block.samples[:2, first:last])


def _clip(cut: Cut, rate_hz: int) -> bytes:
    """The cut as a file; Opus knows one rate."""
    faded = _faded(cut, rate_hz)
    samples = soxr.resample(faded.T, rate_hz, RATE_HZ) if rate_hz != RATE_HZ else faded.T
    form = {"format": "OGG", "subtype": "OPUS", "compression_level": _COMPRESSION}
    whole = io.BytesIO()
    with soundfile.SoundFile(whole, "w", RATE_HZ, samples.shape[1], **form) as sound:
        sound.write(np.clip(samples, -1, 1))
    return with_serial(whole.getvalue(), 1)


def _faded(cut: Cut, rate_hz: int) -> Cut:
    length = min(round(_FADE_S * rate_hz), cut.shape[1] // 2)
    ramp = np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    cut[:, :length] *= ramp
    cut[:, cut.shape[1] - length :] *= ramp[::-1]
    return cut
