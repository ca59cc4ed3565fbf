"""TiLiA files (`.tla`): a track as timelines that can be annotated further.

The form is the one that TiLiA 0.6 writes and reads (its `tilia/file/tilia_file.py` and
`timelines/serialize.py`); it has no schema. Stretches become hierarchies of one level; those that
overlap, which TiLiA does not allow within a timeline, get a timeline more. Motifs have a timeline
each, beats are beats with their measures.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise

from unsung import __version__
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.pulse import Beats
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.stretches import Stretch, motif_stretches, stretches
from unsung.pages.report.places import title_of

TILIA_BEATS = "beats"
_VERSION = "0.6.0"
_HIERARCHY_HEIGHT, _BEAT_HEIGHT = 60, 35

Json = dict[str, object]


def tilia_text(
    soundtrack: Soundtrack, heard: Heard, whats: tuple[str, ...], album_path: str
) -> str:
    """The timelines of one track named by `whats`; those that would be empty are left out."""
    found = [one for what in whats for one in _timelines(what, soundtrack, heard)]
    ids = count(len(found))
    tilia: Json = {
        "file_path": "",
        "media_path": encodable(f"{album_path}{heard.track.file}"),
        "media_metadata": _metadata(heard),
        "timelines": {
            str(at): _with_ids(one, ids) | {"ordinal": at + 1, "is_visible": True}
            for at, one in enumerate(found)
        },
        "app_name": "TiLiA",
        "version": _VERSION,
    }
    return json.dumps(tilia, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _metadata(heard: Heard) -> Json:
    track = heard.track
    people = {one.role: encodable(one.name) for one in reversed(track.people)}
    return {
        "title": encodable(title_of(heard)),
        "notes": f"Heard by Unsung {__version__}.",
        "composer": people.get("composer", ""),
        "performer": people.get("performer", ""),
        "album": encodable(track.album_title),
        "media length": _last_s(heard),
    }


def _last_s(heard: Heard) -> float:
    return round(heard.hearing.duration_s, 6)


def _timelines(what: str, soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    if what == TILIA_BEATS:
        yield from _beat_timeline(heard.hearing.pulse.beats)
    elif what == "motifs":
        for name, found in motif_stretches(soundtrack, heard):
            yield from _hierarchies(name, found, _last_s(heard))
    else:
        found = stretches(what, soundtrack, heard)
        yield from _hierarchies(what.capitalize(), found, _last_s(heard))


def _hierarchies(name: str, found: Sequence[Stretch], last_s: float) -> Iterator[Json]:
    for number, lane in enumerate(_lanes(found), start=1):
        units = [one for one in (_unit(one, last_s) for one in lane) if one["start"] != one["end"]]
        if units:
            yield {
                "kind": "HIERARCHY_TIMELINE",
                "name": encodable(name if number == 1 else f"{name} ({number})"),
                "height": _HIERARCHY_HEIGHT,
                "components": units,
            }


def _lanes(found: Iterable[Stretch]) -> list[list[Stretch]]:
    """The stretches in as few rows as let none overlap another."""
    lanes: list[list[Stretch]] = []
    for one in sorted(found, key=lambda one: (one.start_s, one.end_s)):
        free = (lane for lane in lanes if lane[-1].end_s <= one.start_s)
        lane = next(free, None)
        if lane is None:
            lanes.append([one])
        else:
            lane.append(one)
    return lanes


def _unit(one: Stretch, last_s: float) -> Json:
    start_s, end_s = (min(round(edge, 6), last_s) for edge in (one.start_s, one.end_s))
    return {
        "kind": "HIERARCHY",
        "start": start_s,
        "pre_start": start_s,
        "end": end_s,
        "post_end": end_s,
        "level": 1,
        "label": encodable(one.text),
        "color": "",
        "formal_type": "",
        "formal_function": "",
        "comments": "",
        "parent": None,
        "children": [],
    }


def _beat_timeline(beats: Beats) -> Iterator[Json]:
    """One timeline of all beats; where the bar is undecided, they stand in one long measure."""
    if not len(beats):
        return
    places = beats.place.tolist()
    lengths = _measures(places)
    begins = 0 if places[0] > 1 else 1
    yield {
        "kind": "BEAT_TIMELINE",
        "name": "Beats",
        "height": _BEAT_HEIGHT,
        "beat_pattern": [max(set(lengths), key=lengths.count)],
        "beats_in_measure": lengths,
        "measure_numbers": list(range(begins, begins + len(lengths))),
        "measures_to_force_display": [],
        "components": [{"kind": "BEAT", "time": round(at, 6)} for at in beats.time_s.tolist()],
    }


def _measures(places: Sequence[int]) -> list[int]:
    """How many beats each measure has; a new one begins at 1, and where bars are lost or found."""
    begin = [
        at
        for at, place in enumerate(places)
        if at == 0 or place == 1 or (place == 0) != (places[at - 1] == 0)
    ]
    return [end - start for start, end in pairwise([*begin, len(places)])]


def _with_ids(timeline: Json, ids: Iterator[int]) -> Json:
    components = timeline["components"]
    assert isinstance(components, list)  # noqa: S101 - as made above
    return timeline | {"components": {str(next(ids)): one for one in components}}
