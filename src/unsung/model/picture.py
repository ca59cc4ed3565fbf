"""What is seen: frames and their clock, cuts and shots, and how music falls on them."""

from fractions import Fraction

import numpy as np
from attrs import field, frozen
from jaxtyping import Float32, Float64

from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.model.sound import read_only, same_array
from unsung.model.time import Span


def _frames_a_second(value: object) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(str(value))


def _float64(values: object) -> np.ndarray:
    return read_only(values, np.float64)


def _float32(values: object) -> np.ndarray:
    return read_only(values, np.float32)


@frozen
class FrameRate:
    """Frames a second, exact: film as video in NTSC countries runs at 24000/1001, not 23.976."""

    frames_a_second: Fraction = field(converter=_frames_a_second)

    def __attrs_post_init__(self) -> None:
        if not 0 < self.frames_a_second <= 1000:
            raise ValueError(f"a frame rate lies in 0..1000, not {self.frames_a_second}")

    @property
    def labels_a_second(self) -> int:
        """How many frames a second of timecode counts: 30 for 29.97, 24 for 23.976."""
        return int(self.frames_a_second + Fraction(1, 2)) or 1

    @property
    def frame_s(self) -> float:
        """How long one frame is seen."""
        return float(1 / self.frames_a_second)


@frozen
class Pictures:
    """Every frame of a film: when it comes, how much it differs from the one before, how bright.

    `change` is the mean difference of all points and colours, 0..1 of the full range; `brightness`
    the mean, 0 (black) to 1. `rate` is the average where frames do not come evenly (`steady` is
    False then: such a film has no exact timecode).
    """

    times_s: Float64[np.ndarray, " frames"] = field(converter=_float64, eq=same_array)
    change: Float32[np.ndarray, " frames"] = field(converter=_float32, eq=same_array)
    brightness: Float32[np.ndarray, " frames"] = field(converter=_float32, eq=same_array)
    rate: FrameRate
    steady: bool = True

    def __attrs_post_init__(self) -> None:
        columns = (self.change, self.brightness)
        if any(column.shape != self.times_s.shape for column in columns):
            raise ValueError("pictures need parallel columns of one length")
        if (np.diff(self.times_s) <= 0).any() or not np.isfinite(self.times_s).all():
            raise ValueError("pictures need times that grow")


@frozen
class Shots:
    """The shots of a film in order, without gaps; each begins with a cut, but the first.

    A fade through black is taken for a cut in the middle of the black.
    """

    shots: tuple[Span, ...]

    @property
    def cuts_s(self) -> tuple[float, ...]:
        """When one shot ends and the next begins."""
        return tuple(shot.start_s for shot in self.shots[1:])


@frozen
class Hit:
    """A moment in the film at which the music strikes; `strength` 0..1 against its strongest."""

    film_s: float
    strength: float


@frozen
class OnCut:
    """A hit that falls on a cut: `apart_s` is how much later than the cut it comes."""

    cut_s: float
    hit: Hit
    apart_s: float


@frozen
class HitsOnCuts:
    """Whether hits of the music fall on cuts more often than chance.

    `together` of `cuts` cuts with music have a hit within `tolerance_s`; luck would give
    `expected`. `chance` is how often shifted music gives as many. `clear` are listed only where
    luck does not explain the whole (chance 0.05 or less); one of them alone may still be luck.
    """

    cuts: int
    together: int
    expected: float | Undecided
    chance: float | Undecided
    tolerance_s: float
    clear: tuple[OnCut, ...] = ()


@frozen
class MusicEdge:
    """Where music starts or stops, and the nearest cut: `after_cut_s` < 0 is before it."""

    film_s: float
    starts: bool
    after_cut_s: float | Undecided = UNDECIDED
    after_scene_s: float | Undecided = UNDECIDED


@frozen
class MusicEdges:
    """How starts and stops of music go with cuts and changes of scene.

    Shares (0..1) are of edges within half a second, which is how exactly edges are known; chances
    say how often edges elsewhere in the film give as many.
    """

    edges: tuple[MusicEdge, ...]
    on_cuts_share: float | Undecided
    on_cuts_chance: float | Undecided
    on_scenes_share: float | Undecided
    on_scenes_chance: float | Undecided


@frozen
class Silence:
    """A stretch in which the film falls silent against what came before, by `drop_lu`.

    `cuts_music` where music of the album stopped as it began.
    """

    span: Span
    drop_lu: float
    cuts_music: bool
