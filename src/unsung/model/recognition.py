"""What the world gave, what the music shows, and how far apart the two lie.

Percentiles run 0..100. An `Estimate` carries its 90 % interval; nothing is ranked whose intervals
overlap. Where the sources do not suffice, the answer is `DataTooThin` with its reason.
"""

from typing import Literal

from attrs import field, frozen

from unsung.model.world import Row, Subject, Unknown, World

INTERVAL_LEVEL = 0.9

ExplanationKind = Literal[
    "under-marketed",
    "niche audience",
    "overshadowed by the visuals",
    "overshadowed by bigger names",
    "award crowding",
    "time",
]


@frozen
class Estimate:
    """A value and the ends of its 90 % interval."""

    value: float = field(converter=float)
    low: float = field(converter=float)
    high: float = field(converter=float)

    def __attrs_post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(
                f"an estimate lies in its interval: {self.low} {self.value} {self.high}"
            )


@frozen
class DataTooThin:
    """Stands where a number would, and says what was missing."""

    reason: str


@frozen
class Match:
    """An identifier found for the album, a track or the work; confidence 0..1, and why."""

    subject: Subject
    kind: str
    identifier: str
    confidence: float
    because: str


@frozen
class Unresolved:
    """What could not be told apart or found at all."""

    subject: Subject
    kind: str
    because: str


@frozen
class Credit:
    """A person in a role, with the voices that say so.

    `stated` is whether it may be printed as fact: the user says so, two independent voices agree,
    or one that was reached by identifier alone says so and none contradicts it.
    """

    name: str
    role: str
    voices: tuple[str, ...]
    identifiers: tuple[str, ...]
    stated: bool
    because: str
    rows: tuple[Row, ...] = ()


@frozen
class Identity:
    """Who and what this is, as far as the sources tell."""

    title: str
    medium: str
    year: int | None
    language: str
    matches: tuple[Match, ...]
    unresolved: tuple[Unresolved, ...]
    credits: tuple[Credit, ...]

    def stated(self, role: str) -> tuple[str, ...]:
        """The names that may be printed in this role."""
        return tuple(one.name for one in self.credits if one.role == role and one.stated)


@frozen
class Place:
    """Where one indicator stands among its peers."""

    row: Row
    percentile: float
    peers: int
    among: str


@frozen
class Recognition:
    """What the world gave: the median over voices of their percentiles, and those percentiles."""

    percentile: Estimate
    places: tuple[Place, ...]
    voices: tuple[str, ...]


@frozen
class Contribution:
    """How far one kind of exposure moves the expected recognition, in percentile points."""

    feature: str
    points: float
    known: bool


@frozen
class Gap:
    """How far recognition falls short of what works of equal exposure were given.

    `percentile` 50 is as expected, 100 the widest shortfall of the reference. `expected` is the
    recognition that such exposure brought others, with the band that holds 90 % of them.
    """

    percentile: Estimate
    expected: Estimate
    received: float
    contributions: tuple[Contribution, ...]
    works: int


@frozen
class MeritPart:
    """One thing heard, its value and its percentile among what it was compared with."""

    name: str
    value: float
    unit: str
    percentile: float


@frozen
class Merit:
    """What the sound alone shows; the interval holds it under other weights of the parts."""

    percentile: Estimate
    parts: tuple[MeritPart, ...]
    compared_with: int


@frozen
class GemPoint:
    """A point of the plane: merit against gap, and the chance that both are high."""

    name: str
    title: str
    merit: Estimate
    gap: Estimate
    probability: float
    on_front: bool


@frozen
class GemPlane:
    """Merit against gap. Gems are named only where `validated`: merit foretells recognition.

    `correlation` is Spearman's between merit and recognition beyond exposure, `chance` how often
    shuffled merit does as well.
    """

    points: tuple[GemPoint, ...]
    validated: bool
    correlation: float
    chance: float
    because: str
    brought: tuple[tuple[float, float], ...] = ()
    """What merit brings: for a merit, the gap that pieces of such merit have. Gems lie above."""

    @property
    def gems(self) -> tuple[GemPoint, ...]:
        """Points on the front that are more likely gems than not; none unless validated."""
        if not self.validated:
            return ()
        return tuple(one for one in self.points if one.on_front and one.probability > 0.5)


@frozen
class Explanation:
    """A reading of the gap that the rows are consistent with; never a cause.

    `points` is what the regression gives the kinds of exposure that belong to it: how far they move
    what was expected, in percentile points. The gap comes on top of that.
    """

    kind: ExplanationKind
    condition: str
    rows: tuple[Row, ...]
    points: float = 0.0


@frozen
class TrackGap:
    """A track against what its place, length and kind would bring on this album."""

    file: str
    title: str
    gap: Estimate
    rows: tuple[Row, ...]


@frozen
class Partnership:
    """A composer and a director who made works together."""

    composer: str
    director: str
    works: tuple[str, ...]
    share_of_director: float
    """Of the director's works in the set, the share that this composer wrote."""


@frozen
class People:
    """Who works with whom around this work, and what fame they brought to it."""

    partnerships: tuple[Partnership, ...]
    freelancers: tuple[str, ...]
    fame: tuple[tuple[str, int], ...]
    """Composer, and works released before this one."""
    comparison: str
    comparison_because: str


@frozen
class Case:
    """Section six: all that recognition has to say about an album."""

    identity: Identity
    world: World
    recognition: Recognition | DataTooThin
    gap: Gap | DataTooThin
    merit: Merit | DataTooThin
    album_plane: GemPlane | DataTooThin
    track_merits: tuple[tuple[str, str, Merit | DataTooThin], ...]
    """File, title and merit of every track that was heard."""
    track_gaps: tuple[TrackGap, ...] | DataTooThin
    track_plane: GemPlane | DataTooThin
    explanations: tuple[Explanation, ...]
    people: People | DataTooThin
    reference_name: str
    reference_licence: str
    synthetic: bool

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """What no source could say."""
        return self.world.unknown
