"""Album order: by disc and track number where the tags can be trusted, else by name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from unsung.model.album import Track

_DISC_FOLDER = re.compile(r"(?:disc|disk|cd|dvd|vinyl|lp)[\s_.-]*0*([1-9]\d?)\b.*", re.IGNORECASE)
_MOST = 0.8
NaturalKey = tuple[tuple[tuple[int, int, str], ...], str]


def in_album_order(tracks: Sequence[Track]) -> list[Track]:
    """The tracks in album order, each score right after the recording it belongs to."""
    by_name = sorted(tracks, key=lambda track: natural_key(track.file))
    ordered = sorted(by_name, key=_place_on_album) if _are_numbered(tracks) else by_name
    return _with_scores_beside(ordered)


def natural_key(file: str) -> NaturalKey:
    """Sorts as people do: `2.ogg` before `10.ogg`, whatever the case, folder by folder."""
    stem, _, suffix = file.casefold().replace("/", "\0").rpartition(".")
    pieces = re.split(r"(\d{1,18})", stem or suffix)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces if p), suffix


def disc_of_folder(file: str) -> int | None:
    """The disc that a file's folder stands for: `CD 2/01.flac` is on disc 2."""
    folders = re.split(r"[/!]", file)[:-1]
    found = [match for folder in reversed(folders) if (match := _DISC_FOLDER.fullmatch(folder))]
    return int(found[0].group(1)) if found else None


def _are_numbered(tracks: Sequence[Track]) -> bool:
    """Whether most recordings have a number and no two the same on one disc."""
    recordings = [track for track in tracks if track.kind == "recording"]
    places = Counter((one.disc or 1, one.number) for one in recordings if one.number)
    most = places.total() >= _MOST * len(recordings) > 0
    return most and max(places.values()) == 1


def _place_on_album(track: Track) -> tuple[bool, int, bool, int]:
    nowhere = track.disc is None and track.number is None
    return (nowhere, track.disc or 1, track.number is None, track.number or 0)


def _with_scores_beside(tracks: Iterable[Track]) -> list[Track]:
    tracks = list(tracks)
    recorded = {_stem(track.file) for track in tracks if track.kind == "recording"}
    beside: dict[str, list[Track]] = {}
    for track in tracks:
        if track.kind == "score" and _stem(track.file) in recorded:
            beside.setdefault(_stem(track.file), []).append(track)
    placed = {score.file for scores in beside.values() for score in scores}
    ordered: list[Track] = []
    for track in (one for one in tracks if one.file not in placed):
        ordered += [track, *beside.pop(_stem(track.file), [])]
    return ordered


def _stem(file: str) -> str:
    return str(PurePosixPath(file).with_suffix("")).casefold()
