"""Search over an album: what the machine knows, what people wrote, and what somebody sings."""

import unicodedata
from collections.abc import Iterator
from itertools import chain, islice

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from unsung.library.mono import mono
from unsung.listening.sung import sung_notes
from unsung.model.sound import Audio
from unsung.web.annotations import standing_in, track_of
from unsung.web.answers import Refusal, answer
from unsung.web.asked import Json
from unsung.web.desk import Desk, album, desk
from unsung.web.opened import OpenAlbum
from unsung.web.pages import Hit
from unsung.web.views import MOST_QUERY, context_of

LONGEST_SUNG_S = 20.0
_SUNG_RATES_HZ = range(8_000, 96_001)
_SILENT_PEAK = 10 ** (-50 / 20)
_MOST_HITS = 200
_MOST_WORDS = 160


def search(request: Request) -> Response:
    """Everything in which all words of the query occur, whatever their case and accents."""
    query = request.query_params.get("q", "")
    if len(query) > MOST_QUERY:
        raise Refusal(400, f"a search has at most {MOST_QUERY} signs")
    if not query.strip():
        return answer({"hits": []})
    at, opened = desk(request), album(request)
    found = _hits(query, opened, at)
    return answer({"hits": [one._asdict() for one in found]})


async def sung(request: Request) -> Response:
    """The notes of a voice, sent as 16-bit samples of one channel; the sound is not kept."""
    rate_hz = request.query_params.get("rate_hz", "")
    if not rate_hz.isdecimal() or int(rate_hz[:6]) not in _SUNG_RATES_HZ:
        raise Refusal(400, "rate_hz is needed, 8000 to 96000 samples a second")
    body = await request.body()
    if len(body) % 2 or len(body) > 2 * LONGEST_SUNG_S * int(rate_hz):
        raise Refusal(400, f"samples have 16 bits each and last at most {LONGEST_SUNG_S:g} s")
    return answer(await desk(request).hands.do(_written_down, body, int(rate_hz)))


def _written_down(body: bytes, rate_hz: int) -> Json:
    samples = np.frombuffer(body, "<i2").astype(np.float32) / 2**15
    line = sung_notes(mono(Audio(samples[np.newaxis], rate_hz)))
    is_silent = np.abs(samples).max(initial=0) < _SILENT_PEAK
    rows = zip(
        line.onset_s.tolist(), line.duration_s.tolist(), line.midi_pitch.tolist(), strict=True
    )
    return {
        "notes": [[round(value, 3) for value in row] for row in rows],
        "outcome": "notes" if len(line) else "silent" if is_silent else "no pitch",
    }


def _hits(query: str, opened: OpenAlbum, at: Desk) -> list[Hit]:
    known = at.pages.hits(context_of(opened, at), query)
    return list(islice(chain(known, comment_hits(query, opened)), _MOST_HITS))


def comment_hits(query: str, opened: OpenAlbum) -> Iterator[Hit]:
    """What people wrote that holds every word."""
    wanted = _folded(query).split()
    for one in standing_in(opened):
        position, words = track_of(one, opened), f"{one.text} – {one.creator}"
        if position and all(word in _folded(words) for word in wanted):
            moment = f"#t={one.target.times_s[0]:.1f}" if one.target.times_s else ""
            address = f"/a/{opened.entry.slug}/track/{position}{moment}"
            yield Hit("comment", _short(words), address)


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _MOST_WORDS else line[: _MOST_WORDS - 1].rstrip() + "…"
