"""Agreements of neighbouring windows, linked: film and album running side by side for a while."""

from collections.abc import Iterable

from attrs import evolve, frozen

from unsung.film.histogram import HOP_FRAMES, Agreement
from unsung.model.film import Speed

_DRIFT_FRAMES = 4.0
_LONGEST_GAP_HOPS = 3


@frozen
class Diagonal:
    """Film and album side by side at one `speed`; its agreements in film order, never empty."""

    speed: Speed
    agreements: tuple[Agreement, ...]

    @property
    def sigmas(self) -> float:
        """How strongly its windows agree, summed."""
        return sum((one.sigmas for one in self.agreements), start=0.0)

    @property
    def strongest(self) -> Agreement:
        """The window that agrees most."""
        return max(self.agreements, key=lambda one: one.sigmas)

    @property
    def first_frame(self) -> int:
        """The film's frame where it was first found."""
        return self.agreements[0].hop * HOP_FRAMES


def diagonals(found: Iterable[Agreement], speed: Speed) -> tuple[Diagonal, ...]:
    """Agreements within 4 frames (64 ms) and three hops (15 s) of each other, linked."""
    done: list[Diagonal] = []
    running: list[Diagonal] = []
    for one in sorted(found, key=lambda one: (one.hop, -one.sigmas)):
        done += [line for line in running if one.hop - _last(line).hop > _LONGEST_GAP_HOPS]
        running = [line for line in running if one.hop - _last(line).hop <= _LONGEST_GAP_HOPS]
        near = [
            line
            for line in running
            if abs(_last(line).offset - one.offset) <= _DRIFT_FRAMES and _last(line).hop < one.hop
        ]
        if near:
            best = max(near, key=lambda line: line.sigmas)
            running[running.index(best)] = evolve(best, agreements=(*best.agreements, one))
        else:
            running.append(Diagonal(speed, (one,)))
    return (*done, *running)


def _last(line: Diagonal) -> Agreement:
    return line.agreements[-1]
