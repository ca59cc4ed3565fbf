"""A film shown, and the album beside it, as often as something has to be heard or seen in them.

Nothing is held: two hours of sound are let go as soon as a stage has its answer.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from attrs import field, frozen

from unsung import library
from unsung.library.film_sound import film_blocks, film_mono, film_sound
from unsung.library.picture import pictures
from unsung.listening.loudness import LoudnessMeter
from unsung.model.album import Recording
from unsung.model.film import FilmSound
from unsung.model.hearing import Heard
from unsung.model.picture import Pictures
from unsung.model.sound import Audio
from unsung.store import Known, known

T = TypeVar("T")

SEARCHED_RATE_HZ = 8_000
WEIGHED_RATE_HZ = 16_000
OnStage = Callable[[str], None]
"""Hears what is being read, just before: two hours take a while."""


def _nobody(_stage: str) -> None:
    """Nothing is told."""


@frozen
class Screening:
    """A film file, known by the digest of its bytes, and which of its sound streams counts."""

    path: Path
    digest: str
    number: int = 0
    on_stage: OnStage = field(default=_nobody, eq=False, repr=False)

    @property
    def sound(self) -> Known[FilmSound]:
        """What music is sought in."""
        return Known(
            self._heard, self._told("reading_the_film", lambda: film_sound(self.path, self.number))
        )

    @property
    def mono(self) -> Known[Audio]:
        """What music and speech are weighed in."""
        read = self._told(
            "reading_the_film", lambda: film_mono(self.path, self.number, WEIGHED_RATE_HZ)
        )
        return Known(self._heard, read)

    @property
    def meter(self) -> Known[LoudnessMeter]:
        """A loudness meter that has heard all channels at their full rate."""
        return Known(self._heard, self._told("metering_the_film", self._metered))

    @property
    def pictures(self) -> Known[Pictures]:
        """Every frame, measured."""
        return Known(self.digest, self._told("looking_for_cuts", lambda: pictures(self.path)))

    @property
    def _heard(self) -> str:
        return f"{self.digest}:{self.number}"

    def _told(self, stage: str, bring: Callable[[], T]) -> Callable[[], T]:
        return _after(self.on_stage, stage, bring)

    def _metered(self) -> LoudnessMeter:
        with film_blocks(self.path, self.number) as stream:
            meter = LoudnessMeter(stream.sample_rate_hz, stream.channels)
            for block in stream.blocks:
                meter.add(block)
        return meter


Reduced = tuple[tuple[str, Audio], ...]


@frozen
class Discs:
    """The recordings of an album, to be played beside a film; scores make no sound."""

    place: Path
    heard: tuple[Heard, ...]
    on_stage: OnStage = field(default=_nobody, eq=False, repr=False)

    def reduced(self, rate_hz: int, files: Sequence[str] | None = None) -> Known[Reduced]:
        """The tracks (or those of these files) by file, each one channel at `rate_hz`."""
        wanted = [one for one in self._recordings if files is None or one.track.file in files]
        rows = [(one.track.file, one.hearing.source.digest) for one in wanted]  # type: ignore[union-attr]
        digest = known((rows, rate_hz)).digest

        def read() -> Reduced:
            return tuple(self._reduced(one, rate_hz) for one in wanted)

        return Known(digest, _after(self.on_stage, "playing_the_album", read))

    @property
    def _recordings(self) -> tuple[Heard, ...]:
        return tuple(one for one in self.heard if isinstance(one.hearing.source, Recording))

    def _reduced(self, one: Heard, rate_hz: int) -> tuple[str, Audio]:
        with library.opened(self.place, one.track) as stream:
            mono = library.MonoReduction(stream.sample_rate_hz, rate_hz)
            for block in stream.blocks:
                mono.add(block)
        return one.track.file, mono.audio()


def _after(on_stage: OnStage, stage: str, bring: Callable[[], T]) -> Callable[[], T]:
    """The same, once it was told that it begins."""

    def told() -> T:
        on_stage(f"screening.{stage}")
        return bring()

    return told
