"""Texture: one line, voices that move together, voices apart, a tune above an accompaniment.

Where nearly nothing but one pitch class sounds at a time, the music is monophonic: octaves do not
count. The other three are told apart by `voice_measures` through a logistic regression, fitted on
the development part of `bench/texture.py`, and its chances are followed through time as for keys.
Notes from a page and notes from sound have weights of their own: in sound, voices that begin
together are seldom heard to, so there it is often undecided whether they move together or apart.
The four kinds are those of every textbook (Benward and Saker, *Music in Theory and Practice*, 8th
ed. 2009, volume 1, chapter 7); music between them, and there is much, is undecided.
"""

import numpy as np
from attrs import frozen
from jaxtyping import Bool, Float64

from unsung.listening.layers import leading
from unsung.listening.roll import seconds
from unsung.listening.steady import steady_states, stretches
from unsung.listening.voices import MEASURES, voice_measures
from unsung.model.notes import Notes
from unsung.model.outcomes import SILENT, UNDECIDED
from unsung.model.sound import Feature
from unsung.model.texture import TEXTURE_KINDS, Texture, TextureSpan
from unsung.model.time import Span

_SHARPNESS = 25.0
_SURELY_ALONE, _SURELY = 0.53, 0.4
"""One line alone must be heard more surely than many: what was missed would make it many."""
_TOLD_BY = tuple(map(MEASURES.index, ("synchrony", "beneath", "motion", "return", "activity")))
_SHOWN = tuple(MEASURES.index(name) for name in ("voices", "synchrony", "motion"))
_CHANGE_COST = 6.0
_LEAST_CONFIDENCE = 0.6
_LEAST_CHANCE = 1e-4
_LEAST_SPAN_S = 4


@frozen(eq=False)
class _Experience:
    """What the development part taught of notes from one source.

    Up to which share of the time a second pitch class is a mere overlap; and what each of
    `_TOLD_BY`, and a constant, speak for polyphony and for melody with accompaniment, against
    homophony.
    """

    overlap: float
    weights: Float64[np.ndarray, "2 6"]


_WRITTEN = _Experience(
    0.2,
    np.array(
        [[-4.03, -2.07, -0.99, 0.24, -10.33, 10.12], [-8.06, 0.54, -12.52, 6.85, -15.28, 13.66]]
    ),
)
_HEARD = _Experience(
    0.32,
    np.array([[-0.85, 0.38, -0.29, -1.66, -2.52, 2.52], [1.2, 1.29, -5.73, 4.29, -4.89, 1.26]]),
)


def texture(notes: Notes, line: Notes, duration_s: float) -> Texture:
    """The texture along time, from the notes that were heard and the leading `line` among them.

    Where nothing sounds it is silent; where no kind is likely by far it is undecided.
    """
    return _texture(notes, line, duration_s, _HEARD)


def score_texture(notes: Notes, line: Notes, duration_s: float) -> Texture:
    """The same from the exact notes of a score."""
    return _texture(notes, line, duration_s, _WRITTEN)


def _texture(notes: Notes, line: Notes, duration_s: float, told: _Experience) -> Texture:
    clock, count = seconds(duration_s)
    leads, _ = leading(notes, line)
    measures, sounds = voice_measures(notes, leads, count)
    shown = Feature(measures[list(_SHOWN)], clock)
    if duration_s <= 0:
        return Texture(shown, ())
    return Texture(shown, tuple(_spans(_chances(measures, told), sounds, duration_s)))


def _chances(
    measures: Float64[np.ndarray, "measures seconds"], told: _Experience
) -> Float64[np.ndarray, "4 seconds"]:
    """How likely each of the `TEXTURE_KINDS` is; what is left is doubt."""
    odds = told.weights[:, :-1] @ measures[list(_TOLD_BY)] + told.weights[:, -1:]
    odds = np.concatenate([np.zeros((1, odds.shape[1])), odds])
    others = np.exp(odds - np.logaddexp.reduce(odds, axis=0))
    alone = 1 / (1 + np.exp(_SHARPNESS * (measures[0] - told.overlap)))
    alone_and_sure = alone * _sure(measures, _SURELY_ALONE)
    return np.concatenate([alone_and_sure[None], (1 - alone) * others * _sure(measures, _SURELY)])


def _sure(
    measures: Float64[np.ndarray, "measures seconds"], least: float
) -> Float64[np.ndarray, " seconds"]:
    """Whether the notes can be all there is: faint ones, as of noise, leave more unheard."""
    salience = measures[MEASURES.index("salience")]
    sure: np.ndarray = 1 / (1 + np.exp(_SHARPNESS * (least - salience)))
    return sure


def _spans(
    chances: Float64[np.ndarray, "4 seconds"],
    sounds: Bool[np.ndarray, " seconds"],
    duration_s: float,
) -> list[TextureSpan]:
    kinds, silence = len(TEXTURE_KINDS), len(TEXTURE_KINDS)
    rewards = np.log(np.maximum(chances, _LEAST_CHANCE))
    states = np.where(sounds, steady_states(rewards.T, _CHANGE_COST), silence)
    found = []
    for first, last in stretches(states):
        state, chance = int(states[first]), 1.0
        if state < kinds:
            chance = float(chances[state, first:last].mean())
        found.append(_span(first, last, state, chance))
    return _joined(found, duration_s)


def _span(first: int, last: int, state: int, chance: float) -> TextureSpan:
    span = Span(first, last)
    if state == len(TEXTURE_KINDS):
        return TextureSpan(span, SILENT, 1.0)
    tells = chance >= _LEAST_CONFIDENCE and last - first >= _LEAST_SPAN_S
    return TextureSpan(span, TEXTURE_KINDS[state] if tells else UNDECIDED, chance)


def _joined(found: list[TextureSpan], duration_s: float) -> list[TextureSpan]:
    """Neighbours that say the same made one; the last ends with the track."""
    joined: list[TextureSpan] = []
    for one in found:
        if joined and joined[-1].kind == one.kind:
            before = joined.pop()
            surer = max(before, one, key=lambda each: each.span.duration_s)
            whole = Span(before.span.start_s, one.span.end_s)
            joined.append(TextureSpan(whole, one.kind, surer.confidence))
        else:
            joined.append(one)
    end = joined[-1]
    whole = Span(end.span.start_s, max(duration_s, end.span.start_s + 1e-3))
    return [*joined[:-1], TextureSpan(whole, end.kind, end.confidence)]
