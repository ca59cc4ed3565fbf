"""Emotional highs and lows: the tracks and moments of most and least energy, tension, contrast.

The curves foretell listeners' ratings, and how well is part of what is said: arousal well enough to
order far ends of an album, tension as a hint, valence hardly, so that nothing is claimed from it.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen

from unsung.model.emotion import Emotion
from unsung.model.finding import Fact, Finding, HeardPlace, Quantity
from unsung.model.hearing import Heard, Loudness
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.questions.comparing import percentile
from unsung.questions.depth.citations import RATINGS
from unsung.questions.depth.motif_returns import QUESTION
from unsung.questions.facts import instant, slug_of, title_of
from unsung.questions.places import around, place

_LEAST_TRACKS = 5
_LEAST_DURATION_S = 30.0
_FAR = 1.0
_TRUSTED = 0.6
_WINDOW_S = 7.5
_TIE = 0.1
_SCALE = {"scale_low": Quantity(1), "scale_high": Quantity(9)}
_METHOD = (
    "Arousal and tension as listeners of film music rate them, 1 to 9, foretold from the sound over"
    " fifteen seconds; a track stands for its mean over what sounds, of thirty seconds or more."
)


@frozen
class _Felt:
    """A track and its curves where it sounds."""

    heard: Heard
    emotion: Emotion

    def row(self, curve: Feature) -> np.ndarray:
        """The values where something sounds."""
        chosen: np.ndarray = curve.values[0][self.emotion.sounding.values[0] > 0].astype(float)
        return chosen


def highs_and_lows(heard: Sequence[Heard]) -> Iterator[Finding]:
    """The far ends of the album, if it has tracks enough to have ends."""
    felt = [each for one in heard for each in _felt(one)]
    if len(felt) < _LEAST_TRACKS:
        return
    yield from _ends(felt, "arousal")
    yield from _ends(felt, "tension")
    yield from _peak(felt)
    yield _contrast(felt)
    yield _pleasantness(felt)


def _felt(one: Heard) -> Iterator[_Felt]:
    """Nothing for a score, or where less than half a minute sounds."""
    emotion = one.hearing.emotion
    if not isinstance(emotion, NotHeard):
        sounding_s = (emotion.sounding.values > 0).sum() / emotion.sounding.frames.rate_hz
        if sounding_s >= _LEAST_DURATION_S:
            yield _Felt(one, emotion)


_NAMES = {
    "arousal": ("most energy", "least", "energy"),
    "tension": ("most tension", "least", "tension"),
}
_OF = {"arousal": lambda emotion: emotion.arousal, "tension": lambda emotion: emotion.tension}


def _ends(felt: Sequence[_Felt], kind: str) -> Iterator[Finding]:
    """`weight` is how far the ends lie from the middle (3 deviations: full) × the reliability."""
    means = np.array([one.row(_OF[kind](one.emotion)).mean() for one in felt])
    high, low, spread = int(means.argmax()), int(means.argmin()), float(means.std())
    if spread <= 0:
        return
    reliability = _reliability(felt[0].emotion, kind)
    far = min(means[high] - np.median(means), np.median(means) - means[low]) / spread
    trusted = reliability >= _TRUSTED and far >= _FAR
    most, least, word = _NAMES[kind]
    hedge = "is likely to be felt" if trusted else "may be felt"
    facts: dict[str, Fact] = {
        "high": title_of(felt[high].heard),
        "low": title_of(felt[low].heard),
        "highest": Quantity(means[high], "", 1),
        "lowest": Quantity(means[low], "", 1),
        "median": Quantity(float(np.median(means)), "", 1),
        "tracks": Quantity(len(felt)),
        "reliability": Quantity(reliability, "", 2),
        **_SCALE,
    }
    yield Finding(
        slug=f"{kind}-ends",
        question=QUESTION,
        kind=f"{kind} ends",
        claim=(
            f"Of {{tracks}} tracks the {most} {hedge} in {{high}} ({{highest}} on a scale from"
            f" {{scale_low}} to {{scale_high}}), the {least} in {{low}} ({{lowest}}); the album's"
            " median is {median}."
        ),
        facts=facts,
        verdict="supported" if trusted else "undecided",
        method=_METHOD,
        compared_with="the album's other tracks of thirty seconds or more",
        weight=min(1.0, float(far) / 3) * reliability,
        places=(
            *_extreme(felt[high], kind, 1, f"the height of its {word}"),
            *_extreme(felt[low], kind, -1, f"its {word} at the lowest"),
        ),
        cites=(RATINGS,),
        against=_doubts(felt, kind, high, low, reliability),
    )


def _reliability(emotion: Emotion, kind: str) -> float:
    reliability = emotion.reliability
    known = {"arousal": reliability.arousal, "tension": reliability.tension}
    return max(0.0, known[kind])


def _doubts(felt: Sequence[_Felt], kind: str, high: int, low: int, reliability: float) -> str:
    """How weak the foretelling is, and where plain measures point elsewhere."""
    loud = [_loudness(one.heard) for one in felt]
    below_middle = percentile(loud[high], loud) < 50
    above_middle = percentile(loud[low], loud) > 50
    doubt = (
        "Ratings of this kind are foretold only weakly; take it as a hint."
        if reliability < _TRUSTED
        else "Ratings are foretold, not asked for."
    )
    if kind == "arousal" and below_middle:
        doubt += " The first is softer than most of the album."
    if kind == "arousal" and above_middle:
        doubt += " The last is louder than most of the album."
    return doubt


def _loudness(one: Heard) -> float:
    loudness = one.hearing.loudness
    if not isinstance(loudness, Loudness) or isinstance(loudness.integrated_lufs, Outcome):
        return 0.0
    return float(loudness.integrated_lufs)


def _extreme(one: _Felt, kind: str, sign: int, listen_for: str) -> tuple[HeardPlace, ...]:
    return place(one.heard, _window(one, _OF[kind](one.emotion), sign), listen_for)


def _window(one: _Felt, curve: Feature, sign: int) -> Span:
    """The fifteen seconds around the curve's highest (1) or lowest (-1) value that sounds."""
    sounding = one.emotion.sounding.values[0] > 0
    row = np.where(sounding, sign * curve.values[0].astype(float), -np.inf)
    return around(float(curve.times_s[int(row.argmax())]), _WINDOW_S, _WINDOW_S)


def _peak(felt: Sequence[_Felt]) -> Iterator[Finding]:
    """The fifteen seconds of most energy on the whole album; nothing where tracks tie."""
    all_of = np.concatenate([one.row(one.emotion.arousal) for one in felt])
    tops = [one.row(one.emotion.arousal).max() for one in felt]
    one, reliability = felt[int(np.argmax(tops))], _reliability(felt[0].emotion, "arousal")
    if max(tops) - sorted(tops)[-2] < _TIE:
        return
    span = _window(one, one.emotion.arousal, 1)
    centre_s = (span.start_s + span.end_s) / 2
    far = (max(tops) - np.median(all_of)) / all_of.std()
    trusted = reliability >= _TRUSTED and far >= 2 * _FAR
    yield Finding(
        slug="arousal-peak",
        question=QUESTION,
        kind="arousal peak",
        claim=(
            "The album's energy is likely to be felt at its highest in {track}, around {at}:"
            " {peak} on a scale from {scale_low} to {scale_high}, where the median moment has"
            " {median}."
            if trusted
            else "The album's energy may be felt at its highest in {track}, around {at}: {peak} on"
            " a scale from {scale_low} to {scale_high}, where the median moment has {median}."
        ),
        facts={
            "track": title_of(one.heard),
            "at": instant(centre_s),
            "peak": Quantity(max(tops), "", 1),
            "median": Quantity(float(np.median(all_of)), "", 1),
            "reliability": Quantity(reliability, "", 2),
            **_SCALE,
        },
        verdict="supported" if trusted else "undecided",
        method=_METHOD,
        compared_with="every second of the album that sounds",
        weight=min(1.0, float(far) / 4) * reliability,
        places=place(one.heard, span, "the energy at its height"),
        cites=(RATINGS,),
        against="Ratings are foretold, not asked for; near ties are not told apart.",
    )


def _contrast(felt: Sequence[_Felt]) -> Finding:
    """The track that moves most between its calmest and its most aroused tenth."""
    widths = [float(np.ptp(np.percentile(one.row(one.emotion.arousal), [10, 90]))) for one in felt]
    most, median = int(np.argmax(widths)), float(np.median(widths))
    one, reliability = felt[most], _reliability(felt[most].emotion, "arousal")
    trusted = reliability >= _TRUSTED and widths[most] >= 1.3 * median > 0
    return Finding(
        slug=slug_of("arousal-contrast", one.heard.track.file),
        question=QUESTION,
        kind="arousal contrast",
        claim=(
            "No track travels as far between calm and energy as {track}: on a scale from"
            " {scale_low} to {scale_high}, {width} lie between its calmest and its most energetic"
            " tenth, against a median of {median}."
        ),
        facts={
            "track": title_of(one.heard),
            "width": Quantity(widths[most], "", 1),
            "median": Quantity(median, "", 1),
            "tracks": Quantity(len(felt)),
            **_SCALE,
        },
        verdict="supported" if trusted else "undecided",
        method=_METHOD,
        compared_with="the album's other tracks of thirty seconds or more",
        weight=min(1.0, widths[most] / 4) * reliability,
        places=(
            *_extreme(one, "arousal", -1, "its calmest"),
            *_extreme(one, "arousal", 1, "its most energetic"),
        ),
        cites=(RATINGS,),
        against="Ratings are foretold, not asked for; long tracks have more room to move.",
    )


def _pleasantness(felt: Sequence[_Felt]) -> Finding:
    valence = max(0.0, felt[0].emotion.reliability.valence)
    return Finding(
        slug="valence-unknown",
        question=QUESTION,
        kind="valence unknown",
        claim=(
            "Which tracks are felt to be happy or sad cannot be told from their sound: with ratings"
            " of pleasantness the listening agrees only weakly (a correlation of {reliability})."
        ),
        facts={"reliability": Quantity(valence, "", 2)},
        verdict="undecided",
        method=_METHOD,
        weight=0.05,
        cites=(RATINGS,),
    )
