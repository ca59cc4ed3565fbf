"""Where a motif surely returns, and how it sounds there.

`SURE` is set on the demo, whose score is known: from there on no occurrence was wrong. Across the
works of different people it is not enough: of the motifs found on unrelated albums heard as one,
one in eleven joined what does not belong together (`bench/motif_false_alarms.py`). A tempo is
the median of the steps between paired notes, which stands when single notes are missed; the
quartiles are its interval.
"""

from collections import Counter

import numpy as np
from attrs import frozen

from unsung.model.hearing import Heard, Hearing, Soundtrack
from unsung.model.motif import Motif, Occurrence, Statement
from unsung.model.outcomes import Outcome
from unsung.model.pitch import Key, Mode
from unsung.model.time import Span

SURE = 0.85
LEAST_RETURNS = 3
_MOST_MOTIFS = 6
_SAME_PLACE = 0.5
_LEAST_STEP_S = 0.05
_LEAST_STEPS = 4
_WIDEST_SPREAD = 0.6
_LEAST_AGREEMENT = 0.7


@frozen
class Return:
    """One sure occurrence, in its track; `said_by` names who confirmed it, if anybody did.

    `order` is the place of the track among those heard, from 0.
    """

    occurrence: Occurrence
    heard: Heard
    order: int
    said_by: str = ""

    @property
    def span(self) -> Span:
        """Where it sounds."""
        return self.occurrence.span

    @property
    def makers(self) -> frozenset[str]:
        """Who composed the track, by its tags; else its artists; nobody where none are named."""
        people = self.heard.track.people
        composers = frozenset(one.name for one in people if one.role == "composer")
        return composers or frozenset(one.name for one in people if one.role == "artist")

    @property
    def confidence(self) -> float:
        """1 where a person confirmed it."""
        return 1.0 if self.said_by else self.occurrence.confidence


@frozen
class Returning:
    """A motif, its sure returns and the doubtful in album order, and where its prototype sounds."""

    motif: Motif
    prototype: Return
    returns: tuple[Return, ...]
    doubtful: tuple[Return, ...] = ()
    home_mode: Mode | None = None

    @property
    def name(self) -> str:
        """What a person calls it, or `motif A`."""
        return self.motif.name or f"motif {self.motif.label}"

    @property
    def orders(self) -> tuple[int, ...]:
        """The tracks it returns in, by their place among those heard."""
        return tuple(sorted({one.order for one in self.returns}))

    @property
    def confidence(self) -> float:
        """The mean over its returns."""
        return float(np.mean([one.confidence for one in self.returns]))

    @property
    def witnesses(self) -> tuple[str, ...]:
        """Who confirmed it, if every return was confirmed; else nobody."""
        names = [one.said_by for one in self.returns]
        return tuple(dict.fromkeys(names)) if all(names) else ()

    def mode(self, one: Return) -> Mode | None:
        """The mode it is heard in there, if the mode of the prototype is known."""
        if self.home_mode is None or "mode" not in one.occurrence.changes:
            return self.home_mode
        return "minor" if self.home_mode == "major" else "major"


@frozen
class TempoRatio:
    """How fast relative to the prototype, between its quartiles."""

    value: float
    low: float
    high: float


def returning(soundtrack: Soundtrack) -> tuple[Returning, ...]:
    """The most prominent motifs with three sure returns at least."""
    by_file = {one.track.file: (k, one) for k, one in enumerate(soundtrack.heard)}
    statements = [one for one in soundtrack.testimony.statements if one.holds]
    known = [one for one in soundtrack.motifs if one.prototype.track_file in by_file]
    found = [_returning(motif, by_file, statements) for motif in known]
    return tuple(one for one in found if len(one.returns) >= LEAST_RETURNS)[:_MOST_MOTIFS]


def key_at(hearing: Hearing, span: Span) -> Key | None:
    """The key that most of a span is in, if it was decided."""
    spans = hearing.key.spans
    longest = max(spans, key=lambda one: one.span.overlap_s(span), default=None)
    return longest.key if longest and not isinstance(longest.key, Outcome) else None


def tempo_ratio(motif: Motif, one: Occurrence) -> TempoRatio | None:
    """The tempo of an occurrence relative to the prototype; None where its notes disagree."""
    ours = motif.prototype.notes.onset_s[[pair[0] for pair in one.pairs]]
    theirs = one.notes.onset_s[[pair[1] for pair in one.pairs]]
    before, after = np.diff(ours), np.diff(theirs)
    known = (before > _LEAST_STEP_S) & (after > _LEAST_STEP_S)
    if known.sum() < _LEAST_STEPS:
        return None
    low, middle, high = np.percentile(np.log2(before[known] / after[known]), [25, 50, 75])
    if high - low > _WIDEST_SPREAD:
        return None
    return TempoRatio(float(2**middle), float(2**low), float(2**high))


def are_apart(one: Return, other: Return) -> bool:
    """Whether the tags name people for both tracks, and none for both."""
    return bool(one.makers and other.makers) and not one.makers & other.makers


def _returning(
    motif: Motif, by_file: dict[str, tuple[int, Heard]], statements: list[Statement]
) -> Returning:
    def placed(one: Occurrence) -> Return:
        order, heard = by_file[one.track_file]
        return Return(one, heard, order, _said_by(motif, one, statements))

    found = [placed(one) for one in motif.occurrences if one.track_file in by_file]
    ordered, home = sorted(found, key=lambda one: (one.order, one.span)), placed(motif.prototype)
    sure = tuple(one for one in ordered if _is_sure(one, home))
    doubtful = tuple(one for one in ordered if not _is_sure(one, home))
    return Returning(motif, home, sure, doubtful, _home_mode(sure))


def _is_sure(one: Return, home: Return) -> bool:
    """A likeness to another composer's idea is never sure by itself."""
    return bool(one.said_by) or (one.confidence >= SURE and not are_apart(one, home))


def _said_by(motif: Motif, one: Occurrence, statements: list[Statement]) -> str:
    """Who confirmed an occurrence of this motif; empty where nobody did."""
    names = {motif.label, motif.name, ""}
    for said in reversed(statements):
        shorter_s = min(one.span.duration_s, said.span.duration_s)
        is_there = said.span.overlap_s(one.span) >= _SAME_PLACE * shorter_s
        if said.track_file == one.track_file and is_there and said.motif_name in names:
            return said.said_by
    return ""


def _home_mode(returns: tuple[Return, ...]) -> Mode | None:
    """The prototype's mode by what most keys around the returns tell; None where they disagree."""
    votes: Counter[Mode] = Counter()
    for one in returns:
        key = key_at(one.heard.hearing, one.span)
        if key is not None:
            is_other = "mode" in one.occurrence.changes
            votes[_other(key.mode) if is_other else key.mode] += 1
    if sum(votes.values()) < LEAST_RETURNS:
        return None
    mode, count = votes.most_common(1)[0]
    return mode if count >= _LEAST_AGREEMENT * sum(votes.values()) else None


def _other(mode: Mode) -> Mode:
    return "minor" if mode == "major" else "major"
