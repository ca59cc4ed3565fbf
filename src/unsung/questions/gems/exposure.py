"""How exposed each track is, as far as that is known: place, length, listeners, use in the work.

Listening decays along an album and long tracks are played more (`recognition.tracks`); a track that
the work plays often is heard by all who meet the work. Each is a percentile among the album's
tracks, and exposure their mean: what is unknown is left out, never taken
for nothing; a track without a number has no place.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from unsung.model.hearing import Heard, Soundtrack
from unsung.model.outcomes import Outcome
from unsung.model.recognition import Case, DataTooThin
from unsung.model.story import Story
from unsung.recognition.percentiles import percentiles

HIDDEN_BELOW = 50.0


@frozen
class Uses:
    """How often the work uses each track, by file; a file that is not there was not looked for.

    `is_complete` says that every place where the work could use music was read: only then is a
    count of nought a fact. `source` is what was read, in words.
    """

    counts: Mapping[str, int]
    source: str
    is_complete: bool = False


@frozen
class Exposure:
    """Percentile 0..100 of a track's exposure on its album, and what it is the mean of."""

    percentile: float
    kinds: Mapping[str, float]

    @property
    def is_hidden(self) -> bool:
        """Whether the track lies in the less exposed half."""
        return self.percentile < HIDDEN_BELOW


def uses_in(story: Story, files: Sequence[str]) -> Uses:
    """How often a story uses each of these tracks.

    A track that it may mean where it names none for certain has no count; nought is a count only
    where the story is covered to the last use and not even a default brings the track.
    """
    perhaps = {file for use in story.uses for file in use.candidates}
    never = story.never_used(files)
    unused = () if isinstance(never, Outcome) else never
    times = {file: story.times_used(file) for file in files if file not in perhaps}
    counts = {
        file: count
        for file, count in times.items()
        if not isinstance(count, Outcome) and (count or file in unused)
    }
    return Uses(counts, story.coverage or story.title, bool(story.coverage))


def exposures(
    soundtrack: Soundtrack, case: Case | None = None, uses: Uses | None = None
) -> dict[str, Exposure]:
    """The exposure of every track, by file."""
    heard = soundtrack.heard
    kinds = {
        "place": {
            one.track.file: -float(one.track.position)
            for one in heard
            if one.track.number is not None
        },
        "length": {one.track.file: one.hearing.duration_s for one in heard},
        "listeners": _listeners(case),
        "use": _counted(heard, uses),
    }
    among = {kind: _percentiles(values) for kind, values in kinds.items() if len(values) > 1}
    return {one.track.file: _exposure(one.track.file, among) for one in heard}


def _exposure(file: str, among: Mapping[str, Mapping[str, float]]) -> Exposure:
    kinds = {kind: values[file] for kind, values in among.items() if file in values}
    return Exposure(float(np.mean(list(kinds.values()))) if kinds else HIDDEN_BELOW, kinds)


def _listeners(case: Case | None) -> dict[str, float]:
    """By file, how many people are known to listen, voice by voice, as the mean of logs."""
    if case is None or isinstance(case.track_gaps, DataTooThin):
        return {}
    counted = {
        gap.file: [float(np.log1p(float(row.value))) for row in gap.rows] for gap in case.track_gaps
    }
    return {file: float(np.mean(logs)) for file, logs in counted.items() if logs}


def _counted(heard: Sequence[Heard], uses: Uses | None) -> dict[str, float]:
    if uses is None:
        return {}
    files = [one.track.file for one in heard if one.track.file in uses.counts]
    return {file: float(uses.counts[file]) for file in files}


def _percentiles(values: Mapping[str, float]) -> dict[str, float]:
    known = np.array(list(values.values()))
    return dict(zip(values, percentiles(known, np.sort(known)).tolist(), strict=True))
