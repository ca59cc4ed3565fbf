"""The ten cues, one module each, in album order."""

from skerry.cues import (
    black_water,
    finn_and_the_gulls,
    leave_the_lamp,
    letters_from_the_mainland,
    morning_boats,
    nets_and_fiddles,
    signal_engine,
    the_long_night,
    the_skerry_light,
    under_the_keel,
)
from skerry.sketch import Cue


def cues() -> tuple[Cue, ...]:
    """Every cue, composed afresh."""
    return (
        the_skerry_light.cue(),
        finn_and_the_gulls.cue(),
        nets_and_fiddles.cue(),
        black_water.cue(),
        under_the_keel.cue(),
        letters_from_the_mainland.cue(),
        signal_engine.cue(),
        the_long_night.cue(),
        leave_the_lamp.cue(),
        morning_boats.cue(),
    )
