"""What harmony does along time, as curves: tension, interval space, atonality, roughness."""

from unsung.pages.exports.columns import Column
from unsung.pages.exports.curve import Curve


def _share(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, range="0..1", decimals=4)


HARMONY_CURVES = (
    Curve(
        "tension",
        "Tonal tension: three distances on the spiral array, as shares of that from C to B♯.",
        "tension",
        (
            _share("cloud_diameter", "How far apart the notes of a moment lie."),
            _share("cloud_momentum", "How far the harmony moves from the moment before."),
            _share("tensile_strain", "How far the harmony is from its key."),
        ),
        lambda hearing: (hearing.tension.ribbons,),
    ),
    Curve(
        "interval-space",
        "Which intervals the tones of a moment lean on (Tonal Interval Space).",
        "colours",
        (
            _share("chromaticity", "1 for a cluster of semitones."),
            _share("dyadicity", "1 for tones a tritone apart."),
            _share("triadicity", "1 for an augmented triad."),
            _share("diminishedness", "1 for a diminished seventh chord."),
            _share("diatonicity", "Above 0.5 for a diatonic scale."),
            _share("whole_toneness", "1 for a whole-tone scale."),
        ),
        lambda hearing: (hearing.colours.intervals,),
    ),
    Curve(
        "atonality-curve",
        "How far the music is from any tonal centre.",
        "atonality",
        (_share("atonality", "0 in a plain scale, 1 where twelve tones sound alike."),),
        lambda hearing: (hearing.atonality.index,),
    ),
    Curve(
        "roughness",
        "How much the partials that sound together beat.",
        "roughness",
        (
            Column(
                "roughness",
                "number",
                "After Vassilakis; recordings compare with recordings, scores with scores.",
                range="0..",
                decimals=4,
            ),
        ),
        lambda hearing: (hearing.roughness,),
    ),
)
