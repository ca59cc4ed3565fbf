"""How well the texture of music is told: kinds of pieces, as written and from sound.

    python bench/texture.py --part report [--heard N] [--renders FOLDER] [--json]

For each kind, the share of the time that is called so, that is undecided, and that is called
something else (see `texture_pieces` for what the labels are worth). `--heard` renders the first N
pieces of each kind and hears them. The peer tells the kinds by Huron's onset synchronization alone,
with thresholds fitted by grid on the development part as written; it never says undecided.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from rendered import PARTS, printed
from texture_pieces import Piece, pieces
from unsung.listening.layers import leading
from unsung.listening.melody import melody
from unsung.listening.roll import seconds
from unsung.listening.texture import score_texture, texture
from unsung.listening.transcription import notes
from unsung.listening.voices import MEASURES, voice_measures
from unsung.model.notes import Notes
from unsung.model.outcomes import Outcome
from unsung.model.settings import NotesSettings
from unsung.model.texture import Texture, TextureKind

_PEER_MONOPHONY, _PEER_HOMOPHONY, _PEER_POLYPHONY = 0.2, 0.54, 0.3


def _asked() -> argparse.Namespace:
    asks = argparse.ArgumentParser(description=__doc__)
    asks.add_argument("--part", choices=PARTS, default="development")
    asks.add_argument("--heard", type=int, default=0, help="pieces of each kind to hear, too")
    kept = Path(tempfile.gettempdir()) / "unsung-renders"
    asks.add_argument("--renders", type=Path, default=kept, help="where renderings are kept")
    asks.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    return asks.parse_args()


def _shares(
    kind: TextureKind, sounding: Notes, told: Callable[[Notes, Notes, float], Texture]
) -> tuple[float, float, float, float]:
    """Right, undecided and wrong shares of what sounds; the peer's right share."""
    duration_s = float(sounding.end_s.max()) if len(sounding) else 1.0
    line = melody(sounding)
    right_s = undecided_s = all_s = 0.0
    for one in told(sounding, line, duration_s).spans:
        if str(one.kind) == "silent":
            continue
        all_s += one.span.duration_s
        right_s += one.span.duration_s * (one.kind == kind)
        undecided_s += one.span.duration_s * isinstance(one.kind, Outcome)
    all_s = all_s or 1.0
    wrong = (all_s - right_s - undecided_s) / all_s
    return right_s / all_s, undecided_s / all_s, wrong, _peer(kind, sounding, line, duration_s)


def _peer(kind: TextureKind, sounding: Notes, line: Notes, duration_s: float) -> float:
    leads, _ = leading(sounding, line)
    measures, sounds = voice_measures(sounding, leads, seconds(duration_s)[1])
    many, synchrony = measures[0][sounds], measures[MEASURES.index("synchrony")][sounds]
    said = [_peer_says(a, b) for a, b in zip(many.tolist(), synchrony.tolist(), strict=True)]
    return said.count(kind) / max(1, len(said))


def _peer_says(many: float, synchrony: float) -> TextureKind:
    if many < _PEER_MONOPHONY:
        return "monophony"
    if synchrony >= _PEER_HOMOPHONY:
        return "homophony"
    return "polyphony" if synchrony >= _PEER_POLYPHONY else "melody with accompaniment"


def _rows(found: list[Piece], asked: argparse.Namespace) -> Iterator[dict[str, object]]:
    for kind, group in groupby(found, key=lambda piece: piece.kind):
        these = list(group)
        yield _row(f"{kind}, written", [_shares(kind, one.notes, score_texture) for one in these])
        if asked.heard:
            heard = [
                _shares(kind, notes(one.sound(asked.renders), NotesSettings()), texture)
                for one in these[: asked.heard]
            ]
            yield _row(f"{kind}, heard", heard)


def _row(who: str, shares: list[tuple[float, float, float, float]]) -> dict[str, object]:
    right, undecided, wrong, peer = (
        sum(column) / len(shares) for column in zip(*shares, strict=True)
    )
    return {"who": who, "right": right, "undecided": undecided, "wrong": wrong, "peer right": peer}


def main() -> None:
    """Measure and print."""
    asked = _asked()
    printed("texture", asked, list(_rows(list(pieces(asked.part, asked.renders)), asked)))


if __name__ == "__main__":
    main()
