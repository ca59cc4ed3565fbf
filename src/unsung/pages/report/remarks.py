"""What stands out on the album, in sentences whose every number was counted from the hearings.

A sentence that compares is written only where there is something to compare; where several tracks
share an extreme at the precision shown, all of them are named.
"""

from collections.abc import Callable, Sequence

from attrs import frozen
from markupsafe import Markup

from unsung.model.hearing import Swell
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.pitch import pitch_name
from unsung.pages.report.glance import Glance
from unsung.pages.report.keys import key_shares
from unsung.pages.report.wording import clock, count, length, listed, number

_MOST_NAMES = 3
_MOST_KEYS = 3
_FORGIVEN_CENTS = 10


@frozen
class _Comparison:
    """Two extremes of one answer: the sentence that names both, and how its number is shown."""

    sentence: str
    answer: str
    shown: Callable[[float], str]
    digits: int = 1


_COMPARISONS = (
    _Comparison("The longest track is {2} ({3}), the shortest {0} ({1}).", "duration_s", length, 0),
    _Comparison(
        "The quietest is {0} ({1}), the loudest {2} ({3}).",
        "integrated_lufs",
        lambda level: f"{number(level)} LUFS",
    ),
    _Comparison(
        "Loudness ranges most widely in {2} ({3}), least in {0} ({1}).",
        "range_lu",
        lambda width: f"{number(width)} LU",
    ),
    _Comparison(
        "The fastest pulse is heard in {2} ({3}), the slowest in {0} ({1}).",
        "tempo_bpm",
        lambda tempo: f"{tempo:.0f} bpm",
        0,
    ),
    _Comparison(
        "Notes come thickest in {2} ({3}), sparsest in {0} ({1}).",
        "density_per_s",
        lambda density: f"{number(density)} a second",
    ),
    _Comparison(
        "The music lies highest in {2} (around {3}), lowest in {0} (around {1}).",
        "central_pitch",
        pitch_name,
        0,
    ),
    _Comparison(
        "The brightest sound is that of {2} ({3}), the darkest that of {0} ({1}).",
        "brightness_hz",
        lambda centre: f"{centre:.0f} Hz",
        0,
    ),
)


def remarks(glances: Sequence[Glance]) -> tuple[Markup, ...]:
    """The sentences; none for an album without a heard track."""
    written = (
        *(_compared(glances, comparison) for comparison in _COMPARISONS),
        _keys(glances),
        _pulse(glances),
        _crescendo(glances),
        _peaks(glances),
        _tuning(glances),
        _silence(glances),
    )
    return tuple(sentence for sentence in written if sentence)


def named(glances: Sequence[Glance]) -> Markup:
    """Links to these tracks, by title; beyond three, how many more."""
    link = Markup('<a href="#track-{}">{}</a>')
    links = [link.format(one.position, one.title) for one in glances[:_MOST_NAMES]]
    more = len(glances) - len(links)
    *first, last = [*links, Markup("{} more").format(more)] if more else links
    return Markup(" and ").join([Markup(", ").join(first), last]) if first else last


def _compared(glances: Sequence[Glance], comparison: _Comparison) -> Markup:
    """Nothing, unless at least two tracks differ at the digits shown."""
    answers = [(one, getattr(one, comparison.answer)) for one in glances]
    numbers = [(one, value) for one, value in answers if not isinstance(value, Outcome | NotHeard)]
    seen = {round(value, comparison.digits) for _, value in numbers}
    if len(seen) < 2:
        return Markup("")
    least, most = min(value for _, value in numbers), max(value for _, value in numbers)
    lowest = named(_sharing(numbers, least, comparison.digits))
    highest = named(_sharing(numbers, most, comparison.digits))
    extremes = lowest, comparison.shown(least), highest, comparison.shown(most)
    return Markup(comparison.sentence).format(*extremes)  # noqa: S704 (written above)


def _sharing(numbers: list[tuple[Glance, float]], extreme: float, digits: int) -> list[Glance]:
    """Those who show the same number."""
    return [one for one, value in numbers if round(value, digits) == round(extreme, digits)]


def _keys(glances: Sequence[Glance]) -> Markup:
    shares = key_shares([one.heard.hearing for one in glances])
    decided = [(key.name, share) for key, share in shares if not isinstance(key, Outcome)]
    if not decided:
        return Markup("")
    most = [f"{name} ({100 * share:.0f} % of the time)" for name, share in decided[:_MOST_KEYS]]
    undecided = 1 - sum(share for _, share in decided)
    rest = f"; {100 * undecided:.0f} % stays undecided" if undecided > 0.005 else ""
    keys = "key" if len(most) == 1 else "keys"
    return Markup("At home above all in the {} of {}{}.").format(keys, listed(most), rest)


def _pulse(glances: Sequence[Glance]) -> Markup:
    unclear = [one for one in glances if isinstance(one.tempo_bpm, Outcome)]
    if not unclear:
        return Markup("")
    sentence = Markup("No clear pulse runs through {}: {}.")
    return sentence.format(f"{len(unclear)} of {count(len(glances), 'track')}", named(unclear))


def _crescendo(glances: Sequence[Glance]) -> Markup:
    """The greatest of all."""
    rising = [(swell, one) for one in glances for swell in _swells(one) if swell.change_lu > 0]
    if not rising:
        return Markup("")
    swell, one = max(rising, key=lambda found: found[0].change_lu)
    start, end = clock(swell.span.start_s), clock(swell.span.end_s)
    sentence = Markup("The greatest crescendo is heard in {}, from {} to {}: +{} LU.")
    return sentence.format(named([one]), start, end, number(swell.change_lu))


def _swells(one: Glance) -> tuple[Swell, ...]:
    dynamics = one.heard.hearing.dynamics
    return () if isinstance(dynamics, NotHeard) else dynamics.swells


def _peaks(glances: Sequence[Glance]) -> Markup:
    peaks = [(one, one.true_peak_dbtp) for one in glances]
    known = [(one, peak) for one, peak in peaks if not isinstance(peak, Outcome | NotHeard)]
    over = [one for one, peak in known if round(peak, 1) > 0]
    if not over:
        return Markup("")
    return Markup("True peaks rise over 0 dBTP in {}.").format(named(over))


def _tuning(glances: Sequence[Glance]) -> Markup:
    """The track tuned furthest from A = 440 Hz, if a listener could tell."""
    tuned = [(one, one.tuning_cents) for one in glances]
    known = [(cents, one) for one, cents in tuned if not isinstance(cents, Outcome | NotHeard)]
    cents, one = max(known, key=lambda pair: abs(pair[0]), default=(0.0, None))
    if one is None or abs(cents) < _FORGIVEN_CENTS:
        return Markup("")
    side = "above" if cents > 0 else "below"
    sentence = Markup("Tuned furthest from A = 440 Hz: {}, {} cents {}.")
    return sentence.format(named([one]), f"{abs(cents):.0f}", side)


def _silence(glances: Sequence[Glance]) -> Markup:
    silent = [one for one in glances if isinstance(one.integrated_lufs, Outcome)]
    return Markup("Silent throughout: {}.").format(named(silent)) if silent else Markup("")
