"""Repeats, voltas, da capo and coda written out: in which order the bars of a page are played.

As players do by custom: repeats are taken, but not again after a da capo or dal segno, where the
last volta is played.
"""

from collections.abc import Sequence

from attrs import Factory, define

MOST_TIMES = 16
MOST_BARS = 50_000


@define
class Signs:
    """The signs at one bar. `ends_repeat` says how often the passage is played; 0: no sign."""

    starts_repeat: bool = False
    ends_repeat: int = 0
    volta_starts: set[int] = Factory(set)
    volta_stops: bool = False
    segno: bool = False
    coda: bool = False
    to_coda: bool = False
    fine: bool = False
    da_capo: bool = False
    dal_segno: bool = False


def played(bars: Sequence[Signs]) -> list[int]:
    """The bars by index in the order they sound; at most `MOST_BARS` of them."""
    voltas = _voltas(bars)
    order: list[int] = []
    at, start, time, leapt = 0, 0, 1, False
    while at < len(bars) and len(order) < MOST_BARS:
        bar, times = bars[at], _times(bars, voltas, at)
        if bar.starts_repeat and at != start:
            start, time = at, 1
        if voltas[at] and (times if leapt else time) not in voltas[at]:
            at += 1
            continue
        order.append(at)
        if leapt and bar.fine:
            break
        if leapt and bar.to_coda and (coda := _coda_after(bars, at)):
            at = coda
        elif bar.ends_repeat and not leapt and time < times:
            at, time = start, time + 1
        elif (bar.da_capo or bar.dal_segno) and not leapt:
            at, leapt = _leap(bars, at), True
        else:
            at += 1
            start, time = (at, 1) if _closes(bars, voltas, at - 1) else (start, time)
    return order


def _voltas(bars: Sequence[Signs]) -> list[set[int]]:
    """For each bar, at which times it is played; empty where it stands under no volta."""
    voltas, current = [], set[int]()
    for bar in bars:
        current = bar.volta_starts or current
        voltas.append(current)
        current = set() if bar.volta_stops else current
    return voltas


def _times(bars: Sequence[Signs], voltas: Sequence[set[int]], at: int) -> int:
    """How often the passage that ends here is played: as its signs and its voltas say."""
    times = [bars[at].ends_repeat]
    for later in range(at, len(bars)):
        if not voltas[later]:
            break
        times += [bars[later].ends_repeat, *voltas[later]]
    return min(max(times), MOST_TIMES)


def _coda_after(bars: Sequence[Signs], at: int) -> int | None:
    return next((later for later in range(at + 1, len(bars)) if bars[later].coda), None)


def _leap(bars: Sequence[Signs], at: int) -> int:
    """Where da capo or dal segno leads back to."""
    if bars[at].da_capo:
        return 0
    return next((before for before in range(at, -1, -1) if bars[before].segno), 0)


def _closes(bars: Sequence[Signs], voltas: Sequence[set[int]], at: int) -> bool:
    """Whether a repeated passage is over after this bar."""
    follows = voltas[at + 1] if at + 1 < len(bars) else set()
    return bool(bars[at].ends_repeat) or bool(voltas[at] and not follows)
