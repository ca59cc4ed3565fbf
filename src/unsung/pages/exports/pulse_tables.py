"""The pulse as tables: beats, stretches of one metre, and where the pulse hurries, waits, rests."""

from unsung.model.hearing import Heard
from unsung.pages.exports.columns import Column
from unsung.pages.exports.kinds import Block, by_track

_START = Column("start_s", "number", "Where it begins.", unit="s", range="0..")
_END = Column("end_s", "number", "Where it ends; the end is not part of it.", unit="s", range="0..")


def _beats(heard: Heard) -> Block:
    beats = heard.hearing.pulse.beats
    return beats.time_s, [place or None for place in beats.place.tolist()]


def _metres(heard: Heard) -> Block:
    metres = heard.hearing.pulse.metres
    return (
        [one.span.start_s for one in metres],
        [one.span.end_s for one in metres],
        [one.beats_a_bar for one in metres],
        [one.confidence for one in metres],
    )


def _changes(heard: Heard) -> Block:
    changes = heard.hearing.pulse.changes
    return (
        [one.span.start_s for one in changes],
        [one.span.end_s for one in changes],
        [one.kind for one in changes],
        [one.tempo_ratio for one in changes],
    )


BEATS = by_track(
    "beats",
    "The beats one would tap; none where no pulse is clear.",
    (
        Column("time_s", "number", "When it falls.", unit="s", range="0..", decimals=4),
        Column(
            "place",
            "whole number",
            "Its place in the bar, 1 the downbeat; empty where the bar is undecided.",
            range="1..",
        ),
    ),
    _beats,
    "pulse",
)
METRES = by_track(
    "metre",
    "Stretches of one metre; they cover the track.",
    (
        _START,
        _END,
        Column(
            "beats_a_bar",
            "whole number",
            "Beats to the bar; two and four are told apart poorly from sound.",
            range="1..",
            words=("undecided", "no clear pulse"),
        ),
        Column("confidence", "number", "How well the bars agree; 1 if written.", range="0..1"),
    ),
    _metres,
    "pulse",
)
PULSE_CHANGES = by_track(
    "pulse-changes",
    "Where the pulse hurries, broadens, waits and rests.",
    (
        _START,
        _END,
        Column("kind", "text", "`accelerando`, `ritardando`, `fermata` or `silence`."),
        Column(
            "tempo_ratio",
            "number",
            "The speed at its end relative to its beginning; 1 for a fermata or silence.",
            range="0..",
        ),
    ),
    _changes,
    "pulse",
)
