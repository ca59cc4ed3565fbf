"""mpv's edit lists, format `# mpv EDL v0` (mpv, DOCS/edl-mpv.rst): a reel as one file that plays.

Every value is given with its length in bytes, so that any file name and any title survives. mpv
takes a file as seen from the folder in which the list lies.
"""

from collections.abc import Iterator

from unsung.pages.exports.reels import Excerpt, Reel


def edl(reel: Reel, album_path: str) -> bytes:
    """One segment an excerpt, its title the chapter that mpv shows."""
    lines = ("# mpv EDL v0", *_remark(reel), *(_segment(one, album_path) for one in reel.excerpts))
    return b"".join(one if isinstance(one, bytes) else f"{one}\n".encode() for one in lines)


def _remark(reel: Reel) -> Iterator[str]:
    if reel.left_out:
        yield f"# {reel.left_out} more: in an archive, or a score, so that nothing can play them"


def _segment(one: Excerpt, album_path: str) -> bytes:
    start = f",start={one.span.start_s:.3f},length={one.span.duration_s:.3f},title="
    path = f"{album_path or './'}{one.file}"
    return b"".join((_sized(path), start.encode(), _sized(one.title), b"\n"))


def _sized(text: str) -> bytes:
    """`%5%value`: file names keep the very bytes that they have on disk."""
    value = text.encode(errors="surrogateescape")
    return b"%%%d%%" % len(value) + value
