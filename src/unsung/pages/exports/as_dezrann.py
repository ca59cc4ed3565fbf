"""Dezrann analyses (`.dez`): labels over a score, in quarter notes from its beginning.

The form is that of Dezrann's documentation, "Encoding music annotations with .dez files". Only a
score has quarters, so recordings have none. Each kind of label has its line above or below the
staves; all of them are on the layer `predicted`.
"""

import json
from collections.abc import Iterator

from unsung import __version__
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.score import Score
from unsung.pages.exports.columns import encodable
from unsung.pages.exports.motif_tables import bounds_ql
from unsung.pages.exports.stretches import stretches
from unsung.pages.notation import quarters
from unsung.pages.report.places import title, title_of

_LAYERS = ["predicted"]
_DECIMALS = 6
_MOTIF_LINES = 3

Json = dict[str, object]
DEZRANN_TYPES = {
    "motifs": "Pattern",
    "sections": "Structure",
    "key": "Tonality",
    "chords": "Harmony",
    "modes": "Mode",
    "pedals": "Pedal",
    "texture": "Texture",
}
"""By export: the type that its labels have."""
_LINES = {
    "Structure": "bot.1",
    "Tonality": "bot.2",
    "Harmony": "bot.3",
    "Mode": "bot.4",
    "Pedal": "bot.5",
    "Texture": "bot.6",
}


def dezrann_text(soundtrack: Soundtrack, heard: Heard, whats: tuple[str, ...]) -> str:
    """The labels of one score named by `whats`, as JSON."""
    labels = [one for what in whats for one in _labels(what, soundtrack, heard)]
    meta: Json = {
        "producer": f"Unsung {__version__}",
        "title": encodable(title_of(heard)),
        "layout": list(_layout(soundtrack, whats)),
    }
    dez = {"labels": labels, "meta": meta}
    return json.dumps(dez, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _labels(what: str, soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    if what == "motifs":
        yield from _patterns(soundtrack, heard)
        return
    source = heard.hearing.source
    assert isinstance(source, Score)  # noqa: S101 - only scores are asked for
    for one in stretches(what, soundtrack, heard):
        bounds = quarters(source, one.start_s), quarters(source, one.end_s)
        yield _label(DEZRANN_TYPES[what], bounds, one.text)


def _patterns(soundtrack: Soundtrack, heard: Heard) -> Iterator[Json]:
    """Every occurrence in this score, tagged with its motif."""
    for motif in soundtrack.motifs:
        for one in motif.occurrences:
            bounds = bounds_ql(heard.hearing, one) if one.track_file == heard.track.file else None
            if bounds:
                changes = ", ".join(one.changes)
                words = f"{title(motif)}; {changes}" if changes else title(motif)
                yield _label("Pattern", bounds, motif.label) | {"comment": encodable(words)}


def _label(kind: str, bounds_ql: tuple[float, float], tag: str) -> Json:
    start_ql, end_ql = bounds_ql
    return {
        "type": kind,
        "start": round(start_ql, _DECIMALS),
        "duration": round(end_ql - start_ql, _DECIMALS),
        "tag": encodable(tag),
        "layers": _LAYERS,
    }


def _layout(soundtrack: Soundtrack, whats: tuple[str, ...]) -> Iterator[Json]:
    """Where labels are drawn: motifs above the staves, each on one of three lines in turn."""
    for what in whats:
        kind = DEZRANN_TYPES[what]
        if what == "motifs":
            for at, motif in enumerate(soundtrack.motifs):
                chosen: Json = {"type": kind, "tag": motif.label}
                yield {"filter": chosen, "style": {"line": f"top.{at % _MOTIF_LINES + 1}"}}
        else:
            yield {"filter": {"type": kind}, "style": {"line": _LINES[kind]}}
