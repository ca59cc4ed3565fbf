"""What was found in the film beside the album: placements, what is unused, dialogue, balance, cuts.

No rows where no film was given; of most tables none where it has no music of the album.
"""

from collections.abc import Callable, Iterable, Iterator

from unsung.model.balance import RuleOutcome
from unsung.model.film_case import FilmCase
from unsung.model.unplaced import Unplaced, UnplacedStretch
from unsung.pages.exports.columns import Column
from unsung.pages.exports.kinds import Block, ExportKind
from unsung.pages.exports.material import Material

_FILM_START = Column("film_start_s", "number", "From when in the film.", unit="s", range="0..")
_FILM_END = Column("film_end_s", "number", "Until when in the film.", unit="s", range="0..")
_FILE = Column("track", "text", "File of the track inside the album folder.")
_TRACK_START = Column(
    "track_start_s", "number", "From where in the track.", unit="s", range="0..", decimals=6
)
_TRACK_END = Column(
    "track_end_s", "number", "Until where in the track.", unit="s", range="0..", decimals=6
)


def _level(name: str, meaning: str, unit: str, *, may_be_silent: bool = False) -> Column:
    words = ("silent", "undecided") if may_be_silent else ("undecided",)
    return Column(name, "number", meaning, unit=unit, decimals=2, words=words)


PLACEMENT_COLUMNS = (
    _FILE,
    Column("film_start_s", "number", "From when in the film.", unit="s", range="0..", decimals=6),
    Column("film_end_s", "number", "Until when in the film.", unit="s", range="0..", decimals=6),
    _TRACK_START,
    _TRACK_END,
    Column(
        "tempo_ratio",
        "number",
        "How much faster than on the album; 25/24 at European television's speed.",
        range="0..",
        decimals=6,
    ),
    Column("pitch_kept", "text", "Whether it was stretched in time alone.", range="yes or no"),
    _level("level_db", "How much it was turned up or down from the album.", "dB"),
    _level("above_rest_db", "How far it lies above all else that sounds meanwhile.", "dB"),
    Column(
        "confidence",
        "number",
        "How sure, as fitted to films that are made to mislead.",
        range="0..1",
    ),
    Column(
        "sameness",
        "text",
        "What the sound proves.",
        range="same recording or same music, other take",
    ),
    Column(
        "mix",
        "text",
        "Whether the film has the album's mix of the recording.",
        range="same mix or another mix",
        words=("undecided",),
    ),
    Column(
        "also_at",
        "text",
        "Places of the album that sound the same: `file start-end`, joined by `; `.",
    ),
)


def _table(
    what: str,
    meaning: str,
    columns: tuple[Column, ...],
    rows: Callable[[FilmCase], Iterable[tuple[object, ...]]],
) -> ExportKind:
    """A table of the film's; `rows` are those of a film that was given."""

    def blocks(material: Material) -> Iterator[Block]:
        film = material.soundtrack.film
        found = list(rows(film)) if film else []
        if found:
            yield tuple(list(column) for column in zip(*found, strict=True))

    return ExportKind(what, meaning, columns, blocks)


def placement_rows(film: FilmCase) -> Iterator[tuple[object, ...]]:
    """A row for each placement, in film order, as `PLACEMENT_COLUMNS` name it."""
    for one in film.placements.placements:
        yield (
            one.track_file,
            one.film_span.start_s,
            one.film_span.end_s,
            one.track_span.start_s,
            one.track_span.end_s,
            one.speed.tempo_ratio,
            "yes" if one.speed.pitch_kept else "no",
            one.level_db,
            one.above_rest_db,
            one.confidence,
            one.sameness,
            one.mix,
            "; ".join(
                f"{also.track_file} {also.span.start_s:.3f}-{also.span.end_s:.3f}"
                for also in one.also_at
            ),
        )


def _unused_rows(film: FilmCase) -> Iterator[tuple[object, ...]]:
    for one in film.placements.unused:
        yield one.track_file, one.span.start_s, one.span.end_s


def _unplaced_rows(film: FilmCase) -> Iterator[tuple[object, ...]]:
    """What has no source and what is undecided, in film order."""
    found = film.unplaced or Unplaced()
    rows = [
        (one.span.start_s, one.span.end_s, "music", one.confidence, *_resembled(one))
        for one in found.stretches
    ]
    unclear = ((one.start_s, one.end_s, "undecided", None, "", None) for one in found.undecided)
    yield from sorted((*rows, *unclear), key=lambda row: row[:2])


def _resembled(one: UnplacedStretch) -> tuple[str, float | None]:
    return (one.resembles.track_file, one.resembles.span.start_s) if one.resembles else ("", None)


def _alternate_rows(film: FilmCase) -> Iterator[tuple[object, ...]]:
    for each in film.alternates:
        yield (
            each.one.track_file, each.one.span.start_s, each.one.span.end_s,
            each.other.track_file, each.other.span.start_s, each.other.span.end_s,
            each.kind, each.covers,
        )  # fmt: skip


def _dialogue_rows(film: FilmCase) -> Iterator[tuple[object, ...]]:
    for one in film.balance.spoken if film.balance else ():
        line = one.spoken.line
        span = one.spoken.span
        yield (
            span.start_s, span.end_s, line.speaker if line else "", line.text if line else "",
            one.spoken.confidence, one.speech_lufs, one.music_lufs, one.apart_lu, one.masked_share,
        )  # fmt: skip


def _passage_rows(film: FilmCase) -> Iterator[tuple[object, ...]]:
    for one in film.balance.passages if film.balance else ():
        yield one.span.start_s, one.span.end_s, one.grade


def _balance_rows(film: FilmCase) -> Iterator[tuple[object, ...]]:
    if film.balance is None:
        return
    found = film.balance
    yield "loudness of the film", found.film_lufs, "LUFS", "", "", ""
    yield "loudness of speech", found.speech_lufs, "LUFS", "", "", ""
    yield "loudness of the album's music", found.music_lufs, "LUFS", "", "", ""
    yield "speech above music, median", found.apart_lu, "LU", "", "", ""
    yield "speech masked by music", found.masked_share, "share", "", "", ""
    yield "time with speech", found.speech_share, "share", "", "", ""
    yield "time with music of the album", found.music_share, "share", "", "", ""
    yield "music under speech", found.under_speech_share, "share", "", "", ""
    yield "step back as speech begins", found.ducking.down.change_db, "dB", "", "", ""
    yield "return as speech ends", found.ducking.up.change_db, "dB", "", "", ""
    yield from (_rule_row(one) for one in found.rules)


def _rule_row(one: RuleOutcome) -> tuple[object, ...]:
    return one.rule, one.value, one.unit, one.asks, one.verdict, one.cites


def _cut_rows(film: FilmCase) -> Iterator[tuple[object, ...]]:
    if film.sight is None:
        return
    hits = {one.cut_s: one.apart_s for one in film.sight.on_cuts.clear}
    for at_s in film.sight.seen.shots.cuts_s:
        yield at_s, hits.get(at_s)


PLACEMENTS = _table(
    "placements",
    "Where each track sounds in the film; in JSON, `null` for what is undecided.",
    PLACEMENT_COLUMNS,
    placement_rows,
)
UNUSED = _table(
    "unused",
    "Stretches of the album that the film was not found to use, nor any that sounds the same.",
    (_FILE, _TRACK_START, _TRACK_END),
    _unused_rows,
)
UNPLACED = _table(
    "unplaced",
    "Music in the film with no source found, and where it could not be told whether there is any.",
    (
        _FILM_START,
        _FILM_END,
        Column("told", "text", "What is there.", range="music or undecided"),
        Column("confidence", "number", "How sure it is music.", range="0..1"),
        Column("resembles", "text", "File of the album's track whose harmony runs alike, if any."),
        Column("resembles_s", "number", "From where in that track.", unit="s", range="0.."),
    ),
    _unplaced_rows,
)
ALTERNATES = _table(
    "alternates",
    "Cues that the album has more than once, in the same or another mix, or in another take.",
    (
        _FILE,
        _TRACK_START,
        _TRACK_END,
        Column("other_track", "text", "File of the other track."),
        Column("other_start_s", "number", "From where in it.", unit="s", range="0..", decimals=6),
        Column("other_end_s", "number", "Until where in it.", unit="s", range="0..", decimals=6),
        Column("kind", "text", "What the two share."),
        Column("covers", "number", "How much of the shorter track is shared.", range="0..1"),
    ),
    _alternate_rows,
)
DIALOGUE = _table(
    "dialogue",
    "Each stretch of speech, its line where subtitles have it, and the music under it.",
    (
        _FILM_START,
        _FILM_END,
        Column("speaker", "text", "Who speaks, as subtitles or screenplay say."),
        Column("line", "text", "What is said, as the subtitles have it."),
        Column("confidence", "number", "How sure the sound is that somebody speaks.", range="0..1"),
        _level("speech_lufs", "Loudness of the speech.", "LUFS", may_be_silent=True),
        _level("music_lufs", "Loudness of the music under it.", "LUFS", may_be_silent=True),
        _level("apart_lu", "How far speech lies above the music.", "LU"),
        Column(
            "masked_share", "number", "How much of what speech is understood by the music covers.",
            range="0..1", words=("undecided",),
        ),
    ),
    _dialogue_rows,
)  # fmt: skip
PASSAGES = _table(
    "passages",
    "How music sits beside all else in the film, in OpenBMAT's words.",
    (_FILM_START, _FILM_END, Column("grade", "text", "How it sits.", words=("undecided",))),
    _passage_rows,
)
BALANCE = _table(
    "balance",
    "Music against speech in the whole film, and published rules held against it.",
    (
        Column("what", "text", "What is measured, or the rule."),
        _level("value", "What was found.", "", may_be_silent=True),
        Column("unit", "text", "Unit of the value."),
        Column("asks", "text", "What the rule asks."),
        Column("verdict", "text", "Whether the rule is met.", range="met, not met or undecided"),
        Column("source", "text", "Whose rule it is."),
    ),
    _balance_rows,
)
CUTS = _table(
    "cuts",
    "Cuts of the picture, and hits of the music on them where luck does not explain those.",
    (
        Column("cut_s", "number", "When the new shot begins.", unit="s", range="0.."),
        Column("hit_after_cut_s", "number", "How much later the music strikes.", unit="s"),
    ),
    _cut_rows,
)

FILM = (PLACEMENTS, UNUSED, UNPLACED, ALTERNATES, DIALOGUE, PASSAGES, BALANCE, CUTS)
