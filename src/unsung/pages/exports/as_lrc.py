"""LRC, the lines that music players show in time with a track: here, what sounds just now.

A player looks for a file with the track's own name. `[mm:ss.xx]` begins a line, an empty line
ends what was shown. The form knows no escape, so square and angle brackets, which would be taken
for times, become others.
"""

from collections.abc import Iterable

from unsung import __version__
from unsung.model.hearing import Heard
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.succession import Piece
from unsung.pages.report.places import title_of

_HARMLESS = str.maketrans("[]<>", "()‹›")


def lrc(heard: Heard, pieces: Iterable[Piece]) -> str:
    """What the tags say, then a line for each piece."""
    track = heard.track
    artists = [one.name for one in track.people if one.role in {"artist", "composer"}]
    tags = {
        "ti": title_of(heard),
        "ar": "; ".join(dict.fromkeys(artists)),
        "al": track.album_title,
        "length": _clock(heard.hearing.duration_s).partition(".")[0],
        "re": "Unsung",
        "ve": __version__,
    }
    head = "".join(f"[{name}:{_plain(text)}]\n" for name, text in tags.items() if _plain(text))
    return head + "".join(f"[{_clock(one.start_s)}]{_plain(one.text)}\n" for one in pieces)


def _plain(text: str) -> str:
    return " ".join(encodable(text).translate(_HARMLESS).split())


def _clock(time_s: float) -> str:
    """`01:02.34`; minutes go on beyond 99."""
    minutes, hundredths = divmod(round(100 * time_s), 6000)
    return f"{minutes:02d}:{hundredths // 100:02d}.{hundredths % 100:02d}"
