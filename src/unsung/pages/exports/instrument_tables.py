"""Who plays in each track and when, and what sets it apart from the album's others."""

from collections.abc import Iterator

from unsung.listening.character import characters
from unsung.model.hearing import Heard
from unsung.model.instruments import FAMILY_OF, ORCHESTRAL, Character
from unsung.pages.exports.columns import Column
from unsung.pages.exports.kinds import POSITION, TRACK, Block, ExportKind, by_track
from unsung.pages.exports.material import Material

_INSTRUMENT = Column("instrument", "text", "What plays.", range="see `instrument-curve`")
_FAMILY = Column("family", "text", "Its family, such as `strings`.")


def _instruments(heard: Heard) -> Block:
    present = heard.hearing.instruments.present
    return (
        [one.name for one in present],
        [FAMILY_OF[one.name] for one in present],
        [one.confidence for one in present],
        [one.share for one in present],
        [int(one.name in ORCHESTRAL) for one in present],
    )


def _playing(heard: Heard) -> Block:
    playing = heard.hearing.instruments.playing
    return (
        [one.span.start_s for one in playing],
        [one.span.end_s for one in playing],
        [one.instrument for one in playing],
        [FAMILY_OF[one.instrument] for one in playing],
        [one.confidence for one in playing],
        [int(one.is_alone) for one in playing],
    )


def _character(material: Material) -> Iterator[Block]:
    every = material.soundtrack.heard
    found = characters([one.hearing.likeness for one in every])
    for heard, character in zip(every, found, strict=True):
        rows = list(_leanings(character)) if isinstance(character, Character) else []
        columns = zip(*rows, strict=True) if rows else ((), (), (), ())
        place = [heard.track.position] * len(rows), [heard.track.title] * len(rows)
        yield (*place, *(list(column) for column in columns))


def _leanings(character: Character) -> Iterator[tuple[str, str, float, float]]:
    for kind, leanings in (("mood", character.moods), ("genre", character.genres)):
        for one in leanings:
            yield kind, one.word, one.strength, one.at_large


INSTRUMENTS = by_track(
    "instruments",
    "Which instruments play in each track, those that are surest and longest there first.",
    (
        _INSTRUMENT,
        _FAMILY,
        Column("confidence", "number", "How sure it is that it plays at all.", range="0..1"),
        Column("share", "number", "Part of the sounding time it plays in.", range="0..1"),
        Column(
            "orchestral",
            "whole number",
            "1 for instruments of the symphony orchestra, 0 for unusual ones.",
            range="0 or 1",
        ),
    ),
    _instruments,
    "instruments",
)
PLAYING = by_track(
    "playing",
    "Stretches in which an instrument is heard; stretches of several overlap.",
    (
        Column("start_s", "number", "Where it begins.", unit="s", range="0..", decimals=6),
        Column("end_s", "number", "Where it ends.", unit="s", range="0..", decimals=6),
        _INSTRUMENT,
        _FAMILY,
        Column("confidence", "number", "How sure its surest seconds are.", range="0..1"),
        Column("alone", "whole number", "1 where no other family is heard.", range="0 or 1"),
    ),
    _playing,
    "instruments",
)
CHARACTER = ExportKind(
    "character",
    "Moods and genres in which a track differs from the album's others; needs five tracks.",
    (
        POSITION,
        TRACK,
        Column("kind", "text", "What kind of word it is.", range="mood or genre"),
        Column("word", "text", "The word, such as `sad`."),
        Column(
            "strength",
            "number",
            "How much better it fits than the other tracks, in standard deviations over the album.",
            decimals=2,
        ),
        Column(
            "at_large",
            "number",
            "The same beside film and game music at large; the sign is that of `strength`.",
            decimals=2,
        ),
    ),
    _character,
    "likeness",
)
