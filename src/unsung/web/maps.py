"""The album as the map draws it: tracks, motifs, and where they occur; and the notes of a track."""

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from unsung.model.hearing import Soundtrack
from unsung.model.motif import Motif, Occurrence
from unsung.model.time import Span
from unsung.motifs.labels import same_place
from unsung.web.answers import Refusal, answer
from unsung.web.desk import album
from unsung.web.opened import OpenAlbum
from unsung.web.views import positions_of

Json = dict[str, Any]

_GOLDEN_ANGLE = 137.508
_SMALL = ("m3u8", "edl", "wiki", "chapters", "chapter-tags", "lrc", "tilia", "dezrann")
"""Of these a whole album's files come as one archive; of others, one track at a time."""


def album_map(request: Request) -> Response:
    """Tracks, motifs and all occurrences, with what people said of each."""
    return answer(_map(album(request)))


def notes(request: Request) -> Response:
    """The notes of a track, as parallel columns."""
    played = album(request).at(int(request.path_params["position"])).hearing.notes
    return answer(
        {
            "onset_s": _rounded(played.onset_s.tolist()),
            "end_s": _rounded(played.end_s.tolist()),
            "midi_pitch": _rounded(played.midi_pitch.tolist(), 2),
            "salience": _rounded(played.salience.tolist(), 2),
            "part": played.part.tolist(),
            "part_names": list(played.part_names),
        }
    )


def exported(request: Request) -> Response:
    """One of the exports, as a file to keep."""
    from unsung.pages import exports  # noqa: PLC0415  (slow to import, wanted by few)

    what, form = request.path_params["what"], request.path_params["form"]
    track, motif = request.query_params.get("track"), request.query_params.get("motif")
    opened = album(request)
    findings = opened.findings if exports.needs_findings(what, form) else ()
    made = exports.exported(opened.soundtrack, what, form, track, motif, findings=findings)
    if not made:
        raise Refusal(404, "nothing of the kind was heard")
    if len(made) > 1 and not (motif or form in _SMALL):
        raise Refusal(404, f"this makes {len(made)} files; ask for one track")
    document = exports.as_one(" ".join(filter(None, (what, motif, form))), made)
    headers = {"content-disposition": _kept_as(document.name)}
    return Response(document.encoded, media_type="application/octet-stream", headers=headers)


def _kept_as(name: str) -> str:
    """The name under which a browser keeps the file (RFC 6266): plain, and as it is."""
    plain = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name)
    plain = plain.encode("ascii", "ignore").decode() or "export"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _map(opened: OpenAlbum) -> Json:
    soundtrack, sounding = opened.soundtrack, positions_of(opened.soundtrack)
    index = {one.track.file: k for k, one in enumerate(soundtrack.heard)}
    audio = f"/a/{opened.entry.slug}/audio/"
    tracks = [
        {
            "position": one.track.position,
            "title": one.track.title,
            "file": one.track.file,
            "duration_s": round(one.hearing.duration_s, 3),
            "audio": f"{audio}{sounding[one.track.file]}" if one.track.file in sounding else "",
        }
        for one in soundtrack.heard
    ]
    motifs = [
        {"label": one.label, "name": one.name, "hue": round(k * _GOLDEN_ANGLE % 360)}
        for k, one in enumerate(soundtrack.motifs)
    ]
    return {
        "tracks": tracks,
        "motifs": motifs,
        "occurrences": list(_occurrences(soundtrack, index)),
        "settled": opened.is_settled,
    }


def _occurrences(soundtrack: Soundtrack, index: dict[str, int]) -> list[list[Any]]:
    said = _said(soundtrack)
    return [
        [
            k,
            index[one.track_file],
            round(one.span.start_s, 3),
            round(one.span.end_s, 3),
            round(one.confidence, 3),
            _verdict(motif, one, said),
        ]
        for k, motif in enumerate(soundtrack.motifs)
        for one in motif.occurrences
        if one.track_file in index
    ]


def _said(soundtrack: Soundtrack) -> dict[tuple[str, str], list[tuple[Span, bool]]]:
    """What people said, by the motif and track it is about."""
    said: dict[tuple[str, str], list[tuple[Span, bool]]] = {}
    for one in soundtrack.testimony.statements:
        said.setdefault((one.motif_name, one.track_file), []).append((one.span, one.holds))
    return said


def _verdict(
    motif: Motif, one: Occurrence, said: dict[tuple[str, str], list[tuple[Span, bool]]]
) -> str:
    """The last word on a place: confirmed, rejected, or none."""
    if not said:
        return ""
    place, word = (one.track_file, one.span), ""
    for name in motif.names:
        for span, holds in said.get((name, one.track_file), ()):
            if same_place(place, (one.track_file, span)):
                word = "confirmed" if holds else "rejected"
    return word


def _rounded(values: list[float], digits: int = 3) -> list[float]:
    return [round(value, digits) for value in values]
