"""Whether a browser plays a film as it is, sound and picture, and seeks in it exactly.

Browsers decode few codecs, take the first of several sounds, and count from the file's own first
instant. Where any of that differs from how the film was heard, a copy is played instead.
"""

from pathlib import Path
from typing import Any

from attrs import frozen

from unsung.library.film_streams import probed_file

_FIELDS = (
    "format=format_name,start_time,duration:stream=codec_type,codec_name,pix_fmt"
    ":stream_disposition=attached_pic"
)
_BEGINS_WITHIN_S = 0.02
_CODECS = {
    "video/mp4": (("h264", "vp9", "av1"), ("aac", "mp3", "opus", "flac")),
    "video/webm": (("vp8", "vp9", "av1"), ("opus", "vorbis")),
}
_PLAIN_COLOURS = ("yuv420p", "yuvj420p")


@frozen
class Playable:
    """How a film can be played: its media type as it is, empty where it takes a copy.

    `needs` says in words why it does. `duration_s` is 0 where the file does not tell.
    """

    media_type: str
    has_picture: bool
    duration_s: float
    needs: str = ""


def playable(path: Path, number: int) -> Playable:
    """Whether a browser plays the film, with this sound; `LibraryError` where it is damaged."""
    told = probed_file(path, _FIELDS)
    shape, streams = told.get("format", {}), told.get("streams", [])
    pictures = [one for one in streams if one.get("codec_type") == "video" and not _is_sleeve(one)]
    sounds = [one for one in streams if one.get("codec_type") == "audio"]
    kind = _media_type(path, str(shape.get("format_name", "")))
    needs = _needs(kind, pictures[:1], sounds, number, _number(shape.get("start_time")))
    media_type = "" if needs else kind
    return Playable(media_type, bool(pictures), _number(shape.get("duration")), needs)


def _needs(kind: str, pictures: list[Any], sounds: list[Any], number: int, begins_s: float) -> str:
    """What keeps a browser from playing it as it is; empty where nothing does."""
    if not kind:
        return "browsers do not play files of its kind"
    if len(sounds) != 1 or number:
        return "it holds several sounds, of which browsers take the first"
    if abs(begins_s) > _BEGINS_WITHIN_S:
        return "its clock does not begin at zero"
    seen, heard = _CODECS[kind]
    if sounds[0].get("codec_name") not in heard:
        return "browsers do not play its sound"
    if any(not _is_seen(one, seen) for one in pictures):
        return "browsers do not play its picture"
    return ""


def _media_type(path: Path, format_name: str) -> str:
    if "mp4" in format_name.split(","):
        return "video/mp4"
    return "video/webm" if "webm" in format_name and path.suffix.lower() == ".webm" else ""


def _is_seen(stream: Any, codecs: tuple[str, ...]) -> bool:
    return stream.get("codec_name") in codecs and stream.get("pix_fmt") in _PLAIN_COLOURS


def _is_sleeve(stream: Any) -> bool:
    return bool(stream.get("disposition", {}).get("attached_pic"))


def _number(said: Any) -> float:
    try:
        return float(said)
    except (TypeError, ValueError):
        return 0.0
