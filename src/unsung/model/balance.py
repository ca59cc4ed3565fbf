"""How music and dialogue share the sound of a film.

Loudness is in LUFS (ITU-R BS.1770-5); differences are in LU. What could not be measured is
`UNDECIDED`, what is silent is `SILENT`: neither is a number.
"""

from typing import Literal

from attrs import field, frozen

from unsung.model.bounds import zero_to_one
from unsung.model.outcomes import Silent, Undecided
from unsung.model.sound import Feature
from unsung.model.story import Line
from unsung.model.time import Span

Verdict = Literal["met", "not met", "undecided"]

Grade = Literal["only music", "foreground", "similar", "background", "low background", "inaudible"]
"""How music sits beside all else, in the words of OpenBMAT (Meléndez-Catalán et al., TISMIR 2019),
and one more for what nobody can hear."""

GRADES: tuple[Grade, ...] = (
    "only music", "foreground", "similar", "background", "low background", "inaudible",
)  # fmt: skip


@frozen
class Spoken:
    """A stretch in which somebody speaks, and the line, where subtitles say which.

    `confidence` 0..1: how sure the sound makes it that there is speech here.
    """

    span: Span
    confidence: float = field(validator=zero_to_one("a confidence"))
    line: Line | None = None


@frozen
class Speech:
    """All stretches of speech in film order.

    `delay_s` is how much later than the subtitles say everything is spoken: they belong to
    another cut where it is large; `UNDECIDED` where the sound does not tell, or there are none.
    """

    spoken: tuple[Spoken, ...]
    source: Literal["subtitles", "detector"]
    delay_s: float | Undecided

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where somebody speaks."""
        return tuple(one.span for one in self.spoken)


@frozen
class Part:
    """The sound of a film, or a part of it, as mean power: 0 is silence, full scale is 1.

    `bands` by third of an octave, `weighted` (one row) through the K filter; ten columns a second.
    """

    bands: Feature
    weighted: Feature

    def __attrs_post_init__(self) -> None:
        counts = self.bands.values.shape[1], self.weighted.values.shape[1]
        if counts[0] != counts[1] or self.bands.frames != self.weighted.frames:
            raise ValueError("the powers of a part of the sound share one clock")


@frozen
class Parts:
    """The film's sound told apart: the music of the album, and the rest.

    `bands_hz` are the middles of the bands. `gain_db` is how far the mix turned the album up (or
    down) at each moment; `measured` is 1 where that stands three deviations clear of nothing, and
    `placed` is 1 where music of the album is known to sound at all. Where music is placed but not
    measured, `music` holds nothing and `rest` all: it must not be read there.
    """

    bands_hz: tuple[float, ...]
    whole: Part
    music: Part
    rest: Part
    gain_db: Feature
    placed: Feature
    measured: Feature


@frozen
class SpokenBalance:
    """Speech against the music under it.

    `apart_lu` is the short-term loudness of speech less that of the music (Torcoli et al., 2024:
    speech-to-background loudness difference, here to the music alone). `masked_share` 0..1 is how
    much of what makes speech intelligible lies under music.
    """

    spoken: Spoken
    speech_lufs: float | Silent | Undecided
    music_lufs: float | Silent | Undecided
    apart_lu: float | Undecided
    masked_share: float | Undecided


@frozen
class Graded:
    """A passage of music and how it sits beside the rest."""

    span: Span
    grade: Grade | Undecided


@frozen
class Step:
    """What the mix does with the music around an event, as the average of many.

    `change_db` is the level after less the level before; `chance` how often as much comes of
    events put elsewhere in the same music.
    """

    events: int
    change_db: float | Undecided
    chance: float | Undecided
    verdict: Verdict


@frozen
class Ducking:
    """Whether music steps back when someone speaks (`down`) and returns afterwards (`up`).

    Both are of the mix, which turns the music down. `around` (dB) is the average gain around the
    beginnings of speech, against that before them.
    """

    down: Step
    up: Step
    around: Feature


@frozen
class RuleOutcome:
    """A published preference or house rule, and whether the film meets it."""

    rule: str
    asks: str
    value: float | Silent | Undecided
    unit: str
    verdict: Verdict
    cites: str


@frozen
class Balance:
    """How music serves the scene.

    Loudness is integrated and gated, of the whole film, of its speech (with what else sounds
    meanwhile, music apart), and of the album's music in it. `apart_lu` is the median over speech
    with music under it. `speech_share` and `music_share` are of the film's time;
    `under_speech_share` is how much of the music lies under speech. `alone` are the passages where
    music carries the scene.
    """

    film_lufs: float | Silent
    speech_lufs: float | Silent | Undecided
    music_lufs: float | Silent | Undecided
    apart_lu: float | Undecided
    masked_share: float | Undecided
    speech_share: float
    music_share: float
    under_speech_share: float | Undecided
    spoken: tuple[SpokenBalance, ...]
    passages: tuple[Graded, ...]
    alone: tuple[Span, ...]
    ducking: Ducking
    rules: tuple[RuleOutcome, ...]

    def lasts_s(self, grade: Grade | Undecided) -> float:
        """For how long music sits so."""
        return sum(one.span.duration_s for one in self.passages if one.grade == grade)
