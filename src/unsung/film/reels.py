"""The speeds of a film, as the music in it tells them: one, or others in other reels."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from unsung.model.film import Placement, Speed
from unsung.model.time import Span

_APART = 3e-4
_TOLD_S = 10.0


@frozen
class Reel:
    """A stretch of the film whose music plays at one speed, to three ten-thousandths."""

    span: Span
    speed: Speed


def reels(placed: Iterable[Placement]) -> tuple[Reel, ...]:
    """The reels in film order, from the first of their music to the last; one if speeds agree.

    One piece in the midst of others, which the film plays faster or slower for effect, is no reel.
    """
    told = sorted(placed, key=lambda one: one.film_span)
    groups: list[list[Placement]] = []
    for one, after in zip(told, [*told[1:], *told[-1:]], strict=True):
        if groups and (_alike(groups[-1][0], one) or not _alike(one, after)):
            groups[-1].append(one)
        else:
            groups.append([one])
    return tuple(_reel(group) for group in groups)


def drift(placed: Iterable[Placement]) -> float:
    """By how much the tempo ratios of pieces of ten seconds and more lie apart at most, 0 or more.

    Only the same recording tells it.
    """
    ratios = [
        one.speed.tempo_ratio
        for one in placed
        if one.sameness == "same recording" and one.film_span.duration_s >= _TOLD_S
    ]
    return max(ratios) / min(ratios) - 1 if ratios else 0.0


def _alike(one: Placement, other: Placement) -> bool:
    apart = abs(one.speed.tempo_ratio / other.speed.tempo_ratio - 1)
    return apart < _APART and one.speed.pitch_kept == other.speed.pitch_kept


def _reel(group: Sequence[Placement]) -> Reel:
    usual = [one for one in group if _alike(one, group[0])]
    longest = max(usual, key=lambda one: one.film_span.duration_s)
    end_s = max(one.film_span.end_s for one in group)
    return Reel(Span(group[0].film_span.start_s, end_s), longest.speed)
