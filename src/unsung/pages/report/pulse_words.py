"""The pulse of a track in words: its metre, and how it hurries, broadens, waits and rests."""

from collections import defaultdict

from unsung.model.outcomes import NO_CLEAR_PULSE, UNDECIDED
from unsung.model.pulse import BeatsABar, Pulse, PulseChange
from unsung.pages.report.wording import listed

_SURE = 0.999
_LEAST_SHARE = 0.15
_HARDLY_ANY = 2 / 3


def metre_words(pulse: Pulse) -> str:
    """`probably 4 beats to the bar`, `3 and 2 beats to the bar`; hardly any is no clear pulse."""
    lasting_s: defaultdict[BeatsABar, float] = defaultdict(float)
    for one in pulse.metres:
        lasting_s[one.beats_a_bar] += one.span.duration_s
    whole_s = sum(lasting_s.values())
    told = {size: time_s for size, time_s in lasting_s.items() if isinstance(size, int)}
    without = lasting_s.get(NO_CLEAR_PULSE, 0.0) / whole_s if whole_s else 1.0
    if without > _HARDLY_ANY:
        return str(NO_CLEAR_PULSE)
    if not told:
        return str(UNDECIDED)
    is_written = all(one.confidence > _SURE for one in pulse.metres)
    ordered = sorted(told, key=lambda size: -told[size])
    kept = [size for size in ordered if told[size] >= _LEAST_SHARE * whole_s] or ordered[:1]
    beats = f"{listed([str(size) for size in kept])} beats to the bar"
    return beats if is_written else f"probably {beats}"


def change_word(one: PulseChange) -> str:
    """`ritardando (to 80 % of the speed)`, `fermata`."""
    if one.kind in ("accelerando", "ritardando"):
        return f"{one.kind} (to {100 * one.tempo_ratio:.0f} % of the speed)"
    return one.kind
