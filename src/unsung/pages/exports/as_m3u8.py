"""Playlists (M3U in UTF-8): a reel for players that read lists of files.

VLC begins and ends each entry where `#EXTVLCOPT` says; other players take the line for a remark
and play whole tracks (for mpv there is the edit list). Files are named as seen from the folder in
which the list lies, by their plain names; VLC takes them for addresses, so that in a name with `#`,
`?` or what looks like `%20` these signs are written as an address has them. A name that the form
cannot hold (a line break in it) is left out.
"""

import re
from collections.abc import Iterator

from unsung.pages.exports.reels import Excerpt, Reel

_MISREAD = re.compile(r"[#?]|%[0-9A-Fa-f]{2}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def m3u8(reel: Reel, album_path: str) -> bytes:
    """The reel's title, then a few lines an excerpt."""
    lines = ["#EXTM3U", f"#PLAYLIST:{_one_line(reel.title)}"]
    listed = [one for one in reel.excerpts if not _CONTROL.search(one.file)]
    left_out = reel.left_out + len(reel.excerpts) - len(listed)
    if left_out:
        lines.append(f"# {left_out} more: no player could find them by a line of this list")
    for one in listed:
        lines += _entry(one, album_path)
    return "".join(f"{line}\n" for line in lines).encode(errors="surrogateescape")


def _entry(one: Excerpt, album_path: str) -> Iterator[str]:
    yield f"#EXTINF:{max(1, round(one.span.duration_s))},{_one_line(one.title)}"
    if not one.whole:
        yield f"#EXTVLCOPT:start-time={one.span.start_s:.3f}"
        yield f"#EXTVLCOPT:stop-time={one.span.end_s:.3f}"
    yield _address(f"{album_path or './'}{one.file}")


def _address(path: str) -> str:
    return _MISREAD.sub(_encoded, path.replace("%", "%25")) if _MISREAD.search(path) else path


def _encoded(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):02X}" if sign[0] in "#?" else sign[0]


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
