"""Beyond the key: named colours, music without a tonal centre, and where the sound turns rough."""

from collections.abc import Iterator, Sequence

import numpy as np
import scipy
from jaxtyping import Float64

from unsung.model.finding import Citation, Finding, Quantity
from unsung.model.harmony import Colour, ColourSpan
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.sound import Feature
from unsung.model.time import Span
from unsung.questions.culture.wording import QUESTION, heard_at, instant
from unsung.questions.facts import LEAST_NOTES, title_of

_UNUSUAL: tuple[Colour, ...] = ("whole-tone", "octatonic", "hexatonic", "augmented")
_LEAST_COLOUR_S, _LONG_COLOUR_S = 8.0, 20.0
_LEAST_TIMES, _MANY_TIMES = 2.0, 6.0
_LEAST_TRACKS = 5
_PLACE_S = 15.0

_QUINN = Citation(
    "Quinn 2006",
    "I. Quinn, General equal-tempered harmony, Perspectives of New Music 44(2) and 45(1),"
    " 2006–2007",
)
_WEISS = Citation(
    "Weiß & Müller 2014",
    "C. Weiß and M. Müller, Quantifying and visualizing tonal complexity, Conference on"
    " Interdisciplinary Musicology (CIM), 2014",
)
_SETHARES = Citation(
    "Sethares 2005",
    "W. A. Sethares, Tuning, Timbre, Spectrum, Scale, 2nd ed., Springer, 2005, chapter 3",
)


def colours(soundtrack: Soundtrack) -> tuple[Finding, ...]:
    """The longest stretch of each unusual collection, of no key, and the roughest track."""
    heard = [one for one in soundtrack.heard if len(one.hearing.notes) >= LEAST_NOTES]
    return (*_named(heard), *_without_centre(heard), *_roughest(heard))


def _named(heard: Sequence[Heard]) -> Iterator[Finding]:
    for colour in _UNUSUAL:
        found = [
            (one, span)
            for one in heard
            for span in one.hearing.colours.spans
            if span.colour == colour and span.span.duration_s >= _LEAST_COLOUR_S
        ]
        if found:
            yield _colour(found, max(found, key=lambda pair: pair[1].span.duration_s))


def _colour(found: list[tuple[Heard, ColourSpan]], longest: tuple[Heard, ColourSpan]) -> Finding:
    one, span = longest
    article = "an" if span.colour[0] in "ao" else "a"
    return Finding(
        slug=f"colour-{span.colour}",
        question=QUESTION,
        kind="colour",
        claim=f"{{track}} turns to {article} {{colour}} collection for {{length}} from {{start}}:"
        " {purity} of what sounds belongs to it",
        facts={
            "track": title_of(one),
            "colour": span.colour,
            "length": Quantity(span.span.duration_s, "s"),
            "start": instant(span.span.start_s),
            "purity": Quantity(100 * span.purity, "%"),
            "stretches": Quantity(len(found)),
        },
        verdict="supported",
        method="Nearly all that sounds belongs to one collection of its kind, enough of its tones"
        " sound, and no plainer collection explains as much.",
        compared_with="diatonic and pentatonic collections",
        weight=0.3 + 0.4 * min(1.0, span.span.duration_s / _LONG_COLOUR_S),
        places=(heard_at(one, span.span, f"{article} {span.colour} colour"),),
        cites=(_QUINN,),
        against="A few seconds on one chord with a passing tone can fit such a collection by luck.",
    )


def _without_centre(heard: Sequence[Heard]) -> Iterator[Finding]:
    found = [(one, span) for one in heard for span in one.hearing.atonality.spans]
    if not found:
        return
    one, longest = max(found, key=lambda pair: pair[1].duration_s)
    tracks = len({pair[0].track.file for pair in found})
    yield Finding(
        slug="no-tonal-centre",
        question=QUESTION,
        kind="no tonal centre",
        claim="For {length} from {start} {track} gives no tonal centre to hold on to;"
        " such stretches are in {tracks} of {all} tracks",
        facts={
            "track": title_of(one),
            "length": Quantity(longest.duration_s, "s"),
            "start": instant(longest.start_s),
            "tracks": Quantity(tracks),
            "all": Quantity(len(heard)),
        },
        verdict="supported",
        method="No key fits, the tones do not lean on fifths, and all twelve are used alike.",
        compared_with="what any plain scale does",
        weight=0.6,
        places=(heard_at(one, longest, "no key"),),
        cites=(_WEISS,),
        against="Loud drums and effects blur what tones are heard.",
    )


def _roughest(heard: Sequence[Heard]) -> Iterator[Finding]:
    """The track whose sound beats most, where it is far above the album's usual."""
    recorded = [one for one in heard if one.hearing.roughness.values.size]
    if len(recorded) < _LEAST_TRACKS:
        return
    means = [float(one.hearing.roughness.values.mean()) for one in recorded]
    usual, first = float(np.median(means)), int(np.argmax(means))
    times = means[first] / usual if usual > 0 else 0.0
    if times >= _LEAST_TIMES:
        yield _rough(recorded[first], times, len(recorded))


def _rough(one: Heard, times: float, count: int) -> Finding:
    span = _height(one.hearing.roughness, one.hearing.duration_s)
    return Finding(
        slug="roughest-track",
        question=QUESTION,
        kind="dissonance",
        claim="{track} is the roughest of {count} tracks: its partials beat {times} as much as at"
        " the album’s median, most of all from {start}",
        facts={
            "track": title_of(one),
            "times": Quantity(times, "times", 1),
            "count": Quantity(count),
            "start": instant(span.start_s),
        },
        verdict="supported",
        method="Sensory dissonance of all pairs of partials, relative to the track’s loudest"
        " peak, on the mean of the track.",
        compared_with=f"the album’s {count} tracks with notes",
        weight=0.2 + 0.3 * min(1.0, times / _MANY_TIMES),
        places=(heard_at(one, span, "partials that beat against each other"),),
        cites=(_SETHARES,),
        against="Distortion, drums and dense brass are rough without being dissonant in harmony.",
    )


def _height(curve: Feature, duration_s: float) -> Span:
    """The fifteen seconds in which the curve is highest on the mean."""
    width = max(1, round(min(_PLACE_S, duration_s) * curve.frames.rate_hz))
    row: Float64[np.ndarray, " frames"] = curve.values[0].astype(float)
    at = int(np.argmax(scipy.ndimage.uniform_filter1d(row, width, mode="nearest")))
    length_s = min(_PLACE_S, duration_s)
    start_s = float(curve.times_s[at]) - length_s / 2
    start_s = min(max(start_s, 0.0), duration_s - length_s)
    return Span(start_s, start_s + length_s)
