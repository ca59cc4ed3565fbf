"""Enhancing the narrative without overpowering it: what room the music leaves for a voice.

Only the film can show how music plays under dialogue. From the album alone three things can be
measured that composers mind (Karlin & Wright, "On the Track", 2nd ed., 2004): how many notes begin,
whether a leading line moves where voices lie, and how soft the music is. The pitch of speaking
voices is that of Baken ("Clinical Measurement of Speech and Voice", 2nd ed., 2000, p. 177, after
Fitch and Holbrook, 1970): 85 Hz, the lowest of men, to 255 Hz, the highest of women; E2 to B3.
Masking itself depends on the level in the mix and on energy up to some kHz, which an album does
not tell.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from unsung.model.dossier import Dossier
from unsung.model.finding import Citation, Fact, Finding, Quantity
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.time import Span
from unsung.questions.comparing import percentile
from unsung.questions.facts import instant, percent, slug_of, title_of
from unsung.questions.instruments.facts import longest_run
from unsung.questions.places import SHOWN_S, first_part, place
from unsung.questions.question import Question
from unsung.questions.room.facts import SPARSE_PER_S, Room, rooms_of

QUESTION = "room-for-speech"
VOICE = Citation(
    "Baken 2000",
    "R. J. Baken: Clinical Measurement of Speech and Voice, 2nd edition, 2000, page 177, after"
    " J. L. Fitch, A. Holbrook: Modal vocal fundamental frequency of young adults. Archives of"
    " Otolaryngology 92, 1970, 379-382",
)
UNDERSCORE = Citation(
    "Karlin & Wright 2004",
    "F. Karlin, R. Wright: On the Track: A Guide to Contemporary Film Scoring, 2nd edition, 2004",
)
LOUDNESS_RANGE = Citation(
    "EBU Tech 3342",
    "EBU Tech 3342: Loudness Range, a measure to supplement EBU R 128 loudness normalisation. 2023",
)
_LEAST_TRACKS = 5
_LEAST_STRETCH_S = 15.0
_FAR = 25.0
_METHOD = (
    "Once a second where music sounds: sparse where fewer than four notes begin a second, clear"
    " where the leading line rests or lies outside E2 to B3, soft where short-term loudness is six"
    " LU or more below the album's median track. A second leaves room where it is sparse, and clear"
    " or soft."
)
_FILM_ONLY = "The level against the voice is set in the mix; the album does not tell it."
_NO_NOTES = " Much of it is sound in which no note is told, and that may cover a voice as well."


def room_for_speech(dossier: Dossier) -> tuple[Finding, ...]:
    """What can be said, the weightiest first; nothing of an album without sound."""
    rooms = rooms_of(dossier.soundtrack.heard)
    if not rooms:
        return ()
    found = (
        _of_the_album(rooms),
        *_ends(rooms),
        *_stretch(rooms),
        *_ranges(rooms),
        *(() if dossier.film else (_film_unknown(),)),
    )
    return tuple(found)


def _of_the_album(rooms: Sequence[Room]) -> Finding:
    shares = {name: _pooled(rooms, name) for name in ("leaves_room", "sparse", "clear", "soft")}
    most = max(rooms, key=lambda room: room.share(room.leaves_room))
    run = longest_run(most.leaves_room) or Span(0.0, SHOWN_S)
    return Finding(
        slug="room-on-the-album",
        question=QUESTION,
        kind="room on the album",
        claim=(
            "In {room} of its time the album leaves a voice room. Fewer than {sparse_per_s} begin"
            " in {sparse} of it, in {clear} the leading line keeps out of the pitch of speech, and"
            " {soft} is soft for this album."
        ),
        facts={
            "room": percent(shares["leaves_room"]),
            "sparse": percent(shares["sparse"]),
            "clear": percent(shares["clear"]),
            "soft": percent(shares["soft"]),
            "sparse_per_s": Quantity(SPARSE_PER_S, "notes a second"),
            "tracks": Quantity(len(rooms)),
        },
        verdict="supported",
        method=_METHOD,
        compared_with="nothing beyond this album: no norm is known",
        weight=0.5,
        places=place(most.heard, first_part(run), "room for a voice"),
        cites=(VOICE, UNDERSCORE),
        against=_FILM_ONLY,
    )


def _pooled(rooms: Sequence[Room], name: str) -> float:
    """The share over all tracks, each second counted once."""
    held = sum(int(getattr(room, name)[room.sounding].sum()) for room in rooms)
    return held / sum(int(room.sounding.sum()) for room in rooms)


def _ends(rooms: Sequence[Room]) -> Iterator[Finding]:
    """The tracks that leave most and least room; undecided where the three measures disagree."""
    if len(rooms) < _LEAST_TRACKS:
        return
    shares = [room.share(room.leaves_room) for room in rooms]
    most, least = int(np.argmax(shares)), int(np.argmin(shares))
    if shares[most] > shares[least]:
        yield _end(rooms, most, shares, "most")
        yield _end(rooms, least, shares, "least")


def _end(rooms: Sequence[Room], index: int, shares: Sequence[float], which: str) -> Finding:
    """`weight` is how far from the median the share lies, and how many measures agree."""
    room = rooms[index]
    ranks = {name: _rank(rooms, index, name) for name in ("sparse", "clear", "soft")}
    way = 1 if which == "most" else -1
    agreeing = sum(way * (rank - 50) > _FAR for rank in ranks.values())
    opposed = sum(way * (rank - 50) < -_FAR for rank in ranks.values())
    is_noise = which == "most" and _is_undetermined(room)
    is_sure = agreeing >= 2 and not opposed and not is_noise
    row = room.leaves_room if which == "most" else room.sounding & ~room.leaves_room
    run = longest_run(row) or Span(0.0, SHOWN_S)
    median = float(np.median(shares))
    facts: dict[str, Fact] = {
        "track": title_of(room.heard),
        "room": percent(shares[index]),
        "median": percent(median),
        "tracks": Quantity(len(rooms)),
        "density": Quantity(_density(room), "notes a second", 1),
        "usual_density": Quantity(float(np.median([_density(one) for one in rooms])), "", 1),
        **{f"{name}_percentile": Quantity(rank) for name, rank in ranks.items()},
    }
    verb = "leaves" if is_sure else "may leave"
    return Finding(
        slug=f"room-{which}",
        question=QUESTION,
        kind=f"{which} room",
        claim=(
            f"Of {{tracks}} tracks {{track}} {verb} a voice the {which} room: {{room}} of its time,"
            " where the median track leaves {median}; {density} begin, against {usual_density}."
        ),
        facts=facts,
        verdict="supported" if is_sure else "undecided",
        method=_METHOD + " Supported where two of the three measures put"
        " it in the same quarter of the album, and none in the opposite one.",
        compared_with="the album's other tracks",
        weight=min(1.0, abs(shares[index] - median) * 1.5) * (0.4 + 0.2 * agreeing),
        places=place(room.heard, first_part(run), f"the {which} room for a voice"),
        cites=(VOICE, UNDERSCORE),
        against=_FILM_ONLY + _NO_NOTES * is_noise,
    )


def _is_undetermined(room: Room) -> bool:
    """Whether for most of the track no instrument is told: sound that may be no note."""
    unknown_s = sum(one.duration_s for one in room.heard.hearing.instruments.undetermined)
    return bool(unknown_s > room.sounding.sum() / 2)


def _rank(rooms: Sequence[Room], index: int, name: str) -> float:
    """The percentile of a track among the album's, more meaning more room."""
    shares = [room.share(getattr(room, name)) for room in rooms]
    return percentile(shares[index], shares)


def _density(room: Room) -> float:
    return float(room.heard.hearing.density.values[0][room.sounding].mean(dtype=float))


def _stretch(rooms: Sequence[Room]) -> Iterator[Finding]:
    """The longest stretch in which all three hold: soft, sparse, out of the voice's way."""
    found = [
        (run, room)
        for room in rooms
        for run in [longest_run(room.sounding & room.sparse & room.clear & room.soft)]
        if run is not None and run.duration_s >= _LEAST_STRETCH_S
    ]
    if not found:
        return
    run, room = max(found, key=lambda pair: pair[0].duration_s)
    yield Finding(
        slug=slug_of("room-stretch", room.heard.track.file),
        question=QUESTION,
        kind="room stretch",
        claim=(
            "The longest stretch that could lie under speech is in {track}, from {at} to {until}:"
            " soft, sparse, and the leading line out of the voice's way."
        ),
        facts={
            "track": title_of(room.heard),
            "at": instant(run.start_s),
            "until": instant(run.end_s),
            "stretches": Quantity(len(found)),
        },
        verdict="supported",
        method=_METHOD + " Here all three hold; gaps of two seconds are bridged.",
        compared_with="all tracks of the album",
        weight=0.6 * min(1.0, run.duration_s / 60),
        places=place(room.heard, first_part(run), "room for a voice"),
        cites=(VOICE, UNDERSCORE),
        against=_FILM_ONLY,
    )


def _ranges(rooms: Sequence[Room]) -> Iterator[Finding]:
    """How far the tracks go from soft to loud: music that can step back."""
    known = [(width, room) for room in rooms for width in _range_lu(room)]
    if len(known) < _LEAST_TRACKS:
        return
    widths = [width for width, _ in known]
    width, room = max(known, key=lambda pair: pair[0])
    softest = longest_run(room.sounding & room.soft) or Span(0.0, SHOWN_S)
    yield Finding(
        slug="room-dynamics",
        question=QUESTION,
        kind="dynamics",
        claim=(
            "Between its soft and its loud passages the median track has {median} of room to step"
            " back in; the widest range is that of {track} ({widest}), the narrowest {narrowest}."
        ),
        facts={
            "median": Quantity(float(np.median(widths)), "LU", 1),
            "widest": Quantity(width, "LU", 1),
            "narrowest": Quantity(min(widths), "LU", 1),
            "track": title_of(room.heard),
            "tracks": Quantity(len(widths)),
        },
        verdict="supported",
        method="Loudness range of each track: from its tenth to its ninety-fifth percentile.",
        compared_with="the album's other tracks",
        weight=0.35,
        places=place(room.heard, first_part(softest), "where it steps back"),
        cites=(LOUDNESS_RANGE,),
        against="Fades at the ends of a track widen its range.",
    )


def _range_lu(room: Room) -> Iterator[float]:
    loudness = room.heard.hearing.loudness
    if not isinstance(loudness, NotHeard) and not isinstance(loudness.range_lu, Outcome):
        yield float(loudness.range_lu)


def _film_unknown() -> Finding:
    return Finding(
        slug="room-needs-the-film",
        question=QUESTION,
        kind="film unknown",
        claim=(
            "Whether the music overpowers what is said cannot be told from the album: it depends on"
            " where each piece stands in the film or game and how loud it is mixed there."
        ),
        facts={},
        verdict="undecided",
        method="None: no placement of the music was given.",
        weight=0.2,
    )


ROOM_FOR_SPEECH = Question(
    QUESTION,
    "Does the music leave room for what is said?",
    room_for_speech,
    (VOICE, UNDERSCORE, LOUDNESS_RANGE),
)
