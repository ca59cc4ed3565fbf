"""The cue sheet as an OpenTimelineIO timeline, for editing programs.

One video track that stands for the film (it names it and holds nothing of it), then as many audio
tracks as cues sound at once; a clip is an uncut stretch of a track, in the film's time, and names
the album's file; music with no source names none. Hits on cuts are markers. What Unsung knows
stands in the metadata `unsung`.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from unsung.model.cuesheet import Cue, CueSheet
from unsung.model.errors import SettingsError
from unsung.model.film import Placement
from unsung.model.outcomes import Outcome
from unsung.model.picture import FrameRate
from unsung.model.unplaced import UnplacedStretch
from unsung.pages.cuesheet.timecode import frame_at, frame_of

_THOUSANDTHS = FrameRate(1000)
_NAME = "unsung"
Stretch = tuple[Cue, Placement | UnplacedStretch]


def cue_sheet_otio(sheet: CueSheet) -> str:
    """The timeline as JSON, whole frames throughout (thousandths where frames are not even)."""
    otio = _library()
    rate = sheet.rate or _THOUSANDTHS
    timeline = otio.schema.Timeline(sheet.title)
    if sheet.rate:
        timeline.global_start_time = _time(otio, frame_of(sheet.first_label, rate), rate)
    timeline.metadata[_NAME] = {
        "frames_a_second": str(rate.frames_a_second),
        "drop_frame": sheet.drop_frame,
    }
    timeline.tracks.append(_film(otio, sheet, rate))
    for at, lane in enumerate(_lanes(sheet, rate), start=1):
        timeline.tracks.append(_track(otio, f"Music {at}", lane, rate))
    text: str = timeline.to_json_string(indent=2)
    return text


def _library() -> Any:
    try:
        import opentimelineio  # noqa: PLC0415 - an extra, and only this needs it
    except ImportError as error:
        raise SettingsError(
            "OpenTimelineIO is needed for this form; install it with pip install 'unsung[film]'"
        ) from error
    return opentimelineio


def _film(otio: Any, sheet: CueSheet, rate: FrameRate) -> Any:
    track = otio.schema.Track("Film", kind=otio.schema.TrackKind.Video)
    whole = _range(otio, 0, max(1, frame_at(sheet.film_s, rate)), rate)
    clip = otio.schema.Clip(sheet.title, otio.schema.MissingReference(sheet.title), whole)
    for one in sheet.on_cuts:
        at = _range(otio, frame_at(one.cut_s, rate), 1, rate)
        about = {_NAME: {"hit_strength": one.hit.strength, "hit_after_cut_s": one.apart_s}}
        clip.markers.append(otio.schema.Marker("hit on a cut", at, metadata=about))
    track.append(clip)
    return track


def _lanes(sheet: CueSheet, rate: FrameRate) -> list[list[Stretch]]:
    """As few tracks as hold all stretches without overlap; a cue stays on its track."""
    lanes: list[list[Stretch]] = []
    for cue in sheet.cues:
        stretches = _stretches(cue)
        free = next((lane for lane in lanes if _is_free(lane, cue, rate)), None)
        if free is None:
            lanes.append(stretches)
        else:
            free.extend(stretches)
    return lanes


def _stretches(cue: Cue) -> list[Stretch]:
    if cue.unplaced:
        return [(cue, cue.unplaced)]
    return [(cue, one) for one in cue.placements]


def _is_free(lane: list[Stretch], cue: Cue, rate: FrameRate) -> bool:
    return _frames(lane[-1][1], rate)[1] <= frame_at(cue.film_span.start_s, rate)


def _track(otio: Any, name: str, lane: Iterable[Stretch], rate: FrameRate) -> Any:
    track = otio.schema.Track(name, kind=otio.schema.TrackKind.Audio)
    reached = 0
    for cue, one in lane:
        first, end = _frames(one, rate)
        first = max(first, reached)
        if end <= first:
            continue
        if first > reached:
            track.append(otio.schema.Gap(source_range=_range(otio, 0, first - reached, rate)))
        track.append(
            _unknown(otio, cue, one, end - first, rate)
            if isinstance(one, UnplacedStretch)
            else _clip(otio, cue, one, end - first, rate)
        )
        reached = end
    return track


def _clip(otio: Any, cue: Cue, one: Placement, frames: int, rate: FrameRate) -> Any:
    start = frame_at(one.track_span.start_s, rate)
    source = otio.schema.ExternalReference(quote(one.track_file))
    clip = otio.schema.Clip(f"{cue.number} {cue.title}", source, _range(otio, start, frames, rate))
    if one.speed.tempo_ratio != 1:
        clip.effects.append(otio.schema.LinearTimeWarp("speed", time_scalar=one.speed.tempo_ratio))
    clip.metadata[_NAME] = _known(cue, one)
    return clip


def _unknown(otio: Any, cue: Cue, one: UnplacedStretch, frames: int, rate: FrameRate) -> Any:
    """Music with no source: a stretch of the film, and nothing to play."""
    source = otio.schema.MissingReference("no source found")
    clip = otio.schema.Clip(f"{cue.number} Unknown", source, _range(otio, 0, frames, rate))
    clip.metadata[_NAME] = {
        "cue": cue.number,
        "source": "none found",
        "confidence": one.confidence,
        "film_start_s": one.span.start_s,
        "film_end_s": one.span.end_s,
    }
    return clip


def _known(cue: Cue, one: Placement) -> dict[str, Any]:
    """What is known of the stretch; what could not be measured is a word."""
    level = str(one.level_db) if isinstance(one.level_db, Outcome) else one.level_db
    return {
        "cue": cue.number,
        "usage": cue.usage,
        "usage_status": "to confirm",
        "sameness": one.sameness,
        "confidence": one.confidence,
        "level_db": level,
        "pitch_kept": one.speed.pitch_kept,
        "film_start_s": one.film_span.start_s,
        "film_end_s": one.film_span.end_s,
        "track_start_s": one.track_span.start_s,
        "track_end_s": one.track_span.end_s,
    }


def _frames(one: Placement | UnplacedStretch, rate: FrameRate) -> tuple[int, int]:
    span = one.span if isinstance(one, UnplacedStretch) else one.film_span
    return frame_at(span.start_s, rate), frame_at(span.end_s, rate)


def _time(otio: Any, frame: int, rate: FrameRate) -> Any:
    return otio.opentime.RationalTime(frame, float(rate.frames_a_second))


def _range(otio: Any, first: int, count: int, rate: FrameRate) -> Any:
    return otio.opentime.TimeRange(_time(otio, first, rate), _time(otio, count, rate))
