"""The expression of the music as tables: its curves, and where they turn."""

from unsung.model.emotion import Difference
from unsung.model.hearing import Heard, Hearing
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.sound import Feature
from unsung.pages.exports.album_tables import key_name
from unsung.pages.exports.columns import Column
from unsung.pages.exports.curve import Curve
from unsung.pages.exports.kinds import Block, by_track


def _rating(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, range="1..9")


def _side(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, decimals=2, words=("no clear pulse",))


def _curves(hearing: Hearing) -> tuple[Feature, ...] | NotHeard:
    emotion = hearing.emotion
    if isinstance(emotion, NotHeard):
        return emotion
    return emotion.arousal, emotion.tension, emotion.valence, emotion.sounding


def _turning_points(heard: Heard) -> Block:
    turning = heard.hearing.turning_points
    points = () if isinstance(turning, NotHeard) else turning.points
    rows = [(point, one) for point in points for one in point.differences or (None,)]
    return (
        [point.at_s for point, _ in rows],
        [point.arousal_change for point, _ in rows],
        [point.tension_change for point, _ in rows],
        [one.aspect if one else None for _, one in rows],
        *([_measured(one, side) for _, one in rows] for side in ("before", "after")),
        *([_key(one, side) for _, one in rows] for side in ("before", "after")),
    )


def _measured(one: Difference | None, side: str) -> float | Outcome | None:
    is_measured = one is not None and one.aspect != "key"
    return getattr(one, side) if is_measured else None


def _key(one: Difference | None, side: str) -> str | None:
    return key_name(getattr(one, side)) if one is not None and one.aspect == "key" else None


EMOTION = Curve(
    "emotion",
    "What the music expresses along time, as listeners would rate it; valence is hardly known.",
    "emotion",
    (
        _rating("arousal", "From calm to full of energy."),
        _rating("tension", "From relaxed to tense."),
        _rating("valence", "From unpleasant to pleasant; told by key, mode and pulse alone."),
        Column(
            "sounding",
            "whole number",
            "1 where music sounds; 0 in silence, where the last values are held.",
            range="0 or 1",
        ),
    ),
    _curves,
).kind
TURNING_POINTS = by_track(
    "turning-points",
    "Where the expression turns; a row for each thing that changed there.",
    (
        Column("at_s", "number", "When it turns.", unit="s", range="0.."),
        Column("arousal_change", "number", "By how much arousal moves.", range="-8..8"),
        Column("tension_change", "number", "By how much tension moves.", range="-8..8"),
        Column(
            "aspect",
            "text",
            "What differs: loudness (LUFS), tempo (bpm), key, density (notes a second), register"
            " (MIDI pitch), brightness (Hz); empty where nothing does.",
        ),
        _side("before", "The mean of the fifteen seconds before."),
        _side("after", "The mean of the fifteen seconds after."),
        Column("key_before", "text", "The key before, where it differs.", words=("undecided",)),
        Column("key_after", "text", "The key after."),
    ),
    _turning_points,
    "turning_points",
)
