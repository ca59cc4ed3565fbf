"""How music serves the scene: levels under speech, steps back, passages alone, against the rules.

What is called speech here is all that sounds while somebody speaks, music of the album apart:
effects in those moments count with it. The parts are measured in one channel and carried over to
the loudness of the film as it is, by their difference.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool

from unsung.film.dialogue.bands import FRAMES_A_SECOND
from unsung.film.dialogue.ducking import ducking
from unsung.film.dialogue.grades import alone, passages
from unsung.film.dialogue.house_rules import Measured, rules
from unsung.film.dialogue.loudnesses import integrated_lufs
from unsung.film.dialogue.masking import masked_share
from unsung.film.dialogue.speech import speaking
from unsung.model.balance import Balance, Part, Parts, Speech, Spoken, SpokenBalance
from unsung.model.film import Placement
from unsung.model.hearing import Loudness
from unsung.model.outcomes import SILENT, UNDECIDED, Outcome, Silent, Undecided

_MOSTLY = 0.5


def balance(
    parts: Parts, speech: Speech, film: Loudness, placements: Sequence[Placement]
) -> Balance:
    """The balance of the whole film; `film` is its loudness with all its channels."""
    placed, measured = (row.values[0] > 0 for row in (parts.placed, parts.measured))
    speaks = speaking(speech, len(placed))
    above_lu = offset_lu(parts, film)
    spoken = tuple(_spoken(parts, one, above_lu) for one in speech.spoken)
    graded = passages(parts)
    clear = speaks & (measured | ~placed)
    speech_lufs = _carried(_lufs(parts.rest, clear, speaks), above_lu)
    apart = [one.apart_lu for one in spoken if not isinstance(one.apart_lu, Outcome)]
    apart_lu = float(np.median(apart)) if apart else UNDECIDED
    speech_share = _share(speaks, np.ones(len(speaks), bool))
    return Balance(
        film.integrated_lufs,
        speech_lufs,
        _carried(_lufs(parts.music, measured, placed), above_lu),
        apart_lu,
        masked_share(parts, speaks & measured) if (speaks & measured).any() else UNDECIDED,
        speech_share,
        _share(placed, np.ones(len(placed), bool)),
        _share(speaks, placed) if placed.any() else UNDECIDED,
        spoken,
        graded,
        alone(graded, speaks),
        ducking(parts, speaks, placements),
        rules(Measured(film, speech_lufs, apart_lu, speech_share)),
    )


def offset_lu(parts: Parts, film: Loudness) -> float:
    """What the film's loudness has over that of its one channel; 0 in silence."""
    every = np.ones(parts.whole.weighted.values.shape[1], bool)
    mono = integrated_lufs(parts.whole, every)
    if isinstance(mono, Outcome) or isinstance(film.integrated_lufs, Outcome):
        return 0.0
    return film.integrated_lufs - mono


def _spoken(parts: Parts, one: Spoken, above_lu: float) -> SpokenBalance:
    during = np.zeros(parts.placed.values.shape[1], bool)
    during[_frames(one)] = True
    placed, measured = (during & (row.values[0] > 0) for row in (parts.placed, parts.measured))
    clear = during & (measured | ~placed)
    speech = _lufs(parts.rest, clear, during)
    music = _lufs(parts.music, measured, placed)
    apart: float | Undecided = UNDECIDED
    if not placed.any():
        return SpokenBalance(one, _carried(speech, above_lu), SILENT, UNDECIDED, 0.0)
    beside = _lufs(parts.rest, measured, placed)
    if not isinstance(music, Outcome) and not isinstance(beside, Outcome):
        apart = beside - music
    masked = UNDECIDED if music is UNDECIDED else masked_share(parts, measured)
    return SpokenBalance(one, _carried(speech, above_lu), _carried(music, above_lu), apart, masked)


def _frames(one: Spoken) -> slice:
    first = round(one.span.start_s * FRAMES_A_SECOND)
    return slice(first, max(first + 1, round(one.span.end_s * FRAMES_A_SECOND)))


def _lufs(
    part: Part, clear: Bool[np.ndarray, " frames"], asked: Bool[np.ndarray, " frames"]
) -> float | Silent | Undecided:
    """Over the clear frames, if they are most of those that are asked for."""
    if not asked.any():
        return SILENT
    return integrated_lufs(part, clear) if _share(clear, asked) >= _MOSTLY else UNDECIDED


def _carried(value: float | Silent | Undecided, above_lu: float) -> float | Silent | Undecided:
    return value if isinstance(value, Outcome) else value + above_lu


def _share(part: Bool[np.ndarray, " frames"], of: Bool[np.ndarray, " frames"]) -> float:
    return float((part & of).sum() / max(1, of.sum()))
