"""When the scenes of a screenplay are in the film: its words are sought among the timed ones.

Screenplay and subtitles say nearly the same words in the same order. What both say alike (the
longest common stretches first; Ratcliff and Metzener, Dr. Dobb's Journal 13, 1988, as Python's
`difflib` has it) ties lines of the one to times of the other. A scene that the film has elsewhere
than the screenplay is sought once more by itself, by longer runs of words. Between two scenes lies
the cut nearest to the middle of the pause; what no words tie stays unplaced.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from attrs import evolve, frozen

from unsung.model.balance import Speech
from unsung.model.picture import Shots
from unsung.model.story import Line, Scene, Story
from unsung.model.time import Span

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_SHARE = 0.5
_ELSEWHERE_WORDS = 4


@frozen
class Told:
    """The scenes that have a place in the film, in story order, and speech with its speakers."""

    scenes: tuple[Scene, ...]
    speech: Speech


def scenes_in_film(story: Story, speech: Speech, shots: Shots, film_s: float) -> Told:
    """The scenes of the story with their time; those that had one keep it.

    Without lines in both there is nothing to tie, and scenes without a time are left out.
    """
    timed = [(at, one.line) for at, one in enumerate(speech.spoken) if one.line is not None]
    written = [(scene.name, line) for scene in story.scenes for line in scene.lines]
    ties = _ties(dict(enumerate(line for _, line in written)), dict(timed), 1)
    ties |= _ties(*_left(written, dict(timed), ties), _ELSEWHERE_WORDS)
    heard = _heard([name for name, _ in written], ties, speech)
    spans = _spans(story.scenes, heard, shots, film_s)
    placed = [evolve(one, film_span=one.film_span or spans.get(one.name)) for one in story.scenes]
    speakers = {k: written[at][1].speaker for at, found in ties.items() for k in found}
    return Told(tuple(one for one in placed if one.film_span), _named(speech, speakers))


def _ties(
    written: Mapping[int, Line], timed: Mapping[int, Line], least_words: int
) -> dict[int, list[int]]:
    """For each written line that is mostly found, the timed ones that say most of it.

    Both by their numbers; runs of fewer words than `least_words` do not count.
    """
    ours, theirs = list(_words(written)), list(_words(timed))
    matcher = SequenceMatcher(None, [word for _, word in ours], [word for _, word in theirs])
    shared: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for block in matcher.get_matching_blocks():
        for k in range(block.size if block.size >= least_words else 0):
            shared[ours[block.a + k][0]][theirs[block.b + k][0]] += 1
    lengths = Counter(at for at, _ in ours)
    found = {
        at: counts for at, counts in shared.items()
        if counts.total() >= _LEAST_SHARE * lengths[at]
    }  # fmt: skip
    return {
        at: [k for k, count in counts.items() if 2 * count >= max(counts.values())]
        for at, counts in found.items()
    }


def _words(lines: Mapping[int, Line]) -> Iterator[tuple[int, str]]:
    for at, line in lines.items():
        for word in _WORD.findall(line.text.casefold()):
            yield at, word


def _left(
    written: Sequence[tuple[str, Line]],
    timed: Mapping[int, Line],
    ties: Mapping[int, Sequence[int]],
) -> tuple[dict[int, Line], dict[int, Line]]:
    """The lines of scenes that have no place, and the timed lines that nothing is tied to."""
    placed = {written[at][0] for at in ties}
    said = {k for found in ties.values() for k in found}
    lines = {at: line for at, (name, line) in enumerate(written) if name not in placed}
    return lines, {k: line for k, line in timed.items() if k not in said}


def _heard(
    scene_of: Sequence[str], ties: Mapping[int, Sequence[int]], speech: Speech
) -> dict[str, Span]:
    """From the first to the last line of each scene that was found."""
    heard: dict[str, Span] = {}
    for at, found in ties.items():
        spans = [speech.spoken[k].span for k in found]
        if known := heard.get(scene_of[at]):
            spans.append(known)
        start_s, end_s = min(one.start_s for one in spans), max(one.end_s for one in spans)
        heard[scene_of[at]] = Span(start_s, end_s)
    return heard


def _spans(
    scenes: Sequence[Scene], heard: Mapping[str, Span], shots: Shots, film_s: float
) -> dict[str, Span]:
    """Where scenes that follow each other meet; one with an unplaced neighbour keeps its lines."""
    starts = {name: span.start_s for name, span in heard.items()}
    ends = {name: span.end_s for name, span in heard.items()}
    lonely = {one.name for one, after in pairwise(scenes) if after.name not in heard}
    orphan = {one.name for before, one in pairwise(scenes) if before.name not in heard}
    for one, other in pairwise(sorted(heard, key=lambda name: starts[name])):
        if ends[one] <= starts[other] and one not in lonely and other not in orphan:
            ends[one] = starts[other] = _meeting_s(ends[one], starts[other], shots.cuts_s)
    if heard and min(heard, key=lambda name: starts[name]) == scenes[0].name:
        starts[scenes[0].name] = 0.0
    if heard and max(heard, key=lambda name: ends[name]) == scenes[-1].name:
        ends[scenes[-1].name] = max(film_s, ends[scenes[-1].name])
    return {name: Span(starts[name], ends[name]) for name in heard if starts[name] < ends[name]}


def _meeting_s(end_s: float, start_s: float, cuts_s: Sequence[float]) -> float:
    """The cut nearest to the middle of the pause, or the middle itself."""
    middle_s = (end_s + start_s) / 2
    inside = cuts_s[bisect_left(cuts_s, end_s) : bisect_left(cuts_s, start_s)]
    return min(inside, key=lambda at_s: abs(at_s - middle_s), default=middle_s)


def _named(speech: Speech, speakers: Mapping[int, str]) -> Speech:
    """Lines of unknown speakers get those that the screenplay names."""
    spoken = tuple(
        evolve(one, line=evolve(one.line, speaker=speakers[k]))
        if k in speakers and one.line is not None and not one.line.speaker
        else one
        for k, one in enumerate(speech.spoken)
    )
    return evolve(speech, spoken=spoken)
