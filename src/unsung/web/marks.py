"""What people say of motifs: where else does this come back, this is one, it is called so."""

import time
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from unsung.model.hearing import Soundtrack
from unsung.model.motif import Occurrence, motif_called
from unsung.model.notes import Notes
from unsung.model.time import Span
from unsung.web.answers import Refusal, answer
from unsung.web.asked import Json, object_of, span, text, truth, whole
from unsung.web.desk import album, desk
from unsung.web.opened import OpenAlbum
from unsung.web.undoing import taken_back

MOST_NOTES = 64
LONGEST_PASSAGE_S = 60.0
_MOST_PLACES = 60
_SHARED = 0.5


async def find(request: Request) -> Response:
    """Every place where a passage, or a line of notes, comes back."""
    plain = await object_of(request)
    return answer(await desk(request).hands.do(_found, plain, album(request)))


async def statements(request: Request) -> Response:
    """A person confirms or rejects a place."""
    plain = await object_of(request)
    return answer(await run_in_threadpool(_stated, plain, album(request)), 201)


async def names(request: Request) -> Response:
    """A person names a motif, and may say what it means and who says so."""
    plain = await object_of(request)
    return answer(await run_in_threadpool(_named, plain, album(request)), 201)


def undo(request: Request) -> Response:
    """What was said or written last is taken back; nothing is lost, and that is history too."""
    opened = album(request)
    return answer({"taken_back": taken_back(opened)} | as_they_stand(opened))


def _found(plain: Json, opened: OpenAlbum) -> Json:
    began_s = time.monotonic()
    asked = _line(plain["notes"]) if "notes" in plain else _passage(plain, opened)
    places = [_place(one, opened.soundtrack) for one in opened.returns(asked)[:_MOST_PLACES]]
    return {"places": places, "spent_s": round(time.monotonic() - began_s, 3)}


def _stated(plain: Json, opened: OpenAlbum) -> Json:
    from unsung import session  # noqa: PLC0415  (slow to import)

    file = opened.at(whole(plain, "track")).track.file
    motif, holds = text(plain, "motif", most=100), truth(plain, "holds")
    place = _within(span(plain), opened, file)
    opened.say(partial(session.keep_statement, motif=motif, file=file, span=place, holds=holds))
    return as_they_stand(opened)


def _named(plain: Json, opened: OpenAlbum) -> Json:
    from unsung import session  # noqa: PLC0415  (slow to import)

    label, name = text(plain, "motif", most=100), text(plain, "name", most=100)
    if motif_called(opened.soundtrack.motifs, label) is None:
        raise Refusal(404, f"no motif is known as {label}")
    meaning, source = (text(plain, key, most=1_000, default="") for key in ("meaning", "source"))
    if meaning and not source:
        raise Refusal(400, "a meaning needs its source: who says so, and where")
    opened.say(partial(session.keep_name, motif=label, name=name, meaning=meaning, source=source))
    return as_they_stand(opened)


def as_they_stand(opened: OpenAlbum) -> Json:
    """How the motifs stand by now; not `settled` while places are still being worked out."""
    motifs = [
        {"label": one.label, "name": one.name, "occurrences": len(one.occurrences)}
        for one in opened.soundtrack.motifs
    ]
    return {"motifs": motifs, "settled": opened.is_settled}


def _passage(plain: Json, opened: OpenAlbum) -> tuple[str, Span]:
    file = opened.at(whole(plain, "track")).track.file
    return file, _within(span(plain, LONGEST_PASSAGE_S), opened, file)


def _within(asked: Span, opened: OpenAlbum, file: str) -> Span:
    """The stretch, which must lie in the track; half a second over the end is forgiven."""
    lasts_s = opened.soundtrack[file].hearing.duration_s
    if asked.start_s >= lasts_s or asked.end_s > lasts_s + 0.5:
        raise Refusal(400, f"the track lasts {lasts_s:.1f} s")
    return Span(asked.start_s, min(asked.end_s, lasts_s))


def _line(rows: Any) -> Notes:
    """A line of notes: `[[onset_s, duration_s, midi_pitch], …]`."""
    try:
        if not 2 <= len(rows) <= MOST_NOTES:
            raise Refusal(400, f"a line has 2 to {MOST_NOTES} notes")
        onset_s, duration_s, pitch = ([float(row[k]) for row in rows] for k in range(3))
        if any(len(row) != 3 for row in rows) or max(onset_s) > LONGEST_PASSAGE_S:
            raise Refusal(400, f"a line lasts at most {LONGEST_PASSAGE_S:g} s")
        return Notes.sorted(onset_s, duration_s, pitch)
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise Refusal(400, "notes are [onset_s, duration_s, midi_pitch], each a number") from error


def _place(one: Occurrence, soundtrack: Soundtrack) -> Json:
    track = soundtrack[one.track_file].track
    return {
        "track": track.position,
        "title": track.title,
        "from_s": round(one.span.start_s, 3),
        "to_s": round(one.span.end_s, 3),
        "transposition_semitones": one.transposition_semitones,
        "tempo_ratio": round(one.tempo_ratio, 3),
        "confidence": round(one.confidence, 3),
        "changes": list(one.changes),
        "motif": _motif_at(one, soundtrack),
    }


def _motif_at(place: Occurrence, soundtrack: Soundtrack) -> str:
    """The label of the motif that comes there, the most of it; empty where none does."""
    shared = {
        motif.label: max((_shared_s(place, one) for one in motif.occurrences), default=0.0)
        for motif in soundtrack.motifs
    }
    label = max(shared, key=shared.__getitem__, default="")
    return label if label and shared[label] > _SHARED * place.span.duration_s else ""


def _shared_s(place: Occurrence, one: Occurrence) -> float:
    return place.span.overlap_s(one.span) if place.track_file == one.track_file else 0.0
