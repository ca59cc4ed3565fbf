"""Placements gathered into the cues of a sheet.

Albums are cut, films too: a cue is a list of stretches. Stretches of one track that follow each
other within two seconds of film are one cue, be it looped, cut or jumped. What sounds together with
it is another cue. Music with no source is a cue without a track. Numbers are as music editors write
them: reel, m, number in the reel (`1m1`).
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from attrs import evolve

from unsung.model.album import Album, Track
from unsung.model.cuesheet import Cue, Usage
from unsung.model.film import Placement
from unsung.model.time import Span
from unsung.model.unplaced import UnplacedStretch

_JOINED_S = 2.0
_TITLE_S, _TITLE_FROM_S = 30.0, 300.0
_END_TITLE_S, _END_FROM_S = 45.0, 90.0
_COMPOSING = ("composer", "writer", "lyricist")
_IDENTIFYING = ("isrc", "iswc")


def cues(
    placements: Sequence[Placement],
    album: Album,
    film_s: float,
    reels_s: Sequence[float] = (0.0,),
    vocal: Mapping[str, bool] | None = None,
    speech: Sequence[Span] | None = None,
    unplaced: Sequence[UnplacedStretch] = (),
) -> tuple[Cue, ...]:
    """The cues in film order.

    `reels_s` are when reels begin. `vocal` says of tracks whether there is singing in them, and
    `speech` when somebody speaks: without them no usage that rests on them is proposed, and none is
    for `unplaced` music, which has no source.
    """
    tracks = {track.file: track for track in album.tracks}
    found = [_cue(one, tracks.get(one[0].track_file), vocal or {}) for one in _gathered(placements)]
    found += [Cue("", "", (), "", (), unplaced=one) for one in unplaced]
    numbered = _numbered(sorted(found, key=lambda cue: cue.film_span), sorted(reels_s))
    return tuple(_with_titles(numbered, film_s, speech)) if speech is not None else tuple(numbered)


def _gathered(placements: Sequence[Placement]) -> list[list[Placement]]:
    """Stretches of one track that follow each other."""
    gathered: list[list[Placement]] = []
    for one in sorted(placements, key=lambda one: one.film_span):
        before = next((group for group in reversed(gathered) if _follows(one, group)), None)
        if before is None:
            gathered.append([one])
        else:
            before.append(one)
    return gathered


def _follows(one: Placement, group: Sequence[Placement]) -> bool:
    """Whether it goes on with the group's track; one that sounds over it is another cue."""
    last = group[-1]
    gap_s = one.film_span.start_s - last.film_span.end_s
    return one.track_file == last.track_file and -_JOINED_S <= gap_s <= _JOINED_S


def _cue(stretches: Sequence[Placement], track: Track | None, vocal: Mapping[str, bool]) -> Cue:
    file = stretches[0].track_file
    people = track.people if track else ()
    composers = tuple(dict.fromkeys(one.name for one in people if one.role in _COMPOSING))
    identifiers = tuple(
        pair for pair in (track.identifiers if track else ()) if pair[0].lower() in _IDENTIFYING
    )
    usage: Usage = ("BV" if vocal[file] else "BI") if file in vocal else ""
    return Cue("", track.title if track else file, composers, usage, tuple(stretches), identifiers)


def _numbered(found: Sequence[Cue], reels_s: Sequence[float]) -> list[Cue]:
    counts: dict[int, int] = {}
    numbered: list[Cue] = []
    for cue in found:
        reel = max(1, bisect_right(reels_s, cue.film_span.start_s))
        counts[reel] = counts.get(reel, 0) + 1
        numbered.append(evolve(cue, number=f"{reel}m{counts[reel]}"))
    return numbered


def _with_titles(found: list[Cue], film_s: float, speech: Sequence[Span]) -> list[Cue]:
    """The first cue as main title and the last as end title, where place and length allow it.

    Both last half a minute or more and nobody speaks in them; the one begins in the first five
    minutes, the other ends in the last minute and a half. Unknown music is given no such place.
    """
    if not found:
        return found
    first, last = found[0], found[-1]
    begins_early = first.film_span.start_s < min(_TITLE_FROM_S, film_s / 4)
    if first.placements and begins_early and _speechless_s(first.film_span, speech) >= _TITLE_S:
        found[0] = evolve(first, usage="MT")
    ends_late = film_s - last.film_span.end_s < min(_END_FROM_S, film_s / 4)
    if (
        len(found) > 1
        and last.placements
        and ends_late
        and _speechless_s(last.film_span, speech) >= _END_TITLE_S
    ):
        found[-1] = evolve(last, usage="ET")
    return found


def _speechless_s(span: Span, speech: Sequence[Span]) -> float:
    """How long it lasts, if nobody speaks in it; else 0."""
    return 0.0 if any(one.overlap_s(span) > 0 for one in speech) else span.duration_s
