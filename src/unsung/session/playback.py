"""Files played or read once, however many ask for what is in them."""

from functools import cached_property
from pathlib import Path

from unsung import library
from unsung.listening.loudness import LoudnessMeter
from unsung.model.album import Recording, Track
from unsung.model.score import Score
from unsung.model.sound import Audio
from unsung.store import Known

Source = Recording | str
"""What a file is known by: a recording, or the digest of a score."""


def source_digest(source: Source) -> str:
    """The digest of a recording's sound, or of a score."""
    return source.digest if isinstance(source, Recording) else source


class Playback:
    """A recording played once, from beginning to end, for all that wants the whole of it."""

    def __init__(self, place: Path, track: Track, known: Source | None) -> None:
        self._place, self._track = place, track
        self._known = known if isinstance(known, Recording) else None

    @property
    def recording(self) -> Recording:
        """What the sound is known by; plays it if that is not known."""
        return self._known or self._played[0]

    @property
    def audio(self) -> Known[Audio]:
        """The sound in mono, at the rate of listening."""
        return Known(self.recording.digest, lambda: self._played[1])

    @property
    def meter(self) -> Known[LoudnessMeter]:
        """A loudness meter that has heard all channels at their full rate."""
        return Known(self.recording.digest, lambda: self._played[2])

    @cached_property
    def _played(self) -> tuple[Recording, Audio, LoudnessMeter]:
        with library.opened(self._place, self._track) as stream:
            digest = library.SoundDigest()
            mono = library.MonoReduction(stream.sample_rate_hz)
            meter = LoudnessMeter(stream.sample_rate_hz, stream.channels)
            length = 0
            for block in stream.blocks:
                digest.add(block)
                mono.add(block)
                meter.add(block)
                length += block.samples.shape[1]
        duration_s = length / stream.sample_rate_hz
        recording = Recording(digest.hex, stream.sample_rate_hz, stream.channels, duration_s)
        return recording, mono.audio(), meter


class Reading:
    """A score read once."""

    def __init__(self, place: Path, track: Track, known: Source | None) -> None:
        self._place, self._track = place, track
        self._digest = known if isinstance(known, str) else None

    @property
    def score(self) -> Known[Score]:
        """The score."""
        digest = self._digest or library.score_digest(self._read)
        return Known(digest, lambda: self._read)

    @cached_property
    def _read(self) -> Score:
        return library.score(self._place, self._track)
