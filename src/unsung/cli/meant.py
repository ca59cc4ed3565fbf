"""What a person means by their words: a track, a stretch of time, a motif, a place of it."""

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

from unsung.model.errors import SettingsError, UnsungError
from unsung.model.motif import motif_called
from unsung.model.time import Span

if TYPE_CHECKING:
    from unsung.model.hearing import Soundtrack
    from unsung.model.motif import Motif, Occurrence

_CLOCK = re.compile(r"(?:(\d+):)?(?:(\d{1,2}):)?(\d+(?:\.\d+)?)$")
_EARLY_S = 1.0
"""A moment as people write it may lie so much before the place."""


def motif_in(soundtrack: "Soundtrack", said: str) -> "Motif":
    """The motif that is meant: by its label, its name, or what it was called before."""
    motif = motif_called(soundtrack.motifs, said)
    if motif:
        return motif
    known = ", ".join(motif.name or motif.label for motif in soundtrack.motifs) or "none"
    raise UnsungError(f"no motif {said!r}; known are: {known}")


def chosen_of(
    motif: "Motif", places: tuple[str, ...], soundtrack: "Soundtrack"
) -> "tuple[Occurrence, ...]":
    """The occurrences that are meant, each once."""
    meant = [_occurrence(motif, said, soundtrack) for said in places]
    return tuple(one for one in motif.occurrences if any(one is it for it in meant))


def _occurrence(motif: "Motif", said: str, soundtrack: "Soundtrack") -> "Occurrence":
    """One occurrence: by its number, or by its track and a moment of it."""
    every = motif.occurrences
    track, _, moment = said.rpartition("@")
    if track:
        file, at_s = track_file(soundtrack, track), _moment(moment)
        found = [one for one in every if one.track_file == file and _sounds_at(at_s, one.span)]
    else:
        found = [one for k, one in enumerate(every, start=1) if str(k) == said]
    if found:
        return found[0]
    raise SettingsError(
        f"{said!r} is no place of {motif.label}; give a number of 1 to {len(every)}, as"
        f" `unsung motifs list PLACE {motif.label}` has them, or a track and a moment, as 3@0:53"
    )


def _moment(said: str) -> float:
    """A moment; before all where it is none."""
    try:
        return _seconds(said)
    except ValueError:
        return -math.inf


def _sounds_at(at_s: float, span: Span) -> bool:
    return span.start_s - _EARLY_S <= at_s < span.end_s


def track_file(soundtrack: "Soundtrack", said: str) -> str:
    """The file of the track that is meant: by title, position, name or path."""
    for one in soundtrack.heard:
        if f"/{said}".endswith((f"/{one.track.file}", f"/{Path(one.track.file).stem}")):
            return one.track.file
    try:
        return soundtrack[said].track.file
    except KeyError:
        raise UnsungError(
            f"no track {said!r} in {soundtrack.album.title}; `unsung export PLACE tracks` lists"
            " them"
        ) from None


def span_in(said: str) -> Span:
    """A stretch of time as people write it: 0:53-1:05, 53-65.5, 1:02:03-1:02:10."""
    start, _, end = said.replace("–", "-").partition("-")
    try:
        return Span(_seconds(start), _seconds(end))
    except (ValueError, TypeError):
        raise SettingsError(
            f"{said!r} is no stretch of time; write when it starts and ends, as in 0:53-1:05"
        ) from None


def _seconds(said: str) -> float:
    found = _CLOCK.match(said.strip())
    if not found:
        raise ValueError(said)
    parts = [float(part) for part in found.groups() if part is not None]
    return float(sum(part * 60**k for k, part in enumerate(reversed(parts))))
