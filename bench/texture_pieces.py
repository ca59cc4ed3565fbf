"""Music whose texture is known: what `bench/texture.py` is judged by.

Homophony: chorales by Bach. Polyphony: mass movements by Palestrina, songs of the trecento. Melody
with accompaniment: folk tunes over figures that are made here (other figures in each part), and in
the report part songs and piano pieces. Monophony: folk tunes alone, also in octaves. A label holds
for the kind of piece, not for every bar of it: a Palestrina Gloria has chords here and there, so no
method can reach 1. No work is in both parts.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from attrs import frozen
from music21 import corpus

from rendered import PARTS, SOUND_FONTS, chorale_scores, played, score_truth
from unsung.model.notes import Notes
from unsung.model.sound import Audio
from unsung.model.texture import TextureKind

_PER_KIND = 16
_LASTS_S = 75.0
_SONGS = ("schubert/Lindenbaum", "schumann_robert/dichterliebe_no2", "verdi/laDonnaEMobile",
          "chopin/mazurka06-2", "schumann_clara/polonaise_op1n1")  # fmt: skip
_FIGURES = {
    "development": ("alberti", "off-beats", "held"),
    "report": ("arpeggio", "waltz", "struck"),
}
_PLAYERS = {
    "homophony": ((48,), (73, 68, 71, 70), (19,), (52,)),
    "polyphony": ((52,), (48,), (40, 40, 41, 42), (73, 68, 71, 70)),
    "monophony": ((40,), (73,), (60,), (0,)),
    "melody with accompaniment": ((40, 0), (73, 46), (0, 0), (68, 48)),
}


@frozen
class Piece:
    """A piece of one texture, as written and as it is played."""

    kind: TextureKind
    name: str
    notes: Notes
    players: tuple[int, ...]
    sound_font: str

    def sound(self, renders: Path) -> Audio:
        """The piece as mono 22,050 Hz, rendered once and then read from `renders`."""
        name = f"texture-{self.name.replace('/', '_')}-{self.players[0]}-{self.sound_font}"
        return played(self.notes, self.players, self.sound_font, renders / name)


def pieces(part: str, renders: Path) -> Iterator[Piece]:
    """All pieces of `part`, kind by kind."""
    chorales = chorale_scores(part, renders)[::3][:_PER_KIND]
    yield from _dealt("homophony", ((name, _score(name, 80, renders)) for name in chorales))
    yield from _dealt("polyphony", _polyphony(part, renders))
    tunes = list(islice(_tunes(part, renders), 2 * _PER_KIND))
    yield from _dealt("monophony", _alone(tunes[:_PER_KIND]))
    yield from _dealt("melody with accompaniment", _accompanied(part, tunes, renders))


def _dealt(kind: TextureKind, found: Iterator[tuple[str, Notes]]) -> Iterator[Piece]:
    for k, (name, notes) in enumerate(found):
        yield Piece(kind, name, notes, _PLAYERS[kind][k % 4], SOUND_FONTS[k // 2 % 2])


def _score(name: str, tempo_bpm: float, renders: Path) -> Notes:
    return _at(score_truth(name, renders)[0], tempo_bpm)


def _at(notes: Notes, tempo_bpm: float) -> Notes:
    """The first part of the music, faster or slower than a quarter a second."""
    stretch = 60 / tempo_bpm
    kept = notes.where(notes.onset_s * stretch < _LASTS_S)
    return Notes.sorted(
        kept.onset_s * stretch,
        kept.duration_s * stretch,
        kept.midi_pitch,
        part=kept.part,
        part_names=kept.part_names,
    )


def _polyphony(part: str, renders: Path) -> Iterator[tuple[str, Notes]]:
    masses = sorted(path.stem for path in corpus.getComposer("palestrina"))
    chosen = [f"palestrina/{name}" for name in masses[7 + PARTS.index(part) :: 160]]
    for name in chosen[: _PER_KIND // 2]:
        yield name, _score(name, 150, renders)
    songs = sorted(path.name for path in corpus.getComposer("trecento") if path.suffix != ".abc")
    for name in songs[PARTS.index(part) :: 12][: _PER_KIND // 2]:
        yield f"trecento/{name}", _score(f"trecento/{name}", 120, renders)


def _tunes(part: str, renders: Path) -> Iterator[tuple[str, Notes]]:
    """Folk tunes of the Ryan collection, the first parts of them."""
    names = sorted(path.stem for path in corpus.getComposer("ryansMammoth"))
    for name in names[PARTS.index(part) :: 24]:
        yield f"ryansMammoth/{name}", _score(f"ryansMammoth/{name}", 110, renders)


def _alone(tunes: list[tuple[str, Notes]]) -> Iterator[tuple[str, Notes]]:
    for k, (name, tune) in enumerate(tunes):
        yield f"{name}-alone", _together(tune, _below(tune, 12)) if k % 4 == 3 else tune


def _accompanied(
    part: str, tunes: list[tuple[str, Notes]], renders: Path
) -> Iterator[tuple[str, Notes]]:
    for k, (name, tune) in enumerate(tunes[_PER_KIND:]):
        figure = _FIGURES[part][k % 3]
        yield f"{name}-{figure}", _together(tune, _figure(figure, tune, 60 / 110))
    if part == "report":
        for name in _SONGS:
            yield name, _score(name, 90, renders)


def _below(tune: Notes, semitones: int) -> Notes:
    return Notes.sorted(tune.onset_s, tune.duration_s, tune.midi_pitch - semitones)


def _together(tune: Notes, beside: Notes) -> Notes:
    onset_s, lasts_s, pitch = (
        np.concatenate([getattr(tune, name), getattr(beside, name)])
        for name in ("onset_s", "duration_s", "midi_pitch")
    )
    part = np.repeat([0, 1], [len(tune), len(beside)])
    names = ("tune", "accompaniment")
    return Notes.sorted(onset_s, lasts_s, pitch, part=part, part_names=names)


def _figure(figure: str, tune: Notes, beat_s: float) -> Notes:
    """Two beats on each chord, the triad that most of the tune's own notes there belong to."""
    rows = []
    for k in range(int(tune.end_s.max() / (2 * beat_s)) + 1):
        start_s = 2 * k * beat_s
        triad = _triad(tune, start_s, start_s + 2 * beat_s)
        rows += [
            (start_s + at * beat_s, lasts * beat_s, float(pitch))
            for at, lasts, pitch in _played_as(figure, triad)
        ]
    return Notes.sorted(*np.array(rows).T)


def _triad(tune: Notes, start_s: float, end_s: float) -> tuple[int, int, int]:
    heard = np.zeros(12)
    inside = (tune.onset_s < end_s) & (tune.end_s > start_s)
    np.add.at(heard, tune.midi_pitch[inside].astype(int) % 12, tune.duration_s[inside])
    shapes = [(root, third) for root in (7, 2, 9, 0, 4, 11, 5) for third in (3, 4)]
    fit = [heard[[root, (root + third) % 12, (root + 7) % 12]].sum() for root, third in shapes]
    root, third = shapes[int(np.argmax(fit))]
    low = 48 + (root - 3) % 12
    return low, low + third, low + 7


def _played_as(figure: str, triad: tuple[int, int, int]) -> list[tuple[float, float, int]]:
    """Beat, length in beats and pitch of what two beats of accompaniment play."""
    low, middle, high = triad
    bass = low - 12
    chord = (low, middle, high)
    if figure == "alberti":
        return [(0.5 * k, 0.5, p) for k, p in enumerate((low, high, middle, high))]
    if figure == "arpeggio":
        up = (bass, low, middle, high, low + 12, high, middle, low)
        return [(0.25 * k, 0.25, p) for k, p in enumerate(up)]
    if figure == "off-beats":
        return [(b, 0.5, bass + 7 * (b > 0)) for b in (0.0, 1.0)] + [
            (b + 0.5, 0.5, p) for b in (0.0, 1.0) for p in chord
        ]
    if figure == "waltz":
        return [(0.0, 2 / 3, bass), *((b, 0.6, p) for b in (2 / 3, 4 / 3) for p in chord)]
    if figure == "struck":
        return [(0.5 * k, 0.45, p) for k in range(4) for p in chord]
    return [(0.0, 2.0, p) for p in (bass, *chord)]
